from __future__ import annotations

import pytest

from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.evidence.direction import from_heading
from kontoplan.evidence.wording import wording
from kontoplan.hearing import hear, judge
from kontoplan.kodeverk import Kodeverk
from kontoplan.sak import Kontekst, Sak, Vurdering
from kontoplan.text import read
from kontoplan.weights import weights

KODEVERK = Kodeverk.for_aar(2026)


def judged(sak: Sak) -> Vurdering:
    listed, fitted = codes(KODEVERK, NATIONAL[sak.dimensjon]), weights(sak.dimensjon)
    return judge(hear(sak, wording(listed).compare(read(sak.tekst)), None, listed, fitted), listed, fitted)


@pytest.mark.parametrize(
    ("overskrift", "retning"),
    [
        ("Driftsinntekter", "inntekt"),
        ("LØNSUTGIFTER", "utgift"),
        ("Salgsinntekter / Kjøp av varer og utgifter", "utgift"),
        ("Drift / Inntekter / Skole", "inntekt"),
        ("Administrasjon fellestjenester; utgift", "utgift"),
        ("Finanskostnader", "utgift"),
        ("Inntektssikring og sosiale tjenester", ""),
        ("Inntekter og utgifter", ""),
        ("Skole", ""),
        ("", ""),
    ],
)
def test_overskriften_sier_om_det_er_utgift_eller_inntekt(overskrift: str, retning: str) -> None:
    assert from_heading(overskrift) == retning


@pytest.mark.parametrize(("overskrift", "inntekt"), [("Driftsutgifter", False), ("Driftsinntekter", True)])
def test_overskriften_skiller_navn_som_finnes_paa_begge_sider(overskrift: str, *, inntekt: bool) -> None:
    sak = Sak("Mva-kompensasjon", "art", kontekst=Kontekst(overskrift=overskrift))
    answer = judged(sak)
    assert answer.forslag[0].kode == ("729" if inntekt else "429")
    against = {f.kode for f in answer.forslag if (f.kode >= "6") is not inntekt}
    assert sum(f.sannsynlighet for f in answer.forslag if f.kode in against) < 0.5


def test_retningen_gjelder_bare_arter() -> None:
    sak = Sak("Barnehage", "funksjon", kontekst=Kontekst(overskrift="Utgifter"))
    assert judged(sak).kode in codes(KODEVERK, "funksjon").valid
