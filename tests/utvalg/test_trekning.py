"""Trekningen: hva som alltid er med, sjansen hver postering har, og at utvalget kan gjentas."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from utvalgshjelp import area, drawn, postings, whole

from kontoplan import UserError
from kontoplan.utvalg import mus
from kontoplan.utvalg.plan import Avgrensning, make_plan
from kontoplan.utvalg.populasjon import population
from kontoplan.utvalg.utvalg import row_key

AMOUNTS = st.lists(st.integers(-5_000, 5_000).filter(bool), min_size=1, max_size=40)
MIXED = [random.Random(7).choice((-1, 1)) * int(10 ** random.Random(at).uniform(2, 6.5)) for at in range(300)]  # noqa: S311 - prøvedata


@given(AMOUNTS, st.integers(1, 6_000), st.data())
@settings(max_examples=60)
def test_each_drawn_amount_hits_the_posting_it_falls_in(amounts: list[int], interval: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(1, interval))
    found = mus.draw(whole(postings(amounts)).rader, interval, start)
    units = [at for at, amount in enumerate(amounts) for _ in range(abs(amount))]
    expected = Counter(units[start - 1 :: interval])
    assert dict(zip((row - 2 for row in found["rad"]), found["treff"], strict=True)) == expected


@given(AMOUNTS, st.integers(1, 6_000), st.data())
@settings(max_examples=60)
def test_a_posting_of_at_least_one_interval_is_always_drawn(
    amounts: list[int], interval: int, data: st.DataObject
) -> None:
    rows = whole(postings(amounts)).rader
    found = mus.draw(rows, interval, data.draw(st.integers(1, interval)))
    large = {row for row, amount in zip(rows["rad"], rows["abs_ore"], strict=True) if amount >= interval}
    assert large <= set(found["rad"])
    assert all(row["treff"] <= 1 for row in found.iter_rows(named=True) if row["abs_ore"] < interval)


@given(st.lists(st.integers(-90, 90).filter(bool), min_size=1, max_size=12), st.integers(2, 60))
@settings(max_examples=30)
def test_the_chance_of_being_drawn_is_proportional_to_the_amount(amounts: list[int], interval: int) -> None:
    rows = whole(postings(amounts)).rader
    times = Counter(row for start in range(1, interval + 1) for row in mus.draw(rows, interval, start)["rad"])
    assert all(times[at + 2] == min(abs(amount), interval) for at, amount in enumerate(amounts))


def test_the_seeds_spread_the_first_krone_evenly() -> None:
    starts = [mus.start_of(seed, 1_000) for seed in range(2_000)]
    assert min(starts) >= 1
    assert max(starts) <= 1_000
    tenths = Counter((start - 1) // 100 for start in starts)
    assert all(150 < tenths[at] < 250 for at in range(10))


@pytest.mark.parametrize("metode", ["mus", "stratifisert"])
def test_the_same_seed_gives_the_same_sample_whatever_order_the_rows_come_in(metode: str) -> None:
    rows = postings(MIXED)
    shuffled = rows.sample(fraction=1, shuffle=True, seed=3)
    one, two = (drawn(frame, metode, 20_000_000, fro=5) for frame in (rows, shuffled))  # type: ignore[arg-type]
    assert one == two
    assert drawn(rows, metode, 20_000_000, fro=6).trekk != one.trekk  # type: ignore[arg-type]


def test_a_sample_is_the_same_in_every_version() -> None:
    assert [t.rad for t in drawn(postings(MIXED), "mus", 30_000_000, fro=42).trekk][:6] == [22, 58, 105, 126, 154, 181]
    assert [t.rad for t in drawn(postings(MIXED), "stratifisert", 30_000_000, fro=42).trekk][:6] == [
        2,
        24,
        31,
        44,
        48,
        56,
    ]


def test_the_seal_is_the_same_in_every_version() -> None:
    frame = drawn(postings(MIXED), "mus", 30_000_000, fro=42).ramme
    assert (frame.segl, row_key(frame.segl, 1, ("Ark", 2), 500, 1, "S")) == ("6567729a10059bc3", "63ae0f18a3a2")
    spaced = replace(frame, hovedbok=f" {frame.hovedbok}\u200b ")
    assert spaced.segl == frame.segl
    assert replace(frame, utvalg=frame.utvalg + 1).segl != frame.segl


@given(
    st.lists(st.integers(-10_000_000, 10_000_000), min_size=2, max_size=60).filter(any), st.integers(1_000, 50_000_000)
)
@settings(max_examples=60)
def test_no_posting_drawn_from_a_stratum_stands_for_more_than_the_interval(amounts: list[int], limit: int) -> None:
    utvalg = drawn(postings(amounts, funksjoner=("202", "201")), "stratifisert", limit, per_omraade=True)
    frame = utvalg.ramme
    for part in frame.strata:
        taken = [t for t in utvalg.trekk if t.stratum == part.navn]
        assert len(taken) == part.trukket
        assert part.fullt or part.antall * part.storst_ore <= part.trukket * frame.intervall_ore
    assert sum(part.sum_ore for part in frame.strata) == frame.sum_ore == sum(map(abs, amounts))
    assert {t.rad for t in utvalg.trekk} >= {
        at + 2 for at, amount in enumerate(amounts) if abs(amount) >= frame.intervall_ore
    }


def test_all_postings_in_a_stratum_have_the_same_chance() -> None:
    rows = postings([1_000] * 40 + [900_000])
    times = Counter(t.rad for fro in range(400) for t in drawn(rows, "stratifisert", 30_000, fro=fro).trekk)
    share = drawn(rows, "stratifisert", 30_000).ramme.strata[-1]
    expected = 400 * share.trukket / share.antall
    assert all(abs(times[row] - expected) < 5 * (expected**0.5) for row in range(2, 42))
    assert times[42] == 400


def test_what_is_left_out_is_counted_and_the_sums_meet() -> None:
    rows = postings([500, 0, -300, 700, 0, 900], arter=("110", "600"))
    found = population(rows, [Avgrensning("art", "100", "299")], area)
    assert (found.antall, found.sum_ore, found.debet_ore, found.kredit_ore) == (2, 800, 500, -300)
    assert [(one.antall, one.sum_ore) for one in found.utenfor] == [(3, 1_600), (1, 0)]
    assert "art=100-299" in found.utenfor[0].hva


def test_limits_on_the_same_dimension_are_or_and_on_different_ones_and() -> None:
    rows = postings([1, 2, 3, 4], arter=("110", "200"), funksjoner=("202", "202", "201", "201"))
    plan = make_plan(
        "mus", vesentlighet="1", bare=["art=110", "art=150-220", "omraade=område 201"], omraader=["Område 201"]
    )
    assert [*map(str, plan.bare)] == ["art=110", "art=150-220", "omraade=Område 201"]
    assert population(rows, plan.bare, area).rader["belop_ore"].to_list() == [3, 4]


def test_nothing_to_draw_from_is_said() -> None:
    with pytest.raises(UserError, match="ingen posteringer med beløp å trekke av i drift og investering"):
        whole(postings([0, 0]))
    with pytest.raises(UserError, match="ingen posteringer med beløp å trekke av etter --bare art=300"):
        population(postings([5]), [Avgrensning("art", "300", "300")], area)


@pytest.mark.parametrize("text", ["0.95", "0,95", "95%", "95 %"])
def test_the_confidence_can_be_written_in_several_ways(text: str) -> None:
    assert make_plan("mus", vesentlighet="500 000", konfidens=text).konfidens == pytest.approx(0.95)


def test_the_size_follows_from_the_factor() -> None:
    plan = make_plan("mus", vesentlighet="500.000", fro=1)
    assert plan.vesentlighet_ore == 50_000_000
    assert plan.intervall_ore == 16_690_410  # 500 000 / 2,99573
    more = make_plan("mus", vesentlighet="500000", forventet_feil="100000", fro=1)
    assert more.faktor == pytest.approx(4.62, abs=0.01)
    assert more.intervall_ore < plan.intervall_ore


def test_without_a_seed_one_is_drawn() -> None:
    assert 0 <= make_plan("mus", vesentlighet="1").fro < 1_000_000


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"vesentlighet": "0"}, "--vesentlighet er 0; oppgi et beløp over null, f.eks. 500000."),
        ({"vesentlighet": "mye"}, "--vesentlighet er «mye»; oppgi et beløp i kroner med høyst to desimaler, f.eks. 500000."),
        ({"konfidens": "0.3"}, "--konfidens er «0.3»; oppgi en andel fra 0,5 til 0,999, f.eks. 0.95 eller 95%."),
        ({"konfidens": "nan"}, "--konfidens er «nan»; oppgi en andel fra 0,5 til 0,999, f.eks. 0.95 eller 95%."),
        ({"konfidens": "95"}, "--konfidens er «95»; oppgi en andel fra 0,5 til 0,999, f.eks. 0.95 eller 95%."),
        ({"forventet_feil": "480000"}, "--forventet-feil er 480000, men må være fra 0 til under 90 % av vesentligheten (500000); ventes det mer, svarer ikke et utvalg på spørsmålet."),
        ({"fro": -1}, "--fro er -1; oppgi et helt tall fra 0 til 999999999999999."),
        ({"per_omraade": True}, "--per-omraade deler strata og gjelder bare --utvalg stratifisert; ta det bort, eller velg den metoden."),
        ({"bare": ["art=x"]}, "--bare art=x kan ikke leses; skriv f.eks. art=100-299, funksjon=202, klasse=drift eller omraade=Barnehage."),
        ({"bare": ["art=300-200"]}, "--bare art=300-200 kan ikke leses; skriv f.eks. art=100-299, funksjon=202, klasse=drift eller omraade=Barnehage."),
        ({"bare": ["omraade=Hage"]}, "--bare omraade=Hage: «Hage» er ikke et tjenesteområde; velg blant Barnehage, Helse."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_sentence(given_: dict[str, object], message: str) -> None:
    asked: dict[str, object] = {"vesentlighet": "500000", "omraader": ["Barnehage", "Helse"]} | given_
    with pytest.raises(UserError) as caught:
        make_plan("mus", **asked)  # type: ignore[arg-type]
    assert caught.value.message == message
