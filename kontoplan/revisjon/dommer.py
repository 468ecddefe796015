"""Dommen over hver føring: hvor sannsynlig det er at koden er feil, hva den heller kan være, og hva som taler for det."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import polars as pl

from kontoplan.revisjon.horing import MOST, listen
from kontoplan.revisjon.vane import SPOR, features
from kontoplan.revisjon.vekter import audit_weights
from kontoplan.svar import SPORDIMENSJONER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.revisjon.vane import Revisjonsdimensjon


@dataclass(frozen=True, slots=True)
class Dommer:
    """Dommene over gruppene.

    Attributes:
        tekster: Hva tekstene taler for, per dimensjon (``horing.listen``).
        dommer: Per dimensjon en rad per gruppe: ``gid``, ``galt`` (sannsynligheten for at koden er feil), ``kode`` (den beste andre
            koden), ``p`` (sannsynligheten for den), og for koden det er ført på og den andre: ``n_…``, ``N_…``, og ``g_…``, det hvert
            spor taler for den andre med, i log-odds. ``g_fort`` er utgangspunktet og ``g_flere`` det de andre mulige kodene legger til,
            så summen av alle ``g_…`` er log-odds for ``galt``.
        uhort: Antall ulike tekster som ikke er hørt.
    """

    tekster: Mapping[str, pl.DataFrame]
    dommer: Mapping[Revisjonsdimensjon, pl.DataFrame]
    uhort: int


def heard(ground: Grunnlag, progress: Callable[[str], None] | None = None) -> dict[str, pl.DataFrame]:
    """Hva tekstene taler for i hver dimensjon; de med størst beløp høres først, og høyst ``MOST`` av dem."""
    texts = _texts(ground)[:MOST]
    return {d: listen(texts, d, ground.kodeverk, progress) for d in SPORDIMENSJONER}


def _texts(ground: Grunnlag) -> list[str]:
    sums = ground.grupper.filter(pl.col("kjerne") != "").group_by("kjerne").agg(pl.col("ore").sum())
    return cast("list[str]", sums.sort("ore", "kjerne", descending=[True, False])["kjerne"].to_list())


def judge_all(ground: Grunnlag, progress: Callable[[str], None] | None = None) -> Dommer:
    """Dommene over alle gruppene."""
    texts = heard(ground, progress)
    if progress:
        progress("Sammenligner med hvordan dere ellers fører det samme")
    found = {d: judge(features(ground.grupper, d, texts.get(d)), d) for d in SPOR}
    return Dommer(texts, found, max(0, len(_texts(ground)) - MOST))


def judge(candidates: pl.DataFrame, dimensjon: Revisjonsdimensjon) -> pl.DataFrame:
    """En dom per gruppe (``Dommer.dommer``) av kodene den kunne stått på (``vane.features``)."""
    fitted = audit_weights()[dimensjon]
    names = list(fitted.spor)
    weighted = candidates.with_columns(
        (pl.col(f"f_{name}") * weight).alias(f"g_{name}") for name, weight in fitted.spor.items()
    )
    score = pl.sum_horizontal(f"g_{name}" for name in names) + pl.col("fort").cast(pl.Float64) * fitted.fort
    scored = weighted.with_columns(score.alias("s")).with_columns(
        (pl.col("s") - pl.col("s").max().over("gid")).exp().alias("odds")
    )
    scored = scored.with_columns((pl.col("odds") / pl.col("odds").sum().over("gid")).alias("p"))
    kept = [f"{part}_{spor.navn}" for spor in SPOR[dimensjon] for part in ("n", "N")]
    booked = scored.filter("fort").select(
        "gid", (1 - pl.col("p")).alias("galt"), *(f"g_{name}" for name in names), *kept
    )
    other = (
        scored.filter(~pl.col("fort"))
        .sort("gid", "p", "kode", descending=[False, True, False])
        .group_by("gid", maintain_order=True)
        .first()
        .select("gid", "kode", "p", *(f"g_{name}" for name in names), *kept)
    )
    joined = booked.join(other, on="gid", how="inner", suffix="_ny", maintain_order="left")
    return joined.with_columns(
        *((pl.col(f"g_{name}_ny") - pl.col(f"g_{name}")).alias(f"g_{name}") for name in names),
        pl.lit(-fitted.fort).alias("g_fort"),
        (pl.col("galt") / pl.col("p")).log().alias("g_flere"),
    ).drop(f"g_{name}_ny" for name in names)
