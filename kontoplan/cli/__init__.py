"""Kommandolinjen: én fil per kommando, samlet her."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

USER_ERROR = 2
INTERRUPTED = 130
_GC_OBJECTS = 100_000


def main(args: Sequence[str] | None = None) -> None:
    """Inngangen til ``kontoplan``; avslutter prosessen med exit-koden fra grensesnittet (0, 1 eller 2)."""
    gc.set_threshold(_GC_OBJECTS)  # det som leses, er trær uten ringer; å lete etter ringer i dem tar et tidels sekund
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # tegn terminalen ikke kan vise, skrives som koden sin
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run(sys.argv[1:] if args is None else list(args))
    except KeyboardInterrupt:  # mens programmet ennå lastes, eller mens det siste ryddes
        code = _interrupted()
    if code == INTERRUPTED:
        _leave(code)
    gc.freeze()  # ellers leter Python etter ringer i alt som er lest, en siste gang før prosessen slutter
    sys.exit(code)


def run(args: list[str]) -> int:
    """Kjører én kommando og gir exit-koden; feil brukeren kan rette, blir én setning på stderr."""
    import click  # noqa: PLC0415 - hjelpen skal ikke vente på noe annet

    from kontoplan.cli.app import app, command_names  # noqa: PLC0415 - hjelpen skal ikke vente på noe annet
    from kontoplan.cli.norsk import explain  # noqa: PLC0415 - det samme
    from kontoplan.errors import UserError  # noqa: PLC0415 - det samme

    try:
        code = int(app(args, prog_name="kontoplan", standalone_mode=False) or 0)
        sys.stdout.flush()
    except UserError as error:
        message = error.message
    except click.UsageError as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            error.show()
            return USER_ERROR
        message = explain(error, command_names())
    except (BrokenPipeError, SystemExit):  # mottakeren (f.eks. head) har fått nok; Typer gjør det om til SystemExit
        _discard_output()
        return 0
    except OSError as error:
        _discard_output()
        where = f" {error.filename}" if error.filename else " svaret"
        message = f"Klarte ikke å lese eller skrive{where}; kontroller navnet, plassen på disken og rettighetene."
    except (KeyboardInterrupt, click.Abort):
        return _interrupted()
    else:
        return _interrupted() if code == INTERRUPTED else code  # Typer gjør Ctrl-C om til utgangskoden
    print(f"kontoplan: {message}", file=sys.stderr)  # noqa: T201 - det er her feil kommer ut
    return USER_ERROR


def _leave(code: int) -> None:
    """Avslutter på stedet: et trykk til skal ikke gi noe annet enn utgangskoden, og alt er allerede ryddet.

    Python ville selv endt med signalet i stedet for koden når avbruddet kom mens en dataklasse ble laget (``exec``).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _interrupted() -> int:
    """Siste ord til brukeren etter Ctrl-C."""
    print("kontoplan: Avbrutt; ingen fil er skrevet halvt.", file=sys.stderr)  # noqa: T201 - det er her feil kommer ut
    return INTERRUPTED


def _discard_output() -> None:
    """Sender det som ennå ligger i bufferen, til intet, ellers feiler Python en gang til når prosessen avslutter."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
