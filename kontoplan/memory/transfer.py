"""Minnet som CSV: til å se på i et regneark, til å flytte til en annen maskin, og til å ta vare på."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.memory.rows import BadRowError, from_row, to_row
from kontoplan.memory.schema import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.avgjorelse import Avgjorelse

_DELIMITER = ";"
# En celle som begynner slik, kan bli en formel i et regneark; en apostrof foran gjør den til tekst.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_LONGEST = 1_000_000


def to_csv(decisions: Iterable[Avgjorelse]) -> bytes:
    """Avgjørelsene som semikolondelt CSV i UTF-8 med BOM, slik Excel i Norge åpner den."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=_DELIMITER, lineterminator="\r\n")
    writer.writeheader()
    for decision in decisions:
        writer.writerow({name: _guarded(str(value)) for name, value in to_row(decision).items()})
    return out.getvalue().encode("utf-8-sig", errors="replace")


def from_csv(content: bytes, fil: str) -> list[Avgjorelse]:
    """Avgjørelsene i en CSV-fil laget av :func:`to_csv`, også etter at den er lagret fra et regneark.

    Raises:
        UserError: filen er ikke CSV i UTF-8, mangler kolonner, eller en rad er ikke en avgjørelse.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{fil} er ikke lagret som UTF-8; lagre den som «CSV UTF-8».", code="ikke-utf8") from None
    head = text.partition("\n")[0]
    csv.field_size_limit(_LONGEST)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_DELIMITER if _DELIMITER in head else ",")
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise UserError(
            f"{fil} er ikke et eksportert minne; kolonnene {', '.join(missing)} mangler.", code="ikke-minneeksport"
        )
    found = []
    try:
        for number, row in enumerate(reader, 2):
            found.append(_decision({name: _plain(row[name] or "") for name in COLUMNS}, fil, number))
    except csv.Error as error:
        raise UserError(f"{fil} kan ikke leses som CSV ({error}).", code="ugyldig-csv") from None
    return found


def _decision(row: dict[str, str], fil: str, number: int) -> Avgjorelse:
    try:
        return from_row(row)
    except BadRowError as error:
        raise UserError(
            f"{fil}, rad {number}, kolonnen {error.column}: «{str(error.value)[:40]}» kan ikke brukes; rett den, eller eksporter minnet på nytt.",
            code="ugyldig-avgjorelse",
        ) from None


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(text: str) -> str:
    return text.removeprefix("'")
