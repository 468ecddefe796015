"""Populasjonen et utvalg trekkes av: posteringene med beløp, i fast rekkefølge, og regnskap over det som er holdt utenfor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kontoplan.utvalg.plan import Avgrensning

KOLONNER: Final = ("ark", "rad", "bilag", "dato", "konto", "ansvar", "leverandor", "tekst", "klasse", "art", "funksjon")
"""Kolonnene i posteringene som følger med, i tillegg til ``belop_ore``."""
_ORDER: Final = ("ark", "rad", "konto", "belop_ore", "bilag")


@dataclass(frozen=True, slots=True)
class Utenfor:
    """Rader som ikke er med i populasjonen.

    Attributes:
        hva: Hva slags rader det er, og hvorfor de ikke er med.
        antall: Antall rader.
        sum_ore: Summen av dem, debet positivt, i øre; ``None`` når den ikke er kjent for seg.
    """

    hva: str
    antall: int
    sum_ore: int | None


@dataclass(frozen=True, slots=True)
class Populasjon:
    """Det utvalget sier noe om.

    Attributes:
        rader: Posteringene i fast rekkefølge (ark, så radnummer), med ``KOLONNER``, ``belop_ore``, ``omraade`` og ``abs_ore`` (> 0).
        utenfor: Det som er holdt utenfor.
    """

    rader: pl.DataFrame
    utenfor: tuple[Utenfor, ...]

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
        rows: Posteringene med ``KOLONNER`` og ``belop_ore``.
        bare: Avgrensningene.
        area_of: Tjenesteområdet en funksjon hører til.
        before: Det som alt var holdt utenfor.

    Raises:
        UserError: det er ingen posteringer med beløp igjen.
    """
    limits = tuple(bare)
    codes = rows["funksjon"].unique().to_list()
    areas = {code: area_of(code) for code in codes}
    known = rows.select(*KOLONNER, "belop_ore").with_columns(
        pl.col("funksjon").replace_strict(areas, return_dtype=pl.String).alias("omraade"),
        pl.col("belop_ore").abs().alias("abs_ore"),
    )
    chosen = known.filter(_inside(limits))
    drawn = chosen.filter(pl.col("abs_ore") > 0).sort(_ORDER)
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
    return Populasjon(drawn, tuple(outside))


def _inside(limits: tuple[Avgrensning, ...]) -> pl.Expr:
    """Samme dimensjon flere ganger er «eller», ulike er «og»."""
    chosen = pl.lit(value=True)
    for dimension in dict.fromkeys(limit.dimensjon for limit in limits):
        same = [limit for limit in limits if limit.dimensjon == dimension]
        chosen &= pl.any_horizontal(pl.col(dimension).is_between(pl.lit(o.fra), pl.lit(o.til)) for o in same)
    return chosen


def _sum(amounts: pl.Series) -> int:
    return int(amounts.sum())
