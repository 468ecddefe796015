"""Fremdriften: farten og tiden som er igjen av steget, og at lesingen forteller hvor langt den er kommet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from kontoplan.cli.progress import Pace
from kontoplan.ledger import open_ledger, samle, sheets, textfile

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    """En klokke som går når den får beskjed."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Sekundene nå."""
        return self.now


def test_the_speed_and_the_time_left_are_told() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.tell("Leser rader: 0 av 500000") == "Leser rader: 0 av 500000"
    clock.now += 4
    assert (
        pace.tell("Leser rader: 200000 av 500000")
        == "Leser rader: 200000 av 500000 (50\u00a0000 per sekund, 6 s igjen)"
    )
    clock.now += 4
    assert "0 s igjen" in pace.tell("Leser rader: 500000 av omtrent 400000")


def test_a_new_step_starts_over_and_a_message_without_numbers_is_itself() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.tell("Leser rader: 0 av 100")
    clock.now += 10
    assert pace.tell("Hører tekster: 50 av 100") == "Hører tekster: 50 av 100"
    assert pace.tell("Skriver") == "Skriver"


@pytest.mark.parametrize(("done", "left"), [(20, "40 s"), (1, "16 min"), (2, "8 min")])
def test_slow_counts_say_only_the_time_left(done: int, left: str) -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.tell("Ser etter 0 av 100")
    clock.now += 10
    assert pace.tell(f"Ser etter {done} av 100") == f"Ser etter {done} av 100 ({left} igjen)"


def rows(count: int) -> list[tuple[object, ...]]:
    """Overskriften og posteringer."""
    return [("Konto", "Ansvar", "Funksjon", "Beløp"), *((11150, 100, 202, 10 + at) for at in range(count))]


def counts(said: list[str]) -> list[tuple[int, int]]:
    """(Lest, av så mange) i meldingene som teller rader."""
    found = [re.search(r"Leser rader.*: (\d+) av (?:omtrent )?(\d+)$", message) for message in said]
    return [(int(match[1]), int(match[2])) for match in found if match]


def test_a_text_file_tells_how_far_it_has_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textfile, "_TELL_EVERY", 100)
    path = tmp_path / "bok.csv"
    path.write_text("".join(";".join(map(str, row)) + "\n" for row in rows(1_000)), encoding="utf-8")
    said: list[str] = []
    with open_ledger(path, progress=said.append) as bok:
        frame, lest = samle(bok)
    assert (len(frame), lest.rader) == (1_000, 1_000)
    assert counts(said)[-1] == (1_001, 1_001)
    assert frame["rad"].to_list() == list(range(2, 1_002))


def test_a_sheet_tells_how_far_it_has_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_BATCH", 400)
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Bok")
        for at, row in enumerate(rows(1_000)):
            sheet.write_row(at, 0, row)
    said: list[str] = []
    with open_ledger(path, progress=said.append) as bok:
        samle(bok)
    assert [done for done, _ in counts(said)] == [400, 800, 1_001]
    assert {total for _, total in counts(said)} == {1_001}
