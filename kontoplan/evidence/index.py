"""Søk etter fraser som likner en tekst: idf-vektet cosinus mellom trekkene deres, i ren numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kontoplan.evidence.store import Table


@dataclass(frozen=True)
class Index:
    """Omvendt indeks: hvert trekk peker på frasene som har det, med ferdig normert vekt.

    Attributes:
        vocabulary: Trekk → nummer.
        idf: Hvor sjeldent hvert trekk er.
        starts: Trekk ``i`` står i ``documents[starts[i]:starts[i + 1]]``.
        documents: Frasene, etter trekk.
        weights: Vekten trekket har i frasen, slik at hver frase har lengde 1.
        size: Antall fraser.
    """

    vocabulary: dict[str, int]
    idf: NDArray[np.float64]
    starts: NDArray[np.int64]
    documents: NDArray[np.int64]
    weights: NDArray[np.float64]
    size: int

    @classmethod
    def build(cls, table: Table, rows: NDArray[np.int64]) -> Index:
        """Indekserer radene ``rows`` i tabellen; samme rad kan være med flere ganger."""
        lengths = table.starts[rows + 1] - table.starts[rows]
        owner = np.repeat(np.arange(len(rows)), lengths)
        offset = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        at = np.repeat(table.starts[rows], lengths) + offset
        feature = table.features[at]
        counts = np.bincount(feature, minlength=len(table.vocabulary))
        idf = np.log((1 + len(rows)) / (1 + counts)) + 1
        weight = table.values[at] * idf[feature]
        norms = np.sqrt(np.bincount(owner, weights=weight**2, minlength=len(rows)))
        order = np.argsort(feature, kind="stable")
        vocabulary = {name: number for number, name in enumerate(table.vocabulary) if counts[number]}
        starts = np.concatenate(([0], np.cumsum(counts)))
        return cls(vocabulary, idf, starts, owner[order], (weight / np.maximum(norms, 1e-9)[owner])[order], len(rows))

    def scores(self, query: dict[str, float]) -> NDArray[np.float64]:
        """Cosinus (0–1) mellom spørringen og hver frase; ukjente trekk trekker ned."""
        unknown = float(np.log(1 + self.size)) + 1
        known = [(i, v * float(self.idf[i])) for f, v in query.items() if (i := self.vocabulary.get(f)) is not None]
        missing = sum((v * unknown) ** 2 for f, v in query.items() if f not in self.vocabulary)
        if not known:
            return np.zeros(self.size)
        spans = [(self.starts[i], self.starts[i + 1], w) for i, w in known]
        documents = np.concatenate([self.documents[a:b] for a, b, _ in spans])
        weights = np.concatenate([self.weights[a:b] * w for a, b, w in spans])
        found = np.bincount(documents, weights=weights, minlength=self.size).astype(np.float64)
        return found / float((sum(w * w for _, w in known) + missing) ** 0.5)
