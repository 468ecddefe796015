"""Spørsmålene som avgjør mellom kodene som er igjen: regnet ut av reglene, skillene og sannsynlighetene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.question.distinctions import distinctions
from kontoplan.svar import Motsporsmal, Valg
from kontoplan.usecases.spor_horing import entropy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kontoplan.question.distinctions import Skille
    from kontoplan.rulebase.rule import Avklaring
    from kontoplan.svar import Kodepar, Spordimensjon
    from kontoplan.usecases.spor_horing import Case, Part

FLEST = 2
"""Så mange spørsmål stilles om gangen."""
_LEAST_GAIN = 0.2  # bit; spørsmål som ventes å avgjøre mindre enn dette, stilles ikke
_LEAST_MASS = 0.02  # svar som er mindre sannsynlige enn dette, tas ikke med
_NOTHING = 0.002  # koder som er mindre sannsynlige enn dette, er ute av spørsmålet
_DIMENSIONS: tuple[Spordimensjon, ...] = ("funksjon", "art")


def questions(parts: Iterable[Part], case: Case) -> tuple[Motsporsmal, ...]:
    """Høyst to spørsmål, det som ventes å avgjøre mest, først.

    Det en regel sier må avklares, går alltid foran. Ellers rangeres spørsmålene etter hvor mye de ventes å redusere
    entropien over kodene som er igjen. Spørsmål nummer to er det beste om den andre dimensjonen, eller det beste etter at
    det første er besvart med det mest sannsynlige svaret.
    """
    listed = list(parts)
    first = sorted((q for part in listed for q in _best(part, _left(part), case)), key=lambda q: -q.nytte)
    if len(first) == 1:
        first += _follow_up(first[0], listed, case)
    return tuple(dict.fromkeys(first))[:FLEST]


def _left(part: Part) -> dict[str, float]:
    """Kodene det ennå er verdt å skille mellom."""
    return {kode: p for kode, p in part.odds.items() if p >= _NOTHING}


def _best(part: Part, odds: Mapping[str, float], case: Case) -> list[Motsporsmal]:
    """Det beste spørsmålet om én dimensjon, om noe er verdt å spørre om."""
    asked = _ruled(part, case)
    if asked:
        return asked
    found = [q for s in distinctions() if s.dimensjon == part.dimensjon and (q := _split(s, odds, case))]
    return sorted(found, key=lambda q: -q.nytte)[:1]


def _follow_up(first: Motsporsmal, parts: Sequence[Part], case: Case) -> list[Motsporsmal]:
    """Det beste spørsmålet etter at det første er besvart med det mest sannsynlige svaret."""
    dimension = next((d for svar in first.svar for d, _ in svar.koder), None)
    part = next((p for p in parts if p.dimensjon == dimension), None)
    if part is None:
        return []
    likely = max(first.svar, key=lambda svar: sum(part.odds.get(k, 0.0) for _, k in svar.koder))
    left = {k: part.odds[k] for d, k in likely.koder if d == part.dimensjon and k in part.odds}
    found = (q for s in distinctions() if s.dimensjon == part.dimensjon and (q := _split(s, left, case)))
    return sorted((q for q in found if q.sporsmal != first.sporsmal), key=lambda q: -q.nytte)[:1]


def _ruled(part: Part, case: Case) -> list[Motsporsmal]:
    """Spørsmålet regelen som vant, sier må avklares."""
    if part.hearing.ruling is None or not part.hearing.ruling.agreed:
        return []
    found = part.hearing.ruling.hits[0].outcome.avklaring
    if found is None or part.dimensjon not in {d for svar in found.svar for d, _ in svar.gir}:
        return []
    question = _from_rule(found, part)
    return [] if _is_answered(question, case) else [question]


def _is_answered(question: Motsporsmal, case: Case) -> bool:
    between = frozenset(pair for svar in question.svar for pair in svar.koder)
    return any(between == asked for asked, _ in case.chosen)


def _from_rule(found: Avklaring, part: Part) -> Motsporsmal:
    answers = tuple(Valg(svar.tekst, pairs := _pairs(svar.gir), pairs) for svar in found.svar)
    groups = [{k for d, k in svar.koder if d == part.dimensjon} for svar in answers]
    return Motsporsmal(found.sporsmal, answers, 1.0 + gain(groups, part.odds))


def _pairs(gir: Iterable[tuple[str, str]]) -> tuple[Kodepar, ...]:
    return tuple((dimension, kode) for d, kode in gir for dimension in _DIMENSIONS if d == dimension)


def _split(skille: Skille, odds: Mapping[str, float], case: Case) -> Motsporsmal | None:
    """Skillet som spørsmål over kodene som er igjen; ``None`` når det ikke avgjør noe."""
    answers = tuple(_answers(skille, odds))
    if len(answers) < FLEST or any(name in case.known for svar in answers for name, _ in svar.kjent):
        return None
    useful = gain([{k for _, k in svar.koder} for svar in answers], odds)
    question = Motsporsmal(skille.sporsmal, answers, useful)
    return question if useful >= _LEAST_GAIN and not _is_answered(question, case) else None


def _answers(skille: Skille, odds: Mapping[str, float]) -> Iterator[Valg]:
    (dimension,) = (d for d in _DIMENSIONS if d == skille.dimensjon)
    for group in skille.grupper:
        inside = {kode: p for kode, p in odds.items() if group.has(kode)}
        if sum(inside.values()) >= _LEAST_MASS:
            best = max(inside, key=lambda kode: inside[kode])
            yield Valg(group.tekst, ((dimension, best),), tuple((dimension, kode) for kode in inside), group.kjent)


def gain(groups: Sequence[set[str]], odds: Mapping[str, float]) -> float:
    """Ventet reduksjon i entropi (bit) av å få vite hvilken gruppe koden er i.

    Koder utenfor gruppene er like mulige etterpå. En kode i flere grupper deles likt mellom dem.
    """
    holders = {kode: sum(kode in group for group in groups) for kode in odds}
    masses = [sum(odds.get(kode, 0.0) / holders[kode] for kode in group if kode in odds) for group in groups]
    return sum(masses) * entropy({str(at): mass for at, mass in enumerate(masses)})
