"""Treff på kontoplaner som ikke var med, ved siden av det en ville gjort først.

Kjøres med ``make maalinger`` (``python -m bench.treff``) og skriver tabellene i docs/maalinger.md. Klassifikatorene og
vektene er trent uten kommunene de svarer for. Alternativene er rapidfuzz WRatio mot de offisielle navnene, og TF-IDF
med logistisk regresjon på kodenavnene og frasene i avgrensningene.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from kontoplan.evidence.codes import NATIONAL
from kontoplan.kodeverk import Kodeverk
from kontoplan.training.corpus import corpus
from kontoplan.training.judge import train_all
from kontoplan.training.line import KINDS
from kontoplan.training.metrics import is_sure, measure
from kontoplan.usecases.koble import koble
from kontoplan.weights import judgement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.sak import Dimensjon
    from kontoplan.training.judge import Trained
    from kontoplan.training.predict import Prediction
    from kontoplan.weights import Judgement

ROOT = Path(__file__).resolve().parent.parent
DIMENSIONS: tuple[Dimensjon, ...] = ("art", "funksjon", "ansvar", "balanse")


def wratio(predictions: Sequence[Prediction], kodeverk: Kodeverk) -> float:
    """Andelen rette for rapidfuzz WRatio mot de offisielle navnene på bokmål og nynorsk."""
    right = 0
    for p in predictions:
        names = {}
        for kode in kodeverk.koder(NATIONAL[p.example.line.dimensjon]):
            names.update({kode.navn.lower(): kode.kode, kode.nynorsk.lower(): kode.kode})
        found = process.extractOne(p.example.line.tekst.lower(), list(names), scorer=fuzz.WRatio)
        right += bool(found) and names[found[0]] in p.example.line.koder
    return right / len(predictions)


@cache
def plain_classifier(national: Kodedimensjon) -> Any:  # noqa: ANN401 - scikit-learn har ingen typer
    """TF-IDF på ord og logistisk regresjon, lært av kodenavnene og frasene alene."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - bare her
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - bare her
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415 - bare her

    lines = [x for x in corpus() if NATIONAL[x.dimensjon] == national and x.opphav in {"navn", "omfatter"}]
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return make_pipeline(vectors, LogisticRegression(C=10, max_iter=200)).fit(
        [x.tekst.lower() for x in lines], [x.koder[0] for x in lines]
    )


def plain(predictions: Sequence[Prediction]) -> float:
    """Andelen rette for den enkle klassifikatoren."""
    model = plain_classifier(NATIONAL[predictions[0].example.line.dimensjon])
    answers = model.predict([p.example.line.tekst.lower() for p in predictions])
    return sum(a in p.example.line.koder for a, p in zip(answers, predictions, strict=True)) / len(predictions)


def report(answers: Sequence[Prediction], judged: Judgement) -> None:
    """Én linje per dimensjon, med og uten nummer."""
    print(
        "| dimensjon | nummer | kontoer | topp 1 | topp 3 | serie/område | ECE | sikre | av dem rette | mengden har svaret | median | TF-IDF+LR | WRatio |"
    )
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    kodeverk = Kodeverk.for_aar()
    for dimension in DIMENSIONS:
        for shown in (True, False):
            own = [p for p in answers if p.example.line.dimensjon == dimension and p.shown is shown]
            if own:
                m = measure(own, judged.dimensjoner[dimension])
                precision = "–" if m.precision is None else f"{m.precision:.1%}"
                print(
                    f"| {dimension} | {'vist' if shown else 'skjult'} | {m.count} | {m.top1:.1%} | {m.top3:.1%} | {m.group:.1%} "
                    f"| {m.ece:.3f} | {m.sure:.1%} | {precision} | {m.coverage:.1%} | {m.size:g} "
                    f"| {plain(own):.1%} | {wratio(own, kodeverk):.1%} |"
                )


def by_municipality(trained: Trained) -> None:
    """Topp 1 per kommune, med nummer der kilden har det, ellers uten."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for p in trained.unseen:
        if p.example.line.real:
            kind = "vist" if p.shown else "skjult"
            sure = is_sure(p, trained.judgement.dimensjoner[p.example.line.dimensjon])
            counts[p.example.line.splitt, p.example.line.dimensjon].update(
                {kind: 1, f"{kind} rett": int(p.right), f"{kind} feil sikker": int(sure and not p.right)}
            )
    print("\n| kommune | dimensjon | nummer vist | nummer skjult | sikre og feil |")
    print("|---|---|--:|--:|--:|")
    for (name, dimension), c in sorted(counts.items()):
        cells = [f"{c[k + ' rett']} av {c[k]}" if c[k] else "–" for k in ("vist", "skjult")]
        wrong = c["vist feil sikker"] + c["skjult feil sikker"]
        print(f"| {name} | {dimension} | {cells[0]} | {cells[1]} | {wrong} |")


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
    """Trener med hver kommune utenfor og skriver tabellene."""
    trained = train_all(corpus(), judgement())
    for kind, title in KINDS.items():
        print(f"\n{title.capitalize()} kontoplaner\n")
        report([p for p in trained.unseen if p.example.line.kind == kind], trained.judgement)
    by_municipality(trained)
    workbook()


if __name__ == "__main__":
    main()
