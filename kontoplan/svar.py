"""Svaret på «hvor føres dette?»: kodene, spørsmålene som avgjør, og hvorfor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kontoplan.sak import Bevis, Forslag  # noqa: TC001 - brukes av dataklassene ved kjøring

Svarstatus = Literal["sikker", "usikker", "tvetydig", "fordeles", "avhenger", "ukjent"]
Spordimensjon = Literal["funksjon", "art"]
SPORDIMENSJONER: tuple[Spordimensjon, ...] = ("funksjon", "art")
Kodepar = tuple[Spordimensjon, str]


@dataclass(frozen=True, slots=True)
class Del:
    """En del av et beløp som skal deles: koden, andelen (0–1, ``None`` når nøkkelen ikke er gitt) og grunnlaget."""

    dimensjon: Spordimensjon
    kode: str
    andel: float | None
    grunnlag: str

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {"dimensjon": self.dimensjon, "kode": self.kode, "andel": self.andel, "grunnlag": self.grunnlag}


@dataclass(frozen=True, slots=True)
class Valg:
    """Ett svar på et avklarende spørsmål.

    Attributes:
        tekst: Svaret slik det vises.
        gir: Koden svaret gir, høyst én per dimensjon.
        koder: Alle kodene som fortsatt er mulige med dette svaret.
        kjent: Det svaret sier om saken, f.eks. ``(("retning", "utgift"),)``.
    """

    tekst: str
    gir: tuple[Kodepar, ...]
    koder: tuple[Kodepar, ...] = ()
    kjent: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {"tekst": self.tekst, "gir": dict(self.gir)}


@dataclass(frozen=True, slots=True)
class Motsporsmal:
    """Et spørsmål som avgjør mellom kodene som er igjen, og hvor mye det ventes å avgjøre (bit)."""

    sporsmal: str
    svar: tuple[Valg, ...]
    nytte: float = 0.0

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {"sporsmal": self.sporsmal, "svar": [svar.as_dict() for svar in self.svar]}


@dataclass(frozen=True, slots=True)
class Grunn:
    """Ett ledd i begrunnelsen.

    Attributes:
        bevis: Hvilket vitne det kommer fra.
        melding: Setningen.
        kilde: Hvor det står.
        id: Regelen, når det er en.
        gjelder: Årene den gjelder, f.eks. ``1998–``.
        forbud: Leddet sier at noe ikke er lov.
        ikke: Leddet sier hvorfor en nærliggende kode ikke er den rette.
    """

    bevis: Bevis
    melding: str
    kilde: str = ""
    id: str | None = None
    gjelder: str = ""
    forbud: bool = False
    ikke: bool = False

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {
            "bevis": self.bevis,
            "id": self.id,
            "melding": self.melding,
            "kilde": self.kilde,
            "gjelder": self.gjelder,
        }


@dataclass(frozen=True, slots=True)
class Tidligere:
    """Kodene som gjaldt for det samme til og med et år."""

    til_og_med: int
    koder: tuple[Kodepar, ...]

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        found = {d: [kode for dim, kode in self.koder if dim == d] for d in SPORDIMENSJONER}
        return {"til_og_med": self.til_og_med, **{d: codes for d, codes in found.items() if codes}}


@dataclass(frozen=True, slots=True)
class Svar:
    """Svaret på ett spørsmål.

    Attributes:
        sporsmal: Spørsmålet slik det ble lest; elleve sifre på rad (fødselsnummer) er skjult.
        aar: Regnskapsåret svaret gjelder.
        status: Hvor sikkert det er, eller hva som må til.
        funksjon, art: Kodene, beste først; tomme når spørsmålet ikke gjelder dimensjonen.
        kontoklasse: KOSTRA-kontoklassen; ``None`` når svaret ikke har noen kode.
        fordeling: Delene når beløpet skal deles.
        avklaring: Høyst to spørsmål som avgjør, det som skiller best, først.
        begrunnelse: Hvorfor, også hvorfor ikke nærliggende koder.
        tidligere: Hva som gjaldt før, nyeste først.
        setning: Svaret i én setning.
        merknader: Det leseren bør vite om hvordan spørsmålet ble lest; ikke med i JSON.
    """

    sporsmal: str
    aar: int
    status: Svarstatus
    funksjon: tuple[Forslag, ...] = ()
    art: tuple[Forslag, ...] = ()
    kontoklasse: str | None = None
    fordeling: tuple[Del, ...] = ()
    avklaring: tuple[Motsporsmal, ...] = ()
    begrunnelse: tuple[Grunn, ...] = ()
    tidligere: tuple[Tidligere, ...] = ()
    setning: str = ""
    merknader: tuple[str, ...] = ()

    def koder(self, dimensjon: Spordimensjon) -> tuple[Forslag, ...]:
        """Kodene i en dimensjon."""
        return self.funksjon if dimensjon == "funksjon" else self.art

    def as_dict(self) -> dict[str, object]:
        """Objektet slik ``kontoplan spor --format json`` skriver det."""
        return {
            "sporsmal": self.sporsmal,
            "aar": self.aar,
            "status": self.status,
            "funksjon": [forslag.as_dict() for forslag in self.funksjon],
            "art": [forslag.as_dict() for forslag in self.art],
            "kontoklasse": self.kontoklasse,
            "fordeling": [part.as_dict() for part in self.fordeling],
            "avklaring": [sporsmal.as_dict() for sporsmal in self.avklaring],
            "begrunnelse": [grunn.as_dict() for grunn in self.begrunnelse],
            "tidligere": [tidligere.as_dict() for tidligere in self.tidligere],
        }
