"""Oppsett fra Visma, Unit4, Xledger og håndlagde ark leses riktig, rad for rad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from chart_layouts import ARTER, FUNK, LAYOUTS

from kontoplan.chart import read_charts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kontoplan.kodeverk import Kodeverk

SIDE_BY_SIDE = {"side-om-side", "tre-arter-i-bredden"}


@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - SIDE_BY_SIDE))
def test_every_account_row_is_read_and_nothing_else(
    name: str, workbook: Callable[..., Path], kodeverk: Kodeverk
) -> None:
    sheets = LAYOUTS[name]
    read = read_charts(
        [workbook({ark: [cells for cells, _ in lines] for ark, lines in sheets.items()})], kodeverk=kodeverk
    )
    wanted = [
        (ark, nr, *konto) for ark, lines in sheets.items() for nr, (_, gives) in enumerate(lines, 1) for konto in gives
    ]
    assert [(k.ark, k.rad, k.dimensjon, k.lokal_kode, k.lokal_navn) for k in read.kontoer] == wanted


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_filled_row_is_an_account_or_counted_as_left_out(
    name: str, workbook: Callable[..., Path], kodeverk: Kodeverk
) -> None:
    sheets = LAYOUTS[name]
    read = read_charts(
        [workbook({ark: [cells for cells, _ in lines] for ark, lines in sheets.items()})], kodeverk=kodeverk
    )
    filled = {
        (ark, nr)
        for ark, lines in sheets.items()
        for nr, (cells, _) in enumerate(lines, 1)
        if any(c is not None for c in cells)
    }
    seen = {(k.ark, k.rad) for k in read.kontoer} | {(u.ark, nr) for u in read.utelatt for nr in u.rader}
    assert filled == seen


def read(
    sheets: dict[str, list[list[Any]]], workbook: Callable[..., Path], kodeverk: Kodeverk
) -> list[tuple[str, int, str, str]]:
    found = read_charts([workbook(sheets)], kodeverk=kodeverk).kontoer
    return [(k.dimensjon, k.rad, k.lokal_kode, k.lokal_navn) for k in found]


def test_two_lists_side_by_side_are_two_tables(workbook: Callable[..., Path], kodeverk: Kodeverk) -> None:
    rows = [cells for cells, _ in LAYOUTS["side-om-side"]["Ark1"]]
    assert read({"Ark1": rows}, workbook, kodeverk) == [
        *(("art", i, c, n) for i, (c, n) in enumerate(ARTER, 4)),
        *(("funksjon", i, c, n) for i, (c, n) in enumerate(FUNK, 4)),
    ]


def test_a_list_folded_into_three_columns_is_read_column_by_column(
    workbook: Callable[..., Path], kodeverk: Kodeverk
) -> None:
    rows = [cells for cells, _ in LAYOUTS["tre-arter-i-bredden"]["Ark1"]]
    wanted = [("art", 2 + i % 3, c, n) for i, (c, n) in enumerate(ARTER[:9])]
    assert read({"Ark1": rows}, workbook, kodeverk) == wanted
