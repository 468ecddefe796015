"""Ordene i ``rules/sporsmal/ord.csv``: spørreordene, og uttrykkene som sier noe om saken rundt det som er kjøpt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read

if TYPE_CHECKING:
    from pathlib import Path

KJENT = ("retning", "mottaker", "klasse")
"""Det et spørsmål kan si om saken rundt det som er kjøpt eller tjent."""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Ordlisten for spørsmål.

    Attributes:
        frame: Ord som hører til selve spørsmålet («hvor», «føres», «vi»).
        dimension: Ord som sier hvilken dimensjon det spørres om → ``art`` eller ``funksjon``.
        signs: For hvert slag i :data:`KJENT`: uttrykk → verdi.
    """

    frame: frozenset[str]
    dimension: dict[str, str]
    signs: dict[str, dict[str, str]]


def load(path: Path) -> QuestionWords:
    """Leser ordlisten i ``path``.

    Raises:
        UserError: listen kan ikke leses, eller en linje har en ukjent verdi.
    """
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read(path, ("uttrykk", "slag", "verdi", "kilde", "sikkerhet")):
        groups[row.valg("slag", ("ramme", "dimensjon", *KJENT))][row.tekst("uttrykk")] = row.felt("verdi")
    return QuestionWords(frozenset(groups["ramme"]), groups["dimensjon"], {name: groups[name] for name in KJENT})


@cache
def question_words() -> QuestionWords:
    """Ordlisten som følger med programmet; leses én gang."""
    return load(data_path("rules/sporsmal/ord.csv"))
