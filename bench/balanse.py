"""Treff på den konstruerte balansen i ``bench/data/balanse_konstruert.csv``; ingen ekte kommune.

Kjøres med ``python -m bench.balanse`` (med ``--feil`` også de gale svarene) og skriver tabellen i docs/maalinger.md.
Alternativet er det en ville gjort først: rapidfuzz WRatio mot de offisielle navnene på kapitlene.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from kontoplan.kodeverk import Kodeverk
from kontoplan.lesing import Konto
from kontoplan.sak import Kontekst
from kontoplan.usecases.koble import judge_accounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.sak import Vurdering

FILE = Path(__file__).resolve().parent / "data" / "balanse_konstruert.csv"
Row = dict[str, str]


def accounts(rows: Sequence[Row], *, number: bool, around: bool) -> list[Konto]:
    """Kontoene slik en arbeidsbok ville gitt dem: med nummer og sektorkolonne, og med overskriftene rundt, eller uten."""
    kontoer = []
    for at, row in enumerate(rows):
        pieces = [row["sektor_kolonne"] if number else "", row["overskrift"] if around else ""]
        kontekst = Kontekst(overskrift=" / ".join(p for p in pieces if p))
        konto = Konto("plan", "Balanse", at, 0, "balanse", row["lokal_kode"], row["lokal_navn"], "2", kontekst)
        kontoer.append(konto if number else replace(konto, lokal_kode=""))
    return kontoer


def baseline(rows: Sequence[Row], kodeverk: Kodeverk) -> float:
    """Andelen rette kapitler for rapidfuzz WRatio mot de offisielle navnene på bokmål og nynorsk."""
    names = {n.lower(): k.kode for k in kodeverk.koder("kapittel") for n in (k.navn, k.nynorsk) if n}
    found = (process.extractOne(row["lokal_navn"].lower(), list(names), scorer=fuzz.WRatio) for row in rows)
    return sum(names[f[0]] == row["kapittel_fasit"] for f, row in zip(found, rows, strict=True)) / len(rows)


def line(rows: Sequence[Row], answers: Sequence[Vurdering], label: str, other: str) -> str:
    """Én linje i tabellen: kapittel rett, blant de sikre, og sektor rett av alle og av dem som fikk en."""
    pairs = list(zip(rows, answers, strict=True))
    right = sum(a.kode == r["kapittel_fasit"] for r, a in pairs)
    among = sum(r["kapittel_fasit"] in {a.kode, *(f.kode for f in a.forslag)} for r, a in pairs)
    sure = [(r, a) for r, a in pairs if a.status == "sikker"]
    sure_right = sum(a.kode == r["kapittel_fasit"] for r, a in sure)
    told = [(r, a) for r, a in pairs if a.sektor]
    told_right = sum(a.sektor == r["sektor_fasit"] for r, a in told)
    cells = [
        rows[0]["kilde"],
        label,
        str(len(pairs)),
        f"{right / len(pairs):.1%}",
        f"{among / len(pairs):.1%}",
        f"{len(sure) / len(pairs):.1%}",
        f"{sure_right} av {len(sure)}",
        f"{told_right / len(pairs):.1%}",
        f"{told_right} av {len(told)}",
        other,
    ]
    return "| " + " | ".join(cells) + " |"


def mistakes(rows: Sequence[Row], answers: Sequence[Vurdering]) -> None:
    """De gale svarene, til den som forbedrer ordene."""
    for row, answer in zip(rows, answers, strict=True):
        wrong = answer.kode != row["kapittel_fasit"]
        if wrong or (answer.sektor is not None and answer.sektor != row["sektor_fasit"]):
            ids = ",".join(f.id for f in answer.flagg)
            print(
                f"  {row['lokal_kode']:12} {row['lokal_navn'][:44]:44} fasit {row['kapittel_fasit']}/{row['sektor_fasit']}"
                f" svar {answer.kode}/{answer.sektor} {answer.status} {answer.sannsynlighet:.2f} {ids}"
            )


def main() -> None:
    """Skriver tabellen."""
    kodeverk = Kodeverk.for_aar()
    with FILE.open(encoding="utf-8", newline="") as file:
        everything = list(csv.DictReader(file))
    print(
        "| kilde | vist | kontoer | kapittel topp 1 | blant forslagene | sikre | av dem rette | sektor topp 1 | av dem som fikk sektor | WRatio |"
    )
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for _, group in groupby(everything, key=lambda row: row["kilde"]):
        rows = list(group)
        for label, number, around in (
            ("nummer og alt rundt", True, True),
            ("navn og overskrift", False, True),
            ("bare navn", False, False),
        ):
            answers = judge_accounts(accounts(rows, number=number, around=around), kodeverk)
            print(line(rows, answers, label, f"{baseline(rows, kodeverk):.1%}"))
            if "--feil" in sys.argv:
                mistakes(rows, answers)


if __name__ == "__main__":
    main()
