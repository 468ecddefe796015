"""Hovedbøker i tekst: tegnsett, skilletegn, anførselstegn, radnumre, og regnskap over det som ikke er lest."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kontoplan.errors import UserError
from kontoplan.ledger import open_ledger, samle, summer
from kontoplan.ledger import textfile as textfile_module

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "Bilag;Dato;Konto;Funksjon;Ansvar;Prosjekt;Tekst;Leverandør;Mva-kode;Beløp\n"
ROW = "1001;31.01.2025;11150;20200;3110;;Mat på skolen;Bø Mat AS;1;1 234,50\n"


def test_alle_kolonnene_leses(read: Callable[..., Any], csv_file: Callable[..., Path]) -> None:
    rows, lest, kilde = read(csv_file(HEAD + ROW))
    assert rows == [
        {
            "rad": 2, "ark": "hovedbok", "klasse": None, "konto": "11150", "funksjon": "20200", "ansvar": "3110", "prosjekt": None,
            "tekst": "Mat på skolen", "leverandor": "Bø Mat AS", "orgnr": None, "bilag": "1001", "dato": dt.date(2025, 1, 31),
            "maaned": 1, "mva_kode": "1", "belop_ore": 123450,
        }
    ]  # fmt: skip
    assert (lest.rader, lest.sum_ore, lest.uleste) == (1, 123450, ())
    assert kilde.slag == "hovedbok"
    assert "tegnsett UTF-8" in kilde.oppsett


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")]
)  # fmt: skip
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_tegnsett_og_skilletegn(
    read: Callable[..., Any], csv_file: Callable[..., Path], encoding: str, shown: str, separator: str
) -> None:
    text = (HEAD + ROW * 3 + ROW.replace("Bø", "Bø – Å")).replace(";", separator)
    rows, _, kilde = read(csv_file(text, encoding=encoding))
    assert [r["leverandor"] for r in rows] == ["Bø Mat AS"] * 3 + ["Bø – Å Mat AS"]
    assert kilde.oppsett[0] == f"tegnsett {shown}"


def test_windows_tegn_langt_nede_i_filen(
    read: Callable[..., Any], csv_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textfile_module, "SAMPLE_BYTES", 400)
    rows, _, kilde = read(
        csv_file(
            (HEAD + ROW.replace("ø", "o").replace("å", "a") * 50 + ROW)
            .replace("Leverandør", "Leverandor")
            .replace("Beløp", "Belop"),
            encoding="cp1252",
        )
    )
    assert rows[-1]["leverandor"] == "Bø Mat AS"
    assert kilde.oppsett[0] == "tegnsett Windows-1252"


def test_sep_linjen_er_ikke_en_rad(read: Callable[..., Any], csv_file: Callable[..., Path]) -> None:
    rows, _, _ = read(csv_file("sep=;\n" + HEAD + ROW))
    assert [r["rad"] for r in rows] == [2]


def test_radnumrene_er_filens_egne_ogsa_med_titler_og_tomme_linjer(
    read: Callable[..., Any], csv_file: Callable[..., Path]
) -> None:
    rows, lest, _ = read(csv_file("Lillevik kommune\nHovedbok 2025;;\n\n" + HEAD + ROW + "\n" + ROW))
    assert [r["rad"] for r in rows] == [5, 7]
    assert lest.tomme == 1


def test_det_som_ikke_leses_telles_med_radnummer(read: Callable[..., Any], csv_file: Callable[..., Path]) -> None:
    text = (
        "Konto;Funksjon;Bilag;Dato;Tekst;Beløp\n"
        "11150;202;1;01.01.2025;Mat;100,00\n"
        "11150;202;2;01.01.2025;Mat;hundre\n"
        "11150;202;3;01.01.2025;Mat;\n"
        "Konto;Funksjon;Bilag;Dato;Tekst;Beløp\n"
        "Sum 11150;;;;;200,00\n"
        "11150;;;;Sum konto;200,00\n"
        ";;;;;300,00\n"
        "Diverse;202;4;01.01.2025;Mat;5\n"
        "11150;202;5;01.01.2025;Mat; stor;6,00\n"
        "11150;202;6;31.02.2025;Mat;7,005\n"
        ";;;;;\n"
    )
    rows, lest, _ = read(csv_file(text))
    assert [(r["rad"], r["belop_ore"]) for r in rows] == [(2, 10000), (11, 700)]
    assert {u.grunn: u.rader for u in lest.uleste} == {
        "beløpet er ikke et tall": (3,),
        "uten beløp": (4,),
        "gjentatt overskrift": (5,),
        "sumlinje": (6, 7),
        "uten konto": (8,),
        "kontoen er ikke et nummer": (9,),
        "raden har flere felt enn overskriften": (10,),
    }
    assert next(u for u in lest.uleste if u.grunn == "sumlinje").belop_ore == 40000
    assert (lest.tomme, lest.avrundet, lest.uten_dato) == (1, 1, 1)


def test_debet_og_kredit_blir_ett_belop(read: Callable[..., Any], csv_file: Callable[..., Path]) -> None:
    text = "Konto;Dato;Debet;Kredit\n1;01.02.2025;10,00;\n2;01.02.2025;;4,00\n3;01.02.2025;0,00;0,00\n4;01.02.2025;5,00;x\n"
    rows, lest, _ = read(csv_file(text))
    assert [r["belop_ore"] for r in rows] == [1000, -400, 0]
    assert [(u.grunn, u.rader) for u in lest.uleste] == [("beløpet er ikke et tall", (5,))]


def test_kredit_med_eget_minus_trekkes_ikke_to_ganger(read: Callable[..., Any], csv_file: Callable[..., Path]) -> None:
    rows, _, _ = read(csv_file("Konto;Dato;Debet;Kredit\n1;01.02.2025;10,00;\n2;01.02.2025;;-4,00\n"))
    assert [r["belop_ore"] for r in rows] == [1000, -400]


@pytest.mark.parametrize(
    ("amounts", "expected"), [(("10,00", "4,00"), [1000, -400]), (("10,00", "-4,00"), [1000, -400])]
)
def test_d_eller_k_avgjor_fortegnet_bare_nar_belopene_ikke_har_det(
    read: Callable[..., Any], csv_file: Callable[..., Path], amounts: tuple[str, str], expected: list[int]
) -> None:
    rows, _, _ = read(csv_file(f"Konto;Dato;Beløp;D/K\n1;01.02.2025;{amounts[0]};D\n2;01.02.2025;{amounts[1]};K\n"))
    assert [r["belop_ore"] for r in rows] == expected


def test_saldobalanse_bruker_utgaende_saldo(read: Callable[..., Any], csv_file: Callable[..., Path]) -> None:
    rows, _, kilde = read(csv_file("Konto;Kontonavn;IB;Debet;Kredit;UB\n21000;Bank;100,00;50,00;20,00;130,00\n"))
    assert (kilde.slag, rows[0]["belop_ore"]) == ("saldobalanse", 13000)


def test_flere_belopskolonner_ma_avgjores(csv_file: Callable[..., Path]) -> None:
    path = csv_file("Konto;Funksjon;Regnskap 2024;Regnskap 2025\n11150;202;1,00;2,00\n")
    with (
        pytest.raises(UserError, match=r"flere kolonner som kan være beløpet \(C «Regnskap 2024», D «Regnskap 2025»\)"),
        open_ledger(path),
    ):
        pass
    with open_ledger(path, kolonner="saldo=D") as bok:
        assert samle(bok)[1].sum_ore == 200


@pytest.mark.parametrize("given", ["konto=B,belop=D,funksjon=C", "konto=Kto,belop=Verdi,tjeneste=Fu"])
def test_kolonnene_kan_oppgis(read: Callable[..., Any], csv_file: Callable[..., Path], given: str) -> None:
    rows, _, _ = read(csv_file("A1;Kto;Fu;Verdi\nx;11150;202;5,00\n"), kolonner=given)
    assert [(r["konto"], r["funksjon"], r["belop_ore"], r["rad"]) for r in rows] == [("11150", "202", 500, 2)]


def test_nummer_og_navn_i_samme_celle_deles(read: Callable[..., Any], csv_file: Callable[..., Path]) -> None:
    rows, _, kilde = read(
        csv_file(
            "Konto;Ansvar;Dato;Beløp\n11150 Matvarer;100 Kultur;01.01.2025;1,00\n1.10 - Lønn;F300 FDV;01.01.2025;1,00\n"
        )
    )
    assert [(r["konto"], r["ansvar"]) for r in rows] == [("11150", "100"), ("1.10", "F300")]
    assert "nummer og navn i samme celle: ansvar, konto" in kilde.oppsett


@pytest.mark.parametrize("text", ['5" rør', 'si "hei"', '"', 'a""b'])
def test_lose_anforselstegn_slar_ikke_sammen_rader(
    read: Callable[..., Any], csv_file: Callable[..., Path], text: str
) -> None:
    body = ROW + ROW.replace("Mat på skolen", text) + ROW
    if text == '"':
        # Ett tegn som åpner et felt uten å lukke det, kan ikke leses rett; da skal ingenting fra raden bli til beløp i stillhet.
        rows, lest, _ = read(csv_file(HEAD + body))
        assert lest.rader + sum(u.antall for u in lest.uleste) >= 2
        assert lest.uleste
        return
    rows, lest, _ = read(csv_file(HEAD + body))
    assert [r["tekst"] for r in rows] == ["Mat på skolen", text, "Mat på skolen"]
    assert lest.uleste == ()


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12).map(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(texts, st.integers(-(10**9), 10**9)), min_size=1, max_size=8),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_det_en_csv_skriver_skriver_leses_tilbake(
    read: Callable[..., Any], tmp_path: Path, rows: list[tuple[str, int]], quoting: Literal[0, 1], line: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=quoting, lineterminator=line)
    writer.writerow(["Bilag", "Dato", "Konto", "Tekst", "Beløp"])
    for text, cents in rows:
        writer.writerow(
            [
                "1",
                "01.01.2025",
                "11150",
                text,
                f"{cents // 100},{cents % 100:02}" if cents >= 0 else f"-{-cents // 100},{-cents % 100:02}",
            ]
        )
    path = tmp_path / "bok.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    found, lest, _ = read(path)
    assert [(r["tekst"] or "", r["belop_ore"], r["rad"]) for r in found] == [
        (t, c, i) for i, (t, c) in enumerate(rows, 2)
    ]
    assert lest.sum_ore == sum(c for _, c in rows)


def test_summer_gir_det_samme_som_radene(csv_file: Callable[..., Path]) -> None:
    path = csv_file(HEAD + ROW * 3 + ROW.replace("20200", "21100"))
    with open_ledger(path) as bok:
        frame, lest = summer(bok, ["konto", "funksjon"])
    assert frame.rows() == [("11150", "20200", 370350, 3, 2), ("11150", "21100", 123450, 1, 5)]
    assert lest.sum_ore == frame["belop_ore"].sum()


def test_desimaltegnet_letes_opp_i_resten_av_filen(
    read: Callable[..., Any], csv_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textfile_module, "SAMPLE_ROWS", 3)
    rows, lest, _ = read(csv_file("Konto;Dato;Beløp\n" + "11150;01.01.2025;12\n" * 5 + "11150;01.01.2025;12.50\n"))
    assert (rows[-1]["belop_ore"], lest.uleste) == (1250, ())


@pytest.mark.parametrize(
    ("text", "expected"), [("31.01.2025", 1), ("2025-02-28", 2), ("28/02/2025", 2), ("20250331", 3), ("2025-03-31 00:00:00", 3), ("5.4.2025", 4), ("31.12.25", 12)]
)  # fmt: skip
def test_datoer(read: Callable[..., Any], csv_file: Callable[..., Path], text: str, expected: int) -> None:
    rows, lest, _ = read(csv_file(f"Konto;Dato;Beløp\n11150;{text};1,00\n"))
    assert (rows[0]["dato"].year, rows[0]["maaned"], lest.uten_dato) == (2025, expected, 0)


@pytest.mark.parametrize(
    ("text", "expected"), [("202513", 13), ("3", 3), ("2025-04", 4), ("05/2025", 5), ("2025", None), ("mars", None)]
)
def test_perioden_gar_foran_datoen(
    read: Callable[..., Any], csv_file: Callable[..., Path], text: str, expected: int | None
) -> None:
    rows, _, _ = read(csv_file(f"Konto;Dato;Periode;Beløp\n11150;31.01.2025;{text};1,00\n"))
    assert rows[0]["maaned"] == (expected or 1)


def test_midlertidige_filer_blir_borte(
    csv_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with open_ledger(csv_file(HEAD + ROW, encoding="cp1252")) as bok:
        samle(bok)
        assert list(folder.iterdir())
    assert list(folder.iterdir()) == []
