"""Setningene foran i håndboken, like i Word og på nettsiden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan import __version__
from kontoplan.headings import REGNSKAP
from kontoplan.usecases.haandbok_modell import KUNNSKAP

if TYPE_CHECKING:
    from kontoplan.usecases.haandbok_modell import Haandbok

_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip


def title(bok: Haandbok) -> str:
    """Hvem og hvilket år håndboken gjelder."""
    return f"{bok.kommune or 'Kommunens egne kontoer'} · regnskapsåret {bok.aar}"


def made(bok: Haandbok) -> tuple[str, ...]:
    """Når håndboken er laget, og av hva."""
    when = f"{bok.naar.day}. {_MONTHS[bok.naar.month - 1]} {bok.naar.year}"
    return (
        f"Laget {when} av {bok.fil} med kontoplan {__version__}. Gjelder {REGNSKAP[bok.regnskap]} etter KOSTRA-kodene for {bok.aar}.",
    )


def facts_line(bok: Haandbok) -> tuple[tuple[str, str], ...]:
    """Hva som er avgjort av mennesker, hva som er forslag, og hva som gjenstår."""
    partly = len(bok.uavklart) - bok.helt_uavklart
    rows = [
        ("Kontoer i håndboken", "Antall"),
        ("Avgjort av kommunen", str(bok.avgjort)),
        ("Forslag fra programmet som er godt underbygd, men ikke bekreftet av kommunen", str(bok.forslag)),
        ("Ikke avklart; står for seg, med hva som må avgjøres", str(bok.helt_uavklart)),
    ]
    if partly:
        rows.append(("Blant de avklarte: ikke avklart i alle sammenhenger", str(partly)))
    return (*rows, ("Til sammen", str(len(bok.kontoer) + bok.helt_uavklart)))


def intro(bok: Haandbok) -> tuple[tuple[str, str], ...]:
    """Overskriften og avsnittene om hvordan håndboken brukes: merkelapp og tekst."""
    return (
        ("", "Slik bruker du håndboken"),
        ("Finn kontoen", "Slå opp ordet i ordlisten bakerst, eller kontonummeret i innholdet. Kapitlene følger kontonumrene; kontoer med samme KOSTRA-kode står sammen."),
        ("Her føres", "Det som hører hjemme på alle kontoene med samme KOSTRA-kode. «Passer her» under én av dem er det som etter ordene i kontonavnet hører til nettopp den; har kommunen en annen praksis, går den foran."),
        ("Ikke her", "Det som ofte føres her, men hører hjemme på kontoen etter pilen. Har kommunen ingen egen konto for det, står KOSTRA-koden."),
        ("Avhenger av", "Spørsmål som må besvares før kontoen er gitt. Er du i tvil, spør økonomiavdelingen."),
        ("Avgjort/forslag", "«Avgjort av kommunen» er bestemt av et menneske. «Forslag» er programmets, og ikke bekreftet av kommunen."),
        ("Kilder", f"Tallene i hakeparentes viser til kildelisten. Det som er merket {KUNNSKAP}, er ikke lest i en kilde; kontroller før du bygger på det."),
        *(("Om grunnlaget", note) for note in bok.merknader),
    )  # fmt: skip


def sentence(text: str) -> str:
    """Teksten som en hel setning, med stor forbokstav og skilletegn."""
    stripped = text.strip()
    whole = stripped[:1].upper() + stripped[1:]
    return whole if not whole or whole[-1] in ".!?…" else f"{whole}."
