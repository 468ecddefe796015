"""Treff som er én praksis: når det samme gjelder mange posteringer, er det ett funn og ikke hundre like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN: Final = 5


def gathered(rows: pl.DataFrame, keys: Sequence[str], least: int) -> pl.DataFrame:
    """Radene, der de som er like i ``keys`` og er ``least`` eller flere, er blitt til den med det største beløpet.

    Args:
        rows: Rader av ``Grunnlag.rader`` med ``melding``.
        keys: Det som er likt for radene i en praksis, f.eks. leverandør og art.
        least: Så mange rader må det være.

    Returns:
        Radene i samme rekkefølge. ``ore`` er summen for en praksis og null ellers, og ``melding`` sier hvor mange rader det gjelder, og
        hvilke som er størst.
    """
    size = pl.col("belop_ore").abs()
    groups = rows.group_by(keys, maintain_order=True).agg(
        pl.len().alias("antall"),
        pl.col("belop_ore").sum().alias("ore"),
        pl.col("nr").sort_by(size, "nr", descending=[True, False]).first(),
        pl.col("rad").sort_by(size, "nr", descending=[True, False]).head(_SHOWN).alias("storst"),
    )
    many = groups.filter(pl.col("antall") >= least)
    told = pl.format(
        "{} Det gjelder {} posteringer, til sammen {} kroner (de største på rad {}), så det er slik dere pleier å føre det.",
        "melding",
        "antall",
        _kroner(pl.col("ore")),
        pl.col("storst").cast(pl.List(pl.String)).list.join(", "),
    )
    practices = (
        rows.join(many.drop(keys), on="nr", how="inner").with_columns(told.alias("melding")).drop("antall", "storst")
    )
    single = rows.join(many, on=keys, how="anti", nulls_equal=True).with_columns(pl.lit(None, pl.Int64).alias("ore"))
    return pl.concat([single, practices.select(single.columns)]).sort("nr")


def _kroner(ore: pl.Expr) -> pl.Expr:
    """Beløpet slik ``treff.kroner`` skriver det."""
    whole = (ore.abs() / 100).round().cast(pl.Int64).cast(pl.String)
    grouped = whole.str.reverse().str.replace_all(r"(\d{3})", "${1} ").str.reverse().str.strip_chars()
    return pl.when(ore < 0).then(pl.lit("−")).otherwise(pl.lit("")) + grouped
