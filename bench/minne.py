"""Hvor ofte to kontoer i samme kommune med like, eller nesten like, navn har samme KOSTRA-kode.

Kjøres med ``python -m bench.minne``. Det er grunnlaget for hvor mye en avgjørelse om en konto som likner, veier
(``minne`` i ``models/dommer.json``): log-oddsen er regnet med én rett og én feil lagt til.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import combinations
from math import log
from pathlib import Path

from rapidfuzz import fuzz

from kontoplan.text import read
from kontoplan.training.examples import municipality

DATA = Path(__file__).resolve().parent / "data"
BANDS = ((1.0, 1.01, "likt"), (0.9, 1.0, "0,90–1"), (0.85, 0.9, "0,85–0,90"))


def main() -> None:
    """Skriver én linje per dimensjon og likhet."""
    print("dimensjon  likhet      par  samme kode  log-odds")
    for national in ("art", "funksjon"):
        pairs = list(_pairs(national))
        for low, high, name in BANDS:
            same = [agree for score, agree in pairs if low <= score < high]
            odds = log((sum(same) + 1) / (len(same) - sum(same) + 1))
            print(f"{national:10} {name:10} {len(same):4}  {sum(same):10}  {odds:8.2f}")


def _pairs(national: str) -> list[tuple[float, bool]]:
    """Likheten mellom navnene (0–1) og om koden er den samme, for hvert par av kontoer i samme kommune."""
    accounts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (DATA / f"{national}_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, code = " ".join(sorted(read(row["lokal_navn"]).ord)), row[f"{national}_fasit_2026"]
            if name and code:
                accounts[municipality(row["kilde"])].append((name, code))
    return [
        (fuzz.ratio(a, b) / 100, code == other)
        for found in accounts.values()
        for (a, code), (b, other) in combinations(found, 2)
    ]


if __name__ == "__main__":
    main()
