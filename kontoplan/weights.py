"""Vektene dommeren og vitnene bruker: tilpasset på data av ``kontoplan.training`` og lagret i ``models/dommer.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kontoplan.data import data_path
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.sak import Dimensjon, Sikkerhet


@dataclass(frozen=True, slots=True)
class Weights:
    """Tallene som avgjør hvor mye hvert bevis veier.

    Attributes:
        ordlyd: Log-odds per enhet likhet mellom navnet og en frase, per dimensjon.
        nummer: Faktor på nummerets egen log-odds.
        uenighet: Høyeste log-odds for nummeret når navnet tydelig taler for en annen kode.
        minne: Log-odds for en tidligere avgjørelse om den samme kontoen (``samme``) og, per dimensjon, om en som likner. En
            avgjørelse som gjelder, veies ikke: den bestemmer. Tom betyr at minnet ellers ikke veier noe.
        regel: Log-odds for det en regel sier, etter hvor sikker kilden er (kilde, delvis, kunnskap).
        rapporteres_ikke: Utgangspunkt i log-odds for koder som bare finnes lokalt eller er utgått uten etterfølger.
        feil_klasse: Log-odds for en kode som ikke hører hjemme i kontoklassen kontoen har.
        palitelighet: Hvor ofte lokale nummer bærer koden, før tabellen er sett: (stemmer, stemmer ikke) per dimensjon,
            som parametrene i en betafordeling.
        sikker: Minste sannsynlighet for status ``sikker`` når navnet alene avgjør, per dimensjon; over 1 når ingen ennå
            kan være det.
        sikker_med_nummer: Det samme når nummeret bærer koden.
        ukjent: Største sannsynlighet som ennå er ``ukjent``.
        dekning: Andel av sannsynligheten koden må være blant når svaret er en mengde av koder.
        data: Fingeravtrykk av dataene vektene er tilpasset på.
    """

    ordlyd: dict[Dimensjon, float]
    nummer: float
    uenighet: float
    regel: dict[Sikkerhet, float]
    rapporteres_ikke: float
    feil_klasse: float
    palitelighet: dict[Dimensjon, tuple[float, float]]
    sikker: dict[Dimensjon, float]
    sikker_med_nummer: dict[Dimensjon, float]
    ukjent: float
    dekning: float
    data: str
    minne: dict[str, float] = field(default_factory=dict)


def load(path: Path) -> Weights:
    """Leser en vektfil.

    Raises:
        UserError: filen er ikke gyldig JSON eller mangler en vekt.
    """
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Weights(
            ordlyd=_by_dimension(raw["ordlyd"]),
            nummer=float(raw["nummer"]),
            uenighet=float(raw["uenighet"]),
            regel={certainty: float(value) for certainty, value in raw["regel"].items()},
            rapporteres_ikke=float(raw["rapporteres_ikke"]),
            feil_klasse=float(raw["feil_klasse"]),
            palitelighet={dimension: (float(a), float(b)) for dimension, (a, b) in raw["palitelighet"].items()},
            sikker=_by_dimension(raw["sikker"]),
            sikker_med_nummer=_by_dimension(raw["sikker_med_nummer"]),
            ukjent=float(raw["ukjent"]),
            dekning=float(raw["dekning"]),
            data=str(raw["data"]),
            minne={kind: float(value) for kind, value in raw.get("minne", {}).items()},
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"Vektfilen {path.name} er skadet ({error}); installer kontoplan på nytt.", code="skadet-vektfil"
        ) from error


def _by_dimension(raw: dict[Dimensjon, Any]) -> dict[Dimensjon, float]:
    return {dimension: float(value) for dimension, value in raw.items()}


@cache
def weights() -> Weights:
    """Vektene som følger med programmet; leses én gang."""
    return load(data_path("models/dommer.json"))
