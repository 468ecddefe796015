from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tabeller import pattern

from kontoplan.data import data_path
from kontoplan.evidence.sector import in_column, spoken
from kontoplan.kodeverk import Kodeverk
from kontoplan.lesing import Konto
from kontoplan.rulebase.balance import GRUPPER, balance, load
from kontoplan.sak import Kontekst
from kontoplan.sectors import assign
from kontoplan.usecases.koble import judge_accounts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kontoplan.sak import Regnskap, Vurdering

KODEVERK = Kodeverk.for_aar(2026)
SEKTORER = frozenset(k.kode for k in KODEVERK.koder("sektor"))
# Kapittel, sektor, navn.
KONTOER = [
    ("10", "320", "Driftskonto bank"),
    ("13", "890", "Husleiedebitorer"),
    ("16", "610", "Refusjon sykepenger"),
    ("19", "550", "Positivt premieavvik KLP"),
    ("21", "152", "Aksjer kraftselskap"),
    ("22", "890", "Sosiale utlån"),
    ("27", "080", "Skolebygg"),
    ("32", "610", "Skyldig skattetrekk"),
    ("32", "890", "Påløpte feriepenger"),
    ("35", "200", "Leverandørgjeld"),
    ("40", "550", "Pensjonsforpliktelse KLP"),
    ("411", "355", "Langsiktig obligasjonslån"),
    ("451", "395", "Lån i Husbanken"),
    ("51", "080", "Selvkostfond vann"),
    ("56", "080", "Disposisjonsfond"),
    ("581", "080", "Prinsippendring drift"),
    ("5990", "080", "Kapitalkonto"),
]


def judged(
    rows: list[tuple[str, str]], *, overskrift: str = "", aar: int = 2026, regnskap: Regnskap = "kommune"
) -> list[Vurdering]:
    kontekst = Kontekst(overskrift=overskrift)
    kontoer = [Konto("p", "Balanse", at, 0, "balanse", n, t, "2", kontekst) for at, (n, t) in enumerate(rows, 1)]
    return judge_accounts(kontoer, Kodeverk.for_aar(aar, regnskap))


def flags(answer: Vurdering) -> set[str]:
    return {f.id for f in answer.flagg}


MED_SEKTOR: dict[str, Callable[[str, str, int], str]] = {
    "klasse, kapittel, sektor": lambda k, s, _: f"2{k}{s}",
    "klasse, kapittel, sektor, løpenummer": lambda k, s, n: f"2{k}{s}{n:02d}",
    "skilletegn": lambda k, s, n: f"2.{k}.{s}.{n:02d}",
    "uten klasse": lambda k, s, _: f"{k}{s}",
    "lokale sifre foran sektoren": lambda k, s, n: f"2{(k + f'{n:02d}')[:4]}{s}",
    "kapittel på fire sifre": lambda k, s, n: f"2{k.ljust(4, '0')}{s}{n:02d}",
}
UTEN_SEKTOR: dict[str, Callable[[str, int], str]] = {
    "klasse.kapittel.løpenummer": lambda k, n: f"2.{k}.{n:03d}",
    "fast bredde med nuller": lambda k, n: f"2{k}" + f"{n}".zfill(7 - len(k)),
    "kapittel.løpenummer": lambda k, n: f"{k}.{n:03d}",
    "bare kapittelet": lambda k, _: k,
}


@pytest.mark.parametrize("skriv", MED_SEKTOR.values(), ids=MED_SEKTOR)
def test_kapittel_og_sektor_leses_av_nummeret_slik_tabellen_er_skrevet(skriv: Callable[[str, str, int], str]) -> None:
    answers = judged([(skriv(k, s, n), navn) for n, (k, s, navn) in enumerate(KONTOER, 1)])
    assert [(a.kode, a.sektor) for a in answers] == [(k, s) for k, s, _ in KONTOER]
    assert not any(f.startswith("sektor") for a in answers for f in flags(a))


@pytest.mark.parametrize("skriv", UTEN_SEKTOR.values(), ids=UTEN_SEKTOR)
def test_nuller_i_et_lopenummer_er_ingen_sektor(skriv: Callable[[str, int], str]) -> None:
    answers = judged([(skriv(k, n), navn) for n, (k, _, navn) in enumerate(KONTOER, 1)])
    assert [a.kode for a in answers] == [k for k, _, _ in KONTOER]
    told = [(a.sektor, s) for a, (_, s, _) in zip(answers, KONTOER, strict=True) if a.sektor]
    assert told
    assert all(found == truth for found, truth in told)


@pytest.mark.parametrize(
    ("nummer", "kode"), [("2.45.1001", "45"), ("2.451.001", "451"), ("2.41.2001", "41"), ("2.13.080", "13")]
)
def test_skilletegn_avgjor_hvor_kapittelet_slutter(nummer: str, kode: str) -> None:
    rows = [(f"2.{k}.{n:03d}", navn) for n, (k, _, navn) in enumerate(KONTOER, 1)]
    found = pattern(rows, "balanse").scheme.read(nummer)
    assert found is not None
    assert found.kode == kode


def test_undernummer_av_et_kapittel_pa_fire_sifre_rundes_ned() -> None:
    rows = [(f"2{k.ljust(4, '0')}{s}", navn) for k, s, navn in KONTOER]
    found = pattern(rows, "balanse").scheme.read("29201000")
    assert found is not None
    assert (found.kode, found.siffer, found.avrundet) == ("9200", "9201", True)


@pytest.mark.parametrize(
    ("navn", "kapittel", "sektor"),
    [
        ("Lån i Husbanken", "451", "395"),
        ("Lån i Kommunalbanken", "451", "355"),
        ("KLP", "451", "355"),
        ("Premieavvik KLP", "19", "550"),
        ("Refusjon sjukepengar NAV", "16", "610"),
        ("Krav på nabokommunar", "16", "650"),
        ("Forskot til tilsette", "16", "890"),
        ("Kontantkasse", "10", "000"),
        ("Sparebanken Vest", "10", "320"),
        ("Arb.g.avg. av premieavvik KLP", "19", None),  # folketrygden eller pensjonsordningen: begge er nevnt
        ("Aksjer NORD-ØSTERDAL KRAFTLAG", "21", None),  # «nord» er ikke Nordea
        ("Aksjer Lillevik AS", "21", None),
        ("Interim lønn", "32", None),
    ],
)
def test_ordene_sier_sektoren_bare_nar_de_er_enige(navn: str, kapittel: str, sektor: str | None) -> None:
    assert spoken(navn, kapittel, SEKTORER).kode == sektor


@pytest.mark.parametrize(
    ("overskrift", "sektor"),
    [
        ("320", "320"),
        ("320 Banker", "320"),
        ("80", "080"),
        ("0", "000"),
        ("Kortsiktig gjeld / 610", "610"),
        ("2024", None),
        ("999", None),
        ("Helse og omsorg", None),
        ("", None),
    ],
)
def test_sektorkolonnen_leses_og_tapte_nuller_settes_tilbake(overskrift: str, sektor: str | None) -> None:
    assert in_column(overskrift, SEKTORER) == sektor


def test_sektor_som_bare_er_sluttet_av_ord_ma_bekreftes() -> None:
    named, likely = judged([("", "Lån i Husbanken"), ("", "Skyldige feriepenger")])
    assert (named.sektor, likely.sektor) == ("395", "890")
    assert "sektor-antatt" not in flags(named)
    assert "sektor-antatt" in flags(likely)


def test_nar_sektoren_ikke_er_kjent_er_den_tom_og_flagget_nevner_de_vanlige() -> None:
    (answer,) = judged([("", "Disposisjonsfond")])
    assert (answer.kode, answer.sektor) == ("56", None)
    (flagg,) = (f for f in answer.flagg if f.id == "sektor-mangler")
    assert "000, 070 eller 080" in flagg.melding


def test_kommunens_vane_gjelder_kapitler_uten_motpart() -> None:
    rows = [(f"2{k}{s}{n:02d}", navn) for n, (k, s, navn) in enumerate(KONTOER, 1)]
    *_, fond, lan = judged([*rows, ("", "Disposisjonsfond"), ("", "Andre utlån")])
    assert (fond.kode, fond.sektor) == ("56", "080")
    assert any("4 av 4" in b.melding for b in fond.begrunnelse)
    assert lan.sektor is None


def test_uvanlig_ugyldig_og_motsagt_sektor_blir_flagget() -> None:
    rows = [(f"2{k}{s}{n:02d}", navn) for n, (k, s, navn) in enumerate(KONTOER, 1)]
    bygg, ukjent, lan = judged([*rows, ("22732099", "Barnehagebygg"), ("21077799", "Bankkonto"), ("245132099", "Lån i Husbanken")])[-3:]  # fmt: skip
    assert (bygg.sektor, flags(bygg)) == ("320", {"sektor-kapittel"})
    assert "sektor-ugyldig" in flags(ukjent)
    assert any("777" in f.melding and "013" in f.melding for f in ukjent.flagg)
    assert (lan.sektor, flags(lan)) == ("320", {"sektor-mot-navn"})


def test_navn_som_sier_eiendel_pa_en_gjeldskonto_blir_aldri_sikkert() -> None:
    rows = [(f"2{k}{s}{n:02d}", navn) for n, (k, s, navn) in enumerate(KONTOER, 1)]
    fordring, gjeld = judged([*rows, ("23261099", "Fordring på staten"), ("21661099", "Skyldig til staten")])[-2:]
    assert all("side-mot-navn" in flags(a) and a.status != "sikker" for a in (fordring, gjeld))


@pytest.mark.parametrize(
    ("nummer", "navn"), [("21032099", "Skattetrekk bundet konto"), ("245139599", "Lån til videre utlån")]
)
def test_navn_som_bare_likner_den_andre_siden_er_ikke_motsagt(nummer: str, navn: str) -> None:
    rows = [(f"2{k}{s}{n:02d}", tekst) for n, (k, s, tekst) in enumerate(KONTOER, 1)]
    assert flags(judged([*rows, (nummer, navn)])[-1]) == set()


def test_overskriften_skiller_like_navn() -> None:
    (asset,) = judged([("", "Premieavvik")], overskrift="Omløpsmidler")
    (debt,) = judged([("", "Premieavvik")], overskrift="Kortsiktig gjeld")
    (open_,) = judged([("", "Premieavvik")])
    assert (asset.kode, debt.kode) == ("19", "39")
    assert open_.status == "tvetydig"
    assert {f.kode for f in open_.forslag[:2]} == {"19", "39"}


def test_utgatt_kapittel_gir_etterfolgerne() -> None:
    rows = [(f"2.{k}.{n:03d}", navn) for n, (k, _, navn) in enumerate(KONTOER, 1)]
    *_, answer = judged([*rows, ("2.45.001", "Andre lån")])
    assert answer.status == "utgatt"
    assert {f.kode for f in answer.forslag} == {"451", "452", "453", "454"}
    *_, gammel = judged([*rows, ("2.45.001", "Andre lån")], aar=2023)
    assert gammel.kode == "45"


@pytest.mark.parametrize(
    ("navn", "aar", "kode"),
    [
        ("Leverandørgjeld", 2026, "35"),
        ("Leverandørgjeld", 2019, "32"),
        ("Refusjon sykepenger", 2019, "13"),
        ("Lån i Husbanken", 2023, "45"),
        ("Lån i Husbanken", 2024, "451"),
    ],
)
def test_ordene_folger_koden_som_gjaldt_i_aret(navn: str, aar: int, kode: str) -> None:
    (answer,) = judged([("", navn)], aar=aar)
    assert answer.kode == kode


def test_i_et_kapittel_som_er_delt_ma_et_menneske_velge_mellom_nummeret_og_navnet() -> None:
    rows = [(f"2{k}{s}{n:02d}", tekst) for n, (k, s, tekst) in enumerate(KONTOER, 1)]
    answer = judged([*rows, ("21361099", "Refusjon sykepenger NAV")])[-1]
    assert answer.status in {"usikker", "tvetydig"}
    assert {f.kode for f in answer.forslag} >= {"13", "16"}
    assert "nummer-mot-navn" in flags(answer)


def test_kirken_rapporterer_balansen_uten_sektor() -> None:
    answers = judged([("5.10.320", "Bankinnskudd"), ("5.32.610", "Annen kortsiktig gjeld")], regnskap="kirke")
    assert [(a.kode, a.sektor) for a in answers] == [("10", None), ("32", None)]
    assert not any(f.startswith("sektor") for a in answers for f in flags(a))


def test_det_et_menneske_har_avgjort_blir_staende() -> None:
    konto = Konto("p", "Balanse", 1, 0, "balanse", "", "Skyldige feriepenger", "2")
    (answer,) = judged([("", "Skyldige feriepenger")])
    chosen = replace(answer, status="avgjort", sektor="610", flagg=())
    assert assign([konto], [chosen], None, KODEVERK) == [chosen]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text("0123456789.", max_size=10), st.sampled_from([n for *_, n in KONTOER])), max_size=8))
def test_sektoren_er_alltid_gyldig_eller_tom_og_tom_sektor_er_flagget(rows: list[tuple[str, str]]) -> None:
    for answer in judged(rows):
        assert answer.sektor is None or answer.sektor in SEKTORER
        assert answer.kode is None or answer.sektor or "sektor-mangler" in flags(answer)


def test_hvert_kapittel_er_beskrevet_og_alle_koder_finnes() -> None:
    known = balance()
    plans = (KODEVERK, Kodeverk.for_aar(2026, "sbdr-kommune"))
    chapters = {k.kode for plan in plans for k in plan.kjente("kapittel")}
    sectors = {k.kode for k in KODEVERK.kjente("sektor")}
    assert chapters <= known.kapitler.keys()
    assert {s for c in known.kapitler.values() for s in c.sektorer} <= sectors
    assert {w.sektor for w in known.sektorord} <= sectors
    assert {k for w in known.sektorord for k in w.kapitler} <= chapters
    assert {c.gruppe for c in known.kapitler.values()} == GRUPPER.keys()
    described = {f.kode for f in KODEVERK.omfatter("kapittel")}
    assert {k.kode for k in KODEVERK.koder("kapittel")} <= described  # særbedriftene har de samme og tre til
    assert all(c.kilde for c in known.kapitler.values())


def test_skadet_balansefil_sier_hvor(tmp_path: Path) -> None:
    folder = tmp_path / "balanse"
    folder.mkdir()
    for name in ("kapitler.csv", "sektorord.csv", "gruppeord.csv"):
        text = data_path(f"rules/balanse/{name}").read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("omlop", "omløp", 1), encoding="utf-8")
    with pytest.raises(Exception, match=r"kapitler\.csv, linje 2, kolonnen «gruppe»: gruppen «omløp» finnes ikke"):
        load(tmp_path)
