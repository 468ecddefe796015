"""Trekkene to tekster sammenlignes på: ordstammer, ordledd og tegnfølger."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontoplan.text import Tekst

_GRAM = 4
# Et ordledd sier noe, men mindre enn hele ordet.
_PART_WEIGHT = 0.6


def word_features(tekst: Tekst) -> dict[str, float]:
    """Ordstammer med vekt 1 og stammen av ordledd med lavere vekt."""
    found = dict.fromkeys(tekst.ledd, _PART_WEIGHT)
    found.update(dict.fromkeys(tekst.stammer, 1.0))
    return found


def gram_features(tekst: Tekst) -> dict[str, float]:
    """Følger på fire tegn innenfor hvert ord, med ordgrensene som tegn."""
    return dict.fromkeys(chain.from_iterable(map(_grams, tekst.ord)), 1.0)


@lru_cache(maxsize=65_536)
def _grams(word: str) -> tuple[str, ...]:
    framed = f" {word} "
    return tuple(framed[at : at + _GRAM] for at in range(max(1, len(framed) - _GRAM + 1)))
