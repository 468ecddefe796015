"""``laer`` og ``minne`` slik de skrives på kommandolinjen."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path

import openpyxl
import pytest

from kontoplan.cli import run

EKSEMPEL = Path(__file__).parents[2] / "eksempler" / "demo-kommune-2026.xlsx"


@pytest.fixture
def koblet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KONTOPLAN_MINNE", str(tmp_path / "mitt" / "minne.db"))
    shutil.copy(EKSEMPEL, tmp_path / "plan.xlsx")
    assert run(["koble", "plan.xlsx", "--ark", "Tjenester"]) == 0
    capsys.readouterr()
    return tmp_path / "plan.koblet.xlsx"


def decide(path: Path, **answers: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path)
    sheet = book["Kobling"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        answer = answers.get(f"k{sheet.cell(row, at['Lokal kode']).value}")
        if answer:
            sheet.cell(row, at["Avgjørelse"]).value = answer
            sheet.cell(row, at["Avgjort av"]).value = "Kari"
    book.save(path)


def status(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    capsys.readouterr()
    assert run(["koble", "plan.xlsx", "--ark", "Tjenester", "--format", "jsonl", *options]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {row["lokal_kode"]: row["status"] for row in rows}


def test_laer_husker_i_eget_minne_og_koble_bruker_det(koblet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(koblet, k25400="257")
    assert run(["laer", str(koblet)]) == 0
    out, err = capsys.readouterr()
    assert "1 ny avgjørelse er husket." in out
    assert "25400 Hjemmesykepleie" in out
    assert err == ""
    assert status(capsys)["25400"] == "avgjort"
    assert status(capsys, "--uten-minne")["25400"] == "utgatt"
    assert status(capsys, "--kommune", "Storevik")["25400"] == "utgatt"
    assert run(["laer", str(koblet)]) == 0
    assert "Ingenting nytt: 1 avgjørelse sto i minnet fra før." in capsys.readouterr().out


def test_en_motsigelse_gir_listen_og_exit_2(koblet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(koblet, k25400="254", k20200="215")
    assert run(["laer", str(koblet)]) == 2
    out, err = capsys.readouterr()
    assert "Må rettes først" in out
    assert "Funksjon 254 gikk ut etter" in " ".join(out.split())
    assert err.startswith("kontoplan: Én avgjørelse kan ikke brukes (først Kobling!")
    assert not koblet.with_name("mitt").exists()
    assert run(["laer", str(koblet), "--format", "jsonl", "--minne", "m.db"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert [p["konto"] for p in found["problemer"]] == ["25400 Hjemmesykepleie (Utgår f.o.m. 2025)"]
    assert found["nye"] == []


def test_laer_som_json_sier_hva_som_er_nytt_og_endret(koblet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for answer in ("257", "258"):
        decide(koblet, k25400=answer)
        assert run(["laer", str(koblet), "--minne", "m.db", "--kommune", "Lillevik", "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert [d["svar"] for d in found["nye"]] == [answer]
    assert [(d["svar"], d["for"]) for d in found["endret"]] == [("258", "257")]
    assert (found["kommune"], found["aar"], found["regnskap"]) == ("Lillevik", 2026, "kommune")


def test_minnet_kan_ses_angres_eksporteres_og_importeres(koblet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(koblet, k25400="257", k20200="215")
    assert run(["laer", str(koblet), "--kommune", "Lillevik"]) == 0
    assert run(["minne", "eksporter", "ut.csv"]) == 0
    assert run(["minne", "eksporter", "ut.csv"]) == 2
    assert run(["minne", "importer", "ut.csv", "--minne", "annet.db"]) == 0
    assert run(["minne", "importer", "ut.csv", "--minne", "annet.db"]) == 0
    out, _ = capsys.readouterr()
    assert "2 avgjørelser er skrevet til ut.csv." in out
    assert "2 avgjørelser er lagt til i annet.db, 0 sto der fra før." in out
    assert "0 avgjørelser er lagt til i annet.db, 2 sto der fra før." in out
    assert run(["minne", "vis", "hjemmesyke"]) == 0
    out, _ = capsys.readouterr()
    assert "257" in out
    assert "215" not in out
    assert run(["minne", "angre"]) == 0
    assert "Runde 1 er angret: 2 avgjørelser fra plan.koblet.xlsx" in capsys.readouterr().out
    assert status(capsys, "--kommune", "Lillevik")["25400"] == "utgatt"
    assert run(["minne", "angre"]) == 2


@pytest.mark.parametrize(
    ("args", "melding"),
    [
        ("laer finnes-ikke.xlsx", "Finner ikke filen finnes-ikke.xlsx; kontroller navnet og mappen."),
        ("laer plan.xlsx", "plan.xlsx har ingen kolonne «Avgjørelse»;"),
        ("minne vis", "finnes ikke; det lages første gang du kjører «kontoplan laer»."),
        ("minne importer finnes-ikke.csv", "Kan ikke lese finnes-ikke.csv"),
        ("minne importer plan.xlsx", "plan.xlsx er ikke lagret som UTF-8; lagre den som «CSV UTF-8»."),
        ("laer", ""),
    ],
)
@pytest.mark.usefixtures("koblet")
def test_feil_er_en_setning(args: str, melding: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args.split()) == 2
    err = capsys.readouterr().err
    assert melding in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["laer", "minne", "minne vis", "minne angre", "minne eksporter", "minne importer"])
def test_hjelpen_er_pa_norsk(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    out = capsys.readouterr().out
    assert "Bruk: kontoplan" in out
    for english in ("Usage", "Options", "Arguments", "Commands", "Show this message", "default:", "required"):
        assert english not in out
