"""Regningen i en evaluering: hva hver feil står for, anslaget og grensen hver vei, og konklusjonen."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from kontoplan.tall import exact_percent, thousands
from kontoplan.utvalg.evaluering import Evaluering, Feil, Retning, Stratumsvar
from kontoplan.utvalg.grense import upper_limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.utvalg.evaluering import Konklusjon, Vurdert
    from kontoplan.utvalg.utvalg import Ramme, Stratum

Tegn = Literal[1, -1]
"""1 for det som er ført for høyt, −1 for det som er ført for lavt."""
_ORE: Final = 100


def evaluate(
    ramme: Ramme, rader: Sequence[Vurdert], *, fil: str, konfidens: float, vesentlighet_ore: int
) -> Evaluering:
    """Evaluerer utvalget; er noe ikke vurdert, er svaret foreløpig og regner det som riktig.

    Args:
        ramme: Utvalget.
        rader: Alle radene i utvalget.
        fil: Arbeidsboken.
        konfidens: Konfidensen grensene skal ha, 0,5–0,999.
        vesentlighet_ore: Grensen de sammenlignes med, i øre.
    """
    parts = {part.navn: part for part in ramme.strata}
    wrong = [Feil(one, round(share(ramme, parts[one.stratum], one))) for one in rader if one.feil_ore]
    high, low = (direction(ramme, rader, sign, konfidens) for sign in (1, -1))
    missing = tuple(one.sted for one in rader if one.revidert_ore is None)
    outcome = _outcome(high, low, vesentlighet_ore, missing=bool(missing))
    return Evaluering(
        fil=fil,
        ramme=ramme,
        konfidens=konfidens,
        vesentlighet_ore=vesentlighet_ore,
        vurdert=len(rader) - len(missing),
        mangler=missing,
        for_hoyt=high,
        for_lavt=low,
        strata=tuple(_stratum(part, rader, wrong) for part in ramme.strata),
        feil=tuple(sorted(wrong, key=lambda one: (-abs(one.bidrag_ore), one.rad.nr))),
        konklusjon=outcome,
        melding=_sentence(outcome, high, low, konfidens, vesentlighet_ore),
        merknader=tuple(_notes(ramme, wrong, konfidens, vesentlighet_ore, missing)),
    )


def share(ramme: Ramme, part: Stratum, rad: Vurdert) -> Fraction:
    """Det feilen på en rad står for i populasjonen, i øre: feilen delt på sjansen raden hadde for å bli trukket."""
    if not is_sampled(ramme, part):
        weight = Fraction(1)
    elif ramme.metode == "mus":
        weight = Fraction(ramme.intervall_ore, abs(rad.ore))
    else:
        weight = Fraction(part.antall, part.trukket)
    return weight * rad.feil_ore


def is_sampled(ramme: Ramme, part: Stratum) -> bool:
    """Om det er trukket av stratumet, så det som ikke er sett på, også kan ha feil."""
    return not part.fullt and part.minst_ore < ramme.intervall_ore


def largest_share(ramme: Ramme) -> Fraction:
    """Det én trukket postering høyst kan stå for når hele beløpet er feil, i øre; 0 når alt er tatt med."""
    sampled = [part for part in ramme.strata if is_sampled(ramme, part)]
    if ramme.metode == "mus":
        return Fraction(ramme.intervall_ore if sampled else 0)
    return max((Fraction(part.antall * part.storst_ore, part.trukket) for part in sampled), default=Fraction(0))


def direction(ramme: Ramme, rader: Sequence[Vurdert], tegn: Tegn, konfidens: float) -> Retning:
    """Feilen den ene veien. Feil den andre veien trekkes ikke fra."""
    parts = {part.navn: part for part in ramme.strata}
    found = [one for one in rader if one.feil_ore * tegn > 0]
    shares = [(one, abs(share(ramme, parts[one.stratum], one))) for one in found]
    drawn = [part for one, part in shares if is_sampled(ramme, parts[one.stratum])]
    projected = sum((part for _, part in shares), Fraction(0))
    most = largest_share(ramme)
    limit = upper_limit([float(part) for part in drawn], float(most), konfidens)
    upper = limit.ovre
    if tegn > 0 and all(part <= most for part in drawn):  # mer enn hele beløpet kan da ikke være ført for høyt
        upper = min(upper, sum(part.sum_ore for part in ramme.strata if is_sampled(ramme, part)))
    certain = projected - sum(drawn, Fraction(0))
    return Retning(
        antall=len(found),
        kjent_ore=sum(abs(one.feil_ore) for one in found),
        anslatt_ore=round(projected),
        grunn_ore=round(limit.grunn),
        tillegg_ore=round(limit.tillegg),
        grense_ore=max(int(certain) + math.ceil(round(upper, 6)), round(projected)),
    )


def _stratum(part: Stratum, rader: Sequence[Vurdert], wrong: Sequence[Feil]) -> Stratumsvar:
    own = [one for one in wrong if one.rad.stratum == part.navn]
    return Stratumsvar(
        part,
        sum(one.stratum == part.navn and one.revidert_ore is not None for one in rader),
        len(own),
        sum(max(one.bidrag_ore, 0) for one in own),
        sum(max(-one.bidrag_ore, 0) for one in own),
    )


def _outcome(high: Retning, low: Retning, vesentlighet_ore: int, *, missing: bool) -> Konklusjon:
    if max(high.anslatt_ore, low.anslatt_ore) > vesentlighet_ore:
        return "godtas ikke"
    if missing:
        return "foreløpig"
    return "godtas" if max(high.grense_ore, low.grense_ore) <= vesentlighet_ore else "uavklart"


def _sentence(outcome: Konklusjon, high: Retning, low: Retning, konfidens: float, vesentlighet_ore: int) -> str:
    limit = f"vesentlighetsgrensen er {_kr(vesentlighet_ore)}"
    sure = f"med {exact_percent(konfidens)} konfidens"
    bounds = f"høyst {_kr(high.grense_ore)} for høyt og høyst {_kr(low.grense_ore)} for lavt"
    best = f"{_kr(high.anslatt_ore)} for høyt og {_kr(low.anslatt_ore)} for lavt"
    if outcome == "godtas":
        return f"Posteringene kan godtas: {sure} er de ført {bounds}, og {limit}."
    if outcome == "godtas ikke":
        return f"Posteringene kan ikke godtas: anslått feil er {best}, og {limit}. Få feilene rettet, og finn ut hvor de kommer fra."
    if outcome == "foreløpig":
        return f"Foreløpig, ingen konklusjon: rader gjenstår, og er regnet som riktige. Så langt er anslått feil {best}, og {limit}."
    return (
        f"Utvalget gir ikke svar: anslått feil er {best}, under vesentlighetsgrensen, men {sure} kan det være {bounds}, og {limit}. "
        "Revider mer, eller få undersøkt og rettet det feilene kommer av."
    )


def _notes(
    ramme: Ramme, wrong: Sequence[Feil], konfidens: float, vesentlighet_ore: int, missing: Sequence[str]
) -> Iterator[str]:
    if missing:
        yield f"{len(missing)} av {ramme.utvalg} rader er ikke vurdert."
    if vesentlighet_ore != ramme.vesentlighet_ore or konfidens != ramme.konfidens:
        yield (
            f"Utvalget er planlagt med {exact_percent(ramme.konfidens)} konfidens og {_kr(ramme.vesentlighet_ore)}, men evaluert med "
            f"{exact_percent(konfidens)} og {_kr(vesentlighet_ore)}."
        )
    turned = [one.rad.sted for one in wrong if one.rad.revidert_ore and one.rad.revidert_ore * one.rad.ore < 0]
    if turned:
        yield f"Revidert beløp har motsatt fortegn av det bokførte i {', '.join(turned)}; kontroller at det er meningen."
    if any(abs(one.rad.andel) > 1 for one in wrong):
        yield "En feil er større enn det bokførte beløpet. Grunnpresisjonen er derfor regnet med at andre feil kan være like store."


def whole_kroner(ore: int) -> str:
    """Beløpet i hele kroner, rundet opp, så en grense aldri ser lavere ut enn den er."""
    return thousands(-(-ore // _ORE))


def _kr(ore: int) -> str:
    return f"{whole_kroner(ore)} kr"
