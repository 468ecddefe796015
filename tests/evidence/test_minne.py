"""Det et menneske har avgjort, gjelder; det som likner, taler med; og leddene summerer til det som vises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp, inf, isclose
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.avgjorelse import Avgjorelse, Svar
from kontoplan.evidence import memory
from kontoplan.evidence.codes import codes
from kontoplan.evidence.memory import Memory
from kontoplan.kodeverk import Kodeverk
from kontoplan.lesing import Konto
from kontoplan.nokkel import account_key, context_key
from kontoplan.sak import Andel, Kontekst
from kontoplan.usecases.koble import judge_accounts
from kontoplan.weights import weights

if TYPE_CHECKING:
    from kontoplan.sak import Dimensjon, Vurdering

NAAR = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)


def konto(nummer: str, navn: str, dimensjon: Dimensjon = "art", **kontekst: str) -> Konto:
    return Konto("plan.xlsx", "A", 1, 0, dimensjon, nummer, navn, None, Kontekst(**kontekst))


MAT, KONSULENT = konto("11150", "Matvarer"), konto("12700", "Konsulenter")
DIVERSE, YMSE = konto("14990", "Diverse"), konto("7", "Ymse")


def avgjort(om: Konto, svar: str | Svar, *, dager: int = 0, **andre: object) -> Avgjorelse:
    said = Svar("kode", svar) if isinstance(svar, str) else svar
    grunn = Avgjorelse(
        konto=account_key(om), sammenheng="", dimensjon=om.dimensjon, lokal_kode=om.lokal_kode, lokal_navn=om.lokal_navn,
        svar=said, aar=2025, regnskap="kommune", kommune="", hvem="Kari", naar=NAAR + timedelta(days=dager), kommentar="",
        fil=f"{dager}.koblet.xlsx", ark="Kobling", rad=7,
    )  # fmt: skip
    return replace(grunn, **andre)  # type: ignore[arg-type]


def judged(om: Konto, *known: Avgjorelse, aar: int = 2026) -> Vurdering:
    (answer,) = judge_accounts([om], Kodeverk.for_aar(aar), Memory(known, aar))
    return answer


def probability(om: Konto, kode: str, *known: Avgjorelse) -> float:
    return next((f.sannsynlighet for f in judged(om, *known).forslag if f.kode == kode), 0.0)


def test_en_avgjort_konto_har_koden_og_sier_hvem_nar_og_hvor() -> None:
    svar = judged(MAT, avgjort(MAT, "120", kommentar="Jf. møte 3. mars"))
    assert (svar.kode, svar.status, svar.sannsynlighet) == ("120", "avgjort", 1.0)
    assert [f.kode for f in svar.forslag] == ["120"]
    first, second, *_ = svar.begrunnelse
    assert first.melding == "Avgjort av Kari den 12.03.2026 i 0.koblet.xlsx: 120 for 2025. «Jf. møte 3. mars»"
    assert first.kilde == "0.koblet.xlsx, arket Kobling, rad 7"
    assert second.melding == "Uten avgjørelsen hadde programmet foreslått 115 Matvarer."


def test_uten_navn_pa_den_som_avgjorde_star_bare_dagen() -> None:
    assert "Avgjort den 12.03.2026 i" in judged(MAT, avgjort(MAT, "115", hvem="")).begrunnelse[0].melding


def test_det_et_menneske_har_sett_pa_flagges_ikke_igjen_men_det_ulovlige_gjor() -> None:
    odd = konto("12600", "Matvarer")
    assert "nummer-mot-navn" in {f.id for f in judged(odd).flagg}
    assert judged(odd, avgjort(odd, "115")).flagg == ()
    investment = konto("11150", "Matvarer (Utgår f.o.m. 2027)")
    flags = {f.id for f in judged(investment, avgjort(investment, "529")).flagg}
    assert flags == {"lokalt-utgaar", "bare-investering"}


def test_en_kode_som_er_gatt_ut_gir_utgatt_med_etterfolgerne() -> None:
    svar = judged(KONSULENT, avgjort(KONSULENT, "270"))
    assert svar.status == "utgatt"
    assert {f.kode for f in svar.forslag} == {"271", "272"}
    assert svar.kode == svar.forslag[0].kode
    (flagg,) = (f for f in svar.flagg if f.id == "utgatt")
    assert flagg.melding == "Kontoen ble avgjort til 270 for 2025. Art 270 gikk ut etter 2025. Bruk 271 eller 272."
    assert judged(KONSULENT, avgjort(KONSULENT, "270"), aar=2025).status == "avgjort"


def test_en_kode_uten_etterfolger_gir_utgatt_uten_kode() -> None:
    kodeverk = Kodeverk.for_aar(2026)
    dead = next(k.kode for k in kodeverk.utgatte("art") if not kodeverk.etterfolgere("art", k.kode)
                and not kodeverk.intern("art", k.kode))  # fmt: skip
    svar = judged(DIVERSE, avgjort(DIVERSE, dead))
    assert (svar.kode, svar.status, svar.forslag) == (None, "utgatt", ())


def test_en_kode_som_ikke_finnes_i_aret_brukes_ikke() -> None:
    assert judged(MAT, avgjort(MAT, "272", aar=2026), aar=2025).status != "avgjort"


def test_rapporteres_ikke_er_internt_og_en_fordeling_har_andeler() -> None:
    internal = judged(DIVERSE, avgjort(DIVERSE, Svar("rapporteres ikke")))
    assert (internal.kode, internal.status, internal.sannsynlighet) == (None, "internt", 1.0)
    assert judged(DIVERSE, avgjort(DIVERSE, "290")).status == "internt"
    shares = (Andel("115", 0.6, "timer"), Andel("120", 0.4, ""))
    split = judged(DIVERSE, avgjort(DIVERSE, Svar("fordeles", fordeling=shares)))
    assert (split.kode, split.status, split.fordeling) == (None, "fordeles", shares)


def test_en_fordeling_pa_en_utgatt_kode_ma_bestemmes_pa_nytt() -> None:
    split = Svar("fordeles", fordeling=(Andel("270", 0.6, "timer"), Andel("120", 0.4, "")))
    svar = judged(DIVERSE, avgjort(DIVERSE, split))
    assert [(a.kode, a.andel) for a in svar.fordeling] == [("271", None), ("272", None), ("120", 0.4)]
    assert [f.id for f in svar.flagg] == ["utgatt"]


def test_sektoren_som_ble_avgjort_gjelder_foran_den_i_nummeret() -> None:
    bank = konto("21032001", "Bankinnskudd", "balanse")
    assert judged(bank, avgjort(bank, Svar("kode", "13", "080"))).sektor == "080"
    assert judged(bank, avgjort(bank, "13")).kode == "13"


def test_avgjorelsen_for_en_sammenheng_gjelder_bare_der() -> None:
    skole, barnehage = (konto("14990", "Diverse", ansvar=navn) for navn in ("100 Skole", "200 Barnehage"))
    only_school = avgjort(skole, "120", sammenheng=context_key(skole))
    assert judged(skole, only_school).status == "avgjort"
    assert judged(barnehage, only_school).status != "avgjort"
    assert probability(barnehage, "120", only_school) > probability(barnehage, "120")


def test_den_siste_avgjorelsen_gjelder_og_en_annens_motsigelse_flagges() -> None:
    first, second = avgjort(MAT, "115"), avgjort(MAT, "120", dager=9, hvem="Ola")
    svar = judged(MAT, first, second)
    assert (svar.kode, svar.status) == ("120", "avgjort")
    (flagg,) = svar.flagg
    assert flagg.id == "minne-uenig"
    assert "120 av Ola den 21.03.2026, men før det til 115 av Kari den 12.03.2026" in flagg.melding


@pytest.mark.parametrize(
    "second",
    [
        avgjort(MAT, "120", dager=9),
        avgjort(MAT, "120", dager=9, hvem="", fil="0.koblet.xlsx"),
        avgjort(MAT, "115", dager=9, hvem="Ola"),
    ],
    ids=["samme person", "samme fil", "samme svar"],
)
def test_en_rettelse_er_ingen_motsigelse(second: Avgjorelse) -> None:
    assert judged(MAT, avgjort(MAT, "115"), second).flagg == ()


def test_en_avgjorelse_for_et_senere_ar_viker() -> None:
    assert judged(MAT, avgjort(MAT, "120", aar=2026), avgjort(MAT, "115", aar=2025), aar=2025).kode == "115"
    assert judged(MAT, avgjort(MAT, "120", aar=2026), aar=2025).kode == "120"


@pytest.mark.parametrize(
    "earlier",
    [konto("99", "Ymse"), konto("99", "YMSE."), konto("7", "Greier og sånt")],
    ids=["samme navn", "samme navn skrevet annerledes", "samme nummer"],
)
def test_det_som_likner_taler_med_men_avgjor_ikke(earlier: Konto) -> None:
    svar = judged(YMSE, avgjort(earlier, "120"))
    assert svar.status != "avgjort"
    assert probability(YMSE, "120", avgjort(earlier, "120")) > probability(YMSE, "120")
    assert any(b.bevis == "minne" and "avgjort til 120" in b.melding for b in svar.begrunnelse)


def test_samme_navn_sier_mindre_om_en_funksjon_enn_om_en_art() -> None:
    kodeverk, said = Kodeverk.for_aar(2026), {}
    for dimensjon in ("art", "funksjon"):
        one, other = (konto(nummer, "Ymse", dimensjon) for nummer in ("7", "99"))  # type: ignore[arg-type]
        recalled = Memory([avgjort(other, "120")], 2026).recall(one)
        assert recalled
        (evidence,) = memory.testify(recalled, codes(kodeverk, dimensjon), weights(dimensjon).minne)  # type: ignore[arg-type]
        said[dimensjon] = evidence.weight
    assert said["art"] > said["funksjon"] > 0


def test_det_som_ikke_likner_sier_ingenting() -> None:
    assert judged(DIVERSE, avgjort(MAT, "115")) == judged(DIVERSE)
    assert Memory([avgjort(MAT, "115")], 2026).recall(konto("11150", "Matvarer", "funksjon")) is None


def test_mange_like_avgjorelser_teller_som_en() -> None:
    many = [avgjort(konto(str(n), "Ymse"), "120") for n in range(100, 200)]
    assert judged(YMSE, *many).sannsynlighet == judged(YMSE, many[0]).sannsynlighet


SAKER = st.builds(
    konto,
    st.sampled_from(["11150", "12700", "12600", ""]),
    st.sampled_from(["Matvarer", "Konsulenter", "Diverse", "x"]),
)
SVAR = st.one_of(
    st.sampled_from(["115", "120", "270", "290", "272", "999"]).map(lambda k: Svar("kode", k)),
    st.just(Svar("rapporteres ikke")),
    st.just(Svar("fordeles", fordeling=(Andel("115", 0.5, ""), Andel("270", 0.5, "")))),
)
AVGJORELSER = st.builds(avgjort, SAKER, SVAR, dager=st.integers(0, 9), hvem=st.sampled_from(["Kari", "Ola", ""]))


@given(SAKER, st.lists(AVGJORELSER, max_size=5), st.sampled_from([2025, 2026]))
def test_leddene_summerer_til_sannsynligheten_ogsa_med_minne(om: Konto, known: list[Avgjorelse], aar: int) -> None:
    svar = judged(om, *known, aar=aar)
    total = svar.utgangspunkt + sum(b.bidrag for b in svar.begrunnelse) + svar.motvekt
    assert isclose(1 / (1 + exp(-total)), svar.sannsynlighet, rel_tol=1e-9)
    assert (svar.sannsynlighet == 1) == (total == inf)
    assert (svar.kode is None) <= (svar.status in {"ukjent", "internt", "fordeles", "utgatt"})
    if svar.status == "avgjort":
        assert svar.begrunnelse[0].bevis == "minne"
