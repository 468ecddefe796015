"""Det som er endret i en kontoplan siden en tidligere kobling, konto for konto."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kontoplan.sak import Dimensjon  # noqa: TC001 - brukes av dataklassen ved kjøring

Slag = Literal["kodeendring", "ny kode", "nytt navn", "nytt nummer", "ny", "borte"]
SLAG: tuple[Slag, ...] = get_args(Slag)
"""Slagene i den rekkefølgen de bør ses på."""


@dataclass(frozen=True, slots=True)
class Endring:
    """Én endring i én konto; samme konto kan ha flere.

    Attributes:
        slag: Hva som er endret. ``kodeendring`` er at KOSTRA-koden kontoen hadde, er gått ut eller delt i året.
        dimensjon: Hva kontoen er.
        lokal_kode: Nummeret nå; for en konto som er borte, det den hadde.
        lokal_navn: Navnet nå; for en konto som er borte, det den hadde.
        for_konto: Nummer og navn før, når det var et annet.
        for_kode: KOSTRA-koden før, eller ``rapporteres ikke``, ``fordeles`` eller ``ikke avklart``.
        kode: KOSTRA-koden nå, på samme måte; tom for en konto som er borte.
        grunn: Hvorfor, i en setning.
        kilde: Hvor det står; tom når det er kommunens egne lister som sier det.
    """

    slag: Slag
    dimensjon: Dimensjon
    lokal_kode: str
    lokal_navn: str
    for_konto: str = ""
    for_kode: str = ""
    kode: str = ""
    grunn: str = ""
    kilde: str = ""


@dataclass(frozen=True, slots=True)
class Endringer:
    """Alt som er endret siden en tidligere kobling.

    Attributes:
        fil: Den tidligere arbeidsboken.
        aar: Året den gjaldt; ``None`` når den ikke sier det.
        rader: Endringene, i rekkefølgen til ``SLAG``.
        uendret: Hvor mange kontoer som er som før.
    """

    fil: str
    aar: int | None
    rader: tuple[Endring, ...]
    uendret: int

    def antall(self, slag: Slag) -> int:
        """Hvor mange endringer av et slag."""
        return sum(rad.slag == slag for rad in self.rader)
