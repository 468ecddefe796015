"""En regel som en side: når den gjelder, hva den gir, hvorfor, hvor det står, og tilfellene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.kodeverk import Kodeverk
from kontoplan.rulebase.sources import load_sources, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.rulebase.rule import Outcome, Pattern, Rule

_CERTAINTY = {
    "kilde": "lest i kilden",
    "delvis": "delvis lest i kilden",
    "kunnskap": "allmenn kunnskap, ikke lest i en kilde",
}


def page(rule: Rule) -> str:
    """Siden i Markdown."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    kodeverk = Kodeverk.for_aar(None, rule.regnskap[0])
    yield f"# {rule.tittel}"
    yield f"\n`{rule.id}` · {'godkjent' if rule.godkjent else 'utkast'} · {_CERTAINTY[rule.sikkerhet]}\n"
    yield f"**Når:** {_condition(rule)}.\n"
    yield f"**Gjelder:** {_years(rule)} ({', '.join(rule.regnskap)}).\n"
    yield "**Gir:**\n"
    yield from (f"- {line}" for line in describe(rule.gir, kodeverk))
    for until, earlier in rule.tidligere:
        yield from (f"- til og med {until}: {line}" for line in describe(earlier, kodeverk))
    yield f"\n**Fordi:** {rule.fordi}"
    for near in rule.ikke:
        yield f"\n**Ikke {near.dimensjon} {near.kode}** {kodeverk.navn(near.dimensjon, near.kode)}: {near.fordi}"
    yield "\n**Kilde:**\n"
    sources = load_sources(data_path("rules/kilder.yaml"))
    yield from (f"- {place(kilde, sources)}" for kilde in rule.kilder)
    yield "\n**Tilfeller:**\n"
    for case in rule.tilfeller:
        given = (
            "; ".join(f"{what} {', '.join(codes)}" for what, codes in case.gir) if case.treff else "ikke denne regelen"
        )
        yield f"- «{case.tekst}»{f' ({case.aar})' if case.aar else ''} → {given}"
    yield f"\n<sub>rules/regler/{rule.fil}</sub>"


def _condition(rule: Rule) -> str:
    parts = [f"{_words(group)}" for group in rule.nar.groups]
    if rule.nar.none:
        parts.append(f"ikke {_words(rule.nar.none)}")
    parts += [f"{name} er {' eller '.join(values)}" for name, values in rule.nar.context]
    parts += [f"{name} nevner {_words(patterns)}" for name, patterns in rule.nar.context_words]
    return ", og ".join(parts)


def _words(patterns: Sequence[Pattern]) -> str:
    return " eller ".join(f"«{pattern.tekst}»" for pattern in patterns)


def _years(rule: Rule) -> str:
    if rule.fra is None and rule.til is None:
        return "alle år"
    return f"{rule.fra or ''}–{rule.til or ''}"


def describe(outcome: Outcome, kodeverk: Kodeverk) -> Iterator[str]:
    """Utfallet i korte setninger, med navnet på kodene."""

    def named(dimension: Kodedimensjon, kode: str) -> str:
        return f"{dimension} {kode} {kodeverk.navn(dimension, kode)}".strip()

    yield from (named(d, kode) for d, kode in outcome.koder)
    if outcome.fordeling:
        split = outcome.fordeling
        codes = ", ".join(named(split.dimensjon, kode) for kode in split.koder)
        yield f"deles på {codes} etter {split.grunnlag}"
    if outcome.avklaring:
        yield f"spørsmål: {outcome.avklaring.sporsmal}"
        for answer in outcome.avklaring.svar:
            yield f"{answer.tekst}: {', '.join(named(d, k) for d, k in answer.gir) or 'ingen kode'}"
    yield from (f"{named(d, k)} finnes bare lokalt og rapporteres ikke" for d, k in outcome.internt)
    if outcome.forbudt:
        yield f"ikke lov sammen: {', '.join(named(d, k) for d, k in outcome.forbudt)}"
