"""Kontoklasse, funksjon og art som ikke går sammen etter SSBs kontroller."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.revisjon.samling import gathered
from kontoplan.revisjon.treff import hits
from kontoplan.revisjon.vekter import chance

if TYPE_CHECKING:
    from kontoplan.kodeverk.kode import Alvor, Brudd
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag

_KEYS = ("klasse", "funksjon", "art")
_SCHEMA = {**dict.fromkeys(_KEYS, pl.String), "melding": pl.String, "kilde": pl.String}


def refused(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Kombinasjoner mottaket i SSB avviser."""
    return _broken(ground, "feil", "R-KOMBINASJON", 50)


def illogical(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Kombinasjoner mottaket spør om."""
    return _broken(ground, "ulogisk", "R-ULOGISK", 6)


def _broken(ground: Grunnlag, alvor: Alvor, slag: str, practice: int) -> pl.DataFrame:
    """Brudd av én alvorlighet; ``practice`` eller flere med samme kombinasjon er ett funn."""
    kodeverk = ground.kodeverk
    found = []
    for klasse, funksjon, art in ground.rader.select(_KEYS).unique(maintain_order=True).iter_rows():
        number = kodeverk.kontoklasse("investering" if klasse == "investering" else "drift")
        broken = kodeverk.kombinasjon(kontoklasse=number, funksjon=funksjon or None, art=art or None)
        same = [b for b in broken if b.alvor == alvor]
        if same:
            found.append((klasse, funksjon, art, " ".join(_said(b) for b in same), _source(same)))
    told = pl.DataFrame(found, schema=_SCHEMA, orient="row")
    joined = ground.rader.join(told, on=list(_KEYS), how="inner", maintain_order="left")
    one = gathered(joined, _KEYS, practice)
    return hits(one, p=chance(slag), **{name: pl.col(name) for name in ("melding", "kilde", "ore")})


def _said(brudd: Brudd) -> str:
    return f"{brudd.melding} (kontroll {brudd.kontroll})"


def _source(found: list[Brudd]) -> str:
    return "SSB kontrollprogram for KOSTRA, kontroll " + " og ".join(dict.fromkeys(b.kontroll for b in found))
