"""Det et tallmønster er, og det det leser ut av et kontonummer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Protocol

_LONGEST = 12
SEPARATORS: Final = re.compile(r"[\s.\-/]")


@dataclass(frozen=True, slots=True)
class Reading:
    """Det et mønster leser ut av et nummer.

    Attributes:
        kode: Den nasjonale koden nummeret peker på; kan være utgått.
        siffer: Sifrene koden er lest av, f.eks. ``"122"`` som er et lokalt undernummer av ``"120"``.
        klasse: Sifferet for kontoklasse, når mønsteret har det.
        sektor: Sektorkoden i et balansenummer; tom når mønsteret har sektor, men sifrene ikke er en, ``None`` når
            mønsteret ikke har sektor.
        sektor_siffer: Sifrene der sektoren skulle stått, når de ikke er en sektor.
    """

    kode: str
    siffer: str
    klasse: str | None = None
    sektor: str | None = None
    sektor_siffer: str = ""

    @property
    def avrundet(self) -> bool:
        """Om sifrene ikke er en nasjonal kode selv, men et undernummer av en."""
        return self.kode != self.siffer


class Scheme(Protocol):
    """Et tallmønster."""

    def read(self, nummer: str) -> Reading | None:
        """Leser nummeret; ``None`` når det ikke passer i mønsteret."""

    def describe(self) -> str:
        """Mønsteret med ord, til leseren."""

    @property
    def cost(self) -> float:
        """Log-odds mot mønsteret før radene er sett; uvanlige mønstre må forklare mer."""


def digits(nummer: str) -> str:
    """Sifrene i et nummer uten skilletegn; tom når det har bokstaver eller er for langt."""
    bare = SEPARATORS.sub("", nummer)
    return bare if bare.isascii() and bare.isdigit() and len(bare) <= _LONGEST else ""
