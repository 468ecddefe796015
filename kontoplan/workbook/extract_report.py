"""Avstemmingen fra ``rapporter``: hvor hver øre endte, postene med avrunding, det som er avvist, det interne og kontrollene."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kontoplan.kodeverk import Kodeverk
from kontoplan.rapportering.tusen import REGEL
from kontoplan.rapportering.uttrekk import STEDER
from kontoplan.tall import count, thousands
from kontoplan.workbook.about import laget
from kontoplan.workbook.book import report
from kontoplan.workbook.cells import row_ranges
from kontoplan.workbook.layout import PAPIR_A4, Stiler, sideoppsett, skriv_celle
from kontoplan.workbook.rejected_rows import (
    AVVISTE_RADER,
    IKKE_LEST,
    not_in_full,
    rejected,
    unread,
    write_rejected,
    write_unread,
)
from kontoplan.workbook.section import heading, listed
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kostra.funn import Funngruppe
    from kontoplan.rapportering.innlest import Innlest
    from kontoplan.rapportering.internt import Internsum
    from kontoplan.rapportering.saldo import Del, Sted
    from kontoplan.rapportering.uttrekk import Uttrekk, Uttrekkspost

SAMMENDRAG, POSTER, AVVIST, INTERNT, KONTROLLER = "Sammendrag", "Poster", "Avvist", "Internt", "Kontroller"
STED_ORD: dict[Sted, str] = {
    "rapportert": "Rapportert i filen",
    "internt": "Internt, rapporteres ikke (skal gå i null)",
    "annet skjema": "Hører til et annet skjema (balanse eller bevilgning)",
    "annen periode": "Etter kvartalet",
    "avvist": "Avvist (skal være null)",
}
_ORE = 100
_WIDTHS = (44, 22, 70)


def render(uttrekk: Uttrekk, *, csv: str = "", naar: datetime | None = None) -> bytes:
    """Innholdet i arbeidsboken; samme uttrekk og tidspunkt gir samme celler.

    Args:
        uttrekk: Uttrekket.
        csv: Navnet på filen med alle radene som ikke kom med, når de er for mange for arkene.
        naar: Når arbeidsboken er laget; ``None`` er nå.
    """
    when = naar or datetime.now().astimezone()
    return report(
        len(uttrekk.poster) + len(uttrekk.deler) + rejected(uttrekk.boker) + unread(uttrekk.boker),
        f"Avstemming av {uttrekk.oppgave.kode} {uttrekk.oppgave.aar}",
        "KOSTRA, filuttrekk, avstemming",
        when,
        lambda bok: _fill(bok, uttrekk, csv, when),
    )


def _fill(bok: Workbook, uttrekk: Uttrekk, csv: str, naar: datetime) -> None:
    stiler = Stiler(bok)
    left = (IKKE_LEST,) if unread(uttrekk.boker) else ()
    names = (SAMMENDRAG, POSTER, AVVIST, AVVISTE_RADER, *left, INTERNT, KONTROLLER)
    ark = {navn: bok.add_worksheet(navn) for navn in names}
    _summary(ark[SAMMENDRAG], uttrekk, [*uttrekk.merknader, *not_in_full(uttrekk.boker, csv)], stiler, naar)
    skriv_tabell(
        ark[POSTER], _post_columns(uttrekk), uttrekk.poster, stiler, Tabellark("Uttrekksposter", 3, "Ingen poster.")
    )
    fields = [felt for felt in _REJECTED if felt.overskrift != "Fil" or len(uttrekk.boker) > 1]
    skriv_tabell(ark[AVVIST], fields, uttrekk.avviste, stiler, Tabellark("AvvisteKontoer", 1, "Ingenting er avvist."))
    write_rejected(ark[AVVISTE_RADER], uttrekk.boker, stiler)
    if left:
        write_unread(ark[IKKE_LEST], uttrekk.boker, stiler)
    skriv_tabell(
        ark[INTERNT],
        _INTERNAL,
        list(_internal(uttrekk)),
        stiler,
        Tabellark("InterneSummer", 2, "Ingen interne posteringer."),
    )
    skriv_tabell(
        ark[KONTROLLER],
        CONTROLS,
        uttrekk.rapport.grupper,
        stiler,
        Tabellark("Kontrollfunn", 2, "Kontrollene har ingen funn."),
    )
    ark[SAMMENDRAG].activate()


def _post_columns(uttrekk: Uttrekk) -> list[Felt[Uttrekkspost]]:
    """Kolonnene i arket Poster; i balansen kapittel og sektor, og ellers funksjon og art."""
    kodeverk = Kodeverk.for_aar(Kodeverk.nyeste_aar(), uttrekk.oppgave.regnskap)
    balanse = uttrekk.oppgave.balanse
    first, second = ("Kapittel", "Sektor") if balanse else ("Funksjon", "Art")
    return [
        Felt("Kontoklasse", lambda r: r.klasse, "kode", 8, 12),
        Felt(first, lambda r: r.funksjon, "kode", 9, 10),
        Felt(second, lambda r: r.art, "kode", 8, 10),
        Felt(
            f"{first}navn", lambda r: kodeverk.navn("kapittel" if balanse else "funksjon", r.funksjon), "brytes", 20, 40
        ),
        Felt(f"{second}navn", lambda r: kodeverk.navn("sektor" if balanse else "art", r.art), "brytes", 20, 40),
        Felt("Eksakt (kr)", lambda r: r.ore / _ORE, "kroner", 18, 24),
        Felt("I filen (1000 kr)", lambda r: r.tusen, "heltall", 14, 18),
        Felt("Avrunding (kr)", lambda r: r.avrunding_ore / _ORE, "kroner", 14, 18),
        Felt("Posteringer", lambda r: r.antall, "heltall", 11, 14),
        Felt("Lokale kontoer", lambda r: ", ".join(r.kontoer), "dempet", 24, 50),
    ]


_REJECTED: tuple[Felt[Del], ...] = (
    Felt("Grunn", lambda r: r.grunn, "navn", 40, 70),
    Felt("Konto", lambda r: r.saldo.konto, "kode", 9, 16),
    Felt("Funksjon", lambda r: r.saldo.funksjon, "kode", 9, 16),
    Felt("Ansvar", lambda r: r.saldo.ansvar, "tekst", 9, 16),
    Felt("Beløp", lambda r: r.ore / _ORE, "kroner", 18, 24),
    Felt("Posteringer", lambda r: r.saldo.antall, "heltall", 11, 14),
    Felt("Første rad", lambda r: r.saldo.rad, "radnummer", 10, 12),
    Felt("Fil", lambda r: r.saldo.fil, "tekst", 12, 30),
)
_INTERNAL: tuple[Felt[tuple[Internsum, str, str, str, int]], ...] = (
    Felt("Kontoklasse", lambda r: r[0].klasse, "kode", 8, 12),
    Felt("Hva", lambda r: r[0].hva, "navn", 24, 44),
    Felt("Sum (skal være 0)", lambda r: r[0].ore / _ORE, "kroner", 18, 24),
    Felt("Konto", lambda r: r[1], "kode", 9, 16),
    Felt("Funksjon", lambda r: r[2], "kode", 9, 16),
    Felt("Ansvar", lambda r: r[3], "tekst", 9, 16),
    Felt("Beløp", lambda r: r[4] / _ORE, "kroner", 18, 24),
)
CONTROLS: tuple[Felt[Funngruppe], ...] = (
    Felt("Kontroll", lambda r: r.kontroll, "kode", 9, 12),
    Felt("Alvor", lambda r: r.alvor, "tekst", 10, 12),
    Felt("Emne", lambda r: r.emne, "navn", 20, 36),
    Felt("Funn", lambda r: r.antall, "heltall", 7, 10),
    Felt("Hva som er galt", lambda r: r.melding, "brytes", 40, 70),
    Felt("Hva du gjør", lambda r: r.hele_rettelsen, "brytes", 40, 70),
)


def _internal(uttrekk: Uttrekk) -> Iterator[tuple[Internsum, str, str, str, int]]:
    for total in uttrekk.interne:
        for konto, funksjon, ansvar, ore in total.deler:
            yield total, konto, funksjon, ansvar, ore


def _summary(ark: Worksheet, uttrekk: Uttrekk, notes: list[str], stiler: Stiler, naar: datetime) -> None:
    for kolonne, bredde in enumerate(_WIDTHS):
        ark.set_column(kolonne, kolonne, bredde)
    oppgave = uttrekk.oppgave
    skriv_celle(ark, 0, 0, f"Filuttrekk {oppgave.kode} for {oppgave.aar}", stiler.hent("tittel"))
    ark.set_row(0, 30)
    skriv_celle(
        ark,
        1,
        0,
        f"{uttrekk.filer} koblet med {uttrekk.kobling} · region {oppgave.region}",
        stiler.hent("undertittel"),
    )
    row = listed(ark, 3, "Kan filen sendes?", list(_verdict(uttrekk)), _WIDTHS, stiler)
    row = _amounts(ark, row + 1, uttrekk, stiler)
    if notes:
        row = listed(ark, row + 1, "Se på dette", [("Merknad", text) for text in notes], _WIDTHS, stiler)
    for at, bok in enumerate(uttrekk.boker):
        row = listed(ark, row + 1, "Lest", list(_read(bok, "Bilag" if at else "Hovedbok")), _WIDTHS, stiler)
    row = listed(ark, row + 1, "Slik er det avrundet", [("Regel", REGEL)], _WIDTHS, stiler)
    skriv_celle(ark, row + 1, 0, laget(naar), stiler.hent("undertittel"))
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)
    ark.fit_to_pages(1, 1)


def _verdict(uttrekk: Uttrekk) -> Iterator[tuple[str, str]]:
    if not uttrekk.hindringer:
        yield "Ja", "Alt er plassert, det interne går i null, og kontrollene har ingen feil."
    for obstacle in uttrekk.hindringer:
        yield "Nei", obstacle[:1].upper() + obstacle[1:] + "."


def _amounts(ark: Worksheet, row: int, uttrekk: Uttrekk, stiler: Stiler) -> int:
    heading(ark, row, "Hvor hver øre endte", _WIDTHS, stiler)
    lines: list[tuple[str, int | None, int]] = list(where_it_ended(uttrekk))
    lines += [
        ("Forskjell (skal være null)", None, uttrekk.sum_ore - sum(uttrekk.summer.values())),
        ("Avrunding i filen, i alt", None, sum(post.avrunding_ore for post in uttrekk.poster)),
    ]
    for at, (name, antall, ore) in enumerate(lines, row + 1):
        skriv_celle(ark, at, 0, name, stiler.hent("tekst"))
        skriv_celle(ark, at, 1, ore / _ORE, stiler.hent("kroner"))
        if antall is not None:
            skriv_celle(ark, at, 2, count(antall, "postering", "posteringer"), stiler.hent("dempet"))
    return row + len(lines) + 1


def where_it_ended(uttrekk: Uttrekk) -> Iterator[tuple[str, int, int]]:
    """Hvor det endte, antall posteringer og øre; til slutt hovedboken."""
    for sted in STEDER:
        if uttrekk.antall[sted] or sted in {"rapportert", "internt", "avvist"}:
            yield STED_ORD[sted], uttrekk.antall[sted], uttrekk.summer[sted]
    name = "Hovedboken" if len(uttrekk.boker) == 1 else "Hovedboken med bilag"
    yield name, sum(bok.lest.rader for bok in uttrekk.boker), uttrekk.sum_ore


def _read(bok: Innlest, what: str) -> Iterator[tuple[str, str]]:
    kilde, lest = bok.kilde, bok.lest
    yield what, f"{kilde.fil} ({kilde.form}), {count(lest.rader, 'postering', 'posteringer')}"
    yield "Kolonner", ", ".join(f"{k.rolle}: {k.bokstav} «{k.overskrift}»" for k in kilde.kolonner)
    yield "Skrivemåte", ", ".join(kilde.oppsett)
    if lest.tomme:
        yield "Uten konto og beløp", thousands(lest.tomme)
    for each in lest.uleste:
        more = " …" if each.antall > len(each.rader) else ""
        rows = count(each.antall, "rad", "rader")
        yield f"Ikke lest: {each.grunn}", f"{rows} (rad {row_ranges(each.rader)}{more})"
    for note in kilde.merknader:
        yield "Merknad", note
