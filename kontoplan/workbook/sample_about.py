"""Arket Om utvalget: parametrene, populasjonen, hvordan det er trukket, og hva revisor gjør videre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.headings import BELOP, DOM, RAD
from kontoplan.utvalg import skjema
from kontoplan.workbook.layout import PAPIR_A4, lines_needed, row_height, sideoppsett, skriv_celle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.utvalg.utvalg import Utvalg
    from kontoplan.workbook.layout import Celle, Stiler

_BREDDER: Final = (34, 36, 84)
_ORE: Final = 100
_DRAWN: Final = {
    "mus": (
        "Trukket etter beløp (MUS). Absoluttbeløpene legges etter hverandre i den rekkefølgen radene står i hovedboken, og én krone trekkes per intervall, "
        "fra den første kronen. Posteringen kronen faller i, er med. En postering på minst ett intervall blir alltid truffet, og en på halvparten har halv sjanse."
    ),
    "stratifisert": (
        "Trukket tilfeldig innen beløpsklasser. Posteringer på minst ett intervall er alle med; hver klasse under går ned til halvparten av den over. "
        "I en klasse med N posteringer, den største på c kroner, er det trukket N · c / intervall, rundet opp, så ingen postering står for mer enn intervallet."
    ),
}
_RULES: Final = (
    ("Størrelsen", "Intervallet er vesentlighetsgrensen delt på konfidensfaktoren, rundet ned til hele øre. Faktoren løser F = λ(F · forventet feil / vesentlighetsgrense), der λ(k) er den øvre grensen for ventet antall feil når k er funnet (Poisson). Uten forventet feil er den −ln(1 − konfidens)."),
    ("Kredit og minusposter", "Alle beløp teller uten fortegn: en feil i en inntekt eller en kreditnota betyr like mye som i en utgift, og ellers kunne den aldri blitt trukket. Feil måles også uten fortegn: «for høyt» er lenger fra null enn det skulle vært."),
    ("Null", "Rader på null kroner er ikke med: det er ingen krone å trekke, og ingenting som kan være for høyt."),
    ("Reversert", "En postering og reverseringen av den er to posteringer, og begge kan trekkes."),
    ("Gjentas", "Samme hovedbok, frø og valg gir samme utvalg. Radene sorteres på ark og radnummer først. Tallene kommer fra Pythons random.Random(frø).random()."),
)  # fmt: skip
_FILL: Final = (
    (DOM, f"Arket {skjema.UTVALG}: velg «{skjema.IKKE_FEIL}» eller «{skjema.FEIL}» på hver rad. Tom celle betyr ikke revidert."),
    (skjema.REVIDERT, "Bare ved feil: det rette beløpet på kontoen, med samme fortegn som Beløp. Hører ingenting av beløpet hjemme der, er det 0."),
    ("La stå", f"Du kan sortere, filtrere og sette inn kolonner. Slett ikke rader, og la {BELOP}, {RAD}, {skjema.TREFF}, {skjema.STRATUM} og dette arket være; er noe endret, sier evalueringen fra."),
    ("Når du er ferdig", "kontoplan revider --evaluer DENNE-FILEN.xlsx"),
    ("Regnes slik", "Feilen på en rad deles på sjansen den hadde for å bli trukket. Den øvre grensen er Stringers: grunnpresisjon pluss hver feil ganget med økningen i konfidensfaktoren, størst først. For høyt og for lavt regnes hver for seg og trekkes ikke fra hverandre."),
)  # fmt: skip


def skriv_om_utvalget(ark: Worksheet, utvalg: Utvalg, stiler: Stiler) -> None:
    """Fyller arket Om utvalget."""
    for column, width in enumerate(_BREDDER):
        ark.set_column(column, column, width)
    skriv_celle(ark, 0, 0, "Om utvalget", stiler.hent("tittel"))
    ark.set_row(0, 30)
    row = _parameters(ark, 2, utvalg, stiler)
    row = _population(ark, row + 1, utvalg, stiler)
    row = _prose(
        ark,
        row + 1,
        "Slik er det trukket",
        (("Metoden", _DRAWN[utvalg.ramme.metode]), *_RULES, *(("Merk", note) for note in utvalg.merknader)),
        stiler,
    )
    _prose(ark, row + 1, "Slik gjør du", _FILL, stiler)
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)
    ark.set_portrait()


def _parameters(ark: Worksheet, row: int, utvalg: Utvalg, stiler: Stiler) -> int:
    for column, heading in enumerate((skjema.PARAMETER, skjema.VERDI, "Hva det betyr")):
        skriv_celle(ark, row, column, heading, stiler.hent("hode"))
    for name, value, style, meaning in _values(utvalg):
        row += 1
        for column, (cell, kind) in enumerate(((name, "navn"), (value, style), (meaning, "dempet"))):
            skriv_celle(ark, row, column, cell, stiler.hent(kind))
        needed = max(
            lines_needed(meaning, _BREDDER[2]), lines_needed(value, _BREDDER[1]) if isinstance(value, str) else 1
        )
        ark.set_row(row, row_height(needed))
    return row + 1


def _values(utvalg: Utvalg) -> Iterator[tuple[str, Celle, str, str]]:
    frame = utvalg.ramme
    yield skjema.METODE, frame.metode, "brytes", "Hvordan posteringene er trukket; se under."
    yield skjema.KONFIDENS, frame.konfidens, "tall_venstre", "Hvor sikker konklusjonen skal være, som andel."
    yield (
        skjema.VESENTLIGHET,
        frame.vesentlighet_ore / _ORE,
        "kroner_venstre",
        "Den største feilen som kan godtas i populasjonen.",
    )
    yield skjema.FORVENTET, frame.forventet_ore / _ORE, "kroner_venstre", "Feilen som ventes; jo mer, jo flere trekkes."
    yield skjema.FAKTOR, round(utvalg.faktor, 4), "tall_venstre", "Trekk per vesentlighetsgrense."
    yield (
        skjema.INTERVALL,
        frame.intervall_ore / _ORE,
        "kroner_venstre",
        "Kronene hvert trekk står for. Posteringer på så mye eller mer er alle med.",
    )
    yield (
        skjema.START,
        frame.start_ore / _ORE,
        "kroner_venstre",
        "Hvor i det første intervallet den første kronen ble trukket (bare MUS).",
    )
    yield skjema.FRO, frame.fro, "nummer_venstre", "Samme frø gir samme utvalg."
    yield (
        skjema.ANTALL,
        frame.antall,
        "heltall_venstre",
        "Posteringer med beløp i drift og investering, etter avgrensningen.",
    )
    yield skjema.SUM, frame.sum_ore / _ORE, "kroner_venstre", "Summen av beløpene uten fortegn."
    yield (
        skjema.TRUKKET,
        frame.utvalg,
        "heltall_venstre",
        f"Av dem er {utvalg.fullt} tatt med uansett; {utvalg.treff} trekk i alt.",
    )
    yield (
        skjema.AVGRENSNING,
        frame.avgrensning,
        "brytes",
        "Det som sto etter --bare; tomt når alt i drift og investering er med.",
    )
    yield skjema.HOVEDBOK, frame.hovedbok, "brytes", "Filen utvalget er trukket av."
    yield skjema.SHA256, frame.sha256, "brytes", "Viser at det er samme fil når utvalget trekkes på nytt."
    yield skjema.AAR, frame.aar, "nummer_venstre", "Året kodene gjelder."
    yield (
        skjema.SEGL,
        frame.segl,
        "brytes",
        "Fingeravtrykk av tallene over og strataene; evalueringen ser på det om noe er endret.",
    )


def _population(ark: Worksheet, row: int, utvalg: Utvalg, stiler: Stiler) -> int:
    """Det som er med og ikke med, med antall og sum."""
    for column, heading in enumerate(("Populasjonen", "Antall", "Sum, kr (debet positivt)")):
        skriv_celle(ark, row, column, heading, stiler.hent("hode"))
    inside = ("Med: debet", None, utvalg.debet_ore), ("Med: kredit", None, utvalg.kredit_ore)
    total = ("Med i alt", utvalg.ramme.antall, utvalg.debet_ore + utvalg.kredit_ore)
    outside = ((f"Ikke med: {one.hva}", one.antall, one.sum_ore) for one in utvalg.utenfor)
    for name, count, ore in (*inside, total, *outside):
        row += 1
        cells = ((name, "brytes"), (count, "heltall_venstre"), (ore / _ORE, "kroner_venstre"))
        for column, (cell, kind) in enumerate(cells):
            skriv_celle(ark, row, column, cell, stiler.hent(kind))
        ark.set_row(row, row_height(lines_needed(name, _BREDDER[0] - 4)))
    return row + 1


def _prose(ark: Worksheet, row: int, title: str, lines: tuple[tuple[str, str], ...], stiler: Stiler) -> int:
    for column in range(len(_BREDDER)):
        skriv_celle(ark, row, column, title if not column else None, stiler.hent("seksjon"))
    ark.set_row(row, 22)
    width = sum(_BREDDER[1:])
    for name, text in lines:
        row += 1
        skriv_celle(ark, row, 0, name, stiler.hent("navn"))
        ark.merge_range(row, 1, row, 2, "", stiler.hent("brytes"))
        skriv_celle(ark, row, 1, text, stiler.hent("brytes"))
        ark.set_row(row, row_height(lines_needed(text, width)))
    return row + 1
