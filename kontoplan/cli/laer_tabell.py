"""Viser i terminalen hva som ble lært av en arbeidsbok, eller hva som må rettes først."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kontoplan.headings import AVGJORELSE, DOM
from kontoplan.memory.funndom import DOMMER
from kontoplan.tall import count
from kontoplan.usecases.laer_dommer import Domslaering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.usecases.laer import Laering

_FIRST = 15


def show(found: Laering | Domslaering) -> None:
    """Skriver resultatet til stdout."""
    console = Console(highlight=False)
    audit = isinstance(found, Domslaering)
    one, many, column, subject = (
        ("dom", "dommer", DOM, "Funn") if audit else ("avgjørelse", "avgjørelser", AVGJORELSE, "Konto")
    )
    whose = f" for {found.kommune}" if found.kommune else ""
    title = "Dommene" if audit else "Avgjørelsene"
    console.print(Text(f"{title} i {found.fil}{whose}, {found.regnskap} {found.aar}", style="bold"))
    if found.problemer:
        rows = ((p.sted, p.konto, p.melding) for p in found.problemer)
        console.print(_table("Må rettes først", ("Celle", subject, "Hva som er galt"), rows))
    elif not found.nye and not found.uendret:
        console.print(f"Ingen {many} er fylt ut. Velg i kolonnen {column}, lagre, og kjør på nytt.")
    elif not found.nye:
        console.print(f"Ingenting nytt: {count(found.uendret, one, many)} sto i minnet fra før.")
    elif isinstance(found, Domslaering):
        _judged(found, console)
    else:
        _learnt(found, console)
    for note in found.merknader:
        console.print(Text(note, style="dim"))
    if not found.problemer:
        console.print(Text(f"Minnet: {found.minne}", style="dim"), soft_wrap=True)


def _learnt(found: Laering, console: Console) -> None:
    changed = {(old.konto, old.sammenheng): str(old.svar) for _, old in found.endret}
    rows = (
        (d.dimensjon.capitalize(), d.tittel, str(d.svar), changed.get((d.konto, d.sammenheng), ""), d.hvem)
        for d in found.nye[:_FIRST]
    )
    console.print(_table("Husket", ("Dimensjon", "Konto", "Avgjort til", "Før", "Av"), rows))
    _summed(found, "ny avgjørelse", "nye avgjørelser", console)


def _judged(found: Domslaering, console: Console) -> None:
    changed = {old.funn: DOMMER[old.dom] for _, old in found.endret}
    rows = (
        (v.kjennetegn.slag, f"{v.ark}!{v.rad}", DOMMER[v.dom], changed.get(v.funn, ""), v.hvem, v.kommentar)
        for v in found.nye[:_FIRST]
    )
    console.print(_table("Husket", ("Funn", "Rad i arbeidsboken", "Dom", "Før", "Av", "Kommentar"), rows))
    _summed(found, "ny dom", "nye dommer", console)


def _summed(found: Laering | Domslaering, one: str, many: str, console: Console) -> None:
    if len(found.nye) > _FIRST:
        console.print(f"… og {len(found.nye) - _FIRST} til.")
    before = f" {len(found.endret)} av dem er endret." if found.endret else ""
    known = f" {found.uendret} sto der fra før." if found.uendret else ""
    console.print(f"{count(len(found.nye), one, many)} er husket.{before}{known}")


def _table(title: str, headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
