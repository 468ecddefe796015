"""Tallmønstrene i balansen: hvordan et lokalt balansenummer bærer kapittel og sektor.

``25900080`` er klasse 2, kapittel 5900 og sektor 080; ``2.10.320.01`` klasse 2, kapittel 10, sektor 320 og et løpenummer;
``21304890`` kapittel 13, et lokalt nummer (04) og sektor 890; ``1300001`` kapittel 13 uten klasse og sektor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontoplan.evidence.reading import SEPARATORS, Reading, digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.reading import Scheme

_SECTOR: Final = 3  # sifre i en sektor
_LONG, _GROUP = 4, 3  # et kapittel på fire sifre har undernummer når de tre første er de samme
_CHAPTER_LENGTHS = (4, 3, 2)
_CLASSES = frozenset("25")
_ADJACENT: Final = -1
_TAILS = (0, 1, 2, 3, 4)  # lokale sifre bak sektoren


@dataclass(frozen=True, slots=True)
class BalanceScheme:
    """Mønster for balansen: klasse 2 (eller 5), kapittel, lokale sifre, sektor og løpenummer.

    Attributes:
        prefix: 1 når nummeret begynner med kontoklassen, ellers 0.
        chapter_width: Fast bredde på kapittelet fylt ut med nuller, 0 når det er så langt som koden selv.
        tail: Antall lokale sifre bak sektoren; −1 når sektoren følger rett etter kapittelet, ``None`` uten sektor.
    """

    prefix: int
    chapter_width: int
    tail: int | None
    chapters: frozenset[str]
    current: frozenset[str]
    sectors: frozenset[str]

    def read(self, nummer: str) -> Reading | None:
        """Leser nummeret; ``None`` når klassen er feil eller ingen kapittelkode passer."""
        bare = digits(nummer)
        klasse, rest = bare[: self.prefix], bare[self.prefix :]
        if not bare or (klasse and klasse not in _CLASSES):
            return None
        if self.tail is not None and self.tail >= 0:
            return self._from_the_end(nummer, klasse or None, rest, self.tail)
        best: Reading | None = None
        for kapittel, after in self._chapters(nummer, rest):
            reading = self._reading(kapittel, klasse or None, after[:_SECTOR])
            if reading.sektor or self.tail is None:
                return reading
            best = best or reading
        return best or self._rounded(klasse or None, rest)

    def _from_the_end(self, nummer: str, klasse: str | None, rest: str, tail: int) -> Reading | None:
        """Sektoren talt bakfra, og det lengste kapittelet som er i bruk, forfra."""
        end = len(rest) - tail
        head, sektor = rest[: end - _SECTOR], rest[end - _SECTOR : end]
        if end < _SECTOR or not head:
            return None
        found = sorted(self._chapters(nummer, head), key=lambda pair: pair[0] not in self.current)
        return self._reading(found[0][0], klasse, sektor) if found else self._rounded(klasse, head, sektor)

    def _reading(self, kapittel: str, klasse: str | None, sektor: str, siffer: str = "") -> Reading:
        if self.tail is None:
            return Reading(kapittel, siffer or kapittel, klasse)
        known = sektor in self.sectors
        return Reading(kapittel, siffer or kapittel, klasse, sektor if known else "", "" if known else sektor)

    def _chapters(self, nummer: str, rest: str) -> Iterator[tuple[str, str]]:
        """Kapittelkodene nummeret kan begynne med, lengste først, og det som står etter; skilletegn avgjør når de finnes."""
        alone = self._between_separators(nummer)
        for length in _CHAPTER_LENGTHS:
            kapittel = rest[:length]
            if kapittel not in self.chapters or (alone and kapittel != alone):
                continue
            fill = rest[length : self.chapter_width]
            if not fill.strip("0"):
                yield kapittel, rest[max(length, self.chapter_width) :]

    def _between_separators(self, nummer: str) -> str:
        """Kapittelet når det står for seg selv mellom skilletegn: ``2.45.1001`` er kapittel 45, ikke 451."""
        first, *others = (g for g in SEPARATORS.split(nummer) if g)
        own = first[self.prefix :] or next(iter(others), "")
        return own if others and own in self.chapters else ""

    def _rounded(self, klasse: str | None, rest: str, sektor: str = "") -> Reading | None:
        """Undernummer av et kapittel på fire sifre (``9201`` av 9200)."""
        code = rest[:_LONG]
        near = max(
            (k for k in self.chapters if len(k) == _LONG and k[:_GROUP] == code[:_GROUP] and k < code), default=""
        )
        if len(code) < _LONG or not near:
            return None
        return self._reading(near, klasse, sektor or rest[_LONG : _LONG + _SECTOR], code)

    def describe(self) -> str:
        """F.eks. «kontoklasse + kapittel + sektor»."""
        names = ["kontoklasse"] if self.prefix else []
        names.append("kapittel")
        if self.tail is not None and self.tail >= 0:
            names.append("lokale sifre")
        if self.tail is not None:
            names.append("sektor")
        if self.tail:
            names += ["løpenummer"] if self.tail > 0 else []
        return " + ".join(names)

    @property
    def cost(self) -> float:
        """Kapittel fylt ut med nuller, sektor talt bakfra og nummer uten klasse er uvanlig."""
        counted = self.tail is not None and self.tail >= 0
        return 1.0 * (self.chapter_width > 0) + 1.0 * (not self.prefix) + 1.0 * counted


def balance_candidates(listed: Codes) -> list[Scheme]:
    """Mønstrene det er verdt å prøve i en balanse."""
    sectors = frozenset(k.kode for k in listed.kodeverk.koder("sektor"))
    current = frozenset(k for k in listed.known if listed.current(k))
    shapes = [(width, tail) for width in (0, 3, 4) for tail in (None, _ADJACENT)] + [(0, tail) for tail in _TAILS]
    return [
        BalanceScheme(prefix, width, tail, listed.known, current, sectors)
        for prefix in (1, 0)
        for width, tail in shapes
    ]
