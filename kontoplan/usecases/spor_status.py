"""Én dimensjon av saken gjort om til svar: statusen, kodene som vises, og delene beløpet skal deles på."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.sak import Forslag
from kontoplan.svar import Del
from kontoplan.weights import weights

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.rulebase.rule import Avklaring
    from kontoplan.sak import Status
    from kontoplan.svar import Spordimensjon, Svarstatus
    from kontoplan.usecases.spor_horing import Case, Part

_SHOWN, _LEAST, _COVERED = 4, 0.02, 0.95
_HARDLY = 0.1  # så usannsynlige koder er ikke noe svar
_MOSTLY = 1 / 2  # så stor del av ordene må være kjent for at svaret skal kunne være sikkert
_NAMES: dict[Status, Svarstatus] = {
    "sikker": "sikker",
    "avgjort": "sikker",
    "fordeles": "fordeles",
    "tvetydig": "tvetydig",
}


def status_of(part: Part, case: Case) -> Svarstatus:
    """Statusen i én dimensjon: den dommeren ga, det regelen sier må avklares, og det spørreren har svart."""
    decided = part.vurdering.status
    if any(d == part.dimensjon for asked, _ in case.chosen for d, _ in asked):
        return _by_odds(part)
    if decided != "fordeles" and (_undecided(part) or is_internal(part) or decided == "utgatt"):
        return "avhenger"
    if decided == "sikker" and known_share(part) < _MOSTLY:
        return "usikker"
    return _NAMES.get(decided, "usikker")


def is_internal(part: Part) -> bool:
    """Om posten bare finnes i kommunens eget regnskap, slik at den ikke har noen kode å rapportere på."""
    ruling = part.hearing.ruling
    ruled = ruling.hits[0].outcome.internt if ruling and ruling.agreed else ()
    return part.vurdering.status == "internt" or any(d == part.dimensjon for d, _ in ruled)


def known_share(part: Part) -> float:
    """Andelen av ordene i spørsmålet som er kjent (0–1)."""
    return sum(said.known for said in part.said) / len(part.said) if part.said else 0.0


def _undecided(part: Part) -> bool:
    """Om regelen som vant, sier at et spørsmål må besvares først."""
    ruling = part.hearing.ruling
    found = ruling.hits[0].outcome.avklaring if ruling and ruling.agreed else None
    return found is not None and _divides(found, part.dimensjon)


def _divides(found: Avklaring, dimensjon: Spordimensjon) -> bool:
    """Om svarene på spørsmålet gir ulike koder i dimensjonen, eller ingen kode for noen av dem."""
    return len({tuple(kode for d, kode in svar.gir if d == dimensjon) for svar in found.svar}) > 1


def _by_odds(part: Part) -> Svarstatus:
    """Statusen når spørreren har svart: den samme terskelen som ellers."""
    return "sikker" if part.best[1] >= weights(part.dimensjon).sikker else "usikker"


def codes_of(part: Part, status: Svarstatus, kodeverk: Kodeverk) -> tuple[Forslag, ...]:
    """Kodene som vises: den ene som er sikker, alle det deles på, eller dem som til sammen er sannsynlige nok."""
    dimension, odds = part.dimensjon, part.odds
    valid = [kode for kode in odds if kodeverk.finnes(dimension, kode)]
    if status == "fordeles":
        wanted = [andel.kode for andel in part.vurdering.fordeling]
        together = sum(odds[kode] for kode in wanted if kode in odds)
        return tuple(Forslag(kode, kodeverk.navn(dimension, kode), together) for kode in wanted)
    if is_internal(part) or not valid or odds[valid[0]] < _HARDLY:
        return ()
    wanted = valid[:1]
    if part.vurdering.status == "avgjort" and part.vurdering.kode:
        return (Forslag(part.vurdering.kode, kodeverk.navn(dimension, part.vurdering.kode), 1.0),)
    if status != "sikker":
        wanted = _likely(valid, odds)
    if status == "avhenger" and part.hearing.ruling:
        named = part.hearing.ruling.hits[0].outcome.alternatives(dimension)
        wanted = sorted((k for k in named if k in odds), key=lambda k: -odds[k]) or wanted
    return tuple(Forslag(kode, kodeverk.navn(dimension, kode), odds[kode]) for kode in wanted)


def _likely(valid: list[str], odds: dict[str, float]) -> list[str]:
    found: list[str] = []
    for kode in valid[:_SHOWN]:
        if found and (odds[kode] < _LEAST or sum(odds[k] for k in found) >= _COVERED):
            break
        found.append(kode)
    return found


def shares_of(part: Part, status: Svarstatus) -> list[Del]:
    """Delene når beløpet i dimensjonen skal deles."""
    if status != "fordeles":
        return []
    return [Del(part.dimensjon, a.kode, a.andel, a.grunnlag) for a in part.vurdering.fordeling]
