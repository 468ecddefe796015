"""Fra filene i ``rules/regler`` til regler; alt som er galt, samles med fil og linje før noen får beskjed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from kontoplan.rulebase.document import Block, DocumentError
from kontoplan.rulebase.document import load as load_document
from kontoplan.rulebase.fields import (
    Bad,
    as_block,
    as_items,
    as_one_of,
    as_strings,
    as_text,
    as_year,
    only_keys,
)
from kontoplan.rulebase.patterns import compile_pattern
from kontoplan.rulebase.rule import (
    WORD_FIELDS,
    Avklaring,
    Condition,
    Fordelt,
    Ikke,
    Kildested,
    Outcome,
    Rule,
    Svar,
    Tilfelle,
)
from kontoplan.sak import Regnskap, Sikkerhet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kontoplan.kodeverk import Kodedimensjon

_RULE_KEYS = {
    "id", "tittel", "gjelder", "nar", "gir", "tidligere", "fordi", "ikke", "kilde", "sikkerhet", "status", "tilfeller",
}  # fmt: skip
_REQUIRED = ("id", "tittel", "nar", "gir", "fordi", "kilde", "sikkerhet", "status", "tilfeller")
_DIMENSIONS = ("funksjon", "art", "kontoklasse")
_OUTCOME_KEYS = {*_DIMENSIONS, "fordeling", "avklaring", "internt", "forbudt"}
_VALUES = {
    "funksjon": None,
    "art": None,
    "kontoklasse": {"drift", "investering"},
    "retning": {"utgift", "inntekt"},
    "mottaker": {"stat", "fylke", "kommune", "privat", "konsern"},
}
_ID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


@dataclass(frozen=True, slots=True)
class Problem:
    """Noe som er galt i en regelfil: filen, linjen (1-basert), setningen, og om det er en feil eller en advarsel."""

    fil: str
    linje: int
    melding: str
    alvor: Literal["feil", "advarsel"] = "feil"

    def __str__(self) -> str:
        """Som en kompilator skriver det: fil, linje og setning."""
        return f"{self.fil}:{self.linje}: {self.melding}"


def load_rules(folder: Path) -> tuple[list[Rule], list[Problem]]:
    """Alle reglene under ``folder``, og alt som er galt med dem; en regel med feil er ikke med."""
    rules: list[Rule] = []
    problems: list[Problem] = []
    seen: dict[str, Rule] = {}
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        try:
            document = load_document(path)
        except DocumentError as error:
            problems.append(Problem(name, error.line, f"filen kan ikke leses som YAML: {error}."))
            continue
        if not isinstance(document, list):
            problems.append(Problem(name, 1, "filen skal være en liste med regler (hver begynner med «- id:»)."))
            continue
        for raw in document:
            try:
                rule = _rule(raw, name)
            except Bad as error:
                problems.append(Problem(name, error.line, str(error)))
                continue
            first = seen.setdefault(rule.id, rule)
            if first is not rule:
                problems.append(Problem(name, rule.linje, f"id {rule.id} er brukt i {first.fil}:{first.linje}."))
            else:
                rules.append(rule)
    problems += _contradicting(rules)
    return rules, problems


def _contradicting(rules: Sequence[Rule]) -> Iterator[Problem]:
    """Regler med samme vilkår og ulike svar; ingen av dem kan vinne over den andre."""
    seen: dict[object, Rule] = {}
    for rule in rules:
        nar = rule.nar
        groups = frozenset(frozenset(p.stems for p in group) for group in nar.groups)
        when = (rule.regnskap, rule.fra, rule.til)
        key = (groups, frozenset(p.stems for p in nar.none), nar.context, nar.context_words, when)
        first = seen.setdefault(key, rule)
        if first is not rule and first.gir != rule.gir and first.gir.dimensjoner & rule.gir.dimensjoner:
            message = f"{rule.id} har samme vilkår som {first.id} ({first.fil}:{first.linje}), men gir noe annet."
            yield Problem(rule.fil, rule.linje, message)


def _rule(raw: object, fil: str) -> Rule:
    block = as_block(raw, "en regel", 1)
    only_keys(block, _RULE_KEYS, "regelen")
    for key in _REQUIRED:
        if key not in block:
            raise Bad(f"regelen mangler «{key}».", block.line)
    rule_id = as_text(block, "id")
    if set(rule_id) - _ID or "." not in rule_id:
        raise Bad(
            f"id «{rule_id}» skal være små bokstaver, tall, punktum og bindestrek, som «område.navn».",
            block.lines["id"],
        )
    gjelder = as_block(block.get("gjelder", Block(block.line)), "gjelder", block.line)
    only_keys(gjelder, {"fra", "til", "regnskap"}, "gjelder")
    return Rule(
        id=rule_id,
        tittel=as_text(block, "tittel"),
        nar=_condition(as_block(block["nar"], "nar", block.lines["nar"])),
        gir=_outcome(as_block(block["gir"], "gir", block.lines["gir"])),
        tidligere=tuple(_earlier(item, block.lines["tidligere"]) for item in as_items(block.get("tidligere", []))),
        fra=as_year(gjelder, "fra"),
        til=as_year(gjelder, "til"),
        regnskap=cast("tuple[Regnskap, ...]", as_one_of(gjelder, "regnskap", get_args(Regnskap), ("kommune",))),
        fordi=as_text(block, "fordi"),
        ikke=tuple(_not(item, block.lines["ikke"]) for item in as_items(block.get("ikke", []))),
        kilder=tuple(_source(item, block.lines["kilde"]) for item in as_items(block["kilde"])),
        sikkerhet=cast("Sikkerhet", as_one_of(block, "sikkerhet", get_args(Sikkerhet))[0]),
        godkjent=as_one_of(block, "status", ("godkjent", "utkast"))[0] == "godkjent",
        tilfeller=_cases(block),
        fil=fil,
        linje=block.line,
    )


def _condition(block: Block) -> Condition:
    only_keys(block, {"alle", "noen", "ingen", "sammenheng"}, "nar")
    groups = [as_strings(group, block.lines["alle"]) for group in as_items(block.get("alle", []))]
    if "noen" in block:
        groups.append(as_strings(block["noen"], block.lines["noen"]))
    if not groups or not all(groups):
        raise Bad("«nar» må ha minst ett ord i «alle» eller «noen».", block.line)
    around = as_block(block.get("sammenheng", Block(block.line)), "sammenheng", block.line)
    only_keys(around, {*WORD_FIELDS, *_VALUES}, "sammenheng")
    for name, allowed in _VALUES.items():
        if name in around and allowed is not None:
            as_one_of(around, name, tuple(allowed))
    values = tuple((name, tuple(as_strings(around[name], around.line))) for name in _VALUES if name in around)
    texts = {name: as_strings(around[name], around.lines[name]) for name in WORD_FIELDS if name in around}
    return Condition(
        groups=tuple(tuple(_pattern(text, block.line) for text in group) for group in groups),
        none=tuple(_pattern(text, block.lines["ingen"]) for text in as_strings(block.get("ingen", []), block.line)),
        context=values,
        context_words=tuple((n, tuple(_pattern(t, around.line) for t in texts[n])) for n in texts),
    )


def _pattern(text: str, line: int) -> Any:  # noqa: ANN401 - Pattern, eller feil
    try:
        return compile_pattern(text)
    except ValueError as error:
        raise Bad(str(error), line) from error


def _outcome(block: Block) -> Outcome:
    only_keys(block, _OUTCOME_KEYS, "gir")
    if not block:
        raise Bad("«gir» er tom.", block.line)
    return Outcome(
        koder=_codes(block),
        fordeling=_split(block),
        avklaring=_question(block),
        internt=_nested_codes(block, "internt"),
        forbudt=_nested_codes(block, "forbudt"),
    )


def _codes(block: Block) -> tuple[tuple[Kodedimensjon, str], ...]:
    return tuple((cast("Kodedimensjon", d), as_text(block, d)) for d in _DIMENSIONS if d in block)


def _nested_codes(block: Block, key: str) -> tuple[tuple[Kodedimensjon, str], ...]:
    if key not in block:
        return ()
    inner = as_block(block[key], key, block.lines[key])
    only_keys(inner, set(_DIMENSIONS), key)
    return _codes(inner)


def _split(block: Block) -> Fordelt | None:
    if "fordeling" not in block:
        return None
    inner = as_block(block["fordeling"], "fordeling", block.lines["fordeling"])
    only_keys(inner, {"dimensjon", "koder", "grunnlag"}, "fordeling")
    dimension = as_one_of(inner, "dimensjon", ("funksjon", "art"))[0]
    codes = as_strings(inner.get("koder", []), inner.line)
    return Fordelt(cast("Kodedimensjon", dimension), tuple(codes), as_text(inner, "grunnlag"))


def _question(block: Block) -> Avklaring | None:
    if "avklaring" not in block:
        return None
    inner = as_block(block["avklaring"], "avklaring", block.lines["avklaring"])
    only_keys(inner, {"sporsmal", "svar"}, "avklaring")
    answers = []
    for raw in as_items(inner.get("svar", [])):
        answer = as_block(raw, "svar", inner.line)
        only_keys(answer, {"tekst", "gir"}, "svar")
        given = as_block(answer.get("gir"), "gir", answer.line)
        only_keys(given, set(_DIMENSIONS), "gir")
        answers.append(Svar(as_text(answer, "tekst"), _codes(given)))
    if len(answers) < 2:  # noqa: PLR2004 - et spørsmål med ett svar avgjør ingenting
        raise Bad("«avklaring» må ha minst to svar.", inner.line)
    return Avklaring(as_text(inner, "sporsmal"), tuple(answers))


def _earlier(raw: object, line: int) -> tuple[int, Outcome]:
    block = as_block(raw, "tidligere", line)
    only_keys(block, {"til", "gir"}, "tidligere")
    until = as_year(block, "til")
    if until is None:
        raise Bad("«tidligere» mangler «til» (siste år svaret gjaldt).", block.line)
    return until, _outcome(as_block(block.get("gir"), "gir", block.line))


def _not(raw: object, line: int) -> Ikke:
    block = as_block(raw, "ikke", line)
    only_keys(block, {*_DIMENSIONS, "fordi"}, "ikke")
    codes = _codes(block)
    if len(codes) != 1:
        raise Bad("hvert ledd i «ikke» skal ha én kode og «fordi».", block.line)
    return Ikke(codes[0][0], codes[0][1], as_text(block, "fordi"))


def _source(raw: object, line: int) -> Kildested:
    block = as_block(raw, "kilde", line)
    only_keys(block, {"dok", "avsnitt"}, "kilde")
    return Kildested(as_text(block, "dok"), str(block.get("avsnitt") or ""))


def _cases(block: Block) -> tuple[Tilfelle, ...]:
    cases = tuple(_case(raw, block.lines["tilfeller"]) for raw in as_items(block["tilfeller"]))
    if not any(c.treff for c in cases) or all(c.treff for c in cases):
        raise Bad("«tilfeller» må ha minst ett treff og minst ett «gir: nei».", block.lines["tilfeller"])
    return cases


def _case(raw: object, line: int) -> Tilfelle:
    block = as_block(raw, "tilfelle", line)
    only_keys(block, {"tekst", "gir", "aar", "sammenheng"}, "tilfelle")
    text = as_text(block, "tekst")
    around = as_block(block.get("sammenheng", Block(block.line)), "sammenheng", block.line)
    known = tuple((k, v if isinstance(v, str) else ",".join(map(str, as_items(v)))) for k, v in around.items())
    given = block.get("gir")
    if given == "nei":
        return Tilfelle(text, (), treff=False, linje=block.line, aar=as_year(block, "aar"), sammenheng=known)
    expected = as_block(given, "gir", block.line)
    only_keys(expected, _OUTCOME_KEYS, "gir")
    wanted = tuple((key, tuple(str(v) for v in as_items(value))) for key, value in expected.items())
    if not wanted:
        raise Bad("«gir» i tilfellet er tom; skriv koden eller «nei».", block.line)
    return Tilfelle(text, wanted, treff=True, linje=block.line, aar=as_year(block, "aar"), sammenheng=known)
