from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.evidence.clues import Clues
from kontoplan.evidence.codes import codes
from kontoplan.evidence.linear import LinearModel, Space, load, pack
from kontoplan.evidence.model import model_witness, translate
from kontoplan.kodeverk import Kodeverk
from kontoplan.sak import Kontekst, Sak
from kontoplan.training.corpus import corpus
from kontoplan.training.line import fingerprint
from kontoplan.weights import judgement

if TYPE_CHECKING:
    from pathlib import Path

ART = codes(Kodeverk.for_aar(2026), "art")


def first(tekst: str, *, aar: int = 2026, kontekst: Kontekst | None = None) -> str:
    witness = model_witness(codes(Kodeverk.for_aar(aar), "art"))
    return next(iter(witness.scores(Sak(tekst, "art", kontekst=kontekst or Kontekst()))))


@pytest.mark.parametrize(
    ("tekst", "kode"),
    [("Matvarer", "115"), ("MATV. SYKEHJEM", "115"), ("Arbeidsgjevaravgift", "099"), ("Kontorrekvsita", "100")],
)
def test_avkortede_feilskrevne_og_nynorske_navn_kjennes_igjen(tekst: str, kode: str) -> None:
    assert first(tekst) == kode


def test_utsagnene_sier_hvilke_ord_de_bygger_pa_og_veier_med_vekten() -> None:
    witness = model_witness(ART)
    sak = Sak("Matvarer til kantina", "art")
    said = list(witness.testify(sak, 0.5))
    assert said[0].kode == "115"
    assert "«matvarer»" in said[0].message
    assert said[0].weight == pytest.approx(witness.scores(sak)["115"] / 2)
    assert all(e.weight >= 0 for e in said)


def test_kodene_er_de_som_gjelder_i_aaret() -> None:
    before = codes(Kodeverk.for_aar(2020), "art")
    assert translate("272", before) == ("270",)
    assert translate("115", before) == ("115",)
    assert set(model_witness(before).scores(Sak("Konsulenttjenester", "art"))) <= before.valid | before.internal
    assert first("Konsulenttjenester", aar=2020) == "270"


def test_ordene_som_skiller_to_koder_er_hele_ord() -> None:
    school, building = model_witness(codes(Kodeverk.for_aar(2026), "funksjon")).deciding("202", "222")
    assert school
    assert building
    assert set(school).isdisjoint(building)
    assert model_witness(ART).deciding("115", "ikke en kode") == ((), ())


@given(st.text(max_size=500), st.text(max_size=60))
def test_enhver_tekst_far_endelige_tall(tekst: str, rundt: str) -> None:
    found = model_witness(ART).scores(Sak(tekst, "art", kontekst=Kontekst(overskrift=rundt)))
    assert all(np.isfinite(score) and score >= 0 for score in found.values())
    assert set(found) <= ART.valid | ART.internal | ART.dead


def small() -> LinearModel:
    weights = np.asarray([[1.5, -1.0], [0.25, 2.0]], dtype=np.float32)
    space = Space({"w:mat": 0, "c:str": 1}, ("mat",), frozenset({"mat"}), np.ones(2, dtype=np.float32))
    return LinearModel.of(space, ("115", "180"), weights, np.zeros(2, dtype=np.float32), {"data": "x"})


def test_modellen_leses_slik_den_ble_skrevet(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    path.write_bytes(pack(small()))
    found = load(path)
    assert found.fingerprint == small().fingerprint
    assert (
        found.scores(found.space.vector(Clues({"w:mat": 1.0}, ()))).tolist()
        == small().scores(small().space.vector(Clues({"w:mat": 1.0}, ()))).tolist()
    )
    assert found.scores(found.space.vector(Clues({"w:mat": 1.0}, ()))) == pytest.approx([1.5, -1.0], abs=0.02)
    assert found.scores(found.space.vector(Clues({"ukjent": 1.0}, ()))).tolist() == [0, 0]


@pytest.mark.parametrize("at", [0.1, 0.4, 0.6, 0.9])
def test_en_skadet_modell_sier_hva_en_gjor(tmp_path: Path, at: float) -> None:
    content = bytearray(data_path("models/klassifikator-kapittel.npz").read_bytes())
    content[int(len(content) * at)] ^= 0xFF
    path = tmp_path / "klassifikator-art.npz"
    path.write_bytes(bytes(content))
    with pytest.raises(UserError) as error:
        load(path)
    assert error.value.code == "skadet-modell"
    assert error.value.message.endswith("; installer kontoplan på nytt.")


def test_en_modell_som_mangler_er_avkortet_eller_fra_en_annen_versjon_sier_fra(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    with pytest.raises(UserError, match="mangler"):
        load(path)
    path.write_bytes(pack(small())[:-30])
    with pytest.raises(UserError, match="kan ikke leses"):
        load(path)
    newer = small()
    newer.info["versjon"] = 99
    path.write_bytes(pack(newer))
    with pytest.raises(UserError, match="har versjon 99"):
        load(path)


def test_klassifikatorene_og_dommeren_er_trent_pa_korpuset_som_ligger_her() -> None:
    lines = corpus()
    assert judgement().data == fingerprint(lines), "kjør kontoplan tren"
    own = [line for line in lines if line.dimensjon == "art"]
    assert load(data_path("models/klassifikator-art.npz")).info["data"] == fingerprint(own), "kjør kontoplan tren"


def test_treningsbibliotekene_lastes_aldri_nar_programmet_brukes() -> None:
    script = (
        "import sys; from kontoplan.evidence.model import model_witness; from kontoplan.evidence.codes import codes; "
        "from kontoplan.kodeverk import Kodeverk; from kontoplan.sak import Sak; import kontoplan.usecases.koble; "
        "model_witness(codes(Kodeverk.for_aar(), 'art')).scores(Sak('Matvarer', 'art')); "
        "print([m for m in ('sklearn', 'scipy', 'joblib', 'matplotlib', 'pickle') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {"[]", "['pickle']"}  # numpy laster selv pickle
