"""Betinget logistisk regresjon: vektene som gjør de rette kodene mest mulig sannsynlige i alle sakene til sammen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SHRINK = 0.05  # holder vekter som dataene ikke sier noe om, nær null


@dataclass(frozen=True)
class Cases:
    """Saker med flere mulige svar.

    Attributes:
        clues: Hva hvert vitne sier om hver kode, sak × kode × vitne.
        right: Om koden er rett, sak × kode; minst én i hver sak.
        weight: Hvor mye hver sak teller.
    """

    clues: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: NDArray[np.float64]

    def part(self, chosen: NDArray[np.bool_]) -> Cases:
        """Bare de valgte sakene."""
        return Cases(self.clues[chosen], self.right[chosen], self.weight[chosen])


def fit(cases: Cases, bounds: Sequence[tuple[float | None, float | None]]) -> NDArray[np.float64]:
    """Én vekt per vitne, innenfor grensene. Gir det samme hver gang."""
    from scipy.optimize import minimize  # noqa: PLC0415 - bare til trening

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = _loss(cases, weights)
        return value + _SHRINK * float(weights @ weights), slope + 2 * _SHRINK * weights

    start = np.asarray([min(max(0.5, low or -np.inf), np.inf if high is None else high) for low, high in bounds])
    found: Any = minimize(loss, start, jac=True, bounds=list(bounds), method="L-BFGS-B")
    weights: NDArray[np.float64] = found.x
    return weights


def _loss(cases: Cases, weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Negativ log-sannsynlighet for at en av de rette kodene er svaret, og helningen."""
    sums = cases.clues @ weights.astype(np.float32)
    odds = np.exp(sums - sums.max(axis=1, keepdims=True))
    all_share = odds / odds.sum(axis=1, keepdims=True)
    right = np.where(cases.right, odds, 0)
    total = np.maximum(right.sum(axis=1, keepdims=True), 1e-30)
    pull = (all_share - right / total) * cases.weight[:, None]
    probability = np.maximum((all_share * cases.right).sum(axis=1), 1e-12)
    slope = np.einsum("nc,nck->k", pull, cases.clues, optimize=True)
    return float(-(np.log(probability) * cases.weight).sum()), slope.astype(np.float64)
