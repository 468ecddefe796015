"""Kommunens egen praksis: hvordan posteringer med samme tekst, leverandør eller ansvar ellers er ført.

Hver gruppe av like posteringer teller som roten av antallet, så tolv månedlige like linjer ikke overdøver alt annet, og gruppen som
vurderes, er ikke med i det den måles mot (bare det den har utover én postering). Slik kan også flertallet i en gruppe være galt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

Revisjonsdimensjon = Literal["art", "funksjon", "klasse"]
_SMOOTH = 1.0  # så mye teller hele regnskapet når en vane er sett lite
_RARE = 1e-3
_SPREAD = 100.0  # så mange koder deler én gruppe hver, så en liten hovedbok ikke gjør det usette umulig
_JUDGED = 0.01  # så lite sannsynlig er alt dommeren ikke nevner (``horing``)
_TOP = 8
_YEAR_END = ["57", "58", "59", "97", "98", "99"]
_FINANCE = ["5", "9"]


@dataclass(frozen=True, slots=True)
class Spor:
    """Noe posteringer kan ha felles: navnet på sporet, og kolonnene som må være like og utfylt."""

    navn: str
    felt: tuple[str, ...]


_TEKST, _ANSVAR = Spor("tekst", ("kjerne",)), Spor("ansvar", ("ansvar",))
SPOR: Final[Mapping[Revisjonsdimensjon, tuple[Spor, ...]]] = {
    "art": (_TEKST, Spor("leverandor", ("leverandor",)), Spor("sted", ("ansvar", "funksjon"))),
    "funksjon": (_ANSVAR, Spor("leverandor_her", ("leverandor", "ansvar")), _TEKST),
    "klasse": (_TEKST, _ANSVAR, Spor("art_her", ("ansvar", "art"))),
}
"""Sporene som sier noe om hver dimensjon."""


def features(groups: pl.DataFrame, dimensjon: Revisjonsdimensjon, judged: pl.DataFrame | None) -> pl.DataFrame:
    """Kodene hver gruppe kunne stått på, og hva hvert spor sier om dem.

    Args:
        groups: Gruppene (``Grunnlag.grupper``).
        dimensjon: Det som vurderes.
        judged: Hva tekstene taler for (``horing.listen``); ``None`` når teksten ikke høres.

    Returns:
        En rad per gruppe og kode: ``gid``, ``kode``, ``fort`` (om det er den det er ført på), og for hvert spor ``f_NAVN`` (log av
        hvor mye vanligere koden er der enn ellers; 0 når sporet ikke sier noe), ``n_NAVN`` (vekten koden har ellers) og ``N_NAVN`` (all vekt ellers); ``f_dom`` er log av dommerens sannsynlighet.
    """
    own = groups.filter((pl.col(dimensjon) != "") & ~settled_elsewhere(dimensjon)).with_columns(
        pl.col("antall").cast(pl.Float64).sqrt().alias("u")
    )
    spread = float(own.select(pl.col("u").sum()).item()) + _SPREAD
    shares = (
        own.group_by(dimensjon)
        .agg(pl.col("u").sum())
        .select(pl.col(dimensjon).alias("kode"), ((pl.col("u") + 1) / spread).alias("q"))
    )
    counts = {spor.navn: _counts(own, dimensjon, spor) for spor in SPOR[dimensjon]}
    candidates = (
        _candidates(own, dimensjon, counts, judged)
        .join(shares, on="kode", how="left")
        .with_columns(pl.col("q").fill_null(1 / spread).clip(_RARE))
    )
    spared = (pl.col("u") - 1).clip(0)
    for spor in SPOR[dimensjon]:
        named = pl.all_horizontal(pl.col(name) != "" for name in spor.felt)
        taken = pl.when(named).then(pl.col("u") - spared).otherwise(0.0)
        n = (pl.col("n").fill_null(0.0) - pl.when("fort").then(taken).otherwise(0.0)).clip(0)
        total = (pl.col("total").fill_null(0.0) - taken).clip(0)
        candidates = (
            candidates.join(counts[spor.navn], on=[*spor.felt, "kode"], how="left")
            .join(
                counts[spor.navn].select(*spor.felt, "total").unique(), on=list(spor.felt), how="left", suffix="_alle"
            )
            .with_columns(pl.col("total_alle").alias("total"))
            .with_columns(n.alias(f"n_{spor.navn}"), total.alias(f"N_{spor.navn}"))
            .with_columns(
                (
                    (pl.col(f"n_{spor.navn}") + _SMOOTH * pl.col("q"))
                    / (pl.col(f"N_{spor.navn}") + _SMOOTH)
                    / pl.col("q")
                )
                .log()
                .alias(f"f_{spor.navn}")
            )
            .drop("n", "total", "total_alle")
        )
    return _with_judged(candidates.with_columns(pl.col("q").log().alias("f_grunn")), judged).sort("gid", "kode")


def settled_elsewhere(dimensjon: Revisjonsdimensjon) -> pl.Expr:
    """Om føringen ikke følger tekst, leverandør eller ansvar, så kommunens praksis ikke sier noe om den.

    Årsoppgjøret (avskrivninger, avsetninger, kontrollpostene) følger anleggene og skjemaene, og finansartene har egne funksjoner. De
    vurderes av gyldighet, kombinasjoner og summer.
    """
    serie, gruppe = pl.col("art").str.slice(0, 1), pl.col("art").str.slice(0, 2)
    year_end = gruppe.is_in(_YEAR_END)
    return year_end | serie.is_in(_FINANCE) if dimensjon == "funksjon" else year_end


def _counts(own: pl.DataFrame, dimensjon: Revisjonsdimensjon, spor: Spor) -> pl.DataFrame:
    """Vekten hver kode har i hvert spor, og all vekt i sporet."""
    named = own.filter(pl.all_horizontal(pl.col(name) != "" for name in spor.felt))
    keys = list(spor.felt)
    found = named.group_by(*keys, pl.col(dimensjon).alias("kode")).agg(pl.col("u").sum().alias("n"))
    return found.with_columns(pl.col("n").sum().over(keys).alias("total"))


def _candidates(
    own: pl.DataFrame, dimensjon: Revisjonsdimensjon, counts: Mapping[str, pl.DataFrame], judged: pl.DataFrame | None
) -> pl.DataFrame:
    needed = dict.fromkeys(("kjerne", *(name for spor in SPOR[dimensjon] for name in spor.felt)))
    base = own.select("gid", "u", *needed, pl.col(dimensjon).alias("posted"))
    parts = [base.select("gid", pl.col("posted").alias("kode"))]
    for spor in SPOR[dimensjon]:
        keys = list(spor.felt)
        top = counts[spor.navn].filter(pl.col("n").rank("ordinal", descending=True).over(keys) <= _TOP)
        parts.append(base.select("gid", *keys).join(top.select(*keys, "kode"), on=keys).select("gid", "kode"))
    if judged is not None:
        parts.append(
            base.select("gid", "kjerne").join(judged.select("kjerne", "kode"), on="kjerne").select("gid", "kode")
        )
    found = pl.concat(parts).unique()
    return found.join(base, on="gid").with_columns((pl.col("kode") == pl.col("posted")).alias("fort")).drop("posted")


def _with_judged(candidates: pl.DataFrame, judged: pl.DataFrame | None) -> pl.DataFrame:
    if judged is None:
        return candidates.with_columns(pl.lit(0.0).alias("f_dom"))
    said = judged.select("kjerne", "kode", "p")
    return (
        candidates.join(said, on=["kjerne", "kode"], how="left")
        .with_columns(pl.col("p").fill_null(0.0).clip(_JUDGED).log().alias("f_dom"))
        .drop("p")
    )
