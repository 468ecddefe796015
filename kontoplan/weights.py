"""Vektene dommeren og vitnene bruker: tilpasset på data av ``kontoplan.training`` og lagret i ``models/dommer.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.sak import Dimensjon, Sikkerhet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """Tallene som avgjør hvor mye hvert bevis veier i én dimensjon.

    Attributes:
        ordlyd: Log-odds per enhet likhet mellom navnet og en frase.
        likhet: Det samme når navnet er det eneste en har; brukes når tallmønsteret i en tabell skal finnes.
        modell: Faktor på klassifikatorens log-odds.
        nummer: Faktor på nummerets egen log-odds.
        uenighet: Høyeste log-odds for nummeret når navnet tydelig taler for en annen kode.
        regel: Log-odds for det en regel sier, etter hvor sikker kilden er (kilde, delvis, kunnskap).
        regel_dekning: Log-odds i tillegg når reglenes ord er hele navnet; mindre når de er en del av det.
        minne: Log-odds for en tidligere avgjørelse om den samme kontoen (``samme``) og om en som likner (``lik``). En
            avgjørelse som gjelder, veies ikke: den bestemmer. Tom betyr at minnet ellers ikke veier noe.
        rapporteres_ikke: Utgangspunkt i log-odds for koder som bare finnes lokalt eller er utgått uten etterfølger.
        feil_klasse: Log-odds for en kode som ikke hører hjemme i kontoklassen kontoen har.
        palitelighet: Hvor ofte lokale nummer bærer koden, før tabellen er sett: (stemmer, stemmer ikke), som
            parametrene i en betafordeling.
        sikker: Minste sannsynlighet for status ``sikker`` når navnet alene avgjør; over 1 når ingen ennå kan være det.
        sikker_med_nummer: Det samme når nummeret bærer koden.
        ukjent: Største sannsynlighet som ennå er ``ukjent``.
        dekning: Andel av sannsynligheten koden må være blant når svaret er en mengde av koder.
        grovt: Minste sannsynlighet for at en hel serie eller et helt område nevnes som sikkert.
    """

    ordlyd: float
    likhet: float
    modell: float
    nummer: float
    uenighet: float
    regel: Mapping[Sikkerhet, float]
    regel_dekning: float
    minne: Mapping[str, float]
    rapporteres_ikke: float
    feil_klasse: float
    palitelighet: tuple[float, float]
    sikker: float
    sikker_med_nummer: float
    ukjent: float
    dekning: float
    grovt: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """Alt dommeren er tilpasset med: vektene per dimensjon, og fingeravtrykket av dataene bak dem."""

    dimensjoner: Mapping[Dimensjon, Weights]
    data: str


def load(path: Path) -> Judgement:
    """Leser en vektfil.

    Raises:
        UserError: filen er ikke gyldig JSON eller mangler en vekt.
    """
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = {dimension: _weights(raw["dimensjoner"][dimension]) for dimension in get_args(Dimensjon)}
        return Judgement(found, str(raw["data"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"Vektfilen {path.name} er skadet ({error}); installer kontoplan på nytt.", code="skadet-vektfil"
        ) from error


def _weights(raw: dict[str, Any]) -> Weights:
    a, b = raw["palitelighet"]
    found: dict[str, Any] = {
        "regel": {certainty: float(raw["regel"][certainty]) for certainty in get_args(Sikkerhet)},
        "minne": {kind: float(value) for kind, value in raw["minne"].items()},
        "palitelighet": (float(a), float(b)),
    }
    found.update({f.name: float(raw[f.name]) for f in fields(Weights) if f.name not in found})
    return Weights(**found)


@cache
def judgement() -> Judgement:
    """Alt som følger med programmet; leses én gang."""
    return load(data_path("models/dommer.json"))


def weights(dimensjon: Dimensjon) -> Weights:
    """Vektene som følger med programmet, for én dimensjon."""
    return judgement().dimensjoner[dimensjon]
