"""Filen er satt sammen slik Excel krever, og LibreOffice åpner den og lagrer den uten at noe blir borte."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from lillevik import KODEVERK, alle_statuser
from python_calamine import CalamineWorkbook

from kontoplan.headings import ARK
from kontoplan.kodeverk import Kodeverk
from kontoplan.usecases.koble import koble
from kontoplan.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

EKSEMPLER = Path(__file__).parents[2] / "eksempler"
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture(scope="module", params=["demo", "alle statuser"])
def bok(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    fil = tmp_path_factory.mktemp("bok") / "ut.xlsx"
    if request.param == "demo":
        kobling = koble(EKSEMPLER / "demo-kommune-2026.xlsx")
        write_workbook(kobling, fil, kodeverk=Kodeverk.for_aar(kobling.aar, kobling.regnskap))
    else:
        write_workbook(alle_statuser(), fil, kodeverk=KODEVERK)
    return fil


def _parts(bok: Path, pattern: str) -> Iterator[tuple[str, ET.Element]]:
    with zipfile.ZipFile(bok) as arkiv:
        for navn in arkiv.namelist():
            if re.fullmatch(pattern, navn):
                yield navn, ET.fromstring(arkiv.read(navn))  # noqa: S314 - vår egen fil


def test_alle_deler_er_velformet_og_lenkene_mellom_dem_finnes(bok: Path) -> None:
    with zipfile.ZipFile(bok) as arkiv:
        navn = set(arkiv.namelist())
        assert len(navn) == len(arkiv.namelist())
        for rels, rot in _parts(bok, r".*\.rels"):
            mappe = Path(rels).parent.parent
            for rel in rot:
                if rel.get("TargetMode") != "External":
                    maal = (Path("/") / mappe / rel.get("Target", "")).resolve()
                    assert str(maal.relative_to("/")) in navn, rels
        typer = ET.fromstring(arkiv.read("[Content_Types].xml"))  # noqa: S314 - vår egen fil
    deler = {d.get("PartName", "").lstrip("/") for d in typer if d.tag.endswith("Override")}
    assert deler <= navn


def test_tabellene_har_hvert_sitt_navn_og_overskriftene_i_arket(bok: Path) -> None:
    tabeller = [rot for _, rot in _parts(bok, r"xl/tables/table\d+\.xml")]
    navn = [t.get("displayName", "") for t in tabeller]
    assert len(set(navn)) == len(navn) >= 4
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", n) for n in navn)
    assert len({t.get("id") for t in tabeller}) == len(tabeller)
    ark = openpyxl.load_workbook(bok)
    for fane in ark:
        for tabell in fane.tables.values():
            rute = fane[tabell.ref]
            overskrifter = [celle.value for celle in rute[0]]
            assert overskrifter == [kolonne.name for kolonne in tabell.tableColumns]
            assert len({str(o).casefold() for o in overskrifter}) == len(overskrifter)


def test_navn_omraader_og_regler_er_gyldige(bok: Path) -> None:
    ((_, arbeidsbok),) = _parts(bok, r"xl/workbook\.xml")
    arkene = [ark.get("name", "") for ark in arbeidsbok.iterfind("m:sheets/m:sheet", _NS)]
    assert arkene == list(ARK)
    assert all(len(navn) <= 31 for navn in arkene)
    navn = [(n.get("name"), n.get("localSheetId")) for n in arbeidsbok.iterfind("m:definedNames/m:definedName", _NS)]
    assert len(set(navn)) == len(navn)
    for _, ark in _parts(bok, r"xl/worksheets/sheet\d+\.xml"):
        for regel in ark.iterfind("m:dataValidations/m:dataValidation", _NS):
            formel = regel.findtext("m:formula1", "", _NS)
            assert len(formel) <= 255
            assert len(regel.get("prompt", "")) <= 255
            assert len(regel.get("promptTitle", "")) <= 32
            assert "!" not in formel  # til andre ark bare gjennom navn, så eldre Excel også åpner boken
        vilkar = [f.text or "" for f in ark.iterfind("m:conditionalFormatting/m:cfRule/m:formula", _NS)]
        assert not any("!" in formel for formel in vilkar)
        prioriteter = [r.get("priority") for r in ark.iterfind("m:conditionalFormatting/m:cfRule", _NS)]
        assert len(set(prioriteter)) == len(prioriteter)


def test_ingen_formler_og_ingen_tekst_over_grensen(bok: Path) -> None:
    for _, ark in _parts(bok, r"xl/worksheets/sheet\d+\.xml"):
        assert ark.findall(".//m:sheetData//m:f", _NS) == []
    for _, tekster in _parts(bok, r"xl/sharedStrings\.xml"):
        assert all(len("".join(si.itertext())) <= 32_767 for si in tekster)


def test_utskriften_er_liggende_med_gjentatt_overskrift(bok: Path) -> None:
    ark = openpyxl.load_workbook(bok)
    for fane in ark:
        if fane.sheet_state == "hidden":
            continue
        assert fane.page_setup.orientation == "landscape"
        assert fane.page_setup.fitToHeight == 0
        assert not fane.tables or fane.print_title_rows == "$1:$1"
    assert [fane.title for fane in ark if fane.sheet_state == "hidden"] == ["Valglister"]


def _celler(bok: CalamineWorkbook, navn: str) -> list[list[object]]:
    # LibreOffice lagrer tall med 15 sifre.
    return [
        [round(celle, 12) if isinstance(celle, float) else celle for celle in rad]
        for rad in bok.get_sheet_by_name(navn).to_python()
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice er ikke installert")
def test_libreoffice_apner_lagrer_og_beholder_alt(bok: Path, tmp_path: Path) -> None:
    kommando = [
        "soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to", "xlsx",
        "--outdir", tmp_path, bok,
    ]  # fmt: skip
    subprocess.run(kommando, check=True, capture_output=True, timeout=180)
    lagret = tmp_path / bok.name
    for_, etter = CalamineWorkbook.from_path(bok), CalamineWorkbook.from_path(lagret)
    assert etter.sheet_names == list(ARK)
    for navn in ("Til gjennomgang", "Kobling", "Kodeverk", "Valglister"):
        assert _celler(etter, navn) == _celler(for_, navn)
    ark = openpyxl.load_workbook(lagret)
    regler = [r.formula1 or "" for r in ark["Kobling"].data_validations.dataValidation]
    assert any(formel.startswith("OFFSET(Valgene") for formel in regler)
    assert {e.name: e.value for e in ark.custom_doc_props.props}["kontoplan-aar"] == 2026
