from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kontoplan import __version__
from kontoplan.cli import main, progress, run

EKSEMPLER = Path(__file__).parents[2] / "eksempler"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(EKSEMPLER / "demo-kommune-2026.xlsx", tmp_path / "plan.xlsx"))


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    out, err = capsys.readouterr()
    assert err == ""
    return [json.loads(line) for line in out.splitlines()]


def test_standard_er_en_arbeidsbok_ved_siden_av_og_et_sammendrag(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["koble", str(plan)]) == 0
    out, err = capsys.readouterr()
    target = plan.with_name("plan.koblet.xlsx")
    assert load_workbook(target, read_only=True).sheetnames[:3] == ["Sammendrag", "Til gjennomgang", "Kobling"]
    assert "plan.xlsx koblet til KOSTRA 2026 (kommune)" in out
    assert "må ses på" in out
    assert f"Skrevet til {target}" in out
    assert "\x1b[" not in out
    assert err == ""


def test_arbeidsboken_kan_fa_et_annet_navn_og_skrives_over_pa_oppfordring(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = plan.with_name("ut.xlsx")
    args = ["koble", str(plan), "-o", str(target), "--ark", "Tjenester"]
    assert run(args) == 0
    assert run(args) == 2
    target.write_bytes(b"gammel")
    assert run([*args, "--overskriv"]) == 0
    assert load_workbook(target, read_only=True).sheetnames[0] == "Sammendrag"
    assert "Traceback" not in capsys.readouterr().err


def test_json_og_jsonl_er_de_samme_radene(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["koble", str(plan), "--ark", "Tjenester", "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert run(["koble", str(plan), "--ark", "Tjenester", "--format", "jsonl", "--uten-minne"]) == 0
    assert rows(capsys) == whole
    assert {r["ark"] for r in whole} == {"Tjenester"}
    assert not plan.with_name("plan.koblet.xlsx").exists()


def test_json_og_arbeidsbok_i_samme_kjoring(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = plan.with_name("ut.xlsx")
    assert run(["koble", str(plan), "--ark", "Tjenester", "--format", "jsonl", "-o", str(target)]) == 0
    assert rows(capsys)
    assert target.stat().st_size > 1000


def test_ark_kan_gjentas(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["koble", str(plan), "--ark", "Tjenester", "--ark", "Ansvar", "--format", "jsonl"]) == 0
    assert {r["ark"] for r in rows(capsys)} == {"Tjenester", "Ansvar"}


def test_flere_filer_i_en_kjoring(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = plan.with_name("to.csv")
    other.write_text("Art;Navn\n11150;Matvarer\n11800;Strøm\n10100;Fastlønn\n", encoding="utf-8")
    assert run(["koble", str(other), str(plan), "--format", "jsonl"]) == 0
    found = rows(capsys)
    assert [r["kode"] for r in found if r["fil"] == "to.csv"] == ["115", "180", "010"]
    assert {r["fil"] for r in found} == {"to.csv", "plan.xlsx"}


def test_kolonnene_kan_overstyres(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = plan.with_name("rar.csv")
    odd.write_text("x;y;z\nMatvarer;a;11150\nStrøm;b;11800\nFastlønn;c;10100\n", encoding="utf-8")
    assert run(["koble", str(odd), "--kolonner", "kode=C,navn=A", "--format", "jsonl"]) == 0
    assert [(r["lokal_kode"], r["lokal_navn"], r["kode"]) for r in rows(capsys)] == [
        ("11150", "Matvarer", "115"),
        ("11800", "Strøm", "180"),
        ("10100", "Fastlønn", "010"),
    ]


def test_aar_og_regnskap_nar_fram(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["koble", str(plan), "--format", "jsonl", "--ark"]
    assert run([*args, "Tjenester", "--aar", "2023"]) == 0
    assert next(r["kode"] for r in rows(capsys) if r["lokal_kode"] == "25400") == "254"
    assert run([*args, "Kontoplan", "--regnskap", "sbdr-kommune"]) == 0
    assert {"3", "4"} <= {r["kontoklasse"] for r in rows(capsys)}


def test_hovedinngangen_gir_exit_koden_videre(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kontoplan", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("kontoplan ")
    with pytest.raises(SystemExit) as ended:
        main(["--xyzzy"])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("error", "melding"),
    [
        (BrokenPipeError(32, "Broken pipe"), ""),
        (
            OSError(28, "No space left on device"),
            "kontoplan: Klarte ikke å lese eller skrive svaret; kontroller navnet, plassen på disken og rettighetene.\n",
        ),
        (
            PermissionError(13, "Permission denied", "plan.xlsx"),
            "kontoplan: Klarte ikke å lese eller skrive plan.xlsx; kontroller navnet, plassen på disken og rettighetene.\n",
        ),
    ],
)
def test_feil_fra_operativsystemet_er_en_setning(
    error: OSError,
    melding: str,
    plan: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("kontoplan.usecases.koble.koble", fail)
    assert run(["koble", str(plan)]) == (2 if melding else 0)
    assert capsys.readouterr().err == melding


def test_versjonen(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"kontoplan {__version__}\n"


@pytest.mark.parametrize("args", [["--help"], ["koble", "--help"], ["vis", "--help"]])
def test_hjelpen_er_pa_norsk(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == 0
    out = capsys.readouterr().out
    assert "Bruk: kontoplan" in out
    assert "Vis denne hjelpen og avslutt." in out
    for english in ("Usage", "Options", "Commands", "Arguments", "Show this message", "default:", "required"):
        assert english not in out


def test_fremdriften_vises_bare_i_en_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress.progress() as say:
        say("Leser")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.progress() as say:
        say("Leser")
    assert capsys.readouterr().out == ""
