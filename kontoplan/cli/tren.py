"""Kommandoen ``tren``: lager klassifikatorene og tilpasser dommeren av korpuset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kontoplan.cli.progress import progress
from kontoplan.errors import UserError


def tren(
    korpus: Annotated[
        Path | None,
        typer.Option("--korpus", metavar="MAPPE", help="Et annet korpus enn det som følger med (models/korpus)."),
    ] = None,
    til: Annotated[
        Path | None,
        typer.Option("--til", metavar="MAPPE", help="Skriv modellene her i stedet for over dem programmet bruker."),
    ] = None,
    rapport: Annotated[
        Path | None, typer.Option("--rapport", metavar="FIL.html", help="Skriv treff, kalibrering og forvekslinger.")
    ] = None,
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over rapporten når den finnes.")] = False,
) -> None:
    """Tren klassifikatorene og tilpass dommeren. Tar et par minutter og gir det samme hver gang.

    Trenger tillegget «trening»: pip install "kontoplan[trening]".

    \b
    Eksempler:
      kontoplan tren --rapport rapport.html
      kontoplan tren --til nye-modeller
    """
    try:
        from kontoplan.training.tren import train_and_save  # noqa: PLC0415 - holder hjelpen rask
    except ModuleNotFoundError as error:
        raise UserError(
            f'Treningen mangler {error.name}; installer tillegget med pip install "kontoplan[trening]".',
            code="mangler-tillegg",
        ) from error
    with progress() as say:
        for line in train_and_save(korpus=korpus, til=til, rapport=rapport, overskriv=overskriv, progress=say):
            typer.echo(line)
