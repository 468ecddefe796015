"""Hovedbøker i regneark og Parquet."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import polars as pl
import pytest

from kontoplan.errors import UserError
from kontoplan.ledger import limits, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

HEAD = ("Bilag", "Bilagsdato", "Konto", "Funksjon", "Tekst", "Beløp")


def workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def test_tall_datoer_og_tekst_om_hverandre(read: Callable[..., Any], tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "bok.xlsx",
        Hovedbok=[
            ("Lillevik kommune",),
            (),
            HEAD,
            (1, dt.datetime(2025, 1, 31), 11150, 20200, "Mat", 0.1 + 0.2),  # noqa: DTZ001 - regneark har ikke tidssone
            (2, "28.02.2025", "11150", "00300", "Frukt", "1 234,50"),
            (3, dt.date(2025, 3, 1), 11150, 202.0, None, -57.55),
            (),
            (None, None, "Sum", None, None, 1177.25),
        ],
    )
    rows, lest, kilde = read(path)
    assert [(r["rad"], r["konto"], r["funksjon"], r["maaned"], r["belop_ore"], r["ark"]) for r in rows] == [
        (4, "11150", "20200", 1, 30, "Hovedbok"),
        (5, "11150", "00300", 2, 123450, "Hovedbok"),
        (6, "11150", "202", 3, -5755, "Hovedbok"),
    ]
    assert rows[0]["bilag"] == "1"
    assert (lest.avrundet, lest.tomme, [(u.grunn, u.rader) for u in lest.uleste]) == (0, 1, [("sumlinje", (8,))])
    assert kilde.ark == ("Hovedbok",)


def test_like_ark_leses_sammen_og_andre_nevnes(read: Callable[..., Any], tmp_path: Path) -> None:
    row = (1, "31.01.2025", 11150, 20200, "Mat", 5)
    path = workbook(
        tmp_path / "bok.xlsx",
        Januar=[HEAD, row],
        Februar=[HEAD, row, row],
        Pivot=[("Radetiketter", "Sum"), ("11150", 15)],
    )
    rows, _, kilde = read(path)
    assert [r["ark"] for r in rows] == ["Januar", "Februar", "Februar"]
    assert kilde.merknader == ("Arket «Pivot» er ikke lest: det har ikke de samme kolonnene som hovedboken.",)
    assert [r["ark"] for r in read(path, ark=["februar"])[0]] == ["Februar", "Februar"]


def test_formler_uten_verdi_stopper(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bok.xlsx", Bok=[HEAD, (1, "31.01.2025", 11150, 20200, "Mat", "=1+1")])
    with pytest.raises(UserError, match="formler som ikke er regnet ut \\(først i F2\\)"), open_ledger(path):
        pass


def test_ukjent_ark(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bok.xlsx", Bok=[HEAD])
    with (
        pytest.raises(UserError, match=r"Arket «Mars» finnes ikke i bok\.xlsx; arkene er «Bok»"),
        open_ledger(path, ark=["Mars"]),
    ):
        pass


def test_zipbombe_pakkes_ikke_ut(tmp_path: Path) -> None:
    path = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    with (
        pytest.raises(UserError, match="er ikke en vanlig arbeidsbok: den pakker seg ut til 30 MB; kopier hovedboken"),
        open_ledger(path),
    ):
        pass


def test_enormt_omrade_stopper_for_det_settes_av_plass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_AREA", 20)
    path = workbook(tmp_path / "bok.xlsx", Bok=[HEAD] * 5)
    with pytest.raises(UserError, match="har innhold helt ut til F5"), open_ledger(path):
        pass


@pytest.mark.parametrize(
    ("amounts", "dtype"),
    [([12.5, -3.0], pl.Float64()), (["12,50", "-3,00"], pl.String()), ([Decimal("12.50"), Decimal("-3.00")], pl.Decimal(18, 4))],
)  # fmt: skip
def test_parquet_med_ulike_typer(
    read: Callable[..., Any], tmp_path: Path, amounts: list[Any], dtype: pl.DataType
) -> None:
    path = tmp_path / "bok.parquet"
    pl.DataFrame(
        {
            "bilag": [1, 2],
            "dato": [dt.date(2025, 1, 1), dt.date(2025, 2, 1)],
            "art": pl.Series([11150, 10100]),
            "beløp": pl.Series(amounts, dtype=dtype),
        }
    ).with_columns(pl.Series("funksjon", ["202", "120"], dtype=pl.Categorical)).write_parquet(path)
    rows, _, kilde = read(path)
    assert [(r["rad"], r["konto"], r["funksjon"], r["maaned"], r["belop_ore"]) for r in rows] == [
        (1, "11150", "202", 1, 1250),
        (2, "10100", "120", 2, -300),
    ]
    assert kilde.form == "Parquet"


def test_hele_kroner_i_parquet(read: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "bok.parquet"
    pl.DataFrame({"konto": ["11150"], "beløp": [7]}).write_parquet(path)
    assert read(path)[0][0]["belop_ore"] == 700


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PAR1 ikke egentlig", "er skadet eller er ikke en Parquet-fil"),
        (b"%PDF-1.7 xx", "er ikke en hovedbok, men en PDF-fil"),
        (b"", "er tom"),
        (b"bare tekst\nuten noe\n", "er ikke en tabell med skilletegn"),
        (b"Navn;Adresse\nA;B\n", "Fant ikke kolonnen med konto"),
        (b"Konto;Navn\n1;B\n", "Fant ikke kolonnen med bel"),
        (b"PK\x03\x04 ikke zip", "er skadet"),
    ],
)  # fmt: skip
def test_filer_som_ikke_er_hovedboker(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "fil.bin"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message), open_ledger(path):
        pass


def test_fil_som_mangler(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Finner ikke filen"), open_ledger(tmp_path / "nei.csv"):
        pass
    with pytest.raises(UserError, match="er en mappe"), open_ledger(tmp_path):
        pass


@pytest.mark.parametrize(
    ("cell", "far"),
    [("A9999999", "er skadet"), ("XFD1048576", "helt ut til"), ("AA5", "Fant ikke kolonnen med beløp")],
)
def test_ruter_langt_borte_telles_ogsa_i_store_regneark(tmp_path: Path, cell: str, far: str) -> None:
    path = workbook(tmp_path / "bok.xlsx", Bok=[HEAD])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="F1"', f'<c r="{cell}"'.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(UserError, match=far), open_ledger(path):
        pass
