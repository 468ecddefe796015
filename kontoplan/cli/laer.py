"""Kommandoen ``laer`` (også ``lær``): avgjørelsene i en gjennomgått arbeidsbok inn i minnet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar, Kommune, MinneSti
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.usecases.laer import Laering
    from kontoplan.usecases.laer_dommer import Domslaering


def laer(
    koblet: Annotated[
        Path, typer.Argument(metavar="KOBLET.xlsx", help="Arbeidsboken fra «koble» eller «revider», fylt ut.")
    ],
    minne: MinneSti = None,
    kommune: Kommune = "",
    aar: Aar = None,
    regnskap: Annotated[
        Literal["kommune", "fylkeskommune", "sbdr-kommune", "sbdr-fylke", "kirke"] | None,
        typer.Option("--regnskap", metavar="SLAG", help="Hva slags regnskap, når arbeidsboken ikke sier det."),
    ] = None,
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option("--format", metavar="FORMAT", help="tabell for mennesker, json eller jsonl for programmer."),
    ] = "tabell",
) -> None:
    """Husk avgjørelsene i en arbeidsbok, så neste kobling begynner med dem. Alle blir husket, eller ingen.

    En revisjon går også: dommene over funnene hever eller senker det samme neste gang.

    \b
    Eksempler:
      kontoplan laer kontoplan.koblet.xlsx
      kontoplan laer plan.koblet.xlsx --kommune Lillevik --minne lillevik.db
      kontoplan laer revisjon.xlsx
    """
    from kontoplan.usecases.laer import laer as learn  # noqa: PLC0415 - holder hjelpen rask

    found = learn(koblet, minne=minne, kommune=kommune, aar=aar, regnskap=regnskap)
    if form == "tabell":
        from kontoplan.cli.laer_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(found)
    else:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2 if form == "json" else None))
    if found.problemer:
        raise _refused(found)


def _refused(found: Laering | Domslaering) -> UserError:
    from kontoplan.usecases.laer import Laering  # noqa: PLC0415 - lastet av laer

    number = len(found.problemer)
    one, many = ("Én avgjørelse", "avgjørelser") if isinstance(found, Laering) else ("Én dom", "dommer")
    what = f"{one} kan" if number == 1 else f"{number} {many} kan"
    return UserError(
        f"{what} ikke brukes (først {found.problemer[0].sted}), så ingenting er husket; rett i {found.fil} og kjør laer på nytt.",
        code="avgjorelser-med-feil",
    )
