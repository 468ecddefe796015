"""Dommeren: legger sammen det vitnene sier, gjør summene til sannsynligheter og avgjør status.

For hver kode summeres utgangspunktet og alle vektene (log-odds); sannsynligheten er andelen av summene etter at de er
opphøyd (softmax). Vektene og tersklene er tilpasset på data (``weights``), ikke satt her.
"""

from __future__ import annotations

from collections import defaultdict
from math import exp, fsum, inf, log
from typing import TYPE_CHECKING, NamedTuple

from kontoplan.sak import Begrunnelse, Evidence, Forslag, Vurdering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.evidence.codes import Codes
    from kontoplan.sak import Flagg, Sak, Status
    from kontoplan.weights import Weights

_SHOWN = 3  # så mange forslag vises når svaret ikke er en mengde
_LARGEST_SET = 4  # større mengder hjelper ingen å velge
_LEAST_SHOWN = 0.005
_CARRIES = 3.0  # log-odds: med mindre vekt enn dette (20 mot 1) er det navnet som avgjør


class Score(NamedTuple):
    """En kode etter at alle er hørt.

    Utgangspunktet, summen av det og alt som er sagt om koden (log-odds), sannsynligheten (0–1), og motvekten: log-odds
    de andre kodene trekker ned.
    """

    kode: str
    utgangspunkt: float
    sum: float
    sannsynlighet: float
    motvekt: float = 0.0


def weigh(evidence: Sequence[Evidence], listed: Codes, weights: Weights, *, every: bool = False) -> tuple[Score, ...]:
    """Kodene noen har talt om, mest sannsynlig først; alle kodene når ingen taler for noe, eller med ``every``.

    Med er koder som gjelder, interne og de som er utgått uten etterfølger. Sannsynlighetene er andeler av alle kodene,
    også dem ingen nevnte. Utsagn om andre koder teller ikke, og rekkefølgen på utsagnene betyr ingenting (summene er
    eksakte).
    """
    said: dict[str, list[float]] = defaultdict(list)
    for statement in evidence:
        said[statement.kode].append(statement.weight)
    valid, unreported = listed.valid, listed.unreported
    start = {kode: 0.0 if kode in valid else weights.rapporteres_ikke for kode in said if kode in listed.possible}
    sums = {kode: fsum((first, *said[kode])) for kode, first in start.items()}
    reported = sum(kode in valid for kode in sums)
    silent = len(valid) - reported, len(unreported) - (len(sums) - reported)
    if every or max(sums.values(), default=0.0) <= 0:
        start = {**dict.fromkeys(valid, 0.0), **dict.fromkeys(unreported, weights.rapporteres_ikke), **start}
        sums, silent = {**start, **sums}, (0, 0)
    top = max(sums.values())
    odds = {kode: exp(s - top) for kode, s in sums.items()}
    unheard = (silent[0] * exp(-top), silent[1] * exp(weights.rapporteres_ikke - top))
    total = fsum((*odds.values(), *unheard))
    best = min(sums, key=lambda kode: (-odds[kode], kode))
    # Resten regnes for seg for den beste; trukket fra summen ville den drukne i avrunding når koden er nesten sikker.
    rest = fsum((*(o for kode, o in odds.items() if kode != best), *unheard))
    scores = []
    for kode, s in sums.items():
        others = rest if kode == best else total - odds[kode]
        against = -(top + log(others)) if others > 0 else inf
        scores.append(Score(kode, start[kode], s, odds[kode] / total, against))
    return tuple(sorted(scores, key=lambda s: (-s.sannsynlighet, s.kode)))


def decide(  # noqa: PLR0913 - det en dom bygger på
    sak: Sak,
    evidence: Sequence[Evidence],
    flagg: Sequence[Flagg],
    listed: Codes,
    weights: Weights,
    *,
    scores: Sequence[Score] = (),
) -> Vurdering:
    """Vurderingen av én sak: kode, status, forslag og begrunnelse; ``scores`` er :func:`weigh` når den er regnet ut."""
    scores = scores or weigh(evidence, listed, weights)
    best = scores[0]
    status = _status(scores, evidence, flagg, listed, weights)
    if status == "sikker" and not (likely(best, evidence, weights) and seconded(best.kode, evidence, flagg)):
        status = _open_status(scores, weights)
    coded = status != "ukjent" and best.kode in listed.valid
    return Vurdering(
        kode=best.kode if coded else None,
        status=status,
        sannsynlighet=best.sannsynlighet,
        forslag=_suggestions(scores, status, evidence, listed, weights),
        begrunnelse=reasons(best, evidence, listed),
        flagg=tuple(flagg),
        kontoklasse=sak.kontoklasse,
        utgangspunkt=best.utgangspunkt,
        motvekt=best.motvekt,
    )


def temper(evidence: Sequence[Evidence], listed: Codes, weights: Weights) -> list[Evidence]:
    """Det som trekkes fra nummeret når navnet tydelig taler for en annen kode.

    Oddsen for kodene nummeret peker på, blir da ikke høyere enn slike uenigheter har vist seg å gi nummeret rett.
    """
    pointed = {e.kode for e in evidence if e.bevis == "nummer"}
    scores = weigh(evidence, listed, weights, every=True)
    inside = fsum(s.sannsynlighet for s in scores if s.kode in pointed)
    outside = fsum(s.sannsynlighet for s in scores if s.kode not in pointed)
    excess = log(inside / outside) - weights.uenighet if inside and outside else 0.0
    if excess <= 0:
        return []
    message = "Navnet taler tydelig for en annen kode, så nummeret veier mindre enn det ellers gjør i tabellen."
    return [Evidence("nummer", kode, -excess, message) for kode in sorted(pointed)]


def carried_by_number(kode: str, evidence: Sequence[Evidence]) -> bool:
    """Om nummeret på kontoen peker klart på koden."""
    return any(e.bevis == "nummer" and e.kode == kode and e.weight >= _CARRIES for e in evidence)


def likely(best: Score, evidence: Sequence[Evidence], weights: Weights) -> bool:
    """Om koden er sannsynlig nok til å være sikker; det kreves mer når navnet alene avgjør."""
    carried = carried_by_number(best.kode, evidence)
    return best.sannsynlighet >= (weights.sikker_med_nummer if carried else weights.sikker)


def seconded(kode: str, evidence: Sequence[Evidence], flagg: Sequence[Flagg]) -> bool:
    """Om koden kan være sikker: ingen flagg stopper den, og nummeret eller ordlyden peker på den.

    Ordlyden er vitnet som kan vise til en kilde. Når klassifikatoren og den er uenige om hva navnet likner mest på, er
    svaret oftere feil enn sannsynligheten sier, så da skal et menneske se på det.
    """
    return not blocked(flagg) and (carried_by_number(kode, evidence) or nearest(evidence) in {kode, None})


def nearest(evidence: Sequence[Evidence]) -> str | None:
    """Koden ordlyden taler mest for; ``None`` når den ikke taler."""
    said = [e for e in evidence if e.bevis == "ordlyd"]
    return max(said, key=lambda e: e.weight).kode if said else None


def prediction_set(scores: Sequence[Score], coverage: float) -> tuple[Score, ...]:
    """De mest sannsynlige kodene, til de til sammen har sannsynligheten ``coverage``."""
    total = 0.0
    for at, score in enumerate(scores):
        total += score.sannsynlighet
        if total >= coverage:
            return tuple(scores[: at + 1])
    return tuple(scores)


def _status(
    scores: Sequence[Score], evidence: Sequence[Evidence], flagg: Sequence[Flagg], listed: Codes, weights: Weights
) -> Status:
    """Statusen når det ikke er noen tvil om koden."""
    best = scores[0]
    if best.sannsynlighet < weights.ukjent:
        return "ukjent"
    if _expired_by_number(best.kode, evidence, flagg):
        return "utgatt"
    if best.kode in listed.valid:
        return "sikker"
    # En konto tas bare ut av rapporten når ingen kode som kan rapporteres, er aktuell.
    members = prediction_set(scores, weights.dekning)
    if not _covers(members, weights) or any(s.kode in listed.valid for s in members):
        return "ukjent"
    return "internt" if best.kode in listed.internal else "utgatt"


def _open_status(scores: Sequence[Score], weights: Weights) -> Status:
    """Statusen når det er tvil: noen få koder å velge mellom, eller én som må bekreftes."""
    members = prediction_set(scores, weights.dekning)
    return "tvetydig" if 1 < len(members) <= _LARGEST_SET and _covers(members, weights) else "usikker"


def _covers(members: Sequence[Score], weights: Weights) -> bool:
    """Om mengden er stor nok; ellers er noe av sannsynligheten hos koder ingen har talt om."""
    return fsum(s.sannsynlighet for s in members) >= weights.dekning


# Med disse flaggene skal et menneske se på raden uansett hvor sannsynlig koden er.
_BLOCKING = frozenset(
    {
        "nummer-mot-navn",
        "side-mot-navn",
        "utgatt",
        "bare-investering",
        "bare-drift",
        "kort-navn",
        "avklaring",
        "fordeling",
    }
)


def blocked(flagg: Sequence[Flagg]) -> bool:
    """Om et av flaggene sier at et menneske må se på saken, uansett hvor sannsynlig koden er."""
    return any(f.id in _BLOCKING for f in flagg)


def _expired_by_number(kode: str, evidence: Sequence[Evidence], flagg: Sequence[Flagg]) -> bool:
    """Om nummeret er å stole på (da er det flagget) og er en utgått kode som ``kode`` har overtatt for."""
    flagged = any(f.id == "utgatt" for f in flagg)
    return flagged and any(e.bevis == "nummer" and e.kode == kode and e.lest for e in evidence)


def _suggestions(
    scores: Sequence[Score], status: Status, evidence: Sequence[Evidence], listed: Codes, weights: Weights
) -> tuple[Forslag, ...]:
    if status == "utgatt":
        heirs = {e.kode for e in evidence if e.bevis == "nummer" and e.lest}
        shown = [s for s in scores if s.kode in heirs and s.kode in listed.valid]
    elif status == "tvetydig":
        shown = list(prediction_set(scores, weights.dekning))
    else:
        shown = [s for s in scores[:_SHOWN] if s.sannsynlighet >= _LEAST_SHOWN]
    name = listed.kodeverk.navn
    return tuple(Forslag(s.kode, name(listed.dimensjon, s.kode), s.sannsynlighet) for s in shown)


def reasons(best: Score, evidence: Sequence[Evidence], listed: Codes) -> tuple[Begrunnelse, ...]:
    """Det som taler for og mot koden, tyngst først, og at den gjelder i året."""
    spoken = sorted((e for e in evidence if e.kode == best.kode), key=lambda e: (-abs(e.weight), e.bevis, e.message))
    reasons = [Begrunnelse(e.bevis, e.message, e.kilde, e.weight, e.regel) for e in spoken]
    found = listed.kodeverk.kode(listed.dimensjon, best.kode)
    if found is not None:
        reasons.append(Begrunnelse("gyldighet", listed.validity(best.kode), found.kilde))
    return tuple(reasons)
