"""``revider --utvalg`` og ``--evaluer`` slik brukeren møter dem: arbeidsboken ut, utfylt, og lest tilbake."""

from __future__ import annotations

import json
import shutil
import warnings
from typing import TYPE_CHECKING

import openpyxl
import pytest
from revisjonshjelp import HEADS, right

from kontoplan.cli import run
from kontoplan.utvalg.utvalg import Ramme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SAMPLE = "--utvalg mus --vesentlighet 1000000 --fro 1 --aar 2026"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """En mappe med en hovedbok og et utvalg av den; lages én gang."""
    folder = tmp_path_factory.mktemp("utvalg")
    lines = [
        f"{1000 + at};15.{month:02}.2026;{';'.join(map(str, rest))};{leverandor};{belop}"
        for at, (month, (*rest, leverandor, belop)) in enumerate(right())
    ]
    lines.append("9001;15.12.2026;10100;500;20200;;Etterbetaling 01017012345;;400000")
    lines.append("9002;15.12.2026;23200;;;;Motpost;;-400000")
    lines.append("9003;15.12.2026;11000;500;20200;;=1+1;;0")
    (folder / "bok.csv").write_text("\n".join([HEADS, *lines]) + "\n", encoding="utf-8")
    assert run(["revider", str(folder / "bok.csv"), *SAMPLE.split(), "-o", str(folder / "utvalg.xlsx")]) in {0, 1}
    return folder


@pytest.fixture
def folder(drawn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Mappen det kjøres i; meldingene er da ikke avhengige av hvor testene kjøres."""
    shutil.copy(drawn / "bok.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def sample(folder: Path, drawn: Path) -> None:
    """utvalg.xlsx i mappen."""
    shutil.copy(drawn / "utvalg.xlsx", folder)


def command(text: str) -> int:
    return run(text.split())


def load(name: str) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl kjenner ikke alt i filen, og det gjør ingenting her
        return openpyxl.load_workbook(name)


def heads(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def fill(
    wrong: dict[int, float] | None = None, change: Callable[[Workbook], None] | None = None, skip: int = 0
) -> None:
    """Fyller ut utvalg.xlsx som ferdig.xlsx; ``wrong`` er rett beløp som andel av det bokførte, etter nr."""
    book = load("utvalg.xlsx")
    sheet = book["Utvalg"]
    at = heads(sheet)
    for row in range(2, sheet.max_row + 1 - skip):
        nr, amount = (sheet.cell(row, at[name]).value for name in ("Nr", "Beløp"))
        share = (wrong or {}).get(nr)
        sheet.cell(row, at["Dom"]).value = "Ikke feil" if share is None else "Feil"
        if share is not None:
            sheet.cell(row, at["Revidert beløp"]).value = round(amount * share, 2)
            sheet.cell(row, at["Kommentar"]).value = "Gjelder 01017012345"
    if change:
        change(book)
    book.save("ferdig.xlsx")


def evaluation(capsys: pytest.CaptureFixture[str], more: str = "") -> tuple[int, dict[str, object]]:
    code = command(f"revider --evaluer ferdig.xlsx --format json {more}")
    return code, json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], text: str) -> str:
    assert command(text) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.count("\n") == 1
    return out.err.removeprefix("kontoplan: ").rstrip("\n")


@pytest.mark.usefixtures("sample")
def test_the_workbook_has_the_postings_and_the_columns_to_fill_in() -> None:
    book = load("utvalg.xlsx")
    assert book.sheetnames == ["Sammendrag", "Funn", "Områder", "Utvalg", "Om utvalget", "Strata", "Regler", "Om"]
    sheet = book["Utvalg"]
    at = heads(sheet)
    rows = [{name: sheet.cell(row, column).value for name, column in at.items()} for row in range(2, sheet.max_row + 1)]
    assert [row["Nr"] for row in rows] == list(range(1, len(rows) + 1))
    large = [row for row in rows if abs(row["Beløp"]) >= 333_808]
    assert len(large) == 25  # lønnen på 400 000 og byggearbeidet på 500 000 hver måned, og etterbetalingen
    assert {row["Hvorfor trukket"] for row in large} == {"Fullt: beløpet er minst ett intervall"}
    assert {row["Stratum"] for row in rows} == {"Høye beløp", "Trukket etter beløp"}
    assert sum(row["Treff"] for row in rows) >= len(rows)
    assert "01017012345" not in str(rows)
    assert any(row["Tekst"] == "Etterbetaling [fødselsnummer]" for row in rows)
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert [rule.formula1 for rule in lists] == ['"Ikke feil,Feil"']
    hidden = [
        name for name, column in at.items() if sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden
    ]
    assert hidden == ["Nøkkel"]
    about = {row[0].value: row[1].value for row in book["Om utvalget"].iter_rows(max_col=2) if row[0].value}
    assert (about["Metode"], about["Frø"], about["Konfidensfaktor"]) == ("mus", 1, 2.9957)
    assert about["Intervall"] == pytest.approx(1_000_000 / 2.99573, abs=1)
    assert about["Ikke med: i balansen: motpostene til drift og investering"] == 1
    assert about["Ikke med: beløpet er null: har ingen kroner å trekke"] == 1


@pytest.mark.usefixtures("folder")
def test_the_same_command_gives_the_same_sample_also_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for _ in range(2):
        command(f"revider bok.csv {SAMPLE} --format json")
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1]
    assert set(answers[0]) == {"funn", "utvalg"}
    found = answers[0]["utvalg"]
    assert (found["metode"], found["fro"], found["vesentlighet"]) == ("mus", 1, 1_000_000.0)
    assert len(found["rader"]) == sum(part["trukket"] for part in found["strata"])
    assert "01017012345" not in json.dumps(answers[0])


@pytest.mark.usefixtures("folder")
def test_without_a_sample_the_findings_are_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    command("revider bok.csv --aar 2026 --format json")
    assert isinstance(json.loads(capsys.readouterr().out), list)


@pytest.mark.usefixtures("folder")
def test_a_stratified_sample_of_one_area_goes_all_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    command(
        "revider bok.csv --utvalg stratifisert --per-omraade --vesentlighet 300000 --fro 3 --bare art=100-299 --aar 2026 -o utvalg.xlsx"
    )
    assert "Utvalg stratifisert" in capsys.readouterr().out
    fill({1: 0.5})
    code, answer = evaluation(capsys)
    assert answer["metode"] == "stratifisert"
    assert code == (0 if answer["konklusjon"] == "godtas" else 1)
    assert any("Grunnskole, beløpsklasse" in part["stratum"] for part in answer["strata"])  # type: ignore[attr-defined]


@pytest.mark.usefixtures("sample")
def test_no_errors_are_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    code, answer = evaluation(capsys)
    assert (code, answer["konklusjon"], answer["mangler"], answer["feil"]) == (0, "godtas", [], [])
    assert answer["for_hoyt"] == answer["for_lavt"]
    assert answer["for_hoyt"]["ovre_grense"] <= 1_000_000  # type: ignore[index]


@pytest.mark.usefixtures("sample")
def test_errors_are_projected_and_shown_without_birth_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    small = next(
        row
        for row in load("utvalg.xlsx")["Utvalg"].iter_rows(values_only=True)
        if row[12] and "Intervall" in str(row[12])
    )
    fill({int(str(small[0])): 0.4})
    code, answer = evaluation(capsys, "-o svar.xlsx")
    assert (code, answer["konklusjon"]) == (1, "uavklart")
    (error,) = answer["feil"]  # type: ignore[misc]
    assert error["andel"] == pytest.approx(0.6, abs=0.001)
    assert error["bidrag"] == pytest.approx(0.6 * 1_000_000 / 2.99573, abs=200)
    book = load("svar.xlsx")
    assert book.sheetnames == ["Evaluering", "Feil", "Strata"]
    assert book["Evaluering"]["A4"].value == "Konklusjon: uavklart"
    text = str([cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row])
    assert "01017012345" not in text
    assert "[fødselsnummer]" in text


@pytest.mark.usefixtures("sample")
def test_order_of_sheets_rows_and_columns_does_not_matter(capsys: pytest.CaptureFixture[str]) -> None:
    def rearrange(book: Workbook) -> None:
        sheet = book["Utvalg"]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        head, body = rows[0], rows[1:]
        book.remove(sheet)
        other = book.create_sheet("Min revisjon", 0)
        other.append(["Notat til meg selv"])
        other.append([])
        for line in [head, *reversed(body)]:
            other.append(["", *reversed(line)])
        book.move_sheet("Om utvalget", 4)

    fill({2: 0.0})
    straight = evaluation(capsys)[1]
    fill({2: 0.0}, rearrange)
    moved = evaluation(capsys)[1]
    assert {**moved, "feil": 0} == {**straight, "feil": 0}


@pytest.mark.usefixtures("sample")
def test_rows_that_are_left_are_named_or_the_answer_is_preliminary(capsys: pytest.CaptureFixture[str]) -> None:
    fill(skip=2)
    size = load("utvalg.xlsx")["Utvalg"].max_row - 1
    assert refused(capsys, "revider --evaluer ferdig.xlsx") == (
        f"2 av {size} rader i utvalget i ferdig.xlsx er ikke vurdert (Utvalg!J{size}, Utvalg!J{size + 1}); fyll dem ut, eller bruk --forelopig."
    )
    code, answer = evaluation(capsys, "--forelopig")
    assert (code, answer["konklusjon"], answer["mangler"]) == (
        1,
        "foreløpig",
        [f"Utvalg!J{size}", f"Utvalg!J{size + 1}"],
    )


@pytest.mark.usefixtures("sample")
def test_another_limit_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    code, answer = evaluation(capsys, "--vesentlighet 500000 --konfidens 0,90")
    assert (code, answer["konklusjon"], answer["vesentlighet"], answer["konfidens"]) == (1, "uavklart", 500_000.0, 0.9)
    assert "planlagt med 95 % konfidens" in str(answer["merknader"])


def cell(sheet: str, heading: str, row: int, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        place = book[sheet]
        place.cell(row, heads(place)[heading]).value = value

    return change


def parameter(name: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for row in book["Om utvalget"].iter_rows(max_col=2):
            if row[0].value == name:
                row[1].value = value

    return change


def copied(book: Workbook) -> None:
    book.copy_worksheet(book["Utvalg"])


CHANGED_NUMBERS = (
    "Tallene i arket «Om utvalget» eller «Strata» i ferdig.xlsx er endret etter at utvalget ble trukket; hent dem tilbake fra en kopi, eller trekk utvalget på nytt med samme frø. "
    "Vil du bruke en annen grense, oppgi --vesentlighet eller --konfidens."
)
CHANGED = "raden er endret etter at utvalget ble trukket (Beløp, Rad, Ark, Treff, Stratum eller den skjulte kolonnen Nøkkel); hent den tilbake fra en kopi."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (cell("Utvalg", "Beløp", 4, 17), f"ferdig.xlsx, Utvalg!A4: {CHANGED}"),
        (cell("Utvalg", "Nøkkel", 4, None), f"ferdig.xlsx, Utvalg!A4: {CHANGED}"),
        (cell("Utvalg", "Stratum", 4, "Annet"), f"ferdig.xlsx, Utvalg!A4: {CHANGED}"),
        (cell("Utvalg", "Nr", 4, None), "ferdig.xlsx, Utvalg!A4: raden mangler løpenummeret i kolonnen Nr; hent det tilbake, eller slett raden når den ikke hører til utvalget."),
        (cell("Utvalg", "Nr", 4, 2), "Nr 2 i ferdig.xlsx står flere steder (Utvalg!A3, Utvalg!A4); behold én rad for hver, og ta bort kopier av arket."),
        (copied, "Nr 1 i ferdig.xlsx står flere steder (Utvalg!A2, Utvalg Copy!A2); behold én rad for hver, og ta bort kopier av arket."),
        (cell("Utvalg", "Dom", 3, "Kanskje"), "ferdig.xlsx, Utvalg!J3 (nr 2): «Kanskje» er ikke en dom; velg «Ikke feil» eller «Feil»."),
        (cell("Utvalg", "Dom", 3, "Feil"), "ferdig.xlsx, Utvalg!K3 (nr 2): raden er «Feil», men det rette beløpet mangler; skriv det, og 0 når ingenting hører hjemme på kontoen."),
        (cell("Utvalg", "Revidert beløp", 3, 3), "ferdig.xlsx, Utvalg!K3 (nr 2): raden er «Ikke feil», men det rette beløpet er et annet enn det bokførte; rett det ene."),
        (cell("Utvalg", "Revidert beløp", 3, "1.234"), "ferdig.xlsx, Utvalg!K3 (nr 2): «1.234» er ikke et beløp med høyst to desimaler; skriv bare tall, uten punktum mellom tusenene."),
        (cell("Utvalg", "Revidert beløp", 3, "ukjent"), "ferdig.xlsx, Utvalg!K3 (nr 2): «ukjent» er ikke et beløp med høyst to desimaler; skriv bare tall, uten punktum mellom tusenene."),
        (parameter("Intervall", None), "Parameteren «Intervall» i arket «Om utvalget» i ferdig.xlsx mangler; hent arket tilbake fra en kopi, eller trekk utvalget på nytt med samme frø."),
        (parameter("Metode", "cvs"), "Parameteren «Metode» i arket «Om utvalget» i ferdig.xlsx er «cvs» og kan ikke leses; hent arket tilbake fra en kopi, eller trekk utvalget på nytt med samme frø."),
        (
            parameter("Vesentlighetsgrense", 5_000_000),
            CHANGED_NUMBERS,
        ),
        (
            cell("Strata", "Posteringer", 3, 12),
            CHANGED_NUMBERS,
        ),
        (cell("Strata", "Posteringer", 3, "mange"), "ferdig.xlsx, Strata!A3: stratumet «Trukket etter beløp» kan ikke leses; hent arket tilbake fra en kopi."),
        (
            lambda book: book["Utvalg"].delete_rows(4, 2),
            "Nr 3, 4 mangler i utvalget i ferdig.xlsx; alle SIZE må være med, for ellers sier utvalget ikke noe om resten. Hent radene tilbake fra en kopi.",
        ),
        (
            lambda book: book.remove(book["Utvalg"]),
            "ferdig.xlsx har ikke noe utvalg; oppgi arbeidsboken fra «kontoplan revider HOVEDBOK --utvalg … -o ferdig.xlsx», med overskriftene slik de var.",
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("sample")
def test_what_is_changed_or_odd_is_said_in_one_sentence(
    change: Callable[[Workbook], None], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    size = load("utvalg.xlsx")["Utvalg"].max_row - 1
    fill(change=change)
    assert refused(capsys, "revider --evaluer ferdig.xlsx") == message.replace("SIZE", str(size))


@pytest.mark.usefixtures("sample")
def test_a_new_seal_does_not_make_impossible_numbers_possible(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(change=parameter("Segl", "falskt"))
    monkeypatch.setattr(Ramme, "segl", "falskt")
    book = load("ferdig.xlsx")
    parameter("Intervall", 0)(book)
    book.save("ferdig.xlsx")
    assert refused(capsys, "revider --evaluer ferdig.xlsx") == CHANGED_NUMBERS


@pytest.mark.usefixtures("sample")
def test_a_number_of_thousands_of_digits_is_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    fill(change=cell("Utvalg", "Nr", 4, "9" * 6_000))
    assert "mangler løpenummeret" in refused(capsys, "revider --evaluer ferdig.xlsx")


@pytest.mark.usefixtures("folder")
def test_sums_per_account_are_nothing_to_draw_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "saldo.csv").write_text("Konto;Funksjon;Saldo\n11000;20200;500\n11150;25300;900\n", encoding="utf-8")
    assert refused(capsys, "revider saldo.csv --utvalg mus --vesentlighet 5 --aar 2026") == (
        "Utvalget trekkes av posteringer, men saldo.csv er summer per konto; oppgi hovedboken, med bilag og dato."
    )


def test_a_ledger_with_a_sheet_for_each_month_comes_back_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for month, name in ((1, "Januar "), (2, "2")):
        sheet = book.create_sheet(name)
        sheet.append(HEADS.split(";"))
        for at, (_, (*rest, leverandor, belop)) in enumerate(line for line in right() if line[0] == month):
            sheet.append([str(at), f"15.{month:02}.2026", *map(str, rest), leverandor, belop])
    book.remove(book.worksheets[0])
    book.save("bok.xlsx")
    command("revider bok.xlsx --utvalg stratifisert --vesentlighet 900000 --fro 4 --aar 2026 -o utvalg.xlsx")
    capsys.readouterr()
    fill()
    code, answer = evaluation(capsys)
    assert (code, answer["konklusjon"]) == (0, "godtas")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("revider bok.csv --utvalg mus", "--utvalg mus trenger den største feilen som kan godtas; oppgi den i kroner, f.eks. --vesentlighet 500000."),
        ("revider bok.csv --fro 1 --vesentlighet 5", "--vesentlighet og --fro gjelder bare sammen med --utvalg mus eller --utvalg stratifisert; legg det til, eller ta det bort."),
        ("revider bok.csv --forelopig", "--forelopig gjelder bare sammen med --evaluer UTVALG.xlsx; legg det til, eller ta det bort."),
        ("revider bok.csv --evaluer u.xlsx --fro 2", "--evaluer leser bare det utfylte utvalget; ta bort HOVEDBOK og --fro."),
        ("revider --evaluer u.xlsx --regnskap kommune", "--evaluer leser bare det utfylte utvalget; ta bort --regnskap."),
        ("revider --evaluer u.xlsx -o u.xlsx", "u.xlsx er også filen som leses; velg et annet navn med -o."),
        ("revider --evaluer u.xlsx -o u.html", "Evalueringen skrives som én arbeidsbok; gi u.html et navn som slutter på .xlsx, og bruk -o én gang."),
        ("revider --evaluer bok.csv", "bok.csv har ikke noe utvalg; oppgi arbeidsboken fra «kontoplan revider HOVEDBOK --utvalg … -o bok.csv», med overskriftene slik de var."),
        ("revider bok.csv --utvalg mus --vesentlighet 5 -o u.html", "Utvalget skal fylles ut og skrives som arbeidsbok, men u.html er en nettside; legg til -o UTVALG.xlsx."),
        (
            "revider bok.csv --utvalg mus --vesentlighet 5 --format jsonl",
            "--format jsonl gir ett funn per linje og har ikke plass til utvalget; bruk --format json, eller skriv det med -o RAPPORT.xlsx.",
        ),
        (
            "revider bok.csv --utvalg mus --vesentlighet 5 --bare art=900 --aar 2026",
            "Det er ingen posteringer med beløp å trekke av etter --bare art=900; velg en videre avgrensning.",
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("folder")
def test_options_that_do_not_belong_together_are_said(
    args: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, args) == message
