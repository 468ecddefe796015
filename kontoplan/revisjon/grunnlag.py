"""Grunnlaget for en revisjon: posteringene i drift og investering med KOSTRA-kodene de er ført på."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.ledger.personnavn import numbered, unnamed, whole_name
from kontoplan.ledger.skjult import masked
from kontoplan.revisjon.plassering import Plasserer
from kontoplan.revisjon.tekst import core, cores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.kodeverk import Kodeverk
    from kontoplan.readback.mapping import Kart
    from kontoplan.revisjon.slag.parametre import Parameter

GRUPPE: Final = ("kjerne", "leverandor", "ansvar", "klasse", "art", "funksjon")
"""Det som er likt for posteringer som vurderes sammen."""
_LOKALE: Final = (
    "klasse_lokal",
    "konto",
    "funksjon_lokal",
    "ansvar",
)  # det kodene leses av; få ulike, så de er tall her
TEKSTER: Final = ("konto", "funksjon_lokal", "ansvar", "prosjekt", "leverandor", "orgnr", "bilag", "mva_kode", "ark")
_TO_PERSONS: Final = ("470", "520")


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """Posteringene som revideres.

    Attributes:
        kodeverk: Kodene i året.
        rader: En rad per postering i drift og investering: ``nr`` (fra 0), ``rad``, ``TEKSTER`` (tomme når de mangler), ``dato``, ``maaned``,
            ``tekst`` (fødselsnummer og navn på personer skjult), ``kjerne``,
            ``fnr`` og ``navn`` (om det ene eller det andre ble skjult), ``klasse`` (``drift`` eller ``investering``),
            ``art``, ``art_lest``, ``funksjon``, ``funksjon_lest`` (koder og sifrene de er lest av), ``belop_ore`` og ``gid``.
        grupper: En rad per gruppe av like posteringer: ``gid``, ``GRUPPE``, ``antall``, ``ore`` og ``storst`` (summen av og det største av de absolutte
            beløpene) og ``stedsnavn`` (ordene i navnet på ansvaret; tomt når det ikke er kjent).
        balanse: Antall rader i balansen; de revideres ikke.
        uplassert: Antall rader som ikke kunne plasseres på noen KOSTRA-kode.
        uplassert_ore: Summen av absolutte beløp på dem, i øre.
        kolonner: Rollene hovedboken har.
        kontonavn: Konto → det den heter, når hovedboken har navnene.
        ansvarsnavn: Ansvar → det det heter.
        stilt: Grensene justeringen har stilt annerledes enn standarden.
    """

    kodeverk: Kodeverk
    rader: pl.DataFrame
    grupper: pl.DataFrame
    balanse: int
    uplassert: int
    uplassert_ore: int
    kolonner: frozenset[str]
    kontonavn: Mapping[str, str]
    ansvarsnavn: Mapping[str, str]
    stilt: Mapping[Parameter, float] = field(default_factory=dict)

    def verdi(self, parameter: Parameter) -> float:
        """Verdien av en grense: den som er stilt, ellers standarden."""
        return self.stilt.get(parameter, parameter.standard)


def build(frame: pl.DataFrame, kodeverk: Kodeverk, kart: Kart | None, fil: str, kolonner: frozenset[str]) -> Grunnlag:
    """Grunnlaget av en lest hovedbok.

    Args:
        frame: Alle radene slik ``ledger.samle`` gir dem.
        kodeverk: Kodene i året.
        kart: Koblingen; ``None`` leser kodene av kontonumrene.
        fil: Filnavnet, til feilmeldinger.
        kolonner: Rollene hovedboken har.

    Raises:
        UserError: kodene kan ikke leses av kontonumrene, og det er ingen kobling.
    """
    plain = frame.rename({"klasse": "klasse_lokal", "funksjon": "funksjon_lokal"}).with_columns(
        pl.col(name).cast(pl.Categorical).fill_null("") for name in _LOKALE
    )
    booked = (pl.col("funksjon_lokal") != "") | (pl.col("ansvar") != "")
    accounts = plain.select("klasse_lokal", "konto", booked.alias("booked")).unique(maintain_order=True)
    place = (
        pl.when(pl.col("funksjon_lokal") == "").then("ansvar").otherwise(pl.lit("").cast(pl.Categorical)).alias("sted")
    )
    functions = plain.select("funksjon_lokal", place).unique(maintain_order=True)
    used = accounts.filter("booked") if accounts["booked"].any() else accounts
    placer = Plasserer(
        kodeverk,
        kart,
        used["konto"].unique(maintain_order=True).to_list(),
        [text for text in functions["funksjon_lokal"].unique(maintain_order=True).to_list() if text],
        fil,
    )
    found = [placer.account(konto, klasse, booked=has) for klasse, konto, has in accounts.iter_rows()]
    accounts = accounts.with_columns(
        pl.Series("klasse", [s.klasse for s in found], pl.String),
        pl.Series("art", [s.kode for s in found], pl.String),
        pl.Series("art_lest", [s.lest for s in found], pl.String),
    )
    where = [placer.function(funksjon, ansvar) for funksjon, ansvar in functions.iter_rows()]
    functions = functions.with_columns(
        pl.Series("funksjon", [s.kode for s in where], pl.String),
        pl.Series("funksjon_lest", [s.lest for s in where], pl.String),
    )
    placed = plain.with_columns(booked.alias("booked"), place).join(
        accounts, on=["klasse_lokal", "konto", "booked"], how="left", maintain_order="left"
    )
    balance = int((placed["klasse"] == "balanse").sum())
    unknown = placed.filter(pl.col("klasse") == "").select("belop_ore")
    own = (
        placed.filter(pl.col("klasse").is_in(["drift", "investering"]))
        .join(functions, on=["funksjon_lokal", "sted"], how="left", maintain_order="left")
        .with_columns(pl.col(name).cast(pl.String).fill_null("") for name in TEKSTER)
        .with_columns(masked(pl.col("tekst")).alias("uten_fnr"), masked(pl.col("leverandor")).alias("leverandor"))
    )
    del plain, placed
    own = (
        _without_recipients(own)
        .with_columns(unnamed(pl.col("uten_fnr")).alias("vist"))
        .with_columns(
            (pl.col("uten_fnr") != pl.col("tekst").fill_null("")).alias("fnr"),
            (pl.col("vist") != pl.col("uten_fnr")).alias("navn"),
            core(pl.col("vist")).alias("kjerne"),
            pl.col("vist").alias("tekst"),
        )
    )
    own = own.with_row_index("nr")
    groups = (
        own.group_by(GRUPPE, maintain_order=True)
        .agg(
            pl.len().alias("antall"),
            pl.col("belop_ore").abs().sum().alias("ore"),
            pl.col("belop_ore").abs().max().alias("storst"),
            "nr",
        )
        .with_row_index("gid")
    )
    kontonavn, ansvarsnavn = _called(own, "konto", "kontonavn"), _called(own, "ansvar", "ansvarsnavn")
    words = dict(zip(ansvarsnavn, cores(list(ansvarsnavn.values())), strict=True))
    groups = groups.with_columns(
        pl.col("ansvar").replace_strict(words, default="", return_dtype=pl.String).alias("stedsnavn")
    )
    kept = (
        "rad",
        *TEKSTER,
        "dato",
        "maaned",
        "tekst",
        "kjerne",
        "fnr",
        "navn",
        "klasse",
        "art",
        "art_lest",
        "funksjon",
        "funksjon_lest",
        "belop_ore",
    )
    rows = own.select("nr", *kept).with_columns(groups.select("gid", "nr").explode("nr").sort("nr")["gid"])
    return Grunnlag(
        kodeverk,
        rows,
        groups.drop("nr"),
        balance,
        len(unknown),
        int(unknown["belop_ore"].abs().sum() or 0),
        kolonner,
        kontonavn,
        ansvarsnavn,
    )


def _without_recipients(rows: pl.DataFrame) -> pl.DataFrame:
    """Leverandøren, der personer som får lønn, stønad eller lån, er skjult; hver har sitt nummer, så to ikke ser ut som én."""
    personal = pl.col("art").str.starts_with("0") | pl.col("art").is_in(_TO_PERSONS)
    names = rows.filter(personal)["leverandor"].unique(maintain_order=True)
    persons = names.filter(whole_name(names))
    hidden = {name: numbered(at) for at, name in enumerate(persons, 1)}
    if not hidden:
        return rows
    return rows.with_columns(
        pl.when(personal).then(pl.col("leverandor").replace(hidden)).otherwise("leverandor").alias("leverandor")
    )


def _called(frame: pl.DataFrame, number: str, name: str) -> dict[str, str]:
    """Nummer → navnet det oftest har i kolonnen; tom når hovedboken ikke har den."""
    if name not in frame.columns:
        return {}
    pairs = frame.select(pl.col(number, name).cast(pl.String)).drop_nulls().group_by(number, name).len()
    common = pairs.sort("len", name, descending=[True, False]).unique(number, keep="first", maintain_order=True)
    return dict(common.select(number, name).iter_rows())
