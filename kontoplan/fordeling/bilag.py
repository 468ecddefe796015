"""Det fordelingen gir: bilagslinjer, kontroll per enhet, og kvitteringen for hva som er brukt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.tall import thousands

if TYPE_CHECKING:
    import datetime as dt
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Post:
    """En sum i hovedboken som skal fordeles, eller en del av den underveis.

    Attributes:
        periode: 0 for hele året, ellers kvartalet eller måneden.
        klasse: Kontoklassen slik kilden sier den; tom når den ikke har den.
        konto: Kontoen (arten).
        funksjon: Funksjonen.
        ansvar: Ansvaret; tomt når kilden ikke har det.
        prosjekt: Prosjektet; tomt når kilden ikke har det.
    """

    periode: int
    klasse: str
    konto: str
    funksjon: str
    ansvar: str
    prosjekt: str


@dataclass(frozen=True, slots=True)
class Linje:
    """En linje i et bilag; beløpet er i øre, debet positivt og kredit negativt."""

    bilag: str
    dato: dt.date
    periode: int
    klasse: str
    konto: str
    funksjon: str
    ansvar: str
    prosjekt: str
    belop_ore: int
    tekst: str

    def as_dict(self) -> dict[str, object]:
        """Linjen slik ``--format jsonl`` skriver den; beløpet er kroner med to desimaler, som tekst så det er eksakt."""
        return {
            "bilag": self.bilag,
            "dato": self.dato.isoformat(),
            "kontoklasse": self.klasse or None,
            "konto": self.konto,
            "funksjon": self.funksjon,
            "ansvar": self.ansvar or None,
            "prosjekt": self.prosjekt or None,
            "belop": kroner(self.belop_ore),
            "tekst": self.tekst,
        }


@dataclass(frozen=True, slots=True)
class Kontroll:
    """Regnskapet for én enhet i én periode, i øre: før + mottatt - ut - blir = etter, og etter er null."""

    enhet: str
    periode: int
    bilag: str
    for_ore: int
    mottatt_ore: int
    ut_ore: int
    blir_ore: int

    @property
    def etter_ore(self) -> int:
        """Det som står igjen og ikke skulle vært der."""
        return self.for_ore + self.mottatt_ore - self.ut_ore - self.blir_ore


@dataclass(frozen=True, slots=True)
class BruktNokkel:
    """En mottaker og det den fikk.

    Attributes:
        enhet: Enheten som ga.
        periode: Perioden.
        mal: Mottakeren, slik brukeren kjenner den.
        andel: Andelen (0–1); ``None`` når nøkkelen er et beløp.
        grunnlag: Driververdien andelen er regnet av.
        belop_ore: Det mottakeren fikk, i øre.
        blir: Om mottakeren er enheten selv, så beløpet blir stående.
        rad: Raden i nøklene; 0 når andelen er løst ut av flere enheter.
    """

    enhet: str
    periode: int
    mal: str
    andel: Fraction | None
    grunnlag: Fraction | None
    belop_ore: int
    blir: bool
    rad: int


@dataclass(frozen=True, slots=True)
class Funksjonssum:
    """Summen på en funksjon før og etter fordelingen, i øre."""

    funksjon: str
    navn: str
    for_ore: int
    endring_ore: int

    @property
    def etter_ore(self) -> int:
        """Summen etter fordelingen."""
        return self.for_ore + self.endring_ore


def kroner(ore: int) -> str:
    """Øre som kroner med to desimaler og punktum, eksakt.

    >>> kroner(-5), kroner(123450)
    ('-0.05', '1234.50')
    """
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02}"


def norske_kroner(ore: int) -> str:
    r"""Øre som kroner slik de leses: «1 234,50».

    >>> norske_kroner(-123450)
    '-1\xa0234,50'
    """
    return f"{'-' if ore < 0 else ''}{thousands(abs(ore) // 100)},{abs(ore) % 100:02}"
