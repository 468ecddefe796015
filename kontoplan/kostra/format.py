"""Formatet: hver post er en linje på nøyaktig 48 tegn, med feltene på faste plasser.

Kilde: filbeskrivelsen i SSBs kontrollprogram for KOSTRA, 2026-utgaven.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Felt:
    """Ett felt i posten: navnet, og plassen regnet fra 0."""

    navn: str
    start: int
    lengde: int
    innhold: str


FELTER: Final = (
    Felt("skjema", 0, 2, "skjemaet, 0A til 0Q (også for kvartal)"),
    Felt("aargang", 2, 4, "regnskapsåret"),
    Felt("kvartal", 6, 1, "blankt for årsregnskap, ellers 1–4"),
    Felt("region", 7, 6, "kommunenummer og 00, fylkesnummer og 0000, eller Oslo-bydel"),
    Felt("orgnr", 13, 9, "ni sifre eller blankt"),
    Felt("foretaksnr", 22, 9, "ni sifre eller blankt"),
    Felt("kontoklasse", 31, 1, "drift, investering eller balanse; tallet avhenger av skjemaet"),
    Felt("funksjonsfelt", 32, 4, "funksjon (tre sifre og mellomrom), i balansen kapittel; til venstre"),
    Felt("art", 36, 3, "art, i balansen sektor"),
    Felt("belop", 39, 9, "hele tusen kroner, til høyre, minustegn helt inntil første siffer"),
)
"""Feltene i rekkefølge. I balansen står kapittel og sektor der bevilgningsregnskapet har funksjon og art."""

LENGDE: Final = FELTER[-1].start + FELTER[-1].lengde
"""Antall tegn i en post."""

BELOP: Final = FELTER[-1]
NOKKEL: Final = FELTER[:-1]
"""Alt foran beløpet: poster med samme nøkkel er samme konto."""
NOKKELLENGDE: Final = BELOP.start
"""Antall tegn foran beløpet."""

BLANKE: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""Tegnene mottaket regner som blanke når det rydder et felt (som ``trim`` i Kotlin)."""

LOVLIG_BELOP: Final = r"^[ \n\x0b\x0c\r]*-?[0-9]+$"
"""Et lovlig beløp: blanke, så eventuelt minus, så sifre helt ut."""
