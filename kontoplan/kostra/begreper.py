"""Begrepene kontrollene er skrevet med: drift, investering, utgift, bydel og så videre, som kolonner.

Alt avgjøres av det som står i posten selv, ikke av hva avsenderen har valgt. En post med et annet skjema enn resten
av filen regnes altså etter sitt eget skjema, som hos mottaket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.kodeverk.skjemalister import skjemaer
from kontoplan.kostra.format import BLANKE, NOKKEL
from kontoplan.kostra.tall import heltall

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kodeverk.lister import Skjema
    from kontoplan.kostra.les import Poster

LONGYEARBYEN: Final = "211100"
FROYA: Final = "501400"

BEVILGNING, BALANSE = pl.col("bevilgning"), pl.col("balanse")
DRIFT, INVESTERING = pl.col("drift"), pl.col("investering")
REGIONAL, KOMMUNE, FYLKE = pl.col("regional"), pl.col("kommune"), pl.col("fylke")
UTGIFT, INNTEKT = pl.col("utgift"), pl.col("inntekt")
AKTIVA, PASSIVA, MEMORIA = pl.col("aktiva"), pl.col("passiva"), pl.col("memoria")
BYDEL = pl.col("bydel")
FUNKSJON, ART, TALL = pl.col("funksjon"), pl.col("art"), pl.col("funksjonstall")


def bruk(poster: Poster) -> pl.DataFrame:
    """Kontoene med alle begrepene.

    Kolonnene er feltene i ``NOKKEL`` slik de står, ``funksjon`` (funksjon eller kapittel uten blanke), ``funksjonstall``
    og ``arttall`` (0 når feltet ikke er et heltall), begrepene som boolske kolonner, og ``ulovlig``, ``linje``,
    ``belop`` og ``sum`` fra postene.
    """
    felter = [pl.col("nokkel").str.slice(f.start, f.lengde).alias(f.navn) for f in NOKKEL]
    frame = poster.kontoer.select(*felter, "ulovlig", "linje", "belop", "sum").with_columns(
        funksjon=pl.col("funksjonsfelt").str.strip_chars(BLANKE)
    )
    frame = frame.with_columns(funksjonstall=heltall(frame["funksjon"]), arttall=heltall(frame["art"]))
    a = pl.col("arttall")
    return frame.with_columns(
        bevilgning=_skjema(lambda s: not s.balanse),
        balanse=_skjema(lambda s: s.balanse),
        regional=_skjema(lambda s: s.hele and not s.balanse),
        kommune=_skjema(lambda s: s.hele and s.plan == "kommune"),
        fylke=_skjema(lambda s: s.hele and s.plan == "fylkeskommune"),
        utgift=a.is_between(10, 599),
        inntekt=a.is_between(600, 999),
        aktiva=TALL.is_between(10, 29),
        passiva=TALL.is_between(31, 5999),
        memoria=TALL.is_between(9100, 9999),
        bydel=pl.col("region").str.starts_with("0301") & (pl.col("region").str.tail(2) != "00"),
        drift=_drift(),
    ).with_columns(investering=BEVILGNING & ~DRIFT)  # også kontoklasser som ikke finnes på skjemaet


def _skjema(er: Callable[[Skjema], bool]) -> pl.Expr:
    """Om postens eget skjema er et av dem som oppfyller ``er``."""
    return pl.col("skjema").is_in([s.skjema for s in skjemaer().values() if er(s)])


def _drift() -> pl.Expr:
    """Om postens kontoklasse er drift på postens eget skjema."""
    found = [s.skjema + s.klasser["drift"] for s in skjemaer().values() if not s.balanse]
    return pl.concat_str("skjema", "kontoklasse").is_in(found)
