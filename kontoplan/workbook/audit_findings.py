"""Arket Funn i revisjonen: ett funn per rad, viktigst først."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.revisjon.sammendrag import bidrag, forslag, koder
from kontoplan.revisjon.slag import BY_ID
from kontoplan.workbook.audit_summary import ALVORSFARGE
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.revisjon.funn import Funn
    from kontoplan.workbook.layout import Stiler

_TALER: Final = "Hva som taler for det"


def skriv_funn(ark: Worksheet, found: Sequence[Funn], stiler: Stiler) -> None:
    """Fyller arket Funn."""
    valg: Tabellark[Funn] = Tabellark(
        "Funnene", 3, "Ingen funn.", 6, skrives_ut=_TALER, status=lambda f: ALVORSFARGE[f.alvor]
    )
    skriv_tabell(ark, FUNN, found, stiler, valg)


FUNN: Final[tuple[Felt[Funn], ...]] = (
    Felt("Alvor", lambda f: f.alvor, "status", 11, 12),
    Felt("Rad", lambda f: f.rad, "radnummer", 7, 9),
    Felt("Bilag", lambda f: f.bilag, "kode", 9, 14),
    Felt("Hva", lambda f: BY_ID[f.funn].navn, "navn", 22, 30),
    Felt("Beløp", lambda f: f.belop, "kroner", 14, 18),
    Felt("Ført på (klasse / funksjon / art)", lambda f: koder(f.fort), "kode", 16, 18),
    Felt("Foreslått", forslag, "kode", 12, 30),
    Felt("Sannsynlig feil", lambda f: f.sannsynlighet, "sannsynlighet", 12, 12),
    Felt("Risiko", lambda f: f.risiko, "noyaktig_andel", 11, 12),
    Felt("Tekst", lambda f: f.tekst, "brytes", 22, 36),
    Felt("Leverandør", lambda f: f.leverandor, "brytes", 16, 26),
    Felt(_TALER, lambda f: f.melding, "brytes", 44, 70),
    Felt("Konto", lambda f: f.konto, "kode", 9, 14),
    Felt("Ansvar", lambda f: f.ansvar, "tekst", 9, 14),
    Felt("Dato", lambda f: f"{f.dato:%d.%m.%Y}" if f.dato else "", "tekst", 11, 11),
    Felt("Område", lambda f: f.omraade, "tekst", 16, 26),
    Felt("Vesentlighet", lambda f: f.vesentlighet, "noyaktig_andel", 12, 13),
    Felt("Kilde", lambda f: f.kilde, "dempet", 20, 50),
    Felt(
        "Bidrag i log-odds",
        lambda f: "\n".join(f"{vekt} {hva}" for vekt, hva in bidrag(f)),
        "dempet",
        26,
        40,
        hever=False,
    ),
    Felt("Id", lambda f: f.funn, "tekst", 14, 22),
    Felt("Ark", lambda f: f.ark, "tekst", 8, 20),
)
"""Kolonnene om et funn."""
