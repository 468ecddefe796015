"""En tabell i et regneark: felter med overskrift, bredde og verdi, skrevet som ekte Excel-tabell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from kontoplan.workbook.layout import (
    BRYTES,
    FYLLES_UT,
    PAPIR_A3,
    STOLPE,
    TALLSTILER,
    Celle,
    Stiler,
    lines_needed,
    row_height,
    sideoppsett,
    skriv_celle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.sak import Status

T = TypeVar("T")
_FILTERKNAPP = 3
_LUFT = 2


@dataclass(frozen=True, slots=True)
class Felt(Generic[T]):
    """En kolonne i tabellen.

    Attributes:
        overskrift: Overskriften, entydig i tabellen.
        verdi: Hva som står i cellen for en rad.
        stil: Stilen i ``layout.STILER``.
        smalest: Minste bredde, i tegn.
        bredest: Største bredde, i tegn; innholdet bestemmer imellom.
        skjult: Om kolonnen er skjult.
        hever: Om lang tekst gjør raden høyere; ellers ses resten når en åpner cellen.
    """

    overskrift: str
    verdi: Callable[[T], Celle]
    stil: str
    smalest: int
    bredest: int
    skjult: bool = False
    hever: bool = True


@dataclass(frozen=True, slots=True)
class Tabellark(Generic[T]):
    """Det som skiller ett tabellark fra et annet.

    Attributes:
        tabellnavn: Excels navn på tabellen, gyldig og entydig i arbeidsboken.
        fast: Antall kolonner som står stille når en ruller mot høyre.
        tomt: Setningen som vises når det ikke er noen rader.
        flest_linjer: Høyeste antall linjer en rad vises med; resten ses når raden gjøres høyere.
        skrives_ut: Overskriften på siste kolonne som skrives ut på papir; tom skriver ut alt.
        status: Statusen radens farger følger; ``None`` når radene ikke har noen.
    """

    tabellnavn: str
    fast: int
    tomt: str
    flest_linjer: int = 8
    skrives_ut: str = ""
    status: Callable[[T], Status] | None = None


def skriv_tabell(
    ark: Worksheet, felter: Sequence[Felt[T]], rader: Sequence[T], stiler: Stiler, valg: Tabellark[T]
) -> None:
    """Fyller arket med overskrift, rader, filter, faste ruter, bredder og utskriftsoppsett."""
    bredder = [_bredde(felt, felt.overskrift, _FILTERKNAPP) for felt in felter]
    formater: dict[Status | None, list[Format]] = {}
    kolonner = [(nr, felt.verdi, felt.smalest, felt.hever and felt.stil in BRYTES) for nr, felt in enumerate(felter)]
    for nummer, rad in enumerate(rader, 1):
        farge = valg.status(rad) if valg.status else None
        if farge not in formater:
            formater[farge] = [stiler.hent(felt.stil, farge) for felt in felter]
        radens = formater[farge]
        linjer = 1
        for kolonne, hent, smalest, brytes in kolonner:
            verdi = hent(rad)
            if verdi is None or verdi == "":
                continue  # tomme celler får utseendet av kolonnen og av _utseende
            skriv_celle(ark, nummer, kolonne, verdi, radens[kolonne])
            if isinstance(verdi, str) and len(verdi) + _LUFT > smalest:
                felt = felter[kolonne]
                bredder[kolonne] = max(bredder[kolonne], _bredde(felt, verdi, _LUFT))
                linjer = max(linjer, lines_needed(verdi, felt.bredest) if brytes else 1)
        ark.set_row(nummer, row_height(min(linjer, valg.flest_linjer)))
    for kolonne, (felt, bredde) in enumerate(zip(felter, bredder, strict=True)):
        ark.set_column(kolonne, kolonne, bredde, stiler.kolonne(felt.stil), {"hidden": felt.skjult})
    _overskrift(ark, felter, len(rader), stiler, valg)
    _utseende(ark, felter, len(rader), stiler)
    ark.freeze_panes(1, valg.fast)
    sideoppsett(ark, PAPIR_A3, gjenta_overskrift=True)
    if valg.skrives_ut:
        ark.print_area(0, 0, max(len(rader), 1), column_of(felter, valg.skrives_ut))


def column_of(felter: Sequence[Felt[T]], overskrift: str) -> int:
    """Den 0-baserte kolonnen med overskriften."""
    return next(nr for nr, felt in enumerate(felter) if felt.overskrift == overskrift)


def _bredde(felt: Felt[T], tekst: str, luft: int) -> int:
    return max(felt.smalest, min(felt.bredest, len(tekst) + luft))


def _overskrift(ark: Worksheet, felter: Sequence[Felt[T]], antall: int, stiler: Stiler, valg: Tabellark[T]) -> None:
    ark.set_row(0, 32)
    hoder = [stiler.hent(_hode(felt.stil)) for felt in felter]
    siste = len(felter) - 1
    if not antall:
        for kolonne, felt in enumerate(felter):
            skriv_celle(ark, 0, kolonne, felt.overskrift, hoder[kolonne])
        skriv_celle(ark, 1, 0, valg.tomt, stiler.hent("undertittel"))
        return
    kolonner = [{"header": felt.overskrift, "header_format": hode} for felt, hode in zip(felter, hoder, strict=True)]
    ark.add_table(0, 0, antall, siste, {"name": valg.tabellnavn, "columns": kolonner, "style": None})
    # Koder er tekst med vilje; uten dette får hver av dem en grønn trekant.
    ark.ignore_errors({"number_stored_as_text": f"A1:XFD{antall + 1}"})


def _utseende(ark: Worksheet, felter: Sequence[Felt[T]], antall: int, stiler: Stiler) -> None:
    """Datastolper, og strek og farge også i de tomme cellene; skrevet én for én ville de vært en tredel av filen."""
    if not antall:
        return
    for kolonne, felt in enumerate(felter):
        if felt.stil == "sannsynlighet":
            _datastolpe(ark, kolonne, antall)
        if felt.stil in FYLLES_UT:
            tom = {"type": "blanks", "format": stiler.betinget("fylles_ut")}
            ark.conditional_format(1, kolonne, antall, kolonne, tom)
    strek = {"type": "formula", "criteria": "=TRUE", "format": stiler.betinget("strek")}
    ark.conditional_format(1, 0, antall, len(felter) - 1, strek)


def _hode(stil: str) -> str:
    if stil in FYLLES_UT:
        return "hode_fylles_ut"
    return "hode_tall" if stil in TALLSTILER else "hode"


def _datastolpe(ark: Worksheet, kolonne: int, antall: int) -> None:
    stolpe = {
        "type": "data_bar", "bar_color": STOLPE, "bar_solid": True, "data_bar_2010": True,
        "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1,
    }  # fmt: skip
    ark.conditional_format(1, kolonne, antall, kolonne, stolpe)
