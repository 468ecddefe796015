"""Nøkkelarbeidsbøker og hovedbøker til testene."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Cell = str | float | int | None
ENHETER = (
    "Enhet",
    "Funksjon",
    "Ansvar",
    "Prosjekt",
    "Konto (art)",
    "Fordeles etter",
    "Føring",
    "Debetkonto",
    "Kreditkonto",
    "Steg",
)
NOKLER = (
    "Enhet",
    "Til funksjon",
    "Til enhet",
    "Til ansvar",
    "Andel",
    "Beløp",
    "Fra måned",
    "Til måned",
    "KOSTRA-funksjon",
)


def write_keys(
    path: Path,
    enheter: Sequence[Mapping[str, Cell]],
    nokler: Sequence[Mapping[str, Cell]] = (),
    grunnlag: Sequence[Mapping[str, Cell]] = (),
) -> Path:
    """Skriver en nøkkelarbeidsbok; hver linje er overskrift → verdi."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    basis = tuple(dict.fromkeys(key for line in grunnlag for key in line))
    for name, heads, lines in (
        ("Enheter", ENHETER, enheter),
        ("Nøkler", NOKLER, nokler),
        ("Grunnlag", basis, grunnlag),
    ):
        if not lines:
            continue
        sheet = book.create_sheet(name)
        sheet.append(list(heads))
        for line in lines:
            assert set(line) <= set(heads), line
            sheet.append([line.get(head) for head in heads])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # også tekst som likner en formel
    book.save(path)
    return path


def write_ledger(path: Path, rows: Sequence[tuple[str, str, str, str, int]]) -> Path:
    """Skriver en hovedbok av (måned, konto, funksjon, ansvar, øre)."""
    lines = ["Bilag;Dato;Konto;Funksjon;Ansvar;Beløp"]
    for nr, (month, konto, funksjon, ansvar, ore) in enumerate(rows, 1):
        sign = "-" if ore < 0 else ""
        lines.append(f"{nr};15.{month}.2026;{konto};{funksjon};{ansvar};{sign}{abs(ore) // 100},{abs(ore) % 100:02}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
