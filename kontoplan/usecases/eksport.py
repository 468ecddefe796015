"""Relasjonslister: lokal kode til KOSTRA-kode, i kolonner et økonomisystem kan lese inn.

Kolonnene er beskrevet i ``docs/eksport.md``. Listene er alminnelige relasjonslister; ingen leverandør har et åpent format de
er kontrollert mot.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kontoplan.evidence.codes import NATIONAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kontoplan.kobling import Kobling, Kontorad
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon, Status

Format = Literal["csv", "unit4", "xledger", "visma"]

VENTER: Final = "som venter på en avgjørelse"
UTEN_NUMMER: Final = "uten nummer"
IKKE_EN_KODE: Final = "uten én KOSTRA-kode (rapporteres ikke, fordeles eller er utgått)"
UENIGE: Final = "med samme nummer og ulik KOSTRA-kode"

# Et regneark som åpner filen, skal aldri regne ut noe. Et vanlig tall med fortegn er ufarlig.
_FORMEL: Final = re.compile(r"[=+\-@\t\r]")
_TALL: Final = re.compile(r"[+-]?\d+\Z")


@dataclass(frozen=True, slots=True)
class Relasjon:
    """En lokal kode og KOSTRA-koden den hører til, fra første dag i regnskapsåret ``aar``."""

    dimensjon: Dimensjon
    lokal_kode: str
    lokalt_navn: str
    kode: str
    navn: str
    sektor: str
    kontoklasse: str
    status: Status
    aar: int


@dataclass(frozen=True, slots=True)
class Eksport:
    """Relasjonene, og hvor mange kontoer som ikke er med, etter grunn."""

    relasjoner: tuple[Relasjon, ...]
    utelatt: Mapping[str, int]


def relations(kobling: Kobling, kodeverk: Kodeverk, *, ogsaa_ventende: bool = False) -> Eksport:
    """Én relasjon per dimensjon, kontoklasse og lokalt nummer.

    Args:
        kobling: Kontoene med vurderinger.
        kodeverk: Navnene på kodene.
        ogsaa_ventende: Ta med beste forslag også for kontoer som venter på en avgjørelse.
    """
    left: Counter[str] = Counter()
    found: dict[tuple[str, str, str], list[Relasjon]] = {}
    for rad in kobling.rader:
        if reason := _reason(rad, ogsaa_ventende=ogsaa_ventende):
            left[reason] += 1
            continue
        relation = _relation(rad, kodeverk, kobling.aar)
        found.setdefault((relation.dimensjon, relation.kontoklasse, relation.lokal_kode), []).append(relation)
    agreed = []
    for same in found.values():
        if len({(r.kode, r.sektor) for r in same}) == 1:
            agreed.append(same[0])
        else:
            left[UENIGE] += len(same)
    return Eksport(tuple(agreed), dict(left))


def render(eksport: Eksport, form: Format) -> bytes:
    """Listen som tekst: semikolon mellom feltene, UTF-8 med merke, én relasjon per linje."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    columns = _KOLONNER[form]
    writer.writerow(columns)
    for relation in eksport.relasjoner:
        writer.writerow([_safe(value(relation)) for value in columns.values()])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _reason(rad: Kontorad, *, ogsaa_ventende: bool) -> str:
    if not rad.konto.lokal_kode:
        return UTEN_NUMMER
    if rad.venter and not (ogsaa_ventende and rad.vurdering.kode):
        return VENTER
    return "" if rad.vurdering.kode else IKKE_EN_KODE


def _relation(rad: Kontorad, kodeverk: Kodeverk, aar: int) -> Relasjon:
    konto, svar = rad.konto, rad.vurdering
    kode = svar.kode or ""
    return Relasjon(
        konto.dimensjon, konto.lokal_kode, konto.lokal_navn, kode, kodeverk.navn(NATIONAL[konto.dimensjon], kode),
        svar.sektor or "", svar.kontoklasse or konto.kontoklasse or "", svar.status, aar,
    )  # fmt: skip


def _safe(text: str) -> str:
    flat = " ".join(text.split()) if "\n" in text or "\r" in text else text
    return f"'{flat}" if _FORMEL.match(flat) and not _TALL.match(flat) else flat


def _kostra(relation: Relasjon) -> str:
    return f"{relation.kode}{relation.sektor}" if relation.dimensjon == "balanse" else relation.kode


def _attribute(relation: Relasjon) -> str:
    return {"art": "KONTO", "balanse": "KONTO", "funksjon": "TJENESTE", "ansvar": "ANSVAR"}[relation.dimensjon]


def _national(relation: Relasjon) -> str:
    return f"KOSTRA-{NATIONAL[relation.dimensjon].upper()}"


# Kolonnene i hver liste og hva som står i dem, i rekkefølge.
_KOLONNER: Final[dict[Format, dict[str, Callable[[Relasjon], str]]]] = {
    "csv": {
        "dimensjon": lambda r: r.dimensjon,
        "kontoklasse": lambda r: r.kontoklasse,
        "lokal_kode": lambda r: r.lokal_kode,
        "lokalt_navn": lambda r: r.lokalt_navn,
        "kostra_kode": lambda r: r.kode,
        "kostra_navn": lambda r: r.navn,
        "sektor": lambda r: r.sektor,
        "gjelder_fra": lambda r: f"{r.aar}-01-01",
        "status": lambda r: r.status,
    },
    "unit4": {
        "attributt": _attribute,
        "verdi": lambda r: r.lokal_kode,
        "beskrivelse": lambda r: r.lokalt_navn,
        "relasjonsattributt": _national,
        "relasjonsverdi": _kostra,
        "periode_fra": lambda r: f"{r.aar}01",
    },
    "xledger": {
        "objekttype": _attribute,
        "kode": lambda r: r.lokal_kode,
        "tekst": lambda r: r.lokalt_navn,
        "relasjonstype": _national,
        "relasjonskode": _kostra,
        "gyldig_fra": lambda r: f"{r.aar}-01-01",
    },
    "visma": {
        "begrep": _attribute,
        "nummer": lambda r: r.lokal_kode,
        "navn": lambda r: r.lokalt_navn,
        "kostrabegrep": _national,
        "kostrakode": _kostra,
        "fra_dato": lambda r: f"01.01.{r.aar}",
    },
}


def columns(form: Format) -> tuple[str, ...]:
    """Overskriftene i listen."""
    return tuple(_KOLONNER[form])
