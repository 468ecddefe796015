"""Hvorfor en konto ikke er avgjort: kodene det står mellom, ordene som ville skilt dem, og det som likevel er sikkert."""

from __future__ import annotations

from collections import defaultdict
from math import fsum
from typing import TYPE_CHECKING

from kontoplan.evidence.model import model_witness
from kontoplan.judge import carried_by_number, likely, nearest
from kontoplan.kodeverk.grupper import gruppe_av, grupper
from kontoplan.sak import Flagg
from kontoplan.tall import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.model import ModelWitness
    from kontoplan.judge import Score
    from kontoplan.sak import Evidence, Vurdering
    from kontoplan.weights import Weights

_OPEN = frozenset({"usikker", "tvetydig", "ukjent"})


def doubt_flags(
    answer: Vurdering, scores: Sequence[Score], evidence: Sequence[Evidence], listed: Codes, weights: Weights
) -> Iterator[Flagg]:
    """Flaggene på en vurdering det er tvil om."""
    if answer.status == "tvetydig" and len(answer.forslag) > 1:
        yield from _between(answer, model_witness(listed))
    if answer.status == "usikker" and answer.kode and likely(scores[0], evidence, weights):
        yield from _disagreeing(answer.kode, evidence, listed)
    if answer.status in _OPEN and scores[0].sannsynlighet < weights.grovt:
        yield from _coarse(scores, listed, weights)


def _disagreeing(kode: str, evidence: Sequence[Evidence], listed: Codes) -> Iterator[Flagg]:
    """Klassifikatoren og ordlyden peker på hver sin kode."""
    other = nearest(evidence)
    if other not in {kode, None} and not carried_by_number(kode, evidence):
        name = listed.kodeverk.navn(listed.dimensjon, other or "")
        yield Flagg("uenige-vitner", f"Svaret er {kode}, men ordlyden i navnet likner mest på {other} {name}.")


def _between(answer: Vurdering, model: ModelWitness) -> Iterator[Flagg]:
    """De to mest sannsynlige kodene, og ordene som ville talt for hver av dem."""
    one, other = answer.forslag[:2]
    told = [
        f"{' eller '.join(f'«{word}»' for word in words)} ville talt for {forslag.kode}"
        for forslag, words in zip((one, other), model.deciding(one.kode, other.kode), strict=True)
        if words
    ]
    words = f" Ord som {', '.join(told)}." if told else ""
    yield Flagg("tvetydig", f"Står mellom {one.kode} {one.navn} og {other.kode} {other.navn}.{words}")


def _coarse(scores: Sequence[Score], listed: Codes, weights: Weights) -> Iterator[Flagg]:
    """Gruppen koden er i, når den er sikker selv om koden ikke er det."""
    shares: dict[str, list[float]] = defaultdict(list)
    for score in scores:
        group = gruppe_av(listed.dimensjon, score.kode)
        if group and score.kode in listed.valid:
            shares[group.gruppe].append(score.sannsynlighet)
    for group in grupper(listed.dimensjon):
        own = shares.get(group.gruppe, ())
        if len(own) > 1 and (share := fsum(own)) >= weights.grovt:
            kind = "Artsserien" if listed.dimensjon == "art" else "Tjenesteområdet"
            yield Flagg("bare-omraade", f"{kind} er sikrere enn koden: {group.gruppe} {group.navn} ({percent(share)}).")
