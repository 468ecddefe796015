"""``kontroller --fra``: uttrekket lages i minnet, ingenting nektes, og hvert funn peker på radene i hovedboken."""

from __future__ import annotations

import json
from array import array
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapporthjelp import art, funksjon, write_mapping

from kontoplan.cli import run
from kontoplan.html.control_report import render as page
from kontoplan.kostra.opphav import Opphav, Opphavsdel, Radsamling, samlet
from kontoplan.usecases.kontroller_hovedbok import kontroller_hovedbok
from kontoplan.usecases.rapporter import rapporter
from kontoplan.workbook.control_report import HOVEDBOK
from kontoplan.workbook.control_report import render as workbook

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kostra.funn import Funn
    from kontoplan.kostra.rapport import Kontrollrapport

MAPPING = [
    art("10100", "010"), art("11150", "115"), art("18000", "800"), art("12900", "290", status="internt"),
    art("11200", "120", status="usikker"), art("02300", "230", klasse="0"), funksjon("20200", "202"), funksjon("84000", "840"), funksjon("19000", "190", status="internt"),
    funksjon("25400", "", status="fordeles", avgjort="257: 60 %; 258: 40 %"),
]  # fmt: skip
# Rad 2–9 i filen. 290 på drift går ikke i null, 99999 er ikke i koblingen, 11200 er ikke avgjort, og drift går ikke opp.
LEDGER = [
    ("10100", "20200", "5000000"), ("11150", "20200", "90000"), ("10100", "20200", "10000"), ("12900", "20200", "700"), ("99999", "20200", "800"),
    ("11200", "20200", "900"), ("18000", "84000", "-4000000"), ("10100", "25400", "1000000"),
]  # fmt: skip
HEAD = "Bilag;Dato;Konto;Funksjon;Beløp"
NAAR = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ASKED = {"skjema": "0A", "aar": 2026, "region": "340300"}


@pytest.fixture
def bok(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_mapping(tmp_path / "plan.koblet.xlsx", MAPPING)
    rows = (f"1;15.03.2026;{konto};{f};{belop}" for konto, f, belop in LEDGER)
    (tmp_path / "bok.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return tmp_path / "bok.csv"


def check(bok: Path, **options: object) -> Kontrollrapport:
    return kontroller_hovedbok(bok, kobling=bok.with_name("plan.koblet.xlsx"), **{**ASKED, **options})  # type: ignore[arg-type]


def rows(funn: Funn) -> set[int]:
    assert funn.opphav is not None
    return {rad for samling in funn.opphav.samlinger for _, rader in samling.steder for rad in rader}


def test_det_som_hindrer_rapporter_blir_funn_med_radene_sine(bok: Path) -> None:
    rapport = check(bok)
    own = {funn.melding: rows(funn) for funn in rapport.funn if funn.kontroll is None}
    assert [(text.split(":")[0], found) for text, found in own.items()] == [
        ("1 postering på til sammen 900,00 kr er ikke med", {7}),
        ("1 postering på til sammen 800,00 kr er ikke med", {6}),
        ("Interne arter (290) i kontoklasse 1 er 700,00 kr og ikke null (konto 12900, funksjon 20200", {5}),
    ]
    assert (rapport.hoyeste, rapport.fatal, rapport.kan_sendes) == ("ERROR", False, False)


def test_kontrollene_er_de_samme_som_for_det_ferdige_uttrekket(bok: Path) -> None:
    made = rapporter(bok, kobling=bok.with_name("plan.koblet.xlsx"), **ASKED).rapport  # type: ignore[arg-type]
    assert made.funn
    found = [(f.kontroll, f.alvor, f.linjer, f.melding) for f in check(bok).funn if f.kontroll]
    assert found == [(f.kontroll, f.alvor, f.linjer, f.melding) for f in made.funn]


def test_en_sum_peker_pa_radene_i_alle_postene_den_er_laget_av(bok: Path) -> None:
    (total,) = [funn for funn in check(bok).funn if funn.kontroll == "110"]
    assert rows(total) == {2, 3, 4, 8, 9}  # ikke det interne og det som ikke kom med
    assert total.opphav is not None
    assert total.opphav.antall == 5  # den fordelte raden telles én gang, enda den er i to poster
    assert "Fra bok.csv rad 2, 3, 4, 8 og 9 (konto 10100/20200, 18000/84000, 10100/25400 og 11150/20200)." in str(
        total.as_dict()["melding"]
    )
    assert total.as_dict().keys() == {"kontroll", "alvor", "linjer", "melding", "rettelse"}


def test_arket_star_ved_radene_nar_hovedboken_har_ark(bok: Path) -> None:
    book = openpyxl.Workbook()
    for at, title in enumerate(("Januar", "Februar")):
        sheet = book.worksheets[0] if not at else book.create_sheet()
        sheet.title = title
        sheet.append(HEAD.split(";"))
        for konto, f, belop in LEDGER[4 * at : 4 * at + 4]:
            sheet.append(["1", "15.03.2026", konto, f, int(belop)])
    path = bok.with_suffix(".xlsx")
    book.save(path)
    found = check(path)
    assert found.omfang == check(bok).omfang
    texts = [str(funn.opphav) for funn in found.funn]
    assert texts[0].startswith("bok.xlsx, arket Februar, rad 3 (konto 11200")
    total = next(str(funn.opphav) for funn in found.funn if funn.kontroll == "110")
    assert total.startswith("bok.xlsx, arket Januar, rad 2, 3 og 4; arket Februar, rad 4 og 5")


def test_forslagene_brukes_bare_nar_en_ber_om_det(bok: Path) -> None:
    assert any("11200" in funn.melding for funn in check(bok).funn)
    used = check(bok, bruk_forslag=True)
    assert not any("11200" in funn.melding for funn in used.funn)
    assert used.omfang.poster == check(bok).omfang.poster + 1
    assert "forslag er brukt" in used.merknader[0]


def test_et_tomt_uttrekk_er_et_svar(bok: Path) -> None:
    rapport = check(bok, skjema="0B")
    assert (rapport.omfang.poster, rapport.hoyeste) == (0, "ERROR")
    assert "Ingen posteringer i bok.csv hører til skjema 0B" in rapport.merknader[0]


def test_rader_som_ikke_er_lest_vises(bok: Path) -> None:
    bok.write_text(bok.read_text("utf-8") + "1;15.03.2026;10100;20200;mange\n", encoding="utf-8")
    (unread,) = [funn for funn in check(bok).funn if "ikke lest" in funn.melding]
    assert (unread.kontroll, unread.alvor) == (None, "ERROR")
    assert unread.melding == "1 rad i bok.csv er ikke lest (beløpet er ikke et tall): rad 10."


FRA = ("kontroller", "--fra", "bok.csv", "--kobling", "plan.koblet.xlsx", "--skjema", "0A", "--region", "340300")


def test_kommandoen_viser_radene_og_gar_ut_med_1(bok: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FRA) == 1
    out = capsys.readouterr().out
    assert "0A av bok.csv kontrollert som 0A" in out
    assert "Fra bok.csv rad 6 (konto 99999/20200)" in out
    assert run([*FRA, "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer.keys() == {"fatal", "hoyeste", "funn"}
    assert all(found.keys() == {"kontroll", "alvor", "linjer", "melding", "rettelse"} for found in answer["funn"])
    without = {found["kontroll"] for found in answer["funn"] if " Fra bok.csv rad " not in found["melding"]}
    assert without == {"130"}  # skatteinntekter som mangler, har ingen rader
    assert sorted(path.name for path in bok.parent.iterdir()) == ["bok.csv", "plan.koblet.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kontroller", "0A.dat", *FRA[1:]], "ikke begge"),
        (["kontroller", "--fra", "bok.csv", *FRA[5:]], "--kobling"),
        (["kontroller", *FRA[5:]], "--fra og --kobling"),
        (["kontroller", "0A.dat", *FRA[3:]], "--kobling gjelder bare når"),
        (["kontroller", "0A.dat", "--ark", "A", *FRA[5:]], "--ark gjelder bare når"),
        ([*FRA, "-o", "bok.html"], ""),
        ([*FRA, "-o", "plan.koblet.xlsx", "--overskriv"], "er også filen som leses"),
    ],
)
def test_bruken_sier_hva_som_mangler(
    bok: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert bok.exists()
    assert run(arguments) == (2 if said else 1)
    assert said in capsys.readouterr().err


def test_nettsiden_og_arbeidsboken_har_alle_radene(bok: Path) -> None:
    rapport = check(bok)
    html = page(rapport, naar=NAAR)
    assert "Fra bok.csv rad 6 (konto 99999/20200)" in html
    assert "5 rader i hovedboken, per konto" in html
    assert "Mottaket ser det ikke" in html
    book = openpyxl.load_workbook(BytesIO(workbook(rapport, naar=NAAR)))
    head, *lines = book[HOVEDBOK].iter_rows(values_only=True)
    assert head == ("Kontroll", "Linje", "Konto", "Funksjon", "Ansvar", "Kroner", "Ark", "Rader", "Radnumre")
    assert lines[0][2:] == ("11200", "20200", None, 900, None, 1, "7")
    by_account = {(line[2], line[3], line[5]): (line[7], line[8]) for line in lines}
    assert by_account["10100", "20200", 5_010_000] == (2, "2, 4")
    assert by_account["10100", "25400", 600_000] == by_account["10100", "25400", 400_000] == (1, "9")
    assert [cell.value for cell in book["Funn"][1]][-1] == "Kommer fra"
    assert book["Funn"].cell(2, 6).value == "bok.csv rad 7 (konto 11200/20200)"


@given(st.lists(st.lists(st.integers(1, 10**6), min_size=1, max_size=12, unique=True), min_size=1, max_size=6))
def test_de_forste_radene_nevnes_og_resten_telles(each: list[list[int]]) -> None:
    samlinger = [Radsamling(str(n), "", "", (("", array("I", sorted(rader))),)) for n, rader in enumerate(each)]
    parts = tuple(Opphavsdel(samling, 1) for samling in samlinger)
    origin = samlet([Opphav("bok.csv", "rad", parts), Opphav("bok.csv", "rad", parts[:1])])
    assert origin is not None
    everything = sorted(rad for rader in each for rad in rader)
    assert origin.antall == len(everything)
    said = str(origin).split(" rad ")[1].split(" (")[0]
    head, _, rest = said.partition(" og ")
    assert int(head.split(", ")[0]) == everything[0]
    if len(everything) > 5:
        assert [int(word) for word in head.split(", ")] == everything[:5]
        assert rest == f"{len(everything) - 5} til"
