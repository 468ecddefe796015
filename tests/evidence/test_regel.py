from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kontoplan import hearing as hearing_module
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.evidence.wording import wording
from kontoplan.hearing import hear, judge
from kontoplan.kodeverk import Kodeverk
from kontoplan.rulebase.load import load_rules
from kontoplan.rulebase.match import RuleBase
from kontoplan.sak import Dimensjon, Sak, Vurdering
from kontoplan.text import read
from kontoplan.weights import weights

if TYPE_CHECKING:
    from pathlib import Path

KODEVERK = Kodeverk.for_aar(2026)
REGLER = """\
- id: t.ppt
  tittel: PP-tjenesten
  nar: {noen: [PPT]}
  gir: {fordeling: {dimensjon: funksjon, koder: ['202', '211', '213'], grunnlag: medgått tid}}
  fordi: PPT betjener flere.
  kilde: {dok: brev1997}
  sikkerhet: kilde
  status: godkjent
  tilfeller: [{tekst: PPT, gir: {fordeling: ['202', '211', '213']}}, {tekst: skole, gir: nei}]
- id: t.leie
  tittel: Leie av utstyr
  nar: {alle: [leie, utstyr]}
  gir:
    avklaring:
      sporsmal: Hvor lenge leies det?
      svar: [{tekst: ett møte, gir: {art: '120'}}, {tekst: lenger, gir: {art: '220'}}]
  fordi: Det kommer an på.
  kilde: {dok: brev1997}
  sikkerhet: kilde
  status: godkjent
  tilfeller: [{tekst: leie av utstyr, gir: {avklaring: ja}}, {tekst: leie, gir: nei}]
- id: t.internt
  tittel: Fordelte utgifter
  nar: {alle: [fordelt, lønnskostnad]}
  gir: {internt: {art: '690'}}
  fordi: Rapporteres ikke.
  kilde: {dok: brev1997}
  sikkerhet: kilde
  status: godkjent
  tilfeller: [{tekst: fordelte lønnskostnader, gir: {internt: ja}}, {tekst: lønn, gir: nei}]
- id: t.gave
  tittel: Gaver til ansatte
  nar: {noen: [oppmerksomhet]}
  gir: {art: '120'}
  fordi: Velferd.
  kilde: {dok: brev1997, avsnitt: Velferdstiltak}
  sikkerhet: kilde
  status: godkjent
  tilfeller: [{tekst: oppmerksomheter, gir: {art: '120'}}, {tekst: gave, gir: nei}]
"""


@pytest.fixture(autouse=True)
def _rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.yaml").write_text(REGLER, encoding="utf-8")
    rules, problems = load_rules(tmp_path)
    assert problems == []
    base = RuleBase(rules, {"brev1997": "Brevet (KAD, 1997)"})
    monkeypatch.setattr(hearing_module, "rulebase", lambda: base)


def judged(tekst: str, dimensjon: Dimensjon) -> Vurdering:
    listed = codes(KODEVERK, NATIONAL[dimensjon])
    matches = wording(listed).compare(read(tekst))
    fitted = weights(dimensjon)
    return judge(hear(Sak(tekst, dimensjon), matches, None, listed, fitted), listed, fitted)


def test_en_regel_som_deler_gir_fordeles_med_alle_kodene_og_nokkelen() -> None:
    answer = judged("PPT", "funksjon")
    assert (answer.status, answer.kode) == ("fordeles", None)
    assert [(a.kode, a.andel, a.grunnlag) for a in answer.fordeling] == [
        (kode, None, "medgått tid") for kode in ("202", "211", "213")
    ]
    assert [f.id for f in answer.flagg] == ["fordeling"]


def test_en_regel_som_spor_gir_tvetydig_med_sporsmalet_og_svarene() -> None:
    answer = judged("Leie av utstyr", "art")
    assert answer.status == "tvetydig"
    assert answer.kode in {"120", "220"}
    assert answer.flagg[0].melding == "Hvor lenge leies det? (ett møte: 120; lenger: 220)"


def test_en_regel_kan_si_at_kontoen_bare_er_intern() -> None:
    answer = judged("Fordelte lønnskostnader", "art")
    assert any(b.bevis == "regel" for b in answer.begrunnelse) == (answer.status == "internt")


def test_regelen_star_i_begrunnelsen_med_kilden() -> None:
    answer = judged("Oppmerksomheter", "art")
    assert answer.kode == "120"
    (said,) = [b for b in answer.begrunnelse if b.bevis == "regel"]
    assert said.melding == "Gaver til ansatte: Velferd."
    assert said.kilde == "Brevet (KAD, 1997): Velferdstiltak"
