"""Ordlistene i ``rules/ord``: forkortelser og synonymer, nynorsk til bokmål, og leddene sammensatte ord er bygd av."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Forkortelser på to bokstaver (OT, EK) og de som også er vanlige ord (RUS, VAR), gjelder bare med store bokstaver.
_SHORT_ACRONYM = 3
_SHORTEST_HEAD = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Alle ordlistene, klare til oppslag.

    Attributes:
        phrases: Brettet skrivemåte (ett eller flere ord, med punktum) til ordene den står for.
        acronyms: Det samme for korte forkortelser som bare gjelder med store bokstaver.
        longest: Flest ord i en skrivemåte.
        whole, start, end, inside: Nynorsk til bokmål, etter hvor i ordet byttet gjelder, lengste først.
        parts: Ledd som sammensatte ord kan deles i, med hvor mange ord i regelverket som bruker leddet.
        undivided: Ord som ser sammensatte ut, men ikke betyr leddene sine («veileder» er ingen leder på veien).
    """

    phrases: dict[str, str]
    acronyms: dict[str, str]
    longest: int
    whole: dict[str, str]
    start: tuple[tuple[str, str], ...]
    end: tuple[tuple[str, str], ...]
    inside: tuple[tuple[str, str], ...]
    parts: dict[str, int]
    undivided: frozenset[str]

    def complete(self, head: str) -> str | None:
        """Det vanligste leddet som begynner slik, når begynnelsen er lang nok til å bety noe."""
        if len(head) < _SHORTEST_HEAD:
            return None
        longer = [part for part in self.parts if part.startswith(head)]
        return max(longer, key=lambda part: (self.parts[part], -len(part), part), default=None)


def _rows(
    path: Path, columns: tuple[str, ...], *, allowed: Callable[[dict[str, str]], bool] = lambda _: True
) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [c for c in columns if c not in (reader.fieldnames or ())]
        if missing:
            raise UserError(
                f"Ordlisten {path.name} mangler kolonnen {missing[0]} i linje 1; hent filen på nytt.",
                code="ugyldig-ordliste",
            )
        for row in reader:
            if not row[columns[0]]:
                raise UserError(
                    f"Ordlisten {path.name} har tom {columns[0]} i linje {reader.line_num}; fyll ut eller slett linjen.",
                    code="ugyldig-ordliste",
                )
            if None in row.values() or not allowed(row):
                raise UserError(
                    f"Ordlisten {path.name} har en verdi som ikke kan brukes i linje {reader.line_num} ({row[columns[0]]}); "
                    "hent filen på nytt.",
                    code="ugyldig-ordliste",
                )
            yield row


def _abbreviations(path: Path, parts: dict[str, int]) -> tuple[dict[str, str], dict[str, str]]:
    phrases: dict[str, str] = {}
    acronyms: dict[str, str] = {}
    for row in _rows(path, ("form", "betydning", "slag")):
        if row["slag"] == "navn":  # navn på organisasjoner gjenkjennes best slik de skrives
            continue
        form, meaning = row["form"], fold(row["betydning"])
        if row["slag"] == "tvetydig":  # begge betydninger blir med; sammenhengen får avgjøre
            meaning = " ".join(word for word in meaning.replace("/", " ").split() if word != "eller")
        common = len(form) < _SHORT_ACRONYM or form.lower() in parts
        target = acronyms if form.isupper() and len(form) <= _SHORT_ACRONYM and common else phrases
        target.setdefault(form if target is acronyms else fold(form), meaning)
    return phrases, acronyms


def load(folder: Path) -> Lexicon:
    """Leser ordlistene i ``folder``.

    Raises:
        UserError: en liste mangler en kolonne, har en tom linje eller en verdi som ikke kan brukes.
    """
    swaps: dict[str, list[tuple[str, str]]] = {"ord": [], "start": [], "slutt": [], "hvor": []}
    for row in _rows(folder / "nynorsk.csv", ("fra", "til", "plass"), allowed=lambda row: row["plass"] in swaps):
        swaps[row["plass"]].append((row["fra"], row["til"]))
    counted = _rows(folder / "ledd.csv", ("ledd", "antall"), allowed=lambda row: row["antall"].isdecimal())
    parts = {row["ledd"]: int(row["antall"]) for row in counted}
    phrases, acronyms = _abbreviations(folder / "forkortelser.csv", parts)
    return Lexicon(
        phrases=phrases,
        acronyms=acronyms,
        longest=max((len(form.split()) for form in phrases), default=1),
        whole=dict(swaps["ord"]),
        start=tuple(sorted(swaps["start"], key=lambda s: -len(s[0]))),
        end=tuple(sorted(swaps["slutt"], key=lambda s: -len(s[0]))),
        inside=tuple(sorted(swaps["hvor"], key=lambda s: -len(s[0]))),
        parts=parts,
        undivided=frozenset(row["ord"] for row in _rows(folder / "hele_ord.csv", ("ord",))),
    )


@cache
def lexicon() -> Lexicon:
    """Ordlistene som følger med programmet; leses én gang."""
    return load(data_path("rules/ord"))
