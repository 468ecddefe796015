"""Grensen mellom drift og investering sett fra beløpet: småting i investering, og store innkjøp i drift."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read
from kontoplan.revisjon.samling import gathered
from kontoplan.revisjon.slag.parametre import SMAA_GRENSE, STOR_GRENSE
from kontoplan.revisjon.treff import hits, kroner
from kontoplan.revisjon.vekter import chance

if TYPE_CHECKING:
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag

_ORE: Final = 100
_SOURCE: Final = (
    "Budsjett- og regnskapsforskriften (FOR-2019-06-07-714) § 2-3 skiller drift fra investering; "
    "grensen på 100 000 kroner og tre år er allmenn kunnskap om god kommunal regnskapsskikk"
)
_COSTS: Final = ("0", "1", "2")
_EQUIPMENT: Final = ("200", "209", "210")
_WORKS: Final = ("230", "250")
_USES_PROJECTS: Final = 0.8


def small_investments(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Prosjekter i investering der alt til sammen er under grensen; uten prosjekt regnes ansvar, funksjon og art som ett."""
    limit = round(ground.verdi(SMAA_GRENSE) * _ORE)
    rows = ground.rader.filter((pl.col("klasse") == "investering") & pl.col("art").str.head(1).is_in(_COSTS))
    loose = pl.when(pl.col("prosjekt") == "").then(pl.concat_str("ansvar", "funksjon", "art", separator="|"))
    keyed = rows.with_columns(loose.otherwise(pl.lit("")).alias("uten"))
    total = pl.col("belop_ore").sum().over("prosjekt", "uten")
    small = keyed.with_columns(total.alias("samlet")).filter((pl.col("samlet") > 0) & (pl.col("samlet") < limit))
    lacks = (pl.col("prosjekt") == "") & pl.lit((rows["prosjekt"] != "").sum() >= _USES_PROJECTS * len(rows))
    where = pl.when(pl.col("prosjekt") != "").then(pl.format("Prosjekt {}", "prosjekt")).otherwise(pl.format("Art {} på ansvar {}", "art", "ansvar"))  # fmt: skip
    odd = " Nesten alle andre investeringer har prosjekt; dette har ikke."
    message = pl.format(
        "{} har bare {} kroner i investering i år, under grensen på {} kroner; er det ikke del av noe større, er det drift.{}",
        where,
        _whole_kroner(pl.col("samlet")),
        pl.lit(kroner(limit)),
        pl.when(lacks).then(pl.lit(odd)).otherwise(pl.lit("")),
    )
    likely = pl.when(lacks).then(chance("R-SMAA-INVESTERING/uten")).otherwise(chance("R-SMAA-INVESTERING/prosjekt"))
    one = gathered(small.with_columns(message.alias("melding"), likely.alias("p")), ["prosjekt", "uten"], 2)
    return hits(one, **{name: pl.col(name) for name in ("p", "melding", "ore")}, kilde=_SOURCE, ny_klasse="drift")


def large_purchases(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Utstyr over grensen i drift, og bygg og anlegg over grensen i drift der teksten sier at det er nytt eller bedre enn før."""
    limit = round(ground.verdi(STOR_GRENSE) * _ORE)
    running, new = _words("drift"), _words("investering")
    large = ground.rader.filter((pl.col("klasse") == "drift") & (pl.col("belop_ore") >= limit))
    equipment = pl.col("art").is_in(_EQUIPMENT) & ~pl.col("kjerne").str.contains(running)
    works = pl.col("art").is_in(_WORKS) & pl.col("kjerne").str.contains(new)
    found = large.filter(equipment | works)
    message = pl.format(
        "{} kroner på art {} i drift er over grensen på {} kroner; har det en levetid på minst tre år, er det en investering.",
        _whole_kroner(pl.col("belop_ore")),
        "art",
        pl.lit(kroner(limit)),
    )
    return hits(found, p=chance("R-STOR-DRIFT"), melding=message, kilde=_SOURCE, ny_klasse="investering")


@cache
def _words(side: str) -> str:
    """Ordene som taler for drift eller investering (``rules/revisjon/investeringsord.csv``), som ett regulært uttrykk."""
    rows = read(data_path("rules/revisjon/investeringsord.csv"), ("ord", "taler_for", "kilde", "sikkerhet"), unik=("ord",))  # fmt: skip
    return "|".join(row.tekst("ord") for row in rows if row.valg("taler_for", ("drift", "investering")) == side)


def _whole_kroner(ore: pl.Expr) -> pl.Expr:
    return ore.map_elements(kroner, return_dtype=pl.String)
