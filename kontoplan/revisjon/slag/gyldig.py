"""Koder som ikke gjelder i året."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.revisjon.samling import gathered
from kontoplan.revisjon.treff import hits, none
from kontoplan.revisjon.vekter import chance
from kontoplan.svar import SPORDIMENSJONER

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.svar import Spordimensjon

_ROUNDED = 0.01
_PRACTICE = 50  # så mange på samme kode er ett funn


def expired(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Posteringer på koder som er gått ut, ikke har begynt å gjelde, eller ikke finnes."""
    return pl.concat([none(), *(_in_dimension(ground, dimension) for dimension in SPORDIMENSJONER)])


def _in_dimension(ground: Grunnlag, dimension: Spordimensjon) -> pl.DataFrame:
    rows = ground.rader.filter(pl.col(f"{dimension}_lest") != "")
    read = rows.group_by(f"{dimension}_lest").agg(pl.len().alias("antall"))
    found = [
        (lest, *told)
        for lest, antall in read.iter_rows()
        if (told := _told(ground.kodeverk, dimension, lest, antall / max(len(rows), 1))) is not None
    ]
    schema = {
        f"{dimension}_lest": pl.String,
        "p": pl.Float64,
        "ny": pl.String,
        "melding": pl.String,
        "kilde": pl.String,
    }
    messages = pl.DataFrame(found, schema=schema, orient="row")
    joined = rows.join(messages, on=f"{dimension}_lest", how="inner", maintain_order="left")
    one = gathered(joined, [f"{dimension}_lest"], _PRACTICE)
    given = {name: pl.col(name) for name in ("p", "melding", "kilde", "ore")}
    return hits(one, **given, **{f"ny_{dimension}": pl.col("ny")})


def _told(kodeverk: Kodeverk, name: Spordimensjon, lest: str, share: float) -> tuple[float, str, str, str] | None:
    """Sannsynlighet, etterfølger, setning og kilde; ``None`` når koden kan brukes."""
    known = kodeverk.kode(name, lest)
    if known is None:
        # Mange kommuner har egne undernummer («476» under 470); bare et nummer som er svært sjeldent, ser ut som en tastefeil.
        if share > _ROUNDED:
            return None
        return (
            chance("R-GYLDIG/ukjent"),
            "",
            f"{name.capitalize()} {lest} finnes ikke i KOSTRA; det kan være en tastefeil.",
            "",
        )
    if kodeverk.finnes(name, lest) or kodeverk.intern(name, lest) or known.betinget:
        return None
    heirs = kodeverk.etterfolgere(name, lest)
    if known.fra is not None and known.fra > kodeverk.aar:
        when = f"gjelder først fra {known.fra}"
    else:
        when = f"gikk ut etter {known.til}" if known.til else f"gjelder ikke i {kodeverk.aar}"
    instead = f" I stedet: {' eller '.join(f'{kode} {kodeverk.navn(name, kode)}' for kode in heirs)}." if heirs else ""
    link = kodeverk.overgang(name, lest)
    return (
        chance("R-GYLDIG/utgaatt"),
        heirs[0] if len(heirs) == 1 else "",
        f"{name.capitalize()} {lest} {when}.{instead}",
        link.kilde if link else known.kilde,
    )
