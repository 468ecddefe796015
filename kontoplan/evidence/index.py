"""Søk etter fraser som likner en tekst: idf-vektet cosinus over ordstammer, ordledd og tegnfølger, i ren numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

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
    grams: dict[str, float] = {}
    for word in tekst.ord:
        framed = f" {word} "
        for at in range(max(1, len(framed) - _GRAM + 1)):
            grams[framed[at : at + _GRAM]] = 1.0
    return grams


@dataclass(frozen=True)
class Index:
    """Omvendt indeks over dokumenter: hvert trekk peker på dokumentene som har det, med ferdig normert vekt."""

    vocabulary: dict[str, int]
    idf: NDArray[np.float32]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]
    size: int

    @classmethod
    def build(cls, documents: Sequence[dict[str, float]]) -> Index:
        """Indekserer dokumentene, gitt som trekk → vekt."""
        vocabulary: dict[str, int] = {}
        features: list[int] = []
        owners: list[int] = []
        values: list[float] = []
        for number, document in enumerate(documents):
            for name, value in document.items():
                features.append(vocabulary.setdefault(name, len(vocabulary)))
                owners.append(number)
                values.append(value)
        feature = np.asarray(features, dtype=np.int64)
        owner = np.asarray(owners, dtype=np.int32)
        counts = np.bincount(feature, minlength=len(vocabulary))
        idf = np.log((1 + len(documents)) / (1 + counts)).astype(np.float32) + 1
        weight = np.asarray(values, dtype=np.float32) * idf[feature]
        norms = np.sqrt(np.bincount(owner, weights=weight**2, minlength=len(documents)))
        weight /= np.maximum(norms, 1e-9)[owner].astype(np.float32)
        order = np.argsort(feature, kind="stable")
        starts = np.concatenate(([0], np.cumsum(counts)))
        return cls(vocabulary, idf, starts, owner[order], weight[order], len(documents))

    def scores(self, query: dict[str, float]) -> NDArray[np.float64]:
        """Cosinus (0–1) mellom spørringen og hvert dokument; ukjente trekk trekker ned."""
        unknown = float(np.log(1 + self.size)) + 1
        known = [(i, v * float(self.idf[i])) for f, v in query.items() if (i := self.vocabulary.get(f)) is not None]
        total = sum(w * w for _, w in known) + sum(
            (v * unknown) ** 2 for f, v in query.items() if f not in self.vocabulary
        )
        if not known:
            return np.zeros(self.size)
        spans = [(self.starts[i], self.starts[i + 1], w) for i, w in known]
        documents = np.concatenate([self.documents[a:b] for a, b, _ in spans])
        weights = np.concatenate([self.weights[a:b] * w for a, b, w in spans])
        found = np.bincount(documents, weights=weights, minlength=self.size).astype(np.float64)
        return found / float(total**0.5)


def build(texts: Iterable[Tekst]) -> tuple[Index, Index]:
    """Indeksen over ord og den over tegnfølger for de samme tekstene."""
    listed = list(texts)
    return Index.build([word_features(t) for t in listed]), Index.build([gram_features(t) for t in listed])
