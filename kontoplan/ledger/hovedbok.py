"""Hovedboken slik den er lest: hva filen er, radene som Polars-ramme, og det som ikke lot seg lese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl

    from kontoplan.lesing import Kolonne

Slag = Literal["hovedbok", "saldobalanse"]

FELT = (
    "klasse", "konto", "funksjon", "ansvar", "prosjekt", "tekst", "leverandor", "orgnr", "bilag", "dato", "maaned", "mva_kode",
)  # fmt: skip
"""Kolonnene i rammen som beskriver en postering; ``belop_ore``, ``rad`` og ``ark`` kommer i tillegg."""
NAVN = ("kontonavn", "ansvarsnavn")
"""Kolonnene i rammen med det kontoen og ansvaret heter; de hentes bare når noen spør etter dem."""

# Hvorfor en rad ikke er lest, slik brukeren ser det.
TOM = "uten konto og beløp"
FOR_MANGE = "raden har flere felt enn overskriften"
UTEN_KONTO = "uten konto"
GJENTATT = "gjentatt overskrift"
SUMLINJE = "sumlinje"
IKKE_NUMMER = "kontoen er ikke et nummer"
IKKE_TALL = "beløpet er ikke et tall"
UTEN_BELOP = "uten beløp"
GRUNNER = (FOR_MANGE, UTEN_KONTO, GJENTATT, SUMLINJE, IKKE_NUMMER, IKKE_TALL, UTEN_BELOP)
KAN_VAERE_POSTERING = frozenset({FOR_MANGE, UTEN_KONTO, IKKE_NUMMER, IKKE_TALL})
"""Sumlinjer, gjentatte overskrifter og rader uten beløp mangler ikke i regnskapet; disse kan gjøre det."""
UTEN_KJENT_BELOP = frozenset({FOR_MANGE, IKKE_TALL})
"""Av dem har disse et beløp som ikke er kjent, så summen av det som er lest, ikke kan stoles på."""


@dataclass(frozen=True, slots=True)
class Kilde:
    """Hva som er lest, og hvordan.

    Attributes:
        fil: Filnavnet uten mappe.
        form: ``Excel``, ``CSV``, ``Parquet``, ``SAF-T`` eller et annet kort navn på formatet.
        slag: Om radene er enkeltposteringer eller summer per konto.
        ark: Arkene som er lest; tom når formatet ikke har ark.
        kolonner: Kolonnene som er kjent igjen, fra venstre.
        oppsett: Korte setninger om tegnsett, skilletegn, desimaltegn og datoformat.
        merknader: Det brukeren bør vite om filen.
    """

    fil: str
    form: str
    slag: Slag
    ark: tuple[str, ...] = ()
    kolonner: tuple[Kolonne, ...] = ()
    oppsett: tuple[str, ...] = ()
    merknader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hovedbok:
    """En åpen hovedbok. Gjelder så lenge ``open_ledger`` er åpen: rammen leser av filen når den trengs.

    Attributes:
        kilde: Hva som er lest.
        rader: Alle rader, med kolonnene i ``FELT`` og ``NAVN``, ``belop_ore`` (Int64, øre, debet positiv), ``avrundet`` (beløpet hadde
            mer enn to desimaler), ``rad`` (1-basert radnummer i kilden), ``ark``, ``dato_tekst`` (om raden har en dato, også
            en som ikke lot seg lese) og ``feil`` (hvorfor raden ikke er lest, ellers null).
    """

    kilde: Kilde
    rader: pl.LazyFrame


@dataclass(frozen=True, slots=True)
class Ulest:
    """Rader som ikke er lest av samme grunn.

    Attributes:
        grunn: En av ``GRUNNER``.
        antall: Antall rader.
        rader: De første radnumrene, høyst ``limits.MAX_SHOWN_ROWS``.
        belop_ore: Summen av beløpene på dem som har et lesbart beløp, i øre.
    """

    grunn: str
    antall: int
    rader: tuple[int, ...]
    belop_ore: int


@dataclass(frozen=True, slots=True)
class Lest:
    """Hva lesingen ga.

    Attributes:
        rader: Antall rader med konto og beløp.
        sum_ore: Summen av dem i øre.
        tomme: Antall rader uten konto og beløp: tomme rader, titler og bunntekst.
        uleste: Radene som ikke er lest, etter grunn.
        avrundet: Antall beløp med mer enn to desimaler; de er avrundet til nærmeste øre.
        uten_dato: Antall rader der datoen ikke lot seg lese.
        forste_dato: Den eldste datoen blant de leste radene; ``None`` når ingen har dato.
        siste_dato: Den nyeste.
    """

    rader: int
    sum_ore: int
    tomme: int
    uleste: tuple[Ulest, ...]
    avrundet: int
    uten_dato: int
    forste_dato: dt.date | None = None
    siste_dato: dt.date | None = None
