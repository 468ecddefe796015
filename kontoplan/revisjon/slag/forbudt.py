"""Det reglene sier uttrykkelig ikke er lov."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.evidence.direction import retning
from kontoplan.revisjon.samling import gathered
from kontoplan.revisjon.treff import hits
from kontoplan.revisjon.vekter import chance
from kontoplan.rulebase.match import Context
from kontoplan.rulebase.sources import place
from kontoplan.rulebase.store import rulebase

if TYPE_CHECKING:
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag

_KEYS = ("kjerne", "klasse", "funksjon", "art")
_PRACTICE = 12  # så mange like er en praksis, og ett funn
_SCHEMA = {**dict.fromkeys(_KEYS, pl.String), "melding": pl.String, "kilde": pl.String}


def forbidden(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Posteringer en regel sier ikke er lov slik de er ført, når SSBs kontroller ikke alt har sagt det."""
    base, kodeverk = rulebase(), ground.kodeverk
    prohibited = {pair for rule in base.rules for pair in rule.outcome(kodeverk.aar).forbudt}
    arts = {kode for d, kode in prohibited if d == "art"}
    functions = {kode for d, kode in prohibited if d == "funksjon"}
    posted = ground.grupper.filter(
        (pl.col("kjerne") != "") & (pl.col("art").is_in(list(arts)) | pl.col("funksjon").is_in(list(functions)))
    )
    found = []
    for kjerne, klasse, funksjon, art in posted.select(_KEYS).unique(maintain_order=True).iter_rows():
        number = kodeverk.kontoklasse("investering" if klasse == "investering" else "drift")
        if kodeverk.kombinasjon(kontoklasse=number, funksjon=funksjon or None, art=art or None):
            continue
        known = {"funksjon": funksjon, "art": art, "kontoklasse": klasse, "retning": retning(art)}
        hit = next(
            (
                hit
                for hit in base.hits(kjerne, aar=kodeverk.aar, regnskap=kodeverk.regnskap, context=Context.of(known))
                if {("art", art), ("funksjon", funksjon)} & set(hit.outcome.forbudt)
            ),
            None,
        )
        if hit:
            source = "; ".join(place(kilde, base.sources) for kilde in hit.rule.kilder)
            found.append(
                (kjerne, klasse, funksjon, art, f"{hit.rule.tittel}: {hit.rule.fordi} (regel {hit.rule.id})", source)
            )
    told = pl.DataFrame(found, schema=_SCHEMA, orient="row")
    joined = ground.rader.join(told, on=list(_KEYS), how="inner", maintain_order="left")
    one = gathered(joined, _KEYS, _PRACTICE)
    return hits(one, p=chance("R-FORBUDT"), **{name: pl.col(name) for name in ("melding", "kilde", "ore")})
