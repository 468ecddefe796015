"""Tid og minne for ``kontoplan kontroller``, hele prosessen, mot en rett fram løkke i Python.

Kjøres med ``python -m bench.kontroller``. Alternativet (``bench.kontroller_alternativ``) leser linjene i en løkke og slår
opp hver kode i de samme listene, kontrollerer feltene og finner dubletter, men regner bare de viktigste summene og
forklarer ingenting. De to kjøres om hverandre, og det minste tallet gjelder; forholdet kan sammenlignes mellom maskiner.

Filene er laget av gyldige koder med fast frø, med noen få feil i hver.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from kontoplan.kodeverk.skjemalister import Avgiver, koder

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
REGION = "340300"
CALL = ("--skjema", "0A", "--aar", "2026", "--region", REGION)


def make_file(path: Path, records: int) -> None:
    """En fil for 0A med så mange poster: driftsutgifter på tjenestene, med én utgått funksjon per tusen."""
    rng = random.Random(7)  # noqa: S311 - bare for å lage prøvedata
    avgiver = Avgiver(REGION)
    functions = [k for k in sorted(koder("funksjon", "0A", avgiver)) if k < "800" and k != "290"]
    arts = [k for k in sorted(koder("art", "0A", avgiver)) if k < "280"]
    head = f"0A2026 {REGION}{'':18}1"
    with path.open("w", encoding="ascii", newline="\n") as file:
        for _ in range(records):
            function = "254" if rng.random() < 0.001 else rng.choice(functions)
            file.write(f"{head}{function:<4}{rng.choice(arts)}{rng.randint(1, 90_000):9d}\n")


@dataclass(frozen=True, slots=True)
class Run:
    """Én kjøring av en hel prosess: sekunder på klokken, sekunder på prosessoren, og største minne i MB."""

    seconds: float
    cpu: float
    megabytes: float


def run(command: list[str]) -> Run:
    """Kjører kommandoen og måler den som operativsystemet gjør; funn (1) er ikke en feil."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{' '.join(command)} gikk ut med {process.returncode}")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(name: str, path: Path, runs: int, form: str) -> None:
    """Kjører de to om hverandre og skriver det minste av tid og prosessortid, det største minnet, og forholdet."""
    ours = [sys.executable, "-m", "kontoplan", "kontroller", str(path), *CALL, "--format", form]
    other = [sys.executable, "-m", "bench.kontroller_alternativ", str(path), REGION]
    pairs = [(run(ours), run(other)) for _ in range(runs)]
    a, b = (
        Run(min(r.seconds for r in side), min(r.cpu for r in side), max(r.megabytes for r in side))
        for side in zip(*pairs, strict=True)
    )
    cells = " | ".join(f"{r.seconds:.2f} s | {r.cpu:.2f} s | {r.megabytes:.0f} MB" for r in (a, b))
    print(f"| {name} | {cells} | {a.seconds / b.seconds:.2f} |", flush=True)


def main() -> None:
    """Måler en vanlig fil fra kaldt og en med to millioner poster."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "liten.dat", Path(folder) / "stor.dat"
        make_file(small, 1_600)
        make_file(large, 2_000_000)
        print("| fra kaldt | kontoplan | prosessor | minne | løkke i Python | prosessor | minne | forhold |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|")
        compare("1 600 poster, tabell", small, RUNS, "tabell")
        compare("1 600 poster, JSON", small, RUNS, "json")
        compare("2 000 000 poster, tabell", large, 3, "tabell")
        compare("2 000 000 poster, JSON", large, 3, "json")


if __name__ == "__main__":
    main()
