"""Hvem leverandøren er, og navn på personer som ikke skal vises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from revisjonshjelp import audit, first_extra, of_kind

from kontoplan.ledger.personnavn import NAVNEMASKE, hide_names
from kontoplan.revisjon.parter import organisation_number, part, valid_number
from kontoplan.revisjon.slag.rader import invoice_number

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("navn", "slag"),
    [
        ("Nordre Land kommune", "kommune"),
        ("VOSS HERAD", "kommune"),
        ("Storlia kommune", "kommune"),
        ("Vestland fylkeskommune", "fylke"),
        ("Helse Bergen HF", "stat"),
        ("Statens vegvesen", "stat"),
        ("NAV Hjelpemiddelsentral", "stat"),
        ("Norges vassdrags- og energidirektorat", "stat"),
        ("Innlandet Revisjon IKS", "iks"),
        ("Hole kommune Eiendom KF", "foretak"),
        ("Kommunekraft AS", "privat"),
        ("AS Bygg, avd. Oslo", "privat"),
        ("Velforeningen i Hole kommune", "privat"),
        ("Lillevik idrettslag", "privat"),
        ("Kommunalbanken", None),
        ("Navnløs", None),
        ("", None),
    ],
)
def test_the_name_tells_who_the_supplier_is(navn: str, slag: str | None) -> None:
    found = part(navn)
    assert (found and found.slag) == slag


def test_a_municipality_is_known_by_its_number_whatever_it_is_called() -> None:
    found = part("Regnskapssentralen", "820 852 982")
    assert found is not None
    assert (found.slag, found.sikker) == ("kommune", True)
    assert "Kristiansand" in found.grunn
    assert "SSB" in found.kilde


def test_the_number_may_stand_in_the_supplier_field_when_it_is_valid() -> None:
    assert organisation_number("Kristiansand 820 852 982", "") == "820852982"
    assert organisation_number("Leverandør 820852983", "") == ""
    assert organisation_number("", "NO 974 760 673 MVA") == "974760673"


@given(st.text(max_size=40), st.text(max_size=12))
def test_any_supplier_can_be_asked(navn: str, orgnr: str) -> None:
    found = part(navn, orgnr)
    assert found is None or found.grunn


@given(st.integers(0, 9), st.sampled_from(["974760673", "820852982", "960510542"]), st.integers(0, 8))
def test_one_wrong_digit_is_never_a_valid_number(digit: int, number: str, at: int) -> None:
    changed = number[:at] + str(digit) + number[at + 1 :]
    assert valid_number(changed) is (changed == number)


def test_an_iks_in_2020_has_its_own_art(tmp_path: Path) -> None:
    line = ("13700", "700", "25300", "", "Andre kvartal", "Innlandet Revisjon IKS", 61_000)
    (finding,) = of_kind(audit(tmp_path, [(6, line)]), "R-MOTPART")
    assert (finding.alvor, finding.foreslatt) == ("INFO", {"art": "380"})
    assert "selv er med" in finding.melding


def test_a_supplier_always_on_the_same_wrong_art_is_one_finding(tmp_path: Path) -> None:
    rows = [(m, ("13700", "700", "25300", "", f"Plass {m}", "Nordre Land kommune", 61_000 + m)) for m in range(1, 13)]
    (finding,) = [f for f in audit(tmp_path, rows).funn if "Nordre Land kommune er en kommune" in f.melding]
    assert finding.belop == pytest.approx(12 * 61_000 + 78)
    assert "12 posteringer" in finding.melding


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Stønad Kari Hansen mars", f"Stønad {NAVNEMASKE} mars"),
        ("STØNAD OLE HANSEN", f"STØNAD {NAVNEMASKE}"),
        ("Hansen, Kari", NAVNEMASKE),
        ("Anne-Marie Berg-Olsen", NAVNEMASKE),
        ("Lønn til Per Fugelsnes", f"Lønn til {NAVNEMASKE}"),
        ("Ole Hansen AS", "Ole Hansen AS"),
        ("Kari Hansens vei 3", "Kari Hansens vei 3"),
        ("Lars Hansen gate 4", "Lars Hansen gate 4"),
        ("Kurs for Ida skole", "Kurs for Ida skole"),
        ("Faktura Jan strøm", "Faktura Jan strøm"),
        ("JAN STRØM", "JAN STRØM"),
    ],
)
def test_names_of_persons_are_hidden_and_those_of_firms_and_streets_are_not(text: str, shown: str) -> None:
    assert hide_names(text) == shown


@given(st.text(max_size=60))
def test_hiding_twice_changes_nothing(text: str) -> None:
    assert hide_names(hide_names(text)) == hide_names(text)


def test_a_name_is_nowhere_in_what_the_program_gives(tmp_path: Path) -> None:
    line = ("14700", "500", "28100", "", "Livsopphold Kari Hansen", "Ola Hansen", 5_000)
    answer = audit(tmp_path, [(m, line) for m in (3, 4)])
    (finding,) = of_kind(answer, "R-NAVN")
    assert (finding.rad, finding.leverandor) == (first_extra(), "[navn 1]")
    assert "Hansen" not in repr(answer)


def test_two_persons_with_the_same_amount_are_not_one_paid_twice(tmp_path: Path) -> None:
    both = [(3, ("14700", "500", "28100", "", "Livsopphold", name, 5_000)) for name in ("Ola Hansen", "Kari Berg")]
    assert of_kind(audit(tmp_path, both), "R-DUBLETT") == []
    same = [(3, ("14700", "500", "28100", "", "Livsopphold", "Ola Hansen", 5_000))] * 2
    (finding,) = of_kind(audit(tmp_path, same), "R-DUBLETT")
    assert finding.leverandor == "[navn 1]"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Faktura 778812", "778812"),
        ("Strøm januar 2026", ""),
        ("Strøm 01.2026", ""),
        ("Lønn 202601", ""),
        ("Leie 15.01.2026 faktura 4411", "4411"),
        ("Fakt 20261", "20261"),
        ("", ""),
    ],
)
def test_years_and_periods_are_not_invoice_numbers(text: str, number: str) -> None:
    assert pl.DataFrame({"t": [text]}).select(invoice_number(pl.col("t"))).item() == number
