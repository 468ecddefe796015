"""Å høre eksemplene slik ``koble`` hører kontoene: med nummeret vist der de har et, og med det skjult."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.evidence import number
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.hearing import hear
from kontoplan.judge import carried_by_number, seconded, weigh
from kontoplan.training.examples import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kontoplan.evidence.model import ModelWitness
    from kontoplan.hearing import Hearing
    from kontoplan.judge import Score
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon
    from kontoplan.training.examples import Example
    from kontoplan.weights import Weights

    Models = Callable[[Example], ModelWitness]


@dataclass(frozen=True, slots=True)
class Prediction:
    """Det dommeren svarte på et eksempel.

    Attributes:
        example: Eksemplet.
        shown: Om nummeret var med.
        carried: Om nummeret bar svaret.
        blocked: Om et flagg, eller at vitnene er uenige, gjør at et menneske må se på saken uansett.
        scores: Kodene, mest sannsynlig først.
    """

    example: Example
    shown: bool
    carried: bool
    blocked: bool
    scores: tuple[Score, ...]

    @property
    def probability(self) -> float:
        """Sannsynligheten for koden som er mest sannsynlig."""
        return self.scores[0].sannsynlighet

    @property
    def right(self) -> bool:
        """Om beste kode er en av de rette."""
        return self.scores[0].kode in self.example.line.koder

    @property
    def rank(self) -> int:
        """Plassen den første rette koden fikk, 1 er best; bak alle andre når ingen taler for den."""
        koder = self.example.line.koder
        return next((at for at, s in enumerate(self.scores, 1) if s.kode in koder), len(self.scores) + 1)


def hearings(
    examples: Sequence[Example], kodeverk: Kodeverk, fitted: Callable[[Dimensjon], Weights], models: Models
) -> Iterator[tuple[Example, bool, Hearing]]:
    """Hvert eksempel med nummeret vist (der det har et og tabellen har et mønster), og med det skjult."""
    for dimension, table in tables(examples):
        listed, weights = codes(kodeverk, NATIONAL[dimension]), fitted(dimension)
        rows = [number.Row(e.line.nummer, e.matches) for e in table]
        pattern = number.infer(rows, listed, weights.palitelighet, weights.likhet)
        for example in table:
            model = models(example)
            if pattern and example.line.nummer:
                yield example, True, hear(example.sak, example.matches, pattern, listed, weights, model=model)
            yield example, False, hear(example.hidden, example.matches, None, listed, weights, model=model)


def predict(
    examples: Sequence[Example], kodeverk: Kodeverk, fitted: Callable[[Dimensjon], Weights], models: Models
) -> list[Prediction]:
    """Dommerens svar på hvert eksempel, med og uten nummer."""
    found = []
    for example, shown, hearing in hearings(examples, kodeverk, fitted, models):
        dimension = example.line.dimensjon
        scores = weigh(hearing.evidence, codes(kodeverk, NATIONAL[dimension]), fitted(dimension))
        carried = carried_by_number(scores[0].kode, hearing.evidence)
        stopped = not seconded(scores[0].kode, hearing.evidence, hearing.flagg)
        found.append(Prediction(example, shown, carried, stopped, scores))
    return found
