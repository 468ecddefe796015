"""Grunnlaget for en revisjon: posteringene i drift og investering med KOSTRA-kodene de er ført på."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.revisjon.plassering import Plasserer
from kontoplan.revisjon.tekst import core, masked

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


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """Posteringene som revideres.

    Attributes:
        kodeverk: Kodene i året.
        rader: En rad per postering i drift og investering: ``nr`` (fra 0), ``rad``, ``TEKSTER`` (tomme når de mangler), ``dato``, ``maaned``,
            ``tekst`` (fødselsnummer skjult), ``kjerne``, ``fnr`` (om noe ble skjult), ``klasse`` (``drift`` eller ``investering``),
            ``art``, ``art_lest``, ``funksjon``, ``funksjon_lest`` (koder og sifrene de er lest av), ``belop_ore`` og ``gid``.
        grupper: En rad per gruppe av like posteringer: ``gid``, ``GRUPPE``, ``antall`` og ``ore`` (summen av absolutte beløp).
        balanse: Antall rader i balansen; de revideres ikke.
        uplassert: Antall rader som ikke kunne plasseres på noen KOSTRA-kode.
        uplassert_ore: Summen av absolutte beløp på dem, i øre.
        kolonner: Rollene hovedboken har.
        stilt: Grensene justeringen har stilt annerledes enn standarden.
    """

    kodeverk: Kodeverk
    rader: pl.DataFrame
    grupper: pl.DataFrame
    balanse: int
    uplassert: int
    uplassert_ore: int
    kolonner: frozenset[str]
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
        .with_columns(masked(pl.col("tekst")).alias("vist"), masked(pl.col("leverandor")).alias("leverandor_vist"))
    )
    del plain, placed
    own = own.with_columns(
        (pl.col("vist") != pl.col("tekst").fill_null("")).alias("fnr"),
        core(pl.col("vist")).alias("kjerne"),
        pl.col("leverandor_vist").alias("leverandor"),
    ).with_columns(pl.col("vist").alias("tekst"))
    own = own.with_row_index("nr")
    groups = (
        own.group_by(GRUPPE, maintain_order=True)
        .agg(pl.len().alias("antall"), pl.col("belop_ore").abs().sum().alias("ore"), "nr")
        .with_row_index("gid")
    )
    kept = (
        "rad",
        *TEKSTER,
        "dato",
        "maaned",
        "tekst",
        "kjerne",
        "fnr",
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
    )
