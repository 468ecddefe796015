"""Kolonnene et menneske fyller ut: avgjørelsen, fordelingen, kommentaren og hvem som avgjorde."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.headings import (
    AVGJORELSE,
    AVGJORT_AV,
    FORDELES,
    FORDELING,
    KOMMENTAR,
    NOKKEL,
    VALGLISTE,
)
from kontoplan.workbook.lists import FORDELING_NAVN, list_formula
from kontoplan.workbook.table import Felt, column_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.workbook.content import Linje
    from kontoplan.workbook.layout import Stiler
    from kontoplan.workbook.splits import Fordelinger

_HJELP = {
    AVGJORELSE: (
        "Velg i listen, eller skriv koden. Radens alternativer står først. La cellen stå tom når kontoen ikke er avgjort."
    ),
    FORDELING: (
        f"Bare når avgjørelsen er «{FORDELES}»: navnet på en fordeling i arket Fordelinger, eller f.eks. «202: 60 %; 222: 40 %»."
    ),
}


def avgjorelse_felter() -> list[Felt[Linje]]:
    """De fire kolonnene som skal fylles ut."""
    return [
        Felt(AVGJORELSE, _blank, "fylles_ut", 30, 30),
        Felt(FORDELING, _blank, "fylles_ut", 24, 24),
        Felt(KOMMENTAR, _blank, "fylles_ut", 24, 24),
        Felt(AVGJORT_AV, _blank, "fylles_ut", 14, 14),
    ]


def skjulte_felter() -> list[Felt[Linje]]:
    """Kolonnene som bare programmet trenger; de står sist og er skjult, så ingen sletter dem i vanvare."""
    return [
        Felt(NOKKEL, lambda r: r.nokkel, "dempet", 20, 20, skjult=True),
        Felt(VALGLISTE, lambda r: r.valgliste, "radnummer", 10, 10, skjult=True),
    ]


def legg_til_valg(
    ark: Worksheet, felter: Sequence[Felt[Linje]], antall: int, fordelinger: Fordelinger, stiler: Stiler
) -> None:
    """Nedtrekkslister, hjelpetekster og markering av utfylte og ugyldige avgjørelser."""
    if not antall:
        return
    valg, fordeling = column_of(felter, AVGJORELSE), column_of(felter, FORDELING)
    liste = f"${_letter(column_of(felter, VALGLISTE))}2"
    _nedtrekk(ark, (1, valg, antall, valg), AVGJORELSE, list_formula(liste))
    if fordelinger.navn:
        _nedtrekk(ark, (1, fordeling, antall, fordeling), FORDELING, f"={FORDELING_NAVN}")
    celle, delt = f"${_letter(valg)}2", f"${_letter(fordeling)}2"
    for kolonne, vilkar, format_ in (
        (valg, _unknown(celle, list_formula(liste).removeprefix("=")), "ugyldig"),
        (valg, f'={celle}<>""', "utfylt"),
        (fordeling, f'=AND(LEFT({celle},{len(FORDELES)})="{FORDELES}",{delt}="")', "mangler"),
    ):
        regel = {"type": "formula", "criteria": vilkar, "format": stiler.betinget(format_)}
        ark.conditional_format(1, kolonne, antall, kolonne, regel)


def _nedtrekk(ark: Worksheet, omraade: tuple[int, int, int, int], tittel: str, kilde: str) -> None:
    # Andre verdier er lov (en kode uten navn, en ny fordeling); det som ikke gjelder, sies fra om når boken leses.
    ark.data_validation(
        *omraade,
        {
            "validate": "list", "source": kilde, "show_error": False,
            "input_title": tittel, "input_message": _HJELP[tittel],
        },
    )  # fmt: skip


def _unknown(celle: str, liste: str) -> str:
    """Formelen som er sann når koden i cellen ikke står i listen; en annen sektor enn listens er lov."""
    return f'=AND({celle}<>"",ISERROR(FIND("/",{celle})),COUNTIF({liste},{celle})+COUNTIF({liste},{celle}&" *")=0)'


def _blank(_linje: Linje) -> None:
    return None


def _letter(kolonne: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - tung import, bare når en arbeidsbok skal skrives

    return str(xl_col_to_name(kolonne))
