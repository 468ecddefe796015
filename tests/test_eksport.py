from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.cli import run
from kontoplan.cli.options import EXPORTS
from kontoplan.kobling import Kobling, Kontorad
from kontoplan.kodeverk import Kodeverk
from kontoplan.lesing import Konto, Lesing
from kontoplan.sak import Flagg, Vurdering
from kontoplan.usecases.eksport import IKKE_EN_KODE, UENIGE, UTEN_NUMMER, VENTER, Format, columns, relations, render

ROOT = Path(__file__).parents[1]
KODEVERK = Kodeverk.for_aar(2026, "kommune")


def rad(kode: str | None = "115", lokal: str = "11150", navn: str = "Matvarer", **svar: object) -> Kontorad:
    konto = Konto("plan.xlsx", "Art", 2, 0, svar.pop("dimensjon", "art"), lokal, navn)  # type: ignore[arg-type]
    return Kontorad(konto, Vurdering(kode, svar.pop("status", "sikker"), 0.99, **svar))  # type: ignore[arg-type]


def kobling(*rader: Kontorad) -> Kobling:
    return Kobling(2026, "kommune", rader, Lesing(tuple(r.konto for r in rader), ()))


def lest(innhold: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(innhold.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_valgene_er_formatene() -> None:
    assert get_args(Format) == EXPORTS


@pytest.mark.parametrize("form", EXPORTS)
def test_kolonnene_er_beskrevet(form: Format) -> None:
    tekst = (ROOT / "docs" / "eksport.md").read_text(encoding="utf-8")
    assert [navn for navn in columns(form) if f"`{navn}`" not in tekst] == []


def test_bare_det_som_er_klart_er_med_og_resten_er_talt() -> None:
    rader = kobling(
        rad(),
        rad(lokal="11151"),
        rad(lokal="12000", kode="200", status="usikker"),
        rad(lokal="12001", kode="200", flagg=(Flagg("ulogisk-klasse", ""),)),
        rad(lokal="12900", kode=None, status="internt"),
        rad(lokal=""),
        rad(lokal="13000", kode="300"),
        rad(lokal="13000", kode="350"),
    )
    funnet = relations(rader, KODEVERK)
    assert [(r.lokal_kode, r.kode) for r in funnet.relasjoner] == [("11150", "115"), ("11151", "115")]
    assert funnet.utelatt == {VENTER: 2, IKKE_EN_KODE: 1, UTEN_NUMMER: 1, UENIGE: 2}
    alle = relations(rader, KODEVERK, ogsaa_ventende=True)
    assert [r.lokal_kode for r in alle.relasjoner] == ["11150", "11151", "12000", "12001"]


def test_samme_konto_pa_flere_rader_er_en_relasjon() -> None:
    assert len(relations(kobling(rad(), rad(), rad()), KODEVERK).relasjoner) == 1


def test_balanse_er_kapittel_og_sektor_og_ansvar_er_funksjon() -> None:
    funnet = relations(
        kobling(
            rad("16", "21689001", "Kunder", dimensjon="balanse", sektor="890"),
            rad("201", "2110", "Solbakken", dimensjon="ansvar"),
        ),
        KODEVERK,
    )
    assert [list(r.values()) for r in lest(render(funnet, "unit4"))] == [
        ["KONTO", "21689001", "Kunder", "KOSTRA-KAPITTEL", "16890", "202601"],
        ["ANSVAR", "2110", "Solbakken", "KOSTRA-FUNKSJON", "201", "202601"],
    ]
    assert [r["fra_dato"] for r in lest(render(funnet, "visma"))] == ["01.01.2026"] * 2
    assert [r["gyldig_fra"] for r in lest(render(funnet, "xledger"))] == ["2026-01-01"] * 2


@given(st.text(), st.text(min_size=1), st.sampled_from(EXPORTS))
def test_enhver_tekst_gir_en_lesbar_liste_uten_formler(navn: str, lokal: str, form: Format) -> None:
    funnet = relations(kobling(rad(navn=navn, lokal=lokal)), KODEVERK)
    (linje,) = lest(render(funnet, form))
    assert None not in linje
    assert not any(re.match(r"[=@\t\r]|[+-](?!\d+$)", verdi) for verdi in linje.values())


def test_kommandoen_skriver_listene_ved_siden_av_arbeidsboken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "eksempler" / "demo-kommune-2026.xlsx", "plan.xlsx")
    args = ["koble", "plan.xlsx", "--uten-minne", "--eksport", "csv", "--eksport", "visma"]
    assert run(args) == 0
    assert "plan.visma.csv. Ikke med: " in capsys.readouterr().out
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "plan.koblet.xlsx", "plan.relasjoner.csv", "plan.visma.csv", "plan.xlsx",
    ]  # fmt: skip
    assert {r["status"] for r in lest(Path("plan.relasjoner.csv").read_bytes())} >= {"sikker", "usikker"}
    assert ("10100", "010") in {(r["nummer"], r["kostrakode"]) for r in lest(Path("plan.visma.csv").read_bytes())}
    assert run([*args, "-o", "ny.xlsx"]) == 0
    assert Path("ny.visma.csv").exists()


def test_en_liste_som_finnes_skrives_ikke_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "eksempler" / "demo-kommune-2026.xlsx", "plan.xlsx")
    Path("plan.unit4.csv").write_text("min", encoding="utf-8")
    assert run(["koble", "plan.xlsx", "--eksport", "unit4"]) == 2
    assert "plan.unit4.csv finnes fra før" in capsys.readouterr().err
    assert Path("plan.unit4.csv").read_text(encoding="utf-8") == "min"
    assert not Path("plan.koblet.xlsx").exists()


def test_med_json_gar_meldingen_til_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "eksempler" / "demo-kommune-2026.xlsx", "plan.xlsx")
    assert run(["koble", "plan.xlsx", "--uten-minne", "--format", "jsonl", "--eksport", "xledger"]) == 0
    ut, feil = capsys.readouterr()
    assert all(linje.startswith("{") for linje in ut.splitlines())
    assert feil.startswith("Relasjonsliste med ")
    assert Path("plan.xledger.csv").exists()
