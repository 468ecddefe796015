"""Konsernet: kontoklasser, eierandel, eliminering, og det som ikke møtes."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.cli import run
from kontoplan.errors import UserError
from kontoplan.kostra.oppgave import lag_oppgave
from kontoplan.kostra.skriv import Post, skriv, tabell
from kontoplan.rapportering.konsern import Enhetsuttrekk, merge
from kontoplan.rapportering.tusen import TUSEN
from kontoplan.usecases.konsern import konsern

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Posts = list[tuple[str, str, str, int]]
KOMMUNE: Posts = [
    ("1", "202", "010", 6000), ("1", "202", "380", 1000), ("1", "800", "870", -3500), ("1", "840", "800", -3500),
    ("0", "222", "230", 500), ("0", "870", "910", -500), ("1", "222", "590", 300), ("1", "860", "990", -300),
]  # fmt: skip
FORETAK: Posts = [("3", "202", "010", 1000), ("3", "202", "780", -1000)]
IKS: Posts = [("3", "339", "010", 2000), ("3", "339", "770", -2000)]


def write(path: Path, skjema: str, posts: Posts, *, aar: int = 2026) -> Path:
    task = lag_oppgave(skjema=skjema, aar=aar, region="340300", orgnr="958935420" if skjema in {"0I", "0J"} else None)
    path.write_bytes(skriv(tabell(Post(*post) for post in posts), task))
    return path


def merged(files: Sequence[str | Path]) -> dict[tuple[str, str, str], int]:
    answer = konsern(files, skjema="0M", aar=2026, region="340300")
    assert answer.hindringer == ()
    return {key: thousands for key, (_, thousands) in answer.poster.items()}


def test_handelen_mellom_enhetene_tas_ut_og_kontoklassene_er_konsernets(tmp_path: Path) -> None:
    found = merged([write(tmp_path / "0A.dat", "0A", KOMMUNE), write(tmp_path / "0I.dat", "0I", FORETAK)])
    assert found == {
        ("3", "202", "010"): 7000, ("3", "222", "590"): 300, ("3", "800", "870"): -3500, ("3", "840", "800"): -3500, ("3", "860", "990"): -300,
        ("4", "222", "230"): 500, ("4", "870", "910"): -500,
    }  # fmt: skip


@pytest.mark.parametrize("share", ["=40%", "=0.4", "=0,4", "=40 %"])
def test_et_selskap_tas_med_etter_eierandelen(tmp_path: Path, share: str) -> None:
    files = [write(tmp_path / "0A.dat", "0A", KOMMUNE), write(tmp_path / "0I.dat", "0I", FORETAK)]
    write(tmp_path / "iks.dat", "0I", IKS)
    found = merged([*files, f"{tmp_path / 'iks.dat'}{share}"])
    assert (found["3", "339", "010"], found["3", "339", "770"]) == (800, -800)


def test_kommunens_eget_uttrekk_ma_vaere_kommunens(tmp_path: Path) -> None:
    path = write(tmp_path / "0A.dat", "0A", KOMMUNE)
    with pytest.raises(UserError, match="linje 1: filen gjelder region 340300, men konsernet 030100"):
        konsern([path], skjema="0M", aar=2026, region="030100")
    other = write(tmp_path / "0I.dat", "0I", FORETAK)
    assert konsern([other], skjema="0M", aar=2026, region="030100").poster


def test_handel_som_ikke_motes_nektes_og_vises(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    less: Posts = [("3", "202", "010", 600), ("3", "202", "780", -600)]
    files = [str(write(tmp_path / "0A.dat", "0A", KOMMUNE)), str(write(tmp_path / "0I.dat", "0I", less))]
    command = [
        "konsern",
        *files,
        "--skjema",
        "0M",
        "--region",
        "340300",
        "--aar",
        "2026",
        "-o",
        str(tmp_path / "0M.dat"),
    ]
    assert run(command) == 2
    said = capsys.readouterr()
    assert (
        "kjøp og salg mellom enhetene møtes ikke: art 380 er 1000 og art 780 er -600 (tusen kroner), differanse 400"
        in said.err
    )
    assert "0I.dat" in said.out
    assert not (tmp_path / "0M.dat").exists()
    assert run([*command, "--tross-feil", "--overskriv", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(e["eliminert"], e["differanse"]) for e in answer["eliminert"]] == [(600, 400)]
    assert {"kontoklasse": "3", "funksjon": "202", "art": "380", "belop": 400} in answer["poster"]
    assert len((tmp_path / "0M.dat").read_bytes().splitlines()) == 8


BALANSE: Posts = [("2", "10", "320", 50), ("2", "14", "151", 30), ("2", "23", "151", 200), ("2", "9110", "000", 4), ("2", "9999", "000", -4), ("2", "5990", "080", -280)]  # fmt: skip
FORETAKSBALANSE: Posts = [("5", "10", "320", 237), ("5", "33", "080", -30), ("5", "47", "080", -200), ("5", "5990", "080", -7)]  # fmt: skip


def balances(tmp_path: Path, other: Posts = FORETAKSBALANSE) -> list[str]:
    return [str(write(tmp_path / "0B.dat", "0B", BALANSE)), str(write(tmp_path / "0J.dat", "0J", other))]


def test_konserninterne_kapitler_tas_ut_av_balansen(tmp_path: Path) -> None:
    answer = konsern(balances(tmp_path), skjema="0N", aar=2026, region="340300")
    assert answer.hindringer == ()
    assert {key: t for key, (_, t) in answer.poster.items()} == {
        ("5", "10", "320"): 287, ("5", "5990", "080"): -287, ("5", "9110", "000"): 4, ("5", "9999", "000"): -4,
    }  # fmt: skip
    assert [(e.par.debet, e.par.kredit, e.eliminert_ore // TUSEN) for e in answer.elimineringer] == [("14", "33", 30), ("23", "47", 200)]  # fmt: skip
    assert "eierandeler (21) mot egenkapitalen i det som eies, er ikke tatt ut" in answer.merknader[0]
    assert "Kapittel 9110" in answer.merknader[1]


def test_mellomvaerender_som_ikke_motes_nektes_og_balansen_gar_opp_likevel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = [(k, f, a, b + {"47": 20, "5990": -20}.get(f, 0)) for k, f, a, b in FORETAKSBALANSE]
    command = ["konsern", *balances(tmp_path, other), "--skjema", "0N", "--region", "340300", "--aar", "2026", "-o", str(tmp_path / "0N.dat")]  # fmt: skip
    assert run(command) == 2
    said = capsys.readouterr()
    assert (
        "langsiktige mellomværender møtes ikke: kapittel 23 er 200 og kapittel 47 er -180 (tusen kroner), differanse 20; se 0N.avstemming.xlsx"
        in " ".join(said.err.replace(" (og 1 til)", "").split())
    )
    assert "Fordring" in said.out
    assert not (tmp_path / "0N.dat").exists()
    book = openpyxl.load_workbook(tmp_path / "0N.avstemming.xlsx")
    assert book.sheetnames == ["Sammendrag", "Mellom enhetene", "Poster", "Kontroller"]
    between = [row[1:] for row in book["Mellom enhetene"].iter_rows(min_row=2, values_only=True)]
    assert between[3:] == [
        ("0B.dat", 200, 0, None, None),
        ("0J.dat", 0, -180, None, None),
        ("Alle", 200, -180, 180, 20),
    ]
    posts = {row[1]: row[5:] for row in book["Poster"].iter_rows(min_row=2, values_only=True) if row[1] in {"23", "47"}}
    assert posts == {"23": (200, 0, 180, 20, 20), "47": (0, -180, -180, 0, 0)}
    assert run([*command, "--tross-feil", "--overskriv", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["eliminert"][1] == {
        "fordring": "23", "gjeld": "47", "sum_fordring": 200, "sum_gjeld": -180, "eliminert": 180, "differanse": 20,
        "enheter": [{"fil": "0B.dat", "fordring": 200, "gjeld": 0}, {"fil": "0J.dat", "fordring": 0, "gjeld": -180}],
    }  # fmt: skip
    assert sum(post["belop"] for post in answer["poster"]) == 0


@pytest.mark.parametrize(
    ("form", "posts", "to", "message"),
    [
        ("0A 2025", KOMMUNE, "0M", "linje 1: filen gjelder 2025, men konsernet 2026"),
        ("0A 2026", KOMMUNE, "0N", "linje 1: skjemaet 0A inngår ikke i 0N; det gjør 0B, 0J, 0N"),
        ("0A 2026", [("7", "202", "010", 1)], "0M", "linje 1: kontoklassen 7 finnes ikke på 0A"),
        ("0A 2026", [], "0M", "har ingen poster"),
        ("0A 2026", KOMMUNE, "0A", "0A er ikke et konsernskjema"),
    ],
)
def test_filer_som_ikke_horer_til(tmp_path: Path, form: str, posts: Posts, to: str, message: str) -> None:
    skjema, aar = form.split()
    path = write(tmp_path / "x.dat", skjema, posts, aar=int(aar))
    with pytest.raises(UserError, match=message):
        konsern([path], skjema=to, aar=2026, region="340300")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("kort.dat", b"0A2026\n", "linje 1: linjen er p\u00e5 6 tegn og ikke 48"),
        (
            "bokstav.dat",
            b"0A2026 340300                  1202 010      abc\n",
            "bel\u00f8pet \u00ababc\u00bb er ikke et helt tall",
        ),
    ],
)
def test_odelagte_filer(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=message):
        konsern([tmp_path / name], skjema="0M", aar=2026, region="340300")
    with pytest.raises(UserError, match="Finner ikke filen"):
        konsern([tmp_path / "nei.dat=40%"], skjema="0M", aar=2026, region="340300")


keys = st.tuples(
    st.sampled_from(["3", "4"]),
    st.sampled_from(["202", "222"]),
    st.sampled_from(["010", "380", "780", "511", "921", "770"]),
)
units = st.lists(
    st.dictionaries(keys, st.integers(-(10**6), 10**6).map(lambda n: n * TUSEN), max_size=8), min_size=1, max_size=4
)


chapters = st.tuples(
    st.just("5"), st.sampled_from(["10", "14", "23", "33", "47", "5990"]), st.sampled_from(["080", "151"])
)
balance_units = st.lists(
    st.dictionaries(chapters, st.integers(-(10**6), 10**6).map(lambda n: n * TUSEN), max_size=8), min_size=1, max_size=4
)


@given(balance_units)
def test_balansen_gar_opp_som_for(given_units: list[dict[tuple[str, str, str], int]]) -> None:
    units_ = [Enhetsuttrekk(str(at), "0J", Fraction(1), posts) for at, posts in enumerate(given_units)]
    found, eliminated = merge(units_, balanse=True)
    assert sum(found.values()) == sum(ore for posts in given_units for ore in posts.values())
    for each in eliminated:
        left = [sum(ore for key, ore in found.items() if key[1] == code) for code in (each.par.debet, each.par.kredit)]
        assert sum(left) == each.differanse_ore
        assert each.debet_ore <= 0 or each.kredit_ore >= 0 or 0 in left


@given(units)
def test_like_mye_tas_ut_pa_hver_side(given_units: list[dict[tuple[str, str, str], int]]) -> None:
    found, eliminated = merge(
        [Enhetsuttrekk(str(at), "0I", Fraction(1), posts) for at, posts in enumerate(given_units)], balanse=False
    )
    before = sum(ore for posts in given_units for ore in posts.values())
    removed = sum(e.differanse_ore for e in eliminated if e.motes)
    assert sum(found.values()) == before - removed
