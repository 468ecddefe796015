"""Valgene som er like for flere kommandoer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import click
import typer

Aar = Annotated[
    int | None, typer.Option("--aar", metavar="ÅR", help="Regnskapsår. Standard er det nyeste i kodelistene.")
]
RegnskapSlag = Annotated[
    Literal["kommune", "fylkeskommune", "sbdr-kommune", "sbdr-fylke", "kirke"],
    typer.Option(
        "--regnskap",
        metavar="SLAG",
        help="Hva slags regnskap: kommune, fylkeskommune, sbdr-kommune, sbdr-fylke eller kirke.",
    ),
]
Kommune = Annotated[
    str,
    typer.Option(
        "--kommune",
        metavar="NAVN",
        help="Hvem kontoplanen tilhører, når minnet har flere. Avgjørelsene holdes fra hverandre.",
        show_default=False,
    ),
]
MinneSti = Annotated[
    Path | None,
    typer.Option("--minne", metavar="STI", help="Minnet med avgjørelser. Standard er ditt eget.", show_default=False),
]
HovedbokArk = Annotated[
    list[str] | None, typer.Option("--ark", metavar="NAVN", help="Les bare dette arket i hovedboken. Kan gjentas.")
]
HovedbokKolonner = Annotated[
    str | None,
    typer.Option(
        "--kolonner",
        metavar="ROLLER",
        help="Overstyr kolonnene i hovedboken, f.eks. «konto=A,ansvar=B,funksjon=C,belop=D».",
    ),
]
HovedbokBilag = Annotated[
    list[Path] | None,
    typer.Option(
        "--bilag",
        metavar="BILAG",
        help="Bilag som ikke er ført ennå og skal med, f.eks. dem fra fordel (.csv eller .xlsx). Kan gjentas.",
    ),
]
EXPORTS = ("csv", "unit4", "xledger", "visma")
Lister = Annotated[
    list[str] | None,
    typer.Option(
        "--eksport",
        metavar="LISTE",
        click_type=click.Choice(EXPORTS),
        help="Skriv også en relasjonsliste: csv, unit4, xledger eller visma. Kan gjentas.",
    ),
]
