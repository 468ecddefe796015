"""Arket Funn i revisjonen: ett funn per rad, viktigst først."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.headings import (
    ANSVAR,
    AVGJORT_AV,
    BELOP,
    BILAG,
    DOM,
    FUNN_ARK,
    FUNN_ID,
    KOMMENTAR,
    KONTO,
    LEVERANDOR,
    NOKKEL,
    RAD,
    TEKST,
)
from kontoplan.memory.funndom import DOMMER
from kontoplan.revisjon.minne import row_of
from kontoplan.revisjon.sammendrag import bidrag, forslag, koder
from kontoplan.revisjon.slag import BY_ID
from kontoplan.workbook.audit_summary import ALVORSFARGE
from kontoplan.workbook.table import Felt, Tabellark, column_of, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.revisjon.funn import Funn
    from kontoplan.workbook.layout import Stiler

_TALER: Final = "Hva som taler for det"
_HELP: Final = "Feil når føringen er gal, Ikke feil når den er rett. Tom celle betyr ikke vurdert. «kontoplan laer» husker dommene."


def skriv_funn(ark: Worksheet, found: Sequence[Funn], stiler: Stiler) -> None:
    """Fyller arket Funn, med kolonnene revisoren fyller ut."""
    at = column_of(FUNN, _TALER) + 1
    fields = [*FUNN[:at], *_FILLED, *FUNN[at:], _KEY]
    valg: Tabellark[Funn] = Tabellark(
        "Funnene", 3, "Ingen funn.", 6, skrives_ut=KOMMENTAR, status=lambda f: ALVORSFARGE[f.alvor]
    )
    skriv_tabell(ark, fields, found, stiler, valg)
    if found:
        _choices(ark, column_of(fields, DOM), len(found), stiler)


def _choices(ark: Worksheet, kolonne: int, antall: int, stiler: Stiler) -> None:
    """Nedtrekkslisten i kolonnen Dom, og fargen på det som er fylt ut."""
    words = list(DOMMER.values())
    ark.data_validation(
        1,
        kolonne,
        antall,
        kolonne,
        {
            "validate": "list",
            "source": words,
            "input_title": DOM,
            "input_message": _HELP,
            "error_title": DOM,
            "error_message": f"Velg {' eller '.join(words)}, eller la cellen stå tom.",
        },
    )
    filled = {"type": "no_blanks", "format": stiler.betinget("utfylt")}
    ark.conditional_format(1, kolonne, antall, kolonne, filled)


def _blank(_funn: Funn) -> None:
    return None


def _key(funn: Funn) -> str:
    """Nøkkelen, av cellene slik de står i arket."""
    return row_of(funn).nokkel


FUNN: Final[tuple[Felt[Funn], ...]] = (
    Felt("Alvor", lambda f: f.alvor, "status", 11, 12),
    Felt(RAD, lambda f: f.rad, "radnummer", 7, 9),
    Felt(BILAG, lambda f: f.bilag, "kode", 9, 14),
    Felt("Hva", lambda f: BY_ID[f.funn].navn, "navn", 22, 30),
    Felt(BELOP, lambda f: f.belop, "kroner", 14, 18),
    Felt("Ført på (klasse / funksjon / art)", lambda f: koder(f.fort), "kode", 16, 18),
    Felt("Foreslått", forslag, "kode", 12, 30),
    Felt("Sannsynlig feil", lambda f: f.sannsynlighet, "sannsynlighet", 12, 12),
    Felt("Risiko", lambda f: f.risiko, "noyaktig_andel", 11, 12),
    Felt(TEKST, lambda f: f.tekst, "brytes", 22, 36),
    Felt(LEVERANDOR, lambda f: f.leverandor, "brytes", 16, 26),
    Felt(_TALER, lambda f: f.melding, "brytes", 44, 70),
    Felt(KONTO, lambda f: f.konto, "kode", 9, 14),
    Felt(ANSVAR, lambda f: f.ansvar, "tekst", 9, 14),
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
    Felt(FUNN_ID, lambda f: f.funn, "tekst", 14, 22),
    Felt(FUNN_ARK, lambda f: f.ark, "tekst", 8, 20),
)
"""Kolonnene om et funn."""
_FILLED: Final[tuple[Felt[Funn], ...]] = (
    Felt(DOM, _blank, "fylles_ut", 11, 11),
    Felt(KOMMENTAR, _blank, "fylles_ut", 24, 24),
    Felt(AVGJORT_AV, _blank, "fylles_ut", 12, 12),
)
_KEY: Final[Felt[Funn]] = Felt(NOKKEL, _key, "dempet", 20, 20, skjult=True)
