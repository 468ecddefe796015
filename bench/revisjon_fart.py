"""Tid og minne for ``kontoplan revider``, mot det en ville skrevet selv.

    python -m bench.revisjon_fart [rader i CSV-filen]

Hele kommandoen fra kaldt, med rapporten skrevet. Hovedboken er eksempelhovedboken med noen feilførte posteringer, gjentatt med nye
bilag, ansvar, beløp og ord i tekstene, så den har flere ulike tekster enn de som høres. Alternativet leser den samme filen med ``csv``
(arbeidsboken med openpyxl), og skriver opp radene som er ført på en annen konto enn flertallet med samme tekst og leverandør: ett funnslag,
uten sannsynlighet, kilde eller vesentlighet. Kjøringene går om hverandre i egne prosesser; korteste tid og største minne gjelder.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from bench.feilforinger import MIKS, misplace
from bench.hovedbok import PEAK, ROOT
from bench.hovedbokdata import make, write_csv

ROWS, WORKBOOK_ROWS, RUNS = 5_000_000, 200_000, 2
_WORDS = (
    "skole", "barnehage", "sykehjem", "bibliotek", "rådhus", "ungdom", "kultur", "idrett", "park", "vei", "vann", "avløp", "bolig", "helse", "lege",
    "tannlege", "fysio", "mat", "kjøkken", "renhold", "vaktmester", "bygg", "maskin", "verktøy", "hage", "uteområde", "bil", "buss", "ferge", "kontor",
    "arkiv", "post", "telefon", "data", "skjerm", "skriver", "nett", "lisens", "kurs", "reise", "hotell", "konsert", "teater", "film", "bok", "avis",
    "leke", "ball", "ski", "svømming", "tur", "leir", "gave", "blomst", "kaffe", "frukt", "brød", "melk", "fisk", "kjøtt",
)  # fmt: skip

OURS = """
import sys
from kontoplan.cli import run
run(["revider", sys.argv[1], "--aar", "2026", "--format", "jsonl", "-o", sys.argv[1] + ".rapport.xlsx", "--overskriv"])
"""
MAJORITY = """
import re
from collections import Counter, defaultdict
groups = defaultdict(Counter)
for row in rows:
    key = re.sub(r"[^a-zæøå]+", " ", row[1].lower()).strip(), row[2]
    groups[key][row[0]] += 1
usual = {key: counts.most_common(1)[0][0] for key, counts in groups.items()}
odd = [row for row in rows if row[0] != usual[re.sub(r"[^a-zæøå]+", " ", row[1].lower()).strip(), row[2]]]
"""
CSV = (
    """
import csv, sys
from decimal import Decimal
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = [(r["Konto"], r["Tekst"], r["Leverandør"], Decimal(r["Beløp"].replace(",", "."))) for r in csv.DictReader(file, delimiter=";")]
"""
    + MAJORITY
)
OPENPYXL = (
    """
import sys, openpyxl
lines = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True)
at = {name: c for c, name in enumerate(next(lines))}
rows = [(str(r[at["Konto"]]), r[at["Tekst"]] or "", r[at["Leverandør"]] or "", r[at["Beløp"]]) for r in lines]
"""
    + MAJORITY
)


def ledger(rows: int, folder: Path) -> pl.DataFrame:
    """Hovedboken som tekst, ``rows`` rader."""
    start = folder / "start.csv"
    posts, _ = misplace(make(1, 2026, 60_000), fro=11, andel=0.002, serier=0.25, miks=MIKS)
    write_csv(posts, start)
    base = pl.read_csv(start, separator=";", infer_schema=False)
    times = rows // len(base) + 1
    return pl.concat([_copy(base, k) for k in range(times)]).head(rows)


def _copy(base: pl.DataFrame, k: int) -> pl.DataFrame:
    """Hovedboken for enda en enhet: egne bilag og ansvar, litt større beløp, og et ord til i tekstene."""
    ore = pl.col("Beløp").str.replace(",", "", literal=True).cast(pl.Int64) * (1000 + 13 * k) // 1000
    word = pl.Series(_WORDS).gather((base["Konto"].cast(pl.Int64) + 7 * k) % len(_WORDS))
    bare = pl.col("Tekst").is_null() | (pl.col("Ansvar").fill_null("") == "")
    return base.select(
        (pl.col("Bilag").cast(pl.Int64) + 100_000 * k).cast(pl.String),
        "Bilagsdato",
        "Periode",
        "Konto",
        "Kontonavn",
        pl.when(pl.col("Ansvar").is_not_null()).then(pl.col("Ansvar") + f"{k:02}"),
        "Ansvarsnavn",
        "Funksjon",
        "Prosjekt",
        pl.when(bare).then("Tekst").otherwise(pl.col("Tekst") + " " + word),
        "Leverandør",
        "Orgnr",
        "Mva-kode",
        pl.concat_str(
            pl.when(ore < 0).then(pl.lit("-")).otherwise(pl.lit("")),
            (ore.abs() // 100).cast(pl.String),
            pl.lit(","),
            (ore.abs() % 100).cast(pl.String).str.zfill(2),
        ).alias("Beløp"),
    )


def write_workbook(frame: pl.DataFrame, path: Path) -> None:
    """Hovedboken som arbeidsbok; beløpene er tall."""
    amount = pl.col("Beløp").str.replace(",", ".", literal=True).cast(pl.Float64)
    frame.with_columns(amount).write_excel(path)


def measure(code: str, path: Path) -> tuple[float, float, float]:
    """Sekunder, sekunder prosessortid (med hjelpeprosessene), og største minne i MB uten dem."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [sys.executable, "-c", code + PEAK, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        text=True,
        check=False,
    )
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode:
        raise SystemExit(f"kjøringen gikk ut med {ran.returncode}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, used, int(ran.stdout.rpartition("\n")[0].rpartition("\n")[2]) / 1024


def compare(name: str, ours: str, other: str, path: Path) -> None:
    """Kjører de to om hverandre, og skriver en linje."""
    pairs = [(measure(ours, path), measure(other, path)) for _ in range(RUNS)]
    a, b = ([run[side] for run in pairs] for side in (0, 1))
    both = " | ".join(
        f"{min(r[0] for r in runs):.1f} s | {min(r[1] for r in runs):.1f} s | {max(r[2] for r in runs):.0f} MB"
        for runs in (a, b)
    )
    print(f"| {name} | {both} | {min(r[0] for r in a) / min(r[0] for r in b):.2f} |", flush=True)


def main() -> None:
    """Måler arbeidsboken og tekstfilen."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        frame = ledger(max(rows, WORKBOOK_ROWS), Path(folder))
        book, text = Path(folder) / "bok.xlsx", Path(folder) / "bok.csv"
        write_workbook(frame.head(WORKBOOK_ROWS), book)
        frame.head(rows).write_csv(text, separator=";")
        del frame
        print(f"| korteste av {RUNS} | kontoplan | prosessor | minne | alternativ | prosessor | minne | forhold |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|")
        compare(f"xlsx, {WORKBOOK_ROWS} rader, mot openpyxl", OURS, OPENPYXL, book)
        compare(f"CSV, {rows} rader, mot csv", OURS, CSV, text)


if __name__ == "__main__":
    main()
