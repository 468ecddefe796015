"""En tabell i et regneark: felter med overskrift, bredde og verdi, skrevet som ekte Excel-tabell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.workbook.layout import (
    BRYTES,
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

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kontorad

_FILTERKNAPP = 3
_LUFT = 2


@dataclass(frozen=True, slots=True)
class Felt:
    """En kolonne i tabellen.

    Attributes:
        overskrift: Overskriften, entydig i tabellen.
        verdi: Hva som står i cellen for en rad.
        stil: Stilen i ``layout.STILER``.
        smalest: Minste bredde, i tegn.
        bredest: Største bredde, i tegn; innholdet bestemmer imellom.
    """

    overskrift: str
    verdi: Callable[[Kontorad], Celle]
    stil: str
    smalest: int
    bredest: int


@dataclass(frozen=True, slots=True)
class Tabellark:
    """Det som skiller ett tabellark fra et annet.

    Attributes:
        tabellnavn: Excels navn på tabellen, gyldig og entydig i arbeidsboken.
        fast: Antall kolonner som står stille når en ruller mot høyre.
        tomt: Setningen som vises når det ikke er noen rader.
    """

    tabellnavn: str
    fast: int
    tomt: str


def skriv_tabell(
    ark: Worksheet, felter: Sequence[Felt], rader: Sequence[Kontorad], stiler: Stiler, valg: Tabellark
) -> None:
    """Fyller arket med overskrift, rader, filter, faste ruter, bredder og utskriftsoppsett."""
    bredder = [_bredde(felt, felt.overskrift, _FILTERKNAPP) for felt in felter]
    for nummer, rad in enumerate(rader, 1):
        linjer = 1
        for kolonne, felt in enumerate(felter):
            verdi = felt.verdi(rad)
            skriv_celle(ark, nummer, kolonne, verdi, stiler.hent(felt.stil, rad.vurdering.status))
            if isinstance(verdi, str) and len(verdi) + _LUFT > felt.smalest:
                bredder[kolonne] = max(bredder[kolonne], _bredde(felt, verdi, _LUFT))
                linjer = max(linjer, lines_needed(verdi, felt.bredest) if felt.stil in BRYTES else 1)
        ark.set_row(nummer, row_height(linjer))
    for kolonne, bredde in enumerate(bredder):
        ark.set_column(kolonne, kolonne, bredde)
    _overskrift(ark, felter, len(rader), stiler, valg)
    ark.freeze_panes(1, valg.fast)
    sideoppsett(ark, PAPIR_A3, gjenta_overskrift=True)


def _bredde(felt: Felt, tekst: str, luft: int) -> int:
    return max(felt.smalest, min(felt.bredest, len(tekst) + luft))


def _overskrift(ark: Worksheet, felter: Sequence[Felt], antall: int, stiler: Stiler, valg: Tabellark) -> None:
    ark.set_row(0, 32)
    hoder = [stiler.hent("hode_tall" if felt.stil in TALLSTILER else "hode") for felt in felter]
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
    for kolonne, felt in enumerate(felter):
        if felt.stil == "sannsynlighet":
            _datastolpe(ark, kolonne, antall)


def _datastolpe(ark: Worksheet, kolonne: int, antall: int) -> None:
    stolpe = {
        "type": "data_bar", "bar_color": STOLPE, "bar_solid": True, "data_bar_2010": True,
        "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1,
    }  # fmt: skip
    ark.conditional_format(1, kolonne, antall, kolonne, stolpe)
