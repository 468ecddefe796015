"""Hvor mye hvert spor veier når en føring vurderes; tilpasset av ``bench.revisjon_vekter`` og lagret i ``models/revisor.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, get_args

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.revisjon.vane import Revisjonsdimensjon

if TYPE_CHECKING:
    from collections.abc import Mapping


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


@cache
def audit_weights() -> Mapping[Revisjonsdimensjon, Revisorvekter]:
    """Vektene som følger med programmet.

    Raises:
        UserError: vektfilen er skadet.
    """
    path = data_path("models/revisor.json")
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {
            dimension: Revisorvekter(
                {name: float(w) for name, w in raw[dimension]["spor"].items()}, float(raw[dimension]["fort"])
            )
            for dimension in get_args(Revisjonsdimensjon)
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"Vektfilen {path.name} er skadet ({error}); installer kontoplan på nytt.", code="skadet-vektfil"
        ) from error
