"""Tall slik mottaket leser dem: blanke rundt tas bort, fortegn godtas, alle skriftsystemers sifre teller, resten er 0."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

from kontoplan.kostra.format import BLANKE

_VANLIG = r"^-?[0-9]{1,18}$"
_FORTEGN = re.compile(r"[+-]?")


def heltall(felt: pl.Series) -> pl.Series:
    """Feltene som heltall (64 bit); det som ikke kan leses, er 0."""
    stripped = felt.str.strip_chars(BLANKE)
    plain = stripped.str.contains(_VANLIG)
    if plain.all():
        return stripped.cast(pl.Int64)
    odd = stripped.filter(~plain).unique()
    known = {text: _value(text) for text in odd}
    rest = stripped.replace_strict(known, default=0, return_dtype=pl.Int64)
    return pl.select(
        pl.when(pl.lit(plain)).then(pl.lit(stripped).cast(pl.Int64, strict=False)).otherwise(pl.lit(rest))
    ).to_series()


def _value(text: str) -> int:
    sign = _FORTEGN.match(text)
    digits = text[sign.end() :] if sign else text
    values = [unicodedata.decimal(tegn, None) for tegn in digits]
    if not values or None in values:
        return 0
    number = int("".join(str(value) for value in values))
    return -number if text.startswith("-") else number
