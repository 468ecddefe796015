"""Kommandoen ``quiz``: oppgaver av reglene, for den som lærer seg kontoplanen."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from kontoplan.usecases.quiz import Oppgave

_END = {"slutt", "avslutt", "q", "quit", "exit"}
_SEEDS = 10_000


def quiz(
    tema: Annotated[
        str | None,
        typer.Option("--tema", metavar="TEMA", help="Bare dette temaet, f.eks. helse. «--tema ?» viser dem."),
    ] = None,
    niva: Annotated[
        int | None, typer.Option("--niva", metavar="NIVÅ", min=1, max=3, help="1 lett, 2 middels, 3 vanskelig.")
    ] = None,
    antall: Annotated[int, typer.Option("--antall", metavar="ANTALL", min=1, max=500, help="Antall oppgaver.")] = 10,
    fro: Annotated[
        int | None, typer.Option("--fro", metavar="TALL", min=0, help="Samme tall gir de samme oppgavene.")
    ] = None,
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option("--format", metavar="FORMAT", help="tabell spør; json og jsonl skriver oppgavene med fasit."),
    ] = "tabell",
) -> None:
    """Øv: oppgaver av de godkjente reglene, med forklaring og kilde etter hvert svar.

    \b
    Eksempler:
      kontoplan quiz
      kontoplan quiz --tema oppvekst --niva 2 --antall 5
      kontoplan quiz --fro 2026
    """
    from kontoplan.usecases.quiz import quiz as make  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.usecases.quiz import themes  # noqa: PLC0415 - det samme

    if tema == "?":
        typer.echo("\n".join(themes()))
        return
    seed = secrets.randbelow(_SEEDS) if fro is None else fro
    tasks = make(tema=tema, niva=niva, antall=antall, fro=seed)
    if form == "json":
        typer.echo(json.dumps([task.as_dict() for task in tasks], ensure_ascii=False, indent=2))
    elif form == "jsonl":
        for task in tasks:
            typer.echo(json.dumps(task.as_dict(), ensure_ascii=False))
    else:
        _play(tasks, seed)


def _play(tasks: tuple[Oppgave, ...], seed: int) -> None:
    typer.echo(
        f"{len(tasks)} oppgaver. Svar med nummeret eller koden; «slutt» avslutter. Samme oppgaver igjen: --fro {seed}"
    )
    right = answered = 0
    for number, task in enumerate(tasks, 1):
        typer.echo(f"\n{number}. {task.tekst}\n   Hvilken {task.dimensjon}?")
        for at, choice in enumerate(task.alternativer, 1):
            typer.echo(f"   {at}) {f'{choice.kode} ' if choice.kode else ''}{choice.tekst}")
        chosen = _read(task)
        if chosen is None:
            break
        answered += 1
        right += chosen == task.rett
        _reveal(task, correct=chosen == task.rett)
    typer.echo(f"\n{right} av {answered} rett." if answered else "\nIngen svar.")


def _read(task: Oppgave) -> int | None:
    """Plassen til svaret; ``None`` når brukeren eller inndata slutter."""
    while True:
        try:
            line = input("   svar: ").strip()
        except EOFError:
            return None
        if line.casefold() in _END:
            return None
        chosen = task.chosen(line)
        if chosen is not None:
            return chosen
        typer.echo(f"   Skriv et tall fra 1 til {len(task.alternativer)}, eller en av kodene.")


def _reveal(task: Oppgave, *, correct: bool) -> None:
    fasit = f"{task.fasit.kode} {task.fasit.tekst}".strip()
    typer.echo(f"   {'Rett' if correct else 'Ikke rett'}: {fasit}. {task.forklaring}")
    typer.echo(f"   Kilde: {task.kilde}. Regel: {task.regel}")
