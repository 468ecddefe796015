"""Et raskt utvalg av de fiendtlige filene: enten kontoer eller én setning, aldri noe annet. Hele korpuset: ``bench.fiendtlig``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.fiendtlig import pakket
from bench.fiendtlig.grunnlag import ROWS, small
from bench.fiendtlig.korpus import case, kind_of
from kontoplan.chart import read_charts
from kontoplan.chart.grid import Row, fill_merged
from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk

KODEVERK = Kodeverk.for_aar(2026, "kommune")
_ARK = "xl/worksheets/sheet1.xml"


def lest(fil: Path) -> int | UserError:
    try:
        return len(read_charts([fil], kodeverk=KODEVERK).kontoer)
    except UserError as feil:
        return feil


def bok(mappe: Path, endre: tuple[bytes, bytes]) -> Path:
    """Den lille arbeidsboken med en endring i arkets XML."""
    deler = pakket.unpack(small())
    assert endre[0] in deler[_ARK]
    deler[_ARK] = deler[_ARK].replace(*endre, 1)
    fil = mappe / "plan.xlsx"
    fil.write_bytes(pakket.pack(deler))
    return fil


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
@settings(max_examples=40)
@given(st.integers(0, 1_999).filter(lambda nr: kind_of(nr) not in {"svær", "bombe", "rart innhold"}))
def test_et_utvalg_gir_kontoer_eller_en_setning(tmp_path_factory: pytest.TempPathFactory, nummer: int) -> None:
    sak = case(nummer)
    fil = tmp_path_factory.mktemp("sak") / sak.name
    fil.write_bytes(sak.content)
    svar = lest(fil)
    assert isinstance(svar, int) or (svar.message and "\n" not in svar.message)


def test_korpuset_er_det_samme_hver_gang() -> None:
    numre = [nr for nr in range(60) if kind_of(nr) in {"tekst", "støy"}]
    assert len(numre) > 5
    assert [case(nr) for nr in numre] == [case(nr) for nr in numre]


@pytest.mark.parametrize(
    "endre",
    [
        (b"</sheetData>", b'<row r="4294967295"><c r="ZZZZ4294967295"><v>1</v></c></row></sheetData>'),
        (b"</sheetData>", b"<row r='9'><c r='XFE9'><v>1</v></c></row></sheetData>"),
        (b"</sheetData>", b'<row r="1048577"><c r="A1048577"><v>1</v></c></row></sheetData>'),
        (b"</sheetData>", b'<row r="0"><c r="A0"><v>1</v></c></row></sheetData>'),
    ],
    ids=["svær", "enkle anførselstegn", "under arket", "rad null"],
)
def test_plasseringer_som_ikke_finnes_er_en_skadet_fil(endre: tuple[bytes, bytes], tmp_path: Path) -> None:
    svar = lest(bok(tmp_path, endre))
    assert isinstance(svar, UserError)
    assert svar.code == "skadet-fil"


def test_svaert_omraade_i_enkle_anforselstegn_stoppes_ogsa(tmp_path: Path) -> None:
    svar = lest(
        bok(tmp_path, (b"</sheetData>", b"<row r = '1048576'><c r ='XFD1048576'><v>1</v></c></row></sheetData>"))
    )
    assert isinstance(svar, UserError)
    assert svar.code == "for-stort-ark"


def test_skjulte_kolonner_utenfor_arket_er_ingen_heng(tmp_path: Path) -> None:
    skjult = b'<cols><col min="-5" max="99999999" hidden="1"/></cols><sheetData>'
    assert lest(bok(tmp_path, (b"<sheetData>", skjult))) == len(ROWS) - 1


def test_overlappende_sammenslainger_gir_opp() -> None:
    rader = tuple(Row(nr, ("a", None)) for nr in range(1, 3_000))
    assert fill_merged(rader, ((1, 0, 1_048_576, 0),))[-1].cells[0] == "a"
    with pytest.raises(ValueError, match=r"\d+"):
        fill_merged(rader, ((1, 0, 1_048_576, 0),) * 1_100)


def test_tall_som_ikke_er_belop_blir_ikke_belop(tmp_path: Path) -> None:
    fil = tmp_path / "plan.csv"
    fil.write_text(
        "Art;Navn;Beløp\n10100;Fastlønn;" + "9" * 400 + "\n10300;Ekstrahjelp;500\n11150;Mat;7\n", encoding="utf-8"
    )
    kontoer = read_charts([fil], kodeverk=KODEVERK).kontoer
    assert [str(k.belop) for k in kontoer] == ["None", "500", "7"]
