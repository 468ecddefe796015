"""Nøklene slik brukeren har satt dem opp: enhetene som fordeles, mottakerne og grunnlaget."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction  # noqa: TC003 - brukes av dataklassene ved kjøring
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Foring = Literal["art", "sum"]
ANDELER = "andeler"
BELOP = "beløp"


@dataclass(frozen=True, slots=True)
class Utvalg:
    """Hvilke koder et felt gjelder: «19000», «190*», «10100-10999», flere med komma. Tomt gjelder alle.

    >>> Utvalg("190*, 300-399").har("350"), Utvalg("190*").har("20200"), Utvalg("").har(None)
    (True, False, True)
    """

    tekst: str

    def har(self, kode: str | None) -> bool:
        """Om koden er med."""
        return not self.tekst or any(_matches(part, kode or "") for part in self.deler)

    @property
    def deler(self) -> tuple[str, ...]:
        """Delene mellom kommaene."""
        return tuple(part for part in (p.strip() for p in re.split(r"[,;]", self.tekst)) if part)

    @property
    def eneste(self) -> str | None:
        """Koden når feltet er nøyaktig én kode; ellers ``None``."""
        return self.tekst if len(self.deler) == 1 and not re.search(r"\*|\d\s*[-–]\s*\d", self.tekst) else None


def _matches(part: str, kode: str) -> bool:
    if part.endswith("*"):
        return kode.startswith(part[:-1])
    span = re.fullmatch(r"(\d+)\s*[-–]\s*(\d+)", part)
    if span and kode.isdigit():
        return len(span[1]) <= len(kode) <= len(span[2]) and int(span[1]) <= int(kode) <= int(span[2])
    return kode == part


@dataclass(frozen=True, slots=True)
class Enhet:
    """En enhet som fordeles fullt ut.

    Attributes:
        navn: Det enheten heter i nøklene.
        funksjon: Funksjonen (eller funksjonene) den står på i hovedboken.
        ansvar: Ansvarene som hører til; tomt er alle.
        prosjekt: Prosjektene som hører til; tomt er alle.
        konto: Kontoene som fordeles; tomt er alle.
        etter: ``andeler``, ``beløp`` eller navnet på en kolonne i grunnlaget.
        foring: ``art`` fører på de samme kontoene, ``sum`` fører summen på debet- og kreditkontoen.
        debet: Kontoen mottakeren debiteres på; bare ved ``sum``.
        kredit: Kontoen enheten krediteres på; bare ved ``sum``.
        steg: Når enheten fordeles, lavest først; ``None`` lar programmet finne rekkefølgen.
        rad: Raden i arket.
    """

    navn: str
    funksjon: Utvalg
    ansvar: Utvalg
    prosjekt: Utvalg
    konto: Utvalg
    etter: str
    foring: Foring
    debet: str
    kredit: str
    steg: int | None
    rad: int


@dataclass(frozen=True, slots=True)
class Mal:
    """Dit noe fordeles: en funksjon, eller en annen enhet. Tomt ansvar og prosjekt beholder det posteringen hadde."""

    funksjon: str = ""
    enhet: str = ""
    ansvar: str = ""
    prosjekt: str = ""

    def __str__(self) -> str:
        """Målet slik brukeren kjenner det igjen."""
        where = f"enheten «{self.enhet}»" if self.enhet else f"funksjon {self.funksjon}"
        return (
            where
            + (f", ansvar {self.ansvar}" if self.ansvar else "")
            + (f", prosjekt {self.prosjekt}" if self.prosjekt else "")
        )


@dataclass(frozen=True, slots=True)
class Mottak:
    """En linje i arket Nøkler: hvem som får hva fra en enhet.

    Attributes:
        enhet: Navnet på enheten som gir.
        mal: Mottakeren.
        kostra: KOSTRA-funksjonen til mottakeren når den lokale koden ikke begynner med den.
        andel: Andelen slik den er skrevet (0,25 eller 25); ``None`` når linjen ikke har andel.
        belop_ore: Beløpet i øre; ``None`` når linjen ikke har beløp.
        rest: Om mottakeren får det som er igjen.
        maaneder: Månedene linjen gjelder, 1–12.
        rad: Raden i arket.
    """

    enhet: str
    mal: Mal
    kostra: str
    andel: Fraction | None
    belop_ore: int | None
    rest: bool
    maaneder: tuple[int, int]
    rad: int

    @property
    def hele_aaret(self) -> bool:
        """Om linjen gjelder alle måneder."""
        return self.maaneder == (1, 12)


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """En linje i arket Grunnlag: mottakeren og verdiene i hver kolonne (m², timer, elever …)."""

    mal: Mal
    kostra: str
    verdier: Mapping[str, Fraction]
    rad: int


@dataclass(frozen=True, slots=True)
class Nokler:
    """Hele nøkkelarbeidsboken."""

    fil: str
    enheter: tuple[Enhet, ...]
    mottak: tuple[Mottak, ...]
    grunnlag: tuple[Grunnlag, ...]
    kolonner: tuple[str, ...]

    @property
    def linjer(self) -> tuple[Mottak | Grunnlag, ...]:
        """Alle linjene med en mottaker."""
        return (*self.mottak, *self.grunnlag)

    def enhet(self, navn: str) -> Enhet | None:
        """Enheten med navnet; store og små bokstaver er like gode."""
        return next((e for e in self.enheter if e.navn.casefold() == navn.casefold()), None)
