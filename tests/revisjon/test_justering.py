"""Justeringsfilen: hva den kan si, hva den gjør med funnene, og det som er galt, forklart med linjen."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from revisjonshjelp import audit, right

from kontoplan import UserError, revider
from kontoplan.cli import run
from kontoplan.revisjon.funn import ALVOR, Funn
from kontoplan.revisjon.justering import Justering, Oppforing, adjust, read_tuning
from kontoplan.revisjon.justering.mal import template
from kontoplan.revisjon.slag import BY_ID, SLAG
from kontoplan.revisjon.slag.parametre import PARAMETRE
from kontoplan.workbook.audit_report import render

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

FUNN = Funn(
    funn="R-VANE-ART", alvor="ADVARSEL", fil="bok.csv", ark="", rad=12, bilag="1009", dato=dt.date(2026, 6, 15),
    fort={"kontoklasse": "1", "funksjon": "201", "art": "150"}, foreslatt={"art": "115"}, konto="11500", ansvar="600",
    tekst="Matvarer, uke 12", leverandor="Matgrossisten AS", ore=610_000, sannsynlighet=0.8, vesentlighet=0.001,
    omraade="Barnehage", melding="Samme leverandør er ellers ført på 115.", kilde="",
)  # fmt: skip
WRONG = [(6, ("11500", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))]


def tuning(folder: Path, text: str) -> Justering:
    path = folder / "justering.yaml"
    path.write_text(text, encoding="utf-8")
    return read_tuning(path, BY_ID)


def only(folder: Path, text: str) -> Oppforing:
    (entry,) = tuning(folder, text).oppforinger
    return entry


def hides(folder: Path, terms: str, finding: Funn = FUNN, aar: int = 2026) -> bool:
    said = tuning(folder, f"- slag: R-VANE-ART\n  nar: {{{terms}}}\n  av: ja\n  grunn: avtalt\n")
    return not adjust([finding], said, aar).funn


@pytest.mark.parametrize(
    "terms",
    [
        "konto: 11500",
        'konto: "115*"',
        'konto: "1?500"',
        "art: [120, 150]",
        "funksjon: 201, ansvar: 600, kontoklasse: 1",
        "tekst: matvarer",
        "tekst: MATVARER",
        'tekst: "mat*12"',
        "leverandor: matgrossisten",
        "leverandør: Matgrossisten",
        "bilag: 1009",
    ],
)
def test_a_condition_hits_what_it_says(terms: str, tmp_path: Path) -> None:
    assert hides(tmp_path, terms)


@pytest.mark.parametrize(
    "terms",
    [
        "konto: 1150",
        'konto: "115"',
        "art: 120",
        "ansvar: 600, art: 120",
        "tekst: frukt",
        'tekst: "mat*13"',
        'tekst: "mat[v]arer"',
    ],
)
def test_a_near_condition_does_not(terms: str, tmp_path: Path) -> None:
    assert not hides(tmp_path, terms)


def test_brackets_are_letters_and_not_a_pattern(tmp_path: Path) -> None:
    assert hides(tmp_path, 'tekst: "[mat]*12"', replace(FUNN, tekst="[Mat] uke 12"))


@given(st.text(alphabet="ab*?[]!-.\\", min_size=1, max_size=40))
def test_a_pattern_of_stars_is_quick_and_never_fails(pattern: str) -> None:
    entry = Oppforing(1, (), (("tekst", (pattern,)),), True, None, None, None, "x", "", None)  # noqa: FBT003
    entry.treffer(replace(FUNN, tekst="a" * 400))


def test_another_kind_is_left_alone(tmp_path: Path) -> None:
    said = tuning(tmp_path, "- {slag: R-DUBLETT, av: ja, grunn: avtalt}\n")
    answer = adjust([FUNN], said, 2026)
    assert (answer.funn, answer.skjulte) == ((FUNN,), ())
    assert [b.status for b in answer.bruk] == ["treffer ikke lenger noe"]


def test_limits_hide_what_is_under_them(tmp_path: Path) -> None:
    said = tuning(
        tmp_path,
        "- {slag: alle, minste beløp: 6 100, grunn: x}\n- {slag: alle, minste_sannsynlighet: 30 %, grunn: x}\n",
    )
    small, unlikely = replace(FUNN, ore=-609_999), replace(FUNN, sannsynlighet=0.29)
    answer = adjust([FUNN, small, unlikely], said, 2026)
    assert answer.funn == (FUNN,)
    assert [s.oppforing.linje for s in answer.skjulte] == [1, 2]


def test_a_severity_a_person_has_chosen_is_told_with_the_reason(tmp_path: Path) -> None:
    said = tuning(tmp_path, "- {slag: R-VANE-ART, alvor: FEIL, grunn: Skal aldri skje her., hvem: Kari}\n")
    (finding,) = adjust([FUNN], said, 2026).funn
    assert finding.alvor == "FEIL"
    assert finding.melding.endswith("Alvoret er satt til FEIL av justeringen: Skal aldri skje her. (Kari).")


def test_an_entry_past_its_year_is_told_and_not_used(tmp_path: Path) -> None:
    said = tuning(tmp_path, "- {slag: R-VANE-ART, av: ja, grunn: x, til: 2025}\n")
    answer = adjust([FUNN], said, 2026)
    assert answer.funn == (FUNN,)
    assert [*answer.merknader] == [
        "justering.yaml, linje 1 (R-VANE-ART): gikk ut 31.12.2025, og er ikke brukt; fjern oppføringen, eller rett den."
    ]
    assert not adjust([FUNN], said, 2025).funn


@pytest.mark.parametrize(("until", "hidden"), [("2026", True), ("15.06.2026", True), ("2026-06-14", False)])
def test_a_day_is_the_last_voucher_date(until: str, hidden: bool, tmp_path: Path) -> None:  # noqa: FBT001
    said = tuning(tmp_path, f"- {{slag: R-VANE-ART, av: ja, grunn: x, til: {until}}}\n")
    assert (not adjust([FUNN], said, 2026).funn) == hidden


@given(
    st.lists(
        st.builds(
            replace,
            st.just(FUNN),
            funn=st.sampled_from(sorted(BY_ID)),
            ore=st.integers(-10_000, 10_000),
            sannsynlighet=st.floats(0, 1),
            konto=st.sampled_from(["1", "2"]),
        ),
        max_size=12,
    ),
    st.lists(
        st.builds(
            Oppforing,
            st.integers(1, 99),
            st.sampled_from([(), ("R-VANE-ART",), ("R-DUBLETT", "R-MVA")]),
            st.sampled_from([(), (("konto", ("1",)),)]),
            st.booleans(),
            st.sampled_from([None, *ALVOR]),
            st.none() | st.integers(1, 9_000),
            st.none() | st.floats(0.01, 1),
            st.just("x"),
            st.just(""),
            st.none() | st.sampled_from([dt.date(2025, 12, 31), dt.date(2026, 12, 31)]),
        ),
        max_size=5,
    ),
)
def test_nothing_is_lost(found: list[Funn], entries: list[Oppforing]) -> None:
    answer = adjust(found, Justering("j.yaml", tuple(entries)), 2026)
    assert len(answer.funn) + len(answer.skjulte) == len(found)
    rows = [(f.funn, f.ore, f.konto) for f in found]
    assert sorted(rows) == sorted((f.funn, f.ore, f.konto) for f in (*answer.funn, *(s.funn for s in answer.skjulte)))
    assert all(b.treff == 0 for b in answer.bruk if b.gikk_ut)
    assert len(answer.skjulte) <= sum(b.treff for b in answer.bruk)


def test_the_template_is_valid_and_names_every_kind(tmp_path: Path) -> None:
    text = template(SLAG)
    assert tuning(tmp_path, text).oppforinger == ()
    assert all(kind.id in text for kind in SLAG)
    examples, _, _ = text.partition("# Funnslagene:")
    live = (
        "\n".join(line.removeprefix("# ") for line in examples.splitlines() if line.startswith(("# - ", "#   "))) + "\n"
    )
    assert len(tuning(tmp_path, live[live.index("- slag") :]).oppforinger) == 5


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("slag: R-MVA\n", 1, "liste"),
        ("- slag: R-MVA\n  av: ja\n", 1, "«grunn» mangler"),
        ("- slag: R-MVA\n  av: ja\n  grunn:\n", 3, "«grunn»"),
        ("- slag: R-MAV\n  av: ja\n  grunn: x\n", 1, "mente du R-MVA"),
        ("- av: ja\n  grunn: x\n", 1, "«slag» mangler"),
        ("- slag: alle\n  av: ja\n  grunn: x\n", 1, "skjult alle funn"),
        ("- slag: R-MVA\n  grunn: x\n", 1, "gjør ingenting"),
        ("- slag: R-MVA\n  av: nei\n  grunn: x\n", 2, "gjør ingenting"),
        ("- slag: R-MVA\n  av: kanskje\n  grunn: x\n", 2, "skal være ja"),
        ("- slag: R-MVA\n  av: ja\n  alvor: INFO\n  grunn: x\n", 3, "ingen virkning"),
        ("- slag: R-MVA\n  alvor: VERRE\n  grunn: x\n", 2, "FEIL, ADVARSEL, INFO"),
        ("- slag: R-MVA\n  alvor: [INFO, FEIL]\n  grunn: x\n", 2, "ett av dem"),
        ("- slag: R-MVA\n  minste_belop: mye\n  grunn: x\n", 2, "skal være et tall"),
        ("- slag: R-MVA\n  minste_belop: -5\n  grunn: x\n", 2, "over null"),
        ("- slag: R-MVA\n  minste_sannsynlighet: 30\n  grunn: x\n", 2, "mellom 0 og 1"),
        ("- slag: R-MVA\n  minste_sannsynlighet: nan\n  grunn: x\n", 2, "skal være et tall"),
        ("- slag: R-MVA\n  av: ja\n  grunn: x\n  til: snart\n", 4, "et år (2026)"),
        ("- slag: R-MVA\n  nar:\n    farge: blå\n  av: ja\n  grunn: x\n", 3, "ukjent nøkkel «farge»"),
        ("- slag: R-MVA\n  nar:\n  av: ja\n  grunn: x\n", 2, "nøkler og verdier"),
        ("- slag: R-MVA\n  nar:\n    tekst: '*'\n  av: ja\n  grunn: x\n", 3, "treffer alt"),
        ("- slag: R-MVA\n  nar:\n    tekst: a\n  av: ja\n  grunn: x\n", 3, "for kort"),
        ("- slag: R-MVA\n  nar:\n    konto: *600\n  av: ja\n  grunn: x\n", 3, "anførselstegn"),
        ("- slag: R-MVA\n  av: ja\n  grunn: Husleie: mars\n", 3, "anførselstegn"),
        ("- slag: R-MVA\n  minste_belop: 5\n  minste beløp: 6\n  grunn: x\n", 3, "står to ganger"),
        ("- slag: R-MVA\n  slag: R-MVA\n  av: ja\n  grunn: x\n", 2, "står to ganger"),
        ("- slag: R-MVA\n  parametre:\n    sjelden: 1\n  grunn: x\n", 3, "det har avvik_belop, avvik_andel"),
        ("- slag: R-GYLDIG\n  parametre:\n    sjelden: 1\n  grunn: x\n", 3, "kan ikke stilles på"),
        ("- slag: R-FORTEGN\n  parametre:\n    sjelden: 3\n  grunn: x\n", 3, "mellom 0.001 og 0.5"),
        ("- slag: R-FORTEGN\n  parametre:\n  grunn: x\n", 2, "nøkler og verdier"),
        ("- slag: R-FORTEGN\n  parametre: {}\n  grunn: x\n", 2, "tomt"),
        ("- slag: alle\n  parametre:\n    sjelden: 0,1\n  grunn: x\n", 2, "hele funnslag"),
        ("- &a [*a, *a]\n", 1, "anførselstegn"),
        ("- " * 50 + "x\n", 1, "dypere"),
        ("- x\n", 1, "nøkler og verdier"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_line(text: str, line: int, told: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        tuning(tmp_path, text)
    assert error.value.message.startswith(f"justering.yaml, linje {line}: ")
    assert told in error.value.message


@given(st.binary(max_size=200) | st.text(alphabet="-: slagRMVanrujgex\n*&[]{}'\"#|>", max_size=80).map(str.encode))
def test_whatever_the_file_holds_it_is_read_or_explained(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "rar.yaml"
    path.write_bytes(content)
    try:
        told = read_tuning(path, BY_ID).fil
    except UserError as error:
        told = error.message
    assert told.startswith("rar.yaml")


def test_a_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--justering-mal"):
        read_tuning(tmp_path / "borte.yaml", BY_ID)


def test_a_birth_number_in_a_reason_is_hidden(tmp_path: Path) -> None:
    assert "01017012345" not in repr(
        only(tmp_path, "- {slag: R-MVA, av: ja, grunn: gjelder 01017012345, hvem: 01017012345}\n")
    )


def test_a_kind_can_be_told_to_look_further(tmp_path: Path) -> None:
    small = ("11050", "500", "20200", "", "Faktura 778812 lærebøker", "Skolebok AS", 900)
    odd = (6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS", -4_321))
    many = [
        (m, ("11150", "600", "20100", "", f"Mat {n}", "Mat AS", 900 + 11 * m + n)) for m in range(1, 13) for n in (1, 2)
    ]
    vat = (3, ("14290", "500", "20200", "", "Merverdiavgift", "", 800))
    before = audit(tmp_path, [(3, small), (4, small), odd, vat, *many])
    assert {f.funn for f in before.funn} & {"R-DUBLETT", "R-FORTEGN", "R-MVA"} == {"R-FORTEGN"}
    path = tmp_path / "justering.yaml"
    path.write_text(
        "- {slag: R-DUBLETT, parametre: {fra beløp: 500}, grunn: x}\n"
        "- {slag: R-MVA, parametre: {avvik_belop: 100}, grunn: x}\n"
        "- {slag: R-FORTEGN, parametre: {fra_belop: 5 000}, grunn: x}\n"
        "- {slag: R-FORTEGN, parametre: {minst_antall: 2}, grunn: x, til: 2025}\n",
        encoding="utf-8",
    )
    after = revider(tmp_path / "bok.csv", aar=2026, justering=path)
    assert {f.funn for f in after.funn} & {"R-DUBLETT", "R-FORTEGN", "R-MVA"} == {"R-DUBLETT", "R-MVA"}
    assert after.justering is not None
    assert [b.status for b in after.justering.bruk][:3] == ["brukt"] * 3
    assert [note for note in after.merknader if "linje" in note] == [
        "justering.yaml, linje 4 (R-FORTEGN): gikk ut 31.12.2025, og er ikke brukt; fjern oppføringen, eller rett den."
    ]


def test_the_limit_of_an_investment_can_be_another(tmp_path: Path) -> None:
    bought = [(3, ("12000", "500", "20200", "", "Tavler", "Tavle AS", 60_000))]
    assert [f.funn for f in audit(tmp_path, bought).funn if f.funn == "R-STOR-DRIFT"] == []
    path = tmp_path / "justering.yaml"
    path.write_text(
        "- {slag: [R-STOR-DRIFT, R-SMAA-INVESTERING], parametre: {grense: 50 000}, grunn: x}\n", encoding="utf-8"
    )
    after = revider(tmp_path / "bok.csv", aar=2026, justering=path)
    (finding,) = [f for f in after.funn if f.funn == "R-STOR-DRIFT"]
    assert "grensen på 50\u00a0000 kroner" in finding.melding


def test_every_parameter_belongs_to_a_kind_and_is_within_its_own_limits() -> None:
    assert {p.slag for p in PARAMETRE} <= set(BY_ID)
    assert all(p.minst <= p.standard <= p.mest for p in PARAMETRE)
    assert len({(p.slag, p.navn) for p in PARAMETRE}) == len(PARAMETRE)


def test_the_audit_counts_lists_and_explains_what_is_hidden(tmp_path: Path) -> None:
    before = audit(tmp_path, WRONG)
    path = tmp_path / "justering.yaml"
    path.write_text(
        "- slag: [R-REGEL, R-TEKST-ART, R-VANE-ART]\n  nar: {tekst: matvarer, ansvar: 600}\n  av: ja\n  grunn: avtalt\n"
        "- slag: R-MVA\n  av: ja\n  grunn: avstemmes for seg\n",
        encoding="utf-8",
    )
    after = revider(tmp_path / "bok.csv", aar=2026, justering=path)
    assert after.justering is not None
    hidden = [s.funn for s in after.justering.skjulte]
    assert {f.rad for f in hidden} == {len(right()) + 2}
    assert len(after.funn) + len(hidden) == len(before.funn)
    assert any("1 funn er skjult" in note for note in after.merknader)
    assert any("linje 5 (R-MVA): treffer ikke lenger noe" in note for note in after.merknader)
    summary = after.justering.as_dict()
    assert json.loads(json.dumps(summary)) == summary
    book = openpyxl.load_workbook(BytesIO(render(after)))
    assert book.sheetnames == ["Sammendrag", "Funn", "Områder", "Skjulte funn", "Justering", "Regler", "Om"]
    assert [row[6] for row in book["Skjulte funn"].iter_rows(min_row=2, values_only=True)] == [0.0] or book[
        "Skjulte funn"
    ].max_row == 2
    kinds = {row[0]: row for row in book["Regler"].iter_rows(min_row=2, values_only=True)}
    assert kinds["R-MVA"][5] == "slått av: avstemmes for seg"
    assert sum(row[4] for row in kinds.values()) == 1


def test_the_command_writes_a_template_and_uses_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit(tmp_path, WRONG)
    mal = tmp_path / "j.yaml"
    assert run(["revider", "--justering-mal", str(mal)]) == 0
    assert run(["revider", "--justering-mal", str(mal)]) == 2
    mal.write_text("- {slag: R-GYLDIG, av: ja, grunn: sjekkes ved årsskiftet}\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["revider", str(tmp_path / "bok.csv"), "--aar", "2026", "--justering", str(mal)]) == 0
    assert "sjekkes ved årsskiftet" in capsys.readouterr().out
    assert (
        run(["revider", str(tmp_path / "bok.csv"), "--aar", "2026", "--justering", str(mal), "--format", "jsonl"]) == 0
    )
    captured = capsys.readouterr()
    assert all(json.loads(line)["funn"] for line in captured.out.splitlines())
    assert "treffer ikke lenger noe" in captured.err
    assert run(["revider", str(tmp_path / "bok.csv"), "--justering", str(mal), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["status"] for entry in told["justering"]["oppforinger"]] == ["treffer ikke lenger noe"]
    assert told["funn"]
    assert run(["revider", "--aar", "2026"]) == 2
    assert "HOVEDBOK" in capsys.readouterr().err
