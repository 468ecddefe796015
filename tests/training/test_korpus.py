from __future__ import annotations

import csv
import re
from dataclasses import astuple
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smaa import corpus as small

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.kodeverk import Kodeverk
from kontoplan.sak import Dimensjon, Kontekst
from kontoplan.text import read
from kontoplan.training.augment import variants
from kontoplan.training.charts import municipality
from kontoplan.training.corpus import build, corpus
from kontoplan.training.examples import folds, held_out
from kontoplan.training.line import CASE, CONSTRUCTED, Line, fingerprint, read_lines, write_lines

if TYPE_CHECKING:
    from pathlib import Path

BENCH = data_path("models").parent / "bench" / "data"
TEKST = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
FELT = st.text("abcæøå =0123456789", max_size=12).map(str.strip)


def test_korpuset_som_folger_med_er_det_kildene_gir() -> None:
    assert fingerprint(corpus()) == fingerprint(build(BENCH)), "kjør python -m kontoplan.training.corpus bench/data"


def test_hver_linje_har_opphav_aar_lisens_og_koder_som_gjelder() -> None:
    known = {
        d: {k for kind in ("kommune", "fylkeskommune", "sbdr-kommune", "sbdr-fylke", "kirke")
            for listed in [codes(Kodeverk.for_aar(regnskap=kind), n)] for k in listed.valid | listed.internal}  # type: ignore[arg-type]
        for d, n in NATIONAL.items()
    }  # fmt: skip
    for line in corpus():
        assert line.opphav
        assert line.lisens in {"MIT", "NLOD 2.0"}
        assert line.aar == Kodeverk.nyeste_aar()
        assert line.koder
        assert set(line.koder) <= known[line.dimensjon], line


def test_det_som_kommer_fra_en_kontoplan_baerer_stedet_og_bare_det() -> None:
    for line in corpus():
        assert bool(line.splitt) == line.opphav.startswith(("dokument", "konstruert")), line
    with (BENCH / "art_dev.csv").open(encoding="utf-8", newline="") as file:
        places = {municipality(row["kilde"]) for row in csv.DictReader(file)}
    assert places <= {line.splitt for line in corpus() if line.real}


def test_ingen_linje_har_noe_som_ligner_et_fodselsnummer() -> None:
    assert not [line.tekst for line in corpus() if re.search(r"\d{11}", line.tekst)]


def test_en_kommune_er_i_bare_en_fold() -> None:
    found = folds(corpus())
    assert set(found) == {line.splitt for line in corpus() if line.charted}
    assert len(set(found.values())) == 5
    assert municipality("Sogndal 2013") == municipality("Sogndal 2013 (ansvar)") == "Sogndal"


def test_et_regeltilfelle_som_er_en_konto_i_kommunen_holdes_utenfor_sammen_med_den() -> None:
    account = Line("ansvar", "Lia skole", ("202",), "dokument Nes 2020", 2026, "NLOD 2.0", "Nes")
    made = Line("ansvar", "Lia barnehage", ("201",), CONSTRUCTED, 2026, "MIT", "konstruert-1")
    same, other = (
        Line("funksjon", tekst, ("202",), f"{CASE} skole.drift", 2026, "MIT")
        for tekst in ("LIA SKULE", "Lia barnehage")
    )
    name = Line("funksjon", "Lia skole", ("202",), "navn", 2026, "NLOD 2.0")
    lines, fold = [account, made, same, other, name], {"Nes": 0, "konstruert-1": 1}
    assert held_out(lines, fold, 0) == [made, other, name]
    assert held_out(lines, fold, 1) == [account, same, other, name]


@given(st.lists(st.builds(
    Line, st.sampled_from(get_args(Dimensjon)), TEKST, st.lists(st.sampled_from(["010", "202"]), min_size=1).map(tuple),
    FELT, st.just(2026), FELT, FELT, FELT, FELT, st.builds(Kontekst, ansvar=FELT, overskrift=FELT),
), max_size=5))  # fmt: skip
def test_linjene_leses_slik_de_ble_skrevet(tmp_path_factory: pytest.TempPathFactory, lines: list[Line]) -> None:
    path = tmp_path_factory.mktemp("korpus") / "art.csv"
    write_lines(path, lines)
    assert [astuple(line) for line in read_lines(path)] == [astuple(line) for line in lines]


def test_en_skadet_korpusfil_sier_linjen(tmp_path: Path) -> None:
    path = tmp_path / "art.csv"
    write_lines(path, small()[:2])
    path.write_text(path.read_text(encoding="utf-8").replace("2026", "i år", 1), encoding="utf-8")
    with pytest.raises(UserError, match=r"art\.csv, linje 2, kan ikke leses"):
        read_lines(path)


def test_et_korpus_uten_en_dimensjon_sier_hvilken(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"mangler art\.csv"):
        corpus(tmp_path)


@given(st.one_of(TEKST, st.sampled_from([line.tekst for line in corpus()[::97]])))
def test_variantene_er_de_samme_hver_gang_og_har_ord(tekst: str) -> None:
    made = list(variants(tekst))
    assert made == list(variants(tekst))
    assert len(made) <= 2
    assert tekst not in made
    assert all(read(variant).ord for variant in made)


def test_variantene_dekker_avkorting_skrivefeil_og_delte_ord() -> None:
    made = {v for n in range(40) for v in variants(f"Kontorrekvisita avdeling {n}")}
    assert any(v.startswith("kontor rekvisita") for v in made)
    assert any("." in v for v in made)
    assert len(made) > 40
