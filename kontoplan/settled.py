"""Dommen når et menneske alt har avgjort kontoen: avgjørelsen gjelder, så lenge koden den peker på, gjør det."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from kontoplan.evidence.memory import expired, memory_flags, told, where
from kontoplan.flags import class_flags
from kontoplan.judge import reasons, weigh
from kontoplan.sak import Andel, Begrunnelse, Forslag, Vurdering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.memory import Recalled
    from kontoplan.sak import Evidence, Flagg
    from kontoplan.weights import Weights

# Det som gjelder uansett hva noen har avgjort: at koden er forbudt i kontoklassen.
_FORBIDDEN = frozenset({"bare-drift", "bare-investering"})
_LEAVING = "lokalt-utgaar"  # at kontoen er på vei ut, må ses på igjen hvert år


def settle(  # noqa: PLR0913 - det som er kjent om saken når avgjørelsen tas fram
    answer: Vurdering,
    recalled: Recalled,
    evidence: Sequence[Evidence],
    listed: Codes,
    weights: Weights,
    *,
    sektor: str | None = None,
) -> Vurdering:
    """Vurderingen slik den er når kontoen er avgjort før; ``answer`` er det programmet selv kom til.

    ``sektor`` er sektoren i kontonummeret, som gjelder når avgjørelsen ikke sier noe om den.

    En kode som gjelder, får status ``avgjort`` og sannsynlighet 1: alle andre koder er utelukket (``motvekt`` uendelig).
    En kode som er gått ut, gir ``utgatt`` med etterfølgerne. «Rapporteres ikke» gir ``internt``, og en fordeling gir
    ``fordeles`` med andelene. En kode som ikke finnes i året eller regnskapet, gir programmets eget svar.
    """
    decided = recalled.decided
    if decided is None:
        return answer
    leaving = (f for f in answer.flagg if f.id == _LEAVING and decided.aar < listed.kodeverk.aar)
    flagg = (*memory_flags(recalled, listed), *leaving)
    if expired(decided, listed):
        heirs = _expired(answer, decided, evidence, listed, weights)
        return replace(heirs, status="utgatt", flagg=(*flagg, *_others(answer)))
    if not all(_usable(kode, decided, listed) for kode in decided.svar.koder):
        return answer
    sure = replace(
        answer,
        kode=None,
        sannsynlighet=1.0,
        forslag=(),
        begrunnelse=_because(answer, decided, listed, weights),
        flagg=flagg,
        fordeling=(),
        sektor=None,
        utgangspunkt=0.0,
        motvekt=inf,
    )
    if decided.svar.utfall == "fordeles":
        return replace(sure, status="fordeles", fordeling=_shares(decided, listed))
    if decided.svar.utfall == "rapporteres ikke" or decided.svar.kode in listed.internal:
        return replace(sure, status="internt")
    return _coded(sure, decided, listed, sektor)


def _coded(sure: Vurdering, decided: Avgjorelse, listed: Codes, sektor: str | None) -> Vurdering:
    kode, sectors = decided.svar.kode, listed.kodeverk
    chosen = decided.svar.sektor or sektor or ""
    clashes = (f for f in class_flags(kode, sure.kontoklasse, listed) if f.id in _FORBIDDEN)
    return replace(
        sure,
        status="avgjort",
        kode=kode,
        forslag=(Forslag(kode, listed.kodeverk.navn(listed.dimensjon, kode), 1.0),),
        flagg=(*sure.flagg, *clashes),
        sektor=chosen if chosen and sectors.finnes("sektor", chosen) else None,
    )


def _usable(kode: str, decided: Avgjorelse, listed: Codes) -> bool:
    """Om koden kan brukes i året; i en fordeling kan en kode være gått ut, og vises da med etterfølgerne."""
    if decided.svar.utfall == "fordeles" and listed.ended(kode):
        return True
    conditional = (k.kode for k in listed.kodeverk.betingede(listed.dimensjon))
    return listed.current(kode) or kode in conditional


def _because(answer: Vurdering, decided: Avgjorelse, listed: Codes, weights: Weights) -> tuple[Begrunnelse, ...]:
    """Avgjørelsen, og hva programmet ellers ville ha foreslått når det er noe annet."""
    found = [Begrunnelse("minne", told(decided), where(decided), weights.minne.get("samme", 0.0))]
    if answer.kode and (answer.kode,) != decided.svar.koder:
        named = f"{answer.kode} {listed.kodeverk.navn(listed.dimensjon, answer.kode)}"
        found.append(Begrunnelse("minne", f"Uten avgjørelsen hadde programmet foreslått {named}."))
    if decided.svar.utfall == "kode" and decided.svar.kode in listed.valid:
        official = listed.kodeverk.kode(listed.dimensjon, decided.svar.kode)
        found.append(Begrunnelse("gyldighet", listed.validity(decided.svar.kode), official.kilde if official else ""))
    return tuple(found)


def _shares(decided: Avgjorelse, listed: Codes) -> tuple[Andel, ...]:
    """Andelene; en kode som er gått ut, byttes med etterfølgerne, som må få nye andeler."""
    return tuple(
        share if heir == share.kode else Andel(heir, None, share.grunnlag)
        for share in decided.svar.fordeling
        for heir in listed.heirs(share.kode)
    )


def _expired(
    answer: Vurdering,
    decided: Avgjorelse,
    evidence: Sequence[Evidence],
    listed: Codes,
    weights: Weights,
) -> Vurdering:
    """Etterfølgerne til koden som ble avgjort, den mest sannsynlige først; ingen kode når ingen er kjent."""
    scores = weigh(evidence, listed, weights)
    heirs = [s for s in scores if s.kode in listed.heirs(decided.svar.kode) and s.kode in listed.valid]
    if not heirs:
        reason = Begrunnelse("minne", f"{told(decided)} {listed.expiry(decided.svar.kode)}", where(decided))
        begrunnelse = (reason, *answer.begrunnelse)
        return replace(answer, kode=None, forslag=(), begrunnelse=begrunnelse)
    best = heirs[0]
    name = listed.kodeverk.navn
    return replace(
        answer,
        kode=best.kode,
        sannsynlighet=best.sannsynlighet,
        forslag=tuple(Forslag(s.kode, name(listed.dimensjon, s.kode), s.sannsynlighet) for s in heirs),
        begrunnelse=reasons(best, evidence, listed),
        fordeling=(),
        utgangspunkt=best.utgangspunkt,
        motvekt=best.motvekt,
    )


def _others(answer: Vurdering) -> tuple[Flagg, ...]:
    """Flaggene en åpen konto ellers har; det om utgått kode sier minnet selv."""
    return tuple(f for f in answer.flagg if f.id not in {"utgatt", _LEAVING})
