from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

import pytest

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.sak import Dimensjon
from kontoplan.weights import load, weights

if TYPE_CHECKING:
    from pathlib import Path

RAW = json.loads(data_path("models/dommer.json").read_text(encoding="utf-8"))


def test_vektene_som_folger_med_gjelder_alle_dimensjoner() -> None:
    fitted = weights()
    for by_dimension in (fitted.ordlyd, fitted.sikker, fitted.sikker_med_nummer, fitted.palitelighet):
        assert set(by_dimension) == set(get_args(Dimensjon))
    assert all(weight > 0 for weight in fitted.ordlyd.values())
    assert all(0.5 < terskel <= 1.01 for terskel in fitted.sikker.values())
    assert all(a > 0 and b > 0 for a, b in fitted.palitelighet.values())
    assert fitted.nummer > 0
    assert fitted.feil_klasse < 0
    assert 0 < fitted.ukjent < 0.5 < fitted.dekning < 1
    assert fitted.data


def test_vektene_leses_en_gang() -> None:
    assert weights() is weights()


@pytest.mark.parametrize(
    "innhold",
    [
        "",
        "{",
        "[]",
        "null",
        json.dumps({k: v for k, v in RAW.items() if k != "nummer"}),
        json.dumps({k: v for k, v in RAW.items() if k != "data"}),
        json.dumps(RAW | {"nummer": "mye"}),
        json.dumps(RAW | {"nummer": None}),
        json.dumps(RAW | {"ordlyd": 9.0}),
        json.dumps(RAW | {"palitelighet": {"art": [1.0]}}),
    ],
)
def test_en_skadet_vektfil_sier_hvilken_fil_og_hva_en_gjor(tmp_path: Path, innhold: str) -> None:
    path = tmp_path / "dommer.json"
    path.write_text(innhold, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load(path)
    assert error.value.code == "skadet-vektfil"
    assert error.value.message.startswith("Vektfilen dommer.json er skadet (")
    assert error.value.message.endswith("); installer kontoplan på nytt.")


def test_en_vektfil_som_ikke_er_tekst_er_ogsa_skadet(tmp_path: Path) -> None:
    path = tmp_path / "dommer.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="er skadet"):
        load(path)
