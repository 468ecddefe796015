from __future__ import annotations

from hypothesis import given
from ord import ANY, LEDGER, TEXT

from kontoplan.text import canonical, fold, parts, read, stem
from kontoplan.text.read import Tekst


@given(TEXT)
def test_brettet_tekst_endres_ikke_av_a_brettes_igjen(tekst: str) -> None:
    assert fold(fold(tekst)) == fold(tekst)


@given(TEXT)
def test_bokmalsformen_er_sin_egen_bokmalsform(tekst: str) -> None:
    once = canonical(fold(tekst))
    assert canonical(once) == once


@given(TEXT)
def test_stammen_er_sin_egen_stamme_og_aldri_tom(tekst: str) -> None:
    once = stem(fold(tekst))
    assert stem(once) == once
    assert bool(once) == bool(fold(tekst))


@given(TEXT)
def test_ordene_lest_om_igjen_er_de_samme_ordene(tekst: str) -> None:
    once = read(tekst)
    assert read(once.samlet).ord == once.ord


@given(TEXT)
def test_en_tekst_med_en_bokstav_gir_minst_ett_ord(tekst: str) -> None:
    found = read(tekst)
    assert all(found.ord)
    assert found.ord or not any(c.isalpha() for c in tekst)


@given(ANY)
def test_ingen_tekst_far_lesingen_til_a_feile(tekst: str) -> None:
    found = read(tekst)
    assert isinstance(found, Tekst)
    assert found.kilde == tekst
    assert len(found.stammer) == len(found.ord)
    assert all(found.ledd)
    assert all(kode.isdigit() and 3 <= len(kode) <= 8 for kode in found.koder)


@given(LEDGER)
def test_leddene_dekker_ordet_bortsett_fra_bindebokstaver(tekst: str) -> None:
    for ordet in read(tekst).ord:
        at = 0
        found = parts(ordet)
        for part in found:
            start = ordet.index(part, at)
            assert ordet[at:start] in {"", "s", "e", "-"}
            at = start + len(part)
        assert not found or at == len(ordet)
        assert len(found) != 1
