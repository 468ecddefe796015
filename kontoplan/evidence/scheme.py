"""Tallmønsteret: hvordan et lokalt kontonummer kan bære den nasjonale koden.

Kommunene legger koden inn i nummeret på hver sin måte: ``11150`` er kontoklasse 1, art 115 og et løpenummer, ``20200``
er funksjon 202, ``1010`` er klasse 1 og art 010, og ``100`` kan være art 010 som har mistet nullen foran. Her leses et
nummer etter ett gitt mønster; ``number`` finner ut hvilket mønster en tabell følger.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kontoplan.evidence.balance_scheme import balance_candidates
from kontoplan.evidence.reading import Reading, digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.reading import Scheme

_CODE = 3  # sifre i en art eller funksjon
_CLASS_DIGITS = frozenset("0134")  # lokale sifre for drift og investering foran arten


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


def candidates(listed: Codes, numbers: Sequence[str]) -> list[Scheme]:
    """Mønstrene det er verdt å prøve for numrene i en tabell."""
    if listed.dimensjon == "kapittel":
        return balance_candidates(listed)
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
