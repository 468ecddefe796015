"""Stratifisert trekning: beløpsklasser der hver går ned til halvparten av den over, tilfeldig innen hver."""

from __future__ import annotations

import heapq
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.utvalg.mus import summed

if TYPE_CHECKING:
    from kontoplan.utvalg.utvalg import Stratum

HALVERINGER: Final = 10
"""Så mange klasser under de høye beløpene; den laveste går ned til null."""
_HERE: Final = "_her"


def draw(
    rows: pl.DataFrame, intervall_ore: int, fro: int, *, per_omraade: bool
) -> tuple[pl.DataFrame, tuple[Stratum, ...]]:
    """Trekker av hvert stratum så mange at ingen trukket postering står for mer enn ``intervall_ore``.

    I et stratum med N posteringer, den største på c, trekkes N · c / intervall, rundet opp. Posteringer på minst intervallet er alle med.

    Args:
        rows: Populasjonen i fast rekkefølge, med ``abs_ore`` (> 0) og ``omraade``.
        intervall_ore: Det en trukket postering høyst skal stå for, i øre.
        fro: Frøet; hvert stratum har sin egen tallrekke av frøet og navnet.
        per_omraade: Om hvert tjenesteområde har sine egne strata.

    Returns:
        De trukne radene i populasjonens rekkefølge, med ``treff`` (1) og ``stratum``; og strataene.
    """
    level = pl.sum_horizontal(
        (pl.col("abs_ore") < max(intervall_ore >> k, 1)).cast(pl.UInt8) for k in range(HALVERINGER)
    )
    area = pl.col("omraade").cast(pl.String) if per_omraade else pl.lit("")
    placed = rows.select("abs_ore", area.alias("omraade"), (level + 1).alias("klasse")).with_row_index(_HERE)
    found: list[Stratum] = []
    chosen: dict[int, str] = {}
    for (name, number), part in sorted(placed.partition_by("omraade", "klasse", as_dict=True).items()):
        stratum, taken = _take(
            f"{name}, beløpsklasse {number}" if name else f"Beløpsklasse {number}", part, intervall_ore, fro
        )
        found.append(stratum)
        chosen |= dict.fromkeys(taken, stratum.navn)
    here = sorted(chosen)
    drawn = rows[here].with_columns(
        pl.lit(1).alias("treff"), pl.Series("stratum", [chosen[at] for at in here], dtype=pl.String)
    )
    return drawn, tuple(found)


def _take(navn: str, part: pl.DataFrame, intervall_ore: int, fro: int) -> tuple[Stratum, list[int]]:
    """Plassene til de som er trukket."""
    here = part[_HERE].to_list()
    whole = summed(navn, part, len(here))
    wanted = min(len(here), -(-len(here) * whole.storst_ore // intervall_ore))
    if wanted == len(here):
        return whole, here
    chance = random.Random(f"{fro}/{navn}")  # noqa: S311 - skal kunne gjentas
    drawn = [chance.random() for _ in here]
    taken = heapq.nsmallest(wanted, range(len(here)), key=drawn.__getitem__)
    return replace(whole, trukket=wanted), [here[at] for at in taken]
