"""Et spørsmål lest som en sak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.question import parse
from kontoplan.question.distinctions import distinctions
from kontoplan.question.parse import LENGST
from kontoplan.text.personal import MASK


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Hvor føres tolk på helsestasjonen?", "tolk på helsestasjonen"),
        ("kven betaler tolk på helsestasjonen", "tolk på helsestasjonen"),
        ("Leasing av kopimaskin, hvilken art?", "Leasing av kopimaskin"),
        ("Ordføreren har fått ny PC. Hvilken funksjon skal dette på?", "Ordføreren har fått ny PC"),
        ("vikarbyrå sykehjem", "vikarbyrå sykehjem"),
        ("270?", ""),
        ("", ""),
    ],
)
def test_the_words_of_asking_are_taken_away(text: str, core: str) -> None:
    assert parse(text).kjerne == core


@pytest.mark.parametrize(
    ("text", "dimensions"),
    [
        ("strøm på skolen, hvilken art?", ("art",)),
        ("kva funksjon er renhald i barnehage?", ("funksjon",)),
        ("Funksjon og art for representasjon?", ("funksjon", "art")),
        ("strøm på skolen", ()),
        ("Må fellesrådet bruke KOSTRA-artene?", ()),
    ],
)
def test_the_dimension_asked_for_is_found_in_the_asking_only(text: str, dimensions: tuple[str, ...]) -> None:
    assert parse(text).dimensjoner == dimensions


@pytest.mark.parametrize(
    ("text", "retning", "mottaker", "klasse"),
    [
        ("gebyr vi krever inn", "inntekt", "", ""),
        ("faktura fra nabokommunen", "utgift", "kommune", ""),
        ("refusjon fra staten", "inntekt", "stat", ""),
        ("kjøp fra IKS", "utgift", "konsern", ""),
        ("salg av ting vi har kjøpt", "", "", ""),
        ("mva i investeringsregnskapet", "", "", "investering"),
    ],
)
def test_direction_party_and_class_are_read_from_the_question(
    text: str, retning: str, mottaker: str, klasse: str
) -> None:
    found = parse(text)
    assert (found.retning, found.mottaker, found.klasse) == (retning, mottaker, klasse)


def test_codes_are_read_with_their_dimension() -> None:
    assert parse("er funksjon 202 eller art 105 rett?").koder == (("funksjon", "202"), ("art", "105"))
    assert parse("20 200 kroner i 2026").koder == (("", "200"),)


def test_a_personal_number_never_comes_through() -> None:
    found = parse("støttekontakt til Kari 010170 12345")
    assert "12345" not in found.tekst
    assert MASK in found.tekst
    assert "fødselsnummer" not in found.kjerne


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    found = parse(text)
    assert len(found.tekst) <= LENGST
    assert set(found.dimensjoner) <= {"funksjon", "art"}
    assert len(found.kjerne) <= len(found.tekst) + text.count(",") + text.count(".") + LENGST


def test_long_text_is_cut() -> None:
    found = parse("strøm til skolen " * 10_000)
    assert len(found.tekst) <= LENGST
    assert found.tegn == 170_000


def test_every_distinction_separates_at_least_two_groups() -> None:
    for skille in distinctions():
        assert len(skille.grupper) > 1, skille.id
        assert all(gruppe.koder or gruppe.serier for gruppe in skille.grupper), skille.id
