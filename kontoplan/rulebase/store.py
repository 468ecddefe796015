"""Reglene ferdig lest: de godkjente reglene i ``rules/regler``, uten tilfellene, i en fil som leses på noen millisekunder.

Filen lages av ``python -m kontoplan.training.rules``. Passer den ikke til reglene eller til koden som leser ordene, leses
reglene på nytt fra kilden; da tar starten lengre tid, men svarene er de samme.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, overload

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.rulebase.match import RuleBase, index
from kontoplan.rulebase.rule import (
    Avklaring,
    Condition,
    Fordelt,
    Ikke,
    Kildested,
    Outcome,
    Pattern,
    Rule,
    Svar,
)
from kontoplan.rulebase.sources import load_sources
from kontoplan.text.sources import reading_sources

_FILE = "regler.json"


def fingerprint(folder: Path) -> str:
    """Sjekksum av reglene under ``folder``, ordlistene, og koden som leser dem."""
    digest = hashlib.sha256()
    code = sorted(Path(__file__).parent.glob("*.py"))
    sources = data_path("rules/kilder.yaml")
    for path in (*sorted(folder.rglob("*.yaml")), sources, *reading_sources(), *code):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def save(rules: Sequence[Rule], folder: Path, target: Path) -> None:
    """Skriver de godkjente reglene lest fra ``folder`` til ``target``, med det de slås opp på."""
    approved = [rule for rule in rules if rule.godkjent]
    document = {
        "fingeravtrykk": fingerprint(folder),
        "kilder": load_sources(data_path("rules/kilder.yaml")),
        "oppslag": index(approved),
        "regler": [_plain(rule) for rule in approved],
    }
    target.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def load(path: Path, folder: Path) -> RuleBase | None:
    """Regelbasen i ``path``; ``None`` når filen mangler, er skadet eller ikke passer til reglene i ``folder``."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        current = fingerprint(folder)
        if document["fingeravtrykk"] != current:
            return None
        return RuleBase(_Stored(document["regler"]), document["kilder"], document["oppslag"], current)
    except (OSError, ValueError, KeyError, TypeError):
        return None


class _Stored(Sequence[Rule]):
    """Lagrede regler, bygd først når de spørres etter; et navn treffer et titall av tusen."""

    def __init__(self, raw: list[dict[str, Any]]) -> None:
        self._raw = raw
        self._built: dict[int, Rule] = {}

    def __len__(self) -> int:
        return len(self._raw)

    def named(self, ids: Collection[str]) -> list[Rule]:
        """Reglene med disse id-ene, i lagret rekkefølge, uten å bygge de andre."""
        return [self[at] for at, raw in enumerate(self._raw) if raw["id"] in ids]

    @overload
    def __getitem__(self, at: int) -> Rule: ...
    @overload
    def __getitem__(self, at: slice) -> list[Rule]: ...
    def __getitem__(self, at: int | slice) -> Rule | list[Rule]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if at not in self._built:
            self._built[at] = _rule(self._raw[at])
        return self._built[at]


def named_rules(ids: Collection[str]) -> list[Rule]:
    """Reglene med disse id-ene blant dem som følger med programmet."""
    rules = rulebase().rules
    return rules.named(ids) if isinstance(rules, _Stored) else [rule for rule in rules if rule.id in ids]


@cache
def rulebase() -> RuleBase:
    """Reglene som følger med programmet; leses én gang.

    Raises:
        UserError: en regelfil har feil.
    """
    folder = data_path("rules/regler")
    stored = load(data_path("models") / _FILE, folder)
    if stored is not None:
        return stored
    from kontoplan.rulebase.load import load_rules  # noqa: PLC0415 - bare når det som er ferdig lest, ikke passer

    rules, problems = load_rules(folder)
    if problems:
        raise UserError(
            f"Regelbasen har {len(problems)} feil, den første i {problems[0]} Kjør «kontoplan regler sjekk».",
            code="feil-i-regler",
        )
    approved = [rule for rule in rules if rule.godkjent]
    return RuleBase(approved, load_sources(data_path("rules/kilder.yaml")), fingerprint=fingerprint(folder))


def _plain(rule: Rule) -> dict[str, Any]:
    nar = rule.nar
    plain = asdict(replace(rule, tilfeller=()))
    plain["nar"] = {
        "groups": [_words(group) for group in nar.groups],
        "none": _words(nar.none),
        "context": nar.context,
        "context_words": [(name, _words(patterns)) for name, patterns in nar.context_words],
    }
    return plain


def _words(patterns: Sequence[Pattern]) -> list[str]:
    """Ett mønster per tekst: slik det står i regelen, og stammene med stjerne der ordet går videre."""
    marks = {"word": "{}", "prefix": "{}*", "suffix": "*{}"}
    return [f"{p.tekst}\t{marks[p.kind].format(' '.join(p.stems))}" for p in patterns]


def _rule(raw: dict[str, Any]) -> Rule:
    return Rule(
        **{
            **raw,
            "nar": _condition(raw["nar"]),
            "gir": _outcome(raw["gir"]),
            "tidligere": tuple((until, _outcome(gir)) for until, gir in raw["tidligere"]),
            "kilder": tuple(Kildested(**kilde) for kilde in raw["kilder"]),
            "ikke": tuple(Ikke(**ikke) for ikke in raw["ikke"]),
            "regnskap": tuple(raw["regnskap"]),
            "tilfeller": (),
        }
    )


def _condition(raw: dict[str, Any]) -> Condition:
    return Condition(
        groups=tuple(_patterns(group) for group in raw["groups"]),
        none=_patterns(raw["none"]),
        context=tuple((name, tuple(values)) for name, values in raw["context"]),
        context_words=tuple((name, _patterns(patterns)) for name, patterns in raw["context_words"]),
    )


def _patterns(raw: list[str]) -> tuple[Pattern, ...]:
    return tuple(_pattern(text) for text in raw)


def _pattern(raw: str) -> Pattern:
    tekst, _, stems = raw.partition("\t")
    kind: Literal["word", "prefix", "suffix"] = (
        "prefix" if stems.endswith("*") else "suffix" if stems.startswith("*") else "word"
    )
    return Pattern(tekst, tuple(stems.strip("*").split(" ")), kind)


def _outcome(raw: dict[str, Any]) -> Outcome:
    split, question = raw["fordeling"], raw["avklaring"]
    return Outcome(
        koder=_pairs(raw["koder"]),
        fordeling=Fordelt(split["dimensjon"], tuple(split["koder"]), split["grunnlag"]) if split else None,
        avklaring=Avklaring(
            question["sporsmal"], tuple(Svar(svar["tekst"], _pairs(svar["gir"])) for svar in question["svar"])
        )
        if question
        else None,
        internt=_pairs(raw["internt"]),
        forbudt=_pairs(raw["forbudt"]),
    )


def _pairs(raw: list[list[str]]) -> tuple[tuple[Any, str], ...]:
    return tuple((dimension, kode) for dimension, kode in raw)
