"""Arbeidsboken slik en økonom åpner den: ark, overskrifter, tekst som tekst og det viktigste først."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lillevik import KODEVERK, alle_statuser, kobling, rad
from python_calamine import CalamineWorkbook

from kontoplan.sak import Flagg
from kontoplan.status import STATUSER
from kontoplan.tall import percent
from kontoplan.workbook import write_workbook
from kontoplan.workbook.cells import MAKS_TEGN, row_ranges

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kobling import Kobling

# openpyxl kjenner ikke Excels nyere datastolper og sier fra om det.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
_ARK = ["Sammendrag", "Til gjennomgang", "Kobling", "Fordelinger", "Kodeverk", "Regler", "Om", "Valglister"]


def _bok(kobling: Kobling, mappe: Path) -> openpyxl.Workbook:
    write_workbook(kobling, mappe / "ut.xlsx", kodeverk=KODEVERK, overskriv=True)
    return openpyxl.load_workbook(mappe / "ut.xlsx")


def _kolonne(ark: openpyxl.worksheet.worksheet.Worksheet, overskrift: str) -> list[object]:
    nummer = [celle.value for celle in ark[1]].index(overskrift)
    return [rad[nummer].value for rad in ark.iter_rows(min_row=2)]


def test_har_arkene_tabellene_og_faste_ruter(tmp_path: Path) -> None:
    bok = _bok(alle_statuser(), tmp_path)
    assert bok.sheetnames == _ARK
    for navn in ("Til gjennomgang", "Kobling", "Fordelinger", "Kodeverk", "Regler"):
        ark = bok[navn]
        assert len(ark.tables) == (navn != "Regler")  # ingen regler er brukt i Lillevik
        assert ark.freeze_panes.endswith("2")
        assert ark.print_title_rows == "$1:$1"
        assert ark.page_setup.orientation == "landscape"
    assert len(bok["Sammendrag"]._charts) == 1  # noqa: SLF001 - openpyxl har ingen annen vei til diagrammene


def test_koder_er_tekst_med_innledende_nuller_i_lest_rekkefolge(tmp_path: Path) -> None:
    ark = _bok(alle_statuser(), tmp_path)["Kobling"]
    assert _kolonne(ark, "Lokal kode")[:2] == ["00300", "00300"]
    assert _kolonne(ark, "KOSTRA-kode")[0] == "030"
    assert _kolonne(ark, "Rad") == list(range(2, 12))
    assert _kolonne(ark, "Sektornavn")[-1] == KODEVERK.navn("sektor", "320")


def test_status_er_ord_symbol_og_farge(tmp_path: Path) -> None:
    ark = _bok(alle_statuser(), tmp_path)["Kobling"]
    assert set(_kolonne(ark, "Status")) == {ordet.merke for ordet in STATUSER.values()}
    assert len({ordet.symbol for ordet in STATUSER.values()}) == len(STATUSER)


@pytest.mark.parametrize("status", STATUSER)
def test_statusfargene_har_god_kontrast(status: str) -> None:
    lys, mork = _luminans(STATUSER[status].fyll), _luminans(STATUSER[status].skrift)
    assert (lys + 0.05) / (mork + 0.05) >= 7


def _luminans(farge: str) -> float:
    deler = [int(farge[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rod, gronn, bla = (d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in deler)
    return 0.2126 * rod + 0.7152 * gronn + 0.0722 * bla


def test_gjennomgangen_har_bare_det_som_trengs_med_storst_belop_forst(tmp_path: Path) -> None:
    ark = _bok(alle_statuser(), tmp_path)["Til gjennomgang"]
    assert _kolonne(ark, "Rad") == [4, 3, 10, 7, 8, 5]
    assert _kolonne(ark, "Hva må avgjøres") == [
        "Velg mellom 030 Lønn til ekstrahjelp og 020 Lønn til vikarer.",
        "Bekreft at 030 Lønn til ekstrahjelp er rett, eller velg en annen kode.",
        "Avgjør om 030 Lønn til ekstrahjelp er rett: nummeret peker på 120.",
        "Velg 271 Innleie eller 272 Andre: art 270 gikk ut etter 2025.",
        "Finn ut hva kontoen brukes til, og sett KOSTRA-koden.",
        "Bestem nøkkelen som deler beløpet på 202 og 215, i arket Fordelinger.",
    ]


def test_en_konto_pa_flere_rader_er_en_sak_i_gjennomgangen_med_summen(tmp_path: Path) -> None:
    rader = [rad(at, status="usikker", sannsynlighet=0.5, konto={"belop": Decimal(at)}) for at in (2, 3, 4)]
    bok = _bok(kobling(*rader, rad(5)), tmp_path)
    ark = bok["Til gjennomgang"]
    assert (_kolonne(ark, "Rad"), _kolonne(ark, "Antall rader"), _kolonne(ark, "Beløp")) == ([2], [3], [9])
    assert len(_kolonne(bok["Kobling"], "Rad")) == 4


def test_sammendraget_sier_alt_som_er_utelatt(tmp_path: Path) -> None:
    ark = _bok(alle_statuser(), tmp_path)["Sammendrag"]
    tekst = "\n".join(str(c.value) for r in ark.iter_rows() for c in r if c.value is not None)
    for ventet in ("2026", "plan.xlsx", "Sumrader.\nRad 5–7, 12", "Kolonne C er skjult.", "nummer-mot-navn"):
        assert ventet in tekst


def test_uten_kontoer_blir_det_en_bok_som_sier_det(tmp_path: Path) -> None:
    bok = _bok(kobling(), tmp_path)
    assert "Ingen kontoer ble lest" in bok["Kobling"]["A2"].value
    assert bok["Til gjennomgang"]["A2"].value == "Ingen kontoer venter på en avgjørelse."


@pytest.mark.parametrize(
    "tekst",
    [
        "=1+1",
        "+47",
        "-Tap",
        "@SUM(A1)",
        "\t=1",
        "{=1}",
        "https://x.no",
        "internal:A1",
        "007",
        "<r><t>x</t></r>",
        "_x0041_",
    ],
)
def test_tekst_forblir_tekst(tekst: str, tmp_path: Path) -> None:
    write_workbook(kobling(rad(konto={"lokal_navn": tekst})), tmp_path / "ut.xlsx", kodeverk=KODEVERK)
    assert _les_navn(tmp_path / "ut.xlsx") == tekst
    celle = openpyxl.load_workbook(tmp_path / "ut.xlsx")["Kobling"]["B2"]
    assert celle.data_type == "s"
    assert celle.hyperlink is None


def test_lang_tekst_kuttes_med_synlig_merke(tmp_path: Path) -> None:
    write_workbook(kobling(rad(konto={"lokal_navn": "å" * 40_000})), tmp_path / "ut.xlsx", kodeverk=KODEVERK)
    lest = _les_navn(tmp_path / "ut.xlsx")
    assert len(lest) == MAKS_TEGN
    assert lest.endswith("[kuttet av kontoplan: teksten er på 40\u00a0000 tegn]")


_TEKST = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
_ALT = st.text(st.characters(categories=["Cc", "Cs", "Co", "Ll"]))
_RASKT = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_RASKT
@given(tekster=st.lists(_TEKST, min_size=1, max_size=30))
def test_enhver_tekst_kommer_uendret_tilbake(tekster: list[str], tmp_path: Path) -> None:
    felter = [dict.fromkeys(("lokal_navn", "lokal_kode", "ark", "fil"), tekst) for tekst in tekster]
    rader = [rad(konto=felt, flagg=(Flagg(felt["ark"], felt["ark"]),)) for felt in felter]
    assert _bok(kobling(*rader), tmp_path).sheetnames == _ARK
    assert [_les_navn(tmp_path / "ut.xlsx", nummer) for nummer in range(1, len(rader) + 1)] == tekster


@_RASKT
@given(tekster=st.lists(_ALT, min_size=1, max_size=30))
def test_styretegn_gir_en_lesbar_bok(tekster: list[str], tmp_path: Path) -> None:
    bok = _bok(kobling(*(rad(konto={"lokal_navn": tekst}) for tekst in tekster)), tmp_path)
    assert len(_kolonne(bok["Kobling"], "Lokalt navn")) == len(tekster)


def _les_navn(fil: Path, nummer: int = 1) -> object:
    return CalamineWorkbook.from_path(fil).get_sheet_by_name("Kobling").to_python()[nummer][1]


@pytest.mark.parametrize(("andel", "tekst"), [(1.0, "100 %"), (0.9999, "> 99 %"), (0.5, "50 %"), (0.001, "< 1 %")])
def test_prosent_later_aldri_som_noe_er_helt_sikkert(andel: float, tekst: str) -> None:
    assert percent(andel).replace("\u00a0", " ") == tekst


@given(st.sets(st.integers(1, 60)))
def test_radlop_dekker_nettopp_radene(rader: set[int]) -> None:
    lest: set[int] = set()
    for lop in filter(None, row_ranges(tuple(rader)).split(", ")):
        forste, _, siste = lop.partition("–")
        lest |= set(range(int(forste), int(siste or forste) + 1))
    assert lest == rader
