"""Konteksten rundt kontoen: overskrifter, ansvar, klasse, merknad og brukerens egne kolonner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from chart_layouts import LAYOUTS

from kontoplan.chart import read_charts
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kontoplan.kodeverk import Kodeverk
    from kontoplan.lesing import Lesing

Read = Any


@pytest.fixture
def read(workbook: Callable[..., Path], kodeverk: Kodeverk) -> Read:
    def run(sheets: dict[str, list[list[Any]]], **call: str | list[str] | dict[str, str]) -> Lesing:
        return read_charts([workbook(sheets)], kodeverk=kodeverk, **call)

    return run


def layout(name: str) -> dict[str, list[list[Any]]]:
    return {ark: [cells for cells, _ in lines] for ark, lines in LAYOUTS[name].items()}


def test_headings_become_context_and_end_at_the_sum(read: Read) -> None:
    found = read(layout("serieoverskrifter")).kontoer
    assert found[0].kontekst.overskrift == "1 DRIFT / 10 LØNN OG SOSIALE UTGIFTER"
    assert found[0].kontoklasse == "1"
    assert found[-1].kontekst.overskrift == "11 KJØP AV VARER"


def test_a_heading_which_names_its_dimension_is_that_context(read: Read) -> None:
    found = read(layout("ansvar-som-overskrift")).kontoer
    assert [found[0].kontekst.ansvar, found[-1].kontekst.ansvar] == ["1100 Rådmann", "2100 Solbakken barnehage"]


def test_a_value_written_once_per_group_holds_downwards(read: Read) -> None:
    found = [k for k in read(layout("sparsom-gruppering")).kontoer if k.dimensjon == "art"]
    assert found[2].kontekst.as_dict() == {"ansvar": "1100 Rådmann", "tjeneste": "1200 Administrasjon"}
    assert found[-1].kontekst.as_dict() == {"ansvar": "2100 Barnehage", "tjeneste": "2010 Barnehage"}


def test_free_columns_are_context(read: Read) -> None:
    found = read(layout("tom-kodekolonne")).kontoer
    assert {k.kontekst.overskrift for k in found} == {"Helse og omsorg"}


def test_sheet_names_give_the_class(read: Read) -> None:
    rows = [["Art", "Navn"], ["230", "Vedlikehold"], ["200", "Inventar"]]
    found = read({"Driftsregnskap": rows, "Investeringsregnskap": rows}).kontoer
    assert [k.kontoklasse for k in found] == ["1", "1", "0", "0"]


def test_the_users_columns_override(read: Read) -> None:
    rows = [["x", "y", "z"], ["Rådmann", "10100", "Fast lønn"], ["Rådmann", "11000", "Mat"]]
    found = read({"Ark1": rows}, kolonner="kode=B, navn=C, ansvar=A", ark=["ark1"]).kontoer
    assert [(k.lokal_kode, k.lokal_navn, k.kontekst.ansvar) for k in found] == [
        ("10100", "Fast lønn", "Rådmann"),
        ("11000", "Mat", "Rådmann"),
    ]


def test_the_users_columns_may_be_a_mapping_and_name_the_dimension(read: Read) -> None:
    rows = [["Nr", "Hva", "Kr"], ["120 Administrasjon", "Fritekst", "1 000,50"], ["202 Grunnskole", None, None]]
    found = read({"Ark1": rows}, kolonner={"funksjon": "A", "merknad": "B", "beløp": "C"}).kontoer
    assert [(k.dimensjon, k.lokal_kode, k.kontekst.merknad, str(k.belop)) for k in found] == [
        ("funksjon", "120", "Fritekst", "1000.50"),
        ("funksjon", "202", "", "None"),
    ]


def test_only_the_chosen_sheets_are_read(read: Read) -> None:
    sheets = layout("koststed-og-prosjekt")
    assert {k.ark for k in read(sheets, ark=["Koststeder"]).kontoer} == {"Koststeder"}


def test_projects_are_left_out_and_counted(read: Read) -> None:
    left = {u.grunn: u.rader for u in read(layout("koststed-og-prosjekt")).utelatt if u.ark == "Prosjekter"}
    assert left["prosjekt, som ikke har KOSTRA-kode"] == (2, 3)


def test_the_columns_found_are_shown(read: Read) -> None:
    table = read(layout("xledger")).tabeller[0]
    assert [(k.rolle, k.bokstav, k.overskrift) for k in table.kolonner] == [
        ("kode (art)", "A", "Konto"),
        ("navn (art)", "B", "Beskrivelse"),
        ("overskrift", "C", "Kontogruppe"),
    ]


def test_a_sheet_without_headings_is_said(read: Read) -> None:
    assert read(layout("uten-overskrift")).merknader == (
        "Arket «Ark1» i plan.xlsx har ingen overskriftsrad; kolonnene er funnet etter innholdet.",
    )


def test_a_sheet_without_a_table_beside_one_with_is_counted(read: Read) -> None:
    found = read(
        {"Les meg": [["Dette er kontoplanen vår"], ["Spør Kari"]], "Arter": [["Konto", "Navn"], ["10100", "Fast lønn"]]}
    )
    assert found.utelatt[0].ark == "Les meg"
    assert len(found.kontoer) == 1


def test_formulas_without_values_in_the_amounts_do_not_matter(tmp_path: Path, kodeverk: Kodeverk) -> None:
    import openpyxl  # noqa: PLC0415 - bare her

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Konto", "Navn", "Budsjett"], ["10100", "Fast lønn", "=1+1"], ["11000", "Mat", 5]):
        sheet.append(row)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    assert len(read_charts([path], kodeverk=kodeverk).kontoer) == 2


def test_an_error_names_the_sheets_that_exist(read: Read) -> None:
    with pytest.raises(UserError, match="arkene er «Koststeder», «Prosjekter»"):
        read(layout("koststed-og-prosjekt"), ark=["Arter"])
