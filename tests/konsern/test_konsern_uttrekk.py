"""Konsernet: kontoklasser, eierandel, eliminering, og det som ikke møtes."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

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
    assert run([*command, "--tross-feil", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(e["eliminert"], e["differanse"]) for e in answer["eliminert"]] == [(600, 400)]
    assert {"kontoklasse": "3", "funksjon": "202", "art": "380", "belop": 400} in answer["poster"]
    assert len((tmp_path / "0M.dat").read_bytes().splitlines()) == 8


def test_balansen_legges_sammen_og_sier_hva_som_ikke_er_gjort(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "0B.dat", "0B", [("2", "10", "320", 50), ("2", "5990", "080", -50)]),
        write(tmp_path / "0J.dat", "0J", [("5", "10", "320", 7), ("5", "5990", "080", -7)]),
    ]
    answer = konsern(files, skjema="0N", aar=2026, region="340300")
    assert {key: t for key, (_, t) in answer.poster.items()} == {("5", "10", "320"): 57, ("5", "5990", "080"): -57}
    assert "er ikke tatt ut" in answer.merknader[0]


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


@given(units)
def test_like_mye_tas_ut_pa_hver_side(given_units: list[dict[tuple[str, str, str], int]]) -> None:
    found, eliminated = merge(
        [Enhetsuttrekk(str(at), "0I", Fraction(1), posts) for at, posts in enumerate(given_units)], balanse=False
    )
    before = sum(ore for posts in given_units for ore in posts.values())
    removed = sum(e.differanse_ore for e in eliminated if e.motes)
    assert sum(found.values()) == before - removed
