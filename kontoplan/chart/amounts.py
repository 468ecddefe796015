"""Beløp slik de står i regneark: tall, «1 456 538», «-57.551,50», «(1 200)»."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kontoplan.chart.grid import Cell

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_CURRENCY = re.compile(r"(?:^kr\.?|(?:kr\.?|,-)$)", re.IGNORECASE)
_SHAPE = re.compile(r"[-+]?\d[\d.,]*")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+")


LARGEST: Final = Decimal(10) ** 15
"""Større tall er ikke beløp i kroner (statens pensjonsfond er 2 · 10¹³), og lar seg ikke skrive eksakt i en celle."""


def parse_amount(value: Cell) -> Decimal | None:
    """Beløpet i kroner, eller ``None`` når cellen ikke er et beløp. Punktum foran tre siffer er tusenskille.

    >>> parse_amount("1 456 538"), parse_amount("-57.551,50"), parse_amount("(1 200)"), parse_amount("Lønn")
    (Decimal('1456538'), Decimal('-57551.50'), Decimal('-1200'), None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _decimal(str(int(value)) if float(value).is_integer() else repr(value))
    if not isinstance(value, str):
        return None
    text = _CURRENCY.sub("", _SPACES.sub("", value).replace("−", "-").replace("–", "-"))
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]
    if text.endswith("-"):
        text = "-" + text[:-1]
    if not _SHAPE.fullmatch(text):
        return None
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    return _decimal(text)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None
