"""Kjernen i en posteringstekst: det den handler om, uten nummer, datoer og ordene som står på hver faktura."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.ledger.personnavn import NAVNEMASKE
from kontoplan.ledger.skjult import masked
from kontoplan.text.personal import MASK

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|des"
_FRAME = (
    "fakturanr|fakturanummer|faktura|fakt|fnr|nr|nummer|bilag|bilagsnr|ref|kid|korr|korreksjon|korrigering|korrigert|rettet|retting|"
    "dobbeltført|dobbeltf|periode|termin|mnd|måned|månad|kvartal|uke|veke|dato|kr|nok"
)


def core(text: pl.Expr) -> pl.Expr:
    """Kjernen i en maskert tekst: små bokstaver, bare ord, uten måneder og fakturaord; tom når ingenting er igjen."""
    bare = (
        text.str.replace_all(MASK, " ", literal=True).str.replace_all(NAVNEMASKE, " ", literal=True).str.to_lowercase()
    )
    words = bare.str.replace_all(r"[^\p{L}]+", " ")
    return words.map_batches(_unframed, return_dtype=pl.String, is_elementwise=True)


def _unframed(words: pl.Series) -> pl.Series:
    """Ordene uten måneder og fakturaord. Uten tallene er de fleste tekstene like, så bare de ulike leses."""
    found = words.rename("words").to_frame().lazy()
    unique = pl.col("words")
    for pattern in (rf"\b(?:{_MONTHS})\b", rf"\b(?:{_FRAME})\b", r"\b\p{L}\b"):
        unique = unique.str.replace_all(pattern, " ")
    core = unique.str.replace_all(r"\s+", " ").str.strip_chars().alias("core")
    known = found.unique().with_columns(core)
    return found.join(known, on="words", how="left", maintain_order="left", nulls_equal=True).collect()["core"]


def cores(texts: Sequence[str]) -> list[str]:
    """Kjernen i hver av tekstene, også maskert."""
    return (
        pl.DataFrame({"tekst": texts}, {"tekst": pl.String}).select(core(masked(pl.col("tekst")))).to_series().to_list()
    )
