"""Konfidensfaktorer: hvor mange feil en må regne med når så og så mange er funnet (Poisson).

Tallene i trykte tabeller er disse, avrundet. De regnes ut her, fordi scipy bare er med i tillegget «trening».
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

_STEPS: Final = 200
_TINY: Final = 1e-17


def confidence_factor(feil: float, konfidens: float) -> float:
    """Den øvre grensen for det ventede antallet feil når ``feil`` er funnet: sannsynligheten for å finne så få er da 1 − ``konfidens``.

    Args:
        feil: Antall feil (0–); trenger ikke være et helt tall når det er et ventet antall.
        konfidens: Andel mellom 0 og 1.

    >>> round(confidence_factor(0, 0.95), 2), round(confidence_factor(1, 0.95), 2)
    (3.0, 4.74)
    """
    return _factor(float(feil), konfidens)


def planning_factor(andel: float, konfidens: float) -> float:
    """Konfidensfaktoren når den forventede feilen er ``andel`` (0–1) av vesentlighetsgrensen: løsningen på F = faktor(andel · F).

    Det er antallet trekk per vesentlighetsgrense som må til for at grensen skal holde når den forventede feilen blir funnet.

    >>> round(planning_factor(0, 0.95), 2), round(planning_factor(0.2, 0.95), 2)
    (3.0, 4.62)
    """
    low = high = confidence_factor(0, konfidens)
    if not andel:
        return low
    while confidence_factor(andel * high, konfidens) > high:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if confidence_factor(andel * middle, konfidens) > middle:
            low = middle
        else:
            high = middle
    return high


@lru_cache(maxsize=4096)
def _factor(feil: float, konfidens: float) -> float:
    """Løser P(feil + 1, x) = konfidens; P vokser med x."""
    shape = feil + 1
    low, high = 0.0, shape
    while _gamma(shape, high) < konfidens:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if _gamma(shape, middle) < konfidens:
            low = middle
        else:
            high = middle
    return high


def _gamma(shape: float, x: float) -> float:
    """Den nedre ufullstendige gammafunksjonen, regularisert; for et helt ``shape`` er det sjansen for minst ``shape`` når ``x`` er ventet.

    Alle ledd i rekken er positive, så ingenting går tapt i avrunding.
    """
    if x <= 0:
        return 0.0
    term = total = 1.0
    at = shape
    while term > total * _TINY:
        at += 1
        term *= x / at
        total += term
    return total * math.exp(shape * math.log(x) - x - math.lgamma(shape + 1))
