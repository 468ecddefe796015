"""Å finne reglene som treffer en tekst, og den som vinner."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kontoplan.rulebase.rule import Outcome, Pattern, Rule
    from kontoplan.text import Tekst

_CACHED = 65_536  # samme navn spørres om og om igjen i en hovedbok
_WORD_FIELDS = ("tjeneste", "ansvar", "overskrift")


@dataclass(frozen=True, slots=True)
class Context:
    """Det som er kjent rundt en tekst; det som ikke er kjent, er tomt.

    Attributes:
        tekster: ``tjeneste``, ``ansvar`` og ``overskrift`` slik de står.
        verdier: ``funksjon``, ``art``, ``kontoklasse``, ``retning`` og ``mottaker``.
    """

    tekster: Mapping[str, str] = field(default_factory=dict)
    verdier: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Mapping[str, str]) -> Context:
        """Skiller tekstene fra verdiene."""
        words = {k: v for k, v in known.items() if k in _WORD_FIELDS and v}
        return cls(words, {k: v for k, v in known.items() if k not in _WORD_FIELDS and v})


@dataclass(frozen=True, slots=True)
class Words:
    """Ordene i en tekst slik reglene ser dem: stammene i rekkefølge, og stammene og leddene som mengde."""

    stems: tuple[str, ...]
    known: frozenset[str]
    whole: tuple[str, ...]

    @classmethod
    def of(cls, tekst: Tekst) -> Words:
        """Ordene i en lest tekst."""
        return cls(tekst.stammer, frozenset((*tekst.stammer, *tekst.ledd)), tekst.ord)


@dataclass(frozen=True, slots=True)
class Hit:
    """En regel som traff, og hvor spesifikk den er: (ord den krever, ting i sammenhengen den krever)."""

    rule: Rule
    outcome: Outcome
    weight: tuple[int, int]


def length(pattern: Pattern, words: Words) -> int:
    """Antall ord mønsteret dekker i teksten; 0 når det ikke finnes der."""
    if pattern.kind == "prefix":
        return int(any(word.startswith(pattern.stems[0]) for word in (*words.whole, *words.known)))
    if pattern.kind == "suffix":
        return int(any(word.endswith(pattern.stems[0]) for word in (*words.whole, *words.known)))
    if len(pattern.stems) == 1:
        return int(pattern.stems[0] in words.known)
    size = len(pattern.stems)
    spans = (words.stems[at : at + size] for at in range(len(words.stems) - size + 1))
    return size if any(span == pattern.stems for span in spans) else 0


class RuleBase:
    """Alle reglene, indeksert på ordene de ser etter."""

    def __init__(self, rules: Sequence[Rule], sources: Mapping[str, str] | None = None) -> None:
        """Indekserer reglene på den gruppen av ord som er lettest å slå opp; ``sources`` er kildene med tittel."""
        self.rules = tuple(rules)
        self.sources = dict(sources or {})
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        self._cache: dict[object, tuple[Hit, ...]] = {}
        for at, rule in enumerate(self.rules):
            keys = _keys(rule)
            for key in keys:
                self._by_stem[key].append(at)
            if not keys:
                self._always.append(at)

    def hits(self, tekst: str, *, aar: int, regnskap: str, context: Context | None = None) -> tuple[Hit, ...]:
        """Alle reglene som treffer, mest spesifikk først."""
        known = context or Context()
        key = (tekst, aar, regnskap, frozenset(known.tekster.items()), frozenset(known.verdier.items()))
        if key not in self._cache:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[key] = self._find(tekst, aar, regnskap, known)
        return self._cache[key]

    def _find(self, tekst: str, aar: int, regnskap: str, known: Context) -> tuple[Hit, ...]:
        words = Words.of(read(tekst))
        candidates = sorted({at for stem in words.known for at in self._by_stem.get(stem, ())} | set(self._always))
        found = []
        for at in candidates:
            rule = self.rules[at]
            if rule.applies(aar, regnskap) and (weight := _weight(rule, words, known)) is not None:
                found.append(Hit(rule, rule.outcome(aar), weight))
        return tuple(sorted(found, key=lambda h: (-h.weight[0], -h.weight[1], h.rule.id)))


def winners(hits: Iterable[Hit], dimensjon: str) -> tuple[Hit, ...]:
    """De mest spesifikke reglene som avgjør noe om dimensjonen; flere enn én når de er like spesifikke."""
    deciding = [hit for hit in hits if dimensjon in hit.outcome.dimensjoner]
    return tuple(hit for hit in deciding if hit.weight == deciding[0].weight)


def contradict(hits: Sequence[Hit], dimensjon: str) -> bool:
    """Om like spesifikke regler sier ulike ting om dimensjonen."""
    return len({_said(hit.outcome, dimensjon) for hit in hits}) > 1


def _said(outcome: Outcome, dimensjon: str) -> tuple[str, ...]:
    internal = tuple(kode for d, kode in outcome.internt if d == dimensjon)
    return (*sorted(outcome.alternatives(dimensjon)), "internt", *internal)


def _keys(rule: Rule) -> tuple[str, ...]:
    """Stammene regelen kan slås opp på: ett ord av hvert mønster i den minste gruppen uten jokertegn."""
    plain = [group for group in rule.nar.groups if all(p.kind == "word" for p in group)]
    if not plain:
        return ()
    smallest = min(plain, key=len)
    return tuple({max(pattern.stems, key=len) for pattern in smallest})


def _weight(rule: Rule, words: Words, context: Context) -> tuple[int, int] | None:
    """Hvor spesifikt regelen treffer; ``None`` når den ikke gjør det."""
    if any(length(pattern, words) for pattern in rule.nar.none):
        return None
    total = 0
    for group in rule.nar.groups:
        best = max(length(pattern, words) for pattern in group)
        if not best:
            return None
        total += best
    if not all(context.verdier.get(name) in allowed for name, allowed in rule.nar.context):
        return None
    for name, patterns in rule.nar.context_words:
        around = Words.of(read(context.tekster.get(name, "")))
        if not any(length(pattern, around) for pattern in patterns):
            return None
    return total, len(rule.nar.context) + len(rule.nar.context_words)
