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

_ACCOUNT, _CONTEXT, _CODE = re.compile(r"[A-Z2-7]{16}"), re.compile(r"(?:[A-Z2-7]{8})?"), re.compile(r"[0-9A-Z.]{1,8}")
_SUM_SLACK = 0.0005
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


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
        "lokal_kode": _safe(decision.lokal_kode),
        "lokal_navn": _safe(decision.lokal_navn),
        "utfall": svar.utfall,
        "kode": svar.kode,
        "sektor": svar.sektor,
        "fordeling": json.dumps([[a.kode, a.andel, _safe(a.grunnlag)] for a in svar.fordeling], ensure_ascii=False),
        "aar": decision.aar,
        "regnskap": decision.regnskap,
        "kommune": _safe(decision.kommune),
        "hvem": _safe(decision.hvem),
        "naar": decision.naar.isoformat(timespec="seconds"),
        "kommentar": _safe(decision.kommentar),
        "fil": _safe(decision.fil),
        "ark": _safe(decision.ark),
        "rad": decision.rad,
    }
    return fields


def from_row(row: Mapping[str, Any]) -> Avgjorelse:
    """Avgjørelsen i en rad.

    Raises:
        BadRowError: et felt mangler eller har en verdi det ikke kan ha.
    """
    return Avgjorelse(
        konto=_matching(row, "konto", _ACCOUNT),
        sammenheng=_matching(row, "sammenheng", _CONTEXT),
        dimensjon=_one_of(row, "dimensjon", get_args(Dimensjon)),
        lokal_kode=mask(_text(row, "lokal_kode")),
        lokal_navn=mask(_text(row, "lokal_navn")),
        svar=_answer(row),
        aar=_number(row, "aar", _FIRST_YEAR, _LAST_YEAR),
        regnskap=_one_of(row, "regnskap", get_args(Regnskap)),
        kommune=_text(row, "kommune"),
        hvem=mask(_text(row, "hvem")),
        naar=_time(row),
        kommentar=mask(_text(row, "kommentar")),
        fil=_text(row, "fil"),
        ark=_text(row, "ark"),
        rad=_number(row, "rad", 0, 10**7),
    )


def _safe(text: str) -> str:
    """Teksten slik den kan lagres: uten mulige fødselsnummer, og uten halve tegn fra filnavn som ikke er UTF-8."""
    return mask(text).encode("utf-8", errors="replace").decode()


def _answer(row: Mapping[str, Any]) -> Svar:
    outcome: Utfall = _one_of(row, "utfall", get_args(Utfall))
    shares = _shares(row) if outcome == "fordeles" else ()
    needs = outcome == "kode" or (outcome == "rapporteres ikke" and _text(row, "kode"))
    kode = _matching(row, "kode", _CODE) if needs else ""
    sektor = _matching(row, "sektor", _CODE) if _text(row, "sektor") else ""
    return Svar(outcome, kode, sektor, shares)


def _shares(row: Mapping[str, Any]) -> tuple[Andel, ...]:
    try:
        found = tuple(Andel(str(k), float(a), mask(str(g))) for k, a, g in json.loads(_text(row, "fordeling")))
    except (TypeError, ValueError, RecursionError):
        raise BadRowError("fordeling", row.get("fordeling")) from None
    whole = abs(sum(a.andel or 0 for a in found) - 1) <= _SUM_SLACK
    if not whole or not all(_CODE.fullmatch(a.kode) and 0 < (a.andel or 0) <= 1 for a in found):
        raise BadRowError("fordeling", row.get("fordeling"))
    return found


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    if not isinstance(value, str):
        raise BadRowError(column, value)
    return value


def _matching(row: Mapping[str, Any], column: str, pattern: re.Pattern[str]) -> str:
    value = _text(row, column)
    if not pattern.fullmatch(value):
        raise BadRowError(column, value)
    return value


def _one_of(row: Mapping[str, Any], column: str, allowed: tuple[Any, ...]) -> Any:  # noqa: ANN401 - én av de lovlige
    value = _text(row, column)
    if value not in allowed:
        raise BadRowError(column, value)
    return value


def _number(row: Mapping[str, Any], column: str, least: int, most: int) -> int:
    try:
        value = int(row.get(column))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadRowError(column, row.get(column)) from None
    if not least <= value <= most:
        raise BadRowError(column, value)
    return value


def _time(row: Mapping[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(_text(row, "naar"))
    except ValueError:
        raise BadRowError("naar", row.get("naar")) from None
    if found.tzinfo is None:
        raise BadRowError("naar", row.get("naar"))
    return found
