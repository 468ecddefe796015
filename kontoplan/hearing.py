"""Å høre en sak: alle vitnene i rekkefølge, flaggene som reises, og dommen til slutt.

``koble`` og tilpasningen av vektene går samme vei her, så det som måles, er det brukeren får.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kontoplan.doubt import doubt_flags
from kontoplan.evidence import balance, direction, memory, number, rule, validity, wording
from kontoplan.evidence.model import model_witness
from kontoplan.flags import class_flags, raise_flags, rule_flags, side_flags
from kontoplan.judge import carried_by_number, decide, temper, weigh
from kontoplan.kontoklasse import official_class
from kontoplan.rulebase.store import rulebase
from kontoplan.sak import Andel
from kontoplan.settled import settle
from kontoplan.text import read

if TYPE_CHECKING:
    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.memory import Recalled
    from kontoplan.evidence.model import ModelWitness
    from kontoplan.evidence.number import NumberWitness
    from kontoplan.evidence.rule import Ruling
    from kontoplan.evidence.wording import Match
    from kontoplan.sak import Evidence, Flagg, Kontekst, Sak, Vurdering
    from kontoplan.weights import Weights

CONTRADICTION = "nummer-mot-navn"


@dataclass(frozen=True, slots=True)
class Hearing:
    """En hørt sak.

    Attributes:
        sak: Saken, med KOSTRA-kontoklassen når den er kjent.
        evidence: Alt vitnene sa.
        flagg: Det et menneske bør se på.
        sektor: Sektoren i et balansenummer, når den er der.
        ruling: Regelen som vant, når en traff.
        numbered: Koden nummeret bærer, når det bærer en.
        recalled: Det minnet vet om kontoen, når det vet noe.
    """

    sak: Sak
    evidence: tuple[Evidence, ...]
    flagg: tuple[Flagg, ...]
    sektor: str | None
    ruling: Ruling | None = None
    numbered: str | None = None
    recalled: Recalled | None = None


def hear(  # noqa: PLR0913 - ett argument per vitne
    sak: Sak,
    matches: tuple[Match, ...],
    pattern: NumberWitness | None,
    listed: Codes,
    weights: Weights,
    *,
    recalled: Recalled | None = None,
    model: ModelWitness | None = None,
) -> Hearing:
    """Hører vitnene om én sak.

    Args:
        sak: Saken, med kontoklassen slik kilden sier den.
        matches: Kodene navnet likner på.
        pattern: Tallmønsteret i tabellen saken står i; ``None`` når den ikke har noe.
        listed: Den nasjonale kodelisten.
        weights: Hvor mye hvert bevis veier.
        recalled: Det minnet vet om kontoen; ``None`` når det ikke vet noe.
        model: Klassifikatoren; ``None`` er den som følger med.
    """
    reading = pattern.scheme.read(sak.nummer) if pattern else None
    sak = replace(sak, kontoklasse=official_class(sak, reading, listed.kodeverk), kontekst=_directed(sak.kontekst))
    evidence = list(wording.testify(matches, listed, weights.ordlyd))
    evidence += (model or model_witness(listed)).testify(sak, weights.modell)
    if pattern and reading:
        evidence += number.testify(pattern, reading, listed, weights.nummer)
    ruling = rule.ask(rulebase(), sak, listed, reading.siffer[:1] if reading and listed.dimensjon == "art" else "")
    if ruling:
        evidence += rule.testify(ruling, listed, weights)
    evidence += direction.testify(sak.kontekst, listed, weights.feil_klasse)
    remembered = list(memory.testify(recalled, listed, weights.minne)) if recalled else []
    named = {e.kode for e in (*evidence, *remembered)}
    evidence += validity.testify(named, listed, sak.kontoklasse, weights.feil_klasse)
    if sak.dimensjon == "balanse":
        evidence += balance.testify(sak, named, weights.feil_klasse)
    numbered = (pattern, reading) if pattern and reading else None
    carried = reading.kode if reading and carried_by_number(reading.kode, evidence) else None
    flagg = (
        *raise_flags(sak, read(sak.tekst), matches, numbered, listed),
        *(side_flags(sak, *numbered, listed) if numbered and sak.dimensjon == "balanse" else ()),
        *(rule_flags(ruling, carried, listed) if ruling else ()),
    )
    if any(f.id == CONTRADICTION for f in flagg):
        evidence += temper(evidence, listed, weights)
    sektor = (reading.sektor or None) if reading else None
    return Hearing(sak, (*evidence, *remembered), flagg, sektor, ruling, carried, recalled)


def _directed(kontekst: Kontekst) -> Kontekst:
    """Sammenhengen med retningen overskriften sier, når ingen annen er kjent."""
    heading = "" if kontekst.retning else direction.from_heading(kontekst.overskrift)
    return replace(kontekst, retning=heading) if heading else kontekst


def judge(hearing: Hearing, listed: Codes, weights: Weights) -> Vurdering:
    """Dommen i en hørt sak, med flagg når koden ikke passer i kontoklassen, og når det er tvil om den."""
    scores = weigh(hearing.evidence, listed, weights)
    answer = decide(hearing.sak, hearing.evidence, hearing.flagg, listed, weights, scores=scores)
    clashes = tuple(class_flags(answer.kode, hearing.sak.kontoklasse, listed)) if answer.kode else ()
    if clashes:
        flagg = (*hearing.flagg, *clashes)
        answer = decide(hearing.sak, hearing.evidence, flagg, listed, weights, scores=scores)
    if hearing.numbered is None and hearing.ruling:
        answer = _as_ruled(answer, hearing.ruling, listed)
    doubts = doubt_flags(answer, scores, hearing.evidence, listed, weights)
    answer = replace(answer, flagg=(*answer.flagg, *doubts))
    if answer.kode:
        answer = replace(answer, sektor=hearing.sektor)
    if hearing.recalled:
        answer = settle(answer, hearing.recalled, hearing.evidence, listed, weights, sektor=hearing.sektor)
    return answer


def _as_ruled(answer: Vurdering, ruling: Ruling, listed: Codes) -> Vurdering:
    """Dommen når regelen selv sier at beløpet skal deles, eller at et spørsmål må besvares først."""
    outcome = ruling.hits[0].outcome
    possible = outcome.alternatives(listed.dimensjon)
    if answer.status == "utgatt" or not ruling.agreed or (answer.kode is not None and answer.kode not in possible):
        return answer
    if outcome.fordeling and outcome.fordeling.dimensjon == listed.dimensjon:
        shares = tuple(Andel(kode, None, outcome.fordeling.grunnlag) for kode in possible)
        return replace(answer, status="fordeles", kode=None, fordeling=shares)
    if outcome.avklaring and len(possible) > 1 and answer.kode is not None:
        return replace(answer, status="tvetydig")
    return answer
