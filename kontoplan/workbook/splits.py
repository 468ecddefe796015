"""Arket Fordelinger: beløp som deles på flere koder, med nøkkelen til å fylle ut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.evidence.codes import NATIONAL
from kontoplan.headings import ANDEL, DIMENSJON, DIMENSJONER, FORDELING, GRUNNLAG, KODE
from kontoplan.workbook.cells import enumerate_words
from kontoplan.workbook.table import Felt, Tabellark, column_of, skriv_tabell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kobling, Kontorad
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon
    from kontoplan.workbook.content import Innhold
    from kontoplan.workbook.layout import Celle, Stiler

_LEDIGE = 40
"""Tomme rader til fordelinger en lager selv."""
_NAVNELENGDE = 60
_NEVNES = 3
_TEGN_MED_MENING = re.compile(r"[\s:;%]+")


@dataclass(frozen=True, slots=True)
class Del:
    """Én linje i en fordeling: koden, andelen (0–1, ``None`` når nøkkelen mangler) og hva den bygger på."""

    fordeling: str = ""
    dimensjon: Dimensjon | None = None
    kode: str = ""
    andel: float | None = None
    grunnlag: str = ""
    navn: str = ""
    brukes_av: str = ""


@dataclass(frozen=True, slots=True)
class Fordelinger:
    """Fordelingene reglene foreslår, og navnene på dem."""

    deler: tuple[Del, ...]
    navn: tuple[str, ...]


def proposed_splits(kobling: Kobling, kodeverk: Kodeverk) -> Fordelinger:
    """En fordeling for hver ulik deling i koblingen, med navn etter kodene og grunnlaget."""
    groups: dict[object, list[Kontorad]] = {}
    for rad in kobling.rader:
        if rad.vurdering.fordeling:
            groups.setdefault((NATIONAL[rad.konto.dimensjon], rad.vurdering.fordeling), []).append(rad)
    deler: list[Del] = []
    names: dict[str, None] = {}
    for rows in groups.values():
        name = _unique(_name(rows[0]), names)
        names[name] = None
        dimensjon = rows[0].konto.dimensjon
        used = [f"{rad.konto.lokal_kode} {rad.konto.lokal_navn}".strip() for rad in rows]
        shown = used if len(used) <= _NEVNES else [*used[: _NEVNES - 1], f"{len(used) - _NEVNES + 1} til"]
        deler += [
            Del(
                name, dimensjon, andel.kode, andel.andel, andel.grunnlag,
                kodeverk.navn(NATIONAL[dimensjon], andel.kode), enumerate_words(shown),
            )
            for andel in rows[0].vurdering.fordeling
        ]  # fmt: skip
    return Fordelinger(tuple(deler), tuple(names))


def skriv_fordelinger(ark: Worksheet, innhold: Innhold, stiler: Stiler) -> None:
    """Fyller arket Fordelinger, med tomme rader til egne fordelinger under."""
    rader = [*innhold.fordelinger.deler, *[Del()] * _LEDIGE]
    felter = _felter()
    valg: Tabellark[Del] = Tabellark("FordelingNokler", fast=1, tomt="")
    _regler(ark, felter, len(rader), innhold.kobling.aar, stiler)
    skriv_tabell(ark, felter, rader, stiler, valg)


def _felter() -> list[Felt[Del]]:
    return [
        Felt(FORDELING, lambda d: d.fordeling, "fylles_ut", 34, 44),
        Felt(DIMENSJON, _dimension, "fylles_ut", 13, 13),
        Felt(KODE, lambda d: d.kode, "fylles_ut", 12, 12),
        Felt(ANDEL, lambda d: d.andel, "andel_fylles_ut", 10, 10),
        Felt(GRUNNLAG, lambda d: d.grunnlag, "fylles_ut", 30, 44),
        Felt("Navn på koden", lambda d: d.navn, "dempet", 24, 40),
        Felt("Brukes av", lambda d: d.brukes_av, "dempet", 24, 50),
    ]


def _dimension(rad: Del) -> Celle:
    return DIMENSJONER[rad.dimensjon] if rad.dimensjon else None


def _regler(ark: Worksheet, felter: list[Felt[Del]], antall: int, aar: int, stiler: Stiler) -> None:
    dimensjon, kode, andel = (column_of(felter, navn) for navn in (DIMENSJON, KODE, ANDEL))
    ark.data_validation(
        1, 0, antall, 0,
        {
            "validate": "any", "input_title": FORDELING,
            "input_message": "Én rad for hver kode beløpet deles på, med samme navn. Andelene skal bli 100 % til sammen.",
        },
    )  # fmt: skip
    ark.data_validation(1, dimensjon, antall, dimensjon, {"validate": "list", "source": list(DIMENSJONER.values())})
    ark.data_validation(
        1, kode, antall, kode,
        {"validate": "any", "input_title": KODE, "input_message": f"En kode som gjelder i {aar}; se arket Kodeverk."},
    )  # fmt: skip
    ark.data_validation(
        1, andel, antall, andel,
        {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1,
            "error_title": ANDEL, "error_message": "Skriv en andel mellom 0 % og 100 %, f.eks. 60 %.",
        },
    )  # fmt: skip
    ark.conditional_format(
        1, andel, antall, andel,
        {
            "type": "formula", "format": stiler.betinget("skjev_andel"),
            "criteria": f'=AND($A2<>"",ABS(SUMIF($A$2:$A${antall + 1},$A2,$D$2:$D${antall + 1})-1)>0.00005)',
        },
    )  # fmt: skip


def _name(rad: Kontorad) -> str:
    koder = "/".join(dict.fromkeys(andel.kode for andel in rad.vurdering.fordeling))
    grunnlag = next((andel.grunnlag for andel in rad.vurdering.fordeling if andel.grunnlag), "")
    hele = f"{koder} {_TEGN_MED_MENING.sub(' ', grunnlag)}".strip()
    return hele if len(hele) <= _NAVNELENGDE else hele[:_NAVNELENGDE].rsplit(" ", 1)[0] + " …"


def _unique(name: str, taken: dict[str, None]) -> str:
    numbered, nummer = name, 2
    while numbered in taken:
        numbered, nummer = f"{name} ({nummer})", nummer + 1
    return numbered
