"""Kontoklassen til en sak: lokale klassetall og ord oversatt til KOSTRA-kontoklassen for regnskapet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontoplan.evidence.reading import Reading
    from kontoplan.kodeverk import Klasse, Kodeverk
    from kontoplan.sak import Regnskap, Sak

# Mange kommuner bruker 3 om investering lokalt; i særregnskap og kirkeregnskap er 3 drift og 4 investering.
_LOCAL_TREASURY: dict[str, Klasse] = {"0": "investering", "1": "drift", "2": "balanse", "3": "investering"}
_LOCAL_OTHER: dict[str, Klasse] = {
    "0": "investering",
    "1": "drift",
    "2": "balanse",
    "3": "drift",
    "4": "investering",
    "5": "balanse",
}


def official_class(sak: Sak, reading: Reading | None, kodeverk: Kodeverk) -> str | None:
    """KOSTRA-kontoklassen, av kildens egen klassekolonne eller sifferet i nummeret; ``None`` når ingen av dem sier det."""
    if sak.dimensjon == "balanse":
        return kodeverk.kontoklasse("balanse")
    digit = sak.kontoklasse or (reading.klasse if reading else None)
    klasse = local_class(digit or "", kodeverk.regnskap)
    return kodeverk.kontoklasse(klasse) if klasse else None


def local_class(digit: str, regnskap: Regnskap) -> Klasse | None:
    """Hva et lokalt klassetall betyr i regnskapet; ``None`` når det ikke brukes."""
    treasury = regnskap in {"kommune", "fylkeskommune"}
    return (_LOCAL_TREASURY if treasury else _LOCAL_OTHER).get(digit)
