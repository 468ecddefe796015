"""Prøver hver fil i korpuset i en egen prosess: ``python -m bench.fiendtlig [antall] [--fra N]``.

En kjøring er god når den ender innen 20 sekunder (prosessortid, så en opptatt maskin ikke teller) og 1 GB med enten et svar (exit 0) eller én setning (exit 2), uten at det
ligger igjen noe halvt. Alt annet skrives ut med nummeret, så filen kan lages igjen med ``bench.fiendtlig.korpus.case``.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bench.fiendtlig.korpus import Case, cases

SECONDS, MEGABYTES = 20, 1_000
HANG = 120
"""Sekunder på klokken før filen regnes som en heng, samme hvor lite prosessortid som er brukt."""
_POLL = 0.005
_TELL_EVERY = 100


class Outcome(NamedTuple):
    """Hva som skjedde: utgangskoden (negativ for signal, ``None`` når tiden var ute), sekunder, MB, og det på stderr."""

    code: int | None
    seconds: float
    megabytes: float
    stderr: str


def attempt(case: Case, folder: Path) -> tuple[Outcome, list[str]]:
    """Kjører programmet på filen; gir utfallet og det som er galt med det."""
    path, out = folder / case.name, folder / "ut.xlsx"
    path.write_bytes(case.content)
    args = [case.command, str(path)]
    args += ["--minne", str(folder / "minne.db")] if case.command == "laer" else ["--uten-minne", "-o", str(out)]
    outcome = _in_child(args, folder)
    return outcome, list(_faults(outcome, folder, {path.name, "minne.db", "ut.xlsx", "stderr"}))


def _in_child(args: list[str], folder: Path) -> Outcome:
    from kontoplan.cli import run  # noqa: PLC0415 - lastes én gang, i forelderen

    start = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.setpgid(0, 0)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(os.open(folder / "stderr", os.O_WRONLY | os.O_CREAT), 2)
            sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
            code = run(args)
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:  # noqa: BLE001 - det er nettopp slike som letes etter
            import traceback  # noqa: PLC0415 - bare når noe er galt

            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)
    while True:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() - start > HANG:
            os.killpg(child, signal.SIGKILL)
            _, _, usage = os.wait4(child, 0)
            break
        time.sleep(_POLL)
    code = os.waitstatus_to_exitcode(status) if done else None
    return Outcome(
        code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, (folder / "stderr").read_text(errors="replace")
    )


def _faults(outcome: Outcome, folder: Path, expected: set[str]) -> list[str]:
    found = []
    if outcome.code is None:
        found.append(f"ikke ferdig på {HANG} s")
    elif outcome.code not in {0, 2}:
        found.append(f"gikk ut med {outcome.code}")
    if outcome.seconds > SECONDS:
        found.append(f"brukte {outcome.seconds:.0f} s")
    if outcome.megabytes > MEGABYTES:
        found.append(f"brukte {outcome.megabytes:.0f} MB")
    if "Traceback" in outcome.stderr:
        found.append("traceback")
    if outcome.code == 2 and (not outcome.stderr.startswith("kontoplan: ") or outcome.stderr.count("\n") != 1):
        found.append("ikke én setning")
    left = {p.name for p in folder.iterdir()} - expected - {"minne.db-wal", "minne.db-shm"}
    if left:
        found.append(f"la igjen {sorted(left)}")
    book = folder / "ut.xlsx"
    if outcome.code == 0 and book.exists() and not zipfile.is_zipfile(book):
        found.append("skrev en ødelagt arbeidsbok")
    return found


def main() -> None:
    """Kjører korpuset og skriver hva som skjedde."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("antall", nargs="?", type=int, default=2_000)
    parser.add_argument("--fra", type=int, default=0)
    options = parser.parse_args()
    _warm_up()
    table: dict[str, Counter[str]] = {}
    slowest, largest, bad = 0.0, 0.0, 0
    for case in cases(options.antall):
        if case.number < options.fra:
            continue
        with tempfile.TemporaryDirectory() as folder:
            outcome, faults = attempt(case, Path(folder))
        kind = table.setdefault(case.kind, Counter())
        kind["filer"] += 1
        kind["svar" if outcome.code == 0 else "setning" if outcome.code == 2 else "annet"] += 1
        slowest, largest = max(slowest, outcome.seconds), max(largest, outcome.megabytes)
        if case.number % _TELL_EVERY == 0:
            print(f"… {case.number}", file=sys.stderr, flush=True)
        if faults:
            bad += 1
            kind["feil"] += 1
            last = outcome.stderr.strip().splitlines()[-1:] or [""]
            print(f"nr. {case.number} ({case.kind}, {case.name}): {'; '.join(faults)}: {last[0][:160]}", flush=True)
    print("\n| mutasjon | filer | svar | én setning | feil |\n|---|--:|--:|--:|--:|")
    for name, found in sorted(table.items()):
        print(f"| {name} | {found['filer']} | {found['svar']} | {found['setning']} | {found['feil']} |")
    print(f"\nLengst: {slowest:.1f} s. Mest minne: {largest:.0f} MB. Feil: {bad}.")
    sys.exit(bool(bad))


def _warm_up() -> None:
    """Laster programmet og kodelistene i forelderen, så hver fil bare koster sin egen lesing."""
    from kontoplan import koble  # noqa: PLC0415 - tungt
    from kontoplan.workbook import write  # noqa: PLC0415 - det samme

    found = koble(Path(__file__).resolve().parents[2] / "eksempler" / "demo-kommune-2026.xlsx")
    assert found.rader  # noqa: S101 - ellers er oppvarmingen forgjeves
    assert write  # noqa: S101 - det samme


if __name__ == "__main__":
    main()
