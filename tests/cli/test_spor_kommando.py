"""Kommandoene ``spor`` og ``quiz`` slik en bruker møter dem."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kontoplan.cli import run
from kontoplan.cli.samtale import talk
from kontoplan.usecases.spor_fil import read_questions

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


def test_one_question_for_people(capsys: Capture) -> None:
    assert run(["spor", "vikarbyrå", "sykehjem"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "funksjon 253" in out
    assert "art 271" in out
    assert "regel art-tjeneste.vikarbyra" in out
    assert "til og med 2025: art 270" in out


@pytest.mark.parametrize("name", ["spor", "spør"])
def test_one_question_for_programs(name: str, capsys: Capture) -> None:
    assert run([name, "strøm skole", "--format", "json"]) == 0
    out = capsys.readouterr()
    assert json.loads(out.out)["funksjon"][0]["kode"] == "222"
    assert not out.err


def test_notes_do_not_disturb_the_data(capsys: Capture) -> None:
    run(["spor", "støttekontakt til 01017012345", "--format", "jsonl"])
    out = capsys.readouterr()
    assert "01017012345" not in out.out + out.err
    assert json.loads(out.out)["art"][0]["kode"] == "050"
    assert "fødselsnummer" in out.err


def test_a_conversation_from_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("?\nfestetomt\n?\n1\nny\nslutt\n"))
    assert run(["spor"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Hva brukes tomtene til?" in out
    assert "funksjon 315" in out
    assert "Saken er glemt" in out


def test_the_conversation_ends_when_there_is_no_more(capsys: Capture) -> None:
    def nothing(_prompt: str) -> str:
        raise EOFError

    talk(None, "kommune", nothing)
    assert "Spør hvor noe føres" in capsys.readouterr().out


def test_a_file_of_questions_becomes_a_workbook(tmp_path: Path, capsys: Capture) -> None:
    source, target = tmp_path / "sporsmal.txt", tmp_path / "svar.xlsx"
    source.write_text('strøm skole\n\n=HYPERLINK("x") vikarbyrå sykehjem\nasdf qwer\n', encoding="utf-8")
    assert run(["spor", "--fil", str(source), "-o", str(target)]) == 0
    assert "3 svar" in capsys.readouterr().err
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[0][:4] == ("Rad", "Spørsmål", "Svar", "Status")
    assert [row[0] for row in rows[1:]] == [1, 3, 4]
    assert rows[1][4] == "222"
    assert rows[2][1].startswith("=HYPERLINK")
    assert rows[3][3] == "ukjent"


def test_a_sheet_of_questions_becomes_csv_and_jsonl(tmp_path: Path) -> None:
    source = tmp_path / "sporsmal.csv"
    source.write_text("nr;Spørsmål\n1;strøm skole\n2;+47 mat SFO\n", encoding="utf-8")
    assert run(["spor", "--fil", str(source), "-o", str(tmp_path / "svar.csv")]) == 0
    rows = list(csv.reader((tmp_path / "svar.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["strøm skole", "'+47 mat SFO"]
    assert run(["spor", "--fil", str(source), "-o", str(tmp_path / "svar.jsonl")]) == 0
    lines = (tmp_path / "svar.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["art"][0]["kode"] for line in lines] == ["180", "115"]


def test_the_answers_can_go_to_the_screen(tmp_path: Path, capsys: Capture) -> None:
    source = tmp_path / "q.txt"
    source.write_text("strøm skole\n", encoding="utf-8")
    for form in ("tabell", "json", "jsonl"):
        assert run(["spor", "--fil", str(source), "--format", form]) == 0
    assert "strøm skole →" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-o", "x.xlsx"], "oppgi filen med --fil"),
        (["strøm", "--fil", "{q}"], "Oppgi enten et spørsmål eller --fil"),
        (["--format", "json"], "Samtalen har ikke --format json"),
        (["--fil", "{q}", "-o", "svar.pdf"], ".xlsx, .csv, .jsonl"),
        (["--fil", "{q}", "-o", "{q2}"], "finnes fra før"),
        (["--fil", "mangler.txt"], "Finner ikke filen"),
        (["--fil", "{tom}"], "Fant ingen spørsmål"),
    ],
)
def test_what_the_user_can_correct_is_one_sentence(
    args: list[str], message: str, tmp_path: Path, capsys: Capture
) -> None:
    files = {"q": tmp_path / "q.txt", "q2": tmp_path / "gammel.csv", "tom": tmp_path / "tom.txt"}
    for name, path in files.items():
        path.write_text("\n" if name == "tom" else "strøm\n", encoding="utf-8")
    assert run(["spor", *(arg.format(**files) for arg in args)]) == 2
    out = capsys.readouterr()
    assert not out.out
    assert message in out.err
    assert out.err.count("\n") == 1
    assert files["q2"].read_text(encoding="utf-8") == "strøm\n"


def test_the_column_with_text_is_used_when_nothing_is_called_question(tmp_path: Path) -> None:
    path = tmp_path / "ark.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([1, "strøm skole"])
    sheet.append([2, "mat SFO"])
    book.save(path)
    assert read_questions(path) == ([(1, "strøm skole"), (2, "mat SFO")], 0)


def test_the_quiz_keeps_score_and_shows_the_source(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    args = ["quiz", "--fro", "7", "--antall", "3", "--tema", "helse"]
    assert run([*args, "--format", "json"]) == 0
    tasks = json.loads(capsys.readouterr().out)
    assert len({task["regel"] for task in tasks}) == 3
    answers = [str(tasks[0]["rett"]), "tull", str(tasks[1]["rett"] % len(tasks[1]["alternativer"]) + 1), "slutt"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(answers)))
    assert run(args) == 0
    out = capsys.readouterr().out
    assert "1 av 2 rett." in out
    assert tasks[0]["kilde"] in out
    assert "Skriv et tall fra 1" in out


def test_the_quiz_is_the_same_with_the_same_seed(capsys: Capture) -> None:
    def tasks(*args: str) -> list[str]:
        assert run(["quiz", "--format", "jsonl", *args]) == 0
        return capsys.readouterr().out.splitlines()

    assert tasks("--fro", "1") == tasks("--fro", "1") != tasks("--fro", "2")
    assert {json.loads(line)["niva"] for line in tasks("--niva", "3", "--fro", "1")} == {3}
    assert all(0 < json.loads(line)["rett"] <= 4 for line in tasks("--fro", "3", "--antall", "200"))


def test_an_unknown_theme_names_the_known(capsys: Capture) -> None:
    assert run(["quiz", "--tema", "fotball"]) == 2
    assert "helse" in capsys.readouterr().err
    assert run(["quiz", "--tema", "?"]) == 0
    assert "helse" in capsys.readouterr().out.splitlines()
