"""Oppgaver til opplæring: tilfellene i de godkjente reglene som spørsmål med svaralternativer."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk
from kontoplan.rulebase.load import load_rules
from kontoplan.svar import SPORDIMENSJONER
from kontoplan.usecases.spor_grunner import sources, years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kontoplan.rulebase.rule import Outcome, Rule, Tilfelle
    from kontoplan.svar import Spordimensjon

NIVAER = (1, 2, 3)
"""1: ett ord avgjør. 2: flere ord, eller en nær kode å ta feil av. 3: det må deles, eller det avhenger."""
_CHOICES = 4
_DEPENDS = "Det avhenger"
_SPLIT = "Det deles på flere"


@dataclass(frozen=True, slots=True)
class Alternativ:
    """Ett svar å velge: koden (tom når svaret ikke er én kode) og teksten."""

    kode: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Oppgave:
    """Én oppgave.

    Attributes:
        tekst: Det som skal føres.
        dimensjon: ``funksjon`` eller ``art``.
        alternativer: Svarene å velge mellom.
        rett: Plassen til det rette svaret i ``alternativer`` (0-basert).
        forklaring: Hvorfor, og kodene når det deles eller avhenger.
        kilde: Hvor det står.
        regel: Id-en til regelen.
        tema: Området regelen hører til.
        niva: 1 (lett) til 3 (vanskelig).
    """

    tekst: str
    dimensjon: Spordimensjon
    alternativer: tuple[Alternativ, ...]
    rett: int
    forklaring: str
    kilde: str
    regel: str
    tema: str
    niva: int

    @property
    def fasit(self) -> Alternativ:
        """Det rette svaret."""
        return self.alternativer[self.rett]

    def chosen(self, answer: str) -> int | None:
        """Plassen til svaret: nummeret i listen (1-basert) eller koden; ``None`` når det ikke er noen av dem."""
        wanted = answer.strip().strip(".)").strip()
        codes = [at for at, choice in enumerate(self.alternativer) if wanted and choice.kode == wanted]
        if codes:
            return codes[0]
        number = int(wanted) if wanted.isascii() and wanted.isdecimal() else 0
        return number - 1 if 1 <= number <= len(self.alternativer) else None

    def as_dict(self) -> dict[str, object]:
        """Feltene til JSON."""
        return {
            "tekst": self.tekst,
            "dimensjon": self.dimensjon,
            "alternativer": [{"kode": a.kode or None, "tekst": a.tekst} for a in self.alternativer],
            "rett": self.rett + 1,
            "forklaring": self.forklaring,
            "kilde": self.kilde,
            "regel": self.regel,
            "tema": self.tema,
            "niva": self.niva,
        }


def themes() -> tuple[str, ...]:
    """Temaene det finnes oppgaver i."""
    return tuple(sorted({_theme(rule) for rule in _rules()}))


def quiz(
    *, tema: str | None = None, niva: int | None = None, antall: int = 10, fro: int, aar: int | None = None
) -> tuple[Oppgave, ...]:
    """Oppgaver i tilfeldig rekkefølge; samme frø gir de samme oppgavene.

    Args:
        tema: Bare dette temaet; ``None`` er alle.
        niva: Bare dette nivået (1–3); ``None`` er alle.
        antall: Høyst så mange.
        fro: Frøet.
        aar: Regnskapsåret; ``None`` er det nyeste.

    Raises:
        UserError: temaet finnes ikke, eller ingen oppgaver passer.
    """
    rules = _rules()
    known = sorted({_theme(rule) for rule in rules})
    if tema is not None and tema not in known:
        raise UserError(f"Temaet «{tema}» finnes ikke; velg ett av {', '.join(known)}.", code="ukjent-tema")
    kodeverk = Kodeverk.for_aar(aar)
    chance = random.Random(fro)  # noqa: S311 - oppgaver, ikke hemmeligheter
    wanted = [
        (rule, case, dimension)
        for rule in rules
        if rule.applies(kodeverk.aar, "kommune") and tema in {None, _theme(rule)} and niva in {None, _level(rule)}
        for case in rule.tilfeller
        for dimension in SPORDIMENSJONER
        if _usable(rule, case, dimension, kodeverk)
    ]
    if not wanted:
        raise UserError("Ingen oppgaver passer; velg et annet tema eller nivå.", code="ingen-oppgaver")
    chance.shuffle(wanted)
    return tuple(_task(*one, kodeverk, chance) for one in _spread(wanted, antall))


def _rules() -> list[Rule]:
    found = load_rules(data_path("rules/regler"))[0]
    return [rule for rule in found if rule.godkjent and "kommune" in rule.regnskap]


def _theme(rule: Rule) -> str:
    return rule.fil.split("/", 1)[0]


def _level(rule: Rule) -> int:
    if rule.gir.fordeling or rule.gir.avklaring:
        return NIVAER[2]
    return NIVAER[1] if len(rule.nar.groups) > 1 or rule.ikke else NIVAER[0]


def _usable(rule: Rule, case: Tilfelle, dimension: Spordimensjon, kodeverk: Kodeverk) -> bool:
    """Om tilfellet kan bli en oppgave: det gjelder dagens svar, uten mer sammenheng, i denne dimensjonen."""
    plain = case.treff and case.aar in {None, kodeverk.aar} and not case.sammenheng
    named = {what for what, _ in case.gir}
    open_ended = bool(named & {"avklaring", "fordeling"})
    about = bool(rule.outcome(kodeverk.aar).alternatives(dimension)) and (dimension in named or open_ended)
    return plain and about


def _spread(
    wanted: Sequence[tuple[Rule, Tilfelle, Spordimensjon]], antall: int
) -> Iterator[tuple[Rule, Tilfelle, Spordimensjon]]:
    """Høyst ett tilfelle per regel, så oppgavene blir ulike."""
    seen: set[str] = set()
    for rule, case, dimension in wanted:
        if rule.id not in seen and len(seen) < antall:
            seen.add(rule.id)
            yield rule, case, dimension


def _task(rule: Rule, case: Tilfelle, dimension: Spordimensjon, kodeverk: Kodeverk, chance: random.Random) -> Oppgave:
    outcome = rule.outcome(kodeverk.aar)
    right, explained = _right(outcome, dimension, kodeverk)
    others = [a for a in _near(rule, outcome, dimension, kodeverk, chance) if a.kode != right.kode]
    choices = [right, *others[: _CHOICES - 1]]
    chance.shuffle(choices)
    why = f"{explained} {rule.fordi}".strip()
    when = f" ({years(rule)})" if years(rule) else ""
    return Oppgave(
        case.tekst,
        dimension,
        tuple(choices),
        choices.index(right),
        why,
        f"{sources(rule)}{when}",
        rule.id,
        _theme(rule),
        _level(rule),
    )


def _right(outcome: Outcome, dimension: Spordimensjon, kodeverk: Kodeverk) -> tuple[Alternativ, str]:
    codes = outcome.alternatives(dimension)
    if outcome.code(dimension):
        return _choice(dimension, codes[0], kodeverk), ""
    if outcome.fordeling and outcome.fordeling.dimensjon == dimension:
        return Alternativ("", _SPLIT), f"{', '.join(codes)} etter {outcome.fordeling.grunnlag}."
    answers = outcome.avklaring.svar if outcome.avklaring else ()
    listed = "; ".join(
        f"{a.tekst}: {', '.join(k for d, k in a.gir if d == dimension) or 'ingen kode'}" for a in answers
    )
    return Alternativ("", _DEPENDS), f"{outcome.avklaring.sporsmal if outcome.avklaring else ''} {listed}."


def _near(
    rule: Rule, outcome: Outcome, dimension: Spordimensjon, kodeverk: Kodeverk, chance: random.Random
) -> Iterable[Alternativ]:
    """Koder det er lett å ta feil av: de regelen selv nevner, de som forveksles, og til slutt naboene i kodelisten."""
    meant = set(outcome.alternatives(dimension))
    near = [miss.kode for miss in rule.ikke if miss.dimensjon == dimension]
    if not outcome.code(dimension):
        near = [*outcome.alternatives(dimension), *near]
    for kode in meant:
        found = kodeverk.avgrensning(dimension, kode)
        near += found.forveksles_med if found else ()
    listed = [k.kode for k in kodeverk.koder(dimension)]
    first = min(meant)
    neighbours = sorted(listed, key=lambda k: (abs(int(k) - int(first)), k))[:8]
    chance.shuffle(neighbours)
    wrong = [k for k in dict.fromkeys((*near, *neighbours)) if kodeverk.finnes(dimension, k)]
    return [_choice(dimension, k, kodeverk) for k in wrong]


def _choice(dimension: Spordimensjon, kode: str, kodeverk: Kodeverk) -> Alternativ:
    return Alternativ(kode, kodeverk.navn(dimension, kode))
