from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabeller import ARTER, FUNKSJONER, listed, pattern, reading

from kontoplan.evidence.reading import Reading, digits
from kontoplan.evidence.scheme import candidates, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.sak import Dimensjon


def trimmed(nummer: str) -> str:
    return nummer.lstrip("0")


SKRIVEMATER: list[tuple[str, str | None, Callable[[str], str]]] = [
    ("115", None, lambda art: art),
    ("115", None, trimmed),
    ("1115", "1", lambda art: f"1{art}"),
    ("11150", "1", lambda art: f"1{art}0"),
    ("111500", "1", lambda art: f"1{art}00"),
    ("01150", "0", lambda art: f"0{art}0"),
    ("31150", "3", lambda art: f"3{art}0"),
    ("1.115.0", "1", lambda art: f"1.{art}.0"),
    ("1 115-0", "1", lambda art: f"1 {art}-0"),
    ("1150", None, lambda art: f"{art}0"),
    ("1150", None, lambda art: trimmed(f"{art}0")),
    ("11500", None, lambda art: f"{art}00"),
]


@pytest.mark.parametrize(("nummer", "klasse", "skriv"), SKRIVEMATER)
def test_arten_finnes_i_nummeret_slik_hele_tabellen_er_skrevet(
    nummer: str, klasse: str | None, skriv: Callable[[str], str]
) -> None:
    rows = [(skriv(art), navn) for art, navn in ARTER]
    assert reading(nummer, rows) == Reading("115", "115", klasse)
    found = pattern(rows)
    assert [found.scheme.read(skriv(art)) for art, _ in ARTER] == [Reading(art, art, klasse) for art, _ in ARTER]
    assert found.andel >= 0.95


@pytest.mark.parametrize("lengde", [3, 4, 5, 6])
def test_funksjonen_star_forst_i_tjenestenummeret(lengde: int) -> None:
    rows = [(f.ljust(lengde, "0"), navn) for f, navn in FUNKSJONER]
    assert reading("202".ljust(lengde, "0"), rows, "funksjon") == Reading("202", "202")


def test_samme_nummer_leses_ulikt_i_ulike_kontoplaner() -> None:
    with_class = [(f"1{art}", navn) for art, navn in ARTER]
    with_tail = [(f"{art}0", navn) for art, navn in ARTER]
    assert reading("1010", with_class).kode == "010"
    assert reading("0100", with_tail).kode == "010"
    assert reading("1000", with_tail).kode == "100"


def test_tapte_nuller_leses_som_i_resten_av_tabellen() -> None:
    drift_og_investering = [(trimmed(f"{klasse}{art}0"), navn) for art, navn in ARTER for klasse in "01"]
    assert reading("300", drift_og_investering) == Reading("030", "030", "0")
    assert reading("100", drift_og_investering) == Reading("010", "010", "0")
    assert reading("10300", drift_og_investering) == Reading("030", "030", "1")


@pytest.mark.parametrize(
    ("siffer", "kode"), [("013", "010"), ("122", "120"), ("602", "600"), ("476", "470"), ("115", "115")]
)
def test_lokale_undernummer_rundes_ned_i_sin_egen_gruppe(siffer: str, kode: str) -> None:
    found = reading(f"1{siffer}0", [(f"1{art}0", navn) for art, navn in ARTER])
    assert found == Reading(kode, siffer, "1")
    assert found.avrundet == (siffer != kode)


def test_et_nummer_rundes_ikke_til_en_annen_gruppe() -> None:
    assert nearest("299", frozenset({"265", "290"})) == "290"
    assert nearest("279", frozenset({"265", "290"})) is None
    assert nearest("009", frozenset({"010"})) is None


def test_et_undernummer_horer_til_en_kode_i_bruk_for_en_utgatt() -> None:
    rows = [(f"1{art}0", navn) for art, navn in ARTER]
    assert reading("14760", rows).kode == "470"
    assert reading("14750", rows).kode == "475"
    assert reading("15810", rows).kode == "580"


@pytest.mark.parametrize("nummer", ["F351", "", "12a", "½", "٣٠٠", "1" * 13, "ca. 300"])
def test_det_som_ikke_er_et_nummer_leses_ikke(nummer: str) -> None:
    assert digits(nummer) == ""
    dimensjoner: tuple[Dimensjon, ...] = ("art", "balanse")
    for dimensjon in dimensjoner:
        assert all(s.read(nummer) is None for s in candidates(listed(dimensjon), ["11150", "21032001"]))


BALANSE = [
    ("21032001", "Bankinnskudd"),
    ("23261001", "Skyldig skattetrekk"),
    ("25900080", "Endring i regnskapsprinsipp"),
    ("22170690", "Aksjer og andeler"),
    ("22750000", "Anlegg"),
]


@pytest.mark.parametrize(
    ("nummer", "kapittel", "sektor"),
    [("25900080", "5900", "080"), ("21032001", "10", "320"), ("23261001", "32", "610"), ("22170690", "21", None)],
)
def test_balansenummer_er_klasse_kapittel_og_sektor(nummer: str, kapittel: str, sektor: str | None) -> None:
    found = reading(nummer, BALANSE, "balanse")
    assert (found.kode, found.klasse) == (kapittel, "2")
    assert sektor is None or found.sektor == sektor


def test_balansenummer_uten_klasse_og_med_fast_bredde() -> None:
    rows = [("0010320", "Bankinnskudd"), ("0032610", "Skyldig skattetrekk"), ("5900080", "Endring i prinsipp")]
    beskrivelser = {s.describe() for s in candidates(listed("balanse"), [n for n, _ in rows])}
    assert beskrivelser == {
        "kontoklasse + kapittel",
        "kontoklasse + kapittel + sektor",
        "kontoklasse + kapittel + lokale sifre + sektor",
        "kontoklasse + kapittel + lokale sifre + sektor + løpenummer",
        "kapittel",
        "kapittel + sektor",
        "kapittel + lokale sifre + sektor",
        "kapittel + lokale sifre + sektor + løpenummer",
    }
    assert reading("5900080", [("5900080", "Endring i regnskapsprinsipp")], "balanse").sektor == "080"


@given(st.text(max_size=14), st.sampled_from(["art", "funksjon", "balanse"]))
def test_et_lest_nummer_peker_alltid_pa_en_kjent_kode(nummer: str, dimensjon: Dimensjon) -> None:
    own = listed(dimensjon)
    for scheme in candidates(own, [nummer, "11150"]):
        found = scheme.read(nummer)
        if found is not None:
            assert found.kode in own.known
            assert found.siffer in digits(nummer).zfill(12)
            assert scheme.describe()
            assert scheme.cost >= 0
