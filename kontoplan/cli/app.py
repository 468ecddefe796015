"""Kommandoene samlet i én Typer-app."""

from __future__ import annotations

from typing import Annotated

import typer

from kontoplan import __version__
from kontoplan.cli.fordel import fordel
from kontoplan.cli.haandbok import haandbok
from kontoplan.cli.koble import koble
from kontoplan.cli.konsern import konsern
from kontoplan.cli.kontroller import kontroller
from kontoplan.cli.laer import laer
from kontoplan.cli.minne import minne
from kontoplan.cli.norsk import NorskGruppe, NorskKommando
from kontoplan.cli.quiz import quiz
from kontoplan.cli.rapporter import rapporter
from kontoplan.cli.regler import regler
from kontoplan.cli.revider import revider
from kontoplan.cli.spor import spor
from kontoplan.cli.tren import tren
from kontoplan.cli.vis import vis

app = typer.Typer(
    cls=NorskGruppe,
    help="Finner KOSTRA-koden for hver konto i en kommunes kontoplan, med sannsynlighet, begrunnelse og kilde.",
    epilog="Alt kjører på din egen maskin; ingen data forlater den.",
    no_args_is_help=True,
    add_completion=False,
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO [ARGUMENTER]",
    rich_markup_mode="rich",
)


def _version(asked: bool) -> None:  # noqa: FBT001 - Typer gir verdien slik
    if asked:
        typer.echo(f"kontoplan {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Vis versjonen og avslutt.")
    ] = False,
) -> None:
    pass


_COMMANDS = (koble, rapporter, konsern, kontroller, fordel, revider, spor, laer, vis, quiz, tren, haandbok)
_ALONE = (spor, quiz, tren)  # gjør noe også uten argumenter


def command_names() -> list[str]:
    """Navnene på kommandoene slik de skrives."""
    return [*(command.__name__ for command in _COMMANDS), "minne", "regler"]


for command in _COMMANDS:
    app.command(cls=NorskKommando, options_metavar="[VALG]", no_args_is_help=command not in _ALONE)(command)
app.add_typer(minne)
app.add_typer(regler)
