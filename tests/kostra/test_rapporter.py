"""Rapportene slik en leser dem: terminal, nettside og arbeidsbok."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from poster import dom as dommen
from poster import linje

from kontoplan.cli import run
from kontoplan.html.control_report import render as page
from kontoplan.kostra.oppgave import lag_oppgave
from kontoplan.kostra.sammendrag import dom
from kontoplan.kostra.skriv import Post
from kontoplan.usecases.kontroller import kontroller_poster
from kontoplan.workbook.control_report import ARK
from kontoplan.workbook.control_report import render as workbook

if TYPE_CHECKING:
    from pathlib import Path

NAAR = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FELT = ("--skjema", "0A", "--aar", "2026", "--region", "340300")


@pytest.fixture
def fil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    poster = ["1 202 010 50", "1 254 010 5", "1 254 020 6", "1 202 010 7"]
    (tmp_path / "0A.dat").write_text("\n".join(linje(p, "0A", {}) for p in poster), encoding="ascii")
    (tmp_path / "god.dat").write_text(
        "\n".join(linje(p, "0A", {"region": "030101"}) for p in poster[:1]), encoding="ascii"
    )
    return "0A.dat"


def test_terminalen_sier_dommen_forst_sa_hvert_funn(fil: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kontroller", fil, *FELT]) == 1
    out = capsys.readouterr().out
    assert "0A.dat kontrollert som 0A 2026, region 340300" in out
    assert "✗ Filen kan ikke sendes inn: 6 feil og 1 advarsel." in out
    assert "Linje 2 (beløp 5), 3 (beløp 6)" in out
    assert "→ Funksjon 254" in out
    assert out.index("Filen kan ikke") < out.index("010 Funksjon: 2 feil") < out.index("105 Inntekter")


def test_exit_0_nar_filen_kan_sendes(fil: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fil
    assert run(["kontroller", "god.dat", "--skjema", "0A", "--region", "030101"]) == 0
    assert "✓ Filen kan sendes inn. Ingen funn." in capsys.readouterr().out


def test_json_er_grensesnittet_og_merknadene_gar_til_stderr(fil: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kontroller", fil, *FELT, "--format", "json"]) == 1
    done = capsys.readouterr()
    svar = json.loads(done.out)
    assert (list(svar), svar["fatal"], svar["hoyeste"]) == (["fatal", "hoyeste", "funn"], False, "ERROR")
    assert list(svar["funn"][0]) == ["kontroll", "alvor", "linjer", "melding", "rettelse"]
    assert run(["kontroller", fil, *FELT, "--format", "jsonl"]) == 1
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == svar["funn"]


def test_json_uten_funn_er_ogsa_gyldig(fil: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fil
    assert run(["kontroller", "god.dat", "--skjema", "0A", "--region", "030101", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"fatal": False, "hoyeste": "OK", "funn": []}


@pytest.mark.parametrize(
    ("args", "melding"),
    [
        ("finnesikke.dat --skjema 0A --region 340300", "Finner ikke filen finnesikke.dat; kontroller navnet og mappen."),
        (". --skjema 0A --region 340300", ". er en mappe; oppgi selve filuttrekket."),
        ("0A.dat --skjema 0A --region 3403", "Regionen «3403» er ikke seks synlige tegn; oppgi kommunenummeret og 00 eller fylkesnummeret og 0000, kanskje 340300."),
        ("0A.dat --skjema 0A --region 340300 -o r.pdf", "Rapporten skrives som nettside eller arbeidsbok; gi r.pdf et navn som slutter på .html eller .xlsx."),
        ("0A.dat --skjema 0A --region 340300 -o god.html", "Filen god.html finnes fra før; bruk --overskriv eller velg et annet navn."),
        ("0A.dat --region 340300", "Valget --skjema mangler. Se «kontoplan kontroller --help»."),
    ],
)  # fmt: skip
def test_bruksfeil_er_en_setning(
    fil: str, args: str, melding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fil
    (tmp_path / "god.html").write_text("urørt", encoding="utf-8")
    assert run(["kontroller", *args.split()]) == 2
    done = capsys.readouterr()
    assert (done.out, done.err) == ("", f"kontoplan: {melding}\n")
    assert (tmp_path / "god.html").read_text(encoding="utf-8") == "urørt"


def test_rapporten_kan_ikke_legges_oppa_filen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fil = tmp_path / "uttrekk.html"
    fil.write_text("x", encoding="utf-8")
    assert run(["kontroller", str(fil), *FELT, "-o", str(fil), "--overskriv"]) == 2
    assert "er også filen som leses" in capsys.readouterr().err


@pytest.mark.parametrize("navn", ["rapport.html", "rapport.xlsx"])
def test_rapporten_skrives(fil: str, navn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kontroller", fil, *FELT, "-o", navn]) == 1
    assert f"Skrevet til {navn}" in capsys.readouterr().out
    assert (tmp_path / navn).stat().st_size > 1000


def test_mange_linjer_og_arsaker_foldes_i_terminalen_men_telles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linjer = [linje(f"1 {n} 010 1", "0A", {"aargang": "2025"}) for n in range(900, 950)]
    (tmp_path / "f.dat").write_text("\n".join(linjer), encoding="ascii")
    assert run(["kontroller", str(tmp_path / "f.dat"), *FELT]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "Linje 1–50 … (50 linjer, beløp til sammen 50)" in out
    assert "… og 42 årsaker til med 42 funn." in out
    assert "legg til -o RAPPORT.html" in out


FIENDTLIG = Post("<", '<b>"', "=1+", 5, "<script>alert(1)</script>")


def test_det_som_star_i_filen_er_tekst_pa_nettsiden() -> None:
    side = page(kontroller_poster([FIENDTLIG], lag_oppgave(skjema="0A", aar=2026, region="340300")), naar=NAAR)
    assert "<b>" not in side
    assert "<script" not in side
    assert "&lt;b&gt;" in side
    assert "&lt;script&gt;" in side
    assert "http" not in side.replace("http-equiv", "")


def test_nettsiden_har_alle_funnene_og_forklaringen() -> None:
    rapport = dommen("0A", *(f"1 999 {art:03d} 1" for art in range(1200)[200:800]), "1 202 010 5")
    side = page(rapport, naar=NAAR)
    for gruppe in rapport.grupper:
        assert gruppe.emne in side
    assert side.count("<section") == len({(g.kontroll, g.emne) for g in rapport.grupper})
    assert "Filen kan ikke sendes inn" in side
    assert "600 linjer, beløp til sammen 600" in side


def test_arbeidsboken_har_ett_funn_per_rad_og_ingen_formler() -> None:
    rapport = kontroller_poster([FIENDTLIG], lag_oppgave(skjema="0A", aar=2026, region="340300"))
    bok = openpyxl.load_workbook(BytesIO(workbook(rapport, naar=NAAR)))
    assert tuple(bok.sheetnames) == ARK
    assert bok["Funn"].max_row == rapport.antall() + 1
    assert bok["Årsaker"].max_row == len(rapport.grupper) + 1
    assert all(cell.data_type != "f" for ark in bok for row in ark.iter_rows() for cell in row)
    assert bok["Sammendrag"]["B5"].value == f"✗ {dom(rapport)}"
    assert FIENDTLIG.opphav in [row[-1] for row in bok["Funn"].iter_rows(values_only=True)]


def test_arbeidsboken_uten_funn() -> None:
    bok = openpyxl.load_workbook(BytesIO(workbook(dommen("0A", "1 202 010 5", region="030101"), naar=NAAR)))
    assert bok["Funn"]["A2"].value == "Ingen funn."


@pytest.mark.parametrize(
    ("rapport", "ventet"),
    [
        (dommen("0A", "1 202 660 5", region="030101"), "Filen kan sendes inn. Den har 1 opplysning."),
        (dommen("0A", "1 202 010 5", region="030101"), "Filen kan sendes inn. Ingen funn."),
        (dommen("0X", "1 202 010 5"), "Filen kan ikke leses: skjemaet finnes ikke."),
        (dommen("0A"), "Filen er tom og kan ikke sendes inn."),
        (dommen("0A", "1 202 010 5", felt={"belop": "       \t5"}), "Filen kan ikke leses: 1 uleselig linje."),
    ],
)
def test_dommen_i_en_setning(rapport: object, ventet: str) -> None:
    assert dom(rapport) == ventet  # type: ignore[arg-type]
