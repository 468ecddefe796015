"""Funn som ses på raden selv: dubletter, fortegn mot arten, og fødselsnummer og navn i teksten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.evidence.direction import EXPENSE_SERIES
from kontoplan.revisjon.samling import gathered
from kontoplan.revisjon.slag.parametre import DUBLETT_FRA, FORTEGN_ANTALL, FORTEGN_FRA, FORTEGN_SJELDEN
from kontoplan.revisjon.treff import hits
from kontoplan.revisjon.vekter import chance
from kontoplan.revisjon.vesentlighet import noticeable

if TYPE_CHECKING:
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag

_ORE = 100
_INVOICE = r"(\d{4,})"
_PERIOD = r"\b(?:\d{1,2}[./-])*(?:19|20)\d{2}(?:[./-]?(?:0[1-9]|1[0-2]))?(?:[./-]\d{1,2})?\b"
_MOST_TIMES = 3
_NAMES_SOURCE = "De vanligste navnene i SSBs navnestatistikk; at navn ikke skal stå i regnskapet, er allmenn kunnskap"
_UNLIKELY = 10  # en kreditnota er oftest rett, så beløpet må være større
_TWO_WAY = ("090", "290", "429", "510", "590", "690", "729", "790", "990")


def duplicates(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Samme leverandør, beløp og konto på to bilag, med samme fakturanummer eller samme dato og tekst, som ikke er rettet."""
    if not {"leverandor", "bilag"} <= ground.kolonner:
        return hits(ground.rader.head(0), p=0.0)
    least = ground.verdi(DUBLETT_FRA) * _ORE
    size = pl.col("belop_ore").abs()
    bought = ground.rader.filter((pl.col("leverandor") != "") & (pl.col("bilag") != "") & (size >= least))
    bought = bought.with_columns(size.alias("storrelse"))
    # Rettelsene går mot det de retter: bare det som er igjen etter dem, er ført to ganger.
    same = ["leverandor", "storrelse"]
    bought = bought.with_columns((pl.col("belop_ore").sum().over(same) / pl.col("storrelse")).round(0).alias("netto"))
    large = bought.filter((pl.col("belop_ore") >= least) & (pl.col("netto") >= 2))  # noqa: PLR2004 - to er dobbelt
    large = large.with_columns(invoice_number(pl.col("tekst")).alias("nummer"))
    # Er et navn skjult i teksten, kan to like tekster være to personer.
    plain = large.filter((pl.col("nummer") == "") & pl.col("dato").is_not_null() & ~pl.col("navn"))
    # Det samme fakturanummeret er den samme fakturaen, også når den andre er ført på en annen konto.
    numbered = _repeated(large.filter(pl.col("nummer") != ""), [*same, "nummer"], "faktura", "fakturanummer")
    where = ["konto", "ansvar", "funksjon"]
    return pl.concat([numbered, _repeated(plain, [*same, *where, "dato", "tekst"], "dag", "dato og tekst")])


def invoice_number(text: pl.Expr) -> pl.Expr:
    """Fakturanummeret i teksten: det første tallet på minst fire siffer som ikke er et årstall eller en periode; ellers tomt."""
    return text.str.replace_all(_PERIOD, " ").str.extract(_INVOICE).fill_null("")


def _repeated(rows: pl.DataFrame, keys: list[str], why: str, what: str) -> pl.DataFrame:
    """De senere bilagene; et nummer som går igjen på mange bilag, er en avtale og ikke en faktura."""
    later = rows.with_columns(
        pl.col("bilag").n_unique().over(keys).alias("bilagene"),
        pl.col("bilag").first().over(keys).alias("forste"),
        pl.col("rad").first().over(keys).alias("forste_rad"),
    ).filter(pl.col("bilagene").is_between(2, _MOST_TIMES) & (pl.col("bilag") != pl.col("forste")))
    message = pl.format(
        "Samme leverandør, beløp og " + what + " som bilag {} (rad {}), uten at noe er rettet.", "forste", "forste_rad"
    )
    return hits(later, p=chance(f"R-DUBLETT/{why}"), melding=message)


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
    least = ground.verdi(FORTEGN_FRA) * _ORE
    if FORTEGN_FRA not in ground.stilt:
        least = max(least, _UNLIKELY * noticeable(ground.rader))
    large = marked.filter(pl.col("storrelse") >= least)
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
    return hits(odd, p=chance("R-FORTEGN"), melding=message)


def personal_numbers(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Mulige fødselsnummer i teksten eller hos leverandøren."""
    return hits(
        ground.rader.filter("fnr"),
        p=chance("R-FODSELSNUMMER"),
        melding="Teksten eller leverandøren har noe som ser ut som et fødselsnummer; det er skjult her, og bør bort fra hovedboken.",
    )


def personal_names(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Mulige navn på personer i teksten, ett funn per konto."""
    message = "Teksten har noe som ser ut som navnet på en person; det er skjult her, og bør bort fra hovedboken."
    rows = ground.rader.filter("navn").with_columns(pl.lit(message).alias("melding"))
    one = gathered(rows, ["konto"], 2)
    return hits(one, p=chance("R-NAVN"), melding=pl.col("melding"), kilde=_NAMES_SOURCE)
