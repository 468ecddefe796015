"""Teksten mot artsserien: lønn, varer, kjøp, overføringer og inntekter har hver sin, og skal ikke føres på hverandres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.revisjon import serier
from kontoplan.revisjon.parter import part
from kontoplan.revisjon.samling import gathered
from kontoplan.revisjon.serier import INNTEKT, KJOP, LONN, OVERFORING, VARER
from kontoplan.revisjon.treff import hits
from kontoplan.revisjon.vekter import chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag

_SAYS, _AGAINST = 0.6, 0.15  # så sikkert sier teksten den andre serien, og så lite den det er ført på
_USUAL, _FEW = 0.5, 6  # så mye av tekstens føringer i serien er en praksis (R-PRAKSIS), når den er sett så ofte
_PRACTICE: Final = 12
_SPENT: Final = (VARER, KJOP, OVERFORING)
_PURCHASE_SOURCE: Final = "Hole kommunes kontoplan 2013; Hatoanalyse 2018; Oppsummeringsbrev 18.12.1997 (KAD)"
_SERIES_SOURCE: Final = "KOSTRA-forskriften vedlegg 1; Hole kommunes kontoplan 2013; Hatoanalyse 2018 (artsseriene)"
_NET_SOURCE: Final = (
    "Artsseriene i KOSTRA-forskriften vedlegg 1; at inntekter og utgifter føres brutto, er allmenn kunnskap"
)
_PENSION: Final = ("089", "090", "099")


def wages(ground: Grunnlag, judged: Dommer) -> pl.DataFrame:
    """Lønn i teksten på andre arter enn lønn, og kjøp fra leverandører på lønnsarter."""
    said = _contradicted(ground, judged, _SPENT, [LONN]).filter(
        (pl.col("belop_ore") > 0) & (pl.col("leverandor") == "")
    )
    return pl.concat([_told(said, "R-LONN/tekst", _SERIES_SOURCE), _bought(ground)])


def _bought(ground: Grunnlag) -> pl.DataFrame:
    """Lønnsarter med en leverandør som ikke er en person; pensjon og arbeidsgiveravgift har med rette en mottaker."""
    wage = pl.col("art").str.starts_with("0") & ~pl.col("art").is_in(_PENSION)
    rows = ground.rader.filter(wage & (pl.col("leverandor") != ""))
    known = [
        (leverandor, orgnr, who.grunn)
        for leverandor, orgnr in rows.select("leverandor", "orgnr").unique(maintain_order=True).iter_rows()
        if (who := part(leverandor, orgnr))
    ]
    firms = pl.DataFrame(known, schema=dict.fromkeys(("leverandor", "orgnr", "grunn"), pl.String), orient="row")
    message = pl.format("Art {} er lønn, men {} er en leverandør ({}); et kjøp hører til i serie 1–3.", "art", "leverandor", "grunn")  # fmt: skip
    joined = rows.join(firms, on=["leverandor", "orgnr"], how="inner", maintain_order="left").with_columns(message.alias("melding"))  # fmt: skip
    one = gathered(joined, ["leverandor", "art"], _PRACTICE)
    return hits(one, p=chance("R-LONN/kjop"), melding=pl.col("melding"), kilde=_SERIES_SOURCE, ore=pl.col("ore"))


def netted(ground: Grunnlag, judged: Dommer) -> pl.DataFrame:
    """Inntekter i kredit på utgiftsarter, og utgifter i debet på inntektsarter, etter teksten."""
    credit = _contradicted(ground, judged, (LONN, *_SPENT), [INNTEKT]).filter(pl.col("belop_ore") < 0)
    debit = _contradicted(ground, judged, (INNTEKT,), [LONN, *_SPENT]).filter(pl.col("belop_ore") > 0)
    return pl.concat([_told(credit, "R-NETTO/inntekt", _NET_SOURCE), _told(debit, "R-NETTO/utgift", _NET_SOURCE)])


def production(ground: Grunnlag, judged: Dommer) -> pl.DataFrame:
    """Varer i egen produksjon, kjøp som erstatter den, og overføringer uten motytelse, ført på hverandres serier."""
    found = pl.concat(
        _contradicted(ground, judged, (booked,), [other for other in _SPENT if other != booked]) for booked in _SPENT
    )
    return _told(found.filter(pl.col("belop_ore") > 0), "R-SERIE", _PURCHASE_SOURCE)


def _contradicted(ground: Grunnlag, judged: Dommer, booked: Sequence[str], others: Sequence[str]) -> pl.DataFrame:
    """Radene i seriene ``booked`` der teksten sier en av ``others``, når det ikke er slik teksten pleier å bli ført."""
    leaning = serier.leaning(judged)
    own = leaning.select("kjerne", pl.col("taler").alias("serie"), pl.col("p_serie").alias("p_egen"))
    strongest = leaning.filter(pl.col("taler").is_in(others) & (pl.col("p_serie") >= _SAYS))
    groups = ground.grupper.select("gid", "kjerne", "antall", serier.series(pl.col("art")).alias("serie"))
    said = groups.join(strongest, on="kjerne", how="inner").with_columns(
        pl.col("antall").sum().over("kjerne").alias("sett"),
        (pl.col("antall").sum().over("kjerne", "serie") / pl.col("antall").sum().over("kjerne")).alias("andel"),
    )
    doubted = (
        said.filter(pl.col("serie").is_in(booked))
        .filter((pl.col("sett") < _FEW) | (pl.col("andel") < _USUAL))
        .join(own, on=["kjerne", "serie"], how="left")
        .filter(pl.col("p_egen").fill_null(0.0) <= _AGAINST)
    )
    return ground.rader.join(doubted.drop("kjerne", "antall"), on="gid", how="inner", maintain_order="left")


def _told(rows: pl.DataFrame, name: str, source: str) -> pl.DataFrame:
    names = dict(serier.NAVN)
    message = pl.format(
        "Teksten «{}» sier {}, men art {} er {}.",
        "kjerne",
        pl.col("taler").replace_strict(names, return_dtype=pl.String),
        "art",
        pl.col("serie").replace_strict(names, return_dtype=pl.String),
    )
    suggested = pl.when(pl.col("p_beste") >= _SAYS).then("beste").otherwise(pl.lit(""))
    return hits(rows, p=chance(name), melding=message, kilde=source, ny_art=suggested)
