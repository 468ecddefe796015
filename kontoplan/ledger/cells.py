"""Celler fra et regneark samlet til Polars-kolonner: tall blir tall, datoer datoer, og det som er blandet, tekst."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXACT_FLOAT = 1e15
_DECIMALS = 6


def as_text(value: object) -> str:
    """Cellen som norsk tekst: desimalkomma, og dato som dd.mm.åååå.

    >>> as_text(300.0), as_text(0.1 + 0.2), as_text(dt.date(2025, 1, 31))
    ('300', '0,3', '31.01.2025')
    """
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _EXACT_FLOAT
        return str(int(value)) if whole else repr(round(value, _DECIMALS)).replace(".", ",")
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)


def column(values: Sequence[object]) -> pl.Series:
    """Cellene i en kolonne: Float64 når alle er tall, Date når alle er datoer, ellers String. Tom celle er null."""
    if set(map(type, values)) == {str}:
        return pl.Series(values, dtype=pl.String)
    filled = [None if value == "" or isinstance(value, bool) else value for value in values]
    kinds = {type(value) for value in filled} - {type(None)}
    if kinds == {str}:
        return pl.Series(filled, dtype=pl.String)
    if not kinds:
        return pl.Series(filled, dtype=pl.Null)
    if kinds <= {int, float}:
        return pl.Series(filled, dtype=pl.Float64, strict=False)
    if kinds <= {dt.date, dt.datetime}:
        return pl.Series([v.date() if isinstance(v, dt.datetime) else v for v in filled], dtype=pl.Date)
    return pl.Series([None if value is None else as_text(value) for value in filled], dtype=pl.String)


def joined(parts: Sequence[pl.Series]) -> pl.Series:
    """Bitene av en kolonne satt sammen; er de ulike, blir alle tekst."""
    kinds = {part.dtype for part in parts} - {pl.Null()}
    if len(kinds) > 1:
        return pl.concat(
            [pl.Series([None if v is None else as_text(v) for v in part], dtype=pl.String) for part in parts]
        )
    kind = kinds.pop() if kinds else pl.String()
    return pl.concat([part.cast(kind) for part in parts])
