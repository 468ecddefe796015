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
    name = pl.format("Beløpsklasse {}", level + 1)
    if per_omraade:
        name = pl.format("{}, beløpsklasse {}", "omraade", level + 1)
    placed = rows.with_columns(level.alias("_nivaa"), name.alias("stratum"), pl.lit(1).alias("treff")).with_row_index(
        _HERE
    )
    keys = (["omraade"] if per_omraade else []) + ["_nivaa"]
    found: list[Stratum] = []
    chosen: list[int] = []
    for part in placed.sort([*keys, _HERE]).partition_by(keys, maintain_order=True):
        stratum, taken = _take(part, intervall_ore, fro)
        found.append(stratum)
        chosen += taken
    return placed.filter(pl.col(_HERE).is_in(chosen)).drop(_HERE, "_nivaa"), tuple(found)


def _take(part: pl.DataFrame, intervall_ore: int, fro: int) -> tuple[Stratum, list[int]]:
    here = part[_HERE].to_list()
    whole = summed(str(part["stratum"][0]), part, len(here))
    wanted = min(len(here), -(-len(here) * whole.storst_ore // intervall_ore))
    if wanted == len(here):
        return whole, here
    chance = random.Random(f"{fro}/{whole.navn}")  # noqa: S311 - skal kunne gjentas
    drawn = [chance.random() for _ in here]
    taken = heapq.nsmallest(wanted, range(len(here)), key=drawn.__getitem__)
    return replace(whole, trukket=wanted), [here[at] for at in taken]
