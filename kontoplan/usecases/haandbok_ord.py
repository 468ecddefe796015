"""Ordlisten bakerst i håndboken: hverdagsordet og kontonavnet → kontoen, alfabetisk på norsk."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kontoplan.text import fold
from kontoplan.usecases.haandbok_egne import best_named
from kontoplan.usecases.haandbok_modell import Henvist, Oppslag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kontoplan.sak import Dimensjon
    from kontoplan.usecases.haandbok_modell import Egen, Gruppe, Kapittel

_LONGEST = 48  # lengre fraser er setninger, ikke ord noen slår opp
_LISTED = 2
_ALPHABET: Final = str.maketrans({"æ": "{", "ø": "|", "å": "}"})  # etter z, i rekkefølge


def alphabetical(text: str) -> str:
    """Det ord sorteres på: store og små likt, æ, ø og å sist."""
    return fold(text).lstrip("«\"'(-–. ").translate(_ALPHABET)


def letter(text: str) -> str:
    """Bokstaven oppslaget står under; ``0–9`` for det som ikke begynner med en bokstav."""
    first = fold(text).lstrip("«\"'(-–. ")[:1]
    return first.upper() if first.isalpha() else "0–9"


def word_list(kapitler: Iterable[Kapittel]) -> tuple[Oppslag, ...]:
    """Oppslagene: navnet på hver konto, og det som hører hjemme på koden."""
    spelled: dict[str, str] = {}
    found: dict[str, dict[Dimensjon, dict[str, tuple[Egen, ...]]]] = defaultdict(lambda: defaultdict(dict))
    codes: dict[tuple[Dimensjon, str], tuple[str, int]] = {}
    for kapittel in kapitler:
        for gruppe in kapittel.grupper:
            codes[kapittel.dimensjon, gruppe.kode] = (gruppe.navn, len(gruppe.kontoer))
            for word, own in _words(gruppe):
                key = alphabetical(word)
                spelled.setdefault(key, word)
                known = found[key][kapittel.dimensjon].get(gruppe.kode, ())
                found[key][kapittel.dimensjon][gruppe.kode] = tuple(dict.fromkeys((*known, *own)))
    return tuple(
        Oppslag(
            spelled[key],
            tuple(
                (dim, _short(kode, codes[dim, kode], own))
                for dim, hits in found[key].items()
                for kode, own in hits.items()
            ),
        )
        for key in sorted(found)
    )


def _short(kode: str, known: tuple[str, int], own: Sequence[Egen]) -> Henvist:
    name, number = known
    every = len(own) == number
    return Henvist(kode, name, tuple(own[:_LISTED]), len(own) - _LISTED if every and len(own) > _LISTED else 0)


def _words(gruppe: Gruppe) -> Iterator[tuple[str, tuple[Egen, ...]]]:
    """Ordene i en gruppe med kontoene de hører til."""
    own = tuple(konto.egen for konto in gruppe.kontoer)
    for konto in gruppe.kontoer:
        for name in (konto.egen.navn, *konto.ogsa):
            if name:
                yield (name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()} …"), (konto.egen,)
    for phrase in gruppe.fakta.her if gruppe.fakta else ():
        if len(phrase) <= _LONGEST:
            best = best_named(phrase, own)
            yield phrase, (best,) if best else own
