"""Alle filformatene gir de samme kontoene, og innholdet avgjør formatet."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from kontoplan.chart import read_charts, xls
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kodeverk import Kodeverk

FILES = Path(__file__).parent / "filer"


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda p: p.name)
def test_each_format_gives_the_same_accounts(path: Path, kodeverk: Kodeverk) -> None:
    read = read_charts([path], kodeverk=kodeverk)
    arter = [(k.rad, k.dimensjon, k.lokal_kode, k.lokal_navn) for k in read.kontoer if k.dimensjon == "art"]
    assert arter == [(2, "art", "10100", "Fast lønn"), (3, "art", "11000", "Kontormateriell")]


def test_the_ending_does_not_matter(tmp_path: Path, kodeverk: Kodeverk) -> None:
    path = tmp_path / "plan.csv"
    shutil.copy(FILES / "kontoplan.ods", path)
    assert len(read_charts([path], kodeverk=kodeverk).kontoer) == 3


def test_a_csv_sheet_is_named_after_the_file(kodeverk: Kodeverk) -> None:
    assert read_charts([FILES / "utf8.csv"], kodeverk=kodeverk).kontoer[0].ark == "utf8"


def test_several_files_are_read_in_order(kodeverk: Kodeverk) -> None:
    seen: list[str] = []
    read = read_charts([FILES / "utf8.csv", FILES / "komma.csv"], kodeverk=kodeverk, progress=seen.append)
    assert [k.fil for k in read.kontoer] == ["utf8.csv"] * 2 + ["komma.csv"] * 2
    assert len(seen) == 2


def test_hidden_rows_columns_and_sheets_are_read_and_said(tmp_path: Path, kodeverk: Kodeverk) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Arter"
    rows: list[list[Any]] = [
        ["Klasse", "Konto", "Navn"],
        ["1", "10100", "Fast lønn"],
        ["1", "11000", "Kontormateriell"],
    ]
    for row in rows:
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["A"].hidden = True
    other = book.create_sheet("Ansvar")
    other.append(["Ansvar", "Navn"])
    other.append(["100", "Rådmann"])
    other.sheet_state = "hidden"
    path = tmp_path / "plan.xlsx"
    book.save(path)
    read = read_charts([path], kodeverk=kodeverk)
    assert [k.lokal_kode for k in read.kontoer] == ["10100", "11000", "100"]
    assert read.merknader == (
        "Arket «Arter» i plan.xlsx har 1 skjulte rader; de er lest som de andre.",
        "Arket «Arter» i plan.xlsx har skjulte kolonner (A); de er lest som de andre.",
        "Arket «Ansvar» i plan.xlsx er skjult; det er lest som de andre.",
    )


def test_macros_are_not_run_and_it_is_said(tmp_path: Path, workbook: Callable[..., Path], kodeverk: Kodeverk) -> None:
    plain = workbook({"Arter": [["Konto", "Navn"], ["10100", "Fast lønn"], ["11000", "Mat"]]})
    path = tmp_path / "plan.xlsm"
    shutil.copy(plain, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert read_charts([path], kodeverk=kodeverk).merknader == (
        "plan.xlsm har makroer; de er ikke kjørt, bare cellene er lest.",
    )


def test_a_value_merged_over_several_rows_holds_for_all_of_them(tmp_path: Path, kodeverk: Kodeverk) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Ansvar", "Konto", "Navn"],
        ["100 Rådmann", "10100", "Fast lønn"],
        [None, "11000", "Mat"],
        ["200 Skole", "10100", "Fast lønn"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    path = tmp_path / "plan.xlsx"
    book.save(path)
    read = read_charts([path], kodeverk=kodeverk)
    assert [k.kontekst.ansvar for k in read.kontoer] == ["100 Rådmann", "100 Rådmann", "200 Skole"]


def test_two_million_blank_lines_are_fine(tmp_path: Path, kodeverk: Kodeverk) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Konto;Navn\n1010;Fast lønn\n" + "\n" * 2_000_000 + "1020;Vikar\n", encoding="utf-8")
    assert [k.rad for k in read_charts([path], kodeverk=kodeverk).kontoer] == [2, 2_000_003]


def test_a_stray_value_on_the_last_row_is_fine(
    workbook: Callable[..., Path], tmp_path: Path, kodeverk: Kodeverk
) -> None:
    plain = workbook({"Arter": [["Konto", "Navn"], ["10100", "Fast lønn"], ["11000", "Mat"]]})
    path = tmp_path / "langt.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="B1048576" t="str"><v>Sum</v></c></row></sheetData>'
                )
            target.writestr(name, data)
    read = read_charts([path], kodeverk=kodeverk)
    assert len(read.kontoer) == 2
    assert any(1_048_576 in u.rader for u in read.utelatt)


@pytest.mark.parametrize(("raised", "code"), [(xls.XlsPasswordError, "passord"), (xls.XlsDamagedError, "skadet-fil")])
def test_a_failing_xls_reader_is_a_clear_message(
    raised: type[Exception], code: str, monkeypatch: pytest.MonkeyPatch, kodeverk: Kodeverk
) -> None:
    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr("kontoplan.chart.files.read_xls", fail)
    with pytest.raises(UserError) as caught:
        read_charts([FILES / "kontoplan.xls"], kodeverk=kodeverk)
    assert caught.value.code == code


def test_rows_hidden_in_an_ods_sheet_are_said(tmp_path: Path, kodeverk: Kodeverk) -> None:
    path = tmp_path / "plan.ods"
    with zipfile.ZipFile(FILES / "kontoplan.ods") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "content.xml":
                data = data.replace(b"<table:table-row ", b'<table:table-row table:visibility="collapse" ', 2)
                data = data.replace(b"<table:table-column ", b'<table:table-column table:visibility="collapse" ', 1)
            target.writestr(name, data)
    assert any("skjulte rader" in m for m in read_charts([path], kodeverk=kodeverk).merknader)
