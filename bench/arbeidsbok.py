"""Tid og minne for å skrive arbeidsboken, mot openpyxl som skriver de samme cellene uten noe utseende.

Kjøres med ``python -m bench.arbeidsbok``. Kontoene er Sogndals, gjentatt med egne numre og navn til det er nok rader. Begge
skriver alle arkene; alternativet (openpyxl, bare-skrive-modus) skriver verdiene rad for rad, uten tabeller, farger og lister.
Bare skrivingen er med i tiden, og det korteste av flere forsøk gjelder. Hvert forsøk er en egen prosess, så minnet er dens eget;
det rommer også kontoene eller cellene som skal skrives.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import python_calamine

from kontoplan import Kodeverk, koble
from kontoplan.workbook.write import render, write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kobling import Kobling

ROOT = Path(__file__).resolve().parent.parent
SIZES = (800, 50_000)
RUNS = 3


class Measured(NamedTuple):
    """Sekunder på klokken, sekunder prosessortid og MB."""

    seconds: float
    cpu: float
    megabytes: float


def enlarge(kobling: Kobling, rows: int) -> Kobling:
    """Kontoene gjentatt til det er ``rows`` av dem, med egne numre og navn."""
    source = kobling.rader
    made = []
    for at in range(rows):
        rad, lap = source[at % len(source)], at // len(source)
        konto = replace(
            rad.konto,
            rad=at + 2,
            lokal_kode=f"{rad.konto.lokal_kode}{lap % 10}",
            lokal_navn=f"{rad.konto.lokal_navn} {lap}",
        )
        made.append(replace(rad, konto=konto))
    lesing = replace(kobling.lesing, kontoer=tuple(rad.konto for rad in made))
    return replace(kobling, rader=tuple(made), lesing=lesing)


def write_plain(cells: dict[str, list[list[object]]], path: Path) -> None:
    """De samme cellene med openpyxl."""
    book = openpyxl.Workbook(write_only=True)
    for name, rows in cells.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def measure(work: Callable[[], object]) -> Measured:
    """Kjører arbeidet i en egen prosess og måler det."""
    out, inn = os.pipe()
    child = os.fork()
    if child == 0:
        start, cpu = time.perf_counter(), time.process_time()
        work()
        os.write(inn, f"{time.perf_counter() - start} {time.process_time() - cpu}".encode())
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("skrivingen feilet")
    seconds, spent = os.read(out, 200).split()
    return Measured(float(seconds), float(spent), usage.ru_maxrss / 1024)


def best(work: Callable[[], object]) -> Measured:
    """Det korteste av forsøkene, og det meste minnet."""
    runs = [measure(work) for _ in range(RUNS)]
    return Measured(min(r.seconds for r in runs), min(r.cpu for r in runs), max(r.megabytes for r in runs))


def main() -> None:
    """Måler og skriver tabellen."""
    small = koble(ROOT / "eksempler" / "sogndal-2013.xlsx")
    kodeverk = Kodeverk.for_aar(small.aar, small.regnskap)
    render(enlarge(small, 10), kodeverk, naar=datetime.now().astimezone())  # alt er lastet før noe måles
    print("| rader | kontoplan | prosessor | minne | openpyxl | prosessor | minne | forhold |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES:
            ours, theirs = Path(folder) / "vi.xlsx", Path(folder) / "de.xlsx"
            a = best(lambda: write_workbook(enlarge(small, rows), ours, kodeverk=kodeverk, overskriv=True))  # noqa: B023
            b = _alternative(ours, theirs)
            print(
                f"| {rows} | {a.seconds:.2f} s | {a.cpu:.2f} s | {a.megabytes:.0f} MB | {b.seconds:.2f} s | {b.cpu:.2f} s "
                f"| {b.megabytes:.0f} MB | {a.cpu / b.cpu:.2f} |",
                flush=True,
            )


def _alternative(ours: Path, theirs: Path) -> Measured:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(ours.read_bytes())) as book:
        cells = {
            name: [[None if v == "" else v for v in row] for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        }
    return best(lambda: write_plain(cells, theirs))

    return datetime.now().astimezone()


if __name__ == "__main__":
    main()
