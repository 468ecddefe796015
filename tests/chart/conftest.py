"""Bygger små arbeidsbøker til testene."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from kontoplan.kodeverk import Kodeverk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Book = dict[str, list[list[Any]]]


@pytest.fixture(scope="session")
def kodeverk() -> Kodeverk:
    return Kodeverk.for_aar(2026, "kommune")


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Skriver ``{ark: rader}`` til en xlsx-fil og gir stien."""

    def build(sheets: Book, name: str = "plan.xlsx") -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(r, c, value)
                    elif value is not None:
                        sheet.write(r, c, value)
        book.close()
        return path

    return build
