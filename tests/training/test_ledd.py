from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.training import ledd

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_ledd_er_det_generatoren_lager_av_reglene_na(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = data_path("rules/ord/ledd.csv").read_bytes()

    def elsewhere(name: str) -> Path:
        return tmp_path if name == "rules/ord" else data_path(name)

    monkeypatch.setattr(ledd, "data_path", elsewhere)
    ledd.main()
    assert (tmp_path / "ledd.csv").read_bytes() == now


def test_et_ledd_star_alene_og_er_med_i_andre_ord() -> None:
    found = ledd.find_parts(["Skole", "Skolebygg, bygg", "lekeplass", "barnehage", "skoleskyss"])
    assert found == {"skole": 1, "bygg": 1}


def test_binde_s_og_binde_e_er_ikke_med_i_leddet() -> None:
    assert ledd.find_parts(["drift", "utgift", "driftsutgift"]) == {"drift": 1, "utgift": 1}


def test_ord_som_ikke_er_ledd_holdes_utenfor() -> None:
    texts = ["for", "bruk", "forbruk"]
    assert ledd.find_parts(texts) == {"for": 1, "bruk": 1}
    assert ledd.find_parts(texts, frozenset({"for"})) == {}
