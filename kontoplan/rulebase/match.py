"""Å finne reglene som treffer en tekst, og den som vinner."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kontoplan.rulebase.rule import WORD_FIELDS
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kontoplan.rulebase.rule import Condition, Outcome, Pattern, Rule
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


def _ends(word: str) -> tuple[str, ...]:
    """Nøklene for det et ord begynner og slutter på."""
    return tuple(key for n in range(1, _EDGE + 1) for key in (f"{word[:n]}*", f"*{word[-n:]}"))


def _framed(words: Iterable[str]) -> str:
    return _GAP + "".join(f"{word}{_GAP}" for word in words)


@dataclass(frozen=True, slots=True)
class Hit:
    """En regel som traff, og hvor spesifikk den er: (ord den krever, ting i sammenhengen den krever)."""

    rule: Rule
    outcome: Outcome
    weight: tuple[int, int]


class Needle(NamedTuple):
    """Et mønster som må letes etter: teksten det står som, om den skal finnes i ordrekken, og hvor mange ord den er."""

    text: str
    in_run: bool
    size: int

    @classmethod
    def of(cls, pattern: Pattern) -> Needle:
        """Flere ord etter hverandre, eller begynnelsen eller slutten av ett."""
        if pattern.kind == "word":
            return cls(_framed(pattern.stems), in_run=True, size=len(pattern.stems))
        return cls(
            _GAP + pattern.stems[0] if pattern.kind == "prefix" else pattern.stems[0] + _GAP, in_run=False, size=1
        )


class Group(NamedTuple):
    """Mønstre der ett må finnes: enkeltordene som mengde, og de som må letes etter, lengste først."""

    single: frozenset[str]
    needles: tuple[Needle, ...]

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> Group:
        """Skiller enkeltordene fra resten."""
        single = {p for p in patterns if p.kind == "word" and len(p.stems) == 1}
        needles = {Needle.of(p) for p in patterns if p not in single}
        return cls(frozenset(p.stems[0] for p in single), tuple(sorted(needles, key=lambda n: (-n.size, n.text))))

    def covered(self, words: Words) -> int:
        """Antall ord det lengste mønsteret dekker; 0 når ingen finnes i teksten."""
        for text, in_run, size in self.needles:
            if text in (words.run if in_run else words.spelled):
                return size
        return int(not self.single.isdisjoint(words.known))


class Test(NamedTuple):
    """Vilkårene i en regel, klare til å prøves på mange tekster.

    Gruppene som bare er enkeltord, står for seg: de er raskest å prøve, og de fleste kandidatene faller på dem.
    """

    plain: tuple[frozenset[str], ...]
    groups: tuple[Group, ...]
    none: Group
    context: tuple[tuple[str, tuple[str, ...]], ...]
    context_words: tuple[tuple[str, Group], ...]

    @classmethod
    def of(cls, nar: Condition) -> Test:
        """Vilkårene slik de står i regelen."""
        groups = [Group.of(group) for group in nar.groups]
        plain = tuple(g.single for g in groups if not g.needles)
        around = tuple((name, Group.of(patterns)) for name, patterns in nar.context_words)
        return cls(plain, tuple(g for g in groups if g.needles), Group.of(nar.none), nar.context, around)

    def weight(self, words: Words, context: Context) -> tuple[int, int] | None:
        """Hvor spesifikt regelen treffer: (ord den krever, ting i sammenhengen); ``None`` når den ikke gjør det."""
        for single in self.plain:
            if single.isdisjoint(words.known):
                return None
        total = len(self.plain)
        for group in self.groups:
            covered = group.covered(words)
            if not covered:
                return None
            total += covered
        if self.none.covered(words):
            return None
        if not all(context.verdier.get(name) in allowed for name, allowed in self.context):
            return None
        for name, group in self.context_words:
            if not group.covered(Words.of(read(context.tekster.get(name, "")))):
                return None
        return total, len(self.context) + len(self.context_words)


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
        self._tests: dict[tuple[int, str], dict[int, Test | None]] = defaultdict(dict)
        self._seen: dict[tuple[str, bool], frozenset[int]] = {}
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
        seen = read(tekst)
        words = Words.of(seen)
        found = []
        for at in sorted(self._candidates(seen.ord, words.known)):
            test = self._test(at, aar, regnskap)
            if test and (weight := test.weight(words, known)):
                rule = self.rules[at]
                found.append(Hit(rule, rule.outcome(aar), weight))
        return tuple(sorted(found, key=lambda h: (-h.weight[0], -h.weight[1], h.rule.id)))

    def _candidates(self, spelled: Iterable[str], known: Iterable[str]) -> set[int]:
        """Reglene som kan treffe, etter det ordene er, og det de begynner og slutter på."""
        found = set(self._lookup.get(_ANY, ()))
        return found.union(*map(self._near, spelled), *(self._near(stem, whole=True) for stem in known))

    def _near(self, word: str, *, whole: bool = False) -> frozenset[int]:
        """Reglene slått opp på begynnelsen og slutten av ett ord, og på hele ordet når det er en stamme."""
        found = self._seen.get((word, whole))
        if found is None:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            keys = (*_ends(word), word) if whole else _ends(word)
            found = self._seen[word, whole] = frozenset(at for key in keys for at in self._lookup.get(key, ()))
        return found

    def _test(self, at: int, aar: int, regnskap: str) -> Test | None:
        """Vilkårene i regelen; ``None`` når den ikke gjelder for året og regnskapet."""
        tests = self._tests[aar, regnskap]
        if at not in tests:
            rule = self.rules[at]
            tests[at] = Test.of(rule.nar) if rule.applies(aar, regnskap) else None
        return tests[at]


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
    """Hvilke regler som kan treffe for hver nøkkel det kan slås opp på.

    En regel slås opp på ett ord, en begynnelse eller en slutt av hvert mønster i gruppen med nøkler færrest andre regler har.
    """
    groups = [[frozenset(map(_key, group)) for group in rule.nar.groups] for rule in rules]
    common = Counter(key for own in groups for keys in own for key in keys)
    found: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(groups):
        keys = min(own, key=lambda keys: sum(common[key] for key in keys)) if own else {_ANY}
        for key in sorted(keys):
            found[key].append(at)
    return dict(found)


def _key(pattern: Pattern) -> str:
    if pattern.kind == "prefix":
        return f"{pattern.stems[0][:_EDGE]}*"
    if pattern.kind == "suffix":
        return f"*{pattern.stems[0][-_EDGE:]}"
    return max(pattern.stems, key=len)
