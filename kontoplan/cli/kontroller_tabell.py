"""Rapporten fra ``kontroller`` i terminalen: dommen først, så hver kontroll med årsaker, linjer og rettelse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kontoplan.kostra.sammendrag import ORD, deler, dom, hva, omfang
from kontoplan.tall import count
from kontoplan.workbook.cells import row_ranges

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kostra.funn import Funngruppe
    from kontoplan.kostra.opphav import Opphav
    from kontoplan.kostra.rapport import Kontrollrapport
    from kontoplan.kostra.sammendrag import Kontrolldel

_FARGE = {"FATAL": "bold red", "ERROR": "bold red", "WARNING": "bold yellow", "INFO": "bold cyan"}
_GRUPPER, _LINJER = 8, 12
_ALT = "Alt står i rapporten: legg til -o RAPPORT.html eller .xlsx."


def show(rapport: Kontrollrapport, ut: Path | None) -> None:
    """Skriver rapporten til stdout; farger bare i en terminal."""
    console = Console(highlight=False)
    console.print(Text.assemble((rapport.fil, "bold"), f" kontrollert som {hva(rapport)}"))
    console.print(Text(omfang(rapport), style="dim"))
    sign, style = ("✓", "bold green") if rapport.kan_sendes else ("✗", "bold red")
    console.print(Text(f"\n{sign} {dom(rapport)}", style=style))
    found = deler(rapport)
    if found:
        console.print(_overview(found))
    for del_ in found:
        console.print(_section(del_, rapport))
    for merknad in rapport.merknader:
        console.print(Text(f"Merk: {merknad}", style="dim"))
    if ut:
        console.print(Text(f"Skrevet til {ut}"), soft_wrap=True)
    elif any(_folded(del_) for del_ in found) or (found and rapport.opphav):
        console.print(Text(_ALT, style="dim"))


def _overview(found: tuple[Kontrolldel, ...]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Kontroll", no_wrap=True)
    table.add_column("Alvor", no_wrap=True)
    table.add_column("Funn", justify="right")
    table.add_column("Emne", overflow="fold")
    for del_ in found:
        ordet = ORD[del_.alvor]
        alvor = Text(f"{ordet.symbol} {ordet.en.capitalize()}", style=_FARGE[del_.alvor])
        table.add_row(del_.nummer or "–", alvor, f"{del_.antall}", Text(del_.emne))
    return table


def _section(del_: Kontrolldel, rapport: Kontrollrapport) -> Group:
    """En kontroll: overskrift, så hver årsak; de mange foldes, men telles."""
    ordet = ORD[del_.alvor]
    heading = Text.assemble(
        (f"{del_.nummer} {del_.emne}".strip(), "bold"), f": {count(del_.antall, ordet.en, ordet.flere)}"
    )
    causes = (_cause(gruppe, rapport.bak(gruppe)) for gruppe in del_.grupper[:_GRUPPER])
    shown: list[object] = [heading, *(Padding(cause, (0, 0, 1, 2)) for cause in causes)]
    if rest := del_.grupper[_GRUPPER:]:
        more = f"… og {'minst ' if any(g.tekst for g in rest) else ''}{count(len(rest), 'årsak', 'årsaker')} til med {count(sum(g.antall for g in rest), 'funn', 'funn')}."
        shown.append(Padding(Text(more, style="dim"), (0, 0, 1, 2)))
    return Group(*shown)  # type: ignore[arg-type]


def _cause(gruppe: Funngruppe, bak: Opphav | None) -> Group:
    lines = [
        Text(gruppe.melding),
        Text(_where(gruppe), style="dim"),
        Text(f"Fra {bak}" if bak else "", style="dim"),
        Text(f"→ {gruppe.rettelse}", style="green"),
    ]
    return Group(*(line for line in lines if line.plain.strip("→ ")))


def _where(gruppe: Funngruppe) -> str:
    """Linjene, med beløpene når det er få."""
    linjer = gruppe.linjer
    if not linjer:
        return ""
    if gruppe.belop and len(linjer) <= _LINJER:
        parts = ", ".join(f"{linje} (beløp {belop})" for linje, belop in zip(linjer, gruppe.belop, strict=True))
        return f"Linje {parts}"
    if len(linjer) <= _LINJER:
        return f"Linje {row_ranges(linjer)}"
    total = f", beløp til sammen {sum(gruppe.belop)}" if gruppe.belop else ""
    ranges = row_ranges(linjer).split(", ")
    more = f" … ({count(len(linjer), 'linje', 'linjer')}{total})"
    return f"Linje {', '.join(ranges[:_LINJER])}{more if len(ranges) > _LINJER or total else ''}"


def _folded(del_: Kontrolldel) -> bool:
    return len(del_.grupper) > _GRUPPER or any(len(g.linjer) > _LINJER for g in del_.grupper)
