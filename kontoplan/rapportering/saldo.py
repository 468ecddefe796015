"""Summene i hovedboken og delene de blir til."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kontoplan.kostra.opphav import Radsamling

Sted = Literal["rapportert", "internt", "annet skjema", "annen periode", "avvist"]
"""Hvor et beløp ender; summen av alle er hovedboken."""


@dataclass(frozen=True, slots=True)
class Saldo:
    """Summen av posteringene med de samme kodene.

    Attributes:
        klasse: Kontoklassen slik hovedboken sier den; tom når den ikke har den.
        konto: Kontoen (arten).
        funksjon: Funksjonen; tom i balansen.
        ansvar: Ansvaret.
        maaned: Måneden; 13 og høyere er årsavslutningen. ``None`` når den ikke er kjent eller ikke trengs.
        ore: Summen i øre.
        antall: Antall posteringer.
        rad: Radnummeret til den første.
        rader: Alle radene; ``None`` når hovedboken er lest uten dem.
        fil: Filen den er summert av.
    """

    klasse: str
    konto: str
    funksjon: str
    ansvar: str
    maaned: int | None
    ore: int
    antall: int
    rad: int
    rader: Radsamling | None = None
    fil: str = ""


@dataclass(frozen=True, slots=True)
class Del:
    """En del av en saldo, plassert.

    Attributes:
        saldo: Saldoen delen kommer fra.
        sted: Hvor den ender.
        ore: Beløpet i øre.
        klasse: KOSTRA-kontoklassen; bare for det som rapporteres eller er internt.
        funksjon: Funksjon, i balansen kapittel.
        art: Art, i balansen sektor.
        grunn: Hvorfor, når delen ikke rapporteres.
        intern_funksjon: Den interne funksjonen delen står på; tom når det er arten som er intern.
    """

    saldo: Saldo
    sted: Sted
    ore: int
    klasse: str = ""
    funksjon: str = ""
    art: str = ""
    grunn: str = ""
    intern_funksjon: str = ""
