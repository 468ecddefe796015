"""Arket Til gjennomgang: bare kontoene et menneske må ta stilling til, de viktigste først."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
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
# Det som sannsynligvis er feil i kommunens egen kontoplan, er viktigere enn det som bare er åpent.
_OFTEST_FEIL = frozenset({"nummer-mot-navn", "bare-investering", "bare-drift"})


def skriv_gjennomgang(ark: Worksheet, kobling: Kobling, kodeverk: Kodeverk, stiler: Stiler) -> None:
    """Fyller arket Til gjennomgang."""
    skriv_tabell(ark, _felter(kobling, kodeverk), review_rows(kobling), stiler, _VALG)


def needs_review(rad: Kontorad) -> bool:
    """Om kontoen venter på et menneske: statusen krever det, eller den har flagg."""
    return STATUSER[rad.vurdering.status].avgjores or bool(rad.vurdering.flagg)


def review_rows(kobling: Kobling) -> list[Kontorad]:
    """Kontoene til gjennomgang, viktigst først: beløp ganger usikkerhet, ellers det som oftest er feil.

    En konto som står på flere rader (en rad per ansvar i et budsjett), er med én gang, med summen av beløpene.
    """
    accounts: dict[object, list[Kontorad]] = {}
    for rad in kobling.rader:
        if needs_review(rad):
            accounts.setdefault(account_key(rad), []).append(rad)
    return sorted((_merged(rows) for rows in accounts.values()), key=_priority)


def account_key(rad: Kontorad) -> object:
    """Det som er likt for rader som er samme konto og har fått samme svar."""
    konto, svar = rad.konto, rad.vurdering
    return konto.dimensjon, konto.lokal_kode, konto.lokal_navn, konto.kontoklasse, svar.kode, svar.status, svar.flagg


def rows_per_account(kobling: Kobling) -> Counter[object]:
    """Hvor mange rader hver konto står på, etter ``account_key``."""
    return Counter(account_key(rad) for rad in kobling.rader)


def _merged(rows: Sequence[Kontorad]) -> Kontorad:
    amounts = [rad.konto.belop for rad in rows if rad.konto.belop is not None]
    if len(rows) == 1 or not amounts:
        return rows[0]
    return replace(rows[0], konto=replace(rows[0].konto, belop=sum(amounts, Decimal())))


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
    counts = rows_per_account(kobling)
    repeated = [Felt("Antall rader", lambda r: counts[account_key(r)], "radnummer", 8, 8)]
    return [
        *mapping.konto_felter(kobling),
        Felt("Hva må avgjøres", lambda r: decision(r, kodeverk, kobling.aar), "brytes", 30, 46),
        *(felt for felt in svar if felt.overskrift not in {"Sektornavn", "Kontoklasse"}),
        Felt("Alternativer", lambda r: mapping.alternatives(r, kodeverk), "brytes", 16, 38),
        Felt("Flagg", mapping.flags, "brytes", 9, 32),
        Felt("Begrunnelse", mapping.arguments, "dempet", 24, 100),
        *mapping.kilde_felter(),
        *(repeated if len(counts) < len(kobling.rader) else ()),
    ]


def _priority(rad: Kontorad) -> tuple[float, int, float]:
    usikkerhet = _uncertainty(rad)
    belop = abs(mapping.amount(rad) or 0.0)
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
