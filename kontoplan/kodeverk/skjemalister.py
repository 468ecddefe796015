"""Listene mottaket kontrollerer et rapporteringsskjema mot: hvilke koder som er lov på skjemaet for en avgiver.

:class:`kontoplan.kodeverk.Kodeverk` svarer for ett slags regnskap; her er det skjemaet som spør (``0M`` og kvartalene
har ikke noe eget regnskap), og bare koden teller.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.kodeverk import lister
from kontoplan.kodeverk.tabell import read
from kontoplan.kodeverk.vilkar import holds

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk.lister import Skjema
    from kontoplan.kodeverk.regel import Regel
    from kontoplan.kodeverk.tabell import Rad

BLANK = "(blank)"
"""Slik skrives i CSV-filene at feltet skal eller kan være tomt."""
_OSLO = "030100"


@dataclass(frozen=True, slots=True)
class Avgiver:
    """Den som rapporterer: seks tegn region og null, ett eller flere organisasjonsnumre."""

    region: str
    orgnr: tuple[str, ...] = ()

    def oppfyller(self, vilkar: str) -> bool:
        """Om vilkåret gjelder avgiveren, uttrykt som i ``gyldighet.csv``."""
        numre = self.orgnr or ("",)
        hits = [holds(vilkar, region=self.region, orgnr=orgnr) for orgnr in numre]
        return all(hits) if "!=" in vilkar else any(hits)


def skjemaer(rules: Path | None = None) -> dict[str, Skjema]:
    """Årsskjemaene i ``skjema.csv`` etter skjemakode."""
    return _skjemaer(rules or data_path("rules"))


def koder(dimensjon: str, skjema: str, avgiver: Avgiver, *, rules: Path | None = None) -> frozenset[str]:
    """Kodene som er lov på et skjema i det nyeste året; tom når skjemaet ikke har noen slik liste.

    Args:
        dimensjon: ``funksjon``, ``art``, ``kapittel`` eller ``sektor``.
        skjema: Årsskjemaet (``0A``) eller kvartalsskjemaet uten kvartalets nummer (``0AK``).
        avgiver: Den som rapporterer.
        rules: En annen regelmappe enn programmets egen.
    """
    root = rules or data_path("rules")
    if skjema in skjemaer(root):
        return _annual(dimensjon, skjema, avgiver, root)
    if dimensjon == "art":  # kvartalene har ingen artsliste (SSBs kontroll 012 slår aldri ut der)
        return frozenset()
    # Bare Oslo kommune har fylkeskommunale koder i kvartalene; bydelene har dem bare i årsregnskapet.
    region = avgiver.region if avgiver.region == _OSLO else ""
    found = _annual(dimensjon, skjema.removesuffix("K"), Avgiver(region, avgiver.orgnr), root)
    return found | tillegg(dimensjon, skjema, avgiver, rules=root) if found else found


def tillegg(dimensjon: str, skjema: str, avgiver: Avgiver, *, rules: Path | None = None) -> frozenset[str]:
    """Det et kvartalsskjema godtar utover årslisten: plassholdere og utgåtte koder."""
    return frozenset(
        row.felt("kode")
        for row in _quarter(rules or data_path("rules"))
        if row.felt("dimensjon") == dimensjon
        and skjema in row.liste("skjema")
        and avgiver.oppfyller(row.felt("vilkar"))
    )


def utgatte(skjema: str, *, rules: Path | None = None) -> frozenset[str]:
    """De utgåtte funksjonene et kvartalsskjema godtar inntil videre."""
    rows = _quarter(rules or data_path("rules"))
    return frozenset(row.felt("kode") for row in rows if skjema in row.liste("skjema") and row.felt("utgatt"))


def kombinasjonsregler(kontroll: str, skjema: str, *, rules: Path | None = None) -> tuple[Regel, ...]:
    """Reglene i ``kombinasjoner.csv`` for en av mottakets kontroller på et skjema, slik de er i det nyeste året."""
    data = lister.load(rules or data_path("rules"))
    year = data.aar[-1]
    return tuple(
        regel
        for regel in data.regler
        if regel.kontroll == kontroll
        and skjema in regel.skjema
        and regel.fra <= year
        and (regel.til is None or year <= regel.til)
    )


def unntatt(kontroll: str, skjema: str, avgiver: Avgiver, *, rules: Path | None = None) -> frozenset[str]:
    """Kodene en avgiver er fritatt for i en kontroll (``unntak.csv``), f.eks. art 921 hos lånefondene."""
    return frozenset(
        row.felt("kode")
        for row in _exceptions(rules or data_path("rules"))
        if row.felt("kontroll") == kontroll and skjema in row.liste("skjema") and avgiver.oppfyller(row.felt("vilkar"))
    )


@lru_cache(maxsize=8)
def _skjemaer(rules: Path) -> dict[str, Skjema]:
    return {s.skjema: s for s in lister.load(rules).skjema}


@lru_cache(maxsize=32)
def _annual(dimensjon: str, skjema: str, avgiver: Avgiver, rules: Path) -> frozenset[str]:
    data = lister.load(rules)
    year = data.aar[-1]
    return frozenset(
        kode
        for (dim, kode), rows in data.gyldig.items()
        if dim == dimensjon
        and any(
            skjema in row.skjema
            and row.fra <= year
            and (row.til is None or year <= row.til)
            and avgiver.oppfyller(row.vilkar)
            for row in rows
        )
    )


@lru_cache(maxsize=8)
def _quarter(rules: Path) -> tuple[Rad, ...]:
    kolonner = ("skjema", "dimensjon", "kode", "vilkar", "utgatt", "kilde", "sikkerhet")
    return read(rules / "kodeverk/kvartal.csv", kolonner)


@lru_cache(maxsize=8)
def _exceptions(rules: Path) -> tuple[Rad, ...]:
    kolonner = ("kontroll", "dimensjon", "kode", "skjema", "vilkar", "hvem", "kilde", "sikkerhet")
    return read(rules / "kodeverk/unntak.csv", kolonner)
