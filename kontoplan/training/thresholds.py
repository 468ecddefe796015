"""Tersklene dommeren bruker, satt på svar for kommuner som ikke var med da vektene ble tilpasset."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Final

from kontoplan.judge import prediction_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.training.predict import Prediction

PRECISION: Final = 0.99
COVERAGE: Final = 0.95
NEVER: Final = 1.01
_ENOUGH = 20  # færre svar enn dette sier for lite om andelen rette
_LEVELS = tuple(x / 200 for x in range(160, 200))
_UNKNOWN = 0.4  # under terskelen for ukjent er færre enn dette rette
_LEAST_UNKNOWN, _MOST_UNKNOWN = 0.1, 0.3


def sure_threshold(predictions: Sequence[Prediction], precision: float = PRECISION) -> float:
    """Laveste sannsynlighet der andelen rette blant alle over den er minst ``precision``.

    0 når de er det alle sammen, og 1,01 når det er for få svar eller for mange feil til å si det om noen. Svar som et
    flagg stopper, er ikke med: de blir aldri sikre.
    """
    ordered = sorted((p for p in predictions if not p.blocked), key=lambda p: -p.probability)
    threshold, right = NEVER, 0
    for count, prediction in enumerate(ordered, 1):
        right += prediction.right
        # Like sannsynlige svar er over terskelen sammen; det samme navnet kan være rett ett sted og feil et annet.
        tied = count < len(ordered) and ordered[count].probability == prediction.probability
        if right / count >= precision and count >= _ENOUGH and not tied:
            threshold = prediction.probability if count < len(ordered) else 0.0
    return threshold


def set_coverage(groups: Sequence[Sequence[Prediction]], coverage: float = COVERAGE) -> float:
    """Laveste sannsynlighetssum mengden må ha for at en rett kode er med i andelen ``coverage`` av tilfellene.

    Det er en konform mengde: nivået er det som holder på svar fra kommuner som ikke var med, der hver gruppe teller
    like mye.
    """
    asked = [group for group in groups if group]
    if not asked:
        return _LEVELS[0]
    return next((level for level in _LEVELS if fmean(_covered(own, level) for own in asked) >= coverage), _LEVELS[-1])


def _covered(own: Sequence[Prediction], level: float) -> float:
    return fmean(p.rank <= len(prediction_set(p.scores, level)) for p in own)


def unknown_threshold(predictions: Sequence[Prediction]) -> float:
    """Høyeste sannsynlighet der færre enn to av fem svar under den er rette; mellom 0,1 og 0,3."""
    ordered = sorted(predictions, key=lambda p: p.probability)
    threshold, right = _LEAST_UNKNOWN, 0
    for count, prediction in enumerate(ordered, 1):
        if prediction.probability > _MOST_UNKNOWN:
            break
        right += prediction.right
        if right / count < _UNKNOWN:
            threshold = max(threshold, prediction.probability)
    return round(threshold, 2)
