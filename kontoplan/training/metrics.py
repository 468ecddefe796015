"""Mål på svar for kommuner som ikke var med: treff, kalibrering, hvor mye som kan avgjøres, og forvekslinger."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from kontoplan.evidence.codes import NATIONAL
from kontoplan.judge import prediction_set
from kontoplan.kodeverk.grupper import gruppe_av

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.sak import Dimensjon
    from kontoplan.training.predict import Prediction
    from kontoplan.weights import Weights

BINS = 10
_THIRD = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """Hvor gode svarene er; alt unntatt ``count`` og ``size`` er andeler (0–1).

    Attributes:
        count: Antall svar.
        top1: Andelen der beste kode er rett.
        top3: Andelen der en rett kode er blant de tre beste.
        group: Andelen der beste kode er i rett serie eller område.
        ece: Forventet kalibreringsfeil med ti like brede kurver.
        sure: Andelen som blir «sikker».
        precision: Andelen rette av dem; ``None`` når ingen er det.
        coverage: Andelen der en rett kode er i mengden.
        size: Medianen av mengdens størrelse.
    """

    count: int
    top1: float
    top3: float
    group: float
    ece: float
    sure: float
    precision: float | None
    coverage: float
    size: float


def measure(own: Sequence[Prediction], fitted: Weights) -> Measured:
    """Målene for noen svar i samme dimensjon; minst ett."""
    count = len(own)
    sure = [p for p in own if is_sure(p, fitted)]
    sizes = [len(prediction_set(p.scores, fitted.dekning)) for p in own]
    return Measured(
        count,
        sum(p.right for p in own) / count,
        sum(p.rank <= _THIRD for p in own) / count,
        sum(_group(p.scores[0].kode, p) in {_group(k, p) for k in p.example.line.koder} for p in own) / count,
        calibration_error(own),
        len(sure) / count,
        sum(p.right for p in sure) / len(sure) if sure else None,
        sum(p.rank <= size for p, size in zip(own, sizes, strict=True)) / count,
        median(sizes),
    )


def is_sure(prediction: Prediction, fitted: Weights) -> bool:
    """Om svaret får status «sikker»."""
    threshold = fitted.sikker_med_nummer if prediction.carried else fitted.sikker
    return not prediction.blocked and prediction.probability >= threshold


def bins(own: Sequence[Prediction]) -> list[tuple[float, float, int]]:
    """Kalibreringskurven: (snitt av sannsynlighetene, andel rette, antall) i hver kurv som har noe."""
    found: dict[int, list[Prediction]] = defaultdict(list)
    for p in own:
        found[min(int(p.probability * BINS), BINS - 1)].append(p)
    return [
        (sum(p.probability for p in group) / len(group), sum(p.right for p in group) / len(group), len(group))
        for _, group in sorted(found.items())
    ]


def calibration_error(own: Sequence[Prediction]) -> float:
    """Forventet kalibreringsfeil (ECE): snittet av avstanden mellom sannsynlighet og andel rette."""
    return sum(abs(said - right) * count for said, right, count in bins(own)) / len(own)


def automation(own: Sequence[Prediction]) -> list[tuple[float, float]]:
    """(andelen som avgjøres, andelen rette av dem) når de sikreste svarene avgjøres først."""
    ordered = sorted(own, key=lambda p: -p.probability)
    right, found = 0, []
    for count, prediction in enumerate(ordered, 1):
        right += prediction.right
        found.append((count / len(ordered), right / count))
    return found


def confusion(own: Sequence[Prediction]) -> Counter[tuple[str, str]]:
    """Hvor mange ganger noe i én gruppe ble svart med en annen: (rett, svart) → antall."""
    return Counter((_group(p.example.line.koder[0], p), _group(p.scores[0].kode, p)) for p in own)


def _group(kode: str, prediction: Prediction) -> str:
    return group_name(kode, prediction.example.line.dimensjon)


def group_name(kode: str, dimensjon: Dimensjon) -> str:
    """Serien eller området koden er i; koden selv når dimensjonen ikke har slike."""
    group = gruppe_av(NATIONAL[dimensjon], kode)
    return f"{group.gruppe} {group.navn}" if group else f"({kode})"
