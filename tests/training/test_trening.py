from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from smaa import PLACES, corpus, line

from kontoplan.errors import UserError
from kontoplan.evidence.clues import clues
from kontoplan.evidence.linear import load, pack
from kontoplan.sak import Kontekst
from kontoplan.training import logit, tren
from kontoplan.training.classifier import prepare, train
from kontoplan.training.corpus import save
from kontoplan.training.judge import as_json, train_all
from kontoplan.training.report import report
from kontoplan.weights import judgement
from kontoplan.weights import load as load_weights

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.evidence.linear import LinearModel
    from kontoplan.training.judge import Trained


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train_all(corpus(), judgement())


def best(model: LinearModel, tekst: str) -> str:
    found = clues(tekst, "art", model.space.known, Kontekst(), None)
    return str(model.classes[int(np.argmax(model.scores(model.space.vector(found))))])


def test_klassifikatoren_laerer_ordene_og_gir_det_samme_hver_gang() -> None:
    lines = [item for item in corpus() if item.dimensjon == "art"]
    one, other = train(lines), train(lines)
    assert pack(one) == pack(other)
    assert [best(one, t) for t in ("matvarer", "STRØM", "Fastlønn rektor")] == ["115", "180", "010"]


def test_en_linje_med_flere_rette_koder_taler_for_alle() -> None:
    both = [line("art", "revisjon", "272", "380"), line("art", "revisjon", "272", "380"), line("art", "mat", "115")] * 3
    model = train(both)
    found = model.scores(model.space.vector(clues("revisjon", "art", model.space.known, Kontekst(), None)))
    scores = dict(zip(model.classes, found.tolist(), strict=True))
    assert scores["272"] > 0 > scores["115"]
    assert scores["380"] > 0


def test_et_stedsnavn_bare_en_kommune_har_laeres_ikke() -> None:
    own = [line("ansvar", f"Furumo {slag}", "202", sted="Lillevik") for slag in ("skole", "kjøkken", "verksted")]
    assert "w:furumo" not in prepare([*corpus(), *own])[0].rows
    assert "w:furumo" in prepare([*corpus(), *own, line("ansvar", "Furumo", "202", sted="Storevik")])[0].rows


def test_vektene_finner_vitnet_som_har_rett() -> None:
    rng = np.random.default_rng(1)
    sums = rng.normal(size=(400, 5, 2)).astype(np.float32)
    odds = np.exp(2 * sums[:, :, 0])
    chosen = [rng.choice(5, p=row / row.sum()) for row in odds]
    truth = np.eye(5, dtype=np.float32)[chosen]
    found = logit.fit(logit.Cases(sums, truth, np.ones(400)), [(0, None), (0, None)])
    assert found[0] == pytest.approx(2, abs=0.4)
    assert found[1] < 0.3


def test_helningen_er_den_tapet_faktisk_har() -> None:
    rng = np.random.default_rng(2)
    truth = rng.dirichlet(np.ones(4), size=30).astype(np.float32)
    cases = logit.Cases(rng.normal(size=(30, 4, 3)).astype(np.float32), truth, rng.random(30).astype(np.float64))
    at = np.asarray([0.3, 0.7, 0.1])
    _, slope = logit._loss(cases, at)  # noqa: SLF001 - helningen vises ikke noe annet sted
    for column in range(3):
        step = np.eye(3)[column] * 1e-3
        numeric = (logit._loss(cases, at + step)[0] - logit._loss(cases, at - step)[0]) / 2e-3  # noqa: SLF001
        assert slope[column] == pytest.approx(numeric, rel=0.05, abs=1e-2)


def test_hver_konto_svares_pa_av_noe_som_ikke_har_sett_kommunen(trained: Trained) -> None:
    charted = [item for item in corpus() if item.charted]
    assert {p.example.line.splitt for p in trained.unseen} == set(PLACES)
    assert sum(not p.shown for p in trained.unseen) == len(charted)
    assert all(p.right for p in trained.unseen if p.shown and p.example.line.dimensjon == "art")


def test_kommunen_som_holdes_utenfor_pavirker_ikke_svaret() -> None:
    odd = [line("art", "Snurrepipperi", "180", sted="Lillevik", nummer="11800")] * 3
    found = train_all([*corpus(), *odd], judgement()).unseen
    own = [p for p in found if p.example.line.tekst == "Snurrepipperi" and not p.shown]
    assert len(own) == 3
    assert not any(p.right for p in own)


def test_dommeren_som_lagres_kan_leses_igjen(trained: Trained, tmp_path: Path) -> None:
    path = tmp_path / "dommer.json"
    path.write_text(json.dumps(as_json(trained.judgement)), encoding="utf-8")
    assert load_weights(path) == trained.judgement


def test_rapporten_har_tall_og_figur_for_hver_dimensjon(trained: Trained) -> None:
    page = report(trained)
    for heading in ("Art", "Funksjon", "Ansvar", "Balanse"):
        assert f"<h2>{heading}" in page
    assert page.count("<svg") == 4
    assert "<td>Lillevik</td>" in page
    assert page.count("<details>") == 4
    assert "img-src data:" in page.split("<title>")[0]  # rutene i forvekslingen er et bilde i siden
    assert "http://" not in page.split("<svg")[0]


def test_treningen_skriver_alt_eller_ingenting(tmp_path: Path) -> None:
    source, target = tmp_path / "korpus", tmp_path / "modeller"
    target.mkdir()
    save(corpus(), source)
    page = tmp_path / "rapport.html"
    page.write_text("gammel", encoding="utf-8")
    with pytest.raises(UserError, match="finnes fra før"):
        list(tren.train_and_save(korpus=source, til=target, rapport=page))
    assert list(target.iterdir()) == []
    said = list(tren.train_and_save(korpus=source, til=target, rapport=page, overskriv=True))
    assert len(said) == 5
    assert load(target / "klassifikator-art.npz").info["linjer"] == len([x for x in corpus() if x.dimensjon == "art"])
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_uten_tillegget_sier_tren_hva_som_mangler(monkeypatch: pytest.MonkeyPatch) -> None:
    from kontoplan.cli.tren import tren as command  # noqa: PLC0415 - hentes uten tillegget

    for name in [n for n in sys.modules if n.startswith("sklearn")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "kontoplan.training.tren")
    with pytest.raises(UserError, match="kontoplan\\[trening\\]"):
        command()
