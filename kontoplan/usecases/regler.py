"""Regelbasen sett utenfra: én regel som side, og hvor mange regler hver kode har."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk
from kontoplan.rulebase.check import check
from kontoplan.rulebase.load import load_rules
from kontoplan.rulebase.sources import load_sources

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.rulebase.load import Problem
    from kontoplan.rulebase.rule import Rule

_DIMENSIONS: tuple[Kodedimensjon, ...] = ("funksjon", "art")


@dataclass(frozen=True, slots=True)
class Sjekk:
    """Resultatet av å sjekke regelbasen."""

    regler: int
    utkast: int
    tilfeller: int
    problemer: tuple[Problem, ...]

    @property
    def feil(self) -> int:
        """Antall problemer som er feil, ikke bare advarsler."""
        return sum(p.alvor == "feil" for p in self.problemer)

    def as_dict(self) -> dict[str, object]:
        """Tallene og problemene."""
        found = [{"alvor": p.alvor, "fil": p.fil, "linje": p.linje, "melding": p.melding} for p in self.problemer]
        return {"regler": self.regler, "utkast": self.utkast, "tilfeller": self.tilfeller, "problemer": found}


@dataclass(frozen=True, slots=True)
class Dekning:
    """Antall godkjente regler per gyldig kode, og kodene uten."""

    aar: int
    antall: tuple[tuple[Kodedimensjon, str, int], ...]

    @property
    def uten(self) -> tuple[tuple[Kodedimensjon, str], ...]:
        """Kodene ingen regel gir."""
        return tuple((dimension, kode) for dimension, kode, number in self.antall if not number)

    def as_dict(self) -> dict[str, object]:
        """Per dimensjon: kode → antall, og kodene uten regel."""
        counts = {d: {kode: n for dim, kode, n in self.antall if dim == d} for d in _DIMENSIONS}
        missing = {d: [kode for dim, kode in self.uten if dim == d] for d in _DIMENSIONS}
        return {"aar": self.aar, "regler_per_kode": counts, "uten_regel": missing}


def sjekk() -> Sjekk:
    """Sjekker reglene som følger med."""
    rules, unread = load_rules(data_path("rules/regler"))
    problems = check(rules, unread, frozenset(load_sources(data_path("rules/kilder.yaml"))))
    drafts = sum(not rule.godkjent for rule in rules)
    return Sjekk(len(rules), drafts, sum(len(r.tilfeller) for r in rules), tuple(problems))


def dekning(aar: int | None = None) -> Dekning:
    """Hvor mange godkjente regler som kan gi hver kode i året."""
    kodeverk = Kodeverk.for_aar(aar)
    counts: Counter[tuple[str, str]] = Counter()
    for rule in load_rules(data_path("rules/regler"))[0]:
        if rule.godkjent and rule.applies(kodeverk.aar, "kommune"):
            counts.update(rule.outcome(kodeverk.aar).all_codes)
    listed = ((d, k.kode, counts[d, k.kode]) for d in _DIMENSIONS for k in kodeverk.koder(d))
    return Dekning(kodeverk.aar, tuple(listed))


def find(rule_id: str) -> Rule:
    """Regelen med denne id-en.

    Raises:
        UserError: ingen regel heter det (``ukjent-regel``).
    """
    rules = {rule.id: rule for rule in load_rules(data_path("rules/regler"))[0]}
    if rule_id in rules:
        return rules[rule_id]
    near = get_close_matches(rule_id, rules, n=3)
    hint = (
        f" Mente du {' eller '.join(near)}?" if near else " «kontoplan regler sjekk» sier hvilke filer reglene står i."
    )
    raise UserError(f"Ingen regel heter {rule_id}.{hint}", code="ukjent-regel")
