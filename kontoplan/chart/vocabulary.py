"""Ordene i navnene på arter, funksjoner og kapitler, og hvilken dimensjon en liste navn likner mest."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kontoplan.chart.headers import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.kodeverk import Kodeverk

Group = Literal["art", "funksjon", "balanse"]
GROUPS: tuple[Group, ...] = ("art", "funksjon", "balanse")
_CODELIST: dict[Group, Literal["art", "funksjon", "kapittel"]] = {
    "art": "art",
    "funksjon": "funksjon",
    "balanse": "kapittel",
}
_STEM = 7
_NAME_WEIGHT = 3
_SMOOTHING = 0.5
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Vocabulary:
    """Hvor ofte hver ordstamme står i navnene til hver dimensjon, og de nasjonale kodene.

    Attributes:
        weights: Ordstamme → log-sannsynlighet for hver av ``GROUPS``.
        codes: Dimensjon → de nasjonale kodene, også utgåtte.
        tasks: Funksjon → ordstammene i navnet og i det funksjonen omfatter.
    """

    weights: dict[str, tuple[float, float, float]]
    codes: dict[Group, frozenset[str]]
    tasks: dict[str, frozenset[str]]

    def agreement(self, pairs: Iterable[tuple[str, str]]) -> float:
        """Andelen (0–1) av numrene der navnet har et ord felles med funksjonen de tre første sifrene peker på."""
        known = [(self.tasks.get(code[:3], frozenset()), set(stems(name))) for code, name in pairs if code and name]
        return sum(1 for task, name in known if task & name) / len(known) if known else 1.0

    def scores(self, names: Iterable[str]) -> dict[Group, float]:
        """Gjennomsnittlig log-odds per navn for hver dimensjon mot snittet av dem; 0 når ingen ord er kjent."""
        total = [0.0, 0.0, 0.0]
        count = 0
        for name in names:
            count += 1
            known = [w for s in set(stems(name)) if (w := self.weights.get(s))]
            for i in range(3):
                total[i] += sum(w[i] for w in known) / max(1.0, math.sqrt(len(known)))
        mean = sum(total) / 3
        return {g: (total[i] - mean) / max(1, count) for i, g in enumerate(GROUPS)}

    def best(self, name: str) -> Group | None:
        """Dimensjonen navnet likner mest, ``None`` når ingen skiller seg ut."""
        found = self.scores([name])
        top = max(found, key=lambda g: found[g])
        return top if found[top] > 0 else None


def stems(text: str) -> list[str]:
    """Ordene i navnet, klippet så bøyning og nynorsk faller sammen.

    >>> stems("Fast lønn, vikarer")
    ['fast', 'lønn', 'vikarer']
    """
    return [word[:_STEM] for word in _WORD.findall(text.casefold())]


@lru_cache(maxsize=16)
def vocabulary(kodeverk: Kodeverk) -> Vocabulary:
    """Ordvekter bygd av kodeverkets navn (bokmål og nynorsk), hverdagsordene og balanseordene i ``kolonner.csv``."""
    counts: dict[Group, Counter[str]] = {group: Counter() for group in GROUPS}
    codes: dict[Group, frozenset[str]] = {}
    for group, codelist in _CODELIST.items():
        known = kodeverk.kjente(codelist)
        codes[group] = frozenset(k.kode for k in known)
        for kode in known:
            for stem in {*stems(kode.navn), *stems(kode.nynorsk)}:
                counts[group][stem] += _NAME_WEIGHT
        for phrase in kodeverk.omfatter(codelist):
            counts[group].update(set(stems(phrase.tekst)))
    for word in words()["navneord"]:
        counts["balanse"][word[:_STEM]] += _NAME_WEIGHT * 2
    totals = {group: sum(counter.values()) + 1 for group, counter in counts.items()}
    vocabulary_size = len({stem for counter in counts.values() for stem in counter})
    weights = {}
    for stem in {stem for counter in counts.values() for stem in counter}:
        logs = [math.log((counts[g][stem] + _SMOOTHING) / (totals[g] + _SMOOTHING * vocabulary_size)) for g in GROUPS]
        mean = sum(logs) / 3
        weights[stem] = (logs[0] - mean, logs[1] - mean, logs[2] - mean)
    return Vocabulary(weights, codes, _tasks(kodeverk))


def _tasks(kodeverk: Kodeverk) -> dict[str, frozenset[str]]:
    """Funksjon → ordstammene i navnet på bokmål og nynorsk og i hverdagsordene."""
    found: dict[str, set[str]] = {}
    for kode in kodeverk.kjente("funksjon"):
        found.setdefault(kode.kode, set()).update(stems(kode.navn), stems(kode.nynorsk))
    for phrase in kodeverk.omfatter("funksjon"):
        found.setdefault(phrase.kode, set()).update(stems(phrase.tekst))
    return {code: frozenset(words_) for code, words_ in found.items()}
