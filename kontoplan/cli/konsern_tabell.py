"""Sammendraget av et konsern i terminalen: enhetene, det som er eliminert, og det som ikke møtes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kontoplan.rapportering.tusen import TUSEN
from kontoplan.tall import count, percent, thousands

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.rapportering.konsern import Konsern


def show(answer: Konsern, target: Path | None) -> None:
    """Skriver sammendraget til stdout; farger bare i en terminal. Beløp i tusen kroner."""
    console = Console(highlight=False)
    console.print(f"[bold]Konsern {answer.oppgave.kode} for {answer.oppgave.aar}[/bold], tusen kroner")
    console.print(_units(answer))
    if answer.elimineringer:
        console.print(_eliminated(answer))
    for obstacle in answer.hindringer:
        console.print(Text(f"Hindrer: {obstacle}.", style="red"), soft_wrap=True)
    for note in (*answer.merknader, *answer.rapport.merknader):
        console.print(Text(f"Merk: {note}", style="yellow"), soft_wrap=True)
    console.print(
        f"\n[bold]{count(sum(1 for _, t in answer.poster.values() if t), 'post', 'poster')} i konsernet.[/bold]"
    )
    if target:
        console.print(f"Skrevet til {escape(str(target))}", soft_wrap=True)


def _units(answer: Konsern) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Enhet", overflow="fold")
    for name in ("Skjema", "Andel", "Poster"):
        table.add_column(name, justify="right", no_wrap=True)
    for unit in answer.enheter:
        table.add_row(Text(unit.fil), unit.skjema, percent(float(unit.andel)), thousands(len(unit.poster)))
    return table


def _eliminated(answer: Konsern) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title="Mellom enhetene", title_justify="left", title_style="bold")
    table.add_column("Hva, og hvem", overflow="fold")
    for name in (*answer.elimineringer[0].par.sider, "differanse"):
        table.add_column(name.capitalize(), justify="right", no_wrap=True)
    for found in answer.elimineringer:
        style = "bold" if found.motes else "bold red"
        name = f"{found.par.hva} ({found.par.debet} mot {found.par.kredit})"
        table.add_row(Text(name), *map(_shown, (found.debet_ore, found.kredit_ore, found.differanse_ore)), style=style)
        for part in found.enheter:
            table.add_row(Text(f"  {part.fil}"), _shown(part.debet_ore), _shown(part.kredit_ore), "", style="dim")
    return table


def _shown(ore: int) -> str:
    return thousands(round(ore / TUSEN))
