# ruff: noqa: INP001 - et skript, ikke en pakke
"""Lager demo-kommune-2026.xlsx og fasiten til den: en oppdiktet kontoplan med fellene ekte kontoplaner har.

Kjør ``python eksempler/lag_demo.py`` fra roten av kodelageret. Innholdet er fast, så samme kode gir samme filer.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

_ROT = Path(__file__).resolve().parent.parent
ARBEIDSBOK = _ROT / "eksempler" / "demo-kommune-2026.xlsx"
FASIT = _ROT / "tests" / "data" / "demo-kommune-2026.fasit.csv"
_DATA = Path(__file__).with_name("demo-kommune-2026.kilde.csv")
_MERKNAD = "Oppdiktet eksempel – Lillevik kommune finnes ikke"
_FASITKOLONNER = (
    "sheet", "row", "lokal_kode", "lokal_navn", "dimensjon", "fasit_kode_2026", "sektor", "forventet_status",
)  # fmt: skip


class Linje(NamedTuple):
    """Én linje i kilden; ``slag`` er konto, overskrift, sum eller tom, og ``form`` er tekst eller tall."""

    ark: str
    slag: str
    form: str
    kode: str
    navn: str
    dimensjon: str
    fasit: str
    sektor: str
    status: str


def _les() -> list[Linje]:
    with _DATA.open(encoding="utf-8", newline="") as fil:
        return [Linje(*rad) for rad in list(csv.reader(fil))[1:]]


def _hode(bok: Workbook, ark: Worksheet, navn: str) -> int:
    """Tittel, merknad og overskrift; gir den 0-baserte raden innholdet begynner på."""
    fet = bok.add_format({"bold": True})
    ark.merge_range(0, 0, 0, 3, f"LILLEVIK KOMMUNE – {navn} 2026", bok.add_format({"bold": True, "align": "center"}))
    ark.write_string(1, 0, _MERKNAD)
    if navn == "Kontoplan":
        # To overskriftsrader og en skjult kolonne, slik økonomisystemer gjerne skriver dem ut.
        ark.merge_range(3, 0, 3, 1, "Konto", fet)
        ark.merge_range(3, 2, 3, 3, "Avgift", fet)
        ark.write_row(4, 0, ["Nr", "Beskrivelse", "Mva-kode", "Merknad"], fet)
        ark.set_column(2, 2, 9, None, {"hidden": True})
        start = 5
    else:
        ark.write_row(3, 0, {"Balanse": ["Balansekonto", "Tekst"], "Tjenester": ["Tjeneste", "Tjeneste (T)"]}.get(
            navn, ["Ansvar", "Ansvar (T)", "Leder"]), fet)  # fmt: skip
        start = 4
    ark.set_column(0, 0, 14)
    ark.set_column(1, 1, 52)
    return start


def _skriv_linje(ark: Worksheet, rad: int, linje: Linje) -> None:
    if linje.form == "tall":
        ark.write_number(rad, 0, int(linje.kode))
    elif linje.kode:
        ark.write_string(rad, 0, linje.kode)
    if linje.navn:
        ark.write_string(rad, 1 if linje.slag != "overskrift" else 0, linje.navn)
    if linje.slag == "konto" and linje.ark == "Kontoplan":
        ark.write_string(rad, 2, "0" if linje.kode.startswith("10") else "1")


def _skriv_ark(bok: Workbook, navn: str, linjer: list[Linje]) -> Iterator[tuple[str | int, ...]]:
    ark = bok.add_worksheet(navn)
    for rad, linje in enumerate(linjer, _hode(bok, ark, navn)):
        _skriv_linje(ark, rad, linje)
        if linje.slag == "konto":
            kode = str(int(linje.kode)) if linje.form == "tall" else linje.kode
            yield navn, rad + 1, kode, linje.navn, linje.dimensjon, linje.fasit, linje.sektor, linje.status


def main() -> None:
    """Skriver arbeidsboken og fasiten."""
    linjer = _les()
    bok = Workbook(ARBEIDSBOK, {"strings_to_formulas": False, "strings_to_urls": False})
    bok.set_properties({"title": _MERKNAD, "created": datetime(2026, 1, 1, tzinfo=UTC)})
    with FASIT.open("w", encoding="utf-8", newline="") as fil:
        fasit = csv.writer(fil, lineterminator="\n")
        fasit.writerow(_FASITKOLONNER)
        for navn in dict.fromkeys(linje.ark for linje in linjer):
            fasit.writerows(_skriv_ark(bok, navn, [linje for linje in linjer if linje.ark == navn]))
    bok.close()


if __name__ == "__main__":
    main()
