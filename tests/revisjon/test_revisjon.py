"""Revisjonen som helhet: rangering, områder, hva som ikke ble vurdert, og det brukeren får."""

from __future__ import annotations

import json
from io import BytesIO
from math import log
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from revisjonshjelp import audit, busy_unit, first_extra, right

from kontoplan import UserError, revider
from kontoplan.cli import run
from kontoplan.ledger.skjult import masked
from kontoplan.revisjon.tekst import core
from kontoplan.revisjon.vesentlighet import UTENFOR, Vekt, area_of
from kontoplan.workbook.audit_report import ARK, render

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

WRONG = [
    (6, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100)),
    (7, ("11500", "700", "25300", "", "Matvarer", "Matgrossisten AS", 61_000)),
]


def test_the_larger_of_two_equal_errors_comes_first(tmp_path: Path) -> None:
    rows = [f.rad for f in audit(tmp_path, WRONG).funn if f.rad >= first_extra()]
    assert rows.index(first_extra() + 1) < rows.index(first_extra())


def test_likely_errors_come_before_unlikely_ones(tmp_path: Path) -> None:
    found = [f.sannsynlighet >= 0.5 for f in audit(tmp_path, WRONG).funn]
    assert found == sorted(found, reverse=True)


def test_the_json_is_the_contract(tmp_path: Path) -> None:
    (first, *_) = audit(tmp_path, WRONG).as_dict()
    assert list(first) == [
        "funn", "alvor", "fil", "ark", "rad", "bilag", "fort", "foreslatt", "belop", "sannsynlighet", "vesentlighet", "melding", "kilde",
    ]  # fmt: skip
    assert first["fort"] == {"kontoklasse": "1", "funksjon": "253", "art": "150"}
    assert first["foreslatt"] == {"art": "115"}
    assert json.loads(json.dumps(first)) == first


def test_the_same_ledger_gives_the_same_findings(tmp_path: Path) -> None:
    assert audit(tmp_path, WRONG).funn == audit(tmp_path, WRONG).funn


def test_a_row_counts_once_in_its_area(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("11500", "600", "25300", "", "Matvarer", "Matgrossisten AS", 6_000))])
    rows = {f.rad for f in answer.funn if not f.sum and f.omraade == "Pleie og omsorg"}
    (area,) = [o for o in answer.omraader if o.navn == "Pleie og omsorg"]
    assert area.funn == len(rows)
    assert area.trolig_galt_ore <= sum(abs(f.ore) for f in answer.funn if f.rad in rows)


def test_correcting_the_function_moves_the_same_money_between_areas(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("11150", "600", "25300", "", "Matvarer", "Matgrossisten AS", 6_000)), *busy_unit()])
    assert abs(sum(o.retting_ore for o in answer.omraader)) <= len(answer.omraader)
    (care,) = [o for o in answer.omraader if o.navn == "Pleie og omsorg"]
    assert care.retting_ore < 0


def test_materiality_grows_in_a_small_area() -> None:
    scale = Vekt(1_000_000, {"Grunnskole": 900_000, "Landbruk": 100_000}, {})
    assert scale.materiality(1_000, "Landbruk") > scale.materiality(1_000, "Grunnskole")
    assert scale.materiality(-1_000, UTENFOR) == pytest.approx(0.001)


def test_areas_are_the_national_ones() -> None:
    assert (area_of("202"), area_of("253"), area_of("800")) == ("Grunnskole", "Pleie og omsorg", UTENFOR)


def test_the_balance_is_counted_and_not_audited(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(6, ("23289001", "", "", "", "Matvarer", "Matgrossisten AS", -6_100))])
    assert (answer.balanse, answer.revidert) == (1, len(right()))


def test_local_numbers_need_a_mapping(tmp_path: Path) -> None:
    odd = [(m, (f"77{n}", "500", "20200", "", "Matvarer", "", 100 + n)) for m in (1, 2) for n in range(30)]
    with pytest.raises(UserError) as error:
        audit(tmp_path, base=odd)
    assert error.value.code == "revider-trenger-kobling"
    assert "--kobling" in str(error.value)


def test_another_year_in_the_ledger_is_told(tmp_path: Path) -> None:
    audit(tmp_path)
    answer = revider(tmp_path / "bok.csv", aar=2024)
    assert any("2026" in note and "--aar" in note for note in answer.merknader)


def test_the_workbook_has_the_sheets_and_keeps_text_as_text(tmp_path: Path) -> None:
    answer = audit(tmp_path, [*WRONG, (6, ("11500", "600", "20100", "", "=Matvarer", "Matgrossisten AS", 6_400))])
    book = openpyxl.load_workbook(BytesIO(render(answer)))
    assert tuple(book.sheetnames) == ARK
    rows = list(book["Funn"].iter_rows(values_only=True))
    assert len(rows) == len(answer.funn) + 1
    cell = next(c for row in book["Funn"].iter_rows() for c in row if c.value == "=Matvarer")
    assert cell.data_type == "s"


def test_the_command_goes_out_with_one_on_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit(tmp_path, [(3, ("12700", "500", "20200", "", "Vikarbyrå", "Vikar AS", 12_000))])
    path, report = str(tmp_path / "bok.csv"), tmp_path / "r.xlsx"
    assert run(["revider", path, "--aar", "2026", "--format", "jsonl", "-o", str(report)]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"R-GYLDIG"} <= {line["funn"] for line in lines}
    assert report.exists()
    assert run(["revider", path, "-o", str(report)]) == 2
    assert "--overskriv" in capsys.readouterr().err
    assert run(["revider", path, "-o", path]) == 2


def test_the_table_says_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit(tmp_path, WRONG)
    assert run(["revider", str(tmp_path / "bok.csv"), "--aar", "2026"]) == 0
    out = capsys.readouterr().out
    assert "bok.csv" in out
    assert "-o RAPPORT.xlsx" in out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fakt.nr 50074 Diverse utstyr", "diverse utstyr"),
        ("INVENTAR 12-26", "inventar"),
        ("Lønn faste stillinger januar", "lønn faste stillinger"),
        ("Faktura 39580", ""),
        ("Stønad 01017012345 mars", "stønad"),
    ],
)
def test_the_core_is_what_the_text_is_about(text: str, expected: str) -> None:
    assert pl.DataFrame({"t": [text]}).select(core(masked(pl.col("t")))).item() == expected


@given(st.text(max_size=60))
def test_the_core_of_the_core_is_itself(text: str) -> None:
    once = pl.DataFrame({"t": [text]}).select(core(masked(pl.col("t")))).item()
    assert pl.DataFrame({"t": [once]}).select(core(pl.col("t"))).item() == once


def test_a_mapping_says_what_local_numbers_stand_for(tmp_path: Path) -> None:
    chart, book = tmp_path / "plan.csv", tmp_path / "plan.koblet.xlsx"
    chart.write_text("Art;Artsnavn\n7701;Matvarer\n7702;Strøm\n7703;Medisiner\n", encoding="utf-8")
    assert run(["koble", str(chart), "-o", str(book), "--uten-minne"]) == 0
    rows = [
        (m, (konto, "500", "", "", tekst, "", 100.0 + m))
        for m in range(1, 13)
        for konto, tekst in (("7701", "Matvarer"), ("7702", "Strøm"))
    ]
    ledger = tmp_path / "bok.csv"
    ledger.write_text(
        "Bilag;Dato;Konto;Ansvar;Tekst;Beløp\n"
        + "".join(
            f"{at};01.{m:02}.2026;{line[0]};{line[1]};{line[4]};{line[6]:.2f}\n".replace(".00\n", ",00\n")
            for at, (m, line) in enumerate(rows)
        )
        + "99;01.05.2026;7703;500;Matvarer;900,00\n",
        encoding="utf-8",
    )
    answer = revider(ledger, kobling=book, aar=2026)
    assert (answer.kobling, answer.revidert) == (book.name, 25)
    assert [f.foreslatt for f in answer.funn if f.rad == 26] == [{"art": "115"}]


def test_the_contributions_add_up_to_the_probability_shown(tmp_path: Path) -> None:
    extra = [
        *WRONG,
        (8, ("02300", "500", "20200", "", "Lærebøker", "Skolebok AS", 8_100)),
        (9, ("11150", "600", "25300", "", "Matvarer", "Matgrossisten AS", 6_000)),
        *busy_unit(),
    ]
    found = [f for f in audit(tmp_path, extra).funn if f.bidrag]
    assert len({f.funn for f in found}) > 1
    for finding in found:
        odds = log(finding.sannsynlighet / (1 - finding.sannsynlighet))
        assert sum(part.vekt for part in finding.bidrag) == pytest.approx(odds, abs=1e-4)


def test_the_message_counts_the_other_postings_that_share_something(tmp_path: Path) -> None:
    (finding,) = [f for f in audit(tmp_path, WRONG[:1]).funn if f.rad == first_extra()]
    assert "24 av 24 andre posteringer med teksten «matvarer» er ført på" in finding.melding
    assert "12 av 48 andre posteringer på ansvar 600 på funksjon 201" in finding.melding
