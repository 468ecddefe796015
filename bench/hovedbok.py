"""Tid og minne for å lese store hovedbøker, mot det en ville skrevet selv.

    python -m bench.hovedbok [rader]
    python -m bench.hovedbok --bare-0A [rader]

Rammen er den samme for begge: konto, funksjon, ansvar, prosjekt, tekst, leverandør, bilag, dato, mva-kode, beløp i øre og radnummer,
og summen kontrolleres. Alternativene er ``csv`` og ``decimal`` i standardbiblioteket, og openpyxl for arbeidsboken. Kjøringene går
om hverandre i egne prosesser; korteste tid gjelder, siden annet arbeid på maskinen bare kan gjøre tiden lengre.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from bench.hovedbokdata import HEADINGS, make, write_chart, write_csv, write_keys, write_xlsx
from bench.hovedbokslutt import decide, year_end
from kontoplan.cli import run

RUNS = 3
ROWS = 5_000_000
WORKBOOK_ROWS = 200_000
ROOT = Path(__file__).resolve().parent.parent

PEAK = """
from pathlib import Path
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""
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
OURS_EXTRACT = """
import sys
from pathlib import Path
from kontoplan.cli.rapporter import _write
from kontoplan.usecases.rapporter import rapporter
here = Path(sys.argv[1]).parent
uttrekk = rapporter(sys.argv[1], bilag=[here / "bilag.csv"], kobling=here / "plan.koblet.xlsx", skjema="0A", aar=2026, region="464000")
assert not uttrekk.hindringer, uttrekk.hindringer
_write(uttrekk, here / "0A.dat", overskriv=True, extract=True)
lest = uttrekk.boker[0].lest
print(lest.sum_ore, lest.rader)
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
    # Programmet sier selv hva det har brukt: tallet fra wait4 har med minnet til denne prosessen.
    ran = subprocess.run(
        [sys.executable, "-c", code + PEAK, str(path)], stdout=subprocess.PIPE, cwd=ROOT, text=True, check=False
    )
    if ran.returncode:
        raise SystemExit(f"kjøringen gikk ut med {ran.returncode}")
    answer, _, peak = ran.stdout.strip().rpartition("\n")
    return time.perf_counter() - start, int(peak) / 1024, answer


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


def extract_files(folder: Path, rows: int) -> Path:
    """En avsluttet hovedbok på ``rows`` rader som gir et godkjent 0A, med koblingen og bilagene fra ``fordel`` i samme mappe."""
    posts = make(rader=60_000)
    posts += year_end(posts, 2026)
    write_chart(posts, folder / "plan.xlsx", 2026)
    write_keys(folder / "nokler.xlsx")
    write_csv(posts, folder / "start.csv")
    times = rows // len(posts)
    book, plan = folder / "bok.csv", folder / "plan.koblet.xlsx"
    frame = pl.read_csv(folder / "start.csv", separator=";", infer_schema=False)
    blank = dict.fromkeys(HEADINGS, "") | {
        "Bilag": "1",
        "Bilagsdato": "01.01.2026",
        "Konto": "21032001",
        "Beløp": "0,00",
    }
    filling = pl.DataFrame([blank]).sample(rows - times * len(posts), with_replacement=True)
    with book.open("wb") as file:
        for nr in range(times):
            frame.write_csv(file, separator=";", include_header=not nr)
        filling.write_csv(file, separator=";", include_header=False)
    for command in (
        ["koble", str(folder / "plan.xlsx"), "-o", str(plan), "--aar", "2026", "--uten-minne"],
        [
            "fordel",
            str(book),
            "--nokler",
            str(folder / "nokler.xlsx"),
            "-o",
            str(folder / "bilag.xlsx"),
            "--aar",
            "2026",
        ],
    ):
        if run(command):
            raise SystemExit(f"{command[0]} gikk ikke")
    decide(plan)
    return book


def main() -> None:
    """Måler tekstfil, arbeidsbok, og veien til et kontrollert 0A."""
    given = [arg for arg in sys.argv[1:] if arg != "--bare-0A"]
    rows = int(given[0]) if given else ROWS
    if "--bare-0A" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            book = extract_files(Path(folder), rows)
            print(f"| korteste av {RUNS} | kontoplan | minne | alternativ | minne | forhold |")
            print("|---|--:|--:|--:|--:|--:|")
            compare(f"CSV til kontrollert 0A, {rows} rader, mot summer med csv", OURS_EXTRACT, CSV_SUMS, book)
        return
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
