"""Lager ``rules/ord/ledd.csv``: ordene som andre ord i regelverket er satt sammen av.

Et ord er et ledd når det står alene i regelverkets egne fraser og minst ett annet ord der begynner eller slutter med
det, med et annet slikt ord som rest. Kjøres med ``python -m kontoplan.training.ledd`` når frasene endres.
"""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.text.fold import fold
from kontoplan.text.words import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST = 3
_MIN_USES = 1
_LINKS = ("", "s", "e")


def find_parts(texts: Iterable[str], not_parts: frozenset[str] = frozenset()) -> Counter[str]:
    """Ledd → antall sammensatte ord som bruker det, av alle ordene i ``texts``.

    ``not_parts`` er endelser og småord som tilfeldigvis også er ord, og som ville delt for mye.
    """
    words = {canonical(w) for text in texts for w in _letters(text)}
    alone = {w for w in words if len(w) >= _SHORTEST and w not in not_parts}
    uses: Counter[str] = Counter()
    for word in words:
        for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
            head, tail = word[:cut], word[cut:]
            if tail not in alone:
                continue
            for link in _LINKS:
                if head.endswith(link) and (bare := head[: len(head) - len(link)]) in alone:
                    uses.update((bare, tail))
    return Counter({part: n for part, n in uses.items() if n >= _MIN_USES})


def _column(name: str, column: str) -> list[str]:
    with data_path(f"rules/{name}").open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def _letters(text: str) -> list[str]:
    return "".join(c if c.isalpha() else " " for c in fold(text)).split()


def main() -> None:
    """Leser frasene i ``rules/avgrensninger`` og navnene i ``rules/kodeverk`` og ordlisten og skriver ``rules/ord/ledd.csv``."""
    texts: list[str] = []
    for name, column in (
        ("avgrensninger/omfatter.csv", "tekst"),
        ("kodeverk/navn.csv", "navn"),
        ("ord/forkortelser.csv", "betydning"),
    ):
        texts += _column(name, column)
    parts = find_parts(texts, frozenset(_column("ord/ikke_ledd.csv", "ord")))
    with (data_path("rules/ord") / "ledd.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["ledd", "antall"])
        writer.writerows(sorted(parts.items()))


if __name__ == "__main__":
    main()
