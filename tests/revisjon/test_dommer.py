"""Revisorens dommer: fra kolonnen Dom, til minnet, og til neste revisjon."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp, log
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from revisjonshjelp import audit, first_extra
from test_justering import FUNN

from kontoplan import UserError, laer, revider
from kontoplan.cli import run
from kontoplan.memory import Minne, schema
from kontoplan.memory.funndom import Dom, Funndom, code, trace
from kontoplan.memory.verdicts import from_row, learn_verdicts, to_row, verdicts
from kontoplan.readback.sheets import lines, open_book
from kontoplan.readback.verdicts import read_verdicts
from kontoplan.revisjon.funn import Bidrag, Funn
from kontoplan.revisjon.minne import TEMA, Husket, recall_weights, row_of
from kontoplan.revisjon.slag import BY_ID
from kontoplan.usecases.laer import source
from kontoplan.usecases.laer_dommer import Domslaering
from kontoplan.workbook.audit_report import render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from kontoplan.revisjon.revisjon import Revisjon

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NAAR = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
WRONG = [
    (6, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100)),
    (7, ("11500", "700", "25300", "", "Matvarer", "Matgrossisten AS", 61_000)),
]
SOFFICE = shutil.which("soffice")


def judged(finding: Funn, dom: Dom, *, dager: int = 0, **other: object) -> Funndom:
    row = row_of(finding)
    basic = Funndom(
        funn=row.id, kjennetegn=row.kjennetegn, dom=dom, aar=2025, regnskap="kommune", kommune="", hvem="Kari",
        naar=NAAR + timedelta(days=dager), kommentar="", fil="r.xlsx", ark="Funn", rad=2,
    )  # fmt: skip
    return replace(basic, **other)  # type: ignore[arg-type]


def report(folder: Path, answer: Revisjon) -> Path:
    path = folder / "revisjon.xlsx"
    path.write_bytes(render(answer))
    return path


def edit(path: Path, change: Callable[[Worksheet, Mapping[str, int]], None]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Funn"]
    change(sheet, {cell.value: cell.column for cell in sheet[1]})
    book.save(path)


def fill(path: Path, dom: str, *, rad: int | None = None, **other: str) -> None:
    """Skriver dommen på raden i hovedboken, eller på alle."""

    def change(sheet: Worksheet, at: Mapping[str, int]) -> None:
        for nr in range(2, sheet.max_row + 1):
            if rad in {None, sheet.cell(nr, at["Rad"]).value}:
                for heading, text in {"Dom": dom, **other}.items():
                    sheet.cell(nr, at[heading]).value = text

    edit(path, change)


def stored(path: Path) -> list[Funndom]:
    return verdicts(Minne(path))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return report(tmp_path, audit(tmp_path, WRONG))


def again(tmp_path: Path, **how: object) -> Revisjon:
    return revider(tmp_path / "bok.csv", aar=2026, minne=tmp_path / "m.db", **how)  # type: ignore[arg-type]


def at_row(answer: Revisjon, rad: int) -> Funn:
    return next(f for f in answer.funn if f.rad == rad)


def test_a_verdict_lowers_the_same_finding_and_something_like_it_less(tmp_path: Path, book: Path) -> None:
    before = revider(tmp_path / "bok.csv", aar=2026)
    fill(book, "Ikke feil", rad=first_extra(), Kommentar="Avtalt", **{"Avgjort av": "Kari"})
    learnt = laer(book, minne=tmp_path / "m.db")
    assert isinstance(learnt, Domslaering)
    assert [(v.dom, v.hvem, v.kommentar, v.aar) for v in learnt.nye] == [("ikke feil", "Kari", "Avtalt", 2026)]
    after = again(tmp_path)
    same, other = (at_row(after, first_extra() + n) for n in (0, 1))
    assert [b.hva for b in same.bidrag][-1] == "tidligere dommer"
    assert same.bidrag[-1].vekt == -recall_weights()["samme"]
    assert same.sannsynlighet < at_row(before, first_extra()).sannsynlighet
    assert "Det samme er vurdert som «Ikke feil» av Kari den" in same.melding
    assert "(«Avtalt»); sannsynligheten er satt ned fra" in same.melding
    assert other.bidrag[-1].vekt == -recall_weights()["tekst"]
    assert "samme tekst og kode" in other.melding
    assert any("Brukte 1 tidligere dommer" in note for note in after.merknader)


def test_the_next_years_ledger_is_recognised_without_the_row(tmp_path: Path, book: Path) -> None:
    fill(book, "Feil", rad=first_extra())
    laer(book, minne=tmp_path / "m.db")
    moved = [(1, ("11000", "500", "20200", "", "Noe nytt", "Papir AS", 111)), *WRONG]
    audit(tmp_path, moved)
    (finding,) = [f for f in again(tmp_path).funn if f.rad == first_extra() + 1]
    assert finding.bidrag[-1].vekt == recall_weights()["samme"]
    assert finding.melding.startswith("Det samme er vurdert som «Feil»")


def test_a_lowered_certain_error_is_no_longer_an_error(tmp_path: Path) -> None:
    answer = audit(tmp_path, [(3, ("14290", "500", "20200", "", "Merverdiavgift", "", 8_000))])
    book = report(tmp_path, answer)
    fill(book, "Ikke feil")
    laer(book, minne=tmp_path / "m.db")
    assert [f.alvor for f in again(tmp_path).funn if f.funn == "R-MVA"] == ["INFO"]


def test_learning_twice_adds_nothing_and_a_new_mind_is_added(tmp_path: Path, book: Path) -> None:
    fill(book, "Feil")
    first = laer(book, minne=tmp_path / "m.db")
    second = laer(book, minne=tmp_path / "m.db")
    assert (len(second.nye), second.uendret) == (0, len(first.nye))
    fill(book, "Ikke feil", rad=first_extra())
    third = laer(book, minne=tmp_path / "m.db")
    assert [(new.dom, old.dom) for new, old in third.endret] == [("ikke feil", "feil")]  # type: ignore[union-attr]
    assert len(stored(tmp_path / "m.db")) == len(first.nye)
    Minne(tmp_path / "m.db").angre(None, NAAR)
    assert {v.dom for v in stored(tmp_path / "m.db")} == {"feil"}


def test_other_kommuner_are_not_used_unless_asked_for_and_then_weakly(tmp_path: Path, book: Path) -> None:
    fill(book, "Ikke feil", rad=first_extra())
    laer(book, minne=tmp_path / "m.db", kommune="Storevik")
    answer = again(tmp_path, kommune="Lillevik")
    assert answer.funn == revider(tmp_path / "bok.csv", aar=2026, kommune="Lillevik").funn
    assert any("bare for Storevik" in note and "--ogsaa-fra" in note for note in answer.merknader)
    asked = at_row(again(tmp_path, kommune="Lillevik", ogsaa_fra=["STOREVIK kommune"]), first_extra())
    assert asked.bidrag[-1].vekt == -recall_weights()["tekst"]
    assert "i Storevik" in asked.melding
    assert any("Tastefeil" in n for n in again(tmp_path, ogsaa_fra=["Tastefeil"]).merknader)


def test_the_workbook_says_which_kommune_and_year_it_is(tmp_path: Path) -> None:
    audit(tmp_path, WRONG)
    book = report(tmp_path, revider(tmp_path / "bok.csv", aar=2026, kommune="Lillevik"))
    fill(book, "Feil")
    learnt = laer(book, minne=tmp_path / "m.db")
    assert (learnt.kommune, learnt.aar, learnt.regnskap) == ("Lillevik", 2026, "kommune")


def test_disagreeing_verdicts_cancel_and_are_shown(tmp_path: Path) -> None:
    twice = [(m, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100 + m)) for m in (6, 7)]
    book = report(tmp_path, audit(tmp_path, twice))
    fill(book, "Feil", rad=first_extra())
    fill(book, "Ikke feil", rad=first_extra() + 1)
    laer(book, minne=tmp_path / "m.db")
    audit(tmp_path, [(1, ("11000", "500", "20200", "", "Noe nytt", "Papir AS", 111)), *twice])
    after = again(tmp_path)
    finding = at_row(after, first_extra() + 1)
    assert "vurdert ulikt, 1 × «Feil» og 1 × «Ikke feil», sist «" in finding.melding
    assert "veier hverandre opp" in finding.melding
    assert any("uenige: 2" in note for note in after.merknader)


def test_what_was_wrong_last_year_comes_back_when_it_has_become_a_habit(tmp_path: Path) -> None:
    def bought(month: int, konto: str) -> tuple[int, tuple[str, str, str, str, str, str, float]]:
        return month, (konto, "600", "20100", "", "Samleavtale", "Blandet AS", 4_700 + month)

    first = audit(tmp_path, [*(bought(m, "12000") for m in range(1, 13)), bought(6, "11200")])
    book = report(tmp_path, first)
    wrong = first_extra() + 12
    assert {f.foreslatt["art"] for f in first.funn if f.rad == wrong and "art" in f.foreslatt} == {"200"}
    fill(book, "Feil", rad=wrong)
    laer(book, minne=tmp_path / "m.db")
    habit = [bought(m, "11200") for m in range(1, 13)]
    silent = audit(tmp_path, habit)
    assert [f.funn for f in silent.funn if f.rad >= first_extra() and f.funn in TEMA] == []
    back = [f for f in again(tmp_path).funn if f.rad >= first_extra() and f.funn in TEMA]
    assert sorted(f.rad for f in back) == [first_extra() + n for n in range(12)]
    assert back[0].sannsynlighet == pytest.approx(1 / (1 + exp(log(9) - recall_weights()["samme"])))
    assert "Ingenting annet" in back[0].melding
    assert "Det samme er vurdert som «Feil»" in back[0].melding
    fill(book, "Ikke feil", rad=wrong)
    laer(book, minne=tmp_path / "m.db")
    assert [f.funn for f in again(tmp_path).funn if f.rad >= first_extra() and f.funn in TEMA] == []


FINDINGS = st.builds(
    replace,
    st.just(FUNN),
    funn=st.sampled_from(sorted(BY_ID)),
    sannsynlighet=st.floats(0, 1),
    tekst=st.sampled_from(["Matvarer", "Strøm"]),
    kjerne=st.sampled_from(["", "matvarer", "strøm"]),
    ansvar=st.sampled_from(["", "600", "700"]),
    leverandor=st.sampled_from(["", "A AS", "B AS"]),
    konto=st.sampled_from(["11500", "11200"]),
)


def log_odds(p: float) -> float:
    return log(p / (1 - p))


def with_parts(finding: Funn) -> Funn:
    p = min(0.999, max(0.001, finding.sannsynlighet))
    parts = (Bidrag("utgangspunkt", -3.0), Bidrag("tekst", log_odds(p) + 3.0))
    return replace(finding, sannsynlighet=p, bidrag=parts)


@given(
    FINDINGS.map(with_parts) | FINDINGS,
    st.lists(st.tuples(FINDINGS, st.sampled_from(["feil", "ikke feil"])), max_size=6),
)
def test_the_contributions_still_sum_and_verdicts_pull_their_own_way(
    finding: Funn, said: list[tuple[Funn, Dom]]
) -> None:
    known = [
        judged(f, dom, aar=2026, funn=f"{nr:A>16}".replace("0", "B").replace("1", "C"))
        for nr, (f, dom) in enumerate(said)
    ]
    after = Husket(known, "", 2026).weigh(finding)
    if after.bidrag and 1e-6 < after.sannsynlighet < 1 - 1e-6:
        assert sum(b.vekt for b in after.bidrag) == pytest.approx(log_odds(after.sannsynlighet), abs=1e-6)
    found = Husket(known, "", 2026).recall(finding)
    if found is None:
        assert after == finding
        return
    doms = {v.dom for v in found[1]}
    if doms == {"feil"}:
        assert after.sannsynlighet >= min(finding.sannsynlighet, 1 - 1e-8)
    if doms == {"ikke feil"}:
        assert after.sannsynlighet <= max(finding.sannsynlighet, 1e-8)
    assert after.uenige_dommer == (len(doms) == 2)
    assert len(doms) == 2 or abs(after.bidrag[-1].vekt) <= recall_weights()[found[0]]


def test_the_nearer_the_thing_the_more_the_verdict_counts() -> None:
    weights = recall_weights()
    assert weights["samme"] > weights["tekst"] > weights["leverandor"] > weights["sted"] > 0
    assert set(TEMA) <= set(BY_ID)


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ({}, "samme"),
        ({"funn": "R-REGEL"}, "samme"),
        ({"rad": 99}, "samme"),
        ({"ansvar": "700"}, "tekst"),
        ({"ansvar": "700", "kjerne": "frukt"}, "leverandor"),
        ({"leverandor": "Ny AS", "kjerne": "frukt"}, "sted"),
        ({"fort": {"kontoklasse": "1", "funksjon": "201", "art": "120"}}, None),
        ({"funn": "R-VANE-FUNKSJON"}, None),
    ],
)
def test_how_near_two_findings_are(other: dict[str, object], near: str | None) -> None:
    finding = replace(FUNN, kjerne="matvarer")
    known = Husket([judged(finding, "feil")], "", 2026)
    found = known.recall(replace(finding, **other))  # type: ignore[arg-type]
    assert (found[0] if found else None) == near


def test_a_practice_is_known_by_what_it_is_about_and_not_by_the_row_that_shows_it() -> None:
    art = replace(FUNN, funn="R-PRAKSIS", foreslatt={"art": "115"}, kjerne="matvarer")
    unit = replace(FUNN, funn="R-PRAKSIS", foreslatt={"funksjon": "202"}, kjerne="matvarer")
    elsewhere = {"rad": 99, "ansvar": "700", "fort": {"kontoklasse": "1", "funksjon": "253", "art": "150"}}
    known = Husket([judged(art, "ikke feil"), judged(unit, "ikke feil", dager=1)], "", 2026)
    assert known.recall(replace(art, **elsewhere)) is not None  # type: ignore[arg-type]
    assert known.recall(replace(art, kjerne="frukt")) is None
    other = {
        "rad": 99,
        "kjerne": "frukt",
        "konto": "11200",
        "fort": {"kontoklasse": "1", "funksjon": "201", "art": "120"},
    }
    assert known.recall(replace(unit, **other)) is not None  # type: ignore[arg-type]
    assert known.recall(replace(unit, ansvar="700")) is None


def test_names_and_birth_numbers_are_never_stored(tmp_path: Path) -> None:
    secret = ("Olebrumm", "Nordmannsen", "01017012345")
    text, name = f"Støtte til {secret[0]} {secret[2]}", f"{secret[1]} {secret[2]}"
    answer = audit(tmp_path, [(3, ("14700", "Olebrumm", "20200", "", text, name, 5_000)), *WRONG])
    book = report(tmp_path, answer)
    fill(book, "Feil", Kommentar=f"se {secret[2]}")
    learnt = laer(book, minne=tmp_path / "m.db")
    assert any(v.kjennetegn.slag == "R-FODSELSNUMMER" for v in learnt.nye)  # type: ignore[union-attr]
    content = (tmp_path / "m.db").read_bytes().lower()
    assert [word for word in (*secret, "matvarer", "matgrossisten") if word.lower().encode() in content] == []


def test_the_trace_is_too_short_to_tell_a_name_by() -> None:
    names = {f"navn{a}{b}" for a in range(60) for b in "abcdefghijklmnop"}
    assert {len(trace(name)) for name in names} == {4}
    assert trace("Kari  NORDMANN") == trace("kari nordmann")
    assert (trace(""), code("600"), code("")) == ("", "600", "")
    assert code("Kari Nordmann").startswith("#")
    assert code("01017012345").startswith("#")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("Dom", "kanskje", "ikke en dom"),
        ("Tekst", "Noe annet", "bare noen av kolonnene sortert"),
        ("Beløp", 6_101, "bare noen av kolonnene sortert"),
        ("Konto", "11200", "bare noen av kolonnene sortert"),
        ("Rad", 7, "bare noen av kolonnene sortert"),
        ("Nøkkel", None, "ingen nøkkel"),
        ("Nøkkel", "AAAAAAAAAAAAAAAA/1/201/115/ABCD/ABCD", "bare noen av kolonnene sortert"),
        ("Nøkkel", "=1+1", None),
    ],
)
def test_one_bad_row_and_nothing_is_remembered(
    column: str, value: object, told: str | None, tmp_path: Path, book: Path
) -> None:
    fill(book, "Feil")

    def change(sheet: Worksheet, at: Mapping[str, int]) -> None:
        sheet.cell(2, at[column]).value = value  # type: ignore[assignment]

    edit(book, change)
    if told is None:
        with pytest.raises(UserError):
            laer(book, minne=tmp_path / "m.db")
    else:
        (problem,) = laer(book, minne=tmp_path / "m.db").problemer
        assert told in problem.melding
        assert problem.sted.startswith("Funn!")
    assert not (tmp_path / "m.db").exists()


@pytest.mark.parametrize("column", ["Nøkkel", "Konto", "Ark"])
def test_a_missing_column_is_named(column: str, tmp_path: Path, book: Path) -> None:
    fill(book, "Feil")
    edit(book, lambda sheet, at: sheet.delete_cols(at[column]))
    with pytest.raises(UserError, match=f"«{column}» mangler"):
        laer(book, minne=tmp_path / "m.db")


def test_sorted_filtered_renamed_and_moved_is_read_all_the_same(tmp_path: Path, book: Path) -> None:
    fill(book, "ikkje feil", rad=first_extra())

    def change(sheet: Worksheet, at: Mapping[str, int]) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for nr, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                sheet.cell(nr, column).value = value  # type: ignore[assignment]
        sheet.row_dimensions[2].hidden = True
        sheet.insert_cols(at["Konto"])
        sheet.insert_rows(1, 2)
        sheet.title = "Gjennomgått"

    edit(book, change)
    (verdict,) = laer(book, minne=tmp_path / "m.db").nye
    assert (verdict.dom, verdict.kjennetegn.art, verdict.kjennetegn.ansvar) == ("ikke feil", "150", "600")  # type: ignore[union-attr]


def test_two_verdicts_over_the_same_finding_are_refused(tmp_path: Path, book: Path) -> None:
    fill(book, "Feil")

    def change(sheet: Worksheet, at: Mapping[str, int]) -> None:
        last = sheet.max_row + 1
        for column in range(1, sheet.max_column + 1):
            sheet.cell(last, column).value = sheet.cell(2, column).value
        sheet.cell(last, at["Dom"]).value = "Ikke feil"

    edit(book, change)
    (problem,) = laer(book, minne=tmp_path / "m.db").problemer
    assert "to ulike dommer" in problem.melding
    assert stored(tmp_path / "m.db") == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice er ikke installert")
def test_saved_by_libreoffice_it_is_read_all_the_same(tmp_path: Path, book: Path) -> None:
    fill(book, "Feil")
    (tmp_path / "ut").mkdir()
    command = [
        str(SOFFICE),
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/lo",
        "--convert-to",
        "ods",
        "--outdir",
    ]
    subprocess.run([*command, str(tmp_path / "ut"), str(book)], check=True, capture_output=True, timeout=120)
    direct = laer(book, minne=tmp_path / "a.db")
    saved = laer(tmp_path / "ut" / "revisjon.ods", minne=tmp_path / "b.db")
    assert [v.kjennetegn for v in saved.nye] == [v.kjennetegn for v in direct.nye]  # type: ignore[union-attr]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=20), st.text(max_size=12)), min_size=1, max_size=40))
def test_whatever_stands_in_the_ledger_the_key_matches_its_row(
    tmp_path: Path, empty: Revisjon, cells: list[tuple[str, str, str]]
) -> None:
    found = tuple(
        replace(
            FUNN,
            rad=nr,
            ore=nr * 1_234_567_891,
            bilag=ansvar,
            tekst=tekst,
            leverandor=leverandor,
            ansvar=ansvar,
            kjerne=tekst.lower(),
            konto="01150",
        )
        for nr, (tekst, leverandor, ansvar) in enumerate(cells, 2)
    )
    path = report(tmp_path, replace(empty, funn=found))
    fill(path, "Feil")
    book = open_book(path)
    read = read_verdicts(book, source(book, aar=None, regnskap=None, kommune=""))
    assert read.problemer == ()
    assert [v.kjennetegn for v in read.dommer] == [row_of(f).kjennetegn for f in found]
    assert len(list(lines(book, ("Dom", "Id")))) == len(found)
    assert [from_row(to_row(v)) for v in read.dommer] == [
        replace(v, naar=v.naar.replace(microsecond=0)) for v in read.dommer
    ]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Revisjon:
    return audit(tmp_path_factory.mktemp("tom"))


def test_an_older_memory_is_brought_up_to_date_and_keeps_what_it_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m.db"
    tables = schema._TABLES  # noqa: SLF001 - minnet slik utgave 1 laget det
    with monkeypatch.context() as patched:
        patched.setattr(schema, "VERSION", 1)
        patched.setattr(schema, "_TABLES", {1: tables[1]})
        with closing(sqlite3.connect(path)) as db:
            for statement in schema.statements():
                db.execute(statement)
            db.execute("INSERT INTO runde (naar, hva, fil) VALUES ('2026-01-01T00:00:00+00:00', 'laer', 'a.xlsx')")
            db.commit()
    assert stored(path) == []
    assert [r.antall for r in Minne(path).runder()] == [0]
    learn_verdicts(Minne(path), [judged(FUNN, "feil")], "r.xlsx", NAAR)
    assert [(r.hva, r.antall) for r in Minne(path).runder()] == [("laer", 0), ("dommer", 1)]


@pytest.mark.parametrize("statement", ["UPDATE dom SET dom = 'ikke feil'", "DELETE FROM dom"])
def test_the_file_itself_refuses_change(statement: str, tmp_path: Path) -> None:
    learn_verdicts(Minne(tmp_path / "m.db"), [judged(FUNN, "feil")], "r.xlsx", NAAR)
    with closing(sqlite3.connect(tmp_path / "m.db")) as db, pytest.raises(sqlite3.IntegrityError, match="legges bare"):
        db.execute(statement)


def test_all_or_nothing_when_something_breaks_on_the_way(tmp_path: Path) -> None:
    broken = judged(FUNN, "feil", rad=2**70, funn="B" * 16)  # for stort for SQLite
    store, first = Minne(tmp_path / "m.db"), judged(FUNN, "feil", funn="C" * 16)
    learn_verdicts(store, [first], "r.xlsx", NAAR)
    with pytest.raises(OverflowError):
        learn_verdicts(store, [judged(FUNN, "feil"), broken], "r.xlsx", NAAR)
    assert stored(store.path) == [first]


@pytest.mark.parametrize("change", ["dom = 'gal'", "kjerne = 'kari nordmann'", "slag = '../x'", "naar = 'i går'"])
def test_a_tampered_verdict_is_explained(change: str, tmp_path: Path) -> None:
    learn_verdicts(Minne(tmp_path / "m.db"), [judged(FUNN, "feil")], "r.xlsx", NAAR)
    with closing(sqlite3.connect(tmp_path / "m.db")) as db:
        db.execute("DROP TRIGGER dom_UPDATE")
        db.execute(f"UPDATE dom SET {change}")  # noqa: S608 - faste tekster
        db.commit()
    with pytest.raises(UserError) as error:
        stored(tmp_path / "m.db")
    assert error.value.code == "skadet-minne"


def test_verdicts_move_as_csv_and_only_once(tmp_path: Path, book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(book, "Feil", Kommentar="-rart; kommentar", **{"Avgjort av": "Kari"})
    laer(book, minne=tmp_path / "m.db", kommune="Lillevik")
    here, there, moved = str(tmp_path / "m.db"), str(tmp_path / "n.db"), tmp_path / "d.csv"
    assert run(["minne", "vis", "--minne", here]) == 0
    assert "R-REGEL" in capsys.readouterr().out
    assert run(["minne", "eksporter", str(moved), "--dommer", "--minne", here]) == 0
    assert run(["minne", "importer", str(moved), "--minne", there]) == 0
    assert stored(tmp_path / "n.db") == stored(tmp_path / "m.db")
    capsys.readouterr()
    assert run(["minne", "importer", str(moved), "--minne", there]) == 0
    assert "0 dommer over funn er lagt til" in capsys.readouterr().out
    moved.write_text(moved.read_text("utf-8-sig").replace(";feil;", ";gal;"), encoding="utf-8")
    assert run(["minne", "importer", str(moved), "--minne", there]) == 2
    assert "kolonnen dom: «gal» kan ikke brukes" in capsys.readouterr().err


def test_the_commands(tmp_path: Path, book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory = str(tmp_path / "m.db")
    assert run(["laer", str(book), "--minne", memory]) == 0
    assert "Ingen dommer er fylt ut" in capsys.readouterr().out
    fill(book, "Ikke feil", **{"Avgjort av": "Kari"})
    assert run(["laer", str(book), "--minne", memory]) == 0
    out = capsys.readouterr().out
    assert "dommer er husket" in out
    assert "R-REGEL" in out
    assert run(["laer", str(book), "--minne", memory, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["nye"] == []
    ledger = str(tmp_path / "bok.csv")
    assert run(["revider", ledger, "--aar", "2026", "--minne", memory]) == 0
    assert "tidligere dommer fra minnet" in capsys.readouterr().out
    assert run(["revider", ledger, "--aar", "2026", "--minne", memory, "--uten-minne", "--format", "jsonl"]) == 0
    assert "tidligere dommer" not in capsys.readouterr().err
    fill(book, "tja")
    assert run(["laer", str(book), "--minne", memory]) == 2
    assert "dommer kan ikke brukes (først Funn!" in capsys.readouterr().err
