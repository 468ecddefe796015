"""Fra øre til hele tusen kroner, slik at summene mottaket kontrollerer, holder også etter avrundingen."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TUSEN = 100_000
"""Øre i tusen kroner."""

REGEL = (
    "Hver post avrundes til nærmeste tusen kroner. Postene som kontrolleres mot en sum (overføring til investering 570/970, avskrivninger "
    "590/990, samarbeid 290 og 465, årsavslutning 899; i balansen eiendeler, gjeld og egenkapital, memoria), avrundes gruppevis så gruppens "
    "sum er den avrundede summen, og resten så kontoklassens sum er det. Da rundes de postene opp eller ned som lå nærmest midten."
)

Nokkel = tuple[str, str, str]
"""Kontoklasse, funksjon (kapittel) og art (sektor)."""

_ARTS = frozenset({"570", "970", "590", "990"})
_FUNCTIONS = frozenset({"290", "465", "899"})
_ASSETS, _LIABILITIES, _MEMORIA = range(10, 30), range(31, 6000), range(9100, 10_000)
_COUNTER_MEMORIA = "9999"


def to_thousands(amounts: Mapping[Nokkel, int], *, balanse: bool) -> dict[Nokkel, int]:
    """Beløpene i hele tusen kroner.

    Args:
        amounts: Øre per post.
        balanse: Om postene er en balanse.

    Returns:
        Tusen kroner per post. Ingen post er mer enn ett tusen fra det eksakte beløpet (når det er flere poster enn de få gruppene), og summen av hver kontoklasse (i
        balansen eiendeler mot gjeld og egenkapital) er den avrundede eksakte summen.
    """
    by_class: dict[str, dict[str, list[Nokkel]]] = defaultdict(lambda: defaultdict(list))
    for key in sorted(amounts):
        side, group = _group(key, balanse=balanse)
        by_class[side][group].append(key)
    found: dict[Nokkel, int] = {}
    for groups in by_class.values():
        # Den siste og største gruppen tar opp forskjellen, så hele klassen går opp.
        order = sorted(groups, key=lambda name: len(groups[name]))
        target = nearest(sum(amounts[key] for keys in groups.values() for key in keys))
        for name in order:
            keys = groups[name]
            wanted = target if name == order[-1] else nearest(sum(amounts[key] for key in keys))
            rounded = _fit([amounts[key] for key in keys], wanted)
            target -= sum(rounded)
            found.update(zip(keys, rounded, strict=True))
    return found


def nearest(ore: int) -> int:
    """Nærmeste hele tusen; halve tusen fra null.

    >>> nearest(149_999), nearest(150_000), nearest(-150_000)
    (1, 2, -2)
    """
    whole = (2 * abs(ore) + TUSEN) // (2 * TUSEN)
    return whole if ore >= 0 else -whole


def _group(key: Nokkel, *, balanse: bool) -> tuple[str, str]:
    klasse, funksjon, art = key
    if not balanse:
        return klasse, f"art {art}" if art in _ARTS else f"funksjon {funksjon}" if funksjon in _FUNCTIONS else "resten"
    number = int(funksjon) if funksjon.isdigit() else 0
    if number in _MEMORIA:
        return "memoria", "motpost" if funksjon == _COUNTER_MEMORIA else "memoria"
    return (
        "balanse",
        "eiendeler" if number in _ASSETS else "gjeld og egenkapital" if number in _LIABILITIES else "annet",
    )


def _fit(ore: Sequence[int], wanted: int) -> list[int]:
    """Avrundede beløp som summerer til ``wanted``; de som lå nærmest midten, flyttes først."""
    rounded = [nearest(value) for value in ore]
    left = wanted - sum(rounded)
    step = 1 if left > 0 else -1
    # Feilen etter flytting er minst for dem som alt er rundet langt i motsatt retning.
    order = sorted(range(len(ore)), key=lambda at: (step * (rounded[at] * TUSEN - ore[at]), at))
    at = 0
    while left:
        rounded[order[at % len(order)]] += step
        left -= step
        at += 1
    return rounded
