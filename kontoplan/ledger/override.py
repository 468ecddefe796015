"""Kolonnene i hovedboken slik brukeren oppgir dem: ``konto=A,ansvar=B,funksjon=C,belop=D``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kontoplan.chart.grid import column_index, letter
from kontoplan.chart.override import read_roles
from kontoplan.errors import UserError
from kontoplan.ledger.columns import EXAMPLE, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ALIASES = {
    "beløp": "belop", "art": "konto", "balanse": "konto", "tjeneste": "funksjon", "teneste": "funksjon", "kontoklasse": "klasse",
    "leverandør": "leverandor", "mva": "mva_kode", "debit": "debet", "måned": "periode", "prosjektnr": "prosjekt",
}  # fmt: skip


def given_columns(
    given: str | Mapping[str, str] | None, records: Sequence[Sequence[str]], width: int, fil: str
) -> dict[str, int]:
    """Rolle → kolonne (0-basert) av det brukeren skrev: kolonnens bokstav, eller overskriften slik den står i filen.

    Args:
        given: ``"konto=A,belop=D"`` eller det samme som oppslag.
        records: De første radene, der overskriften letes opp.
        width: Antall kolonner i filen.
        fil: Filnavnet, til feilmeldingene.

    Raises:
        UserError: skrivemåten er feil, rollen er ukjent, eller kolonnen finnes ikke.
    """
    if given is None:
        return {}
    return {
        role: _column(role, column, records, width, fil)
        for role, column in read_roles(given, ROLES, _ALIASES, EXAMPLE).items()
    }


def _column(role: str, column: str, records: Sequence[Sequence[str]], width: int, fil: str) -> int:
    wanted = column.casefold()
    for cells in records:
        for at, text in enumerate(cells):
            if text and text.strip().casefold() == wanted:
                return at
    if re.fullmatch(r"[A-Za-z]{1,3}", column) and column_index(column) < width:
        return column_index(column)
    raise UserError(
        f"{fil} har ingen kolonne «{column}», som --kolonner oppgir som {role}; bruk en bokstav fra A til {letter(max(0, width - 1))}, "
        "eller overskriften slik den står i filen.",
        code="hovedbok-ukjent-kolonne",
    )
