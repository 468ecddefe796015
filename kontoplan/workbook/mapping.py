"""Arket Kobling: hver konto i lest rekkefølge, med kode, status, begrunnelse og hvor den ble lest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.headings import (
    DIMENSJON,
    DIMENSJONER,
    KONTEKST,
    KONTOKLASSE,
    KOSTRA_KODE,
    LOKAL_KODE,
    LOKALT_NAVN,
    SEKTOR,
    STATUS,
)
from kontoplan.status import STATUSER
from kontoplan.workbook.decision import avgjorelse_felter, legg_til_valg, skjulte_felter
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell
from kontoplan.workbook.texts import (
    alternatives,
    amount,
    code_name,
    context,
    flags,
    has_amounts,
    probability,
    reasons,
    sector_name,
    sources,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kobling
    from kontoplan.workbook.content import Innhold, Linje
    from kontoplan.workbook.layout import Stiler

_VALG: Tabellark[Linje] = Tabellark(
    "KoblingKontoer",
    fast=2,
    tomt="Ingen kontoer ble lest; arket Sammendrag sier hva som er utelatt.",
    flest_linjer=3,
    skrives_ut="Begrunnelse",
    status=lambda linje: linje.vurdering.status,
)


def skriv_kobling(ark: Worksheet, innhold: Innhold, stiler: Stiler) -> None:
    """Fyller arket Kobling."""
    felter: list[Felt[Linje]] = [
        *konto_felter(),
        *belop_felter(innhold.kobling),
        *svar_felter(innhold),
        Felt("Begrunnelse", reasons, "brytes", 24, 64),
        Felt("Kilde", sources, "dempet", 12, 44, hever=False),
        *alternativ_felter(),
        Felt("Flagg", flags, "brytes", 9, 40),
        *avgjorelse_felter(),
        *kilde_felter(),
        *skjulte_felter(),
    ]
    # Det første vilkåret som er oppfylt, bestemmer; derfor merkes feil før tomme celler farges.
    legg_til_valg(ark, felter, len(innhold.alle), innhold.fordelinger, stiler)
    skriv_tabell(ark, felter, innhold.alle, stiler, _VALG)


def konto_felter() -> list[Felt[Linje]]:
    """Kontoen slik den står hos kommunen, og det som står rundt."""
    return [
        Felt(LOKAL_KODE, lambda r: r.konto.lokal_kode, "kode", 8, 16),
        Felt(LOKALT_NAVN, lambda r: r.konto.lokal_navn, "navn", 16, 38),
        Felt(DIMENSJON, lambda r: DIMENSJONER[r.konto.dimensjon], "tekst", 10, 12),
        Felt(KONTEKST, context, "dempet", 11, 28),
    ]


def belop_felter(kobling: Kobling) -> list[Felt[Linje]]:
    """Beløpet, når kontoplanen har noen."""
    return [Felt("Beløp", amount, "belop", 14, 14)] if has_amounts(kobling) else []


def svar_felter(innhold: Innhold) -> list[Felt[Linje]]:
    """KOSTRA-koden og hvor sikker den er; sektor bare når det er balansekontoer."""
    kodeverk = innhold.kodeverk
    sektor: list[Felt[Linje]] = [
        Felt(SEKTOR, lambda r: r.vurdering.sektor, "kode", 9, 9),
        Felt("Sektornavn", lambda r: sector_name(r, kodeverk), "brytes", 14, 24),
    ]
    return [
        Felt(KOSTRA_KODE, lambda r: r.vurdering.kode, "kode", 11, 12),
        Felt("KOSTRA-navn", lambda r: code_name(r, kodeverk), "brytes", 16, 34),
        *(sektor if any(r.konto.dimensjon == "balanse" for r in innhold.alle) else ()),
        Felt(KONTOKLASSE, lambda r: r.vurdering.kontoklasse, "tekst", 10, 10),
        Felt(STATUS, lambda r: STATUSER[r.vurdering.status].merke, "status", 13, 14),
        Felt("Sannsynlighet", probability, "sannsynlighet", 15, 15),
    ]


def alternativ_felter() -> list[Felt[Linje]]:
    """De nest beste kodene, med navn og sannsynlighet."""
    return [
        Felt("Alternativ 2", lambda r: "\n".join(alternatives(r)[:1]), "brytes", 14, 34),
        Felt("Alternativ 3", lambda r: "\n".join(alternatives(r)[1:]), "brytes", 14, 34),
    ]


def kilde_felter() -> list[Felt[Linje]]:
    """Hvor raden står i kommunens egen fil."""
    return [
        Felt("Fil", lambda r: r.konto.fil, "dempet", 8, 24),
        Felt("Ark", lambda r: r.konto.ark, "dempet", 8, 18),
        Felt("Rad", lambda r: r.konto.rad, "radnummer", 7, 8),
    ]
