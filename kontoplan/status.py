"""Statusene slik mennesker møter dem: ord, symbol, forklaring og farger, ett sted for arbeidsbok og terminal."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.sak import Status


@dataclass(frozen=True, slots=True)
class Statusord:
    """Hvordan én status vises.

    Attributes:
        status: Nøkkelen slik den står i JSON.
        navn: Ordet leseren ser.
        symbol: Ett tegn som skiller statusen fra de andre uten farge.
        forklaring: Hva statusen betyr for den som leser, i én setning.
        fyll: Bakgrunnsfarge, ``#RRGGBB``.
        skrift: Skriftfarge med kontrast på minst 7:1 mot ``fyll`` (WCAG AAA).
        haster: Rekkefølgen i gjennomgangen; lavest tall først.
        avgjores: Om et menneske alltid må ta stilling til kontoen.
    """

    status: Status
    navn: str
    symbol: str
    forklaring: str
    fyll: str
    skrift: str
    haster: int
    avgjores: bool

    @property
    def merke(self) -> str:
        """Symbol og ord sammen, f.eks. ``"✓ Sikker"``."""
        return f"{self.symbol} {self.navn}"


_ORD = (
    Statusord(
        "sikker", "Sikker", "✓", "Koden er så godt underbygd at den kan brukes som den står.",
        "#DDF0E0", "#14532D", 6, avgjores=False,
    ),
    Statusord(
        "avgjort", "Avgjort", "◆", "Et menneske har bestemt koden tidligere.",
        "#D5E8F7", "#0B3C68", 8, avgjores=False,
    ),
    Statusord(
        "usikker", "Usikker", "?", "Én kode er mest sannsynlig, men den må bekreftes.",
        "#FFF1C9", "#543C00", 5, avgjores=True,
    ),
    Statusord(
        "tvetydig", "Tvetydig", "↔", "Flere koder er mulige. Velg en av dem.",
        "#FFE0C2", "#632B00", 3, avgjores=True,
    ),
    Statusord(
        "fordeles", "Fordeles", "÷", "Beløpet hører hjemme på flere koder og må deles etter en nøkkel.",
        "#E6E0F5", "#3B2A72", 4, avgjores=True,
    ),
    Statusord(
        "utgatt", "Utgått", "✗", "Kontoen peker på en kode som ikke gjelder i året. Velg hvilken kode som overtar.",
        "#FBD9D9", "#701010", 1, avgjores=True,
    ),
    Statusord(
        "ukjent", "Ukjent", "!", "Nummer og navn sier for lite. Koden må finnes på annen måte.",
        "#F5DDEC", "#630D46", 2, avgjores=True,
    ),
    Statusord(
        "internt", "Internt", "○", "Brukes bare i kommunens eget regnskap og rapporteres ikke.",
        "#E8EAED", "#33393F", 7, avgjores=False,
    ),
)  # fmt: skip

STATUSER: Mapping[Status, Statusord] = MappingProxyType({ordet.status: ordet for ordet in _ORD})
"""Alle statusene, i den rekkefølgen de vises i oversikter."""
