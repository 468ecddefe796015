"""Arket Til gjennomgang: bare kontoene et menneske må ta stilling til, de viktigste først."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.status import STATUSER
from kontoplan.workbook import mapping
from kontoplan.workbook.cells import enumerate_words, sentence
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kobling, Kontorad
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Status
    from kontoplan.workbook.layout import Stiler

ARK = "Til gjennomgang"
_VALG = Tabellark("KontoerTilGjennomgang", fast=2, tomt="Ingen kontoer venter på en avgjørelse.")
# En flagget konto er ikke mindre usikker enn et myntkast, samme hva sannsynligheten sier.
_MINST_MED_FLAGG = 0.5
_VALG_I_SETNINGEN = 3


def skriv_gjennomgang(ark: Worksheet, kobling: Kobling, kodeverk: Kodeverk, stiler: Stiler) -> None:
    """Fyller arket Til gjennomgang."""
    skriv_tabell(ark, _felter(kobling, kodeverk), review_rows(kobling), stiler, _VALG)


def needs_review(rad: Kontorad) -> bool:
    """Om kontoen venter på et menneske: statusen krever det, eller den har flagg."""
    return STATUSER[rad.vurdering.status].avgjores or bool(rad.vurdering.flagg)


def review_rows(kobling: Kobling) -> list[Kontorad]:
    """Kontoene til gjennomgang, viktigst først: beløp ganger usikkerhet, ellers status og usikkerhet."""
    return sorted((rad for rad in kobling.rader if needs_review(rad)), key=_priority)


def decision(rad: Kontorad, kodeverk: Kodeverk, aar: int) -> str:
    """Hva som må avgjøres for kontoen, i én setning."""
    status = rad.vurdering.status
    if status in _SETNINGER:
        return _SETNINGER[status](rad, kodeverk, aar)
    if rad.vurdering.flagg:
        return f"Avgjør om {_chosen(rad, kodeverk)} er rett: {_lower_first(sentence(rad.vurdering.flagg[0].melding))}"
    return ""


def _felter(kobling: Kobling, kodeverk: Kodeverk) -> list[Felt]:
    svar = mapping.svar_felter(kobling, kodeverk)
    return [
        *mapping.konto_felter(kobling),
        Felt("Hva må avgjøres", lambda r: decision(r, kodeverk, kobling.aar), "brytes", 30, 46),
        *(felt for felt in svar if felt.overskrift not in {"Sektornavn", "Kontoklasse"}),
        Felt("Alternativer", lambda r: mapping.alternatives(r, kodeverk), "brytes", 16, 38),
        Felt("Flagg", mapping.flags, "brytes", 9, 32),
        Felt("Begrunnelse", mapping.reasons, "dempet", 24, 46),
        *mapping.kilde_felter(),
    ]


def _priority(rad: Kontorad) -> tuple[float, int, float]:
    usikkerhet = _uncertainty(rad)
    belop = abs(mapping.amount(rad) or 0.0)
    return -belop * usikkerhet, STATUSER[rad.vurdering.status].haster, -usikkerhet


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
    if len(rad.vurdering.forslag) == 1:
        return f"Bekreft at {_chosen(rad, kodeverk)} er rett: {ended}."
    return f"Velg {_choice(rad, with_chosen=True)}: {ended}."


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
    return f"{'Bestem nøkkelen som deler' if mangler else 'Bekreft at'} beløpet {'' if mangler else 'deles '}på {enumerate_words(koder)}."


def _uncertain(rad: Kontorad, kodeverk: Kodeverk, _aar: int) -> str:
    return f"Bekreft at {_chosen(rad, kodeverk)} er rett, eller velg en annen kode."


_SETNINGER: dict[Status, Callable[[Kontorad, Kodeverk, int], str]] = {
    "utgatt": _expired, "ukjent": _unknown, "tvetydig": _ambiguous, "fordeles": _split, "usikker": _uncertain,
}  # fmt: skip


def _chosen(rad: Kontorad, kodeverk: Kodeverk) -> str:
    if rad.vurdering.kode is None:
        return "behandlingen"
    navn = f"{rad.vurdering.kode} {mapping.code_name(rad, kodeverk)}".strip()
    return f"{navn}, sektor {rad.vurdering.sektor}," if rad.vurdering.sektor else navn


def _choice(rad: Kontorad, *, with_chosen: bool, sist: str = "eller") -> str:
    valg: Sequence[str] = [
        f"{forslag.kode} {forslag.navn}".strip()
        for forslag in (rad.vurdering.forslag if with_chosen else mapping.other_codes(rad))
    ]
    return enumerate_words(valg[:_VALG_I_SETNINGEN], sist=sist)


def _lower_first(text: str) -> str:
    # Bare vanlige ord får liten forbokstav; koder og forkortelser står som de er.
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
