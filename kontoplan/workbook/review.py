"""Hva et menneske må ta stilling til: hvilke kontoer, i hvilken rekkefølge, og hva spørsmålet er."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kontoplan.headings import FORDELINGER
from kontoplan.status import STATUSER
from kontoplan.workbook.cells import enumerate_words, sentence
from kontoplan.workbook.texts import amount, chosen_name, other_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kontoplan.kobling import Kobling, Kontorad
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Status

# En flagget konto er ikke mindre usikker enn et myntkast, samme hva sannsynligheten sier.
_MINST_MED_FLAGG = 0.5
_VALG_I_SETNINGEN = 3
_OPEN: frozenset[Status] = frozenset({"usikker", "tvetydig"})
# Setningen for disse sier alt det flagget sier.
_SELF_EXPLAINED: frozenset[Status] = frozenset({"utgatt", "ukjent", "tvetydig", "fordeles"})
# Det som sannsynligvis er feil i kommunens egen kontoplan, er viktigere enn det som bare er åpent.
_OFTEST_FEIL = frozenset({"nummer-mot-navn", "bare-investering", "bare-drift"})


def review_rows(kobling: Kobling) -> list[Kontorad]:
    """Kontoene til gjennomgang, viktigst først; en konto på flere rader er med én gang, med summen av beløpene."""
    return [merged([kobling.rader[at] for at in group]) for group in review_groups(kobling)]


def review_groups(kobling: Kobling) -> list[list[int]]:
    """Radene (0-baserte) bak hver konto til gjennomgang, viktigst først: beløp ganger usikkerhet, ellers det som oftest er feil.

    En konto som står på flere rader (en rad per ansvar i et budsjett), er én gruppe.
    """
    groups: dict[object, list[int]] = {}
    for at, rad in enumerate(kobling.rader):
        if rad.venter:
            groups.setdefault(account_key(rad), []).append(at)
    return sorted(groups.values(), key=lambda group: _priority(merged([kobling.rader[at] for at in group])))


def account_key(rad: Kontorad) -> object:
    """Det som er likt for rader som er samme konto og har fått samme svar."""
    konto, svar = rad.konto, rad.vurdering
    return konto.dimensjon, konto.lokal_kode, konto.lokal_navn, konto.kontoklasse, svar.kode, svar.status, svar.flagg


def rows_per_account(kobling: Kobling) -> Counter[object]:
    """Hvor mange rader hver konto står på, etter ``account_key``."""
    return Counter(account_key(rad) for rad in kobling.rader)


def merged(rows: Sequence[Kontorad]) -> Kontorad:
    """Radene som én konto, med summen av beløpene."""
    amounts = [rad.konto.belop for rad in rows if rad.konto.belop is not None]
    if len(rows) == 1 or not amounts:
        return rows[0]
    return replace(rows[0], konto=replace(rows[0].konto, belop=sum(amounts, Decimal())))


def decision(rad: Kontorad, kodeverk: Kodeverk, aar: int) -> str:
    """Hva som må avgjøres for kontoen, i én setning."""
    svar = rad.vurdering
    if svar.status in _OPEN and (question := next((f.melding for f in svar.flagg if f.id == "avklaring"), "")):
        return sentence(question)
    if svar.flagg and svar.status not in _SELF_EXPLAINED:
        return f"Avgjør om {_chosen(rad, kodeverk)} er rett: {_lower_first(sentence(svar.flagg[0].melding))}"
    return _SETNINGER[svar.status](rad, kodeverk, aar) if svar.status in _SETNINGER else ""


def _priority(rad: Kontorad) -> tuple[float, int, float]:
    usikkerhet = _uncertainty(rad)
    belop = abs(amount(rad) or 0.0)
    haster = 0 if any(f.id in _OFTEST_FEIL for f in rad.vurdering.flagg) else STATUSER[rad.vurdering.status].haster
    return -belop * usikkerhet, haster, -usikkerhet


def _uncertainty(rad: Kontorad) -> float:
    svar = rad.vurdering
    if svar.kode is None or svar.status == "utgatt":
        return 1.0
    return max(1 - svar.sannsynlighet, _MINST_MED_FLAGG if svar.flagg else 0.0)


def _expired(rad: Kontorad, kodeverk: Kodeverk, aar: int) -> str:
    why = next((f.melding for f in rad.vurdering.flagg if f.id == "utgatt"), f"Koden gjelder ikke i {aar}.")
    if not rad.vurdering.forslag:
        return f"Finn hvilken kode kontoen skal ha: {_lower_first(why)}"
    ended = _lower_first(why.partition(". ")[0].rstrip("."))  # resten av flagget sier det samme som valget her
    against = next((f" {f.melding}" for f in rad.vurdering.flagg if f.id == "nummer-mot-navn"), "")
    if len(rad.vurdering.forslag) == 1:
        return f"Bekreft at {_chosen(rad, kodeverk)} er rett: {ended}.{against}"
    return f"Velg {_choice(rad, with_chosen=True)}: {ended}.{against}"


def _unknown(rad: Kontorad, _kodeverk: Kodeverk, _aar: int) -> str:
    if rad.vurdering.forslag:
        return f"Finn ut hva kontoen brukes til; kanskje {_choice(rad, with_chosen=False)}."
    return "Finn ut hva kontoen brukes til, og sett KOSTRA-koden."


def _ambiguous(rad: Kontorad, _kodeverk: Kodeverk, _aar: int) -> str:
    if not rad.vurdering.forslag:
        return "Velg koden som passer best med det kontoen brukes til."
    return f"Velg mellom {_choice(rad, with_chosen=True, sist='og')}."


def _split(rad: Kontorad, _kodeverk: Kodeverk, _aar: int) -> str:
    koder = list(dict.fromkeys(andel.kode for andel in rad.vurdering.fordeling))
    if not koder:
        return "Bestem hvilke koder beløpet skal fordeles på, og nøkkelen."
    mangler = any(andel.andel is None for andel in rad.vurdering.fordeling)
    if mangler:
        return f"Bestem nøkkelen som deler beløpet på {enumerate_words(koder)}, i arket {FORDELINGER}."
    return f"Bekreft at beløpet deles på {enumerate_words(koder)}."


def _uncertain(rad: Kontorad, kodeverk: Kodeverk, _aar: int) -> str:
    return f"Bekreft at {_chosen(rad, kodeverk)} er rett, eller velg en annen kode."


_SETNINGER: dict[Status, Callable[[Kontorad, Kodeverk, int], str]] = {
    "utgatt": _expired, "ukjent": _unknown, "tvetydig": _ambiguous, "fordeles": _split, "usikker": _uncertain,
}  # fmt: skip


def _chosen(rad: Kontorad, kodeverk: Kodeverk) -> str:
    if rad.vurdering.kode is None:
        return "behandlingen"
    navn = f"{rad.vurdering.kode} {chosen_name(rad, kodeverk)}".strip()
    return f"{navn}, sektor {rad.vurdering.sektor}," if rad.vurdering.sektor else navn


def _choice(rad: Kontorad, *, with_chosen: bool, sist: str = "eller") -> str:
    valg: Sequence[str] = [
        f"{forslag.kode} {forslag.navn}".strip()
        for forslag in (rad.vurdering.forslag if with_chosen else other_codes(rad))
    ]
    return enumerate_words(valg[:_VALG_I_SETNINGEN], sist=sist)


def _lower_first(text: str) -> str:
    # Bare vanlige ord får liten forbokstav; koder og forkortelser står som de er.
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
