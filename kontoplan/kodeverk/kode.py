"""De få dataklassene kodeverket svarer med."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kodedimensjon = Literal["funksjon", "art", "kapittel", "sektor", "kontoklasse"]
Klasse = Literal["drift", "investering", "balanse"]
Alvor = Literal["feil", "ulogisk"]
KODEDIMENSJONER: tuple[Kodedimensjon, ...] = get_args(Kodedimensjon)


@dataclass(frozen=True, slots=True)
class Kode:
    """En KOSTRA-kode slik den gjelder (eller gjaldt) for ett slags regnskap.

    Attributes:
        dimensjon: Hva slags kode det er.
        kode: Koden som tekst, med innledende nuller.
        navn: Navnet på bokmål.
        nynorsk: Navnet på nynorsk; tomt når det ikke er kjent.
        fra: Første år koden gjelder; ``None`` når startåret ikke er kjent.
        til: Siste år koden gjelder; ``None`` når den fortsatt gjelder.
        betinget: Vilkåret når koden bare gjelder noen, f.eks. ``region=030101-030115``; ellers tomt. Et vilkår med
            ``!=`` sier hvem koden *ikke* gjelder, og koden regnes da som gyldig for alle andre.
        kilde: Hvor navnet er hentet fra.
        sikkerhet: Hvor sikkert navnet er: ``kilde``, ``delvis``, ``kunnskap``, ``antatt`` eller ``usikker``.
    """

    dimensjon: Kodedimensjon
    kode: str
    navn: str
    nynorsk: str = ""
    fra: int | None = None
    til: int | None = None
    betinget: str = ""
    kilde: str = ""
    sikkerhet: str = ""


@dataclass(frozen=True, slots=True)
class Brudd:
    """En kombinasjon SSBs mottak ikke godtar (``feil``) eller stiller spørsmål ved (``ulogisk``)."""

    kontroll: str
    alvor: Alvor
    melding: str


@dataclass(frozen=True, slots=True)
class Intern:
    """Hvorfor en kode bare finnes i kommunens eget regnskap, fra hvilket år, og hvor det står."""

    fra: int
    tekst: str
    kilde: str
    sikkerhet: str


@dataclass(frozen=True, slots=True)
class Frase:
    """Noe som hører hjemme på en kode, med hverdagsord."""

    dimensjon: Kodedimensjon
    kode: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Grense:
    """Noe som ikke hører hjemme på en kode.

    Attributes:
        tekst: Hva det er.
        heller: Koden i samme dimensjon der det hører hjemme, eller et av ordene i ``HELLER_ORD``.
    """

    tekst: str
    heller: str


@dataclass(frozen=True, slots=True)
class Avgrensning:
    """Hva en kode omfatter og ikke omfatter, hva den forveksles med, og hvor sikkert det er."""

    dimensjon: Kodedimensjon
    kode: str
    omfatter: tuple[str, ...]
    omfatter_ikke: tuple[Grense, ...]
    forveksles_med: tuple[str, ...]
    merknad: tuple[str, ...]
    kilde: str
    sikkerhet: str


# Svar på «hvor heller?» som ikke er en kode i samme dimensjon.
HELLER_ORD: dict[str, str] = {
    "tjenestefunksjon": "funksjonen som tjenesten hører til",
    "formaalsfunksjon": "funksjonen som bygget eller aktiviteten hører til",
    "balanse": "balansen, ikke drift eller investering",
    "internregnskap": "internregnskapet; rapporteres ikke",
    "fordel": "fordeles eller omposteres",
    "fylkeskommune": "fylkeskommunens kontoplan",
    "kirkelig_kontoplan": "kirkens egen kontoplan",
}
