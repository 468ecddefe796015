"""Tilpasser dommerens vekter på utviklingsdataene og skriver ``models/dommer.json``.

Kjøres med ``python -m kontoplan.training.judge bench/data``. Vektene velges så de gjør de rette kodene mest mulig
sannsynlige; tersklene settes på forutsigelser for kommuner som ikke var med da vektene ble tilpasset.
"""

from __future__ import annotations

import itertools
import json
import sys
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.evidence import number
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.hearing import CONTRADICTION, hear
from kontoplan.judge import Score, carried_by_number, prediction_set, weigh
from kontoplan.kodeverk import Kodeverk
from kontoplan.training.examples import Example, fingerprint, load_examples, municipality, tables
from kontoplan.weights import Weights, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.evidence.codes import Codes
    from kontoplan.sak import Dimensjon, Sikkerhet

# Verdiene som prøves.
_WORDING = (5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
_NUMBER = (0.6, 0.8, 1.0, 1.2)
_LOCAL = (-2.0, -1.0, 0.0)
# Reglenes vekt etter sikkerhet før styrken er tilpasset: det som bare er kunnskap, veier aldri mer enn middels.
_RULE: dict[Sikkerhet, float] = {"kilde": 4.0, "delvis": 3.5, "kunnskap": 2.0}
_SCALES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
_FLOOR = 1e-4  # en feil kan ikke koste mer enn dette i tilpasningen
_PRECISION, _COVERAGE = 0.99, 0.95
_NEVER = 1.01
_ENOUGH = 20  # færre svar enn dette sier for lite om andelen rette


@dataclass(frozen=True, slots=True)
class Prediction:
    """Det dommeren svarte på et eksempel, med nummeret vist eller skjult, og om nummeret bar svaret."""

    example: Example
    shown: bool
    carried: bool
    scores: tuple[Score, ...]

    @property
    def right(self) -> bool:
        """Om beste kode er fasit."""
        return self.scores[0].kode == self.example.fasit

    @property
    def rank(self) -> int:
        """Plassen fasit fikk, 1 er best."""
        return next((at for at, s in enumerate(self.scores, 1) if s.kode == self.example.fasit), len(self.scores))


def predict(examples: Sequence[Example], kodeverk: Kodeverk, fitted: Weights) -> list[Prediction]:
    """Dommerens svar på hvert eksempel uten nummeret, og på dem som har et, også med."""
    found: list[Prediction] = []
    for (_, dimension), table in tables(examples):
        listed = codes(kodeverk, NATIONAL[dimension])
        pattern = _pattern(table, dimension, listed, fitted)
        found += [_predict(example, pattern, listed, fitted) for example in table if pattern and example.nummer]
        found += [_predict(example, None, listed, fitted) for example in table]
    return found


def _pattern(
    table: Sequence[Example], dimension: Dimensjon, listed: Codes, fitted: Weights
) -> number.NumberWitness | None:
    rows = [number.Row(e.nummer, e.matches) for e in table]
    return number.infer(rows, listed, fitted.palitelighet[dimension], fitted.ordlyd[dimension])


def _predict(example: Example, pattern: number.NumberWitness | None, listed: Codes, fitted: Weights) -> Prediction:
    hearing = hear(example.sak, example.matches, pattern, listed, fitted)
    scores = weigh(hearing.evidence, listed, fitted)
    carried = carried_by_number(scores[0].kode, hearing.evidence)
    return Prediction(example, pattern is not None, carried, scores)


def contradictions(examples: Sequence[Example], kodeverk: Kodeverk, start: Weights) -> dict[str, tuple[int, int]]:
    """Per kommune: hvor mange ganger nummeret hadde rett og feil der navnet tydelig talte for en annen kode."""
    found: dict[str, tuple[int, int]] = {}
    for (_, dimension), table in tables(examples):
        listed = codes(kodeverk, NATIONAL[dimension])
        pattern = _pattern(table, dimension, listed, start)
        for example in table:
            hearing = hear(example.sak, example.matches, pattern, listed, start)
            if any(f.id == CONTRADICTION for f in hearing.flagg):
                right = any(e.bevis == "nummer" and e.kode == example.fasit for e in hearing.evidence)
                name = municipality(example.kilde)
                so_far = found.get(name, (0, 0))
                found[name] = (so_far[0] + right, so_far[1] + (not right))
    return found


def _tempered(fitted: Weights, found: dict[str, tuple[int, int]], *, without: str = "") -> Weights:
    """Vektene med log-oddsen for nummeret i slike uenigheter (Laplace: én rett og én feil lagt til)."""
    right = sum(r for name, (r, _) in found.items() if name != without)
    wrong = sum(w for name, (_, w) in found.items() if name != without)
    return replace(fitted, uenighet=round(log((right + 1) / (wrong + 1)), 4))


Grid = dict[tuple[str, "Dimensjon", float, float, float], float]


def loss_grid(examples: Sequence[Example], kodeverk: Kodeverk, start: Weights) -> Grid:
    """Summen av negativ log-sannsynlighet for de rette kodene, per kommune, dimensjon og sett av vekter.

    Svarene for én kommune avhenger ikke av de andre, så alle utvalg av kommuner kan tilpasses på den samme tabellen.
    """
    found: Grid = {}
    key = _group
    for (name, dimension), group in itertools.groupby(sorted(examples, key=key), key=key):
        table = list(group)
        for wording_weight, number_weight, local in itertools.product(_WORDING, _NUMBER, _LOCAL):
            tried = replace(
                start, ordlyd={**start.ordlyd, dimension: wording_weight}, nummer=number_weight, rapporteres_ikke=local
            )
            cost = sum(_cost(p) for p in predict(table, kodeverk, tried))
            found[name, dimension, wording_weight, number_weight, local] = cost
    return found


def _group(example: Example) -> tuple[str, Dimensjon]:
    return municipality(example.kilde), example.dimensjon


def _cost(prediction: Prediction) -> float:
    return -log(max(prediction.scores[prediction.rank - 1].sannsynlighet, _FLOOR))


def fit(grid: Grid, start: Weights, *, without: str = "") -> Weights:
    """Vektene som gir lavest tap på alle kommunene unntatt ``without``."""
    groups = {(name, dimension) for name, dimension, *_ in grid if name != without}
    dimensions = sorted({dimension for _, dimension in groups})

    def total(dimension: Dimensjon, weight: float, shared: tuple[float, float]) -> float:
        return sum(grid[n, d, weight, *shared] for n, d in groups if d == dimension)

    def best(dimension: Dimensjon, shared: tuple[float, float]) -> tuple[float, float]:
        return min((total(dimension, weight, shared), weight) for weight in _WORDING)

    shared = min(itertools.product(_NUMBER, _LOCAL), key=lambda pair: (sum(best(d, pair)[0] for d in dimensions), pair))
    wording_weights = {**start.ordlyd, **{d: best(d, shared)[1] for d in dimensions}}
    return replace(start, ordlyd=wording_weights, nummer=shared[0], rapporteres_ikke=shared[1])


def _with_rules(examples: Sequence[Example], kodeverk: Kodeverk, fitted: Weights) -> Weights:
    """Vektene med den styrken på reglene som gir lavest tap; forholdet mellom sikkerhetene ligger fast."""

    def scaled(scale: float) -> Weights:
        return replace(fitted, regel={certainty: round(w * scale, 2) for certainty, w in _RULE.items()})

    return min((scaled(s) for s in _SCALES), key=lambda w: sum(_cost(p) for p in predict(examples, kodeverk, w)))


def held_out(examples: Sequence[Example], kodeverk: Kodeverk, start: Weights, grid: Grid) -> list[Prediction]:
    """Svarene for hver kommune fra vekter tilpasset på alle de andre."""
    against = contradictions(examples, kodeverk, start)
    found: list[Prediction] = []
    for name in sorted({municipality(e.kilde) for e in examples}):
        own = [e for e in examples if municipality(e.kilde) == name]
        rest = [e for e in examples if municipality(e.kilde) != name]
        fitted = _with_rules(rest, kodeverk, _tempered(fit(grid, start, without=name), against, without=name))
        found += predict(own, kodeverk, fitted)
    return found


def sure_threshold(predictions: Sequence[Prediction], precision: float = _PRECISION) -> float:
    """Laveste sannsynlighet der andelen rette blant alle over den er minst ``precision``.

    0 når de er det alle sammen, og 1,01 når det er for få svar eller for mange feil til å si det om noen.
    """
    ordered = sorted(predictions, key=lambda p: -p.scores[0].sannsynlighet)
    threshold, right = _NEVER, 0
    for count, prediction in enumerate(ordered, 1):
        right += prediction.right
        if right / count >= precision and count >= _ENOUGH:
            threshold = prediction.scores[0].sannsynlighet if count < len(ordered) else 0.0
    return threshold


def _sure(unseen: Sequence[Prediction], *, carried: bool) -> dict[Dimensjon, float]:
    """Terskelen for hver dimensjon, aldri under den andelen rette statusen lover.

    Balansen har ingen utviklingsdata og får den strengeste av art og funksjon.
    """
    found: dict[Dimensjon, float] = {}
    dimensions: tuple[Dimensjon, ...] = ("art", "funksjon", "ansvar")
    for dimension in dimensions:
        own = [p for p in unseen if p.example.dimensjon == dimension and p.carried is carried]
        found[dimension] = round(max(sure_threshold(own), _PRECISION), 4)
    return {**found, "balanse": max(found["art"], found["funksjon"])}


def set_coverage(predictions: Sequence[Prediction], coverage: float = _COVERAGE) -> float:
    """Laveste sannsynlighetssum mengden må ha for at fasit er med i andelen ``coverage`` av tilfellene."""
    for level in (x / 100 for x in range(80, 100)):
        hits = sum(p.rank <= len(prediction_set(p.scores, level)) for p in predictions)
        if hits / len(predictions) >= coverage:
            return level
    return 0.99


def train(folder: Path, start: Weights) -> tuple[Weights, list[Prediction]]:
    """Vektene tilpasset på dataene i ``folder``, og svarene tersklene er satt på (hver kommune holdt utenfor)."""
    kodeverk = Kodeverk.for_aar()
    examples = load_examples(folder, kodeverk)
    grid = loss_grid(examples, kodeverk, start)
    unseen = held_out(examples, kodeverk, start, grid)
    fitted = _tempered(fit(grid, start), contradictions(examples, kodeverk, start))
    fitted = _with_rules(examples, kodeverk, fitted)
    # Balansen har ingen utviklingsdata; navnene der er korte og faste som artsnavnene, og får samme vekt.
    wording_weights = {**fitted.ordlyd, "balanse": fitted.ordlyd["art"]}
    coverage = max(set_coverage([p for p in unseen if p.shown is shown]) for shown in (True, False))
    fitted = replace(
        fitted,
        ordlyd=wording_weights,
        sikker=_sure(unseen, carried=False),
        sikker_med_nummer=_sure(unseen, carried=True),
        dekning=coverage,
        data=fingerprint(folder),
    )
    return fitted, unseen


def main() -> None:
    """Tilpasser, setter terskler og skriver vektfilen."""
    fitted, _ = train(Path(sys.argv[1]), weights())
    raw = {name: getattr(fitted, name) for name in Weights.__slots__}
    target = data_path("models") / "dommer.json"
    target.write_text(json.dumps(raw, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
