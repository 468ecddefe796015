"""Hvor fort regelbasen lastes og svarer, mot å prøve hver regel etter tur.

Kjøres med ``python -m bench.regler``. Tekstene er kontonavnene i utviklingsdataene.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.rulebase import store
from kontoplan.rulebase.match import RuleBase

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
DATA = Path(__file__).resolve().parent / "data" / "art_dev.csv"


def seconds(work: Callable[[], object]) -> float:
    """Medianen av noen kjøringer."""
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return median(found)


def main() -> None:
    """Måler og skriver."""
    folder = data_path("rules/regler")
    stored = store.load(data_path("models/regler.json"), folder)
    if stored is None:
        raise SystemExit("models/regler.json er ikke fersk; kjør python -m kontoplan.training.rules.")
    rules = list(stored.rules)
    with DATA.open(encoding="utf-8", newline="") as file:
        names = sorted({row["lokal_navn"] for row in csv.DictReader(file)})
    every = {"*": list(range(len(rules)))}  # alle reglene prøves for hver tekst
    RuleBase(rules).hits(names[0], aar=2026, regnskap="kommune")

    def answer(lookup: dict[str, list[int]] | None) -> None:
        base = RuleBase(rules, lookup=lookup)  # ny hver gang, så ingen svar er husket
        for name in names:
            base.hits(name, aar=2026, regnskap="kommune")

    load = seconds(lambda: store.load(data_path("models/regler.json"), folder))
    fast = seconds(lambda: answer(None)) / len(names)
    slow = seconds(lambda: answer(every)) / len(names)
    print(f"{len(rules)} regler: lastet på {load * 1000:.0f} ms")
    print(
        f"én tekst, uten hukommelse: {fast * 1000:.2f} ms; hver regel etter tur: {slow * 1000:.2f} ms ({fast / slow:.2f})"
    )


if __name__ == "__main__":
    main()
