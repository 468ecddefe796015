from __future__ import annotations

import csv
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from kontoplan.data import data_path
from kontoplan.kodeverk import HELLER_ORD, KODEDIMENSJONER, Kodedimensjon, Kodeverk
from kontoplan.kodeverk.vilkar import holds
from kontoplan.sak import Regnskap

AAR = st.sampled_from(Kodeverk.alle_aar())
REGNSKAP: st.SearchStrategy[Regnskap] = st.sampled_from(get_args(Regnskap))
KODEVERK = st.builds(Kodeverk.for_aar, AAR, REGNSKAP)
DIMENSJON: st.SearchStrategy[Kodedimensjon] = st.sampled_from(KODEDIMENSJONER)


@given(AAR, REGNSKAP, DIMENSJON)
def test_hver_gyldig_kode_har_navn_kilde_og_gyldig_ar(aar: int, regnskap: Regnskap, dimensjon: Kodedimensjon) -> None:
    kodeverk = Kodeverk.for_aar(aar, regnskap)
    for kode in kodeverk.koder(dimensjon) + kodeverk.betingede(dimensjon):
        assert kode.navn
        assert kode.kilde
        assert kode.sikkerhet
        assert kode.til is None or kode.til >= aar
        assert kode.fra is None or kode.fra <= aar


@given(AAR, REGNSKAP, DIMENSJON)
def test_etterfolgere_av_utgatte_koder_gjelder(aar: int, regnskap: Regnskap, dimensjon: Kodedimensjon) -> None:
    kodeverk = Kodeverk.for_aar(aar, regnskap)
    valid = {k.kode for k in kodeverk.koder(dimensjon) + kodeverk.betingede(dimensjon)}
    for kode in kodeverk.utgatte(dimensjon):
        assert kode.kode not in valid
        assert set(kodeverk.etterfolgere(dimensjon, kode.kode)) <= valid
    for kode_ in valid:
        assert kodeverk.etterfolgere(dimensjon, kode_) == ()


@given(KODEVERK, DIMENSJON, st.text(max_size=12), st.text(max_size=4), st.text(max_size=4))
def test_ingen_tekst_gir_feil(kodeverk: Kodeverk, dimensjon: Kodedimensjon, kode: str, klasse: str, annen: str) -> None:
    assert kodeverk.finnes(dimensjon, kode) == (kode in {k.kode for k in kodeverk.koder(dimensjon)})
    assert bool(kodeverk.navn(dimensjon, kode)) == (kodeverk.kode(dimensjon, kode) is not None)
    kodeverk.etterfolgere(dimensjon, kode)
    kodeverk.forgjengere(dimensjon, kode)
    kodeverk.avledet(dimensjon, kode)
    kodeverk.sluttaar(dimensjon, kode)
    kodeverk.intern(dimensjon, kode)
    kodeverk.bare(dimensjon, kode)
    kodeverk.avgrensning(dimensjon, kode)
    kodeverk.klasse(klasse)
    kodeverk.kombinasjon(kontoklasse=klasse, funksjon=kode, art=annen)


@given(st.text(alphabet="0123456789", max_size=9), st.text(alphabet="0123456789", max_size=9))
def test_vilkar_og_det_motsatte_er_aldri_begge_sanne(region: str, orgnr: str) -> None:
    assert holds("region=030100|030101-030115", region=region, orgnr=orgnr) != holds(
        "region!=030100|030101-030115", region=region, orgnr=orgnr
    )


def test_alle_hverdagsord_er_med() -> None:
    with data_path("rules/avgrensninger/omfatter.csv").open(encoding="utf-8", newline="") as file:
        lines = [(row["dimensjon"], row["kode"], row["tekst"]) for row in csv.DictReader(file)]
    found = {
        (f.dimensjon, f.kode, f.tekst)
        for regnskap in ("kommune", "sbdr-kommune")
        for dimensjon in KODEDIMENSJONER
        for f in Kodeverk.for_aar(regnskap=regnskap).omfatter(dimensjon, utgatte=True)
    }
    assert set(lines) == found
    assert len(lines) == len(found)


def test_hver_kode_en_kommune_kan_bruke_har_hverdagsord() -> None:
    now = Kodeverk.for_aar()
    for dimensjon in ("funksjon", "art"):
        assert {f.kode for f in now.omfatter(dimensjon)} == {k.kode for k in now.koder(dimensjon)}


def test_det_avgrensningene_viser_til_finnes() -> None:
    now = Kodeverk.for_aar()
    for dimensjon in ("funksjon", "art"):
        for kode in now.kjente(dimensjon):
            found = now.avgrensning(dimensjon, kode.kode)
            if found is None:
                continue
            for other in (*found.forveksles_med, *(g.heller for g in found.omfatter_ikke)):
                assert other in HELLER_ORD or now.kode(dimensjon, other)


def test_endringene_stemmer_med_listene_og_etterfolgerne() -> None:
    path = data_path("rules/kodeverk/endringer.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if "kirke" not in r["merknad"]]
    every = [Kodeverk.for_aar(aar, regnskap) for aar in Kodeverk.alle_aar() for regnskap in get_args(Regnskap)[:4]]
    for row in rows:
        dimensjon, kode, aar = row["dimensjon"], row["kode"], int(row["aar"])
        listed = {k.aar for k in every if kode in {c.kode for c in k.koder(dimensjon) + k.betingede(dimensjon)}}
        if row["endring"] == "ny":
            assert min(listed) == aar, row
        elif row["endring"] == "utgått":
            assert max(listed) == aar - 1, row
        if row["erstattes_av"]:
            found = {e for k in every if k.aar == aar for e in k.etterfolgere(dimensjon, kode)}
            assert set(row["erstattes_av"].split("|")) <= found, row
