"""Balansevitnet: om navnet eller overskriften sier eiendel, gjeld, egenkapital eller memoria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.rulebase.balance import GRUPPER, balance
from kontoplan.sak import Evidence
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kontoplan.rulebase.balance import Gruppeord, Hvor
    from kontoplan.sak import Sak


def testify(sak: Sak, kandidater: Iterable[str], weight: float) -> Iterator[Evidence]:
    """Taler med ``weight`` (negativ) mot kapitler utenfor gruppene navnet eller overskriften nevner."""
    texts: tuple[tuple[Hvor, str], ...] = (("navn", sak.tekst), ("overskrift", sak.kontekst.overskrift))
    codes = sorted(set(kandidater))
    known = balance()
    for where, text in texts:
        groups, said = known.groups(read(text), where)
        for kode in codes if groups else ():
            chapter = known.kapitler.get(kode)
            if chapter and chapter.gruppe not in groups:
                place = "Navnet" if where == "navn" else "Overskriften"
                message = f"{place} sier «{_words(said)}», men kapittel {kode} er {GRUPPER[chapter.gruppe]}."
                yield Evidence("gyldighet", kode, weight, message, chapter.kilde)


def _words(said: tuple[Gruppeord, ...]) -> str:
    return "», «".join(dict.fromkeys(g.ord.strip("*") for g in said))
