"""Hvor mye hvert spor veier når en føring vurderes; tilpasset av ``bench.revisjon_vekter`` og lagret i ``models/revisor.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.revisjon.vane import Revisjonsdimensjon
from kontoplan.svar import SPORDIMENSJONER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kontoplan.svar import Spordimensjon

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Revisorvekter:
    """Vektene i én dimensjon.

    Attributes:
        spor: Vekten av log-andelen i hvert spor (``vane.SPOR``), og av hvor vanlig koden er (``grunn``)
            og av dommerens log-sannsynlighet (``dom``).
        fort: Log-odds for koden posteringen står på: de fleste føringer er riktige.
    """

    spor: Mapping[str, float]
    fort: float


@dataclass(frozen=True, slots=True)
class Praksisvekter:
    """Hvor sannsynlig en praksis er gal: ``vekt`` ganger log-oddsen teksten gir den andre koden, minus ``fort``."""

    vekt: float
    fort: float

    def chance(self, odds: float) -> float:
        """Sannsynligheten (0–1) når teksten gjør den andre koden ``odds`` ganger så rimelig som den det er ført på."""
        return 1 / (1 + exp(self.fort - self.vekt * log(odds)))


@cache
def audit_weights() -> Mapping[Revisjonsdimensjon, Revisorvekter]:
    """Vektene som følger med programmet.

    Raises:
        UserError: vektfilen er skadet.
    """
    return _read(lambda raw: {d: _weights(raw[d]) for d in get_args(Revisjonsdimensjon)})


@cache
def practice_weights() -> Mapping[Spordimensjon, Praksisvekter]:
    """Vektene for en hel praksis (``slag.praksis``), per dimensjon.

    Raises:
        UserError: vektfilen er skadet.
    """
    return _read(
        lambda raw: {
            d: Praksisvekter(float(given["vekt"]), float(given["fort"]))
            for d, given in ((d, raw["praksis"][d]) for d in SPORDIMENSJONER)
        }
    )


def chance(navn: str) -> float:
    """Sannsynligheten (0–1) for feil i et funnslag der den er fast, eller for én av grunnene i det (``R-DUBLETT/faktura``).

    Den er målt på hovedbøker med kjente feil, eller satt for hånd; hvilken av delene står ved siden av tallet i filen.

    Raises:
        UserError: vektfilen er skadet.
    """
    return _chances()[navn]


@cache
def _chances() -> Mapping[str, float]:
    return _read(lambda raw: {navn: float(given["p"]) for navn, given in raw["slag"].items()})


def _weights(raw: Any) -> Revisorvekter:  # noqa: ANN401 - det som står i filen
    return Revisorvekter({name: float(w) for name, w in raw["spor"].items()}, float(raw["fort"]))


def _read(build: Callable[[Any], _T]) -> _T:
    path = data_path("models/revisor.json")
    try:
        return build(json.loads(path.read_text(encoding="utf-8")))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"Vektfilen {path.name} er skadet ({error}); installer kontoplan på nytt.", code="skadet-vektfil"
        ) from error
