"""Sammendraget i arbeidsboken fra ``fordel``: summene før og etter, rekkefølgen, og hva som er lest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.fordeling.avrunding import REGEL
from kontoplan.tall import count, thousands
from kontoplan.workbook.about import laget
from kontoplan.workbook.cells import row_ranges
from kontoplan.workbook.layout import PAPIR_A4, Stiler, sideoppsett, skriv_celle
from kontoplan.workbook.section import heading, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.fordeling.fordeling import Fordeling
    from kontoplan.fordeling.perioder import Per
    from kontoplan.workbook.layout import Celle

_BREDDER = (34, 22, 22, 22, 22)
_ORE = 100
PER: dict[Per, str] = {"aar": "hele året under ett", "kvartal": "kvartal for kvartal", "maaned": "måned for måned"}


def skriv_sammendrag(ark: Worksheet, fordeling: Fordeling, stiler: Stiler, naar: datetime) -> None:
    """Fyller arket."""
    for kolonne, bredde in enumerate(_BREDDER):
        ark.set_column(kolonne, kolonne, bredde)
    skriv_celle(ark, 0, 0, f"Fordeling av interne enheter og delte tjenester {fordeling.aar}", stiler.hent("tittel"))
    ark.set_row(0, 30)
    undertittel = f"{fordeling.kilde.fil} etter nøklene i {fordeling.nokler.fil} · {PER[fordeling.per]}"
    skriv_celle(ark, 1, 0, undertittel, stiler.hent("undertittel"))
    rad = _kontroll(ark, 3, fordeling, stiler)
    rad = _enheter(ark, rad + 1, fordeling, stiler)
    for tittel, linjer in _lister(fordeling):
        rad = listed(ark, rad + 1, tittel, linjer, _BREDDER, stiler)
    skriv_celle(ark, rad + 1, 0, laget(naar), stiler.hent("undertittel"))
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)
    ark.fit_to_pages(1, 1)


def _kontroll(ark: Worksheet, rad: int, fordeling: Fordeling, stiler: Stiler) -> int:
    heading(ark, rad, "Går det opp?", _BREDDER, stiler)
    change = sum(linje.belop_ore for linje in fordeling.linjer)
    rader: list[tuple[str, Celle, str]] = [
        ("Hovedboken før", fordeling.lest.sum_ore / _ORE, "kroner"),
        ("Sum av alle bilagslinjer (skal være 0)", change / _ORE, "kroner"),
        ("Hovedboken etter", (fordeling.lest.sum_ore + change) / _ORE, "kroner"),
        ("Fordelt ut", sum(k.ut_ore for k in fordeling.kontroll) / _ORE, "kroner"),
        ("Igjen på enhetene (skal være 0)", sum(k.etter_ore for k in fordeling.kontroll) / _ORE, "kroner"),
        ("Bilag", fordeling.antall_bilag, "heltall"),
        ("Bilagslinjer", len(fordeling.linjer), "heltall"),
    ]
    for at, (navn, verdi, stil) in enumerate(rader, rad + 1):
        skriv_celle(ark, at, 0, navn, stiler.hent("tekst"))
        skriv_celle(ark, at, 1, verdi, stiler.hent(stil))
    return rad + len(rader) + 1


def _enheter(ark: Worksheet, rad: int, fordeling: Fordeling, stiler: Stiler) -> int:
    """Én linje per enhet, periodene lagt sammen, i rekkefølgen de ble fordelt."""
    heading(ark, rad, "Enhetene, i den rekkefølgen de er fordelt", _BREDDER, stiler)
    hoder = ("Enhet", "Før", "Mottatt fra andre", "Fordelt ut og blir", "Etter")
    for kolonne, hode in enumerate(hoder):
        skriv_celle(ark, rad + 1, kolonne, hode, stiler.hent("hode_tall" if kolonne else "hode"))
    at = rad + 2
    for trinn in fordeling.trinn:
        for enhet in trinn.enheter:
            checks = [k for k in fordeling.kontroll if k.enhet == enhet.navn]
            navn = f"{enhet.navn} (løst samtidig)" if trinn.samtidig else enhet.navn
            tall = (
                sum(k.for_ore for k in checks),
                sum(k.mottatt_ore for k in checks),
                sum(k.ut_ore + k.blir_ore for k in checks),
                sum(k.etter_ore for k in checks),
            )
            skriv_celle(ark, at, 0, navn, stiler.hent("navn"))
            for kolonne, ore in enumerate(tall, 1):
                skriv_celle(ark, at, kolonne, ore / _ORE, stiler.hent("kroner"))
            at += 1
    return at


def _lister(fordeling: Fordeling) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    if fordeling.merknader:
        yield "Se på dette", [(f"Merknad {nr}", text) for nr, text in enumerate(fordeling.merknader, 1)]
    lest, kilde = fordeling.lest, fordeling.kilde
    read = [
        ("Hovedbok", f"{kilde.fil} ({kilde.form}{', ' + ', '.join(kilde.ark) if kilde.ark else ''})"),
        ("Leste rader", thousands(lest.rader)),
        ("Kolonner", ", ".join(f"{k.rolle}: {k.bokstav} «{k.overskrift}»" for k in kilde.kolonner)),
        ("Skrivemåte", ", ".join(kilde.oppsett)),
    ]
    read += [("Rader uten konto og beløp", thousands(lest.tomme))] if lest.tomme else []
    read += (
        [
            (
                "Avrundede beløp",
                f"{count(lest.avrundet, 'beløp', 'beløp')} hadde mer enn to desimaler og er avrundet til nærmeste øre",
            )
        ]
        if lest.avrundet
        else []
    )
    read += [("Merknad", text) for text in kilde.merknader]
    yield "Lest", read
    if lest.uleste:
        yield (
            "Ikke lest, og hvorfor",
            [
                (
                    u.grunn,
                    f"{count(u.antall, 'rad', 'rader')}, rad {row_ranges(u.rader)}{' …' if u.antall > len(u.rader) else ''}",
                )
                for u in lest.uleste
            ],
        )
    yield (
        "Slik er det regnet",
        [
            ("Avrunding", REGEL),
            (
                "Rekkefølge",
                "Enheter som får noe fra andre, fordeles etter dem. Enheter som gir til hverandre, løses samtidig som likninger med eksakte brøker, og fordeles rett til mottakerne utenfor ringen.",
            ),
            ("Beløp", "Alt er regnet i hele øre og eksakte brøker, aldri med flyttall."),
        ],
    )
