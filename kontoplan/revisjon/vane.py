"""Kommunens egen praksis: hvordan posteringer med samme tekst, leverandør eller ansvar ellers er ført.

Hver gruppe av like posteringer teller som roten av antallet, så tolv månedlige like linjer ikke overdøver alt annet, og gruppen som
vurderes, er ikke med i det den måles mot (bare det den har utover én postering). Slik kan også flertallet i en gruppe være galt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    "funksjon": (_ANSVAR, Spor("art_her", ("ansvar", "art")), _TEKST),
    "klasse": (_TEKST, _ANSVAR, Spor("art", ("art",))),
}
"""Sporene som sier noe om hver dimensjon."""
ORD: Final[Mapping[Revisjonsdimensjon, Mapping[str, str]]] = {
    "art": {"dom": "kjerne"},
    "funksjon": {"dom": "kjerne", "navn": "stedsnavn"},
    "klasse": {},
}
"""Ordene som høres i hver dimensjon, og kolonnen de står i: teksten, og navnet på ansvaret."""


def features(groups: pl.DataFrame, dimensjon: Revisjonsdimensjon, judged: pl.DataFrame | None) -> pl.DataFrame:
    """Kodene hver gruppe kunne stått på, og hva hvert spor sier om dem.

    Args:
        groups: Gruppene (``Grunnlag.grupper``).
        dimensjon: Det som vurderes.
        judged: Hva tekstene taler for (``horing.as_frame``); ``None`` når teksten ikke høres.

    Returns:
        En rad per gruppe og kode: ``gid``, ``kode``, ``fort`` (om det er den det er ført på), og for hvert spor ``f_NAVN`` (log av
        hvor mye vanligere koden er der enn ellers; 0 når sporet ikke sier noe), ``n_NAVN`` (vekten koden har ellers) og ``N_NAVN`` (all vekt ellers);
        ``f_dom`` og de andre i ``ORD`` er log av dommerens sannsynlighet etter ordene (0 for alle når de ikke er hørt).
    """
    return pl.concat(features_in_parts(groups, dimensjon, judged, len(groups) or 1)).sort("gid", "kode")


def features_in_parts(
    groups: pl.DataFrame, dimensjon: Revisjonsdimensjon, judged: pl.DataFrame | None, size: int
) -> Iterator[pl.DataFrame]:
    """Som ``features``, men ``size`` grupper om gangen, målt mot alle: rammen har mange ganger så mange rader som det er grupper.

    Tekster og koder er ``Categorical``, for tall er raskere å slå opp enn tekst.
    """
    own = groups.filter((pl.col(dimensjon) != "") & ~settled_elsewhere(dimensjon)).with_columns(
        pl.col("antall").cast(pl.Float64).sqrt().alias("u"), pl.col(pl.String).cast(pl.Categorical)
    )
    if judged is not None:
        judged = judged.with_columns(pl.col("kjerne", "kode").cast(pl.Categorical))
    spread = float(own.select(pl.col("u").sum()).item()) + _SPREAD
    shares = (
        own.group_by(dimensjon)
        .agg(pl.col("u").sum())
        .select(pl.col(dimensjon).alias("kode"), ((pl.col("u") + 1) / spread).alias("q"))
    )
    counts = {spor.navn: _counts(own, dimensjon, spor) for spor in SPOR[dimensjon]}
    top = {spor.navn: _most_common(counts[spor.navn], spor) for spor in SPOR[dimensjon]}
    for spor in SPOR[dimensjon]:
        total = counts[spor.navn].group_by(spor.felt).agg(pl.col("n").sum().alias(f"total_{spor.navn}"))
        own = own.join(total, on=list(spor.felt), how="left", maintain_order="left")
    for part in own.iter_slices(size) if len(own) else [own]:
        yield _measured(part, dimensjon, judged, _Praksis(counts, top, shares, spread))


@dataclass(frozen=True, slots=True)
class _Praksis:
    """Det gruppene måles mot: vekten hver kode har i hvert spor, de vanligste av dem, og andelen hver kode har av alt."""

    counts: Mapping[str, pl.DataFrame]
    top: Mapping[str, pl.DataFrame]
    shares: pl.DataFrame
    spread: float


def _measured(
    own: pl.DataFrame, dimensjon: Revisjonsdimensjon, judged: pl.DataFrame | None, practice: _Praksis
) -> pl.DataFrame:
    """Kodene gruppene kunne stått på, med alle sporene."""
    candidates = (
        _candidates(own, dimensjon, practice.top, judged)
        .join(practice.shares, on="kode", how="left")
        .with_columns(pl.col("q").fill_null(1 / practice.spread).clip(_RARE))
    )
    spared = (pl.col("u") - 1).clip(0)
    for spor in SPOR[dimensjon]:
        named = pl.all_horizontal(pl.col(name) != "" for name in spor.felt)
        taken = pl.when(named).then(pl.col("u") - spared).otherwise(0.0)
        n = (pl.col("n").fill_null(0.0) - pl.when("fort").then(taken).otherwise(0.0)).clip(0)
        total = (pl.col(f"total_{spor.navn}").fill_null(0.0) - taken).clip(0)
        candidates = (
            candidates.join(practice.counts[spor.navn], on=[*spor.felt, "kode"], how="left")
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
            .drop("n", f"total_{spor.navn}")
        )
    candidates = candidates.with_columns(pl.col("q").log().alias("f_grunn"))
    for name, column in ORD[dimensjon].items():
        candidates = _with_judged(candidates, judged, name, column)
    return candidates


def settled_elsewhere(dimensjon: Revisjonsdimensjon) -> pl.Expr:
    """Om føringen ikke følger tekst, leverandør eller ansvar, så kommunens praksis ikke sier noe om den.

    Årsoppgjøret (avskrivninger, avsetninger, kontrollpostene) følger anleggene og skjemaene, og finansartene har egne funksjoner. De
    vurderes av gyldighet, kombinasjoner og summer.
    """
    serie, gruppe = pl.col("art").str.slice(0, 1), pl.col("art").str.slice(0, 2)
    year_end = gruppe.is_in(_YEAR_END)
    return year_end | serie.is_in(_FINANCE) if dimensjon == "funksjon" else year_end


def _counts(own: pl.DataFrame, dimensjon: Revisjonsdimensjon, spor: Spor) -> pl.DataFrame:
    """Vekten hver kode har i hvert spor."""
    named = own.filter(pl.all_horizontal(pl.col(name) != "" for name in spor.felt))
    keys = [*map(pl.col, spor.felt), pl.col(dimensjon).alias("kode")]
    return named.group_by(keys, maintain_order=True).agg(pl.col("u").sum().alias("n"))


def _most_common(counts: pl.DataFrame, spor: Spor) -> pl.DataFrame:
    """De vanligste kodene i hvert spor; den laveste først når to er like vanlige, så svaret alltid er det samme."""
    ordered = counts.sort("n", "kode", descending=[True, False])
    return ordered.group_by(spor.felt, maintain_order=True).head(_TOP).select(*spor.felt, "kode")


def _candidates(
    own: pl.DataFrame, dimensjon: Revisjonsdimensjon, top: Mapping[str, pl.DataFrame], judged: pl.DataFrame | None
) -> pl.DataFrame:
    needed = dict.fromkeys((*ORD[dimensjon].values(), *(name for spor in SPOR[dimensjon] for name in spor.felt)))
    totals = (f"total_{spor.navn}" for spor in SPOR[dimensjon])
    base = own.select("gid", "u", *needed, *totals, pl.col(dimensjon).alias("posted"))
    parts = [base.select("gid", pl.col("posted").alias("kode"))]
    for spor in SPOR[dimensjon]:
        keys = list(spor.felt)
        parts.append(base.select("gid", *keys).join(top[spor.navn], on=keys).select("gid", "kode"))
    if judged is not None:
        parts.append(
            base.select("gid", "kjerne").join(judged.select("kjerne", "kode"), on="kjerne").select("gid", "kode")
        )
    found = pl.concat(parts).unique()
    return found.join(base, on="gid").with_columns((pl.col("kode") == pl.col("posted")).alias("fort")).drop("posted")


def _with_judged(candidates: pl.DataFrame, judged: pl.DataFrame | None, name: str, column: str) -> pl.DataFrame:
    """Med ``f_NAVN``: log av dommerens sannsynlighet for koden etter ordene i kolonnen."""
    if judged is None:
        return candidates.with_columns(pl.lit(0.0).alias(f"f_{name}"))
    said = judged.select(pl.col("kjerne").alias(column), "kode", "p")
    heard = judged.select(pl.col("kjerne").alias(column)).unique().with_columns(pl.lit(value=True).alias("hort"))
    return (
        candidates.join(said, on=[column, "kode"], how="left")
        .join(heard, on=column, how="left")
        .with_columns(
            pl.when("hort").then(pl.col("p").fill_null(0.0).clip(_JUDGED).log()).otherwise(0.0).alias(f"f_{name}")
        )
        .drop("p", "hort")
    )
