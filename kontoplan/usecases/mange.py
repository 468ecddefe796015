"""Mange saker på én gang, f.eks. tekstene i en hovedbok: hver forskjellig sak vurderes én gang, på alle kjernene."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.evidence.wording import wording
from kontoplan.hearing import hear, judge
from kontoplan.kodeverk import Kodeverk
from kontoplan.text import read
from kontoplan.weights import weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kontoplan.sak import Regnskap, Sak, Vurdering

_WORTH_A_PROCESS: Final = 3000  # saker; en ny prosess må lese regler og modeller først
_PART: Final = 1000


def judge_many(saker: Iterable[Sak], kodeverk: Kodeverk, *, workers: int | None = None) -> dict[Sak, Vurdering]:
    """Vurderingen av hver forskjellig sak, uten nummer og uten minne.

    Args:
        saker: Sakene; gjentakelser koster ingenting.
        kodeverk: Kodeverket svarene skal gjelde.
        workers: Antall prosesser; ``None`` er én per kjerne.
    """
    unique = list(dict.fromkeys(saker))
    count = min(workers or os.cpu_count() or 1, len(unique) // _WORTH_A_PROCESS + 1)
    parts = [unique[at : at + _PART] for at in range(0, len(unique), _PART)]
    if count == 1:
        answers = (answer for part in parts for answer in _judge_part(part, kodeverk))
        return dict(zip(unique, answers, strict=True))
    # Ferske prosesser: en kopi av en prosess med tråder i (Polars) kan låse seg.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_without_collector) as pool:
        tasks = [pool.submit(_judge_elsewhere, part, kodeverk.aar, kodeverk.regnskap) for part in parts]
        return {
            sak: answer
            for part, task in zip(parts, tasks, strict=True)
            for sak, answer in zip(part, task.result(), strict=True)
        }


def _judge_elsewhere(saker: Sequence[Sak], aar: int, regnskap: Regnskap) -> list[Vurdering]:
    return _judge_part(saker, Kodeverk.for_aar(aar, regnskap))


def _judge_part(saker: Sequence[Sak], kodeverk: Kodeverk) -> list[Vurdering]:
    """Vurderingene, ett steg om gangen for alle sakene: tallene hvert vitne slår opp i, blir da liggende nær prosessoren."""
    known = {sak.dimensjon: (codes(kodeverk, NATIONAL[sak.dimensjon]), weights(sak.dimensjon)) for sak in saker}
    matches = [wording(known[sak.dimensjon][0]).compare(read(sak.tekst)) for sak in saker]
    heard = [hear(sak, found, None, *known[sak.dimensjon]) for sak, found in zip(saker, matches, strict=True)]
    return [judge(hearing, *known[hearing.sak.dimensjon]) for hearing in heard]


def _without_collector() -> None:
    """Ingenting her peker i ring, så søket etter ringer finner ingenting og koster en sjettedel av tiden."""
    gc.disable()
