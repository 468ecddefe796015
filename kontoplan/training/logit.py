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
        truth: Hvor sannsynlig koden er svaret (0–1), sak × kode; til sammen 1 i hver sak.
        weight: Hvor mye hver sak teller.
    """

    clues: NDArray[np.float32]
    truth: NDArray[np.float32]
    weight: NDArray[np.float64]

    def part(self, chosen: NDArray[np.bool_]) -> Cases:
        """Bare de valgte sakene."""
        return Cases(self.clues[chosen], self.truth[chosen], self.weight[chosen])


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
    """Kryssentropien mellom svarene og sannsynlighetene, og helningen."""
    sums = cases.clues @ weights.astype(np.float32)
    sums -= sums.max(axis=1, keepdims=True)
    odds = np.exp(sums)
    total = odds.sum(axis=1, keepdims=True)
    pull = (odds / total - cases.truth) * cases.weight[:, None]
    slope = np.einsum("nc,nck->k", pull, cases.clues, optimize=True)
    missed = np.log(total[:, 0]) - (cases.truth * sums).sum(axis=1)
    return float((missed * cases.weight).sum()), slope.astype(np.float64)
