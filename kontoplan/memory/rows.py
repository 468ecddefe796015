"""Mellom en avgjørelse og en rad i minnet eller i en CSV-fil; det som ikke kan være en avgjørelse, avvises."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args

from kontoplan.avgjorelse import Avgjorelse, Svar, Utfall
from kontoplan.sak import Andel, Dimensjon, Regnskap
from kontoplan.text.personal import mask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.avgjorelse import Origin

_ACCOUNT, _CONTEXT, _CODE = re.compile(r"[A-Z2-7]{16}"), re.compile(r"(?:[A-Z2-7]{8})?"), re.compile(r"[0-9A-Z.]{1,8}")
_SUM_SLACK = 0.0005
FIRST_YEAR, LAST_YEAR, MOST_ROWS = 1990, 2200, 10**7


class BadRowError(ValueError):
    """Raden er ikke en avgjørelse; ``column`` er feltet det er noe galt med."""

    def __init__(self, column: str, value: object) -> None:
        super().__init__(f"{column}: {str(value)[:40]!r}")
        self.column, self.value = column, value


def to_row(decision: Avgjorelse) -> dict[str, str | int]:
    """Avgjørelsen som feltene i ``schema.COLUMNS``, uten noe som kan være et fødselsnummer."""
    svar = decision.svar
    fields: dict[str, str | int] = {
        "konto": decision.konto,
        "sammenheng": decision.sammenheng,
        "dimensjon": decision.dimensjon,
        "lokal_kode": storable(decision.lokal_kode),
        "lokal_navn": storable(decision.lokal_navn),
        "utfall": svar.utfall,
        "kode": svar.kode,
        "sektor": svar.sektor,
        "fordeling": json.dumps([[a.kode, a.andel, storable(a.grunnlag)] for a in svar.fordeling], ensure_ascii=False),
        **origin_to_row(decision),
    }
    return fields


def from_row(row: Mapping[str, Any]) -> Avgjorelse:
    """Avgjørelsen i en rad.

    Raises:
        BadRowError: et felt mangler eller har en verdi det ikke kan ha.
    """
    return Avgjorelse(
        konto=read_matching(row, "konto", _ACCOUNT),
        sammenheng=read_matching(row, "sammenheng", _CONTEXT),
        dimensjon=read_one_of(row, "dimensjon", get_args(Dimensjon)),
        lokal_kode=mask(read_text(row, "lokal_kode")),
        lokal_navn=mask(read_text(row, "lokal_navn")),
        svar=_answer(row),
        **origin_from_row(row),
    )


def origin_to_row(said: Origin) -> dict[str, str | int]:
    """Opphavet som felter, uten noe som kan være et fødselsnummer."""
    return {
        "aar": said.aar,
        "regnskap": said.regnskap,
        "kommune": storable(said.kommune),
        "hvem": storable(said.hvem),
        "naar": said.naar.isoformat(timespec="seconds"),
        "kommentar": storable(said.kommentar),
        "fil": storable(said.fil),
        "ark": storable(said.ark),
        "rad": said.rad,
    }


def origin_from_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Feltene i :class:`Origin`, lest av en rad.

    Raises:
        BadRowError: et felt mangler eller har en verdi det ikke kan ha.
    """
    return {
        "aar": read_number(row, "aar", FIRST_YEAR, LAST_YEAR),
        "regnskap": read_one_of(row, "regnskap", get_args(Regnskap)),
        "kommune": read_text(row, "kommune"),
        "hvem": mask(read_text(row, "hvem")),
        "naar": read_time(row),
        "kommentar": mask(read_text(row, "kommentar")),
        "fil": read_text(row, "fil"),
        "ark": read_text(row, "ark"),
        "rad": read_number(row, "rad", 0, MOST_ROWS),
    }


def storable(text: str) -> str:
    """Teksten slik den kan lagres: uten mulige fødselsnummer, og uten halve tegn fra filnavn som ikke er UTF-8."""
    return mask(text).encode("utf-8", errors="replace").decode()


def _answer(row: Mapping[str, Any]) -> Svar:
    outcome: Utfall = read_one_of(row, "utfall", get_args(Utfall))
    shares = _shares(row) if outcome == "fordeles" else ()
    needs = outcome == "kode" or (outcome == "rapporteres ikke" and read_text(row, "kode"))
    kode = read_matching(row, "kode", _CODE) if needs else ""
    sektor = read_matching(row, "sektor", _CODE) if read_text(row, "sektor") else ""
    return Svar(outcome, kode, sektor, shares)


def _shares(row: Mapping[str, Any]) -> tuple[Andel, ...]:
    try:
        found = tuple(Andel(str(k), float(a), mask(str(g))) for k, a, g in json.loads(read_text(row, "fordeling")))
    except (TypeError, ValueError, RecursionError):
        raise BadRowError("fordeling", row.get("fordeling")) from None
    whole = abs(sum(a.andel or 0 for a in found) - 1) <= _SUM_SLACK
    if not whole or not all(_CODE.fullmatch(a.kode) and 0 < (a.andel or 0) <= 1 for a in found):
        raise BadRowError("fordeling", row.get("fordeling"))
    return found


def read_text(row: Mapping[str, Any], column: str) -> str:
    """Teksten i feltet; feil når det ikke er tekst."""
    value = row.get(column)
    if not isinstance(value, str):
        raise BadRowError(column, value)
    return value


def read_matching(row: Mapping[str, Any], column: str, pattern: re.Pattern[str]) -> str:
    """Teksten i feltet, når hele passer mønsteret."""
    value = read_text(row, column)
    if not pattern.fullmatch(value):
        raise BadRowError(column, value)
    return value


def read_one_of(row: Mapping[str, Any], column: str, allowed: tuple[Any, ...]) -> Any:  # noqa: ANN401 - én av de lovlige
    """Teksten i feltet, når den er én av dem som er lov."""
    value = read_text(row, column)
    if value not in allowed:
        raise BadRowError(column, value)
    return value


def read_number(row: Mapping[str, Any], column: str, least: int, most: int) -> int:
    """Heltallet i feltet, når det er innenfor grensene."""
    try:
        value = int(row.get(column))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadRowError(column, row.get(column)) from None
    if not least <= value <= most:
        raise BadRowError(column, value)
    return value


def read_time(row: Mapping[str, Any]) -> datetime:
    """Tidspunktet i feltet; det må ha tidssone."""
    try:
        found = datetime.fromisoformat(read_text(row, "naar"))
    except ValueError:
        raise BadRowError("naar", row.get("naar")) from None
    if found.tzinfo is None:
        raise BadRowError("naar", row.get("naar"))
    return found
