"""Kommandolinjen: én fil per kommando, samlet her."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

USER_ERROR = 2
INTERRUPTED = 130


def main(args: Sequence[str] | None = None) -> None:
    """Inngangen til ``kontoplan``; avslutter prosessen med exit-koden fra grensesnittet (0, 1 eller 2)."""
    sys.exit(run(sys.argv[1:] if args is None else list(args)))


def run(args: list[str]) -> int:
    """Kjører én kommando og gir exit-koden; feil brukeren kan rette, blir én setning på stderr."""
    import click  # noqa: PLC0415 - hjelpen skal ikke vente på noe annet

    from kontoplan.cli.app import app, command_names  # noqa: PLC0415 - hjelpen skal ikke vente på noe annet
    from kontoplan.cli.norsk import explain  # noqa: PLC0415 - det samme
    from kontoplan.errors import UserError  # noqa: PLC0415 - det samme

    try:
        return int(app(args, prog_name="kontoplan", standalone_mode=False) or 0)
    except UserError as error:
        message = error.message
    except click.UsageError as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            error.show()
            return USER_ERROR
        message = explain(error, command_names())
    except BrokenPipeError:  # mottakeren (f.eks. head) har fått nok
        sys.stderr.close()
        return 0
    except (KeyboardInterrupt, click.Abort):
        print("\nAvbrutt.", file=sys.stderr)  # noqa: T201 - siste ord til brukeren
        return INTERRUPTED
    print(f"kontoplan: {message}", file=sys.stderr)  # noqa: T201 - det er her feil kommer ut
    return USER_ERROR
