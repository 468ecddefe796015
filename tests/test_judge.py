from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import exp, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.evidence.codes import codes
from kontoplan.judge import Score, decide, prediction_set, temper, weigh
from kontoplan.kodeverk import Kodeverk
from kontoplan.sak import Evidence, Flagg, Sak, Vurdering
from kontoplan.weights import Weights, weights

LISTED = codes(Kodeverk.for_aar(2026), "art")
WEIGHTS = replace(
    weights("art"), rapporteres_ikke=0.0, sikker=0.97, sikker_med_nummer=0.97, uenighet=2.4, ukjent=0.15, dekning=0.95
)
KNOWN = sorted(LISTED.known)
CANDIDATES = LISTED.valid | LISTED.internal | LISTED.dead

VEKT = st.floats(-30, 30, allow_nan=False)
BEVIS = st.builds(
    Evidence,
    st.sampled_from(["nummer", "regel", "ordlyd", "modell", "minne", "gyldighet"]),
    st.sampled_from([*KNOWN, "000", "xyz", "298"]),
    VEKT,
    st.text("abc", max_size=3),
    lest=st.sampled_from(["", "270"]),
)
BEVISENE = st.lists(BEVIS, max_size=25)
FLAGG = st.lists(
    st.sampled_from([Flagg("utgatt", ""), Flagg("kort-navn", ""), Flagg("ulogisk-klasse", "")]), max_size=2
)


def judged(*evidence: Evidence, flagg: tuple[Flagg, ...] = (), fitted: Weights = WEIGHTS) -> Vurdering:
    return decide(Sak("Tekst", "art"), evidence, flagg, LISTED, fitted)


def said(kode: str, weight: float = 20.0, *, lest: str = "") -> Evidence:
    return Evidence("nummer", kode, weight, f"peker på {kode}", lest=lest)


@given(BEVISENE)
def test_sannsynlighetene_summerer_til_en_over_alle_kodene(evidence: list[Evidence]) -> None:
    scores = weigh(evidence, LISTED, WEIGHTS, every=True)
    assert {s.kode for s in scores} == CANDIDATES
    assert len(scores) == len(CANDIDATES)
    assert isclose(sum(s.sannsynlighet for s in scores), 1, abs_tol=1e-12)
    assert all(a.sannsynlighet >= b.sannsynlighet >= 0 for a, b in pairwise(scores))


@given(BEVISENE)
def test_kodene_ingen_taler_om_utelates_uten_at_noe_annet_endres(evidence: list[Evidence]) -> None:
    every = {s.kode: s for s in weigh(evidence, LISTED, WEIGHTS, every=True)}
    some = weigh(evidence, LISTED, WEIGHTS)
    assert {e.kode for e in evidence} & CANDIDATES <= {s.kode for s in some}
    for score in some:
        full = every[score.kode]
        assert score.sum == full.sum
        assert isclose(score.sannsynlighet, full.sannsynlighet, rel_tol=1e-12)
        assert isclose(score.motvekt, full.motvekt, rel_tol=1e-9, abs_tol=1e-9)
    assert isclose(some[0].sannsynlighet, max(s.sannsynlighet for s in every.values()), rel_tol=1e-12)


@given(BEVISENE, FLAGG)
def test_leddene_som_vises_summerer_til_sannsynligheten_som_vises(evidence: list[Evidence], flagg: list[Flagg]) -> None:
    answer = decide(Sak("Tekst", "art"), evidence, flagg, LISTED, WEIGHTS)
    total = answer.utgangspunkt + sum(b.bidrag for b in answer.begrunnelse) + answer.motvekt
    assert isclose(1 / (1 + exp(-total)), answer.sannsynlighet, rel_tol=1e-9)
    if answer.sannsynlighet < 1 - 1e-6:
        assert isclose(total, log(answer.sannsynlighet / (1 - answer.sannsynlighet)), abs_tol=1e-6)


def test_leddene_summerer_ogsa_nar_alle_andre_koder_er_utenkelige() -> None:
    answer = judged(said("115", 2000.0))
    total = answer.utgangspunkt + sum(b.bidrag for b in answer.begrunnelse) + answer.motvekt
    assert answer.sannsynlighet == 1
    assert total > 1900


@given(BEVISENE, FLAGG, st.randoms(use_true_random=False))
def test_rekkefolgen_pa_bevisene_betyr_ingenting(evidence: list[Evidence], flagg: list[Flagg], random: object) -> None:
    shuffled = list(evidence)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert weigh(shuffled, LISTED, WEIGHTS) == weigh(evidence, LISTED, WEIGHTS)
    sak = Sak("Tekst", "art")
    one, other = (decide(sak, e, flagg, LISTED, WEIGHTS) for e in (evidence, shuffled))
    assert replace(one, begrunnelse=()) == replace(other, begrunnelse=())
    assert [(b.bevis, b.melding, b.bidrag) for b in one.begrunnelse] == [
        (b.bevis, b.melding, b.bidrag) for b in other.begrunnelse
    ]


@given(BEVISENE, st.sampled_from(sorted(LISTED.valid)), st.floats(0, 20))
def test_mer_stotte_gjor_aldri_en_kode_mindre_sannsynlig(evidence: list[Evidence], kode: str, weight: float) -> None:
    def probability(extra: list[Evidence]) -> float:
        return next(s.sannsynlighet for s in weigh(evidence + extra, LISTED, WEIGHTS, every=True) if s.kode == kode)

    assert probability([said(kode, weight)]) >= probability([]) - 1e-12


@given(BEVISENE, FLAGG)
def test_koden_er_alltid_gyldig_og_mangler_bare_nar_statusen_sier_det(
    evidence: list[Evidence], flagg: list[Flagg]
) -> None:
    answer = decide(Sak("Tekst", "art"), evidence, flagg, LISTED, WEIGHTS)
    assert answer.kode is None or answer.kode in LISTED.valid
    assert (answer.kode is None) == (answer.status in {"ukjent", "internt"}) or answer.status == "utgatt"
    assert {f.kode for f in answer.forslag} <= CANDIDATES
    assert 0 <= answer.sannsynlighet <= 1
    if answer.status == "sikker":
        assert answer.sannsynlighet >= WEIGHTS.sikker
    if answer.status == "internt":
        members = prediction_set(weigh(evidence, LISTED, WEIGHTS), WEIGHTS.dekning)
        assert not {s.kode for s in members} & LISTED.valid


@given(BEVISENE, st.floats(0.01, 1), st.floats(0.01, 1))
def test_mengden_vokser_med_dekningen(evidence: list[Evidence], one: float, other: float) -> None:
    scores = weigh(evidence, LISTED, WEIGHTS)
    small, large = (prediction_set(scores, c) for c in sorted((one, other)))
    assert large[: len(small)] == small
    assert sum(s.sannsynlighet for s in large) >= max(one, other) or large == scores
    assert sum(s.sannsynlighet for s in small[:-1]) < min(one, other)


def test_mengden_er_alle_kodene_nar_dekningen_aldri_nas() -> None:
    scores = (Score("a", 0, 0, 0.5), Score("b", 0, 0, 0.4))
    assert prediction_set(scores, 0.99) == scores


def test_sikker_nar_ett_svar_er_godt_underbygd() -> None:
    answer = judged(said("115"))
    assert (answer.kode, answer.status) == ("115", "sikker")
    assert answer.forslag[0].navn == "Matvarer"
    assert [b.bevis for b in answer.begrunnelse] == ["nummer", "gyldighet"]


def test_navnet_alene_kan_ha_en_annen_terskel_enn_nummeret() -> None:
    strict = replace(WEIGHTS, sikker=0.99999, sikker_med_nummer=0.97)
    for bevis, status in (("nummer", "sikker"), ("ordlyd", "usikker")):
        evidence = [Evidence(bevis, "115", 12.0, "")]  # type: ignore[arg-type]
        answer = decide(Sak("Tekst", "art"), evidence, (), LISTED, strict)
        assert 0.97 < answer.sannsynlighet < 0.99999
        assert answer.status == status


def test_usikker_nar_mengden_av_koder_er_for_stor() -> None:
    answer = judged(*(said(kode, 9.0) for kode in ("100", "110", "115", "120", "130")))
    assert answer.status == "usikker"
    assert len(answer.forslag) == 3


def test_tvetydig_nar_noen_fa_koder_er_like_aktuelle() -> None:
    answer = judged(said("115"), said("260"))
    assert answer.status == "tvetydig"
    assert {f.kode for f in answer.forslag} == {"115", "260"}
    assert answer.kode == answer.forslag[0].kode


def test_ukjent_nar_ingen_sier_noe() -> None:
    answer = judged()
    assert (answer.kode, answer.status) == (None, "ukjent")
    assert answer.sannsynlighet < WEIGHTS.ukjent


def test_utgatt_nar_et_palitelig_nummer_er_en_utgatt_kode() -> None:
    answer = judged(said("271", lest="270"), said("272", lest="270"), flagg=(Flagg("utgatt", "270 gikk ut"),))
    assert answer.status == "utgatt"
    assert answer.kode in {"271", "272"}
    assert {f.kode for f in answer.forslag} == {"271", "272"}


def test_upalitelige_nummer_gjor_ikke_en_konto_utgatt() -> None:
    assert judged(said("271", lest="270")).status == "sikker"


def test_utgatt_uten_etterfolger_har_ingen_kode() -> None:
    dead = min(LISTED.dead)
    answer = judged(said(dead, lest=dead), flagg=(Flagg("utgatt", ""),))
    assert (answer.kode, answer.status, answer.forslag) == (None, "utgatt", ())
    assert (judged(said(dead)).kode, judged(said(dead)).status) == (None, "utgatt")


def test_internt_nar_bare_en_intern_kode_er_aktuell() -> None:
    answer = judged(said("290"))
    assert (answer.kode, answer.status) == (None, "internt")


def test_en_konto_tas_ikke_ut_av_rapporten_pa_et_los_grunnlag() -> None:
    answer = judged(said("690", 5.0), said("170", 4.8), said("500", 4.6))
    assert (answer.kode, answer.status) == (None, "ukjent")
    assert [f.kode for f in answer.forslag] == ["690", "170", "500"]


def test_ingenting_blir_sikkert_nar_terskelen_ikke_kan_nas() -> None:
    never = replace(WEIGHTS, sikker=1.01, sikker_med_nummer=1.01)
    assert judged(said("115"), fitted=never).status == "usikker"


@pytest.mark.parametrize("flagg", ["nummer-mot-navn", "utgatt", "bare-investering", "bare-drift", "kort-navn"])
def test_noen_flagg_gjor_at_et_menneske_ma_se_pa_raden(flagg: str) -> None:
    answer = judged(said("115"), flagg=(Flagg(flagg, ""),))
    assert answer.status == "usikker"
    assert answer.kode == "115"
    assert answer.flagg == (Flagg(flagg, ""),)


@pytest.mark.parametrize("flagg", ["lokalt-utgaar", "ulogisk-klasse"])
def test_andre_flagg_er_bare_opplysninger(flagg: str) -> None:
    assert judged(said("115"), flagg=(Flagg(flagg, ""),)).status == "sikker"


def spoken(kode: str, weight: float) -> Evidence:
    return Evidence("ordlyd", kode, weight, f"likner på {kode}")


def test_nar_navnet_tydelig_sier_noe_annet_vinner_ikke_nummeret_med_mer_enn_det_har_gjort_for() -> None:
    evidence = [said("260", 14.0), spoken("115", 9.0)]
    tempered = [*evidence, *temper(evidence, LISTED, WEIGHTS)]
    best = weigh(tempered, LISTED, WEIGHTS)[0]
    assert best.kode == "260"
    assert log(best.sannsynlighet / (1 - best.sannsynlighet)) == pytest.approx(WEIGHTS.uenighet)


def test_et_nummer_som_allerede_veier_lite_trekkes_ikke_ned() -> None:
    assert temper([said("260", 5.0), spoken("115", 9.0)], LISTED, WEIGHTS) == []
    assert temper([], LISTED, WEIGHTS) == []


@given(BEVISENE)
def test_uenigheten_gjor_aldri_nummeret_sikrere(evidence: list[Evidence]) -> None:
    pointed = {e.kode for e in evidence if e.bevis == "nummer"}
    assert all(e.kode in pointed and e.weight < 0 for e in temper(evidence, LISTED, WEIGHTS))
