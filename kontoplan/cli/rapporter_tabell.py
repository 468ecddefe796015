"""Sammendraget av et uttrekk i terminalen: hvor hver øre endte, hva som hindrer, og hva en bør se på."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kontoplan.fordeling.bilag import norske_kroner
from kontoplan.kostra.sammendrag import ORD
from kontoplan.tall import count, thousands
from kontoplan.workbook.cells import enumerate_words, row_ranges
from kontoplan.workbook.extract_report import where_it_ended
from kontoplan.workbook.rejected_rows import not_in_full

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kontoplan.rapportering.uttrekk import Uttrekk


def show(uttrekk: Uttrekk, target: Path | None, csv: str) -> None:
    """Skriver sammendraget til stdout; farger bare i en terminal.

    Args:
        uttrekk: Uttrekket.
        target: Filen som er skrevet; ``None`` når den ikke er det.
        csv: Filen med alle radene som ikke kom med, når de er for mange for avstemmingen.
    """
    console = Console(highlight=False)
    console.print(f"[bold]{escape(uttrekk.filer)}[/bold] til {uttrekk.oppgave.kode} for {uttrekk.oppgave.aar}")
    console.print(_amounts(uttrekk))
    for line in _notes(uttrekk, csv):
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
    for name in ("Posteringer", "Kroner"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, antall, ore in where_it_ended(uttrekk):
        table.add_row(
            name, thousands(antall), norske_kroner(ore), style="bold" if name.startswith("Hovedbok") else None
        )
    for bok in uttrekk.boker[1:]:
        amounts = thousands(bok.lest.rader), norske_kroner(bok.lest.sum_ore)
        table.add_row(Text(f"Av dette {bok.kilde.fil}"), *amounts, style="dim")
    return table


def _notes(uttrekk: Uttrekk, csv: str) -> Iterator[Text]:
    for obstacle in uttrekk.hindringer:
        yield Text(f"Hindrer: {obstacle}.", style="red")
    read = (note for bok in uttrekk.boker for note in bok.kilde.merknader)
    for note in (*uttrekk.merknader, *not_in_full(uttrekk.boker, csv), *read, *uttrekk.rapport.merknader):
        yield Text(f"Merk: {note}", style="yellow")
    for bok in uttrekk.boker:
        for unread in bok.lest.uleste:
            rows = row_ranges(unread.rader) + (" …" if unread.antall > len(unread.rader) else "")
            where = f" i {bok.kilde.fil}" if len(uttrekk.boker) > 1 else ""
            yield Text(
                f"Ikke lest ({unread.grunn}): {count(unread.antall, 'rad', 'rader')}{where} (rad {rows})",
                style="yellow",
            )
    numbers = ((uttrekk.rapport.antall(alvor), ORD[alvor]) for alvor in ("WARNING", "INFO"))
    found = [count(number, word.en, word.flere) for number, word in numbers if number]
    if found:
        yield Text(f"Kontrollene har {enumerate_words(found)}; se arket Kontroller i avstemmingen.", style="dim")
