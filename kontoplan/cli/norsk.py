"""Kommandolinjen på norsk: Typer skriver hjelp og feil på engelsk, og her får de norske ord."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Sequence


class _NorskHjelp:
    """Det som er likt for kommandoer og grupper av dem."""

    def get_usage(self, ctx: click.Context) -> str:
        return str(super().get_usage(ctx)).replace("Usage:", "Bruk:", 1)  # type: ignore[misc]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Vis denne hjelpen og avslutt."
        return option

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from typer import rich_utils  # noqa: PLC0415 - drar inn hele Rich, og trengs bare til hjelpen

        rich_utils.ARGUMENTS_PANEL_TITLE = "Argumenter"
        rich_utils.OPTIONS_PANEL_TITLE = "Valg"
        rich_utils.COMMANDS_PANEL_TITLE = "Kommandoer"
        rich_utils.DEFAULT_STRING = "[standard: {}]"
        rich_utils.REQUIRED_LONG_STRING = "[må oppgis]"
        super().format_help(ctx, formatter)  # type: ignore[misc]


class NorskKommando(_NorskHjelp, TyperCommand):
    """En kommando med norsk hjelp."""


_ALIAS = {"spør": "spor", "lær": "laer"}


class NorskGruppe(_NorskHjelp, TyperGroup):
    """En gruppe kommandoer med norsk hjelp; ``spør`` er det samme som ``spor``, og ``lær`` som ``laer``."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Kommandoen med navnet, også når det er skrevet på en annen måte."""
        return super().get_command(ctx, _ALIAS.get(cmd_name, cmd_name))


def explain(error: click.UsageError, commands: Sequence[str]) -> str:
    """Én norsk setning om hva som er galt med det som ble skrevet på kommandolinjen."""
    tail = f"Se «{error.ctx.command_path if error.ctx else 'kontoplan'} --help»."
    return f"{_problem(error, commands)} {tail}"


def _problem(error: click.UsageError, commands: Sequence[str]) -> str:
    match error:
        case click.NoSuchOption():
            near = " eller ".join(error.possibilities or ())
            return f"Valget {error.option_name} finnes ikke." + (f" Mente du {near}?" if near else "")
        case click.BadOptionUsage() if "not take a value" in error.message:
            return f"Valget {error.option_name} tar ikke imot noen verdi."
        case click.BadOptionUsage():
            return f"Valget {error.option_name} trenger en verdi."
        case click.MissingParameter():
            return f"{_name(error.param)} mangler."
        case click.BadParameter():
            return f"{_name(error.param)} har en verdi som ikke kan brukes.{_allowed(error.param)}"
    return _other(error.message, commands)


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "Et argument"
    if isinstance(param, click.Option):
        return f"Valget {param.opts[-1]}"
    return f"Argumentet {param.human_readable_name.rstrip('.')}"


def _allowed(param: click.Parameter | None) -> str:
    if param is not None and isinstance(param.type, click.types.IntParamType):
        return " Oppgi et helt tall."
    choices = getattr(param.type, "choices", None) if param else None
    return f" Lovlige verdier er {', '.join(str(c) for c in choices)}." if choices else ""


def _other(message: str, commands: Sequence[str]) -> str:
    """Feil uten egen klasse: ukjent kommando, for mange argumenter, eller ingen kommando."""
    quoted = re.search(r"No such command '([^']*)'", message)
    if quoted:
        near = get_close_matches(quoted.group(1), commands, n=1)
        return f"Kommandoen {quoted.group(1)} finnes ikke." + (f" Mente du {near[0]}?" if near else "")
    extra = re.search(r"unexpected extra arguments? \((.*)\)", message)
    return f"Det er for mange argumenter: {extra.group(1)}." if extra else "Oppgi en kommando."
