"""Tegner svaret på ``vis`` i terminalen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from kontoplan.kodeverk import Kode
    from kontoplan.usecases.vis import Visning
    from kontoplan.usecases.vis_kode import Henvisning, Kodevisning

_MAX_WIDTH = 110
_FARGE = {"gyldig": "green", "betinget": "yellow", "kommer": "yellow", "utgått": "red", "intern": "yellow"}
_TITTEL = {
    "funksjon": "Funksjon",
    "art": "Art",
    "kapittel": "Kapittel",
    "sektor": "Sektor",
    "kontoklasse": "Kontoklasse",
}


def show(visning: Visning, console: Console | None = None) -> None:
    """Skriver kodene, eller listen over treff, til stdout (eller til en oppgitt konsoll)."""
    out = console or Console(highlight=False)
    width = min(out.width, _MAX_WIDTH)
    for kode in visning.koder:
        out.print(_panel(kode), width=width)
    if visning.treff:
        if read_as := visning.treff[0].lest_som:
            out.print(Padding(Text(f"Fant ikke «{visning.sok}»; viser treff for «{read_as}».", "yellow"), (0, 1)))
        out.print(_hits(visning), width=width)
        first = visning.treff[0].kode
        hint = f"Se hele koden: kontoplan vis {_argument(first)}"
        out.print(Padding(Text(hint, style="dim"), (0, 1)), width=width)


def _argument(kode: Kode) -> str:
    """Det som skrives etter «vis» for å se koden; dimensjonen må med når nummeret kan bety flere koder."""
    return kode.kode if kode.dimensjon == "funksjon" else f"{kode.dimensjon} {kode.kode}"


def _hits(visning: Visning) -> Table:
    table = Table(
        title=f"«{visning.sok}» – {visning.regnskap} {visning.aar}",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=True,
    )
    table.add_column("Kode", style="cyan", no_wrap=True)
    table.add_column("Navn", ratio=2, overflow="fold")
    table.add_column("Hvorfor", ratio=3, style="dim", overflow="fold")
    for treff in visning.treff:
        kode = treff.kode
        table.add_row(f"{kode.dimensjon} {kode.kode}", kode.navn, treff.grunn)
    return table


def _panel(visning: Kodevisning) -> Panel:
    kode = visning.kode
    heading = Text(kode.navn, style="bold")
    if kode.nynorsk and kode.nynorsk != kode.navn:
        heading.append(f"\nNynorsk (vår oversettelse): {kode.nynorsk}", style="not bold dim")
    return Panel(
        Group(heading, *_sections(visning)),
        title=f"[bold]{_TITTEL[kode.dimensjon]} {kode.kode}[/]  [{_FARGE.get(visning.status, 'default')}]{visning.status}[/]",
        title_align="left",
        padding=(1, 2),
    )


def _sections(visning: Kodevisning) -> Iterator[RenderableType]:
    yield from _section("Gyldighet", [Text(visning.gyldighet)])
    klasser = [Text(visning.kontoklasser[:1].upper() + visning.kontoklasser[1:] + ".")] if visning.kontoklasser else []
    yield from _section("Kontoklasse", [*klasser, *_bullets(t[:1].upper() + t[1:] for t in visning.regler)])
    yield from _section("Ble til", _references(visning.etterfolgere))
    yield from _section("Var før", _references(visning.forgjengere))
    yield from _section("Skilt ut herfra", _references(visning.avledet))
    yield from _section("Skilt ut fra", _references(visning.avledet_av))
    ended = visning.status == "utgått"
    yield from _section(
        "Hørte hjemme her" if ended else "Hører hjemme her",
        [Text("; ".join(visning.omfatter))] if visning.omfatter else [],
    )
    yield from _section("Hører ikke hjemme her", [_outside(visning)] if visning.omfatter_ikke else [])
    yield from _section("Forveksles med", _references(visning.forveksles_med))
    yield from _section("Merk", _bullets(m[:1].upper() + m[1:] for m in visning.merknader))
    yield from _section("Forbehold", _bullets(visning.forbehold), style="yellow")
    yield from _section("Kilder", _bullets(f"{k.gjelder.rstrip(',')}: {k.kilde}" for k in visning.kilder), body="dim")


def _section(
    title: str, lines: Iterable[RenderableType], *, style: str = "cyan", body: str = ""
) -> Iterator[RenderableType]:
    content = list(lines)
    if not content:
        return
    yield Text()
    yield Text(title, style=f"bold {style}")
    yield Padding(Group(*content), (0, 0, 0, 2), style=body)


def _bullets(texts: Iterable[str]) -> list[RenderableType]:
    """Ett punkt per tekst, med innrykk under punktet når linjen brytes."""
    rows = list(texts)
    if not rows:
        return []
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    for text in rows:
        grid.add_row(Text("•"), Text(text))
    return [grid]


def _references(items: Iterable[Henvisning]) -> list[RenderableType]:
    rows = list(items)
    if not rows:
        return []
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for item in rows:
        grid.add_row(Text(item.kode), Text(item.navn))
    return [grid]


def _outside(visning: Kodevisning) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(ratio=3, overflow="fold")
    grid.add_column(width=1)
    grid.add_column(ratio=2, overflow="fold")
    for item in visning.omfatter_ikke:
        where = Text.assemble((item.kode, "cyan"), f" {item.navn}") if item.kode else Text(item.navn, style="italic")
        grid.add_row(Text(item.tekst), Text("→", style="dim"), where)
    return grid
