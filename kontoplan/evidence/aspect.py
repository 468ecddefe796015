"""Hvilken del av en tekst som sier noe om hvilken dimensjon.

«Vikarbyrå sykehjem» sier to ting: hva som er kjøpt (arten), og hvor det er brukt (funksjonen). Et ord sier mye om en
dimensjon når frasene det står i, hører til få koder der.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, Final

from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.evidence.wording import Wording

_SPREAD: Final = 60  # fraser spredt over så mange koder sier ingenting
_FEW = 2  # et ord som bare står i én frase, sier en tredel av det som et som står i mange
_PART = 0.8  # et ordledd sier mindre enn hele ordet


@dataclass(frozen=True, slots=True)
class Said:
    """Et ord slik det står, om det er kjent, og hvor mye det sier (0–1) om denne dimensjonen og den andre."""

    ord: str
    known: bool
    here: float
    there: float


@lru_cache(maxsize=16_384)
def telling(witness: Wording, stem: str) -> float:
    """Hvor mye en ordstamme sier om dimensjonen: 0 er ingenting, nær 1 er at den alltid betyr samme kode."""
    found = witness.heard_of(stem)
    total = found.total()
    if not total:
        return 0.0
    entropy = -sum(n / total * log(n / total) for n in found.values())
    return max(0.0, 1 - entropy / log(_SPREAD)) * total / (total + _FEW)


def weigh_words(words: Sequence[str], here: Wording, there: Wording) -> tuple[Said, ...]:
    """Hvor mye hvert ord sier om dimensjonen til ``here`` og til ``there``; ord uten bokstaver er ikke med."""
    return tuple(said for word in words if (said := _said(word, here, there)))


def _said(word: str, here: Wording, there: Wording) -> Said | None:
    tekst = read(word)
    if not tekst.ord:
        return None
    stems = (*tekst.stammer, *tekst.ledd)
    known = any(w.knows(stem) for w in (here, there) for stem in stems)
    return Said(word, known, *(_most(w, tekst.stammer, tekst.ledd) for w in (here, there)))


def _most(witness: Wording, stems: Sequence[str], parts: Sequence[str]) -> float:
    whole = max((telling(witness, stem) for stem in stems), default=0.0)
    return max(whole, _PART * max((telling(witness, part) for part in parts), default=0.0))


def about(said: Sequence[Said], margin: float) -> tuple[str, ...]:
    """Ordene som blir igjen når de som helst handler om den andre dimensjonen, er tatt ut.

    Et ord tas ut når det sier minst ``margin`` mer om den andre dimensjonen, og et annet ord sier mer om denne.
    """
    best = max((s.here for s in said), default=0.0)
    return tuple(s.ord for s in said if s.there - s.here <= margin or s.here >= best)
