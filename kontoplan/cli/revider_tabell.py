"""Sammendraget av en revisjon i terminalen: hva som er funnet, de viktigste funnene, og områdene de gjelder."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kontoplan.revisjon.slag import BY_ID
from kontoplan.revisjon.treff import kroner
from kontoplan.tall import count, percent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kontoplan.revisjon.funn import Alvor, Funn
    from kontoplan.revisjon.justering import Justert
    from kontoplan.revisjon.revisjon import Revisjon

_SHOWN: Final = 10
_LONGEST: Final = 260
_STYLE: Final[dict[Alvor, str]] = {"FEIL": "red", "ADVARSEL": "yellow", "INFO": "dim"}


def show(answer: Revisjon, targets: Sequence[Path]) -> None:
    """Skriver sammendraget til stdout; farger bare i en terminal."""
    console = Console(highlight=False)
    console.print(
        f"[bold]{escape(answer.kilde.fil)}[/bold] revidert for {answer.aar}: {count(answer.revidert, 'postering', 'posteringer')} i drift og investering "
        f"({count(answer.balanse, 'rad', 'rader')} i balansen er ikke med)",
        soft_wrap=True,
    )
    if answer.funn:
        console.print(_kinds(answer))
        console.print(f"[bold]De {min(_SHOWN, len(answer.funn))} viktigste[/bold]")
        for finding in answer.funn[:_SHOWN]:
            console.print(_line(finding), soft_wrap=True)
    else:
        console.print("Ingen funn.")
    if answer.justering and answer.justering.bruk:
        console.print(_tuning(answer.justering))
    for note in (*answer.merknader, *answer.kilde.merknader):
        console.print(Text(f"Merk: {note}", style="yellow"), soft_wrap=True)
    found = ", ".join(f"{answer.antall(alvor)} {alvor}" for alvor in _STYLE)
    console.print(f"\n[bold]{count(len(answer.funn), 'funn', 'funn')}: {found}.[/bold]")
    for target in targets:
        console.print(f"Skrevet til {escape(str(target))}", soft_wrap=True)
    if answer.funn and not targets:
        console.print("Alle funnene, områdene og begrunnelsene: legg til -o RAPPORT.xlsx eller -o RAPPORT.html.")


def _kinds(answer: Revisjon) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Funnslag", no_wrap=True)
    table.add_column("Hva")
    for name in _STYLE:
        table.add_column(name, justify="right", no_wrap=True)
    for kind in BY_ID.values():
        found = [f for f in answer.funn if f.funn == kind.id]
        if found:
            counts = (sum(f.alvor == alvor for f in found) for alvor in _STYLE)
            table.add_row(kind.id, kind.navn, *(str(n) if n else "" for n in counts))
    return table


def _tuning(tuned: Justert) -> Table:
    """Hva justeringsfilen gjorde, oppføring for oppføring."""
    table = Table(
        box=SIMPLE_HEAD, pad_edge=False, title=f"Justert av {tuned.fil}", title_justify="left", title_style="bold"
    )
    for heading in ("Linje", "Gjelder", "Hva", "Funn", "Grunn"):
        table.add_column(heading, justify="right" if heading in {"Linje", "Funn"} else "left")
    for using in tuned.bruk[:_SHOWN]:
        entry = using.oppforing
        cells = (str(entry.linje), entry.gjelder, entry.gjor, str(using.treff), entry.hvorfor)
        table.add_row(*map(Text, cells), style="" if using.virker else "dim")
    if len(tuned.bruk) > _SHOWN:
        table.add_row("", f"… og {len(tuned.bruk) - _SHOWN} til, i arbeidsboken", "", "", "")
    return table


def _line(finding: Funn) -> Text:
    """Ett funn: alvor, rad, beløp, sannsynlighet og hvorfor."""
    fort = "/".join(finding.fort.values())
    instead = (
        " → " + ", ".join(f"{name} {kode}" for name, kode in finding.foreslatt.items()) if finding.foreslatt else ""
    )
    text = Text(f"{finding.alvor:8} ", style=_STYLE[finding.alvor])
    text.append(
        f"rad {finding.rad}, bilag {finding.bilag or '–'}: {kroner(finding.ore)} kr på {fort}{instead} ({percent(finding.sannsynlighet)})",
        style="bold",
    )
    text.append(f"\n         {shorten(finding.melding, _LONGEST, placeholder=' …')} [{finding.funn}]", style="")
    return text
