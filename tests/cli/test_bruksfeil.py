from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kontoplan.cli import run

EKSEMPLER = Path(__file__).parents[2] / "eksempler"
REGNSKAP = "kommune, fylkeskommune, sbdr-kommune, sbdr-fylke, kirke"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """En kontoplan i arbeidsmappen, så meldingene ikke er avhengige av hvor testene kjøres."""
    shutil.copy(EKSEMPLER / "demo-kommune-2026.xlsx", tmp_path / "plan.xlsx")
    (tmp_path / "finnes.xlsx").write_text("urørt", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "plan.xlsx"


@pytest.mark.parametrize(
    ("args", "melding"),
    [
        ("kobl plan.xlsx", "Kommandoen kobl finnes ikke. Mente du koble? Se «kontoplan --help»."),
        ("xyzzy", "Kommandoen xyzzy finnes ikke. Se «kontoplan --help»."),
        ("--versjon", "Valget --versjon finnes ikke. Mente du --version? Se «kontoplan --help»."),
        ("koble --xyzzy plan.xlsx", "Valget --xyzzy finnes ikke. Se «kontoplan koble --help»."),
        (
            "koble plan.xlsx --aar i-fjor",
            "Valget --aar har en verdi som ikke kan brukes. Oppgi et helt tall. Se «kontoplan koble --help».",
        ),
        (
            "koble plan.xlsx --format xml",
            "Valget --format har en verdi som ikke kan brukes. Lovlige verdier er tabell, json, jsonl. Se «kontoplan koble --help».",
        ),
        (
            "koble plan.xlsx --regnskap by",
            f"Valget --regnskap har en verdi som ikke kan brukes. Lovlige verdier er {REGNSKAP}. Se «kontoplan koble --help».",
        ),
        ("koble plan.xlsx --overskriv=ja", "Valget --overskriv tar ikke imot noen verdi. Se «kontoplan --help»."),
        ("koble plan.xlsx --aar", "Valget --aar trenger en verdi. Se «kontoplan --help»."),
        ("koble --overskriv", "Argumentet INN mangler. Se «kontoplan koble --help»."),
        (
            "koble plan.xlsx --aar 1900",
            "Regnskapsåret 1900 finnes ikke i kodelistene; velg et år fra 2017 til 2026 med --aar.",
        ),
        (
            "koble plan.xlsx --minne plan.xlsx",
            "Minnet plan.xlsx er skadet eller er ikke et kontoplan-minne; oppgi en annen fil med --minne, eller hent det tilbake fra en kopi.",
        ),
        ("koble finnesikke.xlsx", "Finner ikke filen finnesikke.xlsx; kontroller navnet og mappen."),
        (
            "koble .",
            ". er en mappe; oppgi selve filen med kontoplanen (.xlsx, .xlsm, .xls, .ods, .csv eller .tsv).",
        ),
        (
            "koble plan.xlsx --ark Nei",
            "Arket «Nei» finnes ikke i plan.xlsx; arkene er «Kontoplan», «Balanse», «Tjenester», «Ansvar».",
        ),
        (
            "koble plan.xlsx -o finnes.xlsx",
            "finnes.xlsx finnes fra før; velg et annet navn med -o eller legg til --overskriv.",
        ),
        (
            "koble plan.xlsx -o plan.xlsx --overskriv",
            "plan.xlsx er også filen som leses; velg et annet navn med -o.",
        ),
        (
            "koble plan.xlsx -o ut.csv",
            "Resultatet er en Excel-arbeidsbok; gi ut.csv et navn som slutter på .xlsx.",
        ),
    ],
)
@pytest.mark.usefixtures("plan")
def test_en_bruksfeil_er_en_norsk_setning_pa_stderr(
    args: str, melding: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    original = (tmp_path / "plan.xlsx").read_bytes()
    assert run(args.split()) == 2
    out, err = capsys.readouterr()
    assert err == f"kontoplan: {melding}\n"
    assert out == ""
    assert sorted(p.name for p in tmp_path.iterdir()) == ["finnes.xlsx", "plan.xlsx"]
    assert (tmp_path / "finnes.xlsx").read_text(encoding="utf-8") == "urørt"
    assert (tmp_path / "plan.xlsx").read_bytes() == original


def test_et_navn_som_er_for_langt_gir_ikke_traceback(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["koble", plan, "-o", "x" * 300 + ".xlsx"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("kontoplan: Klarte ikke å lese eller skrive xxx")
    assert err.count("\n") == 1


@pytest.mark.parametrize("args", [[], ["koble"], ["vis"]])
def test_uten_argumenter_vises_hjelpen(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == 2
    out, err = capsys.readouterr()
    assert f"Bruk: kontoplan{''.join(f' {a}' for a in args)}" in out + err


def test_avbrudd_er_ikke_en_feil_i_programmet(
    plan: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kontoplan.usecases.koble.koble", interrupt)
    assert run(["koble", plan]) == 130
    assert "Traceback" not in capsys.readouterr().err
