"""Evalueringen: Stringers grense, anslaget, konklusjonen, og at grensen holder så ofte den lover."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from utvalgshjelp import audited, drawn, postings, whole

from kontoplan.utvalg import mus
from kontoplan.utvalg.beregning import direction, evaluate
from kontoplan.utvalg.evaluering import Evaluering, Vurdert
from kontoplan.utvalg.faktor import confidence_factor
from kontoplan.utvalg.grense import upper_limit
from kontoplan.utvalg.utvalg import Ramme, Stratum

J = 1_000_000  # 10 000 kr


def frame(*, metode: str = "mus", strata: tuple[Stratum, ...] = (), limit: int = 3 * J) -> Ramme:
    parts = strata or (
        Stratum(mus.FULLT, J, 5 * J, 2, 8 * J, 2),
        Stratum(mus.INTERVALL, 100, J - 1, 900, 40 * J, 40),
    )
    size = sum(part.trukket for part in parts)
    total = sum(part.sum_ore for part in parts)
    return Ramme(metode, 0.95, limit, 0, 1, J, 1, 902, total, size, "bok.csv", "0", 2026, "", parts)  # type: ignore[arg-type]


def row(nr: int, booked: int, right: int | None, stratum: str = mus.INTERVALL) -> Vurdert:
    return Vurdert(nr, "", nr + 1, "", booked, stratum, right, "", f"Utvalg!J{nr + 1}")


def evaluated(rows: list[Vurdert], ramme: Ramme | None = None) -> Evaluering:
    ramme = ramme or frame()
    return evaluate(ramme, rows, fil="u.xlsx", konfidens=0.95, vesentlighet_ore=ramme.vesentlighet_ore)


def test_the_bound_is_the_one_in_the_textbooks() -> None:
    found = upper_limit([0.4 * J, 1.0 * J, 0.1 * J], J, 0.95)
    assert found.grunn == pytest.approx(2.9957 * J, rel=1e-4)
    # faktorene 3,00 – 4,74 – 6,30 – 7,75 på feilandelene 100 %, 40 % og 10 %, største først
    assert found.ovre == pytest.approx((2.9957 + 1.7481 * 1.0 + 1.5519 * 0.4 + 1.4579 * 0.1) * J, rel=1e-4)
    assert found.anslag == pytest.approx(1.5 * J)


@given(st.lists(st.floats(1, J), max_size=12), st.floats(1, J), st.sampled_from([0.8, 0.9, 0.95]))
@settings(max_examples=60)
def test_one_more_error_never_lowers_the_bound(shares: list[float], more: float, confidence: float) -> None:
    before, after = (upper_limit(found, J, confidence).ovre for found in (shares, [*shares, more]))
    assert after >= before >= sum(shares)


@given(st.integers(0, 12))
def test_whole_errors_give_the_confidence_factor(count: int) -> None:
    assert upper_limit([float(J)] * count, J, 0.95).ovre == pytest.approx(confidence_factor(count, 0.95) * J)


def test_without_errors_the_limit_is_the_materiality_it_was_planned_for() -> None:
    rows = postings([random.Random(at).randrange(1, 400_000) for at in range(500)])  # noqa: S311 - prøvedata
    for metode in ("mus", "stratifisert"):
        utvalg = drawn(rows, metode, 20_000_000)  # type: ignore[arg-type]
        answer = evaluated(audited(utvalg, {}), utvalg.ramme)
        assert answer.konklusjon == "godtas"
        assert 0.8 * 20_000_000 < answer.for_hoyt.grense_ore <= 20_000_000
        assert answer.for_hoyt == answer.for_lavt


def test_errors_in_postings_taken_in_full_stand_for_themselves() -> None:
    answer = evaluated([row(1, 5 * J, 4 * J, mus.FULLT), row(2, 3 * J, 3 * J, mus.FULLT), row(3, 500, 500)])
    assert (answer.for_hoyt.kjent_ore, answer.for_hoyt.anslatt_ore, answer.for_hoyt.tillegg_ore) == (J, J, 0)
    assert answer.for_hoyt.grense_ore == pytest.approx(J + 2.9957 * J, rel=1e-4)


def test_an_error_stands_for_its_share_of_the_interval() -> None:
    answer = evaluated([row(1, 20_000, 15_000)])
    assert answer.feil[0].rad.andel == 0.25
    assert answer.feil[0].bidrag_ore == answer.for_hoyt.anslatt_ore == J // 4


def test_too_high_and_too_low_are_kept_apart() -> None:
    answer = evaluated([row(1, 20_000, 10_000), row(2, 20_000, 30_000), row(3, -20_000, -10_000)])
    assert (answer.for_hoyt.antall, answer.for_hoyt.anslatt_ore) == (2, J)
    assert (answer.for_lavt.antall, answer.for_lavt.anslatt_ore) == (1, J // 2)
    assert answer.for_hoyt.grense_ore > answer.for_hoyt.anslatt_ore + answer.for_hoyt.grunn_ore


def test_an_error_larger_than_the_amount_raises_the_basic_precision() -> None:
    answer = evaluated([row(1, 20_000, -20_000)])
    assert answer.for_hoyt.grunn_ore == pytest.approx(2 * 2.9957 * J, rel=1e-4)
    assert any("motsatt fortegn" in note for note in answer.merknader)
    assert any("større enn det bokførte" in note for note in answer.merknader)


def test_no_more_than_all_of_it_can_be_too_high() -> None:
    small = (Stratum(mus.INTERVALL, 100, J - 1, 3, J, 1),)
    answer = evaluated([row(1, 500_000, 500_000)], frame(strata=small))
    assert answer.for_hoyt.grense_ore == J
    assert answer.for_lavt.grense_ore > J


def test_when_all_is_looked_at_the_errors_are_known() -> None:
    parts = (Stratum("Beløpsklasse 3", 100, 900, 2, 1_000, 2),)
    answer = evaluated(
        [row(1, 100, 0, "Beløpsklasse 3"), row(2, 900, 900, "Beløpsklasse 3")],
        frame(metode="stratifisert", strata=parts),
    )
    assert (answer.for_hoyt.grense_ore, answer.for_lavt.grense_ore) == (100, 0)


def test_the_conclusions() -> None:
    assert evaluated([row(1, 100, 100)]).konklusjon == "godtas"
    assert evaluated([row(1, 100, 50)]).konklusjon == "uavklart"
    assert evaluated([row(at, 100, 0) for at in range(1, 5)]).konklusjon == "godtas ikke"
    assert evaluated([row(1, 100, 100), row(2, 100, None)]).konklusjon == "foreløpig"
    assert evaluated([row(9, 100, None), *(row(at, 100, 0) for at in range(1, 5))]).konklusjon == "godtas ikke"
    low = evaluated([row(at, 100, 200) for at in range(1, 5)])
    assert low.konklusjon == "godtas ikke"


def test_the_estimate_per_stratum_adds_up() -> None:
    parts = (Stratum("A", 1, 800_000, 30, 9 * J, 10), Stratum("B", 1, 90_000, 200, 5 * J, 20))
    rows = [row(1, 700_000, 0, "A"), row(2, 50_000, 40_000, "B"), row(3, 50_000, 60_000, "B")]
    answer = evaluated(rows, frame(metode="stratifisert", strata=parts))
    assert [(s.feil, s.for_hoyt_ore, s.for_lavt_ore) for s in answer.strata] == [
        (1, 2_100_000, 0),
        (2, 100_000, 100_000),
    ]
    assert answer.for_hoyt.anslatt_ore == 2_200_000


@given(st.lists(st.integers(1, 60), min_size=2, max_size=10), st.integers(5, 40), st.data())
@settings(max_examples=25)
def test_the_estimate_is_right_on_average_over_every_start(
    amounts: list[int], interval: int, data: st.DataObject
) -> None:
    rows = whole(postings(amounts)).rader
    wrong = {at + 2: data.draw(st.integers(0, amount)) for at, amount in enumerate(amounts)}
    interval = min(interval, sum(amounts))
    total = Fraction(0)
    for start in range(1, interval + 1):
        found = mus.draw(rows, interval, start)
        for one in found.iter_rows(named=True):
            weight = 1 if one["abs_ore"] >= interval else Fraction(interval, one["abs_ore"])
            total += weight * (one["abs_ore"] - wrong[one["rad"]])
    assert total / interval == sum(amounts) - sum(wrong.values())


@pytest.mark.parametrize("metode", ["mus", "stratifisert"])
@pytest.mark.parametrize("kind", ["hele beløp", "deler", "bare store"])
def test_the_bound_holds_as_often_as_it_promises(metode: str, kind: str) -> None:
    chance = random.Random(11)  # noqa: S311 - prøvedata
    amounts = [int(chance.lognormvariate(11, 1.3)) + 1 for _ in range(1_500)]
    right = dict(enumerate(amounts, 2))
    for at, amount in enumerate(amounts, 2):
        if kind == "bare store" and amount < 200_000:
            continue
        if chance.random() < 0.05:
            right[at] = 0 if kind == "hele beløp" else int(amount * chance.random())
    truth = sum(amounts) - sum(right.values())
    rows = postings(amounts)
    limit = sum(amounts) // 15
    held = 0
    for fro in range(120):
        utvalg = drawn(rows, metode, limit, fro=fro)  # type: ignore[arg-type]
        high = direction(utvalg.ramme, audited(utvalg, right), 1, 0.95)
        held += high.grense_ore >= truth
    assert held >= 0.93 * 120  # 95 %, mindre et standardavvik for 120 forsøk


def test_a_threshold_stratum_is_not_projected() -> None:
    utvalg = drawn(postings([5_000_000, *[10_000] * 300]), "mus", 3_000_000)
    answer = evaluated(audited(utvalg, {2: 4_000_000}), utvalg.ramme)
    assert answer.for_hoyt.anslatt_ore == 1_000_000
