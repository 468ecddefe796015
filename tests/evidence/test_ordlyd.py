from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabeller import ARTER, FUNKSJONER, listed

from kontoplan.evidence import validity
from kontoplan.evidence import wording as ordlyd
from kontoplan.evidence.wording import wording
from kontoplan.text import read

ART, FUNKSJON = listed("art"), listed("funksjon")


def best(tekst: str, dimensjon: str = "art") -> str:
    return wording(ART if dimensjon == "art" else FUNKSJON).compare(read(tekst))[0].kode


@pytest.mark.parametrize(("kode", "navn"), [rad for rad in ARTER if rad[0] not in {"195", "200"}])
def test_artens_eget_navn_vinner(kode: str, navn: str) -> None:
    assert best(navn) == kode


@pytest.mark.parametrize(("kode", "navn"), FUNKSJONER)
def test_funksjonens_eget_navn_vinner(kode: str, navn: str) -> None:
    assert best(navn, "funksjon") == kode


def test_hvert_navn_i_kodelisten_finner_sin_egen_kode() -> None:
    for codes in (ART, FUNKSJON):
        names = [(k.kode, navn) for k in codes.kodeverk.koder(codes.dimensjon) for navn in (k.navn, k.nynorsk) if navn]
        wrong = [(kode, navn) for kode, navn in names if wording(codes).compare(read(navn))[0].kode != kode]
        assert len(wrong) <= len(names) * 0.02, wrong


@pytest.mark.parametrize(
    ("tekst", "kode"), [("Grunnskule", "202"), ("GRUNNSKOLE", "202"), ("Grunskole", "202"), ("Grunnsk.", "202")]
)
def test_skrivematen_betyr_lite(tekst: str, kode: str) -> None:
    assert best(tekst, "funksjon") == kode


@pytest.mark.parametrize("tekst", ["qwrtzx", "", "12345", "北京", "!!!"])
def test_tull_gir_ingenting(tekst: str) -> None:
    assert wording(FUNKSJON).compare(read(tekst)) == ()


def test_ordlyden_til_en_utgatt_kode_gar_til_etterfolgerne() -> None:
    found = wording(FUNKSJON).compare(read("Helse- og omsorgstjenester til hjemmeboende"))
    inherited = [m for m in found if m.arvet_fra == "254"]
    assert inherited
    assert {m.kode for m in inherited} <= {"257", "258"}
    assert "254" not in {m.kode for m in found}
    said = next(e for e in ordlyd.testify(tuple(inherited), FUNKSJON, 9.0))
    assert said.lest == "254"
    assert "(utgått; 25" in said.message


def test_utsagnet_sier_hva_navnet_likner_pa_og_hvor_det_star() -> None:
    (said, *_) = ordlyd.testify(wording(FUNKSJON).compare(read("Grunnskole")), FUNKSJON, 9.0)
    assert said.message == "Navnet likner på «Grunnskole», som er navnet på 202."
    assert said.kilde
    (said, *_) = ordlyd.testify(wording(ART).compare(read("rådgivningstjenester")), ART, 9.0)
    assert "som hører hjemme på" in said.message


@given(st.text(max_size=40))
def test_likheten_er_aldri_negativ_og_de_beste_kommer_forst(tekst: str) -> None:
    found = wording(FUNKSJON).compare(read(tekst))
    assert all(0.15 <= m.likhet <= 1.5 + 1e-6 for m in found)
    assert [m.likhet for m in found] == sorted((m.likhet for m in found), reverse=True)
    assert len({m.kode for m in found}) == len(found)
    assert {m.kode for m in found} <= FUNKSJON.known


def test_koder_som_bare_er_lov_i_investering_far_et_minus_i_drift() -> None:
    (said,) = validity.testify({"841", "202"}, FUNKSJON, "1", -2.0)
    assert (said.kode, said.weight) == ("841", -2.0)
    assert said.message == "Funksjon 841 hører bare hjemme i investering, men kontoen står i drift."
    assert said.kilde


@pytest.mark.parametrize("klasse", [None, "", "2", "x", "0"])
def test_gyldighetsvitnet_tier_nar_koden_er_lov_eller_klassen_ikke_er_drift(klasse: str | None) -> None:
    assert list(validity.testify({"841", "202"}, FUNKSJON, klasse, -2.0)) == []


def test_gyldighetsvitnet_tier_om_balansen() -> None:
    assert list(validity.testify({"10"}, listed("balanse"), "1", -2.0)) == []
