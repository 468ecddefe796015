"""Tallmønsteret: hvordan et lokalt kontonummer kan bære den nasjonale koden.

Kommunene legger koden inn i nummeret på hver sin måte: ``11150`` er kontoklasse 1, art 115 og et løpenummer, ``20200``
er funksjon 202, ``1010`` er klasse 1 og art 010, og ``100`` kan være art 010 som har mistet nullen foran. Her leses et
nummer etter ett gitt mønster; ``number`` finner ut hvilket mønster en tabell følger.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kontoplan.evidence.codes import Codes

_CODE = 3  # sifre i en art eller funksjon
_LONGEST = 12
_SEPARATORS = re.compile(r"[\s.\-/]")
_CLASS_DIGITS = frozenset("0134")  # lokale sifre for drift og investering foran arten


@dataclass(frozen=True, slots=True)
class Reading:
    """Det et mønster leser ut av et nummer.

    Attributes:
        kode: Den nasjonale koden nummeret peker på; kan være utgått.
        siffer: Sifrene koden er lest av, f.eks. ``"122"`` som er et lokalt undernummer av ``"120"``.
        klasse: Sifferet for kontoklasse, når mønsteret har det.
        sektor: Sektorkoden i et balansenummer; tom når mønsteret har sektor, men sifrene ikke er en, ``None`` når
            mønsteret ikke har sektor.
    """

    kode: str
    siffer: str
    klasse: str | None = None
    sektor: str | None = None

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
    bare = _SEPARATORS.sub("", nummer)
    return bare if bare.isascii() and bare.isdigit() and len(bare) <= _LONGEST else ""


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """Mønster for art og funksjon: ``prefix`` sifre, så koden, så et løpenummer; kortere nummer har mistet nuller foran."""

    prefix: int
    width: int
    known: frozenset[str]
    current: frozenset[str]
    has_class: bool

    def read(self, nummer: str) -> Reading | None:
        """Leser nummeret; ``None`` når det ikke er et tall, klassen ikke finnes eller ingen kode ligger nær under."""
        bare = digits(nummer).zfill(self.width)
        head, code = bare[: self.prefix], bare[self.prefix : self.prefix + _CODE]
        if not digits(nummer) or len(code) < _CODE:
            return None
        klasse = head[-1] if self.has_class and head else None
        if klasse is not None and klasse not in _CLASS_DIGITS:
            return None
        kode = code if code in self.known else nearest(code, self.current) or nearest(code, self.known)
        return Reading(kode, code, klasse) if kode else None

    def describe(self) -> str:
        """F.eks. «kontoklasse + art + løpenummer (5 sifre)»."""
        head = "kontoklasse + " if self.has_class and self.prefix else ""
        skipped = self.prefix - (1 if head else 0)
        lead = f"{skipped} siffer + " if skipped else ""
        tail = " + løpenummer" if self.width > self.prefix + _CODE else ""
        return f"{lead}{head}kode{tail} ({self.width} sifre)"

    @property
    def cost(self) -> float:
        """Sifre foran koden som ikke er kontoklasse, er uvanlig."""
        return 2.0 * max(self.prefix - self.has_class, 0)


@lru_cache(maxsize=8192)
def nearest(code: str, codes: frozenset[str]) -> str | None:
    """Nærmeste lavere kode med de samme to første sifrene (``476`` → ``470``); ``None`` når det ikke er noen."""
    group = code[: _CODE - 1]
    return max((k for k in codes if len(k) == _CODE and k.startswith(group) and k < code), default=None)


@dataclass(frozen=True, slots=True)
class BalanceScheme:
    """Mønster for balansen: klasse 2 (eller 5), kapittel, eventuelt fylt ut med nuller, så sektor og løpenummer.

    Attributes:
        prefix: 1 når nummeret begynner med kontoklassen, ellers 0.
        chapter_width: Fast bredde på kapittelet, 0 når det er så langt som koden selv.
        has_sector: Om sektoren følger etter kapittelet.
    """

    prefix: int
    chapter_width: int
    has_sector: bool
    chapters: frozenset[str]
    sectors: frozenset[str]

    def read(self, nummer: str) -> Reading | None:
        """Leser nummeret; ``None`` når klassen er feil eller ingen kapittelkode passer."""
        bare = digits(nummer)
        klasse, rest = bare[: self.prefix], bare[self.prefix :]
        if not bare or (klasse and klasse not in {"2", "5"}):
            return None
        best: Reading | None = None
        for kapittel, tail in self._chapters(rest):
            sektor = tail[:_CODE] if tail[:_CODE] in self.sectors else ""
            reading = Reading(kapittel, kapittel, klasse or None, sektor if self.has_sector else None)
            if sektor or not self.has_sector:
                return reading
            best = best or reading
        return best

    def _chapters(self, rest: str) -> Iterable[tuple[str, str]]:
        """Kapittelkodene nummeret kan begynne med, lengste først, og det som står etter."""
        for length in (4, 3, 2):
            kapittel = rest[:length]
            if kapittel not in self.chapters:
                continue
            fill = rest[length : self.chapter_width]
            if not fill.strip("0"):
                yield kapittel, rest[max(length, self.chapter_width) :]

    def describe(self) -> str:
        """F.eks. «kontoklasse + kapittel + sektor»."""
        names = ["kontoklasse"] if self.prefix else []
        names += ["kapittel"] + (["sektor"] if self.has_sector else [])
        return " + ".join(names)

    @property
    def cost(self) -> float:
        """Kapittel fylt ut med nuller og nummer uten klasse er uvanlig."""
        return 1.0 * (self.chapter_width > 0) + 1.0 * (not self.prefix)


def candidates(listed: Codes, numbers: Sequence[str]) -> list[Scheme]:
    """Mønstrene det er verdt å prøve for numrene i en tabell."""
    if listed.dimensjon == "kapittel":
        sectors = frozenset(k.kode for k in listed.kodeverk.koder("sektor"))
        return [
            BalanceScheme(prefix, width, sector, listed.known, sectors)
            for prefix in (1, 0)
            for width in (0, 3, 4)
            for sector in (True, False)
        ]
    lengths = Counter(len(d) for n in numbers if (d := digits(n)))
    has_class = listed.dimensjon == "art"
    widths = {*lengths, _CODE}
    # Et undernummer hører til en kode i bruk; bare når gruppen ikke har noen, er det en utgått.
    current = frozenset(k for k in listed.known if listed.current(k))
    return [
        CodeScheme(prefix, width, listed.known, current, has_class)
        for prefix in ((0, 1, 2) if has_class else (0, 1))
        for width in sorted(widths)
        if width >= prefix + _CODE
    ]
