"""Et spørsmål hørt som en sak: arten og funksjonen, hver med vitnene, dommen og alle sannsynlighetene."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING

from kontoplan.evidence import rule
from kontoplan.evidence.aspect import about, weigh_words
from kontoplan.evidence.codes import codes
from kontoplan.evidence.wording import wording
from kontoplan.hearing import hear, judge
from kontoplan.judge import weigh
from kontoplan.lesing import Konto
from kontoplan.question.lexicon import question_words
from kontoplan.rulebase.store import rulebase
from kontoplan.sak import Kontekst, Sak
from kontoplan.text import fold, read
from kontoplan.weights import weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.evidence.aspect import Said
    from kontoplan.evidence.memory import Memory
    from kontoplan.evidence.rule import Ruling
    from kontoplan.evidence.wording import Match
    from kontoplan.hearing import Hearing
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.question import Question
    from kontoplan.sak import Vurdering
    from kontoplan.svar import Kodepar, Spordimensjon

# Et ord tas bare ut av det den ene dimensjonen dømmes på, når det sier så mye mer om den andre. For funksjonen er kravet
# strengere: «strøm skole» er skolelokaler, så også det som er kjøpt, er med på å avgjøre den (bench/sporsmal.py).
_MARGIN: dict[Spordimensjon, float] = {"art": 0.05, "funksjon": 0.3}
_OTHER: dict[Spordimensjon, Spordimensjon] = {"art": "funksjon", "funksjon": "art"}
_LIKELY, _CLEAR = 0.5, 0.9
_YIELDED = 0.3  # så mye teller en frase som deler færre ord med spørsmålet enn regelen som traff
_LOCAL_CLASS = {"drift": "1", "investering": "0"}


@dataclass(frozen=True, slots=True)
class Case:
    """Et spørsmål og det spørreren har svart siden.

    Attributes:
        question: Spørsmålet.
        known: Det som er kjent rundt saken: ``retning``, ``mottaker``, ``klasse``, ``funksjon`` og ``art``.
        chosen: For hvert svar på et motspørsmål: kodene det sto mellom, og kodene svaret lot stå igjen.
    """

    question: Question
    known: Mapping[str, str] = field(default_factory=dict)
    chosen: tuple[tuple[frozenset[Kodepar], frozenset[Kodepar]], ...] = ()

    @classmethod
    def of(cls, question: Question) -> Case:
        """Saken slik spørsmålet alene sier den."""
        signs = {"retning": question.retning, "mottaker": question.mottaker, "klasse": question.klasse}
        named = {dimension: kode for dimension, kode in question.koder if dimension and question.kjerne}
        return cls(question, {name: value for name, value in (signs | named).items() if value})


@dataclass(frozen=True, slots=True)
class Part:
    """Én dimensjon av saken.

    Attributes:
        vurdering: Dommen.
        odds: Sannsynligheten (0–1) for hver kode, størst først, etter det spørreren har svart.
        said: Hvert ord i spørsmålet, og hvor mye det sier om dimensjonen.
    """

    dimensjon: Spordimensjon
    hearing: Hearing
    vurdering: Vurdering
    odds: dict[str, float]
    said: tuple[Said, ...]

    @property
    def best(self) -> tuple[str, float]:
        """Den mest sannsynlige koden."""
        return next(iter(self.odds.items()))

    @property
    def entropy(self) -> float:
        """Hvor mye som er uavgjort, i bit."""
        return entropy(self.odds)


def entropy(odds: Mapping[str, float]) -> float:
    """Entropien i bit av vekter som ikke trenger å summere til 1."""
    total = sum(odds.values())
    return -sum(p / total * log2(p / total) for p in odds.values() if p > 0) if total else 0.0


def hear_case(case: Case, kodeverk: Kodeverk, known: Memory | None = None) -> dict[Spordimensjon, Part]:
    """Begge dimensjonene av saken. Arten er med på å avgjøre funksjonen, og en klar funksjon er kjent for arten."""
    art = _part(case, "art", kodeverk, {}, known)
    kode, odds = art.best
    funksjon = _part(case, "funksjon", kodeverk, {"art": kode} if odds >= _LIKELY else {}, known)
    kode, odds = funksjon.best
    if odds >= _CLEAR and "funksjon" not in case.known:
        art = _part(case, "art", kodeverk, {"funksjon": kode}, known)
    return {"funksjon": funksjon, "art": art}


def _part(
    case: Case, dimensjon: Spordimensjon, kodeverk: Kodeverk, other: Mapping[str, str], known: Memory | None
) -> Part:
    listed, fitted = codes(kodeverk, dimensjon), weights(dimensjon)
    here, there = wording(listed), wording(codes(kodeverk, _OTHER[dimensjon]))
    said = weigh_words(content(case.question.kjerne), here, there)
    text = " ".join(about(said, _MARGIN[dimensjon])) or case.question.kjerne
    sak = _sak(case, dimensjon, other)
    matches = _yielding(here.compare(read(text)), rule.ask(rulebase(), sak, listed), case.question, dimensjon)
    recalled = known.recall(Konto("", "", 0, 0, dimensjon, "", case.question.kjerne)) if known else None
    hearing = hear(sak, matches, None, listed, fitted, recalled=recalled)
    vurdering = judge(hearing, listed, fitted)
    scores = {s.kode: s.sannsynlighet for s in weigh(hearing.evidence, listed, fitted, every=True)}
    return Part(dimensjon, hearing, vurdering, _answered(scores, case, dimensjon), said)


def _yielding(
    matches: tuple[Match, ...], ruling: Ruling | None, question: Question, dimensjon: Spordimensjon
) -> tuple[Match, ...]:
    """Ordlyden når en mer spesifikk regel har talt.

    En regel som krever tre ord fra spørsmålet, vet mer enn en frase som deler ett med det. Frasen om en annen kode teller
    da mindre, slik en mindre spesifikk regel ikke teller.
    """
    if ruling is None or not ruling.agreed:
        return matches
    words = _stems(question.tekst)
    meant = set(ruling.hits[0].outcome.alternatives(dimensjon))
    wanted = ruling.hits[0].weight[0]
    return tuple(
        match._replace(likhet=match.likhet * _YIELDED)
        if match.kode not in meant and len(words.intersection(_stems(match.frase))) < wanted
        else match
        for match in matches
    )


@lru_cache(maxsize=16_384)
def _stems(text: str) -> frozenset[str]:
    """Stammene av innholdsordene; leddene i et ord er ikke flere ord."""
    return frozenset(stem for word in content(text) for stem in read(word).stammer)


def _sak(case: Case, dimensjon: Spordimensjon, other: Mapping[str, str]) -> Sak:
    known = {**other, **{k: v for k, v in case.known.items() if k not in {"klasse", dimensjon}}}
    context = Kontekst(tjeneste=case.question.tekst, **known)
    return Sak(case.question.tekst, dimensjon, "", _LOCAL_CLASS.get(case.known.get("klasse", "")), context)


def content(core: str) -> tuple[str, ...]:
    """Innholdsordene i kjernen av et spørsmål, uten småord."""
    frame = question_words().frame
    return tuple(word for word in core.replace(",", " ").split() if fold(word) not in frame)


def _answered(scores: dict[str, float], case: Case, dimensjon: Spordimensjon) -> dict[str, float]:
    """Sannsynlighetene etter svarene: det kodene som ble valgt bort hadde, går til dem som ble igjen."""
    odds = dict(scores)
    for asked, left in case.chosen:
        between = {kode for d, kode in asked if d == dimensjon} & odds.keys()
        kept = {kode for d, kode in left if d == dimensjon} & odds.keys()
        if not kept:
            continue
        total = sum(odds[kode] for kode in between | kept)
        share = sum(odds[kode] for kode in kept)
        for kode in between | kept:
            odds[kode] = (odds[kode] / share if share else 1 / len(kept)) * total if kode in kept else 0.0
    return dict(sorted(odds.items(), key=lambda item: (-item[1], item[0])))


def with_answer(case: Case, asked: frozenset[Kodepar], left: frozenset[Kodepar], known: Mapping[str, str]) -> Case:
    """Saken når et motspørsmål er besvart."""
    merged = {**case.known, **known}
    return replace(case, known=merged, chosen=(*case.chosen, (asked, left)) if left else case.chosen)
