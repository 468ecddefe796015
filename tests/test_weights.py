from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import pytest

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.sak import Dimensjon
from kontoplan.weights import judgement, load, weights

if TYPE_CHECKING:
    from pathlib import Path

RAW: dict[str, Any] = json.loads(data_path("models/dommer.json").read_text(encoding="utf-8"))
ART: dict[str, Any] = RAW["dimensjoner"]["art"]


def changed(**art: object) -> str:
    return json.dumps(RAW | {"dimensjoner": RAW["dimensjoner"] | {"art": ART | art}})


@pytest.mark.parametrize("dimensjon", get_args(Dimensjon))
def test_vektene_som_folger_med_er_fornuftige_i_alle_dimensjoner(dimensjon: Dimensjon) -> None:
    fitted = weights(dimensjon)
    assert fitted.ordlyd > 0
    assert fitted.likhet > 0
    assert fitted.modell > 0
    assert fitted.nummer > 0
    assert 0 <= fitted.regel["kunnskap"] <= fitted.regel["delvis"] <= fitted.regel["kilde"]
    assert fitted.feil_klasse < 0
    assert all(parameter > 0 for parameter in fitted.palitelighet)
    assert 0.99 <= fitted.sikker <= 1.01
    assert 0.99 <= fitted.sikker_med_nummer <= 1.01
    assert 0 < fitted.ukjent < 0.5 < fitted.dekning < 1


def test_vektene_leses_en_gang() -> None:
    assert judgement() is judgement()
    assert judgement().data


@pytest.mark.parametrize(
    "innhold",
    [
        "",
        "{",
        "[]",
        "null",
        json.dumps({"data": RAW["data"]}),
        json.dumps({"dimensjoner": RAW["dimensjoner"]}),
        json.dumps(RAW | {"dimensjoner": {"art": ART}}),
        json.dumps(
            RAW | {"dimensjoner": RAW["dimensjoner"] | {"art": {k: v for k, v in ART.items() if k != "nummer"}}}
        ),
        changed(nummer="mye"),
        changed(nummer=None),
        changed(regel=9.0),
        changed(regel={"kilde": 1.0}),
        changed(palitelighet=[1.0]),
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
