"""Sammendraget av en fordeling i terminalen: enhetene, om det går opp, og hva som ikke ble lest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kontoplan.fordeling.bilag import norske_kroner
from kontoplan.tall import count
from kontoplan.workbook.cells import row_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kontoplan.fordeling.fordeling import Fordeling

_COLUMNS = ("Før", "Mottatt", "Fordelt ut", "Blir stående", "Etter")
_ALWAYS = frozenset({"Før", "Fordelt ut", "Etter"})


def show(answer: Fordeling, target: Path | None) -> None:
    """Skriver sammendraget til stdout; farger bare i en terminal."""
    console = Console(highlight=False)
    console.print(f"[bold]{escape(answer.kilde.fil)}[/bold] fordelt etter {escape(answer.nokler.fil)}, {answer.aar}")
    console.print(_units(answer))
    for line in _notes(answer):
        console.print(line, soft_wrap=True)
    change = sum(line.belop_ore for line in answer.linjer)
    console.print(
        f"\n[bold]{count(answer.antall_bilag, 'bilag', 'bilag')} med {count(len(answer.linjer), 'linje', 'linjer')}. "
        f"Hovedboken før {norske_kroner(answer.lest.sum_ore)}, etter {norske_kroner(answer.lest.sum_ore + change)}.[/bold]"
    )
    if target:
        console.print(f"Skrevet til {escape(str(target))} og {escape(target.with_suffix('.csv').name)}", soft_wrap=True)


def _units(answer: Fordeling) -> Table:
    """Regnskapet per enhet, periodene lagt sammen, i den rekkefølgen de er fordelt; kolonner der alt er null, er utelatt."""
    rows = [
        (enhet.navn + (" (løst samtidig)" if step.samtidig else ""), _sums(answer, enhet.navn))
        for step in answer.trinn
        for enhet in step.enheter
    ]
    shown = [at for at, name in enumerate(_COLUMNS) if name in _ALWAYS or any(sums[at] for _, sums in rows)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Enhet", overflow="fold", min_width=20)
    for at in shown:
        table.add_column(_COLUMNS[at], justify="right", no_wrap=True)
    for name, sums in rows:
        table.add_row(Text(name), *(norske_kroner(sums[at]) for at in shown))
    return table


def _sums(answer: Fordeling, enhet: str) -> list[int]:
    checks = [k for k in answer.kontroll if k.enhet == enhet]
    return [sum(getattr(k, f"{name}_ore") for k in checks) for name in ("for", "mottatt", "ut", "blir", "etter")]


def _notes(answer: Fordeling) -> Iterator[Text]:
    """Det brukeren bør se: merknader først, så det som ikke ble lest."""
    for note in (*answer.merknader, *answer.kilde.merknader):
        yield Text(f"Merk: {note}", style="yellow")
    for unread in answer.lest.uleste:
        rows = row_ranges(unread.rader) + (" …" if unread.antall > len(unread.rader) else "")
        money = f", {norske_kroner(unread.belop_ore)} kr" if unread.belop_ore else ""
        yield Text(
            f"Ikke lest ({unread.grunn}): {count(unread.antall, 'rad', 'rader')} (rad {rows}){money}", style="yellow"
        )
    if answer.lest.avrundet:
        yield Text(
            f"{count(answer.lest.avrundet, 'beløp', 'beløp')} hadde mer enn to desimaler og er avrundet til nærmeste øre.",
            style="dim",
        )
