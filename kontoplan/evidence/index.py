"""Søk etter fraser som likner en tekst: idf-vektet cosinus mellom trekkene deres, i ren numpy."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kontoplan.evidence.store import Table

    Posting = tuple[NDArray[np.int64], NDArray[np.float64], float]


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
    _found: dict[int, Posting] = field(default_factory=dict, init=False, repr=False, compare=False)

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

    def _posting(self, at: int) -> Posting:
        """Frasene, vektene og sjeldenheten for et trekk; finnes når noen spør etter det første gang."""
        span = slice(int(self.starts[at]), int(self.starts[at + 1]))
        self._found[at] = self.documents[span], self.weights[span], float(self.idf[at])
        return self._found[at]

    def hits(self, query: dict[str, float], share: float) -> Iterator[Posting]:
        """Frasene som har hvert trekk i spørringen, vekten trekket har i dem, og det vekten skal ganges med.

        Summen for en frase er ``share`` ganger cosinus (0–1) mellom den og spørringen; ukjente trekk trekker ned.
        """
        lookup, postings = self.vocabulary, self._found
        unknown = log(1 + self.size) + 1
        known, length = [], 0.0
        for name, value in query.items():
            at = lookup.get(name)
            if at is None:
                length += (value * unknown) ** 2
            else:
                documents, weights, idf = postings.get(at) or self._posting(at)
                known.append((documents, weights, value * idf))
                length += (value * idf) ** 2
        scale = share / sqrt(length) if length else 0.0
        for documents, weights, weight in known:
            yield documents, weights, weight * scale


def score(hits: Sequence[Posting], size: int) -> NDArray[np.float64]:
    """Summen for hver av ``size`` fraser av det :meth:`Index.hits` gir."""
    if not hits:
        return np.zeros(size)
    documents, weights, factors = zip(*hits, strict=True)
    given = np.concatenate(weights)
    given *= np.array(factors).repeat(np.array([len(part) for part in weights]))
    sums: NDArray[np.float64] = np.bincount(np.concatenate(documents), weights=given, minlength=size)  # type: ignore[assignment]
    return sums
