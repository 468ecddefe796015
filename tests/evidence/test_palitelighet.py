from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabeller import ARTER, FUNKSJONER, judged, listed, pattern

from kontoplan.evidence import number
from kontoplan.evidence.number import Row, infer
from kontoplan.evidence.wording import Match

if TYPE_CHECKING:
    from kontoplan.sak import Evidence

ANSVAR = [
    *(("6306", "Solbakken"), ("6307", "Lia"), ("6308", "Havna"), ("7100", "Nordre krets"), ("7200", "Fellesposter")),
    *((str(n), navn) for n, navn in zip(range(100, 1000, 90), "ABCDEFGHIJ", strict=True)),
]
EGEN_SERIE = [
    *((f"21{n}0", "Barnehage") for n in (1,)),
    *((f"211{n}", f"Barnehage avdeling {n}") for n in range(1, 8)),
    ("2120", "Grunnskole"),
    *((f"212{n}", f"Grunnskole trinn {n}") for n in range(1, 8)),
    *((f"{f}0", navn) for f, navn in FUNKSJONER if f[0] != "2"),
    ("3400", "Produksjon av vann"),
    ("3450", "Distribusjon av vann"),
    ("3900", "Den norske kirke"),
]


def evidence(nummer: str, rows: list[tuple[str, str]]) -> list[Evidence]:
    witness = pattern(rows)
    found = witness.scheme.read(nummer)
    assert found is not None
    return list(number.testify(witness, found, listed("art"), 1.0))


def test_en_kontoplan_som_folger_kostra_far_full_tillit() -> None:
    assert pattern([(f"1{art}0", navn) for art, navn in ARTER]).andel >= 0.95


def test_ansvarsnummer_far_nesten_ingen_tillit() -> None:
    witness = pattern(ANSVAR, "ansvar")
    assert witness.andel < 0.15
    read = [r for n, _ in ANSVAR if (r := witness.scheme.read(n))]
    assert read
    assert max(witness.reliability(r) for r in read) < 0.4
    assert all(answer.status != "sikker" for answer in judged(ANSVAR, "ansvar"))


def test_en_egen_serie_mister_tillit_og_de_andre_beholder_den() -> None:
    witness = pattern(EGEN_SERIE, "funksjon")
    barnehage, politisk = (witness.scheme.read(n) for n in ("2110", "1000"))
    assert barnehage is not None
    assert politisk is not None
    assert witness.reliability(barnehage) < 0.35
    assert witness.reliability(politisk) > 0.7
    answers = dict(zip((n for n, _ in EGEN_SERIE), judged(EGEN_SERIE, "funksjon"), strict=True))
    assert answers["2110"].kode == "201"
    assert answers["2120"].kode == "202"
    assert answers["1000"].kode == "100"


@pytest.mark.parametrize("rad", [("11150", "Matvarer"), ("11150", ""), ("77", "Matvarer"), ("1", "x"), ("999999", "x")])
def test_en_tabell_med_en_rad_gar_bra(rad: tuple[str, str]) -> None:
    (answer,) = judged([rad])
    assert 0 < answer.sannsynlighet <= 1


@pytest.mark.parametrize("rader", [[("", "Matvarer")], [("F351", "Matvarer"), ("x", "Strøm")]])
def test_uten_nummer_er_det_bare_navnet_som_taler(rader: list[tuple[str, str]]) -> None:
    assert infer([Row(n, ()) for n, _ in rader], listed("art"), (8.0, 0.4), 9.0) is None
    answer = judged(rader)[0]
    assert answer.kode == "115"
    assert "nummer" not in {b.bevis for b in answer.begrunnelse}


def test_hundre_like_rader_teller_som_en() -> None:
    rows = [(f"1{art}0", navn) for art, navn in ARTER]
    assert pattern(rows + [rows[0]] * 100) == pattern(rows)


def test_nummeret_taler_for_koden_og_sier_hvor_palitelig_det_er() -> None:
    (found,) = evidence("11150", [(f"1{art}0", navn) for art, navn in ARTER])
    assert (found.bevis, found.kode, found.lest) == ("nummer", "115", "")
    assert found.weight > 5
    assert found.message == (
        "Nummeret leses som kontoklasse 1 og art 115. Numrene i tabellen følger mønsteret "
        "kontoklasse + kode + løpenummer (5 sifre), og over 99 % i serien bærer koden."
    )


def test_et_undernummer_sier_at_det_er_et_undernummer() -> None:
    (found,) = evidence("11220", [(f"1{art}0", navn) for art, navn in ARTER])
    assert found.kode == "120"
    assert "art 122, et lokalt undernummer av 120." in found.message


def test_en_utgatt_kode_taler_likt_for_etterfolgerne() -> None:
    found = evidence("12700", [(f"1{art}0", navn) for art, navn in ARTER])
    assert {e.kode for e in found} == {"271", "272"}
    assert {e.lest for e in found} == {"270"}
    assert len({e.weight for e in found}) == 1
    assert all("som gikk ut etter 2025; 27" in e.message for e in found)


def test_en_kode_som_er_skilt_ut_far_litt_av_vekten() -> None:
    own, *split = evidence("15100", [(f"1{art}0", navn) for art, navn in ARTER])
    assert own.kode == "510"
    assert split
    assert all(0 < e.weight < own.weight and "er skilt ut av 510" in e.message for e in split)


@given(
    st.lists(
        st.tuples(
            st.text("0123456789F.", max_size=9),
            st.lists(st.sampled_from(["115", "120", "010", "290"]), max_size=2, unique=True),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_tilliten_er_en_andel_uansett_hva_tabellen_inneholder(rows: list[tuple[str, list[str]]]) -> None:
    own = listed("art")
    made = [Row(n, tuple(Match(kode, 1.0, "frase", er_navn=False) for kode in kodene)) for n, kodene in rows]
    witness = infer(made, own, (8.0, 0.4), 9.0)
    if witness is None:
        return
    assert 0 < witness.andel < 1
    assert all(0 <= andel < 1 for andel in witness.serier.values())
    for row in made:
        found = witness.scheme.read(row.nummer)
        if found is not None:
            said = list(number.testify(witness, found, own, 1.0))
            assert said
            assert all(e.weight >= 0 for e in said)
