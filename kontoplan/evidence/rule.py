"""Regelvitnet: hva regelbasen sier om en sak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.evidence.direction import retning as direction
from kontoplan.rulebase.match import Context, contradict, winners
from kontoplan.rulebase.sources import place
from kontoplan.sak import Evidence
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kontoplan.evidence.codes import Codes
    from kontoplan.rulebase.match import Hit, RuleBase
    from kontoplan.sak import Sak
    from kontoplan.weights import Weights

_NAMED = 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """Reglene som vant i én dimensjon, mest spesifikke; flere når like spesifikke regler traff.

    Attributes:
        hits: Vinnerne.
        others: De andre reglene som traff, og som ga seg for en mer spesifikk.
        sources: Kildene med tittel.
        covered: Andelen (0–1) av ordene i teksten som reglene så etter.
    """

    hits: tuple[Hit, ...]
    others: tuple[Hit, ...]
    sources: Mapping[str, str]
    covered: float = 1.0

    @property
    def agreed(self) -> bool:
        """Om vinnerne sier det samme."""
        return len({hit.outcome for hit in self.hits}) == 1


def ask(base: RuleBase, sak: Sak, listed: Codes, reading_series: str = "") -> Ruling | None:
    """Regelen som gjelder for saken i kodelistens dimensjon; ``None`` når ingen traff.

    Args:
        base: Regelbasen.
        sak: Saken.
        listed: Kodelisten det spørres i.
        reading_series: Første siffer i arten nummeret peker på, når det er kjent; sier om det er utgift eller inntekt.
    """
    known = sak.kontekst.as_dict()
    klasse = listed.kodeverk.klasse(sak.kontoklasse) if sak.kontoklasse else None
    if klasse:
        known["kontoklasse"] = klasse
    if reading_series:
        known["retning"] = direction(reading_series)
    hits = base.hits(sak.tekst, aar=listed.kodeverk.aar, regnskap=listed.kodeverk.regnskap, context=Context.of(known))
    won = winners(hits, listed.dimensjon)
    if not won:
        return None
    others = tuple(hit for hit in hits if hit not in won and listed.dimensjon in hit.outcome.dimensjoner)
    covered = min(won[0].weight[0] / max(len(read(sak.tekst).ord), 1), 1.0)
    return Ruling(won, others, base.sources, covered)


def testify(ruling: Ruling, listed: Codes, weights: Weights) -> Iterator[Evidence]:
    """Det reglene sier om kodene de gir, med vekt etter hvor sikker kilden er og hvor mye av teksten de dekker.

    En regel som spør eller fordeler, taler like mye for alle kodene den nevner. Når like spesifikke regler er uenige,
    taler hver av dem for sitt, og saken blir tvetydig.
    """
    disputed = contradict(ruling.hits, listed.dimensjon)
    for hit in ruling.hits:
        rule, outcome = hit.rule, hit.outcome
        weight = weights.regel[rule.sikkerhet] + weights.regel_dekning * ruling.covered
        where = "; ".join(place(kilde, ruling.sources) for kilde in rule.kilder)
        internal = [kode for dimension, kode in outcome.internt if dimension == listed.dimensjon]
        for kode in (*outcome.alternatives(listed.dimensjon), *internal):
            note = " En like spesifikk regel sier noe annet." if disputed else _over(ruling)
            yield Evidence("regel", kode, weight, f"{rule.tittel}: {rule.fordi}{note}", where, regel=rule.id)


def _over(ruling: Ruling) -> str:
    """Hvilke andre regler som traff, og hvorfor de ga seg."""
    beaten = [f"«{hit.rule.tittel}»" for hit in ruling.others if hit.outcome != ruling.hits[0].outcome]
    return f" Gjelder foran {' og '.join(beaten[:_NAMED])}, som er mindre spesifikk." if beaten else ""
