"""Tid, minne og treff for hele kommandoer, fra kaldt, mot det en ville skrevet selv på en ettermiddag.

Kjøres med ``make bench`` (``python -m bench.fart``). Alternativet (``bench.alternativ``) leser arbeidsboken med openpyxl,
finner nærmeste offisielle navn med rapidfuzz WRatio og skriver svaret med openpyxl. Hver kommando kjøres flere ganger
om hverandre, og medianen gjelder; forholdet er det som kan sammenlignes mellom maskiner.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import openpyxl
import xlsxwriter

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
ROWS = 800


@dataclass(frozen=True, slots=True)
class Run:
    """Én kjøring: sekunder og største minne i MB."""

    seconds: float
    megabytes: float


def make_chart(path: Path) -> dict[int, str]:
    """En kontoplan på 800 rader av utviklingsdataene; gir fasiten (2026) for hver rad."""
    with (ROOT / "bench" / "data" / "art_dev.csv").open(encoding="utf-8", newline="") as file:
        accounts = [r for r in csv.DictReader(file) if r["art_fasit_2026"] and len(r["lokal_kode"]) == 5]
    truth: dict[int, str] = {}
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Kontoplan")
        sheet.write_row(0, 0, ("Konto", "Kontonavn"))
        for at in range(ROWS):
            account = accounts[at % len(accounts)]
            # Hver runde får egne navn, så ingen av dem kan gjenbruke svaret fra forrige rad.
            name = account["lokal_navn"].strip() + (f" {at // len(accounts) + 1}" if at >= len(accounts) else "")
            sheet.write_string(at + 1, 0, account["lokal_kode"])
            sheet.write_string(at + 1, 1, name)
            truth[at + 2] = account["art_fasit_2026"]
    return truth


def run(command: list[str]) -> Run:
    """Kjører kommandoen og måler den som operativsystemet gjør."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} gikk ut med {process.returncode}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def compare(name: str, ours: list[str], other: list[str]) -> None:
    """Kjører de to om hverandre og skriver medianen av tid, minne og forhold."""
    pairs = [(run(ours), run(other)) for _ in range(RUNS + 1)][1:]  # den første er oppvarming
    a, b = (
        Run(median(r.seconds for r in side), median(r.megabytes for r in side)) for side in zip(*pairs, strict=True)
    )
    ratio = median(x.seconds / y.seconds for x, y in pairs)
    print(
        f"| {name} | {a.seconds:.2f} s | {a.megabytes:.0f} MB | {b.seconds:.2f} s | {b.megabytes:.0f} MB | {ratio:.2f} |"
    )


def accuracy(path: Path, truth: dict[int, str], code_heading: str, row_heading: str | None) -> float:
    """Andelen rader i en resultatarbeidsbok som har rett kode."""
    book = openpyxl.load_workbook(path, read_only=True)
    sheet = book["Kobling"]
    rows = sheet.iter_rows(values_only=True)
    heading = next(r for r in rows if r and code_heading in r)
    code = heading.index(code_heading)
    where = heading.index(row_heading) if row_heading else None
    right = 0
    for at, row in enumerate(rows, 2):
        number = int(row[where]) if where is not None and row[where] is not None else at
        right += truth.get(number) == row[code]
    return right / len(truth)


def main() -> None:
    """Måler ``koble``, ``vis`` og importen."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        chart, ours, theirs = (Path(folder) / name for name in ("plan.xlsx", "vi.xlsx", "de.xlsx"))
        truth = make_chart(chart)
        print(f"| fra kaldt, median av {RUNS} | kontoplan | minne | alternativ | minne | forhold |")
        print("|---|--:|--:|--:|--:|--:|")
        compare(
            f"koble, {ROWS} rader, Excel inn og ut",
            [python, "-m", "kontoplan", "koble", str(chart), "-o", str(ours), "--overskriv"],
            [python, "-m", "bench.alternativ", str(chart), str(theirs)],
        )
        compare("vis 202", [python, "-m", "kontoplan", "vis", "202"], [python, "-c", "import typer, rich.console"])
        compare("import kontoplan", [python, "-c", "import kontoplan"], [python, "-c", "pass"])
        print(f"\nRett kode: kontoplan {accuracy(ours, truth, 'KOSTRA-kode', 'Rad'):.1%}, ", end="")
        print(f"alternativ {accuracy(theirs, truth, 'Kode', None):.1%}")


if __name__ == "__main__":
    main()
