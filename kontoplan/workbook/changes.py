"""Arket Endringer: hva som er nytt, borte og endret siden en tidligere kobling, og hvem kodeendringene rammer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.endring import SLAG
from kontoplan.headings import DIMENSJON, DIMENSJONER, LOKAL_KODE, LOKALT_NAVN
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.endring import Endring, Endringer, Slag
    from kontoplan.workbook.layout import Stiler

ORD: dict[Slag, str] = {
    "kodeendring": "Kodeendring", "ny kode": "Ny kode", "nytt navn": "Nytt navn", "nytt nummer": "Nytt nummer",
    "ny": "Ny konto", "borte": "Borte",
}  # fmt: skip
_VALG: Tabellark[Endring] = Tabellark(
    "Kontoendringer", fast=3, tomt="Ingenting er endret siden den tidligere koblingen."
)


def skriv_endringer(ark: Worksheet, endringer: Endringer, stiler: Stiler) -> None:
    """Fyller arket Endringer."""
    for_aar = f"KOSTRA {endringer.aar}" if endringer.aar else "KOSTRA før"
    moved: list[Felt[Endring]] = [Felt("Kontoen før", lambda e: e.for_konto, "dempet", 14, 34)]
    felter: list[Felt[Endring]] = [
        Felt("Hva", lambda e: ORD[e.slag], "navn", 13, 14),
        Felt(LOKAL_KODE, lambda e: e.lokal_kode, "kode", 8, 16),
        Felt(LOKALT_NAVN, lambda e: e.lokal_navn, "navn", 16, 38),
        Felt(DIMENSJON, lambda e: DIMENSJONER[e.dimensjon], "tekst", 10, 12),
        *(moved if any(e.for_konto for e in endringer.rader) else ()),
        Felt(for_aar, lambda e: e.for_kode, "kode", 12, 22),
        Felt("KOSTRA nå", lambda e: e.kode, "kode", 12, 22),
        Felt("Hvorfor", lambda e: e.grunn, "brytes", 30, 70),
        Felt("Kilde", lambda e: e.kilde, "dempet", 14, 44),
    ]
    skriv_tabell(ark, felter, endringer.rader, stiler, _VALG)


def in_words(endringer: Endringer) -> str:
    """Endringene talt opp: «3 kontoer rammet av kodeendringer, 1 nytt navn; 150 kontoer er som før»."""
    words: dict[Slag, tuple[str, str]] = {
        "kodeendring": ("konto rammet av kodeendringer", "kontoer rammet av kodeendringer"), "ny kode": ("ny kode", "nye koder"),
        "nytt navn": ("nytt navn", "nye navn"), "nytt nummer": ("nytt nummer", "nye nummer"),
        "ny": ("ny konto", "nye kontoer"), "borte": ("konto borte", "kontoer borte"),
    }  # fmt: skip
    counts = [(endringer.antall(slag), words[slag]) for slag in SLAG]
    said = [f"{number} {one if number == 1 else many}" for number, (one, many) in counts if number]
    same = f"{endringer.uendret} {'konto' if endringer.uendret == 1 else 'kontoer'} er som før"
    return f"{', '.join(said) or 'ingen endringer'}; {same}"
