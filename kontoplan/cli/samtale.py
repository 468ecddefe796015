"""Samtalen i terminalen: spørsmål inn, svar ut, og et motspørsmål når noe må avgjøres. Ingenting lagres."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from kontoplan.cli.spor_tabell import headline, notes, questions, reasoning
from kontoplan.kodeverk import Kodeverk
from kontoplan.usecases.spor_samtale import Samtale

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.sak import Regnskap
    from kontoplan.svar import Svar

_WIDTH = 100
_END = {"", "slutt", "avslutt", "exit", "quit", "q"}
_HELP = "Spør hvor noe føres. Svar med tallet når jeg spør. «?» viser hvorfor, «ny» glemmer saken, tom linje avslutter."


def talk(aar: int | None, regnskap: Regnskap, ask: Callable[[str], str] | None = None) -> None:
    """Fører samtalen til brukeren avslutter.

    Args:
        aar: Regnskapsåret; ``None`` er det nyeste.
        regnskap: Hva slags regnskap.
        ask: Leser én linje etter å ha vist ledeteksten; ``None`` er terminalen.
    """
    conversation = Samtale(Kodeverk.for_aar(aar, regnskap))
    out = Console(highlight=False)
    read = ask or _reader()
    out.print(Text(_HELP, style="dim"))
    while True:
        try:
            line = read("? " if conversation.asking else "› ").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if line.casefold() in _END:
            break
        _turn(conversation, line, out)


def _turn(conversation: Samtale, line: str, out: Console) -> None:
    if line == "?":
        if conversation.svar is None:
            out.print(Text(_HELP, style="dim"))
        else:
            _print(out, *reasoning(conversation.svar))
    elif line.casefold() in {"ny", "glem"}:
        conversation.forget()
        out.print(Text("Saken er glemt.", style="dim"))
    else:
        _show(conversation.say(line), out)


def _show(svar: Svar, out: Console) -> None:
    _print(out, *headline(svar), *list(questions(svar, numbered=True))[: _first(svar)], *notes(svar))


def _first(svar: Svar) -> int:
    """Antall linjer det første motspørsmålet tar; ett spørsmål om gangen i en samtale."""
    return 1 + len(svar.avklaring[0].svar) if svar.avklaring else 0


def _print(out: Console, *parts: object) -> None:
    for part in parts:
        out.print(part, width=min(out.width, _WIDTH))
    out.print()


def _reader() -> Callable[[str], str]:
    """Leser linjer med pilhistorikk på en terminal; ellers rett fra standard inn, så samtalen kan kjøres fra et skript."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return lambda _prompt: input()
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - bare når det er et menneske der
    from prompt_toolkit.history import InMemoryHistory  # noqa: PLC0415 - det samme

    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    return session.prompt
