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

Ledger = list[tuple[str, str, str, int]]
"""Måned, konto, funksjon og øre."""
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


MAPPING = [
    art("10100", "010"), art("11150", "115"), art("16000", "600"), art("18000", "800"), art("18700", "870"), art("15900", "590"), art("19900", "990"),
    art("12900", "290", status="internt"), art("17900", "790", status="internt"), art("02300", "230", klasse="0"), art("09100", "910", klasse="0"),
    art("12700", "270", status="utgatt", avgjort="272"), art("11200", "120", status="usikker"),
    funksjon("12000", "120"), funksjon("20200", "202"), funksjon("22200", "222"), funksjon("80000", "800"), funksjon("84000", "840"), funksjon("86000", "860"),
    funksjon("87000", "870"), funksjon("19000", "190", status="internt"), funksjon("25400", "", status="fordeles", avgjort="257: 60 %; 258: 40 %"),
    balanse("21000", "10", "320"), balanse("25900", "5900", "080"), balanse("23200", "32", ""), balanse("25990", "5990", "080"),
]  # fmt: skip
# En kommune som går opp: lønn og mat mot skatt og rammetilskudd, avskrivninger mot motpost, og en investering.
LEDGER = [
    ("03", "10100", "20200", 5_000_400_49), ("04", "11150", "20200", 1_000_600_51), ("05", "10100", "12000", 2_000_000_00),
    ("06", "18700", "80000", -4_000_500_00), ("06", "18000", "84000", -4_000_501_00), ("12", "15900", "22200", 700_499_00), ("12", "19900", "86000", -700_499_00),
    ("07", "02300", "22200", 3_000_000_00), ("07", "09100", "87000", -3_000_000_00), ("08", "12900", "20200", 50_00), ("08", "17900", "12000", -50_00),
    ("09", "10100", "19000", 900_00), ("10", "11150", "19000", -900_00), ("12", "21000", "", -1_00), ("12", "25990", "", 1_00),
]  # fmt: skip


def write_ledger(path: Path, rows: Sequence[tuple[str, str, str, int]]) -> Path:
    """Skriver en hovedbok av (måned, konto, funksjon, øre), med ansvar 100 og bilag 1."""
    lines = ["Bilag;Dato;Konto;Funksjon;Ansvar;Beløp"]
    lines += [
        f"1;15.{m}.2026;{konto};{f};100;{'-' if ore < 0 else ''}{abs(ore) // 100},{abs(ore) % 100:02}"
        for m, konto, f, ore in rows
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
