"""Minnet som CSV: til å se på i et regneark, til å flytte til en annen maskin, og til å ta vare på."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypeVar

from kontoplan.errors import UserError
from kontoplan.memory.rows import BadRowError, from_row, to_row
from kontoplan.memory.schema import COLUMNS, VERDICT_COLUMNS
from kontoplan.memory.verdicts import from_row as verdict_of
from kontoplan.memory.verdicts import to_row as verdict_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.memory.funndom import Funndom

_T = TypeVar("_T")
_DELIMITER = ";"
# En celle som begynner slik, kan bli en formel i et regneark; en apostrof foran gjør den til tekst.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_LONGEST = 1_000_000


def to_csv(decisions: Iterable[Avgjorelse]) -> bytes:
    """Avgjørelsene som semikolondelt CSV i UTF-8 med BOM, slik Excel i Norge åpner den."""
    return _written(COLUMNS, map(to_row, decisions))


def verdicts_to_csv(found: Iterable[Funndom]) -> bytes:
    """Dommene over funn som CSV, på samme måte."""
    return _written(VERDICT_COLUMNS, map(verdict_row, found))


def _written(columns: Sequence[str], rows: Iterable[Mapping[str, str | int]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=_DELIMITER, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _guarded(str(value)) for name, value in row.items()})
    return out.getvalue().encode("utf-8-sig", errors="replace")


def holds_verdicts(content: bytes) -> bool:
    """Om CSV-filen er dommer over funn, og ikke avgjørelser om kontoer."""
    head = content.partition(b"\n")[0].decode("utf-8-sig", errors="replace")
    return {"funn", "dom"} <= {name.strip().strip('"') for name in head.replace(",", _DELIMITER).split(_DELIMITER)}


def from_csv(content: bytes, fil: str) -> list[Avgjorelse]:
    """Avgjørelsene i en CSV-fil laget av :func:`to_csv`, også etter at den er lagret fra et regneark.

    Raises:
        UserError: filen er ikke CSV i UTF-8, mangler kolonner, eller en rad er ikke en avgjørelse.
    """
    return _read(content, fil, COLUMNS, from_row)


def verdicts_from_csv(content: bytes, fil: str) -> list[Funndom]:
    """Dommene i en CSV-fil laget av :func:`verdicts_to_csv`.

    Raises:
        UserError: filen er ikke CSV i UTF-8, mangler kolonner, eller en rad er ikke en dom.
    """
    return _read(content, fil, VERDICT_COLUMNS, verdict_of)


def _read(content: bytes, fil: str, columns: Sequence[str], build: Callable[[Mapping[str, str]], _T]) -> list[_T]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{fil} er ikke lagret som UTF-8; lagre den som «CSV UTF-8».", code="ikke-utf8") from None
    head = text.partition("\n")[0]
    csv.field_size_limit(_LONGEST)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_DELIMITER if _DELIMITER in head else ",")
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise UserError(
            f"{fil} er ikke et eksportert minne; kolonnene {', '.join(missing)} mangler.", code="ikke-minneeksport"
        )
    found = []
    try:
        for number, row in enumerate(reader, 2):
            found.append(_built({name: _plain(row[name] or "") for name in columns}, fil, number, build))
    except csv.Error as error:
        raise UserError(f"{fil} kan ikke leses som CSV ({error}).", code="ugyldig-csv") from None
    return found


def _built(row: dict[str, str], fil: str, number: int, build: Callable[[Mapping[str, str]], _T]) -> _T:
    try:
        return build(row)
    except BadRowError as error:
        raise UserError(
            f"{fil}, rad {number}, kolonnen {error.column}: «{str(error.value)[:40]}» kan ikke brukes; rett den, eller eksporter minnet på nytt.",
            code="ugyldig-avgjorelse",
        ) from None


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(text: str) -> str:
    return text.removeprefix("'")
