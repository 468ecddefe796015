"""Beløp i tekst blir øre, eksakt, slik norske systemer skriver dem."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.ledger.amounts import decimal_comma, float_cents, parse_amounts


def ore(text: str | None, *, comma: bool = True) -> int | None:
    return parse_amounts(pl.Series("b", [text], pl.String), comma=comma).struct.field("ore").to_list()[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234,50", 123450), ("1 234,50", 123450), ("1\u00a0234,50", 123450), ("1.234,50", 123450), ("1'234,50", 123450),
        ("1.234.567,89", 123456789), ("-57,5", -5750), ("57,50-", -5750), ("(1 200)", -120000), ("−3", -300), ("kr 12,00", 1200),
        ("12,-", 1200), ("NOK 5", 500), ("5 kr", 500), ("0,00", 0), ("+7", 700), ("1.234", 123400), ("007,10", 710), ("12,", 1200), (",50", 50), ("-,5", -50),
        ("12,3400", 1234), ("999999999999,99", 99999999999999),
    ],
)  # fmt: skip
def test_norske_skrivemater(text: str, expected: int) -> None:
    assert ore(text) == expected


@pytest.mark.parametrize(
    "text", ["", "-", "abc", "12.34", "1,2,3", "1e5", "12.34,5", "1.23.456,00", "NaN", "0x1", "9999999999999", "1 234 kr/mnd", "--5", "(-5)-", "=1+1", None]
)  # fmt: skip
def test_det_som_ikke_er_et_belop_blir_ikke_gjettet(text: str | None) -> None:
    assert ore(text) is None


def test_med_desimalpunktum_er_komma_tusenskille() -> None:
    assert [ore(t, comma=False) for t in ("1,234.50", "1234.5", "1,5", "-.25")] == [123450, 123450, None, -25]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [(["12,50"], True), (["12.50"], False), (["1.234,50"], True), (["1,234.50"], False), (["1.234.567"], True), (["12", "1.234"], None), ([], None)],
)  # fmt: skip
def test_desimaltegnet_sluttes_av_belopene(texts: list[str], expected: object) -> None:
    assert decimal_comma(texts) is expected


def test_flere_enn_to_desimaler_avrundes_og_meldes() -> None:
    found = parse_amounts(pl.Series(["1,005", "1,000", "1,0049"]), comma=True).struct.unnest()
    assert found["avrundet"].to_list() == [True, False, True]
    assert found["ore"].to_list() == [100, 100, 100]


@given(
    st.integers(-(10**13), 10**13),
    st.sampled_from(["", " ", "\u00a0", ".", "'"]),
    st.sampled_from(["foran", "bak", "parentes"]),
)
def test_alle_ore_kan_skrives_og_leses_tilbake(cents: int, thousands: str, minus: str) -> None:
    kroner, rest = divmod(abs(cents), 100)
    text = f"{kroner:,}".replace(",", thousands) + f",{rest:02}"
    if cents < 0:
        text = {"foran": f"-{text}", "bak": f"{text}-", "parentes": f"({text})"}[minus]
    assert ore(text) == (cents if abs(cents) < 10**14 else None)


@given(st.text(max_size=12))
def test_tekst_gir_enten_det_desimaltallet_den_er_eller_ingenting(text: str) -> None:
    found = ore(text)
    if found is not None:
        assert any(char.isdigit() for char in text)


@given(st.integers(-(10**13), 10**13))
def test_flyttall_fra_regneark_gir_rett_ore(cents: int) -> None:
    frame = pl.DataFrame({"b": [float(Decimal(cents) / 100)]}).select(float_cents(pl.col("b")).alias("x")).unnest("x")
    assert frame.row(0) == (cents, False)
