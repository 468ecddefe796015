"""Arket Regler: reglene som er brukt i koblingen, hva de sier, og hvor det står."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.rulebase.sources import place
from kontoplan.rulebase.store import named_rules, rulebase
from kontoplan.workbook.cells import enumerate_words, sentence
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kobling
    from kontoplan.rulebase.rule import Rule
    from kontoplan.workbook.content import Innhold
    from kontoplan.workbook.layout import Stiler

_NEVNES = 3


@dataclass(frozen=True, slots=True)
class Regelrad:
    """En regel, hvor mange kontoer den er brukt på, og noen av dem."""

    regel: Rule
    antall: int
    eksempler: tuple[str, ...]


def used_rules(kobling: Kobling) -> list[Regelrad]:
    """Reglene det er vist til i begrunnelsene, mest brukt først."""
    times: Counter[str] = Counter()
    names: dict[str, dict[str, None]] = {}
    for rad in kobling.rader:
        for regel in {ledd.regel for ledd in rad.vurdering.begrunnelse if ledd.regel}:
            times[regel] += 1
            listed = names.setdefault(regel, {})
            if len(listed) < _NEVNES:
                listed[rad.konto.lokal_navn] = None
    rules = [Regelrad(rule, times[rule.id], tuple(names[rule.id])) for rule in named_rules(times)]
    return sorted(rules, key=lambda r: (-r.antall, r.regel.id))


def skriv_regler(ark: Worksheet, innhold: Innhold, stiler: Stiler) -> None:
    """Fyller arket Regler."""
    sources = rulebase().sources
    felter: list[Felt[Regelrad]] = [
        Felt("Regel", lambda r: r.regel.id, "kode", 20, 34),
        Felt("Hva den gjelder", lambda r: r.regel.tittel, "navn", 24, 40),
        Felt("Hvorfor", lambda r: sentence(r.regel.fordi), "brytes", 30, 80),
        Felt("Kilde", lambda r: "\n".join(place(kilde, sources) for kilde in r.regel.kilder), "brytes", 30, 70),
        Felt("Hvor sikker kilden er", lambda r: r.regel.sikkerhet, "tekst", 14, 14),
        Felt("Gjelder", lambda r: _years(r.regel), "tekst", 12, 14),
        Felt("Kontoer", lambda r: r.antall, "heltall", 11, 11),
        Felt("Brukt på blant andre", lambda r: enumerate_words(r.eksempler), "dempet", 30, 60),
    ]
    valg: Tabellark[Regelrad] = Tabellark("ReglerBrukt", fast=2, tomt="Ingen regler traff; navn og nummer har avgjort.")
    skriv_tabell(ark, felter, used_rules(innhold.kobling), stiler, valg)


def _years(rule: Rule) -> str:
    if rule.fra is None and rule.til is None:
        return "alle år"
    return f"{rule.fra or ''}–{rule.til or ''}"
