"""Kommandoen ``haandbok``: kommunens egen konteringshåndbok, som Word eller nettside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.usecases.haandbok_modell import Haandbok

_WORD: Final = ".docx"
_PAGES: Final = (".html", ".htm")


def haandbok(
    koblet: Annotated[
        Path, typer.Argument(metavar="KOBLET.xlsx", help="Arbeidsboken fra «koble», helst med avgjørelsene fylt ut.")
    ],
    ut: Annotated[
        Path | None,
        typer.Option("-o", "--ut", metavar="FIL", help="Håndboken, .docx eller .html. Standard: KOBLET.haandbok.docx."),
    ] = None,
    kommune: Annotated[
        str, typer.Option("--kommune", metavar="NAVN", help="Navnet på forsiden.", show_default=False)
    ] = "",
    aar: Annotated[
        int | None, typer.Option("--aar", metavar="ÅR", help="Regnskapsåret. Standard er det arbeidsboken sier.")
    ] = None,
    regnskap: Annotated[
        Literal["kommune", "fylkeskommune", "sbdr-kommune", "sbdr-fylke", "kirke"] | None,
        typer.Option("--regnskap", metavar="SLAG", help="Hva slags regnskap, når arbeidsboken ikke sier det."),
    ] = None,
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over FIL når den finnes.")] = False,
) -> None:
    """Lag kommunens egen konteringshåndbok: hva som føres på hver konto, hva som ikke gjør det, eksempler og kilder.

    \b
    Eksempler:
      kontoplan haandbok kontoplan.koblet.xlsx -o haandbok.docx
      kontoplan haandbok kontoplan.koblet.xlsx -o haandbok.html --kommune Lillevik
    """
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.usecases.haandbok import haandbok as make  # noqa: PLC0415 - det samme

    target = ut or koblet.with_name(f"{koblet.stem}.haandbok{_WORD}")
    _check(target, koblet, overskriv=overskriv)
    with progress() as say:
        bok = make(koblet, aar=aar, regnskap=regnskap, kommune=kommune, progress=say)
        say(f"Skriver {target.name}")
        _write(bok, target, overskriv=overskriv)
    for note in bok.merknader:
        typer.echo(f"kontoplan: {note}", err=True)
    typer.echo(
        f"{len(bok.kontoer)} kontoer i håndboken: {bok.avgjort} avgjort av kommunen, {bok.forslag} forslag. "
        f"{bok.helt_uavklart} er ikke avklart og står for seg."
    )
    typer.echo(f"Skrevet til {target}")


def _check(target: Path, koblet: Path, *, overskriv: bool) -> None:
    """Nekter det som ikke kan skrives, før noe tungt gjøres."""
    from kontoplan.workbook.atomic import check_target  # noqa: PLC0415 - lastes når den trengs

    if target.suffix.lower() not in {_WORD, *_PAGES}:
        raise UserError(
            f"Håndboken skrives som Word-dokument eller nettside; gi {target.name} et navn som slutter på .docx eller .html.",
            code="feil-endelse",
        )
    if target.resolve() == koblet.resolve():
        raise UserError(f"{target} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
    check_target(target, overskriv=overskriv)


def _write(bok: Haandbok, target: Path, *, overskriv: bool) -> None:
    if target.suffix.lower() == _WORD:
        from kontoplan.word.handbook import write_handbook as write  # noqa: PLC0415 - lastes når den trengs
    else:
        from kontoplan.html.handbook import write_handbook as write  # noqa: PLC0415 - det samme
    write(bok, target, overskriv=overskriv)
