"""Kommandoen ``vis``: en kode, eller et søk etter den."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar, RegnskapSlag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.usecases.vis import Visning


def vis(
    sok: Annotated[
        list[str],
        typer.Argument(metavar="ORD", help="En kode (202, «art 190») eller noe du leter etter (barnehage, strøm)."),
    ],
    aar: Aar = None,
    regnskap: RegnskapSlag = "kommune",
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option("--format", metavar="FORMAT", help="tabell for mennesker, json eller jsonl for programmer."),
    ] = "tabell",
) -> None:
    """Vis en KOSTRA-kode: navn, gyldighet, hva som hører hjemme der, hva som ikke gjør det, og hva den het før.

    \b
    Eksempler:
      kontoplan vis 202
      kontoplan vis 254
      kontoplan vis 270 --aar 2025
      kontoplan vis barnehage
    """
    from kontoplan.usecases.vis import vis as look_up  # noqa: PLC0415 - holder oppstarten rask

    visning = look_up(" ".join(sok), aar=aar, regnskap=regnskap)
    if form == "tabell":
        from kontoplan.cli.vis_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(visning)
        return
    for line in _json(visning, lines=form == "jsonl"):
        typer.echo(line)


def _json(visning: Visning, *, lines: bool) -> Iterator[str]:
    """Ett objekt med alt, eller én linje per kode eller treff."""
    if not lines:
        yield json.dumps(visning.as_dict(), ensure_ascii=False, indent=2)
        return
    yield from (json.dumps(kode.as_dict(), ensure_ascii=False) for kode in visning.koder)
    yield from (json.dumps(treff.as_dict(), ensure_ascii=False) for treff in visning.treff)
