"""Trekning etter beløp (MUS): hver krone har samme sjanse, så en postering på det dobbelte har dobbel sjanse."""

from __future__ import annotations

import random
from typing import Final

import polars as pl

from kontoplan.utvalg.utvalg import Stratum

FULLT: Final = "Høye beløp"
INTERVALL: Final = "Trukket etter beløp"


def start_of(fro: int, intervall_ore: int) -> int:
    """Den første kronen som trekkes, i øre fra 1 til og med ``intervall_ore``.

    ``random.Random(frø).random()`` er lovet å gi det samme i alle utgaver av Python.
    """
    return 1 + int(random.Random(fro).random() * intervall_ore)  # noqa: S311 - skal kunne gjentas


def draw(rows: pl.DataFrame, intervall_ore: int, start_ore: int) -> pl.DataFrame:
    """Posteringene som er truffet når hver ``intervall_ore``-te øre trekkes fra og med ``start_ore``.

    Args:
        rows: Populasjonen i fast rekkefølge, med ``abs_ore`` (> 0).
        intervall_ore: Intervallet; en postering på minst så mye blir alltid truffet.
        start_ore: Fra 1 til og med intervallet.

    Returns:
        De trufne radene med ``treff`` og ``stratum``.
    """
    before = pl.col("abs_ore").cum_sum() - pl.col("abs_ore")
    offset = intervall_ore - start_ore
    through = (before + pl.col("abs_ore") + offset) // intervall_ore
    hits = through - (before + offset) // intervall_ore
    return rows.with_columns(hits.alias("treff"), _stratum(intervall_ore).alias("stratum")).filter(pl.col("treff") > 0)


def strata(rows: pl.DataFrame, drawn: pl.DataFrame, intervall_ore: int) -> tuple[Stratum, ...]:
    """De høye beløpene og resten, slik de er i populasjonen; en del uten posteringer er ikke med."""
    parts = rows.with_columns(_stratum(intervall_ore).alias("stratum"))
    return tuple(
        summed(name, part, drawn.filter(pl.col("stratum") == name).height)
        for name in (FULLT, INTERVALL)
        if not (part := parts.filter(pl.col("stratum") == name)).is_empty()
    )


def summed(navn: str, part: pl.DataFrame, trukket: int) -> Stratum:
    """Et stratum av radene i det."""
    amount = pl.col("abs_ore")
    least, largest, total = part.select(amount.min().alias("a"), amount.max().alias("b"), amount.sum().alias("c")).row(
        0
    )
    return Stratum(navn, least, largest, part.height, total, trukket)


def _stratum(intervall_ore: int) -> pl.Expr:
    return pl.when(pl.col("abs_ore") >= intervall_ore).then(pl.lit(FULLT)).otherwise(pl.lit(INTERVALL))
