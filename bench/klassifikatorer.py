"""Ulike slags klassifikatorer på de samme trekkene, målt på ekte kommuner som ikke var med.

Kjøres med ``python -m bench.klassifikatorer`` (om ønsket med navnet på én tabell, ``art`` eller ``"funksjon og ansvar"``) og gir tabellen i models/MODELLKORT.md. Ingen av dem får varianter av
tekstene, og ingen får hjelp av de andre vitnene.
"""

from __future__ import annotations

import sys
import time
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from kontoplan.evidence.clues import clues
from kontoplan.training.classifier import matrix, prepare
from kontoplan.training.corpus import corpus
from kontoplan.training.examples import FOLDS, folds, held_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.training.line import Line

NATIONAL = {"art": ("art",), "funksjon og ansvar": ("funksjon", "ansvar")}


def candidates() -> dict[str, Any]:
    """Klassifikatorene som prøves, ferske."""
    sgd = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=5, tol=None, average=True, random_state=0, n_jobs=2)
    return {
        "komplementær naiv Bayes": ComplementNB(alpha=0.1),
        "nærmeste naboer over fraser (k=5, cosinus)": KNeighborsClassifier(5, metric="cosine", weights="distance"),
        "statiske vektorer (SVD 200) + logistisk regresjon": make_pipeline(
            TruncatedSVD(200, random_state=0), LogisticRegression(C=30, max_iter=60)
        ),
        "lineær SVM": LinearSVC(C=0.5),
        "logistisk regresjon, alle koder sammen": LogisticRegression(C=10, max_iter=40),
        "logistisk regresjon, kode for kode (valgt)": sgd,
        "naiv Bayes og logistisk regresjon i lag": VotingClassifier(
            [("nb", ComplementNB(alpha=0.1)), ("lr", sgd)], voting="soft"
        ),
    }


def scores(model: Any, features: Any) -> Any:  # noqa: ANN401 - scikit-learn har ingen typer
    """Poeng per tekst og kode."""
    return model.predict_proba(features) if hasattr(model, "predict_proba") else model.decision_function(features)


def ranks(model: Any, space: Any, own: Sequence[Line]) -> list[int]:  # noqa: ANN401
    """Plassen den rette koden fikk for hver linje."""
    if not own:
        return []
    found = [clues(x.tekst, x.dimensjon, space.known, x.kontekst, x.kontoklasse or None) for x in own]
    table = scores(model, matrix(space, found))
    places = []
    for line, row in zip(own, table, strict=True):
        order = model.classes_[np.argsort(-row)]
        places.append(next((at for at, kode in enumerate(order, 1) if kode in line.koder), len(order)))
    return places


def main() -> None:
    """Trener hver av dem uten hver fold og skriver tabellen."""
    warnings.simplefilter("ignore")
    lines = corpus()
    fold = folds(lines)
    chosen = sys.argv[1:] or list(NATIONAL)
    for name, dimensions in ((name, NATIONAL[name]) for name in chosen):
        print(f"\n| {name} | topp 1 | topp 3 | konstruerte, topp 1 | sekunder |\n|---|--:|--:|--:|--:|")
        members = [line for line in lines if line.dimensjon in dimensions]
        places: dict[str, dict[bool, list[int]]] = {kind: {True: [], False: []} for kind in candidates()}
        spent = dict.fromkeys(places, 0.0)
        for out in range(FOLDS):
            space, features, truth = prepare(held_out(members, fold, out), augmented=False)
            first = np.asarray([koder[0] for koder in truth])
            for kind, model in candidates().items():
                start = time.perf_counter()
                model.fit(features, first)
                for real in (True, False):
                    own = [x for x in members if fold.get(x.splitt) == out and x.real is real]
                    places[kind][real] += ranks(model, space, own)
                spent[kind] += time.perf_counter() - start
        for kind, by_kind in places.items():
            real, made = np.asarray(by_kind[True]), np.asarray(by_kind[False])
            print(
                f"| {kind} | {np.mean(real == 1):.1%} | {np.mean(real <= 3):.1%} | {np.mean(made == 1):.1%} | {spent[kind]:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
