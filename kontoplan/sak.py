"""Sakene programmet vurderer, bevisene om dem og svaret: de få dataklassene som alt annet snakker.

En konto, et spørsmål og en postering er tre utgaver av det samme: en *sak*, altså en tekst og det en vet rundt den.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Dimensjon = Literal["art", "funksjon", "ansvar", "balanse"]
Regnskap = Literal["kommune", "fylkeskommune", "sbdr-kommune", "sbdr-fylke", "kirke"]
Status = Literal["sikker", "usikker", "tvetydig", "fordeles", "internt", "utgatt", "ukjent", "avgjort"]
Sikkerhet = Literal["kilde", "delvis", "kunnskap"]
Bevis = Literal["nummer", "regel", "ordlyd", "modell", "minne", "gyldighet"]


def shown(sannsynlighet: float) -> float:
    """Sannsynligheten med fire desimaler; bare det som er helt sikkert, vises som 1."""
    return sannsynlighet if sannsynlighet == 1 else min(round(sannsynlighet, 4), 0.9999)


@dataclass(frozen=True, slots=True)
class Kontekst:
    """Det som står rundt en konto i kilden, eller som et spørsmål sier; tomme felt er ikke oppgitt.

    ``retning`` er ``utgift`` eller ``inntekt``, ``mottaker`` den andre parten (``stat``, ``fylke``, ``kommune``, ``privat``,
    ``konsern``).
    """

    ansvar: str = ""
    tjeneste: str = ""
    art: str = ""
    overskrift: str = ""
    merknad: str = ""
    funksjon: str = ""
    retning: str = ""
    mottaker: str = ""

    def as_dict(self) -> dict[str, str]:
        """Bare feltene som er utfylt."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Sak:
    """Det som skal kodes: teksten, nummeret og sammenhengen."""

    tekst: str
    dimensjon: Dimensjon
    nummer: str = ""
    kontoklasse: str | None = None
    kontekst: Kontekst = field(default_factory=Kontekst)


class Evidence(NamedTuple):
    """Hva ett vitne sier om én kode; det blir titalls av dem per sak, og en navngitt tuppel er rask å lage.

    Attributes:
        bevis: Hvilket vitne det er.
        kode: KOSTRA-koden utsagnet gjelder.
        weight: Vekt i log-odds; positiv taler for koden, negativ mot.
        message: Begrunnelsen, på norsk, til den som leser svaret.
        kilde: Hvor begrunnelsen er hentet fra (dokument, år, avsnitt); tom når vitnet selv er kilden.
        lest: Koden vitnet leste, når utsagnet gjelder en annen fordi den leste er utgått (``270`` lest, ``272`` ment).
        regel: Id-en til regelen når det er en regel som taler; ellers tom.
    """

    bevis: Bevis
    kode: str
    weight: float
    message: str
    kilde: str = ""
    lest: str = ""
    regel: str = ""


@dataclass(frozen=True, slots=True)
class Forslag:
    """En kode som er aktuell, med sannsynligheten (andel 0–1) for at den er den rette."""

    kode: str
    navn: str
    sannsynlighet: float

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {"kode": self.kode, "navn": self.navn, "sannsynlighet": shown(self.sannsynlighet)}


@dataclass(frozen=True, slots=True)
class Andel:
    """En del av en fordeling: koden, andelen (0–1, ``None`` når nøkkelen ikke er gitt) og grunnlaget for den."""

    kode: str
    andel: float | None
    grunnlag: str

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {"kode": self.kode, "andel": self.andel, "grunnlag": self.grunnlag}


@dataclass(frozen=True, slots=True)
class Flagg:
    """Noe et menneske bør se på, f.eks. at nummer og navn peker på hver sin kode."""

    id: str
    melding: str

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {"id": self.id, "melding": self.melding}


@dataclass(frozen=True, slots=True)
class Begrunnelse:
    """Ett ledd i begrunnelsen.

    Attributes:
        bevis: Hvilket vitne leddet kommer fra.
        melding: Setningen til leseren.
        kilde: Dokument, år og avsnitt; tom når leddet bygger på kommunens egen liste.
        bidrag: Leddets bidrag i log-odds til sannsynligheten som vises.
        regel: Id-en til regelen leddet kommer fra (``kontoplan regler vis ID``); ellers tom.
    """

    bevis: Bevis
    melding: str
    kilde: str = ""
    bidrag: float = 0.0
    regel: str = ""

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {"bevis": self.bevis, "melding": self.melding, "kilde": self.kilde}


@dataclass(frozen=True, slots=True)
class Vurdering:
    """Dommerens svar på en sak.

    Attributes:
        kode: Beste KOSTRA-kode; ``None`` når status er ``ukjent``, ``internt`` eller ``fordeles``, og når den er
            ``utgatt`` uten kjent etterfølger.
        sektor: Sektorkode for balansekontoer, ellers ``None``.
        kontoklasse: KOSTRA-kontoklasse når den er kjent.
        sannsynlighet: Kalibrert sannsynlighet (0–1) for koden som er mest sannsynlig, også når den ikke kan rapporteres.
        forslag: Kodene som bør vurderes, beste først.
        utgangspunkt: Forhåndsvekten i log-odds, altså det som gjelder før noen vitner er hørt. Summen av den, av
            bidragene i ``begrunnelse`` og av ``motvekt`` er log-odds for ``sannsynlighet``.
        motvekt: Log-odds trukket fra fordi andre koder også har noe for seg.
    """

    kode: str | None
    status: Status
    sannsynlighet: float
    forslag: tuple[Forslag, ...] = ()
    begrunnelse: tuple[Begrunnelse, ...] = ()
    flagg: tuple[Flagg, ...] = ()
    fordeling: tuple[Andel, ...] = ()
    sektor: str | None = None
    kontoklasse: str | None = None
    utgangspunkt: float = 0.0
    motvekt: float = 0.0
