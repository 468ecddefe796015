"""Begrepene kontrollene er skrevet med: drift, investering, utgift, bydel og så videre, som kolonner.

Alt avgjøres av det som står i posten selv, ikke av hva avsenderen har valgt. En post med et annet skjema enn resten
av filen regnes altså etter sitt eget skjema, som hos mottaket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.kostra.format import BLANKE, NOKKEL
from kontoplan.kostra.tall import heltall

if TYPE_CHECKING:
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
    skjema, klasse, a = pl.col("skjema"), pl.col("kontoklasse"), pl.col("arttall")
    return (
        frame.with_columns(
            bevilgning=skjema.is_in(["0A", "0C", "0F", "0I", "0K", "0M", "0P"]),
            balanse=skjema.is_in(["0B", "0D", "0G", "0J", "0L", "0N", "0Q"]),
            regional=skjema.is_in(["0A", "0C", "0M", "0P"]),
            kommune=skjema.is_in(["0A", "0B", "0M", "0N"]),
            fylke=skjema.is_in(["0C", "0D", "0P", "0Q"]),
            utgift=a.is_between(10, 599),
            inntekt=a.is_between(600, 999),
            aktiva=TALL.is_between(10, 29),
            passiva=TALL.is_between(31, 5999),
            memoria=TALL.is_between(9100, 9999),
            bydel=pl.col("region").str.starts_with("0301") & (pl.col("region").str.tail(2) != "00"),
        )
        .with_columns(
            drift=BEVILGNING & (klasse == pl.when(skjema.is_in(["0A", "0C"])).then(pl.lit("1")).otherwise(pl.lit("3")))
        )
        # En kontoklasse som ikke finnes på skjemaet, regnes som investering.
        .with_columns(investering=BEVILGNING & ~DRIFT)
    )
