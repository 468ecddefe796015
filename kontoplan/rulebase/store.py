"""Reglene ferdig lest: samme regler som i ``rules/regler``, uten tilfellene, i en fil som leses på noen millisekunder.

Filen lages av ``python -m kontoplan.training.rules``. Passer den ikke til reglene eller til koden som leser ordene, leses
reglene på nytt fra kilden; da tar starten lengre tid, men svarene er de samme.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kontoplan.text
from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.rulebase.load import load_rules
from kontoplan.rulebase.match import RuleBase
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

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILE = "regler.json"
_WORDS = ("forkortelser.csv", "nynorsk.csv", "ledd.csv", "hele_ord.csv")


def fingerprint(folder: Path) -> str:
    """Sjekksum av reglene under ``folder``, ordlistene, og koden som leser dem."""
    digest = hashlib.sha256()
    words = data_path("rules/ord")
    code = sorted((*Path(kontoplan.text.__file__).parent.glob("*.py"), *Path(__file__).parent.glob("*.py")))
    sources = data_path("rules/kilder.yaml")
    for path in (*sorted(folder.rglob("*.yaml")), sources, *(words / name for name in _WORDS), *code):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def save(rules: Sequence[Rule], folder: Path, target: Path) -> None:
    """Skriver reglene lest fra ``folder`` til ``target``."""
    plain = [{k: v for k, v in asdict(rule).items() if k != "tilfeller"} for rule in rules]
    sources = load_sources(data_path("rules/kilder.yaml"))
    document = {"fingeravtrykk": fingerprint(folder), "kilder": sources, "regler": plain}
    target.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def load(path: Path, folder: Path) -> tuple[list[Rule], dict[str, str]] | None:
    """Reglene og kildene i ``path``; ``None`` når filen mangler, er skadet eller ikke passer til reglene i ``folder``."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["fingeravtrykk"] != fingerprint(folder):
            return None
        return [_rule(raw) for raw in document["regler"]], dict(document["kilder"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@cache
def rulebase() -> RuleBase:
    """Reglene som følger med programmet; leses én gang.

    Raises:
        UserError: en regelfil har feil.
    """
    folder = data_path("rules/regler")
    stored = load(data_path("models") / _FILE, folder)
    if stored is not None:
        rules, sources = stored
    else:
        rules, problems = load_rules(folder)
        if problems:
            raise UserError(
                f"Regelbasen har {len(problems)} feil, den første i {problems[0]} Kjør «kontoplan regler sjekk».",
                code="feil-i-regler",
            )
        sources = load_sources(data_path("rules/kilder.yaml"))
    return RuleBase([rule for rule in rules if rule.godkjent], sources)


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


def _patterns(raw: list[dict[str, Any]]) -> tuple[Pattern, ...]:
    return tuple(Pattern(p["tekst"], tuple(p["stems"]), p["kind"]) for p in raw)


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
