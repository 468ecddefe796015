"""Kommandoene ``minne vis``, ``minne eksporter``, ``minne importer`` og ``minne angre``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kontoplan.cli.norsk import NorskGruppe, NorskKommando
from kontoplan.cli.options import Kommune, MinneSti

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from kontoplan.memory.funndom import Funndom
    from kontoplan.usecases.minne import Innhold

minne = typer.Typer(
    cls=NorskGruppe,
    name="minne",
    help="Se, flytt og angre det som er avgjort: minnet «laer» skriver og «koble» bruker.",
    no_args_is_help=True,
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO [ARGUMENTER]",
)
_SHOWN = 40


@minne.command(cls=NorskKommando, options_metavar="[VALG]")
def vis(
    sok: Annotated[
        str, typer.Argument(metavar="ORD", help="Bare kontoer med dette i nummeret eller navnet.", show_default=False)
    ] = "",
    sti: MinneSti = None,
    kommune: Kommune = "",
) -> None:
    """Vis avgjørelsene som gjelder, og rundene de kom i."""
    from kontoplan.usecases.minne import se  # noqa: PLC0415 - holder hjelpen rask

    _show(se(sti, kommune=kommune or None, sok=sok))


@minne.command(cls=NorskKommando, options_metavar="[VALG]", no_args_is_help=True)
def eksporter(
    ut: Annotated[Path, typer.Argument(metavar="UT.csv", help="Filen som skal skrives.")],
    sti: MinneSti = None,
    kommune: Kommune = "",
    dommer: Annotated[bool, typer.Option("--dommer", help="Skriv dommene over funn i revisjoner i stedet.")] = False,
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over filen når den finnes.")] = False,
) -> None:
    """Skriv avgjørelsene som gjelder, til en CSV-fil som åpnes i Excel og kan importeres igjen."""
    from kontoplan.tall import count  # noqa: PLC0415 - det samme
    from kontoplan.usecases.minne import eksporter as export  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.usecases.minne import eksporter_dommer  # noqa: PLC0415 - det samme
    from kontoplan.workbook.atomic import write_bytes  # noqa: PLC0415 - det samme

    content, number = (eksporter_dommer if dommer else export)(sti, kommune=kommune or None)
    write_bytes(ut, content, overskriv=overskriv)
    what = ("dom over funn", "dommer over funn") if dommer else ("avgjørelse", "avgjørelser")
    typer.echo(f"{count(number, *what)} er skrevet til {ut}.")


@minne.command(cls=NorskKommando, options_metavar="[VALG]", no_args_is_help=True)
def importer(
    inn: Annotated[Path, typer.Argument(metavar="INN.csv", help="En fil fra «minne eksporter».")],
    sti: MinneSti = None,
) -> None:
    """Legg til avgjørelsene eller dommene i en CSV-fil. De som står der fra før, hoppes over."""
    from kontoplan.memory import Laert  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.tall import count  # noqa: PLC0415 - det samme
    from kontoplan.usecases.minne import importer as bring_in  # noqa: PLC0415 - det samme

    learnt, path = bring_in(sti, inn)
    what = ("avgjørelse", "avgjørelser") if isinstance(learnt, Laert) else ("dom over funn", "dommer over funn")
    typer.echo(f"{count(len(learnt.nye), *what)} er lagt til i {path}, {learnt.uendret} sto der fra før.")


@minne.command(cls=NorskKommando, options_metavar="[VALG]")
def angre(
    runde: Annotated[
        int | None,
        typer.Argument(metavar="RUNDE", help="Nummeret fra «minne vis». Standard er den siste.", show_default=False),
    ] = None,
    sti: MinneSti = None,
) -> None:
    """Angre en runde: avgjørelsene i den gjelder ikke lenger. Ingenting slettes."""
    from kontoplan.tall import count  # noqa: PLC0415 - det samme
    from kontoplan.usecases.minne import angre as undo  # noqa: PLC0415 - holder hjelpen rask

    undone = undo(sti, runde)
    what = ("dom over funn", "dommer over funn") if undone.hva == "dommer" else ("avgjørelse", "avgjørelser")
    typer.echo(
        f"Runde {undone.nummer} er angret: {count(undone.antall, *what)} fra {undone.fil} ({undone.naar:%d.%m.%Y})."
    )


def _show(found: Innhold) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - Rich lastes bare når den trengs
    from rich.console import Console  # noqa: PLC0415 - det samme
    from rich.table import Table  # noqa: PLC0415 - det samme
    from rich.text import Text  # noqa: PLC0415 - det samme

    console = Console(highlight=False)
    decisions = Table("Konto", "Avgjort til", "For", "Av", "Den", "Kommune", "Fra", box=SIMPLE_HEAD, pad_edge=False)
    for d in found.avgjorelser[-_SHOWN:]:
        cells = (d.tittel, str(d.svar), str(d.aar), d.hvem, f"{d.naar:%d.%m.%Y}", d.kommune, d.fil)
        decisions.add_row(*map(Text, cells))
    rounds = Table("Runde", "Når", "Hva", "Antall", "Fra", "Angret", box=SIMPLE_HEAD, pad_edge=False)
    for r in found.runder:
        undone = f"{r.angret:%d.%m.%Y %H:%M}" if r.angret else ""
        rounds.add_row(*map(Text, (str(r.nummer), f"{r.naar:%d.%m.%Y %H:%M}", r.hva, str(r.antall), r.fil, undone)))
    if found.avgjorelser or not found.dommer:
        console.print(decisions if found.avgjorelser else "Ingen avgjørelser å vise.")
    if len(found.avgjorelser) > _SHOWN:
        console.print(f"De {_SHOWN} siste av {len(found.avgjorelser)}; søk etter flere med «kontoplan minne vis ORD».")
    if found.dommer:
        console.print(_verdicts(found.dommer))
    console.print(rounds)
    console.print(Text(f"Minnet: {found.path}", style="dim"), soft_wrap=True)


def _verdicts(found: Sequence[Funndom]) -> Table:
    """Dommene over funn i revisjoner, de siste."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - Rich lastes bare når den trengs
    from rich.table import Table  # noqa: PLC0415 - det samme
    from rich.text import Text  # noqa: PLC0415 - det samme

    from kontoplan.memory.funndom import DOMMER  # noqa: PLC0415 - det samme

    table = Table(
        "Funn", "Konto", "Ansvar", "Dom", "For", "Av", "Den", "Kommune", "Fra", box=SIMPLE_HEAD, pad_edge=False
    )
    if len(found) > _SHOWN:
        table.caption = f"De {_SHOWN} siste av {len(found)}."
    for v in found[-_SHOWN:]:
        about = v.kjennetegn
        cells = (
            about.slag,
            about.konto,
            about.ansvar,
            DOMMER[v.dom],
            str(v.aar),
            v.hvem,
            f"{v.naar:%d.%m.%Y}",
            v.kommune,
            v.fil,
        )
        table.add_row(*map(Text, cells))
    return table
