"""Treff på utviklingsdataene, med hver kommune holdt utenfor, ved siden av det nærmeste alternativet.

Kjøres med ``make maalinger`` (``python -m bench.treff``) og skriver tabellene i docs/maalinger.md.
Alternativet er det en ville gjort først: rapidfuzz WRatio mot de offisielle navnene, uten tallmønster.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from kontoplan.evidence.codes import NATIONAL
from kontoplan.judge import prediction_set
from kontoplan.kodeverk import Kodeverk
from kontoplan.training.examples import municipality
from kontoplan.training.judge import train
from kontoplan.usecases.koble import koble
from kontoplan.weights import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.sak import Dimensjon
    from kontoplan.training.judge import Prediction
    from kontoplan.weights import Weights

ROOT = Path(__file__).resolve().parent.parent
BINS = 10


def calibration_error(predictions: Sequence[Prediction]) -> float:
    """Forventet kalibreringsfeil (ECE) med ti like brede kurver."""
    bins: dict[int, list[Prediction]] = defaultdict(list)
    for p in predictions:
        bins[min(int(p.scores[0].sannsynlighet * BINS), BINS - 1)].append(p)
    gaps = (abs(sum(p.right for p in b) - sum(p.scores[0].sannsynlighet for p in b)) for b in bins.values())
    return sum(gaps) / len(predictions)


def baseline(predictions: Sequence[Prediction], kodeverk: Kodeverk) -> float:
    """Andelen rette for rapidfuzz WRatio mot de offisielle navnene på bokmål og nynorsk."""
    right = 0
    for p in predictions:
        names = {}
        for kode in kodeverk.koder(NATIONAL[p.example.dimensjon]):
            names[kode.navn.lower()] = kode.kode
            names[kode.nynorsk.lower()] = kode.kode
        found = process.extractOne(p.example.navn.lower(), list(names), scorer=fuzz.WRatio)
        right += bool(found) and names[found[0]] == p.example.fasit
    return right / len(predictions)


def report(unseen: Sequence[Prediction], fitted: Weights, kodeverk: Kodeverk) -> None:
    """Én linje per dimensjon, med og uten nummer."""
    print(
        "| dimensjon | nummer | kontoer | topp 1 | topp 3 | ECE | sikre | av dem rette | mengden har fasit | median | WRatio |"
    )
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    dimensions: tuple[Dimensjon, ...] = ("art", "funksjon", "ansvar")
    for dimension in dimensions:
        for shown in (True, False):
            own = [p for p in unseen if p.example.dimensjon == dimension and p.shown is shown]
            print(_line(dimension, own, fitted, kodeverk, shown=shown))


def _threshold(prediction: Prediction, fitted: Weights) -> float:
    thresholds = fitted.sikker_med_nummer if prediction.carried else fitted.sikker
    return thresholds[prediction.example.dimensjon]


def _line(dimension: Dimensjon, own: Sequence[Prediction], fitted: Weights, kodeverk: Kodeverk, *, shown: bool) -> str:
    sure = [p for p in own if p.scores[0].sannsynlighet >= _threshold(p, fitted)]
    sizes = [len(prediction_set(p.scores, fitted.dekning)) for p in own]
    covered = sum(p.rank <= size for p, size in zip(own, sizes, strict=True))
    cells = [
        dimension,
        "vist" if shown else "skjult",
        str(len(own)),
        f"{sum(p.right for p in own) / len(own):.1%}",
        f"{sum(p.rank <= 3 for p in own) / len(own):.1%}",
        f"{calibration_error(own):.3f}",
        f"{len(sure) / len(own):.1%}",
        f"{sum(p.right for p in sure) / len(sure):.1%}" if sure else "–",
        f"{covered / len(own):.1%}",
        str(median(sizes)),
        f"{baseline(own, kodeverk):.1%}",
    ]
    return "| " + " | ".join(cells) + " |"


def by_municipality(unseen: Sequence[Prediction]) -> None:
    """Topp 1 per kommune, med nummer der kilden har det, ellers uten."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for p in unseen:
        kind = "vist" if p.shown else "skjult"
        counts[municipality(p.example.kilde), p.example.dimensjon].update({kind: 1, f"{kind} rett": int(p.right)})
    print("\n| kommune | dimensjon | nummer vist | nummer skjult |")
    print("|---|---|--:|--:|")
    for (name, dimension), c in sorted(counts.items()):
        cells = [f"{c[k + ' rett']} av {c[k]}" if c[k] else "–" for k in ("vist", "skjult")]
        print(f"| {name} | {dimension} | {cells[0]} | {cells[1]} |")


def workbook() -> None:
    """Hele veien på arbeidsboken: leste rader og treff mot fasiten."""
    kobling = koble(ROOT / "eksempler" / "sogndal-2013.xlsx")
    found = {(r.konto.ark, r.konto.rad, r.konto.dimensjon): r.vurdering.kode for r in kobling.rader}
    counts: Counter[tuple[str, str]] = Counter()
    with (ROOT / "tests" / "data" / "sogndal-2013.fasit.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key, dimension = (row["sheet"], int(row["row"]), row["dimensjon"]), row["dimensjon"]
            counts[dimension, "rader"] += 1
            counts[dimension, "lest"] += key in found
            if row["fasit_kode_2026"]:
                counts[dimension, "med fasit"] += 1
                counts[dimension, "rett"] += found.get(key) == row["fasit_kode_2026"]
    print("\n| dimensjon | rader i fasiten | lest | med kode i 2026 | rett |")
    print("|---|--:|--:|--:|--:|")
    for dimension in ("art", "funksjon", "ansvar"):
        c = {k: counts[dimension, k] for k in ("rader", "lest", "med fasit", "rett")}
        print(
            f"| {dimension} | {c['rader']} | {c['lest']} | {c['med fasit']} | {c['rett']} ({c['rett'] / c['med fasit']:.1%}) |"
        )


def main() -> None:
    """Tilpasser med hver kommune utenfor og skriver tabellene."""
    fitted, unseen = train(ROOT / "bench" / "data", weights())
    report(unseen, fitted, Kodeverk.for_aar())
    by_municipality(unseen)
    workbook()


if __name__ == "__main__":
    main()
