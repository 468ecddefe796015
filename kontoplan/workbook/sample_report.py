"""Evalueringen av et utvalg som arbeidsbok: konklusjonen med regnestykket, feilene og strataene."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from kontoplan.fordeling.bilag import norske_kroner
from kontoplan.tall import count, exact_percent
from kontoplan.utvalg.skjema import METODER
from kontoplan.workbook.about import laget
from kontoplan.workbook.book import report
from kontoplan.workbook.layout import PAPIR_A4, Stiler, lines_needed, row_height, sideoppsett, skriv_celle
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.sak import Status
    from kontoplan.utvalg.evaluering import Evaluering, Feil, Konklusjon, Retning, Stratumsvar
    from kontoplan.workbook.layout import Celle

ARK: Final = ("Evaluering", "Feil", "Strata")
_BREDDER: Final = (58, 24, 24)
_ORE: Final = 100
_COLOUR: Final[dict[Konklusjon, Status]] = {
    "godtas": "sikker",
    "uavklart": "usikker",
    "godtas ikke": "utgatt",
    "foreløpig": "internt",
}
_METHOD: Final = {
    "mus": "Hver feil er feilandelen (feil delt på bokført) ganget med intervallet. Poster på minst ett intervall står bare for seg selv.",
    "stratifisert": "Hver feil er ganget med antallet posteringer i stratumet per trukket. Strata som er tatt fullt ut, står bare for seg selv.",
}


def render(svar: Evaluering, *, naar: datetime | None = None) -> bytes:
    """Innholdet i arbeidsboken; samme evaluering og tidspunkt gir samme celler."""
    when = naar or datetime.now().astimezone()

    def fill(bok: Workbook) -> None:
        stiler = Stiler(bok)
        first, wrong, parts = (bok.add_worksheet(navn) for navn in ARK)
        _conclusion(first, svar, stiler, when)
        skriv_tabell(wrong, _FEIL, svar.feil, stiler, Tabellark("Feilene", 2, "Ingen feil i utvalget.", 6))
        skriv_tabell(parts, _STRATA, svar.strata, stiler, Tabellark("Strataene", 1, "Ingen."))
        first.activate()

    return report(len(svar.feil), "Evaluering av utvalg", "revisjon, utvalg", when, fill)


def _conclusion(ark: Worksheet, svar: Evaluering, stiler: Stiler, naar: datetime) -> None:
    for column, width in enumerate(_BREDDER):
        ark.set_column(column, column, width)
    skriv_celle(ark, 0, 0, "Evaluering av utvalg", stiler.hent("tittel"))
    ark.set_row(0, 30)
    skriv_celle(ark, 1, 0, f"{svar.fil} · {laget(naar)}", stiler.hent("undertittel"))
    row = _wide(ark, 3, f"Konklusjon: {svar.konklusjon}", stiler, "status", _COLOUR[svar.konklusjon])
    row = _wide(ark, row, svar.melding, stiler)
    for column, heading in enumerate(("Feil, kr", "For høyt", "For lavt")):
        skriv_celle(ark, row + 1, column, heading, stiler.hent("hode_tall" if column else "hode"))
    row += 2
    for name, values, kind in _lines(svar):
        bold = "sum_kroner" if name.startswith("Øvre") else kind
        skriv_celle(ark, row, 0, name, stiler.hent("sum_tekst" if bold == "sum_kroner" else "tekst"))
        for column, value in enumerate(values, 1):
            skriv_celle(ark, row, column, value, stiler.hent(bold))
        row += 1
    for note in (_METHOD[svar.ramme.metode], *_basis(svar), *svar.merknader):
        row = _wide(ark, row + (note == _METHOD[svar.ramme.metode]), note, stiler, "dempet")
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)
    ark.set_portrait()


def _wide(  # noqa: PLR0913, PLR0917 - stilen og fargen er valgfrie
    ark: Worksheet, row: int, text: str, stiler: Stiler, stil: str = "brytes", status: Status | None = None
) -> int:
    """En tekst over alle kolonnene; gir neste rad."""
    style = stiler.hent(stil, status)
    ark.merge_range(row, 0, row, len(_BREDDER) - 1, "", style)
    skriv_celle(ark, row, 0, text, style)
    ark.set_row(row, row_height(lines_needed(text, sum(_BREDDER))))
    return row + 1


def _lines(svar: Evaluering) -> Iterator[tuple[str, tuple[Celle, Celle], str]]:
    both = (svar.for_hoyt, svar.for_lavt)

    def kroner(pick: str) -> tuple[Celle, Celle]:
        high, low = (getattr(one, pick) / _ORE for one in both)
        return high, low

    yield "Rader med feil", (both[0].antall, both[1].antall), "heltall"
    yield "Kjent feil i utvalget", kroner("kjent_ore"), "kroner"
    yield "Anslått feil i populasjonen", kroner("anslatt_ore"), "kroner"
    yield "Grunnpresisjon (selv uten feil i utvalget)", kroner("grunn_ore"), "kroner"
    yield "Tillegg fordi feilene kan være flere", kroner("tillegg_ore"), "kroner"
    yield f"Øvre grense med {exact_percent(svar.konfidens)} konfidens", kroner("grense_ore"), "kroner"
    limit = svar.vesentlighet_ore / _ORE
    yield "Vesentlighetsgrense", (limit, limit), "kroner"


def _basis(svar: Evaluering) -> Iterator[str]:
    frame = svar.ramme
    yield (
        f"Utvalget: {count(svar.vurdert, 'rad', 'rader')} av {count(frame.antall, 'postering', 'posteringer')} i {frame.hovedbok}, trukket "
        f"{METODER[frame.metode]} med frø {frame.fro}. Posteringene er til sammen {norske_kroner(frame.sum_ore)} kr uten fortegn."
    )
    if any(_capped(one) for one in (svar.for_hoyt, svar.for_lavt)):
        yield "Øvre grense er satt til alt det er trukket av; mer kan ikke være ført for høyt."
    yield "«For høyt» er lenger fra null enn det skulle vært, i utgift som i inntekt. Feil den ene veien trekkes ikke fra feil den andre. Det som ikke er ført, kan et slikt utvalg ikke finne."


def _capped(one: Retning) -> bool:
    return one.grense_ore < one.anslatt_ore + one.grunn_ore + one.tillegg_ore - _ORE


_FEIL: Final[tuple[Felt[Feil], ...]] = (
    Felt("Nr", lambda f: f.rad.nr, "heltall", 6, 8),
    Felt("Rad", lambda f: f.rad.rad, "radnummer", 8, 10),
    Felt("Bilag", lambda f: f.rad.bilag, "kode", 10, 14),
    Felt("Bokført", lambda f: f.rad.ore / _ORE, "kroner", 16, 20),
    Felt("Revidert", lambda f: (f.rad.revidert_ore or 0) / _ORE, "kroner", 16, 20),
    Felt("Feil (for lavt er minus)", lambda f: f.rad.feil_ore / _ORE, "kroner", 16, 20),
    Felt("Feilandel", lambda f: f.rad.andel, "vanlig_andel", 11, 12),
    Felt("Står for i populasjonen", lambda f: f.bidrag_ore / _ORE, "kroner", 18, 22),
    Felt("Stratum", lambda f: f.rad.stratum, "brytes", 22, 34),
    Felt("Kommentar", lambda f: f.rad.kommentar, "brytes", 30, 60),
    Felt("Ark", lambda f: f.rad.ark, "tekst", 8, 20),
)
_STRATA: Final[tuple[Felt[Stratumsvar], ...]] = (
    Felt("Stratum", lambda s: s.stratum.navn, "navn", 24, 44),
    Felt("Posteringer", lambda s: s.stratum.antall, "heltall", 13, 15),
    Felt("Kroner", lambda s: s.stratum.sum_ore / _ORE, "kroner", 20, 26),
    Felt("Trukket", lambda s: s.stratum.trukket, "heltall", 11, 13),
    Felt("Vurdert", lambda s: s.vurdert, "heltall", 11, 13),
    Felt("Med feil", lambda s: s.feil, "heltall", 11, 13),
    Felt("Anslått for høyt", lambda s: s.for_hoyt_ore / _ORE, "kroner", 18, 22),
    Felt("Anslått for lavt", lambda s: s.for_lavt_ore / _ORE, "kroner", 18, 22),
)
