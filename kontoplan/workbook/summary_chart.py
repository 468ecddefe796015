"""Diagrammet i sammendraget: antall kontoer per status, som Excels eget diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.status import STATUSER
from kontoplan.workbook.layout import MORK

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.sak import Status

_STATUS, _ANTALL = 1, 3


def legg_inn_diagram(
    bok: Workbook, ark: Worksheet, arknavn: str, forste: int, statuser: list[Status], *, plassering: tuple[int, int]
) -> None:
    """Et liggende stolpediagram over kolonnene Status og Antall, fra raden ``forste`` og nedover."""
    siste = forste + len(statuser) - 1
    diagram = bok.add_chart({"type": "bar"})
    diagram.add_series(
        {
            "name": "Antall kontoer",
            "categories": [arknavn, forste, _STATUS, siste, _STATUS],
            "values": [arknavn, forste, _ANTALL, siste, _ANTALL],
            "points": [{"fill": {"color": STATUSER[status].skrift}} for status in statuser],
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
    diagram.set_size({"width": 700, "height": 230})
    beskrivelse = {
        "description": "Stolpediagram over antall kontoer per status; de samme tallene står i tabellen over."
    }
    ark.insert_chart(*plassering, diagram, beskrivelse)
