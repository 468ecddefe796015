"""Koblede arbeidsbøker til testene, med overskriftene ``koble`` skriver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from kontoplan.headings import (
    AVGJORELSE,
    DIMENSJON,
    DIMENSJONER,
    FORDELING,
    KONTOKLASSE,
    KOSTRA_KODE,
    LOKAL_KODE,
    LOKALT_NAVN,
    NOKKEL,
    SEKTOR,
    STATUS,
)
from kontoplan.lesing import Konto
from kontoplan.nokkel import account_key
from kontoplan.status import STATUSER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kontoplan.sak import Dimensjon, Status

HEADS = (LOKAL_KODE, LOKALT_NAVN, DIMENSJON, KOSTRA_KODE, SEKTOR, KONTOKLASSE, STATUS, AVGJORELSE, FORDELING, NOKKEL)
Row = tuple["Dimensjon", str, str, str, str, "Status", str]
"""Dimensjon, lokal kode, KOSTRA-kode, sektor, kontoklasse, status og avgjørelse (eller fordeling, når den har kolon)."""


def art(lokal: str, kode: str, klasse: str = "1", status: Status = "sikker", avgjort: str = "") -> Row:
    return ("art", lokal, kode, "", klasse, status, avgjort)


def funksjon(lokal: str, kode: str, status: Status = "sikker", avgjort: str = "") -> Row:
    return ("funksjon", lokal, kode, "", "", status, avgjort)


def balanse(lokal: str, kode: str, sektor: str, status: Status = "sikker") -> Row:
    return ("balanse", lokal, kode, sektor, "2", status, "")


def write_mapping(path: Path, rows: Sequence[Row]) -> Path:
    """Skriver arket Kobling."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Kobling"
    sheet.append(list(HEADS))
    for dimension, lokal, kode, sektor, klasse, status, avgjort in rows:
        name = f"Navn {lokal}"
        key = account_key(Konto("", "", 0, 0, dimension, lokal, name, None))
        split = avgjort if ":" in avgjort else ""
        answer = "Fordeles" if split else avgjort
        sheet.append(
            [lokal, name, DIMENSJONER[dimension], kode, sektor, klasse, STATUSER[status].merke, answer, split, key]
        )
    book.save(path)
    return path
