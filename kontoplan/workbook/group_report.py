"""Avstemmingen fra ``konsern``: enhetene, det som er tatt ut mellom dem og hvem som har ført hva, og hver post fra enhet til konsern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kontoplan.kodeverk import Kodeverk
from kontoplan.rapportering.tusen import REGEL, TUSEN
from kontoplan.tall import count, percent
from kontoplan.workbook.about import laget
from kontoplan.workbook.book import report
from kontoplan.workbook.extract_report import CONTROLS
from kontoplan.workbook.layout import PAPIR_A4, Stiler, sideoppsett, skriv_celle
from kontoplan.workbook.section import listed
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.rapportering.konsern import Eliminering, Enhetsuttrekk, Konsern
    from kontoplan.rapportering.tusen import Nokkel

SAMMENDRAG, MELLOM, POSTER, KONTROLLER = "Sammendrag", "Mellom enhetene", "Poster", "Kontroller"
_WIDTHS = (44, 22, 70)


def render(konsern: Konsern, *, naar: datetime | None = None) -> bytes:
    """Innholdet i arbeidsboken; samme konsern og tidspunkt gir samme celler. Beløp i tusen kroner."""
    when = naar or datetime.now().astimezone()
    title = f"Konsern {konsern.oppgave.kode} {konsern.oppgave.aar}"
    return report(
        len(konsern.poster), title, "KOSTRA, konsern, avstemming", when, lambda bok: _fill(bok, konsern, when)
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """Hva én enhet, eller alle under ett, har ført på et par."""

    par: str
    enhet: str
    debet: int
    kredit: int
    eliminert: int | None


@dataclass(frozen=True, slots=True)
class _Post:
    """En post fra enhetene til konsernet, i øre; ``tusen`` er det som står i filen."""

    nokkel: Nokkel
    enheter: tuple[int, ...]
    ore: int
    tusen: int

    @property
    def tatt_ut(self) -> int:
        return sum(self.enheter) - self.ore


def _fill(bok: Workbook, konsern: Konsern, naar: datetime) -> None:
    stiler = Stiler(bok)
    ark = {navn: bok.add_worksheet(navn) for navn in (SAMMENDRAG, MELLOM, POSTER, KONTROLLER)}
    _summary(ark[SAMMENDRAG], konsern, stiler, naar)
    between: Tabellark[_Side] = Tabellark("MellomEnhetene", 2, "Enhetene har ikke ført noe på artene eller kapitlene som brukes mellom dem.")  # fmt: skip
    skriv_tabell(ark[MELLOM], _SIDES, list(_sides(konsern)), stiler, between)
    posts = list(_posts(konsern))
    skriv_tabell(ark[POSTER], _fields(konsern), posts, stiler, Tabellark("Konsernposter", 3, "Ingen poster."))
    found = konsern.rapport.grupper
    skriv_tabell(ark[KONTROLLER], CONTROLS, found, stiler, Tabellark("Kontrollfunn", 2, "Kontrollene har ingen funn."))
    ark[SAMMENDRAG].activate()


def _summary(ark: Worksheet, konsern: Konsern, stiler: Stiler, naar: datetime) -> None:
    for kolonne, bredde in enumerate(_WIDTHS):
        ark.set_column(kolonne, kolonne, bredde)
    oppgave = konsern.oppgave
    skriv_celle(ark, 0, 0, f"Konsern {oppgave.kode} for {oppgave.aar}", stiler.hent("tittel"))
    ark.set_row(0, 30)
    skriv_celle(ark, 1, 0, f"Region {oppgave.region} · tusen kroner", stiler.hent("undertittel"))
    row = listed(ark, 3, "Kan filen sendes?", list(_verdict(konsern)), _WIDTHS, stiler)
    units = [(unit.fil, f"{unit.skjema}, {percent(float(unit.andel))}, {count(len(unit.poster), 'post', 'poster')}") for unit in konsern.enheter]  # fmt: skip
    row = listed(ark, row + 1, "Enhetene", units, _WIDTHS, stiler)
    if konsern.merknader:
        notes = [("Merknad", text) for text in konsern.merknader]
        row = listed(ark, row + 1, "Se på dette", notes, _WIDTHS, stiler)
    how = [(each.par.hva, f"{_name(each)}. Kilde: {each.par.kilde}.") for each in konsern.elimineringer]
    row = listed(ark, row + 1, "Slik er det regnet", [*how, ("Avrunding", REGEL)], _WIDTHS, stiler)
    skriv_celle(ark, row + 1, 0, laget(naar), stiler.hent("undertittel"))
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)
    ark.fit_to_pages(1, 1)


def _verdict(konsern: Konsern) -> Iterator[tuple[str, str]]:
    if not konsern.hindringer:
        yield "Ja", "Det enhetene har ført mot hverandre, møtes, og kontrollene har ingen feil."
    for obstacle in konsern.hindringer:
        yield "Nei", obstacle[:1].upper() + obstacle[1:] + "."


def _name(found: Eliminering) -> str:
    return f"{found.par.kode.capitalize()} {found.par.debet} mot {found.par.kredit}"


def _sides(konsern: Konsern) -> Iterator[_Side]:
    for found in konsern.elimineringer:
        name = f"{found.par.hva} ({found.par.debet} mot {found.par.kredit})"
        for unit in found.enheter:
            yield _Side(name, unit.fil, unit.debet_ore, unit.kredit_ore, None)
        yield _Side(name, "Alle", found.debet_ore, found.kredit_ore, found.eliminert_ore)


_SIDES: tuple[Felt[_Side], ...] = (
    Felt("Hva", lambda r: r.par, "navn", 30, 50),
    Felt("Enhet", lambda r: r.enhet, "tekst", 14, 40),
    Felt("Utgift eller fordring", lambda r: r.debet / TUSEN, "belop", 14, 18),
    Felt("Inntekt eller gjeld", lambda r: r.kredit / TUSEN, "belop", 14, 18),
    Felt("Tatt ut på hver side", lambda r: None if r.eliminert is None else r.eliminert / TUSEN, "belop", 14, 18),
    Felt("Differanse", lambda r: None if r.eliminert is None else (r.debet + r.kredit) / TUSEN, "belop", 12, 18),
)


def _posts(konsern: Konsern) -> Iterator[_Post]:
    for key in sorted({key for unit in konsern.enheter for key in unit.poster}):
        ore, thousands = konsern.poster.get(key, (0, 0))
        yield _Post(key, tuple(unit.poster.get(key, 0) for unit in konsern.enheter), ore, thousands)


def _fields(konsern: Konsern) -> list[Felt[_Post]]:
    oppgave, units = konsern.oppgave, konsern.enheter
    kodeverk = Kodeverk.for_aar(int(oppgave.aar), "kommune" if oppgave.skjema in {"0M", "0N"} else "fylkeskommune")
    first, second = ("Kapittel", "Sektor") if oppgave.balanse else ("Funksjon", "Art")
    return [
        Felt("Kontoklasse", lambda r: r.nokkel[0], "kode", 8, 12),
        Felt(first, lambda r: r.nokkel[1], "kode", 9, 10),
        Felt(second, lambda r: r.nokkel[2], "kode", 8, 10),
        Felt(f"{first}navn", lambda r: kodeverk.navn("kapittel" if oppgave.balanse else "funksjon", r.nokkel[1]), "brytes", 20, 40),
        Felt(f"{second}navn", lambda r: kodeverk.navn("sektor" if oppgave.balanse else "art", r.nokkel[2]), "brytes", 20, 40),
        *(_unit(at, unit) for at, unit in enumerate(units)),
        Felt("Tatt ut", lambda r: r.tatt_ut / TUSEN, "belop", 12, 18),
        Felt("Konsernet", lambda r: r.ore / TUSEN, "belop", 12, 18),
        Felt("I filen", lambda r: r.tusen, "heltall", 12, 18),
    ]  # fmt: skip


def _unit(at: int, unit: Enhetsuttrekk) -> Felt[_Post]:
    name = unit.fil if unit.andel == 1 else f"{unit.fil} ({percent(float(unit.andel))})"
    return Felt(name, lambda r: r.enheter[at] / TUSEN, "belop", 12, 24)
