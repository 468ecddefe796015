"""Tid og minne for å lese store hovedbøker, mot det en ville skrevet selv.

    python -m bench.hovedbok [rader]

Rammen er den samme for begge: konto, funksjon, ansvar, prosjekt, tekst, leverandør, bilag, dato, mva-kode, beløp i øre og radnummer,
og summen kontrolleres. Alternativene er ``csv`` og ``decimal`` i standardbiblioteket, og openpyxl for arbeidsboken. Kjøringene går
om hverandre i egne prosesser; korteste tid gjelder, siden annet arbeid på maskinen bare kan gjøre tiden lengre.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from bench.hovedbokdata import make, write_csv, write_xlsx

RUNS = 3
ROWS = 5_000_000
WORKBOOK_ROWS = 200_000
ROOT = Path(__file__).resolve().parent.parent

OURS = """
import sys
from pathlib import Path
from kontoplan.ledger import open_ledger, samle
with open_ledger(Path(sys.argv[1])) as bok:
    frame, lest = samle(bok)
print(lest.sum_ore, lest.rader)
"""
OURS_SUMS = """
import sys
from pathlib import Path
from kontoplan.ledger import open_ledger, summer
with open_ledger(Path(sys.argv[1])) as bok:
    frame, lest = summer(bok, ["klasse", "konto", "funksjon", "ansvar", "prosjekt"])
print(lest.sum_ore, lest.rader)
"""
CSV = """
import csv, datetime, sys
from decimal import Decimal
rows, total = [], 0
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for nr, row in enumerate(csv.DictReader(file, delimiter=";"), 2):
        ore = int(Decimal(row["Beløp"].replace(" ", "").replace(",", ".")) * 100)
        day = datetime.datetime.strptime(row["Bilagsdato"], "%d.%m.%Y").date()
        rows.append((nr, row["Konto"], row["Funksjon"], row["Ansvar"], row["Prosjekt"], row["Tekst"], row["Leverandør"], row["Bilag"], day, row["Mva-kode"], ore))
        total += ore
print(total, len(rows))
"""
CSV_SUMS = """
import csv, sys
from collections import defaultdict
from decimal import Decimal
sums, count = defaultdict(int), 0
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file, delimiter=";"):
        sums[row["Konto"], row["Funksjon"], row["Ansvar"], row["Prosjekt"]] += int(Decimal(row["Beløp"].replace(",", ".")) * 100)
        count += 1
print(sum(sums.values()), count)
"""
OPENPYXL = """
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets[0]
lines = sheet.iter_rows(values_only=True)
next(lines)
rows = [row for row in lines]
print(sum(round(row[-1] * 100) for row in rows), len(rows))
"""


def measure(code: str, path: Path) -> tuple[float, float, str]:
    """Sekunder, største minne i MB, og det programmet skrev."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as process:
        assert process.stdout  # noqa: S101 - er satt opp på linjen over
        answer = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"kjøringen gikk ut med {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024, answer.strip()


def compare(name: str, ours: str, other: str, path: Path) -> None:
    """Kjører de to om hverandre, kontrollerer at de gir samme sum, og skriver en linje."""
    pairs = [(measure(ours, path), measure(other, path)) for _ in range(RUNS)]
    if len({run[2] for pair in pairs for run in pair}) > 1:
        raise SystemExit(f"{name}: summene er ulike: {[run[2] for pair in pairs for run in pair]}")
    (a, memory_a), (b, memory_b) = (
        (min(pair[side][0] for pair in pairs), max(pair[side][1] for pair in pairs)) for side in (0, 1)
    )
    print(f"| {name} | {a:.1f} s | {memory_a:.0f} MB | {b:.1f} s | {memory_b:.0f} MB | {a / b:.2f} |")


def big_csv(path: Path, rows: int) -> None:
    """Eksempelhovedboken gjentatt til ``rows`` rader."""
    start = path.with_name("start.csv")
    write_csv(make(rader=60_000), start)
    frame = pl.read_csv(start, separator=";", infer_schema=False)
    pl.concat([frame] * (rows // len(frame) + 1)).head(rows).write_csv(path, separator=";", quote_style="necessary")


def main() -> None:
    """Måler tekstfil og arbeidsbok."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        text, book = Path(folder) / "bok.csv", Path(folder) / "bok.xlsx"
        big_csv(text, rows)
        posts = make(rader=60_000)
        write_xlsx((posts * (WORKBOOK_ROWS // len(posts) + 1))[:WORKBOOK_ROWS], book)
        print(f"| korteste av {RUNS} | kontoplan | minne | alternativ | minne | forhold |")
        print("|---|--:|--:|--:|--:|--:|")
        compare(f"CSV til ramme, {rows} rader, mot csv", OURS, CSV, text)
        compare(f"CSV til summer, {rows} rader, mot csv", OURS_SUMS, CSV_SUMS, text)
        compare(f"xlsx til ramme, {WORKBOOK_ROWS} rader, mot openpyxl", OURS, OPENPYXL, book)


if __name__ == "__main__":
    main()
