"""Bilagene som CSV til innlesing i økonomisystemet: semikolon, desimalkomma og UTF-8 med merke, slik Excel åpner dem rett."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.fordeling.bilag import Linje

HEADINGS = (
    "Bilag",
    "Dato",
    "Kontoklasse",
    "Konto",
    "Funksjon",
    "Ansvar",
    "Prosjekt",
    "Beløp",
    "Debet",
    "Kredit",
    "Tekst",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def voucher_csv(linjer: Iterable[Linje]) -> bytes:
    """Linjene som CSV; beløpet er kroner, debet positivt. Tekst som likner en formel, får en apostrof foran."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for linje in linjer:
        debit = _amount(linje.belop_ore) if linje.belop_ore > 0 else ""
        credit = _amount(-linje.belop_ore) if linje.belop_ore < 0 else ""
        codes = (
            linje.bilag,
            f"{linje.dato:%d.%m.%Y}",
            linje.klasse,
            linje.konto,
            linje.funksjon,
            linje.ansvar,
            linje.prosjekt,
        )
        writer.writerow([*map(_safe, codes), _amount(linje.belop_ore), debit, credit, _safe(linje.tekst)])
    return out.getvalue().encode("utf-8-sig")


def _amount(ore: int) -> str:
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100},{abs(ore) % 100:02}"


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text
