"""Det som ikke kom med, rad for rad; bilag som ikke er ført ennå; og tilfeldige hovedbøker som leses tilbake."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapporthjelp import LEDGER, MAPPING, write_ledger, write_mapping

from kontoplan.cli import run
from kontoplan.errors import UserError
from kontoplan.kostra.format import FELTER
from kontoplan.rapportering.tusen import TUSEN
from kontoplan.usecases.kontroller_hovedbok import kontroller_hovedbok
from kontoplan.usecases.rapporter import rapporter
from kontoplan.workbook import rejected_rows

if TYPE_CHECKING:
    from pathlib import Path

    from rapporthjelp import Ledger

ASKED = ("--skjema", "0A", "--region", "340300", "--aar", "2026")
HEAD = "Bilag;Dato;Konto;Funksjon;Ansvar;Beløp;Tekst"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_mapping(tmp_path / "plan.koblet.xlsx", MAPPING)
    return tmp_path


def report(*extra: str) -> int:
    return run(["rapporter", "bok.csv", "--kobling", "plan.koblet.xlsx", *ASKED, "-o", "0A.dat", "--overskriv", *extra])


def add(path: Path, *rows: str) -> None:
    path.write_text("\n".join([path.read_text("utf-8").strip(), *rows]) + "\n", encoding="utf-8")


def lines(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))[1:]


REJECTED = [
    f"{HEAD}", *(f"{nr};15.03.2026;10100;20200;100;10,00;" for nr in range(3)),
    "7;16.03.2026;99999;20200;100;1,25;=1+1", "8;17.03.2026;10100;77700;100;-2,50;Forskudd Kari Hansen 01017012345", "9;18.03.2026;99999;20200;100;3,00;Ola",
    "10;19.03.2026;99999;10100;20200;100;9,00;for mange;felt", "11;20.03.2026;10100;20200;100;mye;Kari", "12;21.03.2026;Diverse;20200;100;4,00;",
    ";;Sum;;;15,75;",
]  # fmt: skip


def test_hver_avvist_rad_listes_med_nummer_beloep_tekst_og_grunn(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bok.csv").write_text("\n".join(REJECTED) + "\n", encoding="utf-8")
    assert report() == 2
    assert lines(folder / "0A.avstemming.xlsx", "Avviste rader") == [
        (5, "7", "16.03.2026", "99999", "20200", "100", 1.25, "=1+1", "kontoen 99999 er ikke i koblingen"),
        (6, "8", "17.03.2026", "10100", "77700", "100", -2.5, "Forskudd [navn] [fødselsnummer]", "funksjonen 77700 er ikke i koblingen"),
        (7, "9", "18.03.2026", "99999", "20200", "100", 3, "Ola", "kontoen 99999 er ikke i koblingen"),
    ]  # fmt: skip
    unread = lines(folder / "0A.avstemming.xlsx", "Ikke lest")
    assert [(row[0], row[6], row[-1]) for row in unread] == [
        (8, None, "raden har flere felt enn overskriften"),
        (9, None, "beløpet er ikke et tall"),
        (10, 4, "kontoen er ikke et nummer"),
    ]
    said = capsys.readouterr()
    assert "Hindrer: 1 rad i bok.csv er ikke lest, for raden har flere felt enn overskriften (først rad 8)." in said.out
    assert not {"01017012345", "Hansen"} & set((said.out + said.err).split())
    assert not (folder / "0A.avvist.csv").exists()


def test_flere_rader_enn_arket_tar_star_alle_i_en_csv(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejected_rows, "FLEST", 2)
    (folder / "bok.csv").write_text("\n".join(REJECTED) + "\n", encoding="utf-8")
    assert report() == 2
    assert [row[0] for row in lines(folder / "0A.avstemming.xlsx", "Avviste rader")] == [5, 6]
    assert "Arket «Avviste rader» har de 2 første radene av 3 rader; alle står i 0A.avvist.csv." in " ".join(
        capsys.readouterr().out.split()
    )
    head, *rows = (folder / "0A.avvist.csv").read_text("utf-8-sig").splitlines()
    assert head == "Fil;Ark;Rad;Bilag;Dato;Kontoklasse;Konto;Funksjon;Ansvar;Tekst;Beløp;Grunn"
    assert rows[:2] == [
        "bok.csv;;5;7;16.03.2026;;99999;20200;100;'=1+1;1,25;kontoen 99999 er ikke i koblingen",
        "bok.csv;;6;8;17.03.2026;;10100;77700;100;Forskudd [navn] [fødselsnummer];-2,50;funksjonen 77700 er ikke i koblingen",
    ]
    assert [row.rpartition(";")[2] for row in rows[3:]] == [
        "ikke lest: raden har flere felt enn overskriften", "ikke lest: beløpet er ikke et tall", "ikke lest: kontoen er ikke et nummer",
    ]  # fmt: skip


def test_rader_i_flere_ark_listes_i_arkenes_rekkefolge(folder: Path) -> None:
    book = openpyxl.Workbook()
    for at, title in enumerate(("Mars", "April")):
        sheet = book.worksheets[0] if not at else book.create_sheet()
        sheet.title = title
        sheet.append(HEAD.split(";"))
        sheet.append([str(at), "15.03.2026", "99999", "20200", "100", 1 + at, None])
        sheet.append([str(at), "15.03.2026", "10100", "20200", "100", 1 + at, None])
    book.save(folder / "bok.csv")  # innholdet avgjør, ikke navnet
    assert report() == 2
    found = lines(folder / "0A.avstemming.xlsx", "Avviste rader")
    assert [(row[0], row[1], row[7]) for row in found] == [(2, "Mars", 1), (2, "April", 2)]


VOUCHER = [("12", "10100", "19000", -900_00), ("12", "10100", "12000", 900_00)]


def test_bilag_som_ikke_er_fort_tas_med(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_ledger(folder / "bok.csv", [row for row in LEDGER if row[1:] != ("11150", "19000", -900_00)])
    write_ledger(folder / "bilag.csv", VOUCHER)
    assert report() == 2
    assert "funksjon 190 i kontoklasse 1 er 900,00 kr" in capsys.readouterr().out.replace("\xa0", " ")
    add(folder / "bok.csv", "1;15.12.2026;11150;19000;100;-0,00", "1;15.12.2026;18700;80000;100;-900,00")
    assert report("--bilag", "bilag.csv") == 0
    assert "bok.csv og bilag.csv til 0A for 2026" in capsys.readouterr().out
    assert (folder / "0A.dat").exists()
    assert report("--bilag", "bilag.csv", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["hovedbok"]["fil"], answer["bilag"]) == (
        "bok.csv",
        [{"fil": "bilag.csv", "rader": 2, "sum": "0.00"}],
    )


def test_avviste_rader_i_et_bilag_sier_hvilken_fil(folder: Path) -> None:
    write_ledger(folder / "bok.csv", LEDGER)
    write_ledger(folder / "bilag.csv", [("12", "99999", "12000", 5_00), ("12", "10100", "12000", -5_00)])
    assert report("--bilag", "bilag.csv") == 2
    ((rad, fil, *_, grunn),) = lines(folder / "0A.avstemming.xlsx", "Avviste rader")
    assert (rad, fil, grunn) == (2, "bilag.csv", "kontoen 99999 er ikke i koblingen")


def test_kontroller_fra_peker_pa_radene_i_bilaget(folder: Path) -> None:
    book, voucher = write_ledger(folder / "bok.csv", LEDGER), write_ledger(folder / "bilag.csv", [*VOUCHER, ("12", "99999", "12000", 5_00)])  # fmt: skip
    rapport = kontroller_hovedbok(
        book, kobling=folder / "plan.koblet.xlsx", skjema="0A", aar=2026, region="340300", bilag=[voucher]
    )
    said = [funn.as_dict()["melding"] for funn in rapport.funn if funn.kontroll is None]
    assert any(text.endswith("Fra bilag.csv rad 4 (konto 99999/12000).") for text in map(str, said)), said
    assert any("Fra bok.csv rad 13 og 14; bilag.csv rad 2 (konto" in text for text in map(str, said)), said


@pytest.mark.parametrize(
    ("given_", "said"),
    [("bok.csv", "bok.csv er oppgitt to ganger"), ("nei.csv", "Finner ikke filen nei.csv"), ("0A.dat", "er også filen som leses")],
)  # fmt: skip
def test_feil_bruk_av_bilag(folder: Path, capsys: pytest.CaptureFixture[str], given_: str, said: str) -> None:
    write_ledger(folder / "bok.csv", LEDGER)
    assert report("--bilag", given_) == 2
    assert said in capsys.readouterr().err


def test_en_hovedbok_fra_et_annet_ar_nektes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write_ledger(folder / "bok.csv", LEDGER)
    book.write_text(book.read_text("utf-8").replace(".2026;", ".2025;"), encoding="utf-8")
    assert report() == 2
    assert (
        "bok.csv har ingen posteringer fra 2026, som uttrekket gjelder, men fra 2025; oppgi året med --aar"
        in capsys.readouterr().err
    )
    assert report("--aarsskifte") == 0


def test_en_strek_i_en_saldobalanse_er_ikke_et_belop_som_mangler(folder: Path) -> None:
    rows = (f"{konto};{f};{ore // 100}" for _, konto, f, ore in LEDGER if ore % 100 == 0)
    (folder / "bok.csv").write_text("\n".join(["Konto;Funksjon;Saldo", *rows, "10100;12000; - ", "10100;12000;–"]) + "\n", encoding="utf-8")  # fmt: skip
    answer = rapporter("bok.csv", kobling="plan.koblet.xlsx", skjema="0A", aar=2026, region="340300")
    assert not any("ikke lest" in text for text in answer.hindringer)
    assert [(each.grunn, each.antall) for each in answer.boker[0].lest.uleste] == [("uten beløp", 2)]


def test_en_intern_funksjon_er_intern_ogsa_nar_arten_ikke_er_avgjort(folder: Path) -> None:
    book = write_ledger(folder / "bok.csv", [*LEDGER, ("01", "11200", "19000", 7_00), ("01", "11150", "19000", -7_00)])
    answer = rapporter(book, kobling=folder / "plan.koblet.xlsx", skjema="0A", aar=2026, region="340300")
    assert answer.hindringer == ()


accounts = st.sampled_from(["10100", "11150", "16000", "18700", "15900", "19900", "12900", "17900", "02300", "09100", "12700", "11200", "21000", "99999"])  # fmt: skip
functions = st.sampled_from(["12000", "20200", "22200", "86000", "19000", "25400", "77700", ""])
ledgers = st.lists(
    st.tuples(st.sampled_from(["01", "06", "12"]), accounts, functions, st.integers(-(10**9), 10**9)),
    min_size=1,
    max_size=30,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tilfeldig")
    write_mapping(path / "plan.koblet.xlsx", MAPPING)
    return path


@settings(max_examples=40)
@given(ledger=ledgers, voucher=ledgers)
def test_tilfeldige_hovedboker_gar_opp_og_leses_tilbake(place: Path, ledger: Ledger, voucher: Ledger) -> None:
    """Hver øre ender ett sted, filen leses tilbake til de samme postene, og postene er det en regner ut for hånd."""
    book = write_ledger(place / "bok.csv", ledger)
    files = [write_ledger(place / "bilag.csv", voucher)] if voucher else []
    place_of = {"kobling": place / "plan.koblet.xlsx", "skjema": "0A", "aar": 2026, "region": "340300"}
    if not any(
        _is_reported(konto, funksjon) or _is_rejected(konto, funksjon) for _, konto, funksjon, _ in [*ledger, *voucher]
    ):
        with pytest.raises(UserError, match="hører til skjema 0A"):
            rapporter(book, bilag=files, **place_of)  # type: ignore[arg-type]
        return
    answer = rapporter(book, bilag=files, **place_of)  # type: ignore[arg-type]
    total = sum(ore for *_, ore in [*ledger, *voucher])
    assert sum(answer.summer.values()) == answer.sum_ore == total
    assert answer.summer["rapportert"] == sum(post.ore for post in answer.poster)
    listed = [row for bok in answer.boker for row in bok.avviste.iter_rows(named=True)]
    assert sum(row["belop_ore"] for row in listed) == answer.summer["avvist"]
    assert {row["rad"] for row in answer.boker[0].avviste.iter_rows(named=True)} == {
        nr for nr, (_, konto, funksjon, _) in enumerate(ledger, 2) if _is_rejected(konto, funksjon)
    }
    records = {}
    for line in answer.innhold.decode("ascii").splitlines():
        field = {f.navn: line[f.start : f.start + f.lengde].strip() for f in FELTER}
        key = (field["kontoklasse"], field["funksjonsfelt"], field["art"])
        assert key not in records
        records[key] = int(field["belop"])
    assert records == {(p.klasse, p.funksjon, p.art): p.tusen for p in answer.poster if p.tusen}
    expected: dict[tuple[str, str], int] = defaultdict(int)
    for _, konto, funksjon, ore in [*ledger, *voucher]:
        if _is_reported(konto, funksjon) and funksjon != "25400":
            expected[{"12700": "272"}.get(konto, konto[1:4]), funksjon[:3]] += ore
    for (art, funksjon), ore in expected.items():
        found = sum(value for (_, f, a), value in records.items() if (a, f) == (art, funksjon))
        assert abs(found * TUSEN - ore) <= 2 * TUSEN


def _is_rejected(konto: str, funksjon: str) -> bool:
    if konto == "99999":
        return True
    if konto == "21000":
        return False
    return funksjon in {"77700", ""} or (konto == "11200" and funksjon != "19000")


def _is_reported(konto: str, funksjon: str) -> bool:
    internal = konto in {"12900", "17900"} or funksjon == "19000"
    return not (internal or konto == "21000" or _is_rejected(konto, funksjon))


def test_mappen_er_ren_etterpa(folder: Path) -> None:
    write_ledger(folder / "bok.csv", LEDGER)
    assert report() == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "0A.avstemming.xlsx",
        "0A.dat",
        "bok.csv",
        "plan.koblet.xlsx",
    ]
