"""Trekkene klassifikatoren kjenner en tekst på: ord, ordledd, ordpar, tegnfølger og det som står rundt.

Ord få har sett, er som regel egennavn («Fjellvik skole»). De byttes med ett felles trekk, så ordparet «ukjent + skole»
bærer det som er likt for alle skoler.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from math import hypot
from typing import TYPE_CHECKING, Final

from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from kontoplan.sak import Dimensjon, Kontekst

RARE: Final = "#"
_GRAMS = (3, 4, 5)
_WORD, _PART, _PAIR, _DIGITS = 1.0, 0.6, 0.8, 0.5
# Hvor mye hver gruppe av trekk veier mot de andre; valgt på kommuner som ikke var med (models/MODELLKORT.md).
_WORDS, LETTERS, _AROUND = 1.0, 1.5, 0.5
_CONTEXT = ("overskrift", "tjeneste", "ansvar")
_DIGIT = re.compile(r"\d")
_LONGEST = 400  # tegn; lengre tekster er ikke navn, og resten sier ikke mer


@dataclass(frozen=True, slots=True)
class Clues:
    """Trekkene i en tekst, før det er regnet med hvor sjeldne de er.

    Attributes:
        named: Ord, ordledd, ordpar og det som står rundt, med vekt.
        words: Ordene :func:`letters` tas fra; de forskjellige tegnfølgene deler på vekten :data:`LETTERS`.
    """

    named: dict[str, float]
    words: tuple[str, ...]

    def names(self) -> Iterator[str]:
        """Navnet på hvert trekk, én gang."""
        yield from self.named
        yield from dict.fromkeys(chain.from_iterable(map(letters, self.words)))


def clues(
    tekst: str, dimensjon: Dimensjon, known: Container[str], kontekst: Kontekst, kontoklasse: str | None
) -> Clues:
    """Trekkene i en tekst og det som står rundt den.

    Args:
        tekst: Navnet eller posteringsteksten.
        dimensjon: Hva teksten er navnet på.
        known: Ordstammene som ikke er sjeldne.
        kontekst: Det som står rundt.
        kontoklasse: Kontoklassen, når den er kjent.
    """
    seen = read(tekst[:_LONGEST])
    stems = [stem if stem in known else RARE for stem in seen.stammer]
    words = {f"l:{part}": _PART for part in seen.ledd}
    words.update({f"w:{stem}": _WORD for stem in stems})
    words.update({f"b:{' '.join(sorted(pair))}": _PAIR for pair in pairwise(stems)})
    if _DIGIT.search(tekst):
        words["t:"] = _DIGITS
    if dimensjon == "ansvar":
        # Et ansvar er en enhet, ikke en tjeneste; de samme ordene kan bety noe annet der.
        words.update({f"a{name}": value for name, value in words.items()})
    named = _scaled(words, _WORDS)
    named.update(_scaled(_around(dimensjon, kontekst, kontoklasse), _AROUND))
    return Clues(named, seen.ord)


@lru_cache(maxsize=65_536)
def letters(word: str) -> tuple[str, ...]:
    """Tegnfølgene i et ord, med ordgrensene."""
    framed = f"<{word}>"
    return tuple({f"c:{framed[at : at + size]}": None for size in _GRAMS for at in range(len(framed) - size + 1)})


def _around(dimensjon: Dimensjon, kontekst: Kontekst, kontoklasse: str | None) -> dict[str, float]:
    around = ((name, read(text[:_LONGEST])) for name in _CONTEXT if (text := getattr(kontekst, name)))
    found = {f"k:{name}:{stem}": 1.0 for name, seen in around for stem in seen.stammer}
    if dimensjon == "ansvar":
        found["k:ansvar"] = 1.0
    if kontoklasse:
        found[f"k:klasse:{kontoklasse}"] = 1.0
    return found


def _scaled(group: dict[str, float], weight: float) -> dict[str, float]:
    """Gruppen med lengde ``weight``, så lange navn ikke veier mer enn korte."""
    if not group:
        return {}
    share = weight / hypot(*group.values())
    return {name: share * value for name, value in group.items()}
