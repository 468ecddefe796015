"""Det kommunen fører likt hele året, men som navnet eller teksten sier er galt: ett funn per praksis, ikke ett per postering.

De andre funnslagene måler en føring mot kommunens egne; når alle er like gale, tier de. Her er det bare teksten, navnet på kontoen og navnet
på ansvaret som taler, og funnet sier hvem som i så fall tar feil.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.revisjon.tekst import cores
from kontoplan.revisjon.treff import hits, kroner, none
from kontoplan.revisjon.vane import settled_elsewhere
from kontoplan.revisjon.vekter import practice_weights
from kontoplan.svar import SPORDIMENSJONER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.svar import Spordimensjon

FEW: Final = 6
"""Færre posteringer enn dette er ikke en praksis."""
_SAME, _MAIN, _MONTHS = 0.8, 0.6, 3
_STEADY: Final = (pl.col("antall") >= FEW) & (pl.col("udatert") | (pl.col("maaneder") >= _MONTHS))
_FLOOR: Final = 0.01  # så lite sannsynlig er alt teksten ikke nevner
_LEAST: Final = 0.1
_SAME_NAME: Final = ("121", "130", "221", "222", "261", "265", "290", "320", "381", "386", "465")
"""Bygg og eiendom (KS ASSS 2020/2024; Oppsummeringsbrev 18.12.1997) og samarbeid (290, 465): ansvarene heter gjerne det samme som tjenesten."""
_WHAT: Final = ("hva", "slag", "kjerne")
_SOURCE: Final = "Reglene og frasene med hver sin kilde, veid av dommeren"


def practices(ground: Grunnlag, judged: Dommer) -> pl.DataFrame:
    """Praksiser der teksten, kontonavnet eller ansvarsnavnet taler for en annen kode enn den som alltid brukes."""
    return pl.concat([none(), *(_told(ground, evidence(ground, judged, d), d) for d in SPORDIMENSJONER)])


def evidence(ground: Grunnlag, judged: Dommer, dimensjon: Spordimensjon) -> pl.DataFrame:
    """Praksisene i en dimensjon og det som taler mot dem.

    Returns:
        En rad per praksis: ``nr`` (raden med det største beløpet), ``hva`` (kontoen eller ansvaret), ``slag`` (``tekst``, ``konto`` eller
        ``ansvar``), ``kjerne`` (ordene som er hørt), ``kode`` (den som brukes), ``antall``, ``ore``, ``ny`` og ``p_ny`` (koden ordene
        heller taler for), ``p_egen`` og ``hvorfor``.
    """
    groups = _art_groups(ground) if dimensjon == "art" else _function_groups(ground)
    heard = judged.tekster.get(dimensjon)
    if heard is None or not len(groups):
        return pl.DataFrame()
    ordered = heard.sort("kjerne", "p", "kode", descending=[False, True, False])
    own = heard.select("kjerne", "kode", pl.col("p").alias("p_egen"))
    best = ordered.select("kjerne", pl.col("kode").alias("ny"), pl.col("p").alias("p_ny"), "hvorfor", pl.col("kilde").alias("grunnkilde"))  # fmt: skip
    found = groups.join(best, on="kjerne", how="inner", maintain_order="left").filter(pl.col("ny") != pl.col("kode"))
    return found.unique([*_WHAT, "kode"], keep="first", maintain_order=True).join(
        own, on=["kjerne", "kode"], how="left", maintain_order="left"
    ).with_columns(pl.col("p_egen").fill_null(0.0).clip(_FLOOR))  # fmt: skip


def _art_groups(ground: Grunnlag) -> pl.DataFrame:
    """Tekster som nesten alltid står på samme art, og kontoene med navnet sitt."""
    groups = ground.grupper.filter((pl.col("art") != "") & ~settled_elsewhere("art"))
    pairs = groups.filter(pl.col("kjerne") != "").group_by("klasse", "kjerne", "art").agg(pl.col("antall").sum())
    share = pl.col("antall") / pl.col("antall").sum().over("klasse", "kjerne")
    steady = pairs.filter(share >= _SAME).sort("klasse", "kjerne", "art").with_row_index("praksis")
    own = groups.join(steady, on=["klasse", "kjerne", "art"], how="inner").select("gid", "praksis")
    by_text = _grouped(
        _slim(ground).join(own, on="gid", how="inner", maintain_order="left"), ["praksis"], "konto"
    ).filter(_STEADY)
    texts = by_text.join(steady.drop("antall"), on="praksis", how="left", maintain_order="left")
    rows = _slim(ground).filter((pl.col("art") != "") & ~settled_elsewhere("art"))
    accounts = _named(_grouped(rows, ["konto", "art"], "konto").filter(_STEADY), ground.kontonavn)
    # Er teksten på kontoen den samme som navnet, er det én praksis; de som gjelder mest, står.
    both = pl.concat([_shaped(accounts, "konto", "art"), _shaped(texts, "tekst", "art")])
    largest = both.sort("ore", descending=True, maintain_order=True)
    return largest.unique(["hva", "kode", "kjerne"], keep="first", maintain_order=True)


def _function_groups(ground: Grunnlag) -> pl.DataFrame:
    """Ansvarene med navnet sitt, på funksjonen de for det meste bruker; ikke bygg, samarbeid og interne funksjoner."""
    rows = _slim(ground).filter((pl.col("funksjon") != "") & (pl.col("ansvar") != "") & ~settled_elsewhere("funksjon"))
    found = _grouped(rows, ["ansvar", "funksjon"], "ansvar")
    internal = [kode for kode in found["funksjon"].unique() if ground.kodeverk.intern("funksjon", kode)]
    main = found.filter(pl.col("antall") / pl.col("antall").sum().over("ansvar") >= _MAIN)
    own = main.filter(_STEADY & ~pl.col("funksjon").is_in([*_SAME_NAME, *internal]))
    return _shaped(_named(own, ground.ansvarsnavn), "ansvar", "funksjon")


def _slim(ground: Grunnlag) -> pl.DataFrame:
    """Bare kolonnene som trengs; de andre koster å kopiere."""
    return ground.rader.select("nr", "gid", "konto", "ansvar", "art", "funksjon", "belop_ore", "maaned")


def _named(groups: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """Gruppene som har et navn, med ordene i det."""
    known = dict(zip(names, cores(list(names.values())), strict=True))
    words = pl.col("hva").replace_strict(known, default="", return_dtype=pl.String)
    return groups.with_columns(words.alias("kjerne")).filter(pl.col("kjerne") != "")


def _grouped(rows: pl.DataFrame, keys: list[str], what: str) -> pl.DataFrame:
    """Gruppene: ``antall``, ``ore``, ``maaneder`` (eller ``udatert``), raden med det største beløpet (``nr``), og ``hva`` den står på."""
    largest = pl.col("belop_ore").abs().arg_max()
    return rows.group_by(keys, maintain_order=True).agg(
        pl.len().alias("antall"),
        pl.col("belop_ore").sum().abs().alias("ore"),
        pl.col("maaned").n_unique().alias("maaneder"),
        pl.col("maaned").is_null().all().alias("udatert"),
        pl.col("nr").get(largest),
        pl.col(what).get(largest).alias("hva"),
    )


def _shaped(groups: pl.DataFrame, slag: str, dimension: str) -> pl.DataFrame:
    return groups.select(
        "nr", "hva", pl.lit(slag).alias("slag"), "kjerne", pl.col(dimension).alias("kode"), "antall", "ore"
    )


def _told(ground: Grunnlag, found: pl.DataFrame, dimensjon: Spordimensjon) -> pl.DataFrame:
    weights = practice_weights()
    if not len(found):
        return none()
    told = []
    for row in found.iter_rows(named=True):
        p = weights[dimensjon].chance(row["p_ny"] / row["p_egen"])
        if p >= _LEAST:
            told.append((row["nr"], p, row["ny"], _sentence(ground, row, dimensjon), row["grunnkilde"] or _SOURCE, row["ore"]))  # fmt: skip
    frame = pl.DataFrame(told, schema={"nr": pl.UInt32, "p": pl.Float64, "ny": pl.String, "melding": pl.String, "kilde": pl.String, "ore": pl.Int64}, orient="row")  # fmt: skip
    once = frame.sort("p", descending=True, maintain_order=True).unique(["nr", "ny"], keep="first", maintain_order=True)
    return hits(once, **{name: pl.col(name) for name in ("p", "melding", "kilde", "ore")}, **{f"ny_{dimensjon}": pl.col("ny")})  # fmt: skip


def _sentence(ground: Grunnlag, row: Mapping[str, object], dimensjon: Spordimensjon) -> str:
    who = {
        "tekst": f"posteringene med teksten «{row['kjerne']}»",
        "konto": f"posteringene på konto {row['hva']} «{ground.kontonavn.get(str(row['hva']), '')}»",
        "ansvar": f"posteringene på ansvar {row['hva']} «{ground.ansvarsnavn.get(str(row['hva']), '')}»",
    }[str(row["slag"])]
    codes = [f"{dimensjon} {kode} {ground.kodeverk.navn(dimensjon, str(kode))}" for kode in (row["kode"], row["ny"])]
    return (
        f"Dere fører {who} på {codes[0]} hele året ({row['antall']} posteringer, {kroner(int(str(row['ore'])))} kroner), "
        f"men ordene taler for {codes[1].removesuffix('.')}. {row['hvorfor']} Enten er praksisen gal, eller så sier ordene ikke hva det er."
    )
