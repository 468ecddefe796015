"""Leverandøren mot arten: artene for kjøp, overføringer og refusjoner gjelder hver sin part, og organisasjonsnummer skal være ekte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.evidence.direction import counterparties
from kontoplan.revisjon.parter import NAVN, organisation_number, part, valid_number
from kontoplan.revisjon.samling import gathered
from kontoplan.revisjon.treff import hits, none
from kontoplan.revisjon.vekter import chance

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.revisjon.parter import Part

_KEYS: Final = ("leverandor", "orgnr", "art")
_SCHEMA: Final = {**dict.fromkeys((*_KEYS, "ny", "melding", "kilde"), pl.String), "p": pl.Float64}
_CONCERN: Final = {"iks": "konsern", "foretak": "konsern"}
_PRACTICE: Final = 12
_SOURCE: Final = "KOSTRA-forskriften 2026, vedlegg 1: navnet på arten"


def counterparty(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Posteringer på en art for én part, når leverandøren er en annen."""
    if ground.kodeverk.regnskap not in {"kommune", "fylkeskommune"}:
        return none()
    rows = ground.rader.filter((pl.col("leverandor") != "") & pl.col("art").is_in(list(counterparties())))
    found = [
        (leverandor, orgnr, art, *told)
        for leverandor, orgnr, art in rows.select(_KEYS).unique(maintain_order=True).iter_rows()
        if (who := part(leverandor, orgnr)) and (told := _told(ground.kodeverk, who, leverandor, art))
    ]
    wrong = pl.DataFrame(found, schema=_SCHEMA, orient="row")
    joined = rows.join(wrong, on=list(_KEYS), how="inner", maintain_order="left")
    one = gathered(joined, _KEYS, _PRACTICE)
    return hits(one, **{name: pl.col(name) for name in ("p", "melding", "kilde", "ore")}, ny_art=pl.col("ny"))


def _told(kodeverk: Kodeverk, who: Part, leverandor: str, art: str) -> tuple[str, str, str, float] | None:
    """Arten for parten, setningen, kilden og sannsynligheten; ``None`` når arten passer."""
    party = _CONCERN.get(who.slag, who.slag)
    if counterparties()[art] == party:
        return None
    fitting = [code for code, given in counterparties().items() if given == party and code[0] == art[0]]
    # Fram til 2020 hadde interkommunale selskaper egne arter (375, 475, 775, 895).
    older = [old for code in fitting for old in kodeverk.forgjengere("art", code) if who.slag == "iks"]
    valid = [code for code in (*older, *fitting) if kodeverk.finnes("art", code)]
    if not valid or art in older:
        return None
    private = who.slag == "iks" and counterparties()[art] == "privat"
    name = "iks" if private else "liste" if who.sikker else "navn"
    unsure = " Det gjelder bare når kommunen selv er med i selskapet." if who.slag == "iks" else ""
    message = (
        f"{leverandor} er {NAVN[who.slag]} ({who.grunn}), men art {art} er {kodeverk.navn('art', art).lower()}; "
        f"for denne parten er det {valid[0]} {kodeverk.navn('art', valid[0]).lower()}.{unsure}"
    )
    return valid[0], message, f"{_SOURCE}; {who.kilde}", chance(f"R-MOTPART/{name}")


def organisation_numbers(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Organisasjonsnummer der kontrollsifferet ikke stemmer, ett funn per nummer."""
    rows = ground.rader.filter(pl.col("orgnr") != "")
    pairs = rows.select("orgnr", "leverandor").unique(maintain_order=True)
    wrong = [
        orgnr for orgnr, leverandor in pairs.iter_rows() if not valid_number(organisation_number(leverandor, orgnr))
    ]
    bad = rows.filter(pl.col("orgnr").is_in(wrong)).with_columns(
        pl.format("Organisasjonsnummeret {} finnes ikke: kontrollsifferet stemmer ikke.", "orgnr").alias("melding")
    )
    one = gathered(bad, ["orgnr"], 2)
    return hits(
        one, p=chance("R-ORGNR"), melding=pl.col("melding"), kilde="kontrollsiffer (modulus 11)", ore=pl.col("ore")
    )
