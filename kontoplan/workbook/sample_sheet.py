"""Arket Utvalg: én rad per postering, med kolonnene revisor fyller ut; og arket Strata."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kontoplan.headings import ANSVAR, BELOP, BILAG, DOM, FUNN_ARK, KOMMENTAR, KONTO, LEVERANDOR, NOKKEL, RAD, TEKST
from kontoplan.utvalg.skjema import (
    AV_STRATUMET,
    FEIL,
    I_STRATUMET,
    IKKE_FEIL,
    KRONER,
    MINST,
    NR,
    REVIDERT,
    STORST,
    STRATUM,
    TREFF,
)
from kontoplan.utvalg.utvalg import row_key
from kontoplan.workbook.table import Felt, Tabellark, column_of, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.revisjon.funn import Funn
    from kontoplan.utvalg.utvalg import Stratum, Trekk, Utvalg
    from kontoplan.workbook.layout import Celle, Stiler

_ORE: Final = 100
_HELP: Final = {
    DOM: f"Velg «{IKKE_FEIL}» når posteringen er riktig, og «{FEIL}» når den ikke er det. La cellen stå tom til den er revidert.",
    REVIDERT: "Bare ved feil: det rette beløpet på denne kontoen, med samme fortegn som Beløp. 0 når hele beløpet skulle stått et annet sted.",
}


def skriv_utvalg(ark: Worksheet, utvalg: Utvalg, funn: Iterable[Funn], stiler: Stiler) -> None:
    """Fyller arket Utvalg."""
    fields = _fields(utvalg.ramme.segl, _findings(funn))
    skriv_tabell(
        ark, fields, utvalg.trekk, stiler, Tabellark("Utvalget", 2, "Ingen posteringer er trukket.", 4, KOMMENTAR)
    )
    if utvalg.trekk:
        _choices(ark, fields, len(utvalg.trekk), stiler)


def skriv_strata(ark: Worksheet, utvalg: Utvalg, stiler: Stiler) -> None:
    """Fyller arket Strata."""
    skriv_tabell(ark, _STRATA, utvalg.ramme.strata, stiler, Tabellark("Strataene", 1, "Ingen."))


def _findings(funn: Iterable[Funn]) -> Mapping[tuple[str, int], str]:
    """Funnene på hver rad, så revisor ser dem sammen med raden."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for one in funn:
        if not one.sum:
            found[one.ark, one.rad].append(one.funn)
    return {place: ", ".join(dict.fromkeys(ids)) for place, ids in found.items()}


def _fields(segl: str, funn: Mapping[tuple[str, int], str]) -> tuple[Felt[Trekk], ...]:
    return (
        Felt(NR, lambda t: t.nr, "heltall", 6, 8),
        Felt(RAD, lambda t: t.rad, "radnummer", 8, 10),
        Felt(BILAG, lambda t: t.bilag, "kode", 9, 14),
        Felt("Dato", lambda t: f"{t.dato:%d.%m.%Y}" if t.dato else "", "tekst", 11, 11),
        Felt(KONTO, lambda t: t.konto, "kode", 9, 14),
        Felt("Ført på (klasse / funksjon / art)", _codes, "kode", 16, 18),
        Felt(TEKST, lambda t: t.tekst, "brytes", 24, 40),
        Felt(LEVERANDOR, lambda t: t.leverandor, "brytes", 18, 30),
        Felt(BELOP, lambda t: t.ore / _ORE, "kroner", 15, 18),
        Felt(DOM, _blank, "fylles_ut", 14, 14),
        Felt(REVIDERT, _blank, "kroner_fylles_ut", 16, 16),
        Felt(KOMMENTAR, _blank, "fylles_ut", 34, 34),
        Felt("Hvorfor trukket", lambda t: t.hvorfor, "brytes", 28, 52),
        Felt(TREFF, lambda t: t.treff, "heltall", 9, 9),
        Felt(STRATUM, lambda t: t.stratum, "brytes", 20, 32),
        Felt("Funn på raden", lambda t: funn.get((t.ark, t.rad), ""), "brytes", 14, 26),
        Felt(ANSVAR, lambda t: t.ansvar, "tekst", 9, 14),
        Felt("Område", lambda t: t.omraade, "tekst", 16, 26),
        Felt(FUNN_ARK, lambda t: t.ark, "tekst", 8, 20),
        Felt(
            NOKKEL,
            lambda t: row_key(segl, t.nr, (t.ark, t.rad), t.ore, t.treff, t.stratum),
            "dempet",
            14,
            14,
            skjult=True,
        ),
    )


def _codes(trekk: Trekk) -> str:
    return " / ".join(code for code in (trekk.klasse, trekk.funksjon, trekk.art) if code)


def _blank(_: Trekk) -> Celle:
    return None


def _choices(ark: Worksheet, fields: Sequence[Felt[Trekk]], antall: int, stiler: Stiler) -> None:
    """Nedtrekkslisten, tallkravet og hjelpen; en feil uten beløp, eller et beløp på en rad uten feil, får rød ramme."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - tung import, bare når en arbeidsbok skal skrives

    svar, revidert = column_of(fields, DOM), column_of(fields, REVIDERT)
    ark.data_validation(
        1, svar, antall, svar,
        {
            "validate": "list", "source": [IKKE_FEIL, FEIL], "input_title": DOM, "input_message": _HELP[DOM],
            "error_title": DOM, "error_message": f"Velg «{IKKE_FEIL}» eller «{FEIL}», eller la cellen stå tom.",
        },
    )  # fmt: skip
    ark.data_validation(
        1, revidert, antall, revidert,
        {
            "validate": "decimal", "criteria": "between", "minimum": -1e13, "maximum": 1e13,
            "input_title": REVIDERT, "input_message": _HELP[REVIDERT],
            "error_title": REVIDERT, "error_message": "Skriv et beløp i kroner, bare tall.",
        },
    )  # fmt: skip
    answer, amount = (f"${xl_col_to_name(at)}2" for at in (svar, revidert))
    wrong = f'=OR(AND({answer}="{FEIL}",{amount}=""),AND({answer}="{IKKE_FEIL}",{amount}<>"",{amount}<>${xl_col_to_name(column_of(fields, BELOP))}2))'
    for column, rule, form in (
        (revidert, wrong, "mangler"),
        (svar, f'={answer}="{IKKE_FEIL}"', "utfylt"),
        (svar, f'={answer}="{FEIL}"', "feil"),
    ):
        ark.conditional_format(
            1, column, antall, column, {"type": "formula", "criteria": rule, "format": stiler.betinget(form)}
        )


_STRATA: Final[tuple[Felt[Stratum], ...]] = (
    Felt(STRATUM, lambda s: s.navn, "navn", 24, 44),
    Felt(MINST, lambda s: s.minst_ore / _ORE, "kroner", 18, 22),
    Felt(STORST, lambda s: s.storst_ore / _ORE, "kroner", 18, 22),
    Felt(I_STRATUMET, lambda s: s.antall, "heltall", 13, 15),
    Felt(KRONER, lambda s: s.sum_ore / _ORE, "kroner", 20, 26),
    Felt(AV_STRATUMET, lambda s: s.trukket, "heltall", 12, 14),
)
