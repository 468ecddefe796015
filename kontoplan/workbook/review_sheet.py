"""Arket Til gjennomgang: bare kontoene et menneske må ta stilling til, de viktigste først."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.headings import HVA_MA_AVGJORES, KOSTRA_KODE, SEKTOR, STATUS
from kontoplan.workbook import mapping
from kontoplan.workbook.decision import avgjorelse_felter, legg_til_valg, skjulte_felter
from kontoplan.workbook.review import decision
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell
from kontoplan.workbook.texts import arguments, flags

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.workbook.content import Innhold, Linje
    from kontoplan.workbook.layout import Stiler

_SVAR = (KOSTRA_KODE, "KOSTRA-navn", SEKTOR, "Sannsynlighet")
_VALG: Tabellark[Linje] = Tabellark(
    "KontoerTilGjennomgang",
    fast=2,
    tomt="Ingen kontoer venter på en avgjørelse.",
    flest_linjer=5,
    skrives_ut="KOSTRA-navn",
    status=lambda linje: linje.vurdering.status,
)


def skriv_gjennomgang(ark: Worksheet, innhold: Innhold, stiler: Stiler) -> None:
    """Fyller arket Til gjennomgang."""
    felter = _felter(innhold)
    legg_til_valg(ark, felter, len(innhold.gjennomgang), innhold.fordelinger, stiler)
    skriv_tabell(ark, felter, innhold.gjennomgang, stiler, _VALG)


def _felter(innhold: Innhold) -> list[Felt[Linje]]:
    """Det som trengs for å avgjøre, står først; det som forklarer, etter."""
    svar = {felt.overskrift: felt for felt in mapping.svar_felter(innhold)}
    kode, navn, dimensjon, kontekst = mapping.konto_felter()
    gjentatt: list[Felt[Linje]] = [Felt("Antall rader", lambda r: r.antall, "radnummer", 8, 8)]
    return [
        kode,
        navn,
        dimensjon,
        *mapping.belop_felter(innhold.kobling),
        svar[STATUS],
        Felt(HVA_MA_AVGJORES, lambda r: decision(r, innhold.kodeverk, innhold.kobling.aar), "brytes", 30, 50),
        *avgjorelse_felter(),
        *(svar[overskrift] for overskrift in _SVAR if overskrift in svar),
        *mapping.alternativ_felter(),
        kontekst,
        Felt("Flagg", flags, "brytes", 9, 40, hever=False),
        Felt("Begrunnelse", arguments, "dempet", 24, 80, hever=False),
        *mapping.kilde_felter(),
        *(gjentatt if any(linje.antall > 1 for linje in innhold.gjennomgang) else ()),
        *skjulte_felter(),
    ]
