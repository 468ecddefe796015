"""Funn som ses på raden selv: dubletter, fortegn mot arten, og fødselsnummer i teksten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.evidence.direction import EXPENSE_SERIES
from kontoplan.revisjon.slag.parametre import DUBLETT_FRA, FORTEGN_ANTALL, FORTEGN_FRA, FORTEGN_SJELDEN
from kontoplan.revisjon.treff import hits

if TYPE_CHECKING:
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag

_ORE = 100
_INVOICE = r"(\d{4,})"
_SAME_NUMBER, _SAME_DAY = 0.6, 0.25
_SIGN = 0.1
_TWO_WAY = ("090", "290", "429", "510", "590", "690", "729", "790", "990")


def duplicates(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Samme leverandør, beløp og konto på to bilag, med samme fakturanummer eller samme dato og tekst, som ikke er rettet."""
    if not {"leverandor", "bilag"} <= ground.kolonner:
        return hits(ground.rader.head(0), p=0.0)
    bought = ground.rader.filter((pl.col("leverandor") != "") & (pl.col("bilag") != "")).with_columns(
        pl.col("tekst").str.extract(_INVOICE).fill_null("").alias("nummer"),
        pl.col("belop_ore").abs().alias("storrelse"),
    )
    # Rettelsene går mot det de retter: bare det som er igjen etter dem, er ført to ganger.
    same = ["leverandor", "konto", "ansvar", "funksjon", "storrelse"]
    bought = bought.with_columns((pl.col("belop_ore").sum().over(same) / pl.col("storrelse")).round(0).alias("netto"))
    large = bought.filter((pl.col("belop_ore") >= ground.verdi(DUBLETT_FRA) * _ORE) & (pl.col("netto") >= 2))  # noqa: PLR2004 - to er dobbelt
    numbered = large.filter(pl.col("nummer") != "")
    plain = large.filter((pl.col("nummer") == "") & pl.col("dato").is_not_null())
    first = _repeated(numbered, [*same, "nummer"], _SAME_NUMBER, "fakturanummer")
    return pl.concat([first, _repeated(plain, [*same, "dato", "tekst"], _SAME_DAY, "dato og tekst")])


def _repeated(rows: pl.DataFrame, keys: list[str], p: float, what: str) -> pl.DataFrame:
    later = rows.with_columns(
        pl.col("bilag").n_unique().over(keys).alias("bilagene"),
        pl.col("bilag").first().over(keys).alias("forste"),
        pl.col("rad").first().over(keys).alias("forste_rad"),
    ).filter((pl.col("bilagene") > 1) & (pl.col("bilag") != pl.col("forste")))
    message = pl.format(
        "Samme leverandør, beløp og " + what + " som bilag {} (rad {}), uten at noe er rettet.", "forste", "forste_rad"
    )
    return hits(later, p=p, melding=message)


def wrong_side(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Inntekter i debet og utgifter i kredit der det ellers er sjeldent på arten, og som ikke retter noe."""
    rows = ground.rader.filter((pl.col("art") != "") & ~pl.col("art").is_in(_TWO_WAY) & (pl.col("belop_ore") != 0))
    income = ~pl.col("art").str.slice(0, 1).is_in(list(EXPENSE_SERIES))
    marked = rows.with_columns(
        ((pl.col("belop_ore") > 0) == income).alias("omvendt"), pl.col("belop_ore").abs().alias("storrelse")
    )
    shares = marked.group_by("klasse", "art").agg(pl.col("omvendt").mean().alias("andel"), pl.len().alias("antall"))
    rare = shares.filter(
        (pl.col("andel") <= ground.verdi(FORTEGN_SJELDEN)) & (pl.col("antall") >= ground.verdi(FORTEGN_ANTALL))
    )
    large = marked.filter(pl.col("storrelse") >= ground.verdi(FORTEGN_FRA) * _ORE)
    right = large.filter(~pl.col("omvendt"))
    odd = (
        large.filter("omvendt")
        .join(rare, on=["klasse", "art"], how="inner", maintain_order="left")
        # En rettelse har et like stort beløp den andre veien på samme konto og ansvar.
        .join(right, on=["konto", "ansvar", "storrelse"], how="anti", maintain_order="left")
    )
    side = pl.when(income).then(pl.lit("Inntekt i debet")).otherwise(pl.lit("Utgift i kredit"))
    share = (pl.col("andel") * 100).round(1).cast(pl.String).str.replace(".", ",", literal=True)
    message = pl.format(
        "{} på art {}; bare {} % av posteringene på arten står slik, og beløpet retter ikke noe på samme konto.",
        side,
        "art",
        share,
    )
    return hits(odd, p=_SIGN, melding=message)


def personal_numbers(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Mulige fødselsnummer i teksten eller hos leverandøren."""
    return hits(
        ground.rader.filter("fnr"),
        p=0.8,
        melding="Teksten eller leverandøren har noe som ser ut som et fødselsnummer; det er skjult her, og bør bort fra hovedboken.",
    )
