"""Hører mange tekster på flere kjerner: en prosess til per kjerne tar bolker fra den ene enden mens denne tar fra den andre.

Prosessene startes som kommandoer og snakkes med i JSON. ``multiprocessing`` ville kjørt brukerens eget skript om igjen i dem.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

import kontoplan
from kontoplan.revisjon.horing import as_frame, hear_texts, without_collector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl

    from kontoplan.kodeverk import Kodeverk
    from kontoplan.revisjon.horing import Hort
    from kontoplan.svar import Spordimensjon

WORTH_A_PROCESS: Final = 2_000
"""Så mange tekster må det være før en prosess til lønner seg; den må lese regler og modeller først."""
_PART: Final = 250  # tekster; en prosess venter litt mellom hver bolk
_MOST_PROCESSES: Final = 3


@dataclass(slots=True)
class _Arbeid:
    """Bolkene som er igjen, og svarene; ``deque`` kan tømmes fra begge ender av flere tråder."""

    parts: Sequence[tuple[Spordimensjon, Sequence[str]]]
    progress: Callable[[str], None] | None
    left: deque[int] = field(init=False)
    answers: dict[int, list[Hort]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = deque(range(len(self.parts)))

    def answer(self, at: int, heard: list[Hort]) -> None:
        """Tar imot svaret på en bolk."""
        self.answers[at] = heard
        if self.progress:
            done = sum(len(self.parts[i][1]) for i in tuple(self.answers))
            self.progress(f"Leser tekstene mot KOSTRA: {done} av {sum(len(texts) for _, texts in self.parts)}")


def listen_all(
    asked: Mapping[Spordimensjon, Sequence[str]], kodeverk: Kodeverk, progress: Callable[[str], None] | None = None
) -> dict[Spordimensjon, pl.DataFrame]:
    """Det tekstene taler for i hver dimensjon (``horing.as_frame``), i samme rekkefølge som de er gitt.

    Args:
        asked: Ulike kjerner i hver dimensjon, ikke tomme.
        kodeverk: Kodene i året.
        progress: Kalles med en kort norsk setning en gang iblant.
    """
    parts = [(d, texts[at : at + _PART]) for d, texts in asked.items() for at in range(0, len(texts), _PART)]
    work = _Arbeid(parts, progress)
    helpers = [Thread(target=_help, args=(work, kodeverk), daemon=True) for _ in range(_processes(asked))]
    for helper in helpers:
        helper.start()
    with without_collector():
        _hear(work, kodeverk)
        for helper in helpers:
            helper.join()
        _hear(work, kodeverk)  # det en prosess som stoppet, ikke rakk
    found: dict[Spordimensjon, list[Hort]] = {d: [] for d in asked}
    for at, (dimension, _) in enumerate(parts):
        found[dimension] += work.answers[at]
    return {d: as_frame(rows) for d, rows in found.items()}


def _processes(asked: Mapping[Spordimensjon, Sequence[str]]) -> int:
    if sum(map(len, asked.values())) < WORTH_A_PROCESS:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores - 1, _MOST_PROCESSES)


def _hear(work: _Arbeid, kodeverk: Kodeverk) -> None:
    while work.left:
        try:
            at = work.left.popleft()
        except IndexError:
            return
        dimension, texts = work.parts[at]
        work.answer(at, hear_texts(texts, dimension, kodeverk))


def _help(work: _Arbeid, kodeverk: Kodeverk) -> None:
    """Lar en prosess til ta bolker bakfra; stopper den, legges bolken tilbake."""
    with suppress(OSError), _process() as process:
        assert process.stdin  # noqa: S101 - er satt opp i _process
        assert process.stdout  # noqa: S101 - det samme
        _say(process, {"aar": kodeverk.aar, "regnskap": kodeverk.regnskap})
        while work.left:
            try:
                at = work.left.pop()
            except IndexError:
                break
            try:
                dimension, texts = work.parts[at]
                _say(process, {"dimensjon": dimension, "tekster": texts})
                heard = [tuple(row) for row in json.loads(process.stdout.readline())]
            except (OSError, ValueError):
                work.left.append(at)
                break
            work.answer(at, heard)
        with suppress(OSError):
            process.stdin.close()


def _process() -> subprocess.Popen[str]:
    root = str(Path(kontoplan.__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "kontoplan.revisjon.lytter"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        encoding="utf-8",
    )


def _say(process: subprocess.Popen[str], what: object) -> None:
    assert process.stdin  # noqa: S101 - er satt opp i _process
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()
