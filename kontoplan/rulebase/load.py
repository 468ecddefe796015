"""Fra filene i ``rules/regler`` til regler; alt som er galt, samles med fil og linje før noen får beskjed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from kontoplan.rulebase.document import Block, DocumentError
from kontoplan.rulebase.document import load as load_document
from kontoplan.rulebase.patterns import compile_pattern
from kontoplan.rulebase.rule import (
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
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kontoplan.kodeverk import Kodedimensjon

_RULE_KEYS = {
    "id", "tittel", "gjelder", "nar", "gir", "tidligere", "fordi", "ikke", "kilde", "sikkerhet", "status", "tilfeller",
}  # fmt: skip
_REQUIRED = ("id", "tittel", "nar", "gir", "fordi", "kilde", "sikkerhet", "status", "tilfeller")
_DIMENSIONS = ("funksjon", "art", "kontoklasse")
_OUTCOME_KEYS = {*_DIMENSIONS, "fordeling", "avklaring", "internt", "forbudt"}
_WORDS = ("tjeneste", "ansvar", "overskrift")
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


class _Bad(Exception):  # noqa: N818 - et signal inne i modulen, ikke en feil noen skal se
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


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
            except _Bad as error:
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
    block = _block(raw, "en regel", 1)
    _keys(block, _RULE_KEYS, "regelen")
    for key in _REQUIRED:
        if key not in block:
            raise _Bad(f"regelen mangler «{key}».", block.line)
    rule_id = _text(block, "id")
    if set(rule_id) - _ID or "." not in rule_id:
        raise _Bad(
            f"id «{rule_id}» skal være små bokstaver, tall, punktum og bindestrek, som «område.navn».",
            block.lines["id"],
        )
    gjelder = _block(block.get("gjelder", Block(block.line)), "gjelder", block.line)
    _keys(gjelder, {"fra", "til", "regnskap"}, "gjelder")
    return Rule(
        id=rule_id,
        tittel=_text(block, "tittel"),
        nar=_condition(_block(block["nar"], "nar", block.lines["nar"])),
        gir=_outcome(_block(block["gir"], "gir", block.lines["gir"])),
        tidligere=tuple(_earlier(item, block.lines["tidligere"]) for item in _list(block.get("tidligere", []))),
        fra=_year(gjelder, "fra"),
        til=_year(gjelder, "til"),
        regnskap=cast("tuple[Regnskap, ...]", _one_of(gjelder, "regnskap", get_args(Regnskap), ("kommune",))),
        fordi=_text(block, "fordi"),
        ikke=tuple(_not(item, block.lines["ikke"]) for item in _list(block.get("ikke", []))),
        kilder=tuple(_source(item, block.lines["kilde"]) for item in _list(block["kilde"])),
        sikkerhet=cast("Sikkerhet", _one_of(block, "sikkerhet", get_args(Sikkerhet))[0]),
        godkjent=_one_of(block, "status", ("godkjent", "utkast"))[0] == "godkjent",
        tilfeller=_cases(block),
        fil=fil,
        linje=block.line,
    )


def _condition(block: Block) -> Condition:
    _keys(block, {"alle", "noen", "ingen", "sammenheng"}, "nar")
    groups = [_strings(group, block.lines["alle"]) for group in _list(block.get("alle", []))]
    if "noen" in block:
        groups.append(_strings(block["noen"], block.lines["noen"]))
    if not groups or not all(groups):
        raise _Bad("«nar» må ha minst ett ord i «alle» eller «noen».", block.line)
    around = _block(block.get("sammenheng", Block(block.line)), "sammenheng", block.line)
    _keys(around, {*_WORDS, *_VALUES}, "sammenheng")
    for name, allowed in _VALUES.items():
        if name in around and allowed is not None:
            _one_of(around, name, tuple(allowed))
    values = tuple((name, tuple(_strings(around[name], around.line))) for name in _VALUES if name in around)
    texts = {name: _strings(around[name], around.lines[name]) for name in _WORDS if name in around}
    return Condition(
        groups=tuple(tuple(_pattern(text, block.line) for text in group) for group in groups),
        none=tuple(_pattern(text, block.lines["ingen"]) for text in _strings(block.get("ingen", []), block.line)),
        context=values,
        context_words=tuple((n, tuple(_pattern(t, around.line) for t in texts[n])) for n in texts),
    )


def _pattern(text: str, line: int) -> Any:  # noqa: ANN401 - Pattern, eller feil
    try:
        return compile_pattern(text)
    except ValueError as error:
        raise _Bad(str(error), line) from error


def _outcome(block: Block) -> Outcome:
    _keys(block, _OUTCOME_KEYS, "gir")
    if not block:
        raise _Bad("«gir» er tom.", block.line)
    return Outcome(
        koder=_codes(block),
        fordeling=_split(block),
        avklaring=_question(block),
        internt=_nested_codes(block, "internt"),
        forbudt=_nested_codes(block, "forbudt"),
    )


def _codes(block: Block) -> tuple[tuple[Kodedimensjon, str], ...]:
    return tuple((cast("Kodedimensjon", d), _text(block, d)) for d in _DIMENSIONS if d in block)


def _nested_codes(block: Block, key: str) -> tuple[tuple[Kodedimensjon, str], ...]:
    if key not in block:
        return ()
    inner = _block(block[key], key, block.lines[key])
    _keys(inner, set(_DIMENSIONS), key)
    return _codes(inner)


def _split(block: Block) -> Fordelt | None:
    if "fordeling" not in block:
        return None
    inner = _block(block["fordeling"], "fordeling", block.lines["fordeling"])
    _keys(inner, {"dimensjon", "koder", "grunnlag"}, "fordeling")
    dimension = _one_of(inner, "dimensjon", ("funksjon", "art"))[0]
    codes = _strings(inner.get("koder", []), inner.line)
    return Fordelt(cast("Kodedimensjon", dimension), tuple(codes), _text(inner, "grunnlag"))


def _question(block: Block) -> Avklaring | None:
    if "avklaring" not in block:
        return None
    inner = _block(block["avklaring"], "avklaring", block.lines["avklaring"])
    _keys(inner, {"sporsmal", "svar"}, "avklaring")
    answers = []
    for raw in _list(inner.get("svar", [])):
        answer = _block(raw, "svar", inner.line)
        _keys(answer, {"tekst", "gir"}, "svar")
        given = _block(answer.get("gir"), "gir", answer.line)
        _keys(given, set(_DIMENSIONS), "gir")
        answers.append(Svar(_text(answer, "tekst"), _codes(given)))
    if len(answers) < 2:  # noqa: PLR2004 - et spørsmål med ett svar avgjør ingenting
        raise _Bad("«avklaring» må ha minst to svar.", inner.line)
    return Avklaring(_text(inner, "sporsmal"), tuple(answers))


def _earlier(raw: object, line: int) -> tuple[int, Outcome]:
    block = _block(raw, "tidligere", line)
    _keys(block, {"til", "gir"}, "tidligere")
    until = _year(block, "til")
    if until is None:
        raise _Bad("«tidligere» mangler «til» (siste år svaret gjaldt).", block.line)
    return until, _outcome(_block(block.get("gir"), "gir", block.line))


def _not(raw: object, line: int) -> Ikke:
    block = _block(raw, "ikke", line)
    _keys(block, {*_DIMENSIONS, "fordi"}, "ikke")
    codes = _codes(block)
    if len(codes) != 1:
        raise _Bad("hvert ledd i «ikke» skal ha én kode og «fordi».", block.line)
    return Ikke(codes[0][0], codes[0][1], _text(block, "fordi"))


def _source(raw: object, line: int) -> Kildested:
    block = _block(raw, "kilde", line)
    _keys(block, {"dok", "avsnitt"}, "kilde")
    return Kildested(_text(block, "dok"), str(block.get("avsnitt") or ""))


def _cases(block: Block) -> tuple[Tilfelle, ...]:
    cases = tuple(_case(raw, block.lines["tilfeller"]) for raw in _list(block["tilfeller"]))
    if not any(c.treff for c in cases) or all(c.treff for c in cases):
        raise _Bad("«tilfeller» må ha minst ett treff og minst ett «gir: nei».", block.lines["tilfeller"])
    return cases


def _case(raw: object, line: int) -> Tilfelle:
    block = _block(raw, "tilfelle", line)
    _keys(block, {"tekst", "gir", "aar", "sammenheng"}, "tilfelle")
    text = _text(block, "tekst")
    around = _block(block.get("sammenheng", Block(block.line)), "sammenheng", block.line)
    known = tuple((k, v if isinstance(v, str) else ",".join(map(str, _list(v)))) for k, v in around.items())
    given = block.get("gir")
    if given == "nei":
        return Tilfelle(text, (), treff=False, linje=block.line, aar=_year(block, "aar"), sammenheng=known)
    expected = _block(given, "gir", block.line)
    _keys(expected, _OUTCOME_KEYS, "gir")
    wanted = tuple((key, tuple(str(v) for v in _list(value))) for key, value in expected.items())
    if not wanted:
        raise _Bad("«gir» i tilfellet er tom; skriv koden eller «nei».", block.line)
    return Tilfelle(text, wanted, treff=True, linje=block.line, aar=_year(block, "aar"), sammenheng=known)


def _block(raw: object, what: str, line: int) -> Block:
    if not isinstance(raw, Block):
        raise _Bad(f"«{what}» skal ha nøkler og verdier.", line)
    if raw.doubled:
        name, at = raw.doubled[0]
        raise _Bad(f"nøkkelen «{name}» står to ganger.", at)
    return raw


def _keys(block: Block, allowed: Iterable[str], where: str) -> None:
    unknown = [key for key in block if key not in set(allowed)]
    if unknown:
        raise _Bad(f"{where} har en ukjent nøkkel «{unknown[0]}».", block.lines[unknown[0]])


def _text(block: Block, key: str) -> str:
    value = block.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _Bad(f"«{key}» mangler eller er ikke tekst.", block.lines.get(key, block.line))
    return " ".join(value.split())


def _list(raw: object) -> list[Any]:
    return raw if isinstance(raw, list) else [raw] if raw is not None else []


def _strings(raw: object, line: int) -> list[str]:
    values = _list(raw)
    if not all(isinstance(v, str) and v.strip() for v in values):
        raise _Bad("her skal det stå ord, ikke nøkler eller tomme verdier.", line)
    return [str(v) for v in values]


def _one_of(block: Block, key: str, allowed: Sequence[str], default: tuple[str, ...] = ()) -> tuple[str, ...]:
    values = tuple(_strings(block[key], block.line)) if key in block else default
    wrong = [v for v in values if v not in allowed]
    if wrong or not values:
        shown = wrong[0] if wrong else "ingenting"
        raise _Bad(f"«{key}» er {shown}, men skal være {', '.join(allowed)}.", block.lines.get(key, block.line))
    return values


def _year(block: Block, key: str) -> int | None:
    if key not in block:
        return None
    value = str(block[key])
    if not (value.isdecimal() and len(value) == 4):  # noqa: PLR2004 - et årstall
        raise _Bad(f"«{key}» er {value}, men skal være et årstall.", block.lines[key])
    return int(value)
