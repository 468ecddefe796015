from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kontoplan.data import data_path
from kontoplan.rulebase import store
from kontoplan.rulebase.load import load_rules
from kontoplan.training.rule_pages import pages
from kontoplan.usecases.regler import dekning, find, sjekk

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = data_path("rules/regler")
RULES, PROBLEMS = load_rules(FOLDER)


def test_reglene_som_folger_med_har_ingen_feil() -> None:
    assert [str(p) for p in sjekk().problemer if p.alvor == "feil"] == []


def test_det_er_minst_seks_hundre_regler_og_hver_kode_har_minst_to() -> None:
    assert len(RULES) >= 600
    assert [(d, kode, n) for d, kode, n in dekning().antall if n < 2] == []


def test_lageret_gir_de_samme_reglene_som_filene(tmp_path: Path) -> None:
    store.save(RULES, FOLDER, tmp_path / "regler.json")
    loaded = store.load(tmp_path / "regler.json", FOLDER)
    assert loaded is not None
    assert loaded.sources["brev1997"].startswith("Oppsummeringsbrev til KOSTRA98-kommunene (")
    assert list(loaded.rules) == [replace(rule, tilfeller=()) for rule in RULES if rule.godkjent]


def test_lageret_som_folger_med_er_ferskt() -> None:
    assert store.load(data_path("models") / "regler.json", FOLDER) is not None


@pytest.mark.parametrize("innhold", ["", "{}", "[]", '{"fingeravtrykk": "x", "regler": []}'])
def test_et_lager_som_ikke_passer_brukes_ikke(tmp_path: Path, innhold: str) -> None:
    (tmp_path / "regler.json").write_text(innhold, encoding="utf-8")
    assert store.load(tmp_path / "regler.json", FOLDER) is None


def test_sidene_i_dokumentasjonen_er_ferske() -> None:
    folder = data_path("rules").parent / "docs" / "regler"
    found = pages(RULES)
    assert {p.name for p in folder.glob("*.md")} == set(found)
    stale = [name for name, content in found.items() if (folder / name).read_text(encoding="utf-8") != content]
    assert stale == []


def test_siden_sier_nar_hva_hvorfor_og_hvor_det_star() -> None:
    side = pages([find(RULES[0].id)])[f"{RULES[0].id}.md"]
    for part in ("**Når:**", "**Gir:**", "**Fordi:**", "**Kilde:**", "**Tilfeller:**"):
        assert part in side
