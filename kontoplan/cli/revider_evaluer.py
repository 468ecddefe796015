"""``revider --evaluer``: et ferdig revidert utvalg inn, en konklusjon ut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click
import typer
from click.core import ParameterSource

from kontoplan.errors import UserError

_USED: Final = frozenset({"evaluer", "vesentlighet", "konfidens", "forelopig", "ut", "overskriv", "form"})

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run_evaluation(
    fil: Path,
    *,
    vesentlighet: str | None,
    konfidens: str | None,
    forelopig: bool,
    ut: Sequence[Path],
    overskriv: bool,
    form: str,
) -> int:
    """Evaluerer og viser svaret; gir exit-koden: 0 når posteringene kan godtas, ellers 1.

    Args:
        fil: Det utfylte utvalget.
        vesentlighet: En annen grense enn den utvalget er planlagt med.
        konfidens: En annen konfidens.
        forelopig: Om det skal regnes selv om rader gjenstår.
        ut: Arbeidsboken evalueringen skrives til, høyst én; tom viser den bare.
        overskriv: Om den kan skrives over.
        form: ``tabell``, ``json`` eller ``jsonl``.

    Raises:
        UserError: utvalget kan ikke evalueres, svaret ikke skrives, eller det er oppgitt noe som ikke har noe å si her.
    """
    from kontoplan.usecases.evaluer import evaluer  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.workbook.atomic import check_target, write_bytes  # noqa: PLC0415 - det samme

    wrong = _unused()
    if wrong:
        raise UserError(
            f"--evaluer leser bare det utfylte utvalget; ta bort {' og '.join(wrong)}.", code="evaluer-for-mye"
        )
    target = ut[-1] if ut else None
    for path in ut:
        if path.suffix.lower() != ".xlsx" or len(ut) > 1:
            raise UserError(
                f"Evalueringen skrives som én arbeidsbok; gi {path.name} et navn som slutter på .xlsx, og bruk -o én gang.",
                code="feil-endelse",
            )
        if path.resolve() == fil.resolve():
            raise UserError(f"{path} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
        check_target(path, overskriv=overskriv)
    answer = evaluer(fil, vesentlighet=vesentlighet, konfidens=konfidens, forelopig=forelopig)
    if target is not None:
        from kontoplan.workbook.sample_report import render  # noqa: PLC0415 - lastes når den trengs

        write_bytes(target, render(answer), overskriv=overskriv)
    if form == "tabell":
        from kontoplan.cli.utvalg_tabell import show_evaluation  # noqa: PLC0415 - Rich lastes bare når den trengs

        show_evaluation(answer, target)
    else:
        typer.echo(json.dumps(answer.as_dict(), ensure_ascii=False, indent=2 if form == "json" else None))
    return 0 if answer.konklusjon == "godtas" else 1


def _unused() -> list[str]:
    """Det som er oppgitt på kommandolinjen, men ikke gjelder en evaluering."""
    context = click.get_current_context()
    given = (
        param
        for param in context.command.params
        if param.name not in _USED and context.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
    )
    return [param.opts[0] if isinstance(param, click.Option) else param.human_readable_name for param in given]
