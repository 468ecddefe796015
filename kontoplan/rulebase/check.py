"""Sjekker regelbasen: skjema, koder, kilder, tilfeller, motsigelser og regler ingen tekst kan nå."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kontoplan.kodeverk import Kodeverk
from kontoplan.rulebase.load import Problem
from kontoplan.rulebase.match import Context, RuleBase, contradict, winners

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kontoplan.rulebase.match import Hit
    from kontoplan.rulebase.rule import Outcome, Rule, Tilfelle

_DIMENSIONS = ("funksjon", "art")
_SAMPLES = 4


def check(rules: Sequence[Rule], unread: Iterable[Problem], sources: frozenset[str]) -> list[Problem]:
    """Alt som er galt med reglene, etter fil og linje; ``unread`` er det som ikke kunne leses."""
    problems = list(unread)
    base = RuleBase(rules)
    for rule in rules:
        problems += (Problem(rule.fil, rule.linje, f"{rule.id}: {text}") for text in _codes(rule))
        problems += (Problem(rule.fil, rule.linje, f"{rule.id}: {text}") for text in _sources(rule, sources))
        problems += _cases(rule, base)
        problems += _shadowed(rule, base)
        problems += _reach(rule, base)
    return sorted(set(problems), key=lambda p: (p.fil, p.linje, p.melding))


def _codes(rule: Rule) -> Iterator[str]:
    """Koder som ikke finnes, eller som ikke gjelder når regelen gjør det."""
    for regnskap in rule.regnskap:
        now = Kodeverk.for_aar(None, regnskap)
        for dimension, kode in rule.gir.all_codes:
            if not now.finnes(dimension, kode) and rule.til is None:
                yield f"{dimension} {kode} gjelder ikke i {now.aar} ({regnskap}); sett den under «tidligere»."
        for dimension, kode in (c for _, gir in rule.tidligere for c in gir.all_codes):
            if now.kode(dimension, kode) is None:
                yield f"{dimension} {kode} under «tidligere» er ukjent ({regnskap})."


def _sources(rule: Rule, sources: frozenset[str]) -> Iterator[str]:
    for kilde in rule.kilder:
        if kilde.dok not in sources:
            yield f"kilden {kilde.dok} står ikke i kilder.yaml."
    if rule.sikkerhet != "kunnskap" and all(k.dok == "kunnskap" for k in rule.kilder):
        yield f"sikkerheten er «{rule.sikkerhet}», men eneste kilde er allmenn kunnskap."


def _cases(rule: Rule, base: RuleBase) -> Iterator[Problem]:
    for case in rule.tilfeller:
        if trouble := _case(rule, case, base):
            yield Problem(rule.fil, case.linje, f"{rule.id}: «{case.tekst}» {trouble}")


@cache
def _newest() -> int:
    return Kodeverk.nyeste_aar()


def _case(rule: Rule, case: Tilfelle, base: RuleBase) -> str:
    """Hva som er galt med et tilfelle; tomt når det stemmer."""
    hits = _hits(rule, case, base)
    won = {d: winners(hits, d) for d in _DIMENSIONS}
    mine = any(hit.rule.id == rule.id for d in _DIMENSIONS for hit in won[d])
    if not case.treff:
        return "skulle ikke vinne her." if mine else ""
    asked = {what for what, _ in case.gir}
    about = asked & set(_DIMENSIONS) or rule.gir.dimensjoner & set(_DIMENSIONS)
    for d in sorted(about):
        if contradict(won[d], d):
            return f"får motstridende svar ({d}) fra like spesifikke regler: {', '.join(_name(h) for h in won[d])}."
    for what, wanted in case.gir:
        if problem := _expect(rule, what, wanted, hits, won):
            return problem
    return ""


def _expect(
    rule: Rule, what: str, wanted: tuple[str, ...], hits: tuple[Hit, ...], won: dict[str, tuple[Hit, ...]]
) -> str:
    """Regelen må treffe, og svaret av alle reglene samlet må være det tilfellet sier."""
    own = next((h for h in hits if h.rule.id == rule.id), None)
    if own is None:
        return "treffer ikke regelen."
    if what == "forbudt":
        return "" if own.outcome.forbudt else "gir ikke «forbudt»."
    dims = (what,) if what in _DIMENSIONS else tuple(sorted(own.outcome.dimensjoner & set(_DIMENSIONS)))
    for d in dims:
        for hit in won[d]:
            given = _given(hit.outcome, what, d)
            if set(given) != set(wanted):
                told = ", ".join(given) or "ikke det"
                return f"gir {what} {told} av {_name(hit)}, ikke {', '.join(wanted)}."
    return ""


def _given(outcome: Outcome, what: str, dimension: str) -> tuple[str, ...]:
    """Det et utfall gir av det et tilfelle spør etter."""
    match what:
        case "fordeling":
            split = outcome.fordeling
            return split.koder if split and split.dimensjon == dimension else ()
        case "avklaring":
            return ("ja",) if outcome.avklaring else ()
        case "internt":
            return ("ja",) if outcome.internt else ()
    return outcome.alternatives(dimension)


def _shadowed(rule: Rule, base: RuleBase) -> Iterator[Problem]:
    """En regel som aldri vinner i sine egne tilfeller, gjør ingen nytte."""
    if rule.gir.forbudt:
        return
    for case in rule.tilfeller:
        if not case.treff:
            continue
        hits = _hits(rule, case, base)
        if any(h.rule.id == rule.id for d in _DIMENSIONS for h in winners(hits, d)):
            return
    message = f"{rule.id} skygges: en annen regel vinner i alle tilfellene."
    yield Problem(rule.fil, rule.linje, message, "advarsel")


def _hits(rule: Rule, case: Tilfelle, base: RuleBase) -> tuple[Hit, ...]:
    return base.hits(
        case.tekst, aar=case.aar or _newest(), regnskap=rule.regnskap[0], context=Context.of(dict(case.sammenheng))
    )


def _name(hit: Hit) -> str:
    return f"{hit.rule.id} ({hit.rule.fil}:{hit.rule.linje})"


def _reach(rule: Rule, base: RuleBase) -> Iterator[Problem]:
    """Om tekster laget av regelens egne ord når den, og om like spesifikke regler da sier noe annet."""
    known = dict(rule.nar.context_examples)
    reached = False
    for text in _texts(rule):
        hits = base.hits(text, aar=rule.til or _newest(), regnskap=rule.regnskap[0], context=Context.of(known))
        reached = reached or any(h.rule.id == rule.id for h in hits)
        for d in _DIMENSIONS:
            won = winners(hits, d)
            if contradict(won, d) and won[0].rule.id == rule.id:  # én gang per par
                others = ", ".join(_name(h) for h in won[1:])
                message = f"{rule.id} overlapper ({d}) med {others} for «{text}»."
                yield Problem(rule.fil, rule.linje, message, "advarsel")
    if not reached:
        yield Problem(rule.fil, rule.linje, f"{rule.id} er død: ingen tekst av regelens egne ord når den.")


def _texts(rule: Rule) -> list[str]:
    """Noen tekster laget av ett ord fra hver gruppe."""
    words = [[p.tekst.strip("*") for p in group][:_SAMPLES] for group in rule.nar.groups]
    longest = max(len(group) for group in words)
    return [" ".join(group[at % len(group)] for group in words) for at in range(longest)]
