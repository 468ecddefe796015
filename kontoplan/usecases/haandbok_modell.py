"""Konteringshåndboken som den er, før den blir Word eller nettside: kapitler, kontoer, ordliste og kilder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from kontoplan.sak import Dimensjon, Regnskap

DIMENSJONSORD: Final[dict[Dimensjon, str]] = {
    "art": "art", "funksjon": "funksjon", "ansvar": "ansvar", "balanse": "balanse",
}  # fmt: skip
KODEORD: Final[dict[Dimensjon, str]] = {
    "art": "KOSTRA-art", "funksjon": "KOSTRA-funksjon", "ansvar": "KOSTRA-funksjon", "balanse": "KOSTRA-kapittel",
}  # fmt: skip
"""Hva slags nasjonal kode kontoene i et kapittel har."""
KAPITLER: Final[dict[Dimensjon, str]] = {
    "art": "Arter", "funksjon": "Funksjoner (tjenester)", "ansvar": "Ansvar", "balanse": "Balansekontoer",
}  # fmt: skip
"""Kapitlene i rekkefølge."""
KUNNSKAP: Final = "allmenn kunnskap"
"""Merket på det som ikke er lest i en kilde."""


@dataclass(frozen=True, slots=True)
class Egen:
    """En av kommunens egne kontoer, slik det vises til den: nummer, navn og stedet i håndboken."""

    nummer: str
    navn: str
    anker: str

    @property
    def tittel(self) -> str:
        """Nummer og navn."""
        return f"{self.nummer} {self.navn}".strip()


@dataclass(frozen=True, slots=True)
class Henvist:
    """Koden noe hører hjemme på, med kommunens egne kontoer for den.

    Attributes:
        kode: Den nasjonale koden; tom når svaret er et ord («funksjonen som tjenesten hører til»).
        navn: Navnet på koden, eller ordet.
        egne: Kommunens kontoer for koden, de som passer best; tom når den ikke har noen.
        flere: Hvor mange andre kontoer kommunen har for koden.
    """

    kode: str
    navn: str
    egne: tuple[Egen, ...] = ()
    flere: int = 0


@dataclass(frozen=True, slots=True)
class Ikke:
    """Noe som ikke hører hjemme her, hvor det skal, og hvorfor når det er sagt."""

    tekst: str
    heller: Henvist
    fordi: str = ""
    kilde: str = ""
    kunnskap: bool = False


@dataclass(frozen=True, slots=True)
class Eksempel:
    """En regel med tilfellene den er prøvd på.

    Attributes:
        tittel: Hva regelen gjelder.
        tilfeller: Tekster slik de står på en faktura; kan være tom.
        fordi: Hvorfor det er slik.
        sammen: Kontoene i den andre dimensjonen når regelen også sier det.
        kilde: Nummeret i kildelisten og avsnittet.
        kunnskap: Om regelen ikke er lest i en kilde.
    """

    tittel: str
    tilfeller: tuple[str, ...]
    fordi: str
    sammen: tuple[tuple[Dimensjon, Henvist], ...]
    kilde: str
    kunnskap: bool


@dataclass(frozen=True, slots=True)
class Avhenger:
    """Et spørsmål som avgjør om det er denne eller en annen konto: svarene med kontoene de gir."""

    tittel: str
    sporsmal: str
    svar: tuple[tuple[str, tuple[Henvist, ...]], ...]
    kilde: str
    kunnskap: bool


@dataclass(frozen=True, slots=True)
class Fakta:
    """Det som er felles for alle kontoer med samme KOSTRA-kode."""

    her: tuple[str, ...]
    ikke: tuple[Ikke, ...]
    eksempler: tuple[Eksempel, ...]
    avhenger: tuple[Avhenger, ...]
    merknader: tuple[str, ...]
    kilder: tuple[str, ...]
    forbehold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bokkonto:
    """En konto i bruk.

    Attributes:
        egen: Nummer, navn og sted.
        ogsa: Andre navn samme nummer har i kontoplanen.
        svar: Koden den føres på i KOSTRA, f.eks. ``115``, ``10/320`` eller ``202: 60 %; 222: 40 %``.
        avgjort: Om et menneske har avgjort det; ellers er det programmets forslag.
        passer: Det av ``Fakta.her`` som passer best med navnet på nettopp denne kontoen.
        varianter: Andre koder den har i andre sammenhenger, og det som ikke er avklart.
        merknad: Kommentaren til den som avgjorde.
    """

    egen: Egen
    ogsa: tuple[str, ...]
    svar: str
    avgjort: bool
    passer: tuple[str, ...] = ()
    varianter: tuple[str, ...] = ()
    merknad: str = ""


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Kontoene med samme KOSTRA-kode; ``kode`` er tom og ``fakta`` ``None`` når de ikke har én kode."""

    kode: str
    navn: str
    kontoer: tuple[Bokkonto, ...]
    fakta: Fakta | None = None
    gyldighet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kapittel:
    """Kontoene i én dimensjon, etter nummer."""

    dimensjon: Dimensjon
    grupper: tuple[Gruppe, ...]

    @property
    def tittel(self) -> str:
        """Overskriften."""
        return KAPITLER[self.dimensjon]

    @property
    def kontoer(self) -> tuple[Bokkonto, ...]:
        """Alle kontoene i kapittelet."""
        return tuple(konto for gruppe in self.grupper for konto in gruppe.kontoer)


@dataclass(frozen=True, slots=True)
class Uavklart:
    """En konto som ikke er avklart; ``konto`` er satt når den er det i noen sammenhenger og står i et kapittel."""

    dimensjon: Dimensjon
    tittel: str
    status: str
    hva: str
    konto: Egen | None = None


@dataclass(frozen=True, slots=True)
class Oppslag:
    """Et ord i ordlisten, med kontoene det hører til i hver dimensjon."""

    ord: str
    treff: tuple[tuple[Dimensjon, Henvist], ...]


@dataclass(frozen=True, slots=True)
class Haandbok:
    """Hele håndboken.

    Attributes:
        kommune: Hvem den gjelder; tom når det ikke er kjent.
        fil: Arbeidsboken den er laget av.
        ordliste: Ord og konto, alfabetisk.
        kilder: Kildene; nummeret i henvisningene er plassen her (1-basert).
        merknader: Det leseren bør vite om arbeidsboken.
    """

    kommune: str
    aar: int
    regnskap: Regnskap
    fil: str
    naar: datetime
    kapitler: tuple[Kapittel, ...]
    uavklart: tuple[Uavklart, ...]
    ordliste: tuple[Oppslag, ...]
    kilder: tuple[str, ...]
    merknader: tuple[str, ...]

    @property
    def kontoer(self) -> tuple[Bokkonto, ...]:
        """Alle kontoene som er avklart."""
        return tuple(konto for kapittel in self.kapitler for konto in kapittel.kontoer)

    @property
    def avgjort(self) -> int:
        """Hvor mange kontoer et menneske har avgjort."""
        return sum(konto.avgjort for konto in self.kontoer)

    @property
    def forslag(self) -> int:
        """Hvor mange som er programmets forslag."""
        return len(self.kontoer) - self.avgjort

    @property
    def helt_uavklart(self) -> int:
        """Hvor mange kontoer som ikke er avklart i noen sammenheng."""
        return sum(rad.konto is None for rad in self.uavklart)
