"""Seksjoner i et sammendragsark: en overskrift over hele bredden, og linjer med navn til venstre og tekst til høyre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.workbook.layout import lines_needed, row_height, skriv_celle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.workbook.layout import Stiler

_HEADING_HEIGHT = 20


def heading(ark: Worksheet, rad: int, tittel: str, bredder: Sequence[int], stiler: Stiler) -> None:
    """Overskriften på raden (0-basert), med strek under alle kolonnene."""
    for kolonne in range(len(bredder)):
        skriv_celle(ark, rad, kolonne, tittel if not kolonne else None, stiler.hent("seksjon"))
    ark.set_row(rad, _HEADING_HEIGHT)


def listed(  # noqa: PLR0913, PLR0917 - arket, plassen og innholdet
    ark: Worksheet, rad: int, tittel: str, linjer: Sequence[tuple[str, str]], bredder: Sequence[int], stiler: Stiler
) -> int:
    """Overskriften og linjene under, der teksten får alle kolonnene etter den første; gir raden etter."""
    heading(ark, rad, tittel, bredder, stiler)
    for at, (navn, tekst) in enumerate(linjer, rad + 1):
        skriv_celle(ark, at, 0, navn, stiler.hent("brytes"))
        ark.merge_range(at, 1, at, len(bredder) - 1, "", stiler.hent("brytes"))
        skriv_celle(ark, at, 1, tekst, stiler.hent("brytes"))
        ark.set_row(at, row_height(max(lines_needed(tekst, sum(bredder[1:])), lines_needed(navn, bredder[0]))))
    return rad + len(linjer) + 1
