"""Konfidensfaktorene: de i lærebøkenes tabeller, og det de skal bety."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontoplan.utvalg.faktor import confidence_factor, planning_factor


def rounded_up(number: float) -> float:
    return math.ceil(round(number * 100, 6)) / 100


@pytest.mark.parametrize(
    ("confidence", "factors"),
    [
        (0.95, [3.00, 4.75, 6.30, 7.76, 9.16, 10.52]),
        (0.90, [2.31, 3.89, 5.33, 6.69, 8.00, 9.28]),
        (0.80, [1.61, 3.00, 4.28, 5.52, 6.73, 7.91]),
    ],
)
def test_the_factors_are_the_ones_in_the_tables(confidence: float, factors: list[float]) -> None:
    assert [rounded_up(confidence_factor(k, confidence)) for k in range(6)] == factors


@pytest.mark.parametrize(
    ("expected", "factor"),
    [(0.0, 3.00), (0.05, 3.31), (0.10, 3.68), (0.20, 4.63), (0.30, 6.00), (0.40, 8.09), (0.50, 11.54)],
)
def test_expected_errors_make_the_planning_factor_of_the_tables(expected: float, factor: float) -> None:
    assert planning_factor(expected, 0.95) == pytest.approx(factor, abs=0.011)


@given(st.integers(0, 60), st.floats(0.5, 0.999))
@settings(max_examples=40)
def test_so_few_errors_are_as_unlikely_as_the_confidence_says(found: int, confidence: float) -> None:
    mean = confidence_factor(found, confidence)
    so_few = math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(found + 1))
    assert so_few == pytest.approx(1 - confidence, abs=1e-9)


@given(st.floats(0, 200), st.floats(0.5, 0.999))
@settings(max_examples=40)
def test_the_factor_is_the_quantile_of_the_gamma_distribution(found: float, confidence: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert confidence_factor(found, confidence) == pytest.approx(float(stats.gamma.ppf(confidence, found + 1)))


@given(st.floats(0, 0.9, exclude_max=True), st.floats(0.5, 0.999))
@settings(max_examples=25)
def test_the_planning_factor_holds_when_the_expected_error_is_found(expected: float, confidence: float) -> None:
    factor = planning_factor(expected, confidence)
    assert confidence_factor(expected * factor, confidence) == pytest.approx(factor)
