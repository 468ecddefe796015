"""Fordelingen: hva som føres hvor, rekkefølge, samtidig løsning og hva som nektes."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from fordelhjelp import write_keys, write_ledger
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.errors import UserError
from kontoplan.fordeling.avrunding import divide, divide_to
from kontoplan.usecases.fordel import fordel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fordelhjelp import Cell

    from kontoplan.fordeling.fordeling import Fordeling

Lines = list[dict[str, "Cell"]]
LEDGER = [
    ("01", "10100", "19000", "300", 100_00),
    ("02", "11800", "19000", "300", 50_01),
    ("02", "10100", "20200", "500", 700_00),
    ("03", "10100", "22200", "500", 0),
    ("03", "10100", "26100", "600", 10_00),
]
UNIT = {"Enhet": "Drift", "Funksjon": "19000"}
HALVES: Lines = [
    {"Enhet": "Drift", "Til funksjon": "22200", "Andel": 0.5},
    {"Enhet": "Drift", "Til funksjon": "26100", "Andel": 0.5},
]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Fordeling]:
    def call(
        enheter: Lines, nokler: Lines = (), grunnlag: Lines = (), *, ledger: list = LEDGER, **options: object
    ) -> Fordeling:  # type: ignore[type-arg, assignment]
        keys = write_keys(tmp_path / "nokler.xlsx", enheter, nokler, grunnlag)
        return fordel(write_ledger(tmp_path / "bok.csv", ledger), keys, aar=2026, **options)  # type: ignore[arg-type]

    return call


def sums(answer: Fordeling, *fields: str) -> dict[object, int]:
    found: dict[object, int] = defaultdict(int)
    for line in answer.linjer:
        key = tuple(getattr(line, f) for f in fields)
        found[key if len(fields) > 1 else key[0]] += line.belop_ore
    return dict(found)


def test_per_art_er_posteringene_de_samme_pa_mottakeren(run: Callable[..., Fordeling]) -> None:
    answer = run([UNIT], HALVES)
    assert sums(answer, "funksjon", "konto", "ansvar") == {
        ("19000", "10100", "300"): -100_00,
        ("19000", "11800", "300"): -50_01,
        ("22200", "10100", "300"): 50_00,
        ("26100", "10100", "300"): 50_00,
        ("22200", "11800", "300"): 25_01,
        ("26100", "11800", "300"): 25_00,
    }
    assert [(k.for_ore, k.ut_ore, k.etter_ore, k.bilag) for k in answer.kontroll] == [(150_01, 150_01, 0, "F001")]
    assert {line.dato.isoformat() for line in answer.linjer} == {"2026-12-31"}


def test_med_sum_motes_debet_og_kreditkontoen(run: Callable[..., Fordeling]) -> None:
    answer = run(
        [{**UNIT, "Føring": "sum", "Debetkonto": "12900", "Kreditkonto": "16900"}],
        [{**HALVES[0], "Til ansvar": "500"}, HALVES[1]],
    )
    assert sums(answer, "konto", "funksjon", "ansvar") == {
        ("16900", "19000", "300"): -150_01,
        ("12900", "22200", "500"): 75_01,
        ("12900", "26100", "300"): 75_00,
    }
    assert answer.merknader[0].startswith("«Drift» debiteres på 12900 (art 290), som ikke rapporteres;")
    assert run([{**UNIT, "Føring": "sum", "Debetkonto": "12300", "Kreditkonto": "16900"}], HALVES).merknader == ()


def test_grunnlaget_er_forholdstall_og_enheter_kan_motta(run: Callable[..., Fordeling]) -> None:
    ledger = [*LEDGER, ("01", "10100", "19010", "310", 40_00)]
    answer = run(
        [{**UNIT, "Fordeles etter": "m²"}, {"Enhet": "Lønn", "Funksjon": "19010", "Fordeles etter": "Stillinger"}],
        [],
        [
            {"Til funksjon": "22200", "m²": 3000, "Stillinger": 1},
            {"Til funksjon": "26100", "m²": 1000},
            {"Til enhet": "Drift", "Stillinger": 3},
        ],
        ledger=ledger,
    )
    # Lønn fordeles først: 30,00 til Drift og 10,00 til 22200. Drift har da 180,01.
    assert [[e.navn for e in step.enheter] for step in answer.trinn] == [["Lønn"], ["Drift"]]
    assert sums(answer, "funksjon") == {
        "19000": -150_01,
        "19010": -40_00,
        "22200": 10_00 + 75_00 + 37_51 + 22_50,
        "26100": 45_00,
    }


def test_enheter_som_betjener_hverandre_loses_samtidig(run: Callable[..., Fordeling]) -> None:
    ledger = [("01", "10100", "19000", "300", 100_00), ("01", "10100", "19010", "310", 200_00)]
    answer = run(
        [{"Enhet": "A", "Funksjon": "19000"}, {"Enhet": "B", "Funksjon": "19010"}],
        [
            {"Enhet": "A", "Til enhet": "B", "Andel": "50 %"},
            {"Enhet": "A", "Til funksjon": "22200", "Andel": "50 %"},
            {"Enhet": "B", "Til enhet": "A", "Andel": "1/4"},
            {"Enhet": "B", "Til funksjon": "26100", "Andel": "3/4"},
        ],
        ledger=ledger,
    )
    assert answer.trinn[0].samtidig
    # A = ½·22200 + ½·B og B = ¼·A + ¾·26100, så A = 4/7·22200 + 3/7·26100 og B = 1/7·22200 + 6/7·26100.
    assert {(u.enhet, u.mal): u.andel for u in answer.brukt} == {
        ("A", "funksjon 22200"): Fraction(4, 7),
        ("A", "funksjon 26100"): Fraction(3, 7),
        ("B", "funksjon 22200"): Fraction(1, 7),
        ("B", "funksjon 26100"): Fraction(6, 7),
    }
    assert sums(answer, "funksjon") == {
        "19000": -100_00,
        "19010": -200_00,
        "22200": 57_14 + 28_57,
        "26100": 42_86 + 171_43,
    }


def test_belop_og_rest(run: Callable[..., Fordeling]) -> None:
    answer = run(
        [{**UNIT, "Fordeles etter": "beløp"}],
        [
            {"Enhet": "Drift", "Til funksjon": "22200", "Beløp": "100,00"},
            {"Enhet": "Drift", "Til funksjon": "26100", "Beløp": "rest"},
        ],
    )
    assert sums(answer, "funksjon") == {"19000": -150_01, "22200": 100_00, "26100": 50_01}
    assert sums(answer, "konto") == {"10100": 0, "11800": 0}


def test_en_delt_tjeneste_beholder_sin_egen_del(run: Callable[..., Fordeling]) -> None:
    ledger = [("01", "10100", "20200", "550", 300_00), ("01", "10100", "20200", "500", 999_00)]
    answer = run(
        [{"Enhet": "PPT", "Funksjon": "20200", "Ansvar": "550"}],
        [{"Enhet": "PPT", "Til funksjon": f, "Andel": a} for f, a in (("20200", 60), ("21100", 30), ("21300", 10))],
        ledger=ledger,
    )
    assert sums(answer, "funksjon") == {"20200": -120_00, "21100": 90_00, "21300": 30_00}
    assert [(k.ut_ore, k.blir_ore, k.etter_ore) for k in answer.kontroll] == [(120_00, 180_00, 0)]


def test_per_maned_med_nokkel_som_skifter(run: Callable[..., Fordeling]) -> None:
    nokler: Lines = [
        {"Enhet": "Drift", "Til funksjon": "22200", "Andel": 1, "Til måned": 1},
        {"Enhet": "Drift", "Til funksjon": "26100", "Andel": 1, "Fra måned": 2},
    ]
    answer = run([UNIT], nokler, per="maaned")
    assert sums(answer, "dato", "funksjon") == {
        (answer.linjer[0].dato.replace(month=1, day=31), "19000"): -100_00,
        (answer.linjer[0].dato.replace(month=1, day=31), "22200"): 100_00,
        (answer.linjer[0].dato.replace(month=2, day=28), "19000"): -50_01,
        (answer.linjer[0].dato.replace(month=2, day=28), "26100"): 50_01,
    }
    assert answer.linjer[0].tekst == "Fordeling av Drift, januar 2026"
    with pytest.raises(UserError, match="arket «Nøkler», rad 2: linjen gjelder bare noen måneder"):
        run([UNIT], nokler)


def test_annet_internt_enn_nokkelene_nevnes(run: Callable[..., Fordeling]) -> None:
    answer = run([UNIT], HALVES, ledger=[*LEDGER, ("01", "10100", "19020", "320", 5_00)])
    assert answer.merknader == (
        "Funksjon 19020 (190 Interne serviceenheter) er ikke med i nøklene og står med 5,00 kr (ansvar 320: 5,00).",
    )


@pytest.mark.parametrize(
    ("enheter", "nokler", "message"),
    [
        ([UNIT], [HALVES[0], {**HALVES[1], "Andel": 0.4}], "arket «Nøkler», rad 2, 3: andelene til «Drift» er til sammen 90 % og ikke 100 %"),
        ([UNIT], [{**HALVES[0], "Andel": 1.5}, {**HALVES[1], "Andel": -0.5}], "arket «Nøkler», E3: andelen er negativ"),
        ([UNIT], [HALVES[0], {**HALVES[1], "Til funksjon": "25400"}], "rad 3: funksjon 25400 gikk ut etter 2023; bruk 257 eller 258"),
        ([UNIT], [HALVES[0], {**HALVES[1], "Til funksjon": "19010"}], "rad 3: funksjon 19010 er selv en intern enhet"),
        ([UNIT], [HALVES[0], {**HALVES[1], "Til funksjon": "77"}], "rad 3: funksjonen 77 begynner ikke med noen kjent KOSTRA-funksjon"),
        ([UNIT], [HALVES[0], {**HALVES[1], "Til enhet": "X"}], "rad 3|B3: raden har både Til funksjon og Til enhet"),
        ([{**UNIT, "Konto (art)": "10100"}], HALVES, "rad 2: på funksjon 19000 blir 50,01 kr stående \\(ansvar 300: 50,01\\)"),
        ([{**UNIT, "Fordeles etter": "beløp"}], [{"Enhet": "Drift", "Til funksjon": "22200", "Beløp": 100}], "har 150,01 kr, men beløpene i arket «Nøkler» \\(rad 2\\) er 100,00 kr, så 50,01 kr blir stående"),
        ([{**UNIT, "Fordeles etter": "beløp"}], [{"Enhet": "Drift", "Til funksjon": "22200", "Beløp": -50}, {"Enhet": "Drift", "Til funksjon": "26100", "Beløp": "rest"}], "«Nøkler», rad 2: beløpet -50,00 har motsatt fortegn av det «Drift» har"),
        ([UNIT], [HALVES[0], {**HALVES[1], "Til funksjon": "9999", "KOSTRA-funksjon": "254"}], "rad 3: funksjon 9999 \\(254\\) gikk ut etter 2023"),
        ([{**UNIT, "Fordeles etter": "m2 bygg"}], HALVES, "F2: «Drift» fordeles etter «m2 bygg», som ikke er en kolonne i arket «Grunnlag»"),
        ([{**UNIT, "Funksjon": "190"}], HALVES, "har ingen posteringer i bok.csv"),
        ([UNIT, {"Enhet": "To", "Funksjon": "190*"}], [*HALVES, {"Enhet": "To", "Til funksjon": "22200", "Andel": 1}], "rad 3: «To» og «Drift» \\(rad 2\\) gjelder begge funksjon 19000"),
        ([UNIT, UNIT], HALVES, "«Drift» står også på rad 2"),
        ([{**UNIT, "Føring": "sum"}], HALVES, "må ha både Debetkonto og Kreditkonto"),
        ([UNIT], [{**HALVES[0], "Andel": "halvparten"}], "E2: «halvparten» er ikke et tall"),
    ],
)  # fmt: skip
def test_nokler_som_ikke_gar_opp_nektes_med_raden(
    run: Callable[..., Fordeling], enheter: Lines, nokler: Lines, message: str
) -> None:
    with pytest.raises(UserError, match=message):
        run(enheter, nokler)


RING: Lines = [{"Enhet": "A", "Til enhet": "B", "Andel": 1}, {"Enhet": "B", "Til enhet": "A", "Andel": 1}]
OPEN_RING: Lines = [
    {"Enhet": "A", "Til enhet": "B", "Andel": 1},
    {"Enhet": "B", "Til enhet": "A", "Andel": 0.5},
    {"Enhet": "B", "Til funksjon": "22200", "Andel": 0.5},
]
AB = [{"Enhet": "A", "Funksjon": "19000"}, {"Enhet": "B", "Funksjon": "19010"}]


@pytest.mark.parametrize(
    ("enheter", "nokler", "message"),
    [
        (AB, RING, "«A» \\(rad 2\\), «B» \\(rad 3\\) gir alt til hverandre, så ingenting kommer ut"),
        (
            [{**AB[0], "Steg": 1}, {**AB[1], "Steg": 2}],
            OPEN_RING,
            "rad 3: «B» \\(steg 2\\) gir til «A» \\(steg 1\\), som da alt er fordelt",
        ),
        ([{**AB[0], "Steg": 1}, AB[1]], OPEN_RING, "rad 3: «B» mangler Steg"),
        (
            [AB[0], {**AB[1], "Fordeles etter": "beløp"}],
            [
                OPEN_RING[0],
                {"Enhet": "B", "Til enhet": "A", "Beløp": 1},
                {"Enhet": "B", "Til funksjon": "22200", "Beløp": "rest"},
            ],
            "rad 3: «B» fordeles etter beløp og gir til en enhet som gir tilbake",
        ),
    ],
)
def test_ringer_loses_eller_nektes_med_forklaring(
    run: Callable[..., Fordeling], enheter: Lines, nokler: Lines, message: str
) -> None:
    ledger = [("01", "10100", "19000", "300", 100_00), ("01", "10100", "19010", "310", 50_00)]
    with pytest.raises(UserError, match=message):
        run(enheter, nokler, ledger=ledger)


weights = st.lists(st.fractions(min_value=0, max_value=100, max_denominator=50), min_size=1, max_size=8).filter(any)


@given(st.integers(-(10**12), 10**12), weights)
def test_ingen_ore_blir_borte_i_delingen(ore: int, shares: list[Fraction]) -> None:
    found = divide(ore, shares)
    total = sum(shares)
    assert sum(found) == ore
    assert all(abs(part - ore * share / total) < 1 for part, share in zip(found, shares, strict=True))
    assert all(part == 0 for part, share in zip(found, shares, strict=True) if share == 0)


@given(
    st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=5),
)
def test_faste_belop_gar_opp_bade_per_post_og_per_mottaker(rows: list[int], wanted: list[int]) -> None:
    total = sum(rows)
    if total <= 0:
        return
    columns = divide(total, [Fraction(w + 1) for w in wanted])
    found = divide_to(rows, columns)
    assert [sum(line) for line in found] == rows
    assert [sum(line[j] for line in found) for j in range(len(columns))] == columns


arts = st.sampled_from(["10100", "11800", "12700", "16200"])
months = st.sampled_from(["01", "02", "12"])
posts = st.lists(
    st.tuples(months, arts, st.sampled_from(["19000", "19010", "19020", "20200", "22200"]), st.sampled_from(["300", "310"]), st.integers(-(10**9), 10**9)),
    min_size=1,
    max_size=25,
)  # fmt: skip
small = st.integers(0, 9)


@st.composite
def keys(draw: st.DrawFn) -> tuple[Lines, Lines]:
    """Tre interne enheter som gir litt til hverandre og alltid noe til en funksjon."""
    names = ("A", "B", "C")
    enheter: Lines = []
    nokler: Lines = []
    for nr, name in enumerate(names):
        sums_up = draw(st.booleans())
        enheter.append(
            {"Enhet": name, "Funksjon": f"190{nr}0"}
            | ({"Føring": "sum", "Debetkonto": "12900", "Kreditkonto": "16900"} if sums_up else {})
        )
        given_ = {other: draw(small) for other in names if other != name}
        out = draw(st.integers(1, 9)), draw(small)
        total = sum(given_.values()) + sum(out)
        nokler += [{"Enhet": name, "Til enhet": other, "Andel": f"{w}/{total}"} for other, w in given_.items() if w]
        nokler += [
            {"Enhet": name, "Til funksjon": f, "Andel": f"{w}/{total}"}
            for f, w in zip(("22200", "26100"), out, strict=True)
            if w
        ]
    return enheter, nokler


@given(posts, keys(), st.sampled_from(["aar", "kvartal", "maaned"]))
def test_summen_for_er_summen_etter_pa_oret(
    tmp_path_factory: pytest.TempPathFactory,
    ledger: list[tuple[str, str, str, str, int]],
    given_keys: tuple[Lines, Lines],
    per: str,
) -> None:
    ledger = [*ledger, *(("01", "10100", f"190{nr}0", "300", 1) for nr in range(3))]
    folder = tmp_path_factory.mktemp("f")
    answer = fordel(
        write_ledger(folder / "bok.csv", ledger), write_keys(folder / "n.xlsx", *given_keys), aar=2026, per=per
    )  # type: ignore[arg-type]
    assert sum(line.belop_ore for line in answer.linjer) == 0
    for fields in (("bilag",), ("periode", "bilag"), ("klasse",)):
        assert all(total == 0 for total in sums(answer, *fields).values())
    assert all(k.etter_ore == 0 for k in answer.kontroll)
    after: dict[tuple[str, str], int] = defaultdict(int)
    for _, _, funksjon, _, ore in ledger:
        after[funksjon[:3], "sum"] += ore
    for line in answer.linjer:
        after[line.funksjon[:3], "sum"] += line.belop_ore
    assert after["190", "sum"] == 0
    assert sum(after.values()) == sum(ore for *_, ore in ledger)


def test_et_grunnlag_uten_verdier_nevner_enheten_og_raden(run: Callable[..., Fordeling]) -> None:
    with pytest.raises(UserError, match="kolonnen «m²», som «Drift» \\(arket «Enheter», rad 2\\) fordeles etter, har"):
        run([{**UNIT, "Fordeles etter": "m²"}], [], [{"Til funksjon": "22200", "m²": 0}])
