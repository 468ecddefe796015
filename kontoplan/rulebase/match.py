"""Å finne reglene som treffer en tekst, og den som vinner."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kontoplan.rulebase.rule import WORD_FIELDS
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kontoplan.rulebase.rule import Outcome, Pattern, Rule
    from kontoplan.text import Tekst

_CACHED = 65_536  # samme navn spørres om og om igjen i en hovedbok
_GAP = "\n"  # står aldri i et ord
_ANY = "*"  # slår opp reglene som bare ser på sammenhengen
_EDGE = 3  # så mange bokstaver av en begynnelse eller slutt slås opp


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
        words = {k: v for k, v in known.items() if k in WORD_FIELDS and v}
        return cls(words, {k: v for k, v in known.items() if k not in WORD_FIELDS and v})


@dataclass(frozen=True, slots=True)
class Words:
    """Ordene i en tekst slik reglene ser dem.

    Attributes:
        known: Stammene og leddene som mengde.
        run: Stammene i rekkefølge, med skille rundt hver.
        spelled: Ordene, stammene og leddene med skille rundt hver, til å lete etter begynnelser og slutter i.
    """

    known: frozenset[str]
    run: str
    spelled: str

    @classmethod
    def of(cls, tekst: Tekst) -> Words:
        """Ordene i en lest tekst."""
        known = frozenset((*tekst.stammer, *tekst.ledd))
        return cls(known, _framed(tekst.stammer), _framed((*tekst.ord, *known)))

    def lookups(self) -> set[str]:
        """Nøklene regler kan slås opp på: ordene, og hva de begynner og slutter på."""
        words = self.spelled.split(_GAP)[1:-1]
        ends = {key for word in words for n in range(1, _EDGE + 1) for key in (f"{word[:n]}*", f"*{word[-n:]}")}
        return {_ANY, *ends, *self.known}


def _framed(words: Iterable[str]) -> str:
    return _GAP + "".join(f"{word}{_GAP}" for word in words)


@dataclass(frozen=True, slots=True)
class Hit:
    """En regel som traff, og hvor spesifikk den er: (ord den krever, ting i sammenhengen den krever)."""

    rule: Rule
    outcome: Outcome
    weight: tuple[int, int]


def length(pattern: Pattern, words: Words) -> int:
    """Antall ord mønsteret dekker i teksten; 0 når det ikke finnes der."""
    first, size = pattern.stems[0], len(pattern.stems)
    if pattern.kind == "word":
        return size if first in words.known and (size == 1 or _framed(pattern.stems) in words.run) else 0
    return int((_GAP + first if pattern.kind == "prefix" else first + _GAP) in words.spelled)


class RuleBase:
    """Alle reglene, indeksert på ordene de ser etter."""

    def __init__(
        self,
        rules: Sequence[Rule],
        sources: Mapping[str, str] | None = None,
        lookup: Mapping[str, Sequence[int]] | None = None,
        fingerprint: str = "",
    ) -> None:
        """Tar reglene, kildene med tittel, :func:`index` over reglene når den er laget fra før, og fingeravtrykket."""
        self.rules = rules
        self.sources = dict(sources or {})
        self.fingerprint = fingerprint
        self._lookup = index(rules) if lookup is None else lookup
        self._cache: dict[object, tuple[Hit, ...]] = {}

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
        candidates = sorted({at for key in words.lookups() for at in self._lookup.get(key, ())})
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


def index(rules: Sequence[Rule]) -> dict[str, list[int]]:
    """Hvilke regler som kan treffe for hver nøkkel i :meth:`Words.lookups`.

    En regel slås opp på ett ord, en begynnelse eller en slutt av hvert mønster i den minste gruppen.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for at, rule in enumerate(rules):
        keys = {_key(pattern) for pattern in min(rule.nar.groups, key=len)} if rule.nar.groups else {_ANY}
        for key in sorted(keys):
            found[key].append(at)
    return dict(found)


def _key(pattern: Pattern) -> str:
    if pattern.kind == "prefix":
        return f"{pattern.stems[0][:_EDGE]}*"
    if pattern.kind == "suffix":
        return f"*{pattern.stems[0][-_EDGE:]}"
    return max(pattern.stems, key=len)


def _weight(rule: Rule, words: Words, context: Context) -> tuple[int, int] | None:
    """Hvor spesifikt regelen treffer; ``None`` når den ikke gjør det."""
    total = 0
    for group in rule.nar.groups:
        best = max(length(pattern, words) for pattern in group)
        if not best:
            return None
        total += best
    if any(length(pattern, words) for pattern in rule.nar.none):
        return None
    if not all(context.verdier.get(name) in allowed for name, allowed in rule.nar.context):
        return None
    for name, patterns in rule.nar.context_words:
        around = Words.of(read(context.tekster.get(name, "")))
        if not any(length(pattern, around) for pattern in patterns):
            return None
    return total, len(rule.nar.context) + len(rule.nar.context_words)
