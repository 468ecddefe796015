from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kontoplan.evidence.codes import codes
from kontoplan.evidence.wording import wording
from kontoplan.judge import Score
from kontoplan.kodeverk import Kodeverk
from kontoplan.text import read
from kontoplan.training import examples as eksempler
from kontoplan.training import judge as training
from kontoplan.training.examples import Example
from kontoplan.weights import load, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.training.judge import Prediction
    from kontoplan.weights import Weights

BENCH = Path(__file__).parents[2] / "bench" / "data"
KODEVERK = Kodeverk.for_aar(2026)
START = replace(weights(), ordlyd=dict.fromkeys(weights().ordlyd, 5.0), nummer=0.6, rapporteres_ikke=0.0)
PLAN = [("11150", "Matvarer", "115"), ("11800", "Strøm", "180"), ("10100", "Fastlønn", "010"), ("10400", "OT", "040")]


@cache
def examples() -> tuple[Example, ...]:
    compare = wording(codes(KODEVERK, "art")).compare
    return tuple(
        Example(f"{kommune} 2020", "art", nummer, navn, "1", kode, compare(read(navn)))
        for kommune in ("Lillevik", "Storevik")
        for nummer, navn, kode in PLAN
    )


def loss(found: Sequence[Prediction]) -> float:
    return sum(1 - p.scores[p.rank - 1].sannsynlighet for p in found)


def prediction(sannsynlighet: float, *, right: bool = True, rest: tuple[float, ...] = ()) -> Prediction:
    scores = tuple(Score(str(at), 0.0, 0.0, p) for at, p in enumerate((sannsynlighet, *rest)))
    (answered, *_) = training.predict(examples()[:1], KODEVERK, START)
    return replace(answered, example=replace(answered.example, fasit="0" if right else "1"), scores=scores)


def test_vektene_er_tilpasset_pa_dataene_som_ligger_her() -> None:
    assert weights().data in {"utgangspunkt", eksempler.fingerprint(BENCH)}


def test_fingeravtrykket_endres_nar_dataene_endres(tmp_path: Path) -> None:
    (tmp_path / "a_dev.csv").write_text("x", encoding="utf-8")
    before = eksempler.fingerprint(tmp_path)
    assert eksempler.fingerprint(tmp_path) == before
    (tmp_path / "a_dev.csv").write_text("y", encoding="utf-8")
    assert eksempler.fingerprint(tmp_path) != before


def test_tilpasningen_gir_lavere_tap() -> None:
    fitted = training.fit(training.loss_grid(examples(), KODEVERK, START), START)
    assert loss(training.predict(examples(), KODEVERK, fitted)) < loss(training.predict(examples(), KODEVERK, START))
    assert fitted.ordlyd["art"] > START.ordlyd["art"]
    assert fitted.ordlyd["funksjon"] == START.ordlyd["funksjon"]


def test_tilpasningen_gir_det_samme_hver_gang_og_i_enhver_rekkefolge() -> None:
    grid = training.loss_grid(examples(), KODEVERK, START)
    backwards = training.loss_grid(tuple(reversed(examples())), KODEVERK, START)
    assert training.fit(grid, START) == training.fit(backwards, START)
    assert training.fit(grid, START) == training.fit(grid, START)


def test_kommunen_som_holdes_utenfor_pavirker_ikke_vektene() -> None:
    grid = training.loss_grid(examples(), KODEVERK, START)
    alone = {key: cost for key, cost in grid.items() if key[0] != "Storevik"}
    assert training.fit(grid, START, without="Storevik") == training.fit(alone, START)


def test_hvert_eksempel_svares_pa_med_og_uten_nummer() -> None:
    grid = training.loss_grid(examples(), KODEVERK, START)
    found = training.held_out(examples(), KODEVERK, START, grid)
    assert len(found) == 2 * len(examples())
    assert sum(p.shown for p in found) == len(examples())
    assert all(p.right for p in found if p.shown)


@pytest.mark.parametrize(
    ("kilde", "kommune"),
    [("Sogndal 2013", "Sogndal"), ("Sogndal 2013 (ansvar)", "Sogndal"), ("ukjent D", "ukjent D")],
)
def test_kilder_fra_samme_kommune_holdes_sammen(kilde: str, kommune: str) -> None:
    assert eksempler.municipality(kilde) == kommune


def test_terskelen_for_sikker_er_laveste_med_nok_rette() -> None:
    good = [prediction(0.99 - at / 1000) for at in range(50)]
    assert training.sure_threshold(good) == 0
    assert training.sure_threshold([*good, *(prediction(0.9, right=False) for _ in range(9))]) == pytest.approx(0.941)
    assert training.sure_threshold([prediction(0.999, right=False), *good]) > 1
    assert training.sure_threshold(good[:5]) > 1


def test_dekningen_er_laveste_der_fasit_nesten_alltid_er_i_mengden() -> None:
    first = [prediction(0.9, rest=(0.1,)) for _ in range(20)]
    second = [prediction(0.85, right=False, rest=(0.15,)) for _ in range(20)]
    assert training.set_coverage(first) == 0.8
    assert training.set_coverage([*first, *second]) == 0.86


def test_hele_treningen_gir_terskler_og_fingeravtrykk(tmp_path: Path) -> None:
    for national, rows in (("art", PLAN), ("funksjon", [("20200", "Grunnskole", "202")])):
        lines = [f"{kommune} 2020,{n},{t},{k},{k}" for kommune in ("Lillevik", "Storevik") for n, t, k in rows]
        heading = f"kilde,lokal_kode,lokal_navn,{national}_fasit,{national}_fasit_2026"
        (tmp_path / f"{national}_dev.csv").write_text("\n".join([heading, *lines]), encoding="utf-8")
    fitted, unseen = training.train(tmp_path, START)
    assert fitted.data == eksempler.fingerprint(tmp_path)
    assert len(unseen) == 2 * 2 * (len(PLAN) + 1)
    assert fitted.sikker["ansvar"] > 1
    assert 0.8 <= fitted.dekning < 1
    assert fitted.ordlyd["balanse"] == fitted.ordlyd["art"]


def test_eksemplene_leses_av_utviklingsdataene(tmp_path: Path) -> None:
    (tmp_path / "art_dev.csv").write_text(
        "kilde,lokal_kode,lokal_navn,kontoklasse,art_fasit,art_fasit_2026\n"
        "Lillevik 2020,11150,Matvarer,1,115,115\nLillevik 2020,12900,Internkjøp,,290,\nLillevik 2020,12700,Konsulent,1,270,\n",
        encoding="utf-8",
    )
    (tmp_path / "funksjon_dev.csv").write_text(
        "kilde,lokal_kode,lokal_navn,funksjon_fasit,funksjon_fasit_2026\n"
        "Lillevik 2020,20200,Skole,202,202\nLillevik 2020 (ansvar),310,Skole,202,202\n",
        encoding="utf-8",
    )
    found = eksempler.load_examples(tmp_path, KODEVERK)
    assert [(e.dimensjon, e.fasit, e.kontoklasse) for e in found] == [
        ("art", "115", "1"),
        ("art", "290", None),
        ("funksjon", "202", None),
        ("ansvar", "202", None),
    ]


def test_vektfilen_som_skrives_kan_leses_igjen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trained(*_: object) -> tuple[Weights, list[Prediction]]:
        return START, []

    monkeypatch.setattr(training, "train", trained)
    monkeypatch.setattr(training, "data_path", lambda _: tmp_path)
    monkeypatch.setattr("sys.argv", ["judge", str(BENCH)])
    training.main()
    assert load(tmp_path / "dommer.json") == START


def test_uenigheter_telles_for_kommunen_og_veier_etter_hvor_ofte_nummeret_har_rett() -> None:
    compare = wording(codes(KODEVERK, "art")).compare
    odd = Example("Lillevik 2020", "art", "12600", "Matvarer", "1", "260", compare(read("Matvarer")))
    found = training.contradictions((*examples(), odd), KODEVERK, START)
    assert found == {"Lillevik": (1, 0)}
    wrong = training.contradictions((*examples(), replace(odd, fasit="115")), KODEVERK, START)
    assert wrong == {"Lillevik": (0, 1)}
