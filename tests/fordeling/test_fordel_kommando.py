"""Kommandoen ``fordel``: filene den skriver, malen, exit-kodene, og eksempelhovedboken."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from fordelhjelp import write_keys, write_ledger

from bench.hovedbokdata import lines, make, write_csv, write_xlsx
from bench.hovedbokdata import write_keys as demo_keys
from kontoplan.cli import run
from kontoplan.errors import UserError
from kontoplan.fordeling.lesing import read_keys
from kontoplan.ledger import open_ledger, samle, summer
from kontoplan.usecases.fordel import fordel

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = [
    ("01", "10100", "19000", "300", 100_00),
    ("02", "10100", "22200", "=2+3", 7_00),
    ("03", "10100", "19000", "300", 1),
]
UNIT = {"Enhet": "=Drift", "Funksjon": "19000"}
KEYS = [
    {"Enhet": "=Drift", "Til funksjon": "22200", "Til ansvar": "@500", "Andel": "2/3"},
    {"Enhet": "=Drift", "Til funksjon": "26100", "Andel": "1/3"},
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write_ledger(tmp_path / "bok.csv", LEDGER), write_keys(tmp_path / "nokler.xlsx", [UNIT], KEYS)


def test_arbeidsboken_og_csv_har_de_samme_bilagene(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, keys = files
    assert run(["fordel", str(ledger), "--nokler", str(keys), "--aar", "2026"]) == 0
    out = capsys.readouterr().out
    assert "1 bilag med 3 linjer. Hovedboken før 107,01, etter 107,01." in out.replace("\xa0", " ")
    book = openpyxl.load_workbook(ledger.with_name("bok.fordelt.xlsx"))
    assert book.sheetnames == ["Sammendrag", "Bilag", "Kontroll", "Funksjoner", "Nøkler brukt"]
    rows = list(book["Bilag"].iter_rows(min_row=2, values_only=True))
    assert [(r[0], r[3], r[4], r[5], r[7], r[8]) for r in rows] == [
        ("F001", "10100", "19000", "300", None, 100.01),
        ("F001", "10100", "22200", "@500", 66.67, None),
        ("F001", "10100", "26100", "300", 33.34, None),
    ]
    assert [c.value for c in book["Kontroll"][2]] == ["=Drift", "2026", "F001", 100.01, 0, 100.01, 0, 0]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    text = ledger.with_name("bok.fordelt.csv").read_bytes().decode("utf-8-sig")
    written = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [r["Beløp"] for r in written] == ["-100,01", "66,67", "33,34"]
    assert written[1]["Ansvar"] == "'@500"


def test_csv_med_bilagene_kan_leses_som_hovedbok(files: tuple[Path, Path], tmp_path: Path) -> None:
    ledger, keys = files
    assert run(["fordel", str(ledger), "--nokler", str(keys), "-o", str(tmp_path / "ut.xlsx")]) == 0
    with open_ledger(tmp_path / "ut.csv") as bok:
        assert samle(bok)[1].sum_ore == 0


def test_json_er_bare_data(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    ledger, keys = files
    assert run(["fordel", str(ledger), "--nokler", str(keys), "--aar", "2026", "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == {
        "bilag": "F001", "dato": "2026-12-31", "kontoklasse": None, "konto": "10100", "funksjon": "19000", "ansvar": "300",
        "prosjekt": None, "belop": "-100.01", "tekst": "Fordeling av =Drift, 2026",
    }  # fmt: skip
    assert run(["fordel", str(ledger), "--nokler", str(keys), "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["kontroll"][0]["etter"] == "0.00"
    assert not ledger.with_name("bok.fordelt.xlsx").exists()


def test_ingenting_overskrives_uten_at_det_er_bedt_om(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, keys = files
    other = ledger.with_name("bok.fordelt.csv")
    other.write_text("mitt", encoding="utf-8")
    command = ["fordel", str(ledger), "--nokler", str(keys)]
    assert run(command) == 2
    assert "finnes fra før; bruk --overskriv" in capsys.readouterr().err
    assert other.read_text(encoding="utf-8") == "mitt"
    assert not ledger.with_name("bok.fordelt.xlsx").exists()
    assert run([*command, "--overskriv"]) == 0
    assert run([*command, "-o", str(ledger.with_suffix(".xlsx")), "--overskriv"]) == 2
    assert "er også filen som leses" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["bok.csv"], "Oppgi både hovedboken og nøklene"),
        (["--mal", "mal.csv"], "mal.csv skal være en Excel-arbeidsbok"),
        (["bok.csv", "--nokler", "nokler.xlsx", "-o", "ut.csv"], "ut.csv skal være en Excel-arbeidsbok"),
        (["bok.csv", "--nokler", "bok.csv"], "bok.csv mangler arket «Enheter»; lag en tom nøkkelarbeidsbok"),
        (["bok.csv", "--nokler", "nokler.xlsx", "--kolonner", "konto=Z"], "bok.csv har ingen kolonne «Z»"),
        (["nei.csv", "--nokler", "nokler.xlsx"], "Finner ikke filen nei.csv"),
    ],
)  # fmt: skip
def test_feil_bruk(
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    args: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(files[0].parent)
    assert run(["fordel", *args]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"kontoplan: {message}")
    assert err.count("\n") == 1


def test_malen_kan_fylles_ut_og_leses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mal.xlsx"
    assert run(["fordel", "--mal", str(path)]) == 0
    with pytest.raises(UserError, match="arket har ingen enheter"):
        read_keys(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Veiledning", "Enheter", "Nøkler", "Grunnlag"]
    for name, values in (
        ("Enheter", {"Enhet": "Drift", "Funksjon": "19000", "Fordeles etter": "m²"}),
        ("Grunnlag", {"Til funksjon": "222", "m²": 100}),
    ):
        heads = [cell.value for cell in book[name][1]]
        for head, value in values.items():
            book[name].cell(2, heads.index(head) + 1, value)
    book.save(path)
    keys = read_keys(path)
    assert [(e.navn, e.etter, e.foring) for e in keys.enheter] == [("Drift", "m²", "art")]
    assert [(g.mal.funksjon, dict(g.verdier)) for g in keys.grunnlag] == [("222", {"m²": 100})]
    capsys.readouterr()


def test_eksempelhovedboken_gar_opp_mot_kilden_og_kan_fordeles(tmp_path: Path) -> None:
    posts = make(fro=3, rader=4000)
    assert posts == make(fro=3, rader=4000)
    assert posts != make(fro=4, rader=4000)
    assert sum(post.ore for post in posts) == 0
    by_line: dict[int, int] = {}
    for post in posts:
        by_line[post.linje] = by_line.get(post.linje, 0) + post.ore
    assert {line.nummer: line.ore for line in lines(2026) if line.ore} == {
        nr: ore for nr, ore in by_line.items() if nr >= 0
    }
    by_voucher: dict[int, int] = {}
    for post in posts:
        by_voucher[post.bilag] = by_voucher.get(post.bilag, 0) + post.ore
    assert set(by_voucher.values()) == {0}
    write_csv(posts, tmp_path / "bok.csv")
    write_xlsx(posts, tmp_path / "bok.xlsx")
    demo_keys(tmp_path / "nokler.xlsx")
    found = []
    for name in ("bok.csv", "bok.xlsx"):
        with open_ledger(tmp_path / name) as bok:
            frame, lest = summer(bok, ["konto", "funksjon", "ansvar", "maaned"])
        assert (lest.rader, lest.uleste) == (len(posts), ())
        found.append(frame.rows())
    assert found[0] == found[1]
    answer = fordel(tmp_path / "bok.xlsx", tmp_path / "nokler.xlsx", aar=2026)
    assert answer.merknader == ()
    assert sum(f.etter_ore for f in answer.funksjoner if f.funksjon == "19000") == 0
