"""Fødselsnummer i posteringstekster byttes ut før noe vises eller læres."""

from __future__ import annotations

import polars as pl

from kontoplan.text.personal import mask

_LIKE_A_NUMBER = r"\d{6}[ .\-\x{a0}]?\d{5}"


def masked(text: pl.Expr) -> pl.Expr:
    """Teksten med mulige fødselsnummer byttet ut; null er tom tekst."""
    return text.cast(pl.String).fill_null("").map_batches(_mask, return_dtype=pl.String, is_elementwise=True)


def _mask(texts: pl.Series) -> pl.Series:
    """Bare tekstene som har elleve siffer etter hverandre, trenger å ses på."""
    suspect = texts.filter(texts.str.contains(_LIKE_A_NUMBER)).unique().to_list()
    hidden = {text: mask(text) for text in suspect}
    return texts.replace(hidden) if hidden else texts
