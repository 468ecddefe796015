"""Sammendraget av en kobling i terminalen: hva som er lest, hvordan det gikk, og hva en bør se på først."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kontoplan.headings import ENDRINGER
from kontoplan.kodeverk import Kodeverk
from kontoplan.status import STATUSER
from kontoplan.workbook.cells import enumerate_words
from kontoplan.workbook.changes import in_words
from kontoplan.workbook.review import account_key, decision, review_rows, rows_per_account

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kontoplan.endring import Endring, Endringer
    from kontoplan.kobling import Kobling, Kontorad
    from kontoplan.sak import Dimensjon

_FIRST, _NAMED = 8, 3
_DIMENSIONS: tuple[Dimensjon, ...] = ("art", "funksjon", "ansvar", "balanse")


def show(kobling: Kobling, target: Path | None) -> None:
    """Skriver sammendraget til stdout; farger bare i en terminal."""
    console = Console(highlight=False)
    files = ", ".join(dict.fromkeys(t.fil for t in kobling.lesing.tabeller))
    console.print(f"[bold]{escape(files)}[/bold] koblet til KOSTRA {kobling.aar} ({kobling.regnskap})")
    console.print(_statuses(kobling))
    if kobling.endringer:
        _changes(kobling.endringer, console)
    review = review_rows(kobling)
    if review:
        console.print(_look_first(review, kobling))
    for line in _left_out(kobling):
        console.print(line, style="dim")
    waiting = sum(rad.venter for rad in kobling.rader)
    ready = len(kobling.rader) - waiting
    accounts = f" ({len(review)} ulike kontoer)" if len(review) < waiting else ""
    console.print(
        f"\n[bold]{ready} av {len(kobling.rader)} rader kan brukes som de står; {waiting}{accounts} må ses på.[/bold]"
    )
    if target:
        console.print(f"Skrevet til {escape(str(target))}", soft_wrap=True)


def _changes(endringer: Endringer, console: Console) -> None:
    """Hva som er endret siden en tidligere kobling: tallene, og det som angår KOSTRA-kodene."""
    year = f" ({endringer.aar})" if endringer.aar else ""
    console.print(f"[bold]Mot {escape(endringer.fil)}{year}:[/bold] {in_words(endringer)}.")
    hit: dict[str, list[Endring]] = {}
    for e in endringer.rader:
        if e.slag == "kodeendring":
            hit.setdefault(e.grunn, []).append(e)
    if hit:
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        table.add_column("Kodeendring", overflow="fold", ratio=1)
        table.add_column("Kontoer den gjelder", overflow="fold", ratio=1)
        for reason, found in hit.items():
            names = [f"{e.lokal_kode} {e.lokal_navn}".strip() for e in found]
            more = [f"{len(names) - _NAMED} til"] if len(names) > _NAMED else []
            table.add_row(Text(reason), Text(enumerate_words([*names[:_NAMED], *more])))
        console.print(table)
    console.print(Text(f"Alt som er endret, står i arket {ENDRINGER}.", style="dim"))


def _statuses(kobling: Kobling) -> Table:
    """Antall kontoer per status og dimensjon."""
    counts = Counter((r.vurdering.status, r.konto.dimensjon) for r in kobling.rader)
    shown = [d for d in _DIMENSIONS if any(dimension == d for _, dimension in counts)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Status")
    for name in [*(d.capitalize() for d in shown), "I alt"]:
        table.add_column(name, justify="right")
    table.add_column("Hva det betyr", style="dim", overflow="fold")
    for status, word in STATUSER.items():
        numbers = [counts[status, d] for d in shown]
        if sum(numbers):
            cells = [str(n) if n else "–" for n in (*numbers, sum(numbers))]
            table.add_row(Text(word.merke, style="bold" if word.avgjores else ""), *cells, word.forklaring)
    return table


def _look_first(review: Sequence[Kontorad], kobling: Kobling) -> Table:
    """De viktigste kontoene å se på, med det som må avgjøres; samme konto på flere rader vises én gang."""
    kodeverk = Kodeverk.for_aar(kobling.aar, kobling.regnskap)
    counts = rows_per_account(kobling)
    title = f"Se først på ({min(_FIRST, len(review))} av {len(review)})"
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("Ark, rad", style="dim", overflow="fold")
    table.add_column("Konto", overflow="fold")
    table.add_column("Hva som må avgjøres", overflow="fold", ratio=1)
    for rad in review[:_FIRST]:
        konto, more = rad.konto, counts[account_key(rad)] - 1
        where = f"{konto.ark}, {konto.rad}" + (f" (og {more} til)" if more else "")
        name = " ".join(filter(None, (konto.lokal_kode, konto.lokal_navn)))
        table.add_row(Text(where), Text(name), Text(decision(rad, kodeverk, kobling.aar)))
    return table


def _left_out(kobling: Kobling) -> list[Text]:
    """Det som ikke ble lest som kontoer, med antall og grunn."""
    reasons: Counter[str] = Counter()
    for item in kobling.lesing.utelatt:
        reasons[item.grunn] += len(item.rader)
    lines = [Text(note) for note in kobling.lesing.merknader]
    if reasons:
        listed = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
        lines.insert(0, Text(f"Rader som ikke er kontoer: {sum(reasons.values())} ({listed})."))
    return lines
