"""Sammendraget av en revisjon: hva som er funnet, risikomatrisen, og områdene med et diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.revisjon.sammendrag import GRENSENE, etter_alvor, matrise, mest_trolig_galt
from kontoplan.workbook.about import laget
from kontoplan.workbook.layout import MORK, PAPIR_A4, STOLPE, lines_needed, row_height, sideoppsett, skriv_celle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.revisjon.funn import Alvor, Funn
    from kontoplan.revisjon.revisjon import Revisjon
    from kontoplan.sak import Status
    from kontoplan.workbook.layout import Celle, Stiler

ALVORSFARGE: Final[dict[Alvor, Status]] = {"FEIL": "utgatt", "ADVARSEL": "usikker", "INFO": "internt"}
"""Fargene er de samme som statusene i de andre arbeidsbøkene: rødt må rettes, gult bør ses på."""
_RISK: Final[tuple[tuple[Status, Status], ...]] = (("usikker", "utgatt"), ("internt", "usikker"))
_BREDDER = (36, 22, 22, 26)
_ORE = 100
_DIAGRAMRADER = 18


def skriv_sammendrag(bok: Workbook, ark: Worksheet, revisjon: Revisjon, stiler: Stiler, naar: datetime) -> None:
    """Fyller arket."""
    for kolonne, bredde in enumerate(_BREDDER):
        ark.set_column(kolonne, kolonne, bredde)
    skriv_celle(ark, 0, 0, f"Revisjon av hovedboken {revisjon.aar}", stiler.hent("tittel"))
    ark.set_row(0, 30)
    skriv_celle(ark, 1, 0, f"{revisjon.kilde.fil} · {laget(naar)}", stiler.hent("undertittel"))
    rad = _counts(ark, 3, revisjon, stiler)
    rad = _matrix(ark, rad + 1, revisjon.funn, stiler)
    rad = _areas(bok, ark, rad + 1, revisjon, stiler)
    for note in (*revisjon.merknader, *revisjon.kilde.merknader):
        ark.merge_range(rad, 0, rad, len(_BREDDER) - 1, "", stiler.hent("dempet"))
        skriv_celle(ark, rad, 0, f"Merk: {note}", stiler.hent("dempet"))
        ark.set_row(rad, row_height(lines_needed(note, sum(_BREDDER))))
        rad += 1
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)
    ark.set_portrait()
    ark.fit_to_pages(1, 1)


def _heading(ark: Worksheet, rad: int, tittel: str, hoder: Sequence[str], stiler: Stiler) -> int:
    """En seksjonsoverskrift og kolonneoverskriftene under; gir første rad med innhold."""
    for kolonne in range(len(_BREDDER)):
        skriv_celle(ark, rad, kolonne, tittel if not kolonne else None, stiler.hent("seksjon"))
    ark.set_row(rad, 20)
    for kolonne, hode in enumerate(hoder):
        skriv_celle(
            ark, rad + 1, kolonne, hode, stiler.hent("hode_tall" if kolonne and hode != "Hva det betyr" else "hode")
        )
    return rad + 2


def _row(
    ark: Worksheet, rad: int, values: Sequence[tuple[Celle, str]], stiler: Stiler, status: Status | None = None
) -> None:
    for kolonne, (value, stil) in enumerate(values):
        skriv_celle(ark, rad, kolonne, value, stiler.hent(stil, status))


def _counts(ark: Worksheet, rad: int, revisjon: Revisjon, stiler: Stiler) -> int:
    at = _heading(ark, rad, "Funn", ("Alvor", "Antall", "Beløp på radene, kr", "Hva det betyr"), stiler)
    for row in etter_alvor(revisjon):
        values = ((row.alvor, "status"), (row.antall, "heltall"), (row.ore / _ORE, "belop"), (row.betyr, "brytes"))
        _row(ark, at, values, stiler, ALVORSFARGE[row.alvor])
        ark.set_row(at, row_height(lines_needed(row.betyr, _BREDDER[3])))
        at += 1
    _row(ark, at, (("Posteringer i drift og investering", "tekst"), (revisjon.revidert, "heltall")), stiler)
    _row(ark, at + 1, (("Rader i balansen (ikke revidert)", "tekst"), (revisjon.balanse, "heltall")), stiler)
    return at + 2


def _matrix(ark: Worksheet, rad: int, found: Sequence[Funn], stiler: Stiler) -> int:
    """Risikomatrisen: sannsynlighet mot vesentlighet, antall funn i hver rute og hva en bør gjøre med dem."""
    at = _heading(ark, rad, "Risikomatrise: antall funn", (), stiler)
    for column, head in enumerate(("", "Mindre vesentlig", "Vesentlig")):
        skriv_celle(ark, at - 1, column, head, stiler.hent("hode_midt"))
    for row, colours in zip(matrise(found), _RISK, strict=True):
        ark.merge_range(at, 0, at + 1, 0, "", stiler.hent("navn"))
        skriv_celle(ark, at, 0, row.navn, stiler.hent("navn"))
        for column, (cell, colour) in enumerate(zip((row.lite, row.mye), colours, strict=True), 1):
            skriv_celle(ark, at, column, cell.antall, stiler.hent("rute_tall", colour))
            skriv_celle(ark, at + 1, column, cell.rad, stiler.hent("rute_tekst", colour))
        ark.set_row(at, 24)
        at += 2
    ark.merge_range(at, 0, at, len(_BREDDER) - 1, "", stiler.hent("dempet"))
    skriv_celle(ark, at, 0, GRENSENE, stiler.hent("dempet"))
    ark.set_row(at, row_height(lines_needed(GRENSENE, sum(_BREDDER))))
    return at + 1


def _areas(bok: Workbook, ark: Worksheet, rad: int, revisjon: Revisjon, stiler: Stiler) -> int:
    """Områdene med mest trolig feilført, og et diagram over dem."""
    shown = mest_trolig_galt(revisjon.omraader)
    hoder = ("Område", "Rader med funn", "Trolig feilført, kr", "Ventet endring i netto drift, kr")
    at = _heading(ark, rad, "Tjenesteområdene", hoder, stiler)
    first = at
    for area in shown:
        values = (
            (area.navn, "navn"),
            (area.funn, "heltall"),
            (area.trolig_galt_ore / _ORE, "belop"),
            (area.retting_ore / _ORE, "belop"),
        )
        _row(ark, at, values, stiler)
        at += 1
    if not shown:
        skriv_celle(ark, at, 0, "Ingen funn på enkeltrader.", stiler.hent("undertittel"))
        return at + 2
    chart = bok.add_chart({"type": "bar"})
    place = ark.get_name()
    chart.add_series(
        {"name": "Trolig feilført, kr", "categories": [place, first, 0, at - 1, 0], "values": [place, first, 2, at - 1, 2],
         "fill": {"color": STOLPE}, "border": {"color": MORK, "width": 1}, "gap": 40}
    )  # fmt: skip
    chart.set_title(
        {"name": "Trolig feilført etter tjenesteområde, kr", "name_font": {"size": 11, "color": MORK}, "overlay": False}
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis(
        {
            "num_format": "#,##0",
            "num_font": {"size": 9},
            "major_gridlines": {"visible": True, "line": {"color": "#DDE2E8"}},
        }
    )
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 760, "height": 20 * _DIAGRAMRADER})
    ark.insert_chart(
        at + 1,
        0,
        chart,
        {"description": "Stolpediagram over trolig feilført beløp per tjenesteområde; tallene står i tabellen over."},
    )
    return at + _DIAGRAMRADER + 2
