"""Dommen over hver føring: hvor sannsynlig det er at koden er feil, hva den heller kan være, og hva som taler for det."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import polars as pl

from kontoplan.revisjon.flere import listen_all
from kontoplan.revisjon.horing import MOST, about_function
from kontoplan.revisjon.tekst import cores
from kontoplan.revisjon.vane import SPOR, features_in_parts
from kontoplan.revisjon.vekter import audit_weights
from kontoplan.svar import SPORDIMENSJONER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.revisjon.vane import Revisjonsdimensjon
    from kontoplan.svar import Spordimensjon

NEGLIGIBLE: Final = 0.01
"""Mindre sannsynlig enn dette er det ikke at en kode er feil når den ikke nevnes."""
_PART = (
    50_000  # grupper om gangen; flere går ikke fortere, og med kodene de kunne stått på, er det noen hundre megabyte
)


@dataclass(frozen=True, slots=True)
class Dommer:
    """Dommene over gruppene.

    Attributes:
        tekster: Hva tekstene taler for, per dimensjon (``horing.as_frame``).
        dommer: Per dimensjon en rad per gruppe det er tvil om (``NEGLIGIBLE``): ``gid``, ``galt`` (sannsynligheten for at koden er feil), ``kode`` (den beste andre
            koden), ``p`` (sannsynligheten for den), og for koden det er ført på og den andre: ``n_…``, ``N_…``, og ``g_…``, det hvert
            spor taler for den andre med, i log-odds. ``g_fort`` er utgangspunktet og ``g_flere`` det de andre mulige kodene legger til,
            så summen av alle ``g_…`` er log-odds for ``galt``.
        uhort: Antall ulike tekster som ikke er hørt.
    """

    tekster: Mapping[str, pl.DataFrame]
    dommer: Mapping[Revisjonsdimensjon, pl.DataFrame]
    uhort: int


def heard(ground: Grunnlag, progress: Callable[[str], None] | None = None) -> dict[str, pl.DataFrame]:
    """Hva tekstene taler for i hver dimensjon; de med størst beløp høres først, og høyst ``MOST`` av dem.

    For funksjonen høres bare ordene som handler om den. Kontonavnene høres også mot artene, og ansvarsnavnene mot funksjonene, når hovedboken har dem.
    """
    texts = _texts(ground)[:MOST]
    accounts, units = (cores(list(names.values())) for names in (ground.kontonavn, ground.ansvarsnavn))
    asked: dict[Spordimensjon, dict[str, str]] = {
        "art": {text: text for text in (*texts, *accounts) if text},
        "funksjon": about_function(texts, ground.kodeverk) | {text: text for text in units if text},
    }
    words = {d: list(dict.fromkeys(asked[d].values())) for d in SPORDIMENSJONER}
    return {str(d): _spread(asked[d], found) for d, found in listen_all(words, ground.kodeverk, progress).items()}


def _spread(asked: Mapping[str, str], found: pl.DataFrame) -> pl.DataFrame:
    """Svarene på ordene som ble hørt, på hver tekst de ble hørt for."""
    texts = pl.DataFrame({"kjerne": list(asked), "ord": list(asked.values())}, {"kjerne": pl.String, "ord": pl.String})
    heard = found.rename({"kjerne": "ord"})
    return texts.join(heard, on="ord", how="inner", maintain_order="left_right").drop("ord")


def _texts(ground: Grunnlag) -> list[str]:
    sums = ground.grupper.filter(pl.col("kjerne") != "").group_by("kjerne").agg(pl.col("ore").sum())
    return cast("list[str]", sums.sort("ore", "kjerne", descending=[True, False])["kjerne"].to_list())


def judge_all(ground: Grunnlag, progress: Callable[[str], None] | None = None) -> Dommer:
    """Dommene over alle gruppene."""
    texts = heard(ground, progress)
    found = {d: _judge_in_parts(ground.grupper, d, texts.get(d), progress) for d in SPOR}
    return Dommer(texts, found, max(0, len(_texts(ground)) - MOST))


def _judge_in_parts(
    groups: pl.DataFrame,
    dimensjon: Revisjonsdimensjon,
    heard: pl.DataFrame | None,
    progress: Callable[[str], None] | None = None,
) -> pl.DataFrame:
    found = []
    for at, part in enumerate(features_in_parts(groups, dimensjon, heard, _PART)):
        if progress:
            progress(f"Sammenligner {dimensjon} med egen praksis: {at * _PART} av {len(groups)} ulike føringer")
        found.append(judge(part, dimensjon))
    return pl.concat(found)


def judge(candidates: pl.DataFrame, dimensjon: Revisjonsdimensjon) -> pl.DataFrame:
    """En dom per gruppe det er tvil om (``Dommer.dommer``), av kodene den kunne stått på (``vane.features``)."""
    fitted = audit_weights()[dimensjon]
    names = list(fitted.spor)
    score = pl.sum_horizontal(pl.col(f"f_{name}") * weight for name, weight in fitted.spor.items())
    scored = candidates.with_columns((score + pl.col("fort").cast(pl.Float64) * fitted.fort).alias("s"))
    booked = scored.filter("fort")
    other = scored.filter(~pl.col("fort")).join(booked.select("gid", pl.col("s").alias("s_fort")), on="gid")
    other = other.with_columns((pl.col("s") - pl.col("s_fort")).exp().alias("odds"))
    # Ordnet før summen: rekkefølgen av kandidatene er tilfeldig, og siste siffer skal være det samme hver gang.
    against = other.group_by("gid").agg(pl.col("odds").sort().sum().alias("mot"))
    galt = pl.col("mot") / (1 + pl.col("mot"))
    doubted = against.filter(galt >= NEGLIGIBLE).with_columns(galt.alias("galt"))
    best = (
        other.join(doubted, on="gid")
        .sort("gid", "odds", "kode", descending=[False, True, False])
        .unique("gid", keep="first", maintain_order=True)
        .with_columns((pl.col("odds") / (1 + pl.col("mot"))).alias("p"))
    )
    kept = [f"{part}_{spor.navn}" for spor in SPOR[dimensjon] for part in ("n", "N")]
    joined = booked.select("gid", *(f"f_{name}" for name in names), *kept).join(
        best, on="gid", suffix="_ny", maintain_order="right"
    )
    return joined.select(
        "gid",
        "galt",
        pl.col("kode").cast(pl.String),
        "p",
        *kept,
        *(f"{name}_ny" for name in kept),
        *(((pl.col(f"f_{n}_ny") - pl.col(f"f_{n}")) * weight).alias(f"g_{n}") for n, weight in fitted.spor.items()),
        pl.lit(-fitted.fort).alias("g_fort"),
        (pl.col("mot") / pl.col("odds")).log().alias("g_flere"),
    )
