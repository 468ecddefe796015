from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.lesing import Konto
from kontoplan.nokkel import account_key, row_keys, split_key
from kontoplan.sak import Kontekst
from kontoplan.text.personal import MASK, mask

MAT = Konto("a.xlsx", "Art", 2, 0, "art", "11150", "Matvarer", "1")
KONTOER = st.builds(
    Konto,
    st.just("a.xlsx"),
    st.just("Ark"),
    st.integers(1, 99),
    st.just(0),
    st.sampled_from(["art", "funksjon", "ansvar", "balanse"]),
    st.text(max_size=4),
    st.text(max_size=4),
    st.sampled_from([None, "0", "1"]),
    st.builds(Kontekst, st.sampled_from(["", "100 Skole", "200 Barnehage"]), st.sampled_from(["", "202"])),
)


def inside(konto: Konto, **context: str) -> Konto:
    return replace(konto, kontekst=Kontekst(**context))


@pytest.mark.parametrize(
    "other",
    [
        replace(MAT, fil="b.ods", ark="Konti 2027", rad=99, tabell=3),
        replace(MAT, lokal_navn="MATVARER "),
        inside(MAT, ansvar="120 Skole", overskrift="Kjøp", merknad="ny"),
    ],
)
def test_samme_konto_har_samme_nokkel_neste_ar(other: Konto) -> None:
    assert account_key(other) == account_key(MAT)
    assert re.fullmatch("[A-Z2-7]{16}", account_key(MAT))


@pytest.mark.parametrize(
    "other",
    [
        replace(MAT, dimensjon="balanse"),
        replace(MAT, lokal_kode="11151"),
        replace(MAT, lokal_navn="Mat"),
        replace(MAT, kontoklasse="0"),
        replace(MAT, lokal_kode="1115", lokal_navn="0Matvarer"),
    ],
)
def test_en_annen_konto_har_en_annen_nokkel(other: Konto) -> None:
    assert account_key(other) != account_key(MAT)


def test_nokkelen_er_den_samme_i_alle_utgaver() -> None:
    assert account_key(MAT) == "IZCET6BFU3DHRBFK"


def test_sammenhengen_er_med_bare_nar_den_skiller_rader_fra_hverandre() -> None:
    skole, barnehage = (inside(MAT, ansvar=name) for name in ("100 Skole", "200 Barnehage"))
    assert row_keys([skole, replace(MAT, lokal_kode="11800")])[0] == account_key(MAT)
    one, other = row_keys([skole, barnehage])
    assert one != other
    assert {split_key(one).konto, split_key(other).konto} == {account_key(MAT)}


def test_helt_like_rader_far_nummer() -> None:
    key = account_key(MAT)
    assert row_keys([MAT, replace(MAT, rad=9), replace(MAT, rad=12)]) == [key, f"{key}#2", f"{key}#3"]
    assert split_key(f"{key}#3") == split_key(key)


@given(st.lists(KONTOER, max_size=12))
def test_hver_rad_har_sin_nokkel_og_kontodelen_er_kontoens(kontoer: list[Konto]) -> None:
    keys = row_keys(kontoer)
    assert len(set(keys)) == len(kontoer)
    assert [split_key(key).konto for key in keys] == [account_key(konto) for konto in kontoer]


@pytest.mark.parametrize("number", ["01017012345", "010170 12345", "41017012345", "01417012345", "01817012345"])
def test_det_som_kan_vaere_et_fodselsnummer_blir_borte(number: str) -> None:
    assert mask(f"Lån {number}, Lillevik") == f"Lån {MASK}, Lillevik"


@pytest.mark.parametrize("text", ["11150", "Bank 1503.12.34567", "99999999999", "958935420", "010170123456", ""])
def test_andre_tall_star(text: str) -> None:
    assert mask(text) == text
