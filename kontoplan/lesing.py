"""Det som er lest av en kontoplan: kontoene, tabellene de sto i, og det som ble utelatt og hvorfor."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal  # noqa: TC003 - brukes av dataklassen ved kjøring

from kontoplan.sak import Dimensjon, Kontekst


@dataclass(frozen=True, slots=True)
class Konto:
    """Én konto slik den står i kommunens egen liste.

    Attributes:
        fil: Filnavnet uten mappe.
        ark: Arknavnet; for CSV filnavnet uten endelse.
        rad: Regnearkets radnummer, 1-basert.
        tabell: Nummeret på tabellen i ``Lesing.tabeller`` (0-basert).
        dimensjon: Hva kontoen er: art, funksjon, ansvar eller balanse.
        lokal_kode: Nummeret som tekst, slik det står (``"00300"``, ``"300"``, ``"F351"``); tom når kilden ikke har nummer.
        lokal_navn: Navnet ordrett, uten blanke i endene.
        kontoklasse: Det kilden selv sier om klasse i en egen kolonne eller overskrift (``"0"``, ``"1"``, ``"2"`` …),
            ellers ``None``. Klassen som ligger i kontonummeret, tolkes ikke her.
        kontekst: Det som står rundt.
        belop: Beløpet i kroner når raden har det.
    """

    fil: str
    ark: str
    rad: int
    tabell: int
    dimensjon: Dimensjon
    lokal_kode: str
    lokal_navn: str
    kontoklasse: str | None = None
    kontekst: Kontekst = field(default_factory=Kontekst)
    belop: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Kolonne:
    """En kolonne programmet har kjent igjen: hva den er, bokstaven (``"C"``) og overskriften slik den står."""

    rolle: str
    bokstav: str
    overskrift: str


@dataclass(frozen=True, slots=True)
class Tabell:
    """En tabell i et ark: hvor den står, hvilke kolonner den har, og hvilke dimensjoner den fører."""

    fil: str
    ark: str
    forste_rad: int
    siste_rad: int
    kolonner: tuple[Kolonne, ...]
    dimensjoner: tuple[Dimensjon, ...]
    grunn: str = ""


@dataclass(frozen=True, slots=True)
class Utelatt:
    """Rader (eller hele ark) som ikke er kontoer, med grunnen; ``rader`` er 1-baserte radnumre."""

    fil: str
    ark: str
    grunn: str
    rader: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lesing:
    """Alt som er lest av én eller flere filer, i rekkefølge."""

    kontoer: tuple[Konto, ...]
    tabeller: tuple[Tabell, ...]
    utelatt: tuple[Utelatt, ...] = ()
    merknader: tuple[str, ...] = ()
