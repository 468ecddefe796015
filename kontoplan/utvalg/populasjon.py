"""Populasjonen et utvalg trekkes av: posteringene med beløp, i fast rekkefølge, og regnskap over det som er holdt utenfor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kontoplan.utvalg.plan import Avgrensning

KOLONNER: Final = (
    "ark",
    "rad",
    "bilag",
    "dato",
    "konto",
    "ansvar",
    "leverandor",
    "tekst",
    "klasse",
    "art",
    "funksjon",
    "belop_ore",
)
"""Kolonnene posteringene må ha."""
_HER: Final = "her"


@dataclass(frozen=True, slots=True)
class Utenfor:
    """Rader som ikke er med i populasjonen.

    Attributes:
        hva: Hva slags rader det er, og hvorfor de ikke er med.
        antall: Antall rader.
        sum_ore: Summen av dem, debet positivt, i øre.
    """

    hva: str
    antall: int
    sum_ore: int


@dataclass(frozen=True, slots=True)
class Populasjon:
    """Det utvalget sier noe om.

    Attributes:
        rader: Det det trekkes av, i fast rekkefølge: ``ark``, ``rad`` (den stiger i hvert ark), ``belop_ore``, ``abs_ore`` (> 0), ``omraade``, og
            ``her``, plassen i ``poster``.
        poster: Alle posteringene slik de kom, med ``KOLONNER``.
        utenfor: Det som er holdt utenfor.
    """

    rader: pl.DataFrame
    poster: pl.DataFrame
    utenfor: tuple[Utenfor, ...]

    def details(self, drawn: pl.DataFrame) -> pl.DataFrame:
        """De trukne radene med alle kolonnene."""
        own = [name for name in drawn.columns if name not in KOLONNER]
        return pl.concat([self.poster[drawn[_HER]].select(KOLONNER), drawn.select(own)], how="horizontal")

    @property
    def antall(self) -> int:
        """Antall posteringer."""
        return self.rader.height

    @property
    def sum_ore(self) -> int:
        """Summen av absoluttbeløpene, i øre."""
        return _sum(self.rader["abs_ore"])

    @property
    def debet_ore(self) -> int:
        """Summen av posteringene i debet, i øre."""
        return _sum(self.rader["belop_ore"].clip(lower_bound=0))

    @property
    def kredit_ore(self) -> int:
        """Summen av posteringene i kredit, i øre (0 eller mindre)."""
        return _sum(self.rader["belop_ore"].clip(upper_bound=0))


def population(
    rows: pl.DataFrame,
    bare: Iterable[Avgrensning],
    area_of: Callable[[str], str],
    before: Iterable[Utenfor] = (),
) -> Populasjon:
    """Populasjonen av posteringene.

    Args:
        rows: Posteringene med ``KOLONNER``; ark og radnummer er til sammen entydig.
        bare: Avgrensningene.
        area_of: Tjenesteområdet en funksjon hører til.
        before: Det som alt var holdt utenfor.

    Raises:
        UserError: det er ingen posteringer med beløp igjen.
    """
    limits = tuple(bare)
    areas = {code: area_of(code) for code in rows["funksjon"].unique().to_list()}
    known = rows.select(
        *dict.fromkeys(
            ("ark", "rad", "belop_ore", *(limit.dimensjon for limit in limits if limit.dimensjon != "omraade"))
        ),
        pl.col("belop_ore").abs().alias("abs_ore"),
        pl.col("funksjon").replace_strict(areas, return_dtype=pl.Categorical).alias("omraade"),
    ).with_row_index(_HER)
    chosen = known.filter(_inside(limits))
    drawn = chosen.filter(pl.col("abs_ore") > 0).sort(pl.col("ark").cast(pl.String), "rad")
    said = ", ".join(map(str, limits))
    if drawn.is_empty():
        where = f" etter --bare {said}" if limits else " i drift og investering"
        raise UserError(
            f"Det er ingen posteringer med beløp å trekke av{where}; "
            + ("velg en videre avgrensning." if limits else "kontroller at rett fil og kolonner er valgt."),
            code="utvalg-tomt",
        )
    outside = [*before]
    if limits:
        left = known.filter(~_inside(limits))
        outside.append(Utenfor(f"utenfor avgrensningen ({said})", left.height, _sum(left["belop_ore"])))
    outside.append(Utenfor("beløpet er null: har ingen kroner å trekke", chosen.height - drawn.height, 0))
    return Populasjon(drawn, rows, tuple(outside))


def _inside(limits: tuple[Avgrensning, ...]) -> pl.Expr:
    """Samme dimensjon flere ganger er «eller», ulike er «og»."""
    chosen = pl.lit(value=True)
    for dimension in dict.fromkeys(limit.dimensjon for limit in limits):
        same = [limit for limit in limits if limit.dimensjon == dimension]
        chosen &= pl.any_horizontal(
            pl.col(dimension).cast(pl.String).is_between(pl.lit(o.fra), pl.lit(o.til)) for o in same
        )
    return chosen


def _sum(amounts: pl.Series) -> int:
    return int(amounts.sum())
