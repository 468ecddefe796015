"""Diagrammet i sammendraget: antall kontoer per status, som Excels eget diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.status import STATUSER
from kontoplan.workbook.layout import MORK

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

    from kontoplan.sak import Status
    from kontoplan.status import Statusord

DIAGRAMTEKST = "Stolpediagram over antall kontoer per status; de samme tallene står i tabellen over."
"""Alternativ tekst for den som ikke ser diagrammet."""

_STATUS, _ANTALL = 1, 3


def statusdiagram(bok: Workbook, arknavn: str, forste: int, statuser: list[Status]) -> Chart:
    """Et liggende stolpediagram over kolonnene Status og Antall, fra den 0-baserte raden ``forste`` og nedover."""
    siste = forste + len(statuser) - 1
    diagram = bok.add_chart({"type": "bar"})
    diagram.add_series(
        {
            "name": "Antall kontoer",
            "categories": [arknavn, forste, _STATUS, siste, _STATUS],
            "values": [arknavn, forste, _ANTALL, siste, _ANTALL],
            "points": [_stolpe(STATUSER[status]) for status in statuser],
            "data_labels": {"value": True, "num_format": "#,##0;;", "font": {"size": 9}},
            "gap": 40,
        }
    )
    diagram.set_title(
        {"name": "Antall kontoer etter status", "name_font": {"size": 11, "color": MORK}, "overlay": False}
    )
    diagram.set_legend({"none": True})
    diagram.set_y_axis({"reverse": True, "num_font": {"size": 9}, "line": {"none": True}, "major_tick_mark": "none"})
    diagram.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    diagram.set_chartarea({"border": {"none": True}})
    return diagram


def _stolpe(ordet: Statusord) -> dict[str, dict[str, object]]:
    return {"fill": {"color": ordet.fyll}, "border": {"color": ordet.skrift, "width": 1}}
