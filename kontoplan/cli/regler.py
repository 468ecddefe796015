"""Kommandoene ``regler sjekk``, ``regler vis`` og ``regler dekning``."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from kontoplan.cli.norsk import NorskGruppe, NorskKommando
from kontoplan.cli.options import Aar

regler = typer.Typer(
    cls=NorskGruppe,
    name="regler",
    help="Se og sjekk regelbasen: reglene som sier hvor noe føres, med kilde.",
    no_args_is_help=True,
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO [ARGUMENTER]",
)
Format = Annotated[
    Literal["tabell", "json", "jsonl"],
    typer.Option("--format", metavar="FORMAT", help="tabell for mennesker, json eller jsonl for programmer."),
]


@regler.command(cls=NorskKommando, options_metavar="[VALG]")
def sjekk(form: Format = "tabell") -> None:
    """Sjekk alle reglene: skjema, koder, kilder, tilfeller, motsigelser. Går ut med 1 ved feil."""
    from kontoplan.usecases.regler import sjekk as check  # noqa: PLC0415 - holder hjelpen rask

    result = check()
    if form == "tabell":
        for problem in result.problemer:
            typer.echo(f"{problem.alvor.upper()} {problem}")
        typer.echo(
            f"{result.regler} regler ({result.utkast} utkast), {result.tilfeller} tilfeller: {result.feil} feil, "
            f"{len(result.problemer) - result.feil} advarsler."
        )
    else:
        typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2 if form == "json" else None))
    raise typer.Exit(1 if result.feil else 0)


@regler.command(cls=NorskKommando, options_metavar="[VALG]", no_args_is_help=True)
def vis(
    regel: Annotated[str, typer.Argument(metavar="ID", help="Id-en til regelen, f.eks. politisk.ordforer.")],
) -> None:
    """Vis én regel: når den gjelder, hva den gir, hvorfor, kilden og tilfellene."""
    from rich.console import Console  # noqa: PLC0415 - lastes bare når den trengs
    from rich.markdown import Markdown  # noqa: PLC0415 - det samme

    from kontoplan.usecases.regelside import page  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.usecases.regler import find  # noqa: PLC0415 - det samme

    Console(highlight=False).print(Markdown(page(find(regel)).replace("<sub>", "").replace("</sub>", "")))


@regler.command(cls=NorskKommando, options_metavar="[VALG]")
def dekning(aar: Aar = None, form: Format = "tabell") -> None:
    """Vis hvor mange regler hver kode har, og kodene uten."""
    from kontoplan.usecases.regler import dekning as coverage  # noqa: PLC0415 - holder hjelpen rask

    result = coverage(aar)
    if form != "tabell":
        typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2 if form == "json" else None))
        return
    for dimension in ("funksjon", "art"):
        counts = [f"{kode}: {number}" for d, kode, number in result.antall if d == dimension]
        typer.echo(f"{dimension.capitalize()}: {', '.join(counts)}\n")
    missing = ", ".join(f"{dimension} {kode}" for dimension, kode in result.uten) or "ingen"
    typer.echo(f"Koder uten regel i {result.aar}: {missing}.")
