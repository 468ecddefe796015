"""Lager ``models/fraser.npz``: alle frasene i ``rules/`` ferdig lest, så ingen venter på det ved oppstart.

Kjøres med ``python -m kontoplan.training.phrases`` når frasene, ordlistene eller koden som leser tekst endres.
"""

from __future__ import annotations

from typing import get_args

from kontoplan.data import data_path
from kontoplan.evidence.codes import codes
from kontoplan.evidence.store import Store, save
from kontoplan.evidence.wording import phrases
from kontoplan.kodeverk import Kodeverk
from kontoplan.sak import Regnskap

_DIMENSIONS = ("art", "funksjon", "kapittel")


def all_phrases() -> list[str]:
    """Hver frase noe år og noe regnskap trenger, sortert."""
    found = {
        phrase
        for year in Kodeverk.alle_aar()
        for kind in get_args(Regnskap)
        for dimension in _DIMENSIONS
        for _, phrase, _ in phrases(codes(Kodeverk.for_aar(year, kind), dimension))
    }
    return sorted(found)


def main() -> None:
    """Leser frasene og skriver lageret."""
    save(Store.build(all_phrases()), data_path("models") / "fraser.npz")


if __name__ == "__main__":
    main()
