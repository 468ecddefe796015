"""Arkene og kolonnene i nøkkelarbeidsboken, ett sted for malen og for den som leser den."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kolonne:
    """En kolonne: rollen, overskriften i malen, andre navn som godtas, og hva den er til."""

    rolle: str
    overskrift: str
    hjelp: str
    ogsa: tuple[str, ...] = ()


ENHETER: Final = "Enheter"
NOKLER: Final = "Nøkler"
GRUNNLAG: Final = "Grunnlag"
ARKNAVN: Final = {
    ENHETER: ("enheter", "enhet", "einingar", "eining"),
    NOKLER: ("nøkler", "nøkkel", "nokler", "nøklar"),
    GRUNNLAG: ("grunnlag", "fordelingsgrunnlag", "drivere"),
}

_MAL: Final = (
    Kolonne("funksjon", "Til funksjon", "Funksjonen som får utgiften, slik den skrives hos dere.", ("funksjon", "mottaker", "til tjeneste", "tjeneste", "til teneste")),
    Kolonne("enhet_til", "Til enhet", "Fylles ut i stedet for Til funksjon når mottakeren selv er en enhet som fordeles.", ("til eining",)),
    Kolonne("ansvar", "Til ansvar", "Ansvaret som får utgiften. Tomt: samme ansvar som før.", ("ansvar",)),
    Kolonne("prosjekt", "Til prosjekt", "Prosjektet som får utgiften. Tomt: samme prosjekt som før.", ("prosjekt",)),
)  # fmt: skip
_KOSTRA: Final = Kolonne(
    "kostra", "KOSTRA-funksjon", "Bare når den lokale funksjonen ikke begynner med KOSTRA-koden.", ("kostra",)
)
_MERKNAD: Final = Kolonne("merknad", "Merknad", "Fritt felt; leses ikke.", ("kommentar",))

KOLONNER: Final[dict[str, tuple[Kolonne, ...]]] = {
    ENHETER: (
        Kolonne("enhet", "Enhet", "Navnet dere bruker på enheten; må være ulikt for hver rad.", ("navn", "eining", "namn")),
        Kolonne("funksjon", "Funksjon", "Funksjonen enheten står på i hovedboken. Flere med komma; 190* er alle som begynner på 190.", ("tjeneste", "teneste")),
        Kolonne("ansvar", "Ansvar", "Bare disse ansvarene. Tomt: alle på funksjonen."),
        Kolonne("prosjekt", "Prosjekt", "Bare disse prosjektene. Tomt: alle."),
        Kolonne("konto", "Konto (art)", "Bare disse kontoene, f.eks. 10100-10999. Tomt: alle.", ("konto", "art", "arter")),
        Kolonne("etter", "Fordeles etter", "«andeler», «beløp», eller overskriften på en kolonne i arket Grunnlag.", ("nøkkel", "etter")),
        Kolonne("foring", "Føring", "«art»: samme kontoer som posteringene. «sum»: debet- og kreditkontoen til høyre.", ("føres",)),
        Kolonne("debet", "Debetkonto", "Kontoen mottakeren debiteres på ved «sum», f.eks. 290 eller 230 slik dere skriver dem."),
        Kolonne("kredit", "Kreditkonto", "Kontoen enheten krediteres på ved «sum», f.eks. 690."),
        Kolonne("steg", "Steg", "Rekkefølgen når enheter gir til hverandre, 1 først. Tomt for alle: programmet finner den.", ("trinn", "rekkefølge")),
        _MERKNAD,
    ),
    NOKLER: (
        Kolonne("enhet", "Enhet", "Enheten som gir, slik den heter i arket Enheter.", ("frå eining", "fra enhet")),
        *_MAL,
        Kolonne("andel", "Andel", "Andelen mottakeren får. For hver enhet skal andelene til sammen være 100 %.", ("prosent", "%")),
        Kolonne("belop", "Beløp", "Beløpet i kroner mottakeren får, eller «rest».", ("belop", "kroner")),
        Kolonne("fra", "Fra måned", "Første måned linjen gjelder, 1–12. Tomt: fra januar. Bare med --per maaned.", ("frå månad",)),
        Kolonne("til", "Til måned", "Siste måned linjen gjelder, 1–12. Tomt: til desember.", ("til månad",)),
        _KOSTRA,
        _MERKNAD,
    ),
    GRUNNLAG: (*_MAL, _KOSTRA, _MERKNAD),
}  # fmt: skip
"""Ark → kolonnene. Alle andre kolonner i Grunnlag er drivere, med overskriften som navn."""

DRIVERE: Final = ("m²", "Timer", "Elever", "Stillinger")
"""Driverkolonnene i malen; brukeren kan bytte dem ut med sine egne."""

FORINGER: Final = ("art", "sum")
REST: Final = "rest"
