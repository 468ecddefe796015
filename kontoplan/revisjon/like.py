"""Flere funnslag som sier det samme om den samme raden: det blir ett funn, som sier hvem andre som sier det."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.revisjon.funn import Funn


def agreed(found: Iterable[Funn]) -> list[Funn]:
    """Funnene, der de som foreslår det samme på samme rad, er blitt til det mest sannsynlige av dem.

    Et funn uten forslag, på en sum eller på en hel praksis (et annet beløp enn radens) står for seg.
    """
    kept: dict[object, Funn] = {}
    for at, item in enumerate(found):
        same = (item.ark, item.rad, item.ore, tuple(item.foreslatt.items())) if item.foreslatt and not item.sum else at
        other = kept.get(same)
        kept[same] = _together(other, item) if other else item
    return list(kept.values())


def _together(first: Funn, second: Funn) -> Funn:
    best, other = (first, second) if first.sannsynlighet >= second.sannsynlighet else (second, first)
    return replace(best, melding=f"{best.melding} Det samme sier {other.funn}: {other.melding}")
