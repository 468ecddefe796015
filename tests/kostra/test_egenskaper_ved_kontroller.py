from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poster import linje

from kontoplan import UserError, kontroller
from kontoplan.kodeverk.skjemalister import koder, skjemaer
from kontoplan.kostra.oppgave import KVARTALSSKJEMA, MED_ORGNR, lag_oppgave
from kontoplan.kostra.skriv import Post, skriv, tabell
from kontoplan.usecases.kontroller import kontroller_poster

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kostra.oppgave import Oppgave

SKJEMA = [*skjemaer(), *(f"{s}K{k}" for s in KVARTALSSKJEMA for k in "1234")]
ARTER = [
    "010",
    "100",
    "230",
    "290",
    "380",
    "570",
    "590",
    "600",
    "700",
    "780",
    "800",
    "810",
    "870",
    "910",
    "970",
    "990",
    "589",
    "1 ",
    "x",
]
FUNKSJONER = [
    "100",
    "202",
    "290",
    "465",
    "520",
    "800",
    "840",
    "841",
    "850",
    "860",
    "880",
    "899",
    "041",
    "089",
    "254",
    "Z",
    "10",
    "31",
    "9999",
]


def oppgave(skjema: str) -> Oppgave:
    region = "340000" if skjemaer()[skjema[:2]].plan == "fylkeskommune" else "340300"
    return lag_oppgave(skjema=skjema, aar=2026, region=region, orgnr="987654321" if skjema in MED_ORGNR else None)


@st.composite
def filer(draw: Callable[..., object]) -> tuple[str, list[str]]:
    """Et skjema og noen linjer, gode og dårlige om hverandre."""
    skjema = str(draw(st.sampled_from(SKJEMA)))  # type: ignore[call-arg]
    post = st.builds(
        lambda k, f, a, b, s: linje(f"{k} {f} {a.strip()} {b}", skjema, {"skjema": s}),
        st.sampled_from("012345Z"),
        st.sampled_from(FUNKSJONER),
        st.sampled_from(ARTER),
        st.integers(-60, 60).map(str),
        st.sampled_from([skjema[:2]] * 8 + ["0A", "0F", "0B", "0X"]),
    )
    return skjema, draw(st.lists(post, max_size=12))  # type: ignore[return-value]


@given(filer(), st.randoms(use_true_random=False))
def test_rekkefolgen_av_linjene_endrer_bare_linjenumrene(fil: tuple[str, list[str]], tilfeldig: object) -> None:
    skjema, linjer = fil
    stokket = list(linjer)
    tilfeldig.shuffle(stokket)  # type: ignore[attr-defined]

    def dommen(rekke: list[str]) -> Counter[tuple[object, ...]]:
        rapport = kontroller("\n".join(rekke).encode(), skjema=skjema, aar=2026, region="340300")
        return Counter((f.kontroll, f.alvor, tuple(sorted(rekke[n - 1] for n in f.linjer))) for f in rapport.funn)

    assert dommen(linjer) == dommen(stokket)


@given(st.sampled_from(SKJEMA), st.one_of(st.binary(max_size=400), filer().map(lambda f: "\n".join(f[1]).encode())))
def test_enhver_rekke_av_byte_gir_en_rapport(skjema: str, data: bytes) -> None:
    rapport = kontroller(data, skjema=skjema, aar=2026, region="030100", orgnr="958935420")
    found = json.loads(json.dumps(rapport.as_dict(), ensure_ascii=True))
    assert len(found["funn"]) == rapport.antall()
    assert found["fatal"] == (found["hoyeste"] == "FATAL")
    assert all(1 <= n <= rapport.omfang.linjer for f in found["funn"] for n in f["linjer"])


def gyldige_poster(oppgave: Oppgave, belop: list[int], valg: list[int]) -> list[Post]:
    """Et regnskap som går opp, av gyldige koder og ``belop`` (positive)."""

    def lov(dimensjon: str, *, av: Callable[[str], bool]) -> list[str]:
        return sorted(k for k in koder(dimensjon, oppgave.liste, oppgave.avgiver) if av(k))

    klasser, total = oppgave.form.klasser, sum(belop)
    if oppgave.balanse:
        sektorer = [""] if oppgave.skjema == "0G" else lov("sektor", av=str.isdigit)
        eiendeler = lov("kapittel", av=lambda k: k.isdigit() and len(k) == 2 and k <= "29")
        klasse = klasser["balanse"]
        konti = [(k, s) for k in eiendeler for s in sektorer]
        valgt = list(dict.fromkeys(konti[v % len(konti)] for v in valg))
        poster = [Post(klasse, k, s, b) for (k, s), b in zip(valgt, belop, strict=False)]
        return [*poster, Post(klasse, "31", sektorer[0], -sum(p.belop for p in poster))]
    drift, investering = klasser["drift"], klasser["investering"]
    if oppgave.form.plan == "kirke":
        return [Post(drift, "041", "010", total), Post(drift, "041", "830", -total)]
    tjenester = lov(
        "funksjon", av=lambda k: k.isdigit() and 100 <= int(k) < 800 and k not in {"190", "254", "290", "465"}
    )
    arter = lov("art", av=lambda k: "010" <= k < "270") or ["010", "100", "200"]
    konti = [(f, a) for f in tjenester for a in arter]
    valgt = list(dict.fromkeys(konti[v % len(konti)] for v in valg))
    poster = [Post(drift, f, a, b) for (f, a), b in zip(valgt, belop, strict=False)]
    total = sum(p.belop for p in poster)
    fri = (
        [("800", "870", -1), ("840", "800", 1 - total)]
        if oppgave.regional
        else [("870", "500", 1), ("870", "900", -1 - total)]
    )
    poster += [Post(drift, f, a, b) for f, a, b in fri]
    bygg = next(
        f for f in tjenester if not {f} & {"100", "110", "121", "170", "171", "400", "410", "421", "470", "471"}
    )
    return [*poster, Post(investering, bygg, "230", belop[0]), Post(investering, "870", "910", -belop[0])]


@given(
    st.sampled_from(SKJEMA),
    st.lists(st.integers(2, 90_000), min_size=1, max_size=30),
    st.lists(st.integers(0, 10_000), min_size=30, max_size=30),
)
def test_gyldige_data_skrevet_av_oss_gar_igjennom(skjema: str, belop: list[int], valg: list[int]) -> None:
    din = oppgave(skjema)
    rapport = kontroller_poster(gyldige_poster(din, belop, valg), din)
    assert (rapport.hoyeste, rapport.funn) == ("OK", ())


@given(filer())
def test_det_som_skrives_leses_tilbake(fil: tuple[str, list[str]]) -> None:
    skjema, linjer = fil
    poster = [Post(rad[31], rad[32:36].rstrip(), rad[36:39].rstrip(), int(rad[39:])) for rad in linjer]
    din = oppgave(skjema)
    skrevet = skriv(tabell(poster), din).decode()
    assert skrevet.count("\n") == len(poster)
    for post, rad in zip(poster, skrevet.splitlines(), strict=True):
        assert len(rad) == 48
        assert (rad[:2], rad[7:13], rad[13:22].strip()) == (din.skjema, din.region, "".join(din.orgnr))
        assert Post(rad[31], rad[32:36].rstrip(), rad[36:39].rstrip(), int(rad[39:])) == post


@pytest.mark.parametrize(
    "post",
    [
        Post("1", "202", "010", 1_000_000_000),
        Post("1", "20200", "010", 1),
        Post("1", "202", "å", 1),
        Post("1", "202", "0\n1", 1),
    ],
)
def test_en_post_som_ikke_far_plass_er_brukerfeil(post: Post) -> None:
    with pytest.raises(UserError, match=r"^Post 2 har "):
        skriv(tabell([Post("1", "202", "010", 1), post]), oppgave("0A"))


def test_opphavet_folger_med_til_rapporten() -> None:
    poster = [Post("1", "202", "010", 5, "bilag 1"), Post("1", "254", "010", 5, "bilag 2")]
    rapport = kontroller_poster(poster, oppgave("0A"))
    (funn,) = [f for f in rapport.funn if f.kontroll == "010"]
    assert [rapport.opphav[n - 1] for n in funn.linjer] == ["bilag 2"]
    summen = next(g for g in rapport.grupper if g.kontroll == "110")
    assert list(summen.poster) == [1, 2]
