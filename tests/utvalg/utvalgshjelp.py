"""Små populasjoner å trekke av."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.utvalg.evaluering import Vurdert
from kontoplan.utvalg.plan import Plan
from kontoplan.utvalg.populasjon import population
from kontoplan.utvalg.trekning import sample

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.utvalg.plan import Metode
    from kontoplan.utvalg.populasjon import Populasjon
    from kontoplan.utvalg.utvalg import Utvalg


def postings(
    amounts: Sequence[int], *, arter: Sequence[str] = ("110",), funksjoner: Sequence[str] = ("202",)
) -> pl.DataFrame:
    """Posteringer med beløpene i øre, fra rad 2."""
    size = len(amounts)
    texts = ("ark", "bilag", "konto", "ansvar", "leverandor", "tekst")
    return pl.DataFrame(
        {
            **{name: [""] * size for name in texts},
            "rad": range(2, size + 2),
            "dato": pl.Series([None] * size, dtype=pl.Date),
            "klasse": ["drift"] * size,
            "art": [arter[at % len(arter)] for at in range(size)],
            "funksjon": [funksjoner[at % len(funksjoner)] for at in range(size)],
            "belop_ore": pl.Series(amounts, dtype=pl.Int64),
        },
        schema_overrides={"rad": pl.UInt32},
    )


def area(funksjon: str) -> str:
    """Et område per funksjon."""
    return f"Område {funksjon}"


def whole(rows: pl.DataFrame) -> Populasjon:
    """Populasjonen av radene."""
    return population(rows, (), area)


def drawn(rows: pl.DataFrame, metode: Metode, limit: int, *, fro: int = 1, per_omraade: bool = False) -> Utvalg:
    """Et utvalg uten forventet feil; ``limit`` er vesentligheten i øre."""
    plan = Plan(metode, 0.95, limit, 0, fro, per_omraade)
    return sample(plan, whole(rows), hovedbok="bok.csv", sha256="0", aar=2026)


def audited(utvalg: Utvalg, right: Mapping[int, int]) -> list[Vurdert]:
    """Utvalget ferdig revidert; ``right`` er rett beløp for radene som er feil."""
    return [
        Vurdert(t.nr, t.ark, t.rad, t.bilag, t.ore, t.stratum, right.get(t.rad, t.ore), "", f"J{t.nr + 1}")
        for t in utvalg.trekk
    ]
