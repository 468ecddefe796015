"""De små delene hver for seg, også med tilfeldige data."""

from __future__ import annotations

import contextlib
import csv
import doctest
import importlib
import io
import pkgutil
from decimal import Decimal  # noqa: TC003 - hypothesis leser typene
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kontoplan.chart
from kontoplan.chart import read_charts
from kontoplan.chart.amounts import parse_amount
from kontoplan.chart.delimited import decode, find_separator, read_delimited
from kontoplan.chart.grid import column_index, letter
from kontoplan.chart.headers import classify, words
from kontoplan.chart.rowkinds import is_footer, is_series, is_sum
from kontoplan.chart.split_cell import is_code, split_cell
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk import Kodeverk

MODULES = [m.name for m in pkgutil.iter_modules(kontoplan.chart.__path__)]
CODES = st.from_regex(r"[1-9][0-9]{2,7}", fullmatch=True)
NAMES = st.from_regex(r"[A-ZÆØÅ][a-zæøå]{3,12}( [a-zæøå]{3,9}){0,2}", fullmatch=True).filter(
    lambda n: split_cell(f"1 {n}") is not None
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"kontoplan.chart.{name}")).failed == 0


@given(CODES, NAMES, st.sampled_from([" ", " - ", ": ", " – ", " | "]))
def test_a_joined_cell_splits_back(code: str, name: str, between: str) -> None:
    assert split_cell(f"{code}{between}{name}") == (code, name)


@given(st.text(max_size=40))
def test_a_split_loses_nothing_but_the_separator(text: str) -> None:
    parts = split_cell(text)
    if parts:
        assert text.startswith(parts[0])
        assert text.rstrip().endswith(parts[1])
        assert is_code(parts[0])


@settings(max_examples=60)
@given(
    st.lists(st.tuples(CODES, NAMES), min_size=3, max_size=12),
    st.sampled_from(";\t,|"),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_written_rows_are_read_back(rows: list[tuple[str, str]], separator: str, encoding: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([("Konto", "Navn"), *rows])
    read = read_delimited(out.getvalue().encode(encoding), "x.csv")
    assert [row.cells for row in read] == [("Konto", "Navn"), *rows]


@given(st.text(alphabet=st.characters(codec="cp1252", exclude_categories=("Cc",)), min_size=1))
def test_text_survives_utf8_and_utf16(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text
    assert decode(text.encode("utf-16")) == text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"Konto;Navn\n"]),
    tail=st.binary(max_size=300),
)
def test_random_bytes_give_accounts_or_a_message(head: bytes, tail: bytes, tmp_path: Path, kodeverk: Kodeverk) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(head + tail)
    with contextlib.suppress(UserError):
        assert read_charts([path], kodeverk=kodeverk).kontoer


@given(st.integers(min_value=0, max_value=16383))
def test_column_letters_round_trip(column: int) -> None:
    assert column_index(letter(column)) == column


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("-57.551,50", "-57551.50"), ("1.234", "1234"), ("kr 500,-", "500"), ("200-", "-200"), (1234.5, "1234.5"), ("2 %", "None"), (True, "None"), (float("inf"), "None"), ("1,2,3", "None")],
)  # fmt: skip
def test_amounts(text: str | float, wanted: str) -> None:
    assert str(parse_amount(text)) == wanted


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_norwegian_amounts_round_trip(amount: Decimal) -> None:
    text = f"{amount:,.2f}".replace(",", " ").replace(".", ",")
    assert parse_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "role", "dim"),
    [
        ("Konto (T)", "navn", "konto"), ("Kontonr.", "kode", "konto"), ("Teneste(T)", "navn", "funksjon"), ("ANSVARSNAVN", "navn", "ansvar"),
        ("KOSTRA-art", "kostra", "art"), ("Rekneskap 2011", "belop", ""), ("2014", "belop", ""), ("Gyldig til", "annet", ""), ("Leiar", "annet", ""),
        ("Hva er dette for noe", "", ""), ("Merknad", "kontekst", "merknad"), ("Kontoklasse", "klasse", ""), ("Koststednavn", "navn", "ansvar"),
    ],
)  # fmt: skip
def test_headings(text: str, role: str, dim: str) -> None:
    found = classify(text)
    assert (found.role, found.dim) == (role, dim)


@pytest.mark.parametrize(
    "text",
    [
        "Sum serie 01",
        "SUM:",
        "T O T A L T",
        "Totalt",
        "Delsum lønn",
        "Netto driftsresultat",
        "I alt",
        "Til saman",
        "Lønn totalt",
    ],
)
def test_sums(text: str) -> None:
    assert is_sum(text, coded=False)


@pytest.mark.parametrize("text", ["Summarisk skjønn", "Netto avdrag", "Totalentreprise", "Sumpområde"])
def test_numbered_accounts_are_not_sums(text: str) -> None:
    assert not is_sum(text, coded=True)


def test_footers_and_series() -> None:
    assert is_footer("Side 1 av 3")
    assert not is_footer("Sidemannsopplæring")
    assert is_series("10-19")
    assert not is_series("1010")


def test_every_word_in_the_list_has_a_known_form_role_and_source() -> None:
    assert set(words()) == {"stamme", "ending", "hel", "inneholder", "start", "tittel", "navneord"}
    roles = {role for form in words().values() for role, _ in form.values()}
    assert roles == {"kode", "navn", "type", "klasse", "kontekst", "belop", "annet", "kostra", "tittel", "balanse"}


def test_a_single_column_has_no_separator() -> None:
    assert find_separator("Fast lønn\nMat\n") is None
