"""Sammendraget av et uttrekk i terminalen: hvor hver øre endte, hva som hindrer, og hva en bør se på."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kontoplan.fordeling.bilag import norske_kroner
from kontoplan.rapportering.uttrekk import STEDER
from kontoplan.workbook.cells import count, row_ranges
from kontoplan.workbook.extract_report import STED_ORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kontoplan.rapportering.uttrekk import Uttrekk


def show(uttrekk: Uttrekk, target: Path | None) -> None:
    """Skriver sammendraget til stdout; farger bare i en terminal."""
    console = Console(highlight=False)
    console.print(f"[bold]{escape(uttrekk.kilde.fil)}[/bold] til {uttrekk.oppgave.kode} for {uttrekk.oppgave.aar}")
    console.print(_amounts(uttrekk))
    for line in _notes(uttrekk):
        console.print(line, soft_wrap=True)
    written = sum(1 for post in uttrekk.poster if post.tusen)
    rounding = sum(post.avrunding_ore for post in uttrekk.poster)
    console.print(
        f"\n[bold]{count(written, 'post', 'poster')} i filen, avrunding i alt {norske_kroner(rounding)} kr.[/bold]"
    )
    if target:
        console.print(f"Skrevet til {escape(str(target))}", soft_wrap=True)


def _amounts(uttrekk: Uttrekk) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Hvor det endte", overflow="fold")
    table.add_column("Kroner", justify="right", no_wrap=True)
    for sted in STEDER:
        if uttrekk.summer[sted] or sted in {"rapportert", "internt", "avvist"}:
            table.add_row(STED_ORD[sted], norske_kroner(uttrekk.summer[sted]))
    table.add_row("Hovedboken", norske_kroner(uttrekk.lest.sum_ore), style="bold")
    return table


def _notes(uttrekk: Uttrekk) -> Iterator[Text]:
    for obstacle in uttrekk.hindringer:
        yield Text(f"Hindrer: {obstacle}.", style="red")
    for note in (*uttrekk.merknader, *uttrekk.kilde.merknader, *uttrekk.rapport.merknader):
        yield Text(f"Merk: {note}", style="yellow")
    for unread in uttrekk.lest.uleste:
        rows = row_ranges(unread.rader) + (" …" if unread.antall > len(unread.rader) else "")
        yield Text(f"Ikke lest ({unread.grunn}): {count(unread.antall, 'rad', 'rader')} (rad {rows})", style="yellow")
    for alvor in ("WARNING", "INFO"):
        number = uttrekk.rapport.antall(alvor)
        if number:
            yield Text(f"Kontrollene har {number} {alvor}; se arket Kontroller i avstemmingen.", style="dim")
