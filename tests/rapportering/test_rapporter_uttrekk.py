"""Fra hovedbok til filuttrekk: hver øre ender et sted, avrundingen holder summene, og det som ikke går opp, nektes."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapporthjelp import LEDGER, MAPPING, art, balanse, funksjon, write_ledger, write_mapping

from kontoplan.cli import run
from kontoplan.errors import UserError
from kontoplan.kostra.kjoring import kontroller_byte
from kontoplan.rapportering.tusen import TUSEN, nearest, to_thousands
from kontoplan.usecases.rapporter import rapporter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rapporthjelp import Ledger, Row

    from kontoplan.rapportering.uttrekk import Uttrekk


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Uttrekk]:
    def call(
        ledger: Ledger = LEDGER, mapping: Sequence[Row] = MAPPING, *, skjema: str = "0A", **options: object
    ) -> Uttrekk:
        book = write_ledger(tmp_path / "bok.csv", ledger)
        keys = write_mapping(tmp_path / "plan.koblet.xlsx", mapping)
        given_ = {"aar": 2026, "region": "340300", **options}
        return rapporter(book, kobling=keys, skjema=skjema, **given_)  # type: ignore[arg-type]

    return call


def posts(answer: Uttrekk) -> dict[tuple[str, str, str], int]:
    return {(p.klasse, p.funksjon, p.art): p.tusen for p in answer.poster if p.tusen}


def test_hver_ore_ender_et_sted_og_kontrollene_er_fornoyde(make: Callable[..., Uttrekk]) -> None:
    answer = make()
    assert answer.hindringer == ()
    assert sum(answer.summer.values()) == answer.sum_ore == sum(ore for *_, ore in LEDGER)
    assert (answer.summer["internt"], answer.summer["annet skjema"], answer.summer["avvist"]) == (0, 0, 0)
    assert posts(answer) == {
        ("0", "222", "230"): 3000, ("0", "870", "910"): -3000, ("1", "120", "010"): 2000, ("1", "202", "010"): 5000, ("1", "202", "115"): 1001,
        ("1", "222", "590"): 700, ("1", "800", "870"): -4000, ("1", "840", "800"): -4001, ("1", "860", "990"): -700,
    }  # fmt: skip


def test_uttrekket_leses_tilbake_til_de_samme_postene(make: Callable[..., Uttrekk]) -> None:
    answer = make()
    lines = answer.innhold.decode("ascii").splitlines()
    assert all(len(line) == 48 for line in lines)
    assert {(line[31], line[32:36].strip(), line[36:39]): int(line[39:48]) for line in lines} == posts(answer)
    assert {line[:13] for line in lines} == {"0A2026 340300"}
    assert kontroller_byte(answer.innhold, answer.oppgave).kan_sendes


def test_fordelte_koder_deles_pa_oret(make: Callable[..., Uttrekk]) -> None:
    answer = make([*LEDGER, ("01", "10100", "25400", 1_000_000_01), ("01", "18700", "80000", -1_000_000_01)])
    exact = {(p.funksjon, p.art): p.ore for p in answer.poster}
    assert (exact["257", "010"], exact["258", "010"]) == (600_000_01, 400_000_00)


def test_en_avgjorelse_gar_foran_forslaget(make: Callable[..., Uttrekk]) -> None:
    answer = make([*LEDGER, ("01", "12700", "20200", 9_000_00), ("01", "18700", "80000", -9_000_00)])
    assert posts(answer)["1", "202", "272"] == 9


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (("01", "11200", "20200", 100_00), "art 11200 er ikke avgjort (Kobling!A14)"),
        (("01", "99999", "20200", 100_00), "kontoen 99999 er ikke i koblingen"),
        (("01", "10100", "33300", 100_00), "funksjonen 33300 er ikke i koblingen"),
        (("01", "12900", "20200", 100_00), "interne arter (290, 790) i kontoklasse 1 er 100,00 kr og ikke null (konto 12900, funksjon 20200, ansvar 100: 150,00"),
        (("01", "10100", "19000", 100_00), "funksjon 190 i kontoklasse 1 er 100,00 kr og ikke null"),
        (("01", "10100", "80000", 9_999_000_00), "kontrollene gir"),
    ],
)  # fmt: skip
def test_det_som_ikke_gar_opp_hindrer_med_sted_og_belop(
    make: Callable[..., Uttrekk], extra: tuple[str, str, str, int], message: str
) -> None:
    found = [text.replace("\xa0", " ") for text in make([*LEDGER, extra]).hindringer]
    assert any(message in text for text in found), found


def test_avviste_rader_listes_med_radnummer(make: Callable[..., Uttrekk]) -> None:
    (rejected,) = make([*LEDGER, ("01", "99999", "20200", 100_00)]).avviste
    assert (rejected.saldo.rad, rejected.ore, rejected.saldo.antall) == (len(LEDGER) + 2, 100_00, 1)


def test_balansen_bruker_kapittel_og_sektor_og_sier_fra_om_bevegelse(make: Callable[..., Uttrekk]) -> None:
    answer = make(
        [("12", "21000", "", 500_000_00), ("12", "25990", "", -500_000_00), ("12", "10100", "20200", 1_00)], skjema="0B"
    )
    assert posts(answer) == {("2", "10", "320"): 500, ("2", "5990", "080"): -500}
    assert answer.summer["annet skjema"] == 1_00
    assert "endringen i året" in answer.merknader[0]


def test_balansekonto_uten_sektor_avvises(make: Callable[..., Uttrekk]) -> None:
    answer = make([("12", "21000", "", 500_000_00), ("12", "23200", "", -500_000_00)], skjema="0B")
    assert "balansekontoen 23200 mangler sektor" in answer.avviste[0].grunn


@pytest.mark.parametrize("skjema", ["0B", "0D", "0J", "0L", "0G", "0BK2"])
def test_balansene_har_hver_sin_kontoklasse_og_kirkens_har_ikke_sektor(
    make: Callable[..., Uttrekk], skjema: str
) -> None:
    ledger = [("01", "21000", "", 500_000_00), ("02", "25990", "", -500_000_00)]
    sektor = ("", "") if skjema == "0G" else ("320", "080")
    mapping = [balanse("21000", "10", sektor[0]), balanse("25990", "5990", sektor[1])]
    options = {"orgnr": "958935420"} if skjema in {"0J", "0L", "0G"} else {}
    region = "340000" if skjema in {"0D", "0L"} else "340300"
    answer = make(ledger, mapping, skjema=skjema, region=region, **options)
    klasse = "2" if skjema in {"0B", "0D", "0BK2"} else "5"
    assert posts(answer) == {(klasse, "10", sektor[0]): 500, (klasse, "5990", sektor[1]): -500}
    assert answer.hindringer == ()


def test_saerbedriften_ma_ha_organisasjonsnummer(make: Callable[..., Uttrekk]) -> None:
    with pytest.raises(UserError, match="0J skal ha organisasjonsnummeret i hver post; oppgi det med --orgnr"):
        make(skjema="0J")


def test_nar_alt_er_avvist_vises_radene(make: Callable[..., Uttrekk]) -> None:
    answer = make([("01", "99999", "20200", 5_00), ("02", "99999", "20200", -1_00)])
    assert answer.hindringer == (
        "2 posteringer (4,00 kr) kan ikke rapporteres: kontoen 99999 er ikke i koblingen",
        "ingen posteringer kan rapporteres på 0A",
    )
    assert len(answer.boker[0].avviste) == 2


def test_bare_posteringer_etter_kvartalet_sies(make: Callable[..., Uttrekk]) -> None:
    with pytest.raises(UserError, match="hører til skjema 0AK1 \\(1 er etter kvartalet\\)"):
        make([("06", "10100", "20200", 5_00)], skjema="0AK1")


def test_kvartalet_er_hittil_i_ar(make: Callable[..., Uttrekk]) -> None:
    answer = make(skjema="0AK1")
    assert posts(answer) == {("1", "202", "010"): 5000}
    assert answer.innhold.startswith(b"0A20261340300")
    assert answer.summer["annen periode"] == sum(ore for m, _, _, ore in LEDGER if m > "03")


def test_kvartalet_avviser_det_som_ikke_har_dato_og_tar_med_apning_og_avslutning(
    tmp_path: Path, make: Callable[..., Uttrekk]
) -> None:
    make()
    rows = ["202600;10100;20200;1000", "202613;10100;20200;2000", "202603;10100;20200;4000", ";10100;20200;8000", "mai;10100;20200;16000"]  # fmt: skip
    (tmp_path / "p.csv").write_text("\n".join(["Periode;Konto;Funksjon;Beløp", *rows]) + "\n", encoding="utf-8")

    def quarter(number: int) -> tuple[dict[tuple[str, str, str], int], list[int]]:
        answer = rapporter(
            tmp_path / "p.csv", kobling=tmp_path / "plan.koblet.xlsx", skjema=f"0AK{number}", aar=2026, region="340300"
        )
        assert {each.grunn for each in answer.avviste} == {
            "raden har verken dato eller periode som kan leses, så kvartalet er ukjent"
        }
        return posts(answer), answer.boker[0].avviste["rad"].to_list()

    assert quarter(1) == ({("1", "202", "010"): 5}, [5, 6])
    assert quarter(4) == ({("1", "202", "010"): 7}, [5, 6])


def test_saerbedrift_har_egne_kontoklasser_og_organisasjonsnummer(make: Callable[..., Uttrekk]) -> None:
    mapping = [art("30100", "010", klasse="3"), art("36000", "600", klasse="3"), funksjon("202", "202")]
    answer = make(
        [("01", "30100", "202", 5_000_00), ("01", "36000", "202", -5_000_00)], mapping, skjema="0I", orgnr="958935420"
    )
    assert set(posts(answer)) == {("3", "202", "010"), ("3", "202", "600")}
    assert answer.innhold.decode().splitlines()[0][13:22] == "958935420"


def test_arsskiftet_viser_fjoraret_i_arets_koder(make: Callable[..., Uttrekk]) -> None:
    mapping = [*MAPPING, art("13750", "375"), art("12709", "270")]
    extra = [
        ("01", "13750", "20200", 20_000_00),
        ("01", "12709", "20200", 30_000_00),
        ("01", "18700", "80000", -50_000_00),
    ]
    answer = make([*LEDGER, *extra], mapping, aarsskifte=True)
    assert posts(answer)["1", "202", "380"] == 20
    assert [(d.grunn, d.ore) for d in answer.avviste] == [
        ("art 270 er delt i 271, 272; koble kontoplanen med --aar 2026, og avgjør eller fordel kontoen der", 30_000_00)
    ]
    assert answer.oppgave.aar == "2025"


def test_ulike_svar_pa_samme_konto_stopper(make: Callable[..., Uttrekk]) -> None:
    with pytest.raises(UserError, match="art 10100 har svaret «010» i Kobling!A2 og «020» i Kobling!A28"):
        make(mapping=[*MAPPING, art("10100", "020")])


def test_konsernskjema_og_ukjente_skjema_avvises(make: Callable[..., Uttrekk]) -> None:
    with pytest.raises(UserError, match="0M er konsernet"):
        make(skjema="0M")
    with pytest.raises(UserError, match="«0Z» finnes ikke"):
        make(skjema="0Z")


def test_kommandoen_nekter_men_forklarer_i_avstemmingen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = write_ledger(tmp_path / "bok.csv", [*LEDGER, ("01", "99999", "20200", 100_00)])
    mapping = write_mapping(tmp_path / "plan.koblet.xlsx", MAPPING)
    command = [
        "rapporter",
        str(ledger),
        "--kobling",
        str(mapping),
        "--skjema",
        "0A",
        "--region",
        "340300",
        "--aar",
        "2026",
        "-o",
        str(tmp_path / "0A.dat"),
    ]
    assert run(command) == 2
    said = capsys.readouterr()
    assert said.err.startswith(
        "kontoplan: Uttrekket er ikke skrevet, fordi 1 postering (100,00 kr) kan ikke rapporteres: kontoen 99999"
    )
    assert said.err.count("\n") == 1
    assert not (tmp_path / "0A.dat").exists()
    book = openpyxl.load_workbook(tmp_path / "0A.avstemming.xlsx")
    assert book.sheetnames == ["Sammendrag", "Poster", "Avvist", "Avviste rader", "Internt", "Kontroller"]
    assert [cell.value for cell in book["Avvist"][2]][:3] == ["kontoen 99999 er ikke i koblingen", "99999", "20200"]
    assert run([*command, "--tross-feil"]) == 2
    assert "finnes fra før" in capsys.readouterr().err
    assert run([*command, "--tross-feil", "--overskriv"]) == 0
    assert (tmp_path / "0A.dat").read_bytes().count(b"\n") == 9
    capsys.readouterr()
    assert run([*command, "--tross-feil", "--format", "json", "-o", str(tmp_path / "x.dat")]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["avstemming"]["avvist"] == "100.00"
    assert answer["poster"][0] == {
        "kontoklasse": "0",
        "funksjon": "222",
        "art": "230",
        "belop": 3000,
        "eksakt": "3000000.00",
    }


codes = st.tuples(
    st.sampled_from(["0", "1"]),
    st.sampled_from(["120", "202", "290", "860", "899"]),
    st.sampled_from(["010", "570", "590", "970", "990", "600"]),
)
ore = st.integers(-(10**10), 10**10).filter(bool)


@given(st.dictionaries(codes, ore, min_size=1, max_size=25), st.booleans())
def test_avrundingen_holder_summene(amounts: dict[tuple[str, str, str], int], balanced: bool) -> None:  # noqa: FBT001
    if balanced:
        for klasse in "01":
            rest = -sum(v for k, v in amounts.items() if k[0] == klasse)
            if rest:
                amounts[klasse, "120", "099"] = rest
    found = to_thousands(amounts, balanse=False)
    assert set(found) == set(amounts)
    exact: dict[str, int] = defaultdict(int)
    rounded: dict[str, int] = defaultdict(int)
    for key, value in amounts.items():
        exact[key[0]] += value
        rounded[key[0]] += found[key]
    assert all(rounded[klasse] == nearest(exact[klasse]) for klasse in exact)
    assert balanced is False or set(rounded.values()) <= {0}
    for group in ("570", "970", "590", "990"):
        for klasse in exact:
            own = [key for key in amounts if key[0] == klasse and key[2] == group]
            others = [key for key in amounts if key[0] == klasse and key not in own]
            if own and len(others) > len(own):
                assert abs(sum(found[k] for k in own) - nearest(sum(amounts[k] for k in own))) <= 3


@given(st.lists(ore, min_size=8, max_size=40))
def test_ingen_post_flyttes_langt(values: list[int]) -> None:
    found = to_thousands({("1", "202", f"{at:03}"): value for at, value in enumerate(values)}, balanse=False)
    assert all(abs(found["1", "202", f"{at:03}"] * TUSEN - value) <= TUSEN for at, value in enumerate(values))
