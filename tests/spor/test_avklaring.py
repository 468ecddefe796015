"""Spørsmålene som avgjør, og samtalen som stiller dem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.kodeverk import Kodeverk
from kontoplan.usecases.spor import answer, open_case, reply
from kontoplan.usecases.spor_avklaring import gain
from kontoplan.usecases.spor_horing import entropy, hear_case
from kontoplan.usecases.spor_samtale import Samtale

KODEVERK = Kodeverk.for_aar(2026)
odds = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.001, 1), min_size=1)


@given(odds, st.lists(st.sampled_from("abcdefgh"), max_size=8))
def test_a_question_is_worth_at_most_what_is_undecided(found: dict[str, float], inside: list[str]) -> None:
    total = sum(found.values())
    share = {kode: p / total for kode, p in found.items()}
    useful = gain([set(inside), set(found) - set(inside)], share)
    assert -1e-9 <= useful <= entropy(share) + 1e-9


def test_a_question_that_separates_everything_is_worth_the_whole_entropy() -> None:
    found = {"a": 0.5, "b": 0.25, "c": 0.25}
    assert gain([{"a"}, {"b"}, {"c"}], found) == pytest.approx(1.5)
    assert gain([{"a", "b", "c"}], found) == 0


@pytest.mark.parametrize(
    "question", ["festetomt", "lønn rektor", "leasing av stor kopimaskin", "representasjon ordfører"]
)
def test_an_answer_leaves_less_undecided(question: str) -> None:
    case = open_case(question)
    svar = answer(case, KODEVERK)
    assert 1 <= len(svar.avklaring) <= 2
    for choice in svar.avklaring[0].svar:
        after = hear_case(reply(case, svar.avklaring[0], choice), KODEVERK)
        for dimension, kode in choice.gir:
            assert after[dimension].best[0] == kode or kode in {k for _, k in choice.koder}
            assert sum(after[dimension].odds.values()) == pytest.approx(1)


def test_a_question_is_not_asked_twice() -> None:
    case = open_case("festetomt")
    first = answer(case, KODEVERK).avklaring[0]
    after = answer(reply(case, first, first.svar[0]), KODEVERK)
    assert first.sporsmal not in [q.sporsmal for q in after.avklaring]
    assert after.funksjon[0].kode == "315"


def test_the_conversation_remembers_the_case() -> None:
    talk = Samtale(KODEVERK)
    assert talk.say("festetomt").status == "avhenger"
    assert talk.asking
    assert talk.say("1").funksjon[0].kode == "315"
    narrowed = talk.say("og hvilken art?")
    assert (narrowed.funksjon, bool(narrowed.art)) == ((), True)
    assert talk.say("strøm skole").art[0].kode == "180"
    talk.forget()
    assert talk.svar is None


def test_an_answer_can_be_its_first_letters() -> None:
    talk = Samtale(KODEVERK)
    talk.say("festetomt")
    assert talk.say("bolig").funksjon[0].kode == "315"


def test_more_about_the_case_is_not_a_new_question() -> None:
    talk = Samtale(KODEVERK)
    talk.say("momskompensasjon")
    assert talk.say("hva om det er i investeringsregnskapet?").funksjon[0].kode == "841"
