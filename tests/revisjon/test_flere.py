"""Å høre mange tekster i flere prosesser gir det samme som å høre dem i én, også når en prosess stopper."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kontoplan.kodeverk import Kodeverk
from kontoplan.revisjon import flere
from kontoplan.revisjon.flere import listen_all
from kontoplan.revisjon.horing import as_frame, hear_texts

if TYPE_CHECKING:
    from kontoplan.svar import Spordimensjon

TEXTS = [
    "matvarer",
    "strøm",
    "leie av lokaler",
    "medisiner",
    "vikarbyrå",
    "kontorrekvisita",
    "kurs for lærere",
    "«æøå» 3",
    "drivstoff",
]
ASKED: dict[Spordimensjon, list[str]] = {"art": TEXTS, "funksjon": TEXTS}


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Små bolker, og alltid en prosess til."""
    monkeypatch.setattr(flere, "_PART", 2)
    monkeypatch.setattr(flere, "_processes", lambda _asked: 1)
    return monkeypatch


@pytest.mark.usefixtures("eager")
def test_another_process_hears_the_same() -> None:
    kodeverk = Kodeverk.for_aar(2026)
    found = listen_all(ASKED, kodeverk)
    assert {d: len(frame) > 0 for d, frame in found.items()} == {"art": True, "funksjon": True}
    for dimensjon, frame in found.items():
        assert frame.equals(as_frame(hear_texts(TEXTS, dimensjon, kodeverk)))


def test_the_other_process_does_its_share(eager: pytest.MonkeyPatch) -> None:
    eager.setattr(flere, "_hear", lambda _work, _kodeverk: None)  # denne prosessen gjør ingenting
    assert len(listen_all({"art": TEXTS}, Kodeverk.for_aar(2026))["art"])


@pytest.mark.parametrize("program", ["pass", "print('ikke json')", "import time; time.sleep(0.05)"])
def test_what_a_failing_process_did_not_do_is_done_here(eager: pytest.MonkeyPatch, program: str) -> None:
    def broken() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    eager.setattr(flere, "_process", broken)
    kodeverk = Kodeverk.for_aar(2026)
    found = listen_all({"art": TEXTS}, kodeverk)
    assert found["art"].equals(as_frame(hear_texts(TEXTS, "art", kodeverk)))


def test_progress_counts_every_text(eager: pytest.MonkeyPatch) -> None:
    eager.setattr(flere, "_processes", lambda _asked: 0)
    said: list[str] = []
    listen_all(ASKED, Kodeverk.for_aar(2026), said.append)
    assert said[-1].endswith(f"{2 * len(TEXTS)} av {2 * len(TEXTS)}")
