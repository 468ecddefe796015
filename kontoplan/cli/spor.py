"""Kommandoen ``spor`` (også ``spør``): «hvor føres dette?»."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar, RegnskapSlag
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.sak import Regnskap
    from kontoplan.svar import Svar


def spor(
    tekst: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEKST", help="Spørsmålet. Uten tekst starter en samtale.", show_default=False),
    ] = None,
    fil: Annotated[
        Path | None,
        typer.Option("--fil", metavar="FIL", help="Svar på alle spørsmålene i en fil: .txt, regneark eller .csv."),
    ] = None,
    ut: Annotated[
        Path | None,
        typer.Option("-o", "--ut", metavar="SVAR", help="Skriv svarene på --fil hit: .xlsx, .csv eller .jsonl."),
    ] = None,
    aar: Aar = None,
    regnskap: RegnskapSlag = "kommune",
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option("--format", metavar="FORMAT", help="tabell for mennesker, json eller jsonl for programmer."),
    ] = "tabell",
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over SVAR når den finnes.")] = False,
) -> None:
    """Spør hvor noe føres: funksjon og art, hvorfor, og hva det avhenger av.

    \b
    Eksempler:
      kontoplan spor ordføreren har kjøpt ny mobil
      kontoplan spor "vikarbyrå sykehjem" --format json
      kontoplan spor 270
      kontoplan spor
      kontoplan spor --fil sporsmal.xlsx -o svar.xlsx
    """
    question = " ".join(tekst or []).strip()
    if ut is not None and fil is None:
        raise UserError("-o gjelder svarene på en fil; oppgi filen med --fil.", code="ut-uten-fil")
    if fil is not None:
        if question:
            raise UserError("Oppgi enten et spørsmål eller --fil, ikke begge.", code="tekst-og-fil")
        _batch(fil, ut, aar, regnskap, form, overskriv=overskriv)
    elif question:
        _one(question, aar, regnskap, form)
    elif form != "tabell":
        raise UserError(f"Samtalen har ikke --format {form}; skriv spørsmålet etter «spor».", code="samtale-format")
    else:
        from kontoplan.cli.samtale import talk  # noqa: PLC0415 - lastes bare når det blir en samtale

        talk(aar, regnskap)


def _one(question: str, aar: int | None, regnskap: Regnskap, form: str) -> None:
    from kontoplan.usecases.spor import spor as ask  # noqa: PLC0415 - holder hjelpen rask

    svar = ask(question, aar=aar, regnskap=regnskap)
    if form == "tabell":
        from kontoplan.cli.spor_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(svar)
        return
    for note in svar.merknader:
        typer.echo(note, err=True)
    typer.echo(_json(svar, indent=form == "json"))


def _batch(fil: Path, ut: Path | None, aar: int | None, regnskap: Regnskap, form: str, *, overskriv: bool) -> None:
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.usecases.spor_fil import answer_file  # noqa: PLC0415 - det samme

    if ut is not None:
        from kontoplan.workbook.answers import check_answers  # noqa: PLC0415 - før noe tungt gjøres

        check_answers(ut, fil, overskriv=overskriv)
    with progress() as say:
        found = answer_file(fil, aar=aar, regnskap=regnskap, progress=say)
    if ut is not None:
        from kontoplan.workbook.answers import write_answers  # noqa: PLC0415 - lastes når noe skal skrives

        write_answers(found.svar, ut, overskriv=overskriv)
        known = sum(svar.status != "ukjent" for _, svar in found.svar)
        skipped = f" {found.tomme} tomme rader er hoppet over." if found.tomme else ""
        typer.echo(f"Skrev {len(found.svar)} svar til {ut}; {known} av dem har en kode.{skipped}", err=True)
    elif form == "json":
        typer.echo(json.dumps([svar.as_dict() for _, svar in found.svar], ensure_ascii=False, indent=2))
    else:
        for _, svar in found.svar:
            typer.echo(_json(svar) if form == "jsonl" else f"{svar.sporsmal} → {svar.setning}")
    sys.stdout.flush()


def _json(svar: Svar, *, indent: bool = False) -> str:
    return json.dumps(svar.as_dict(), ensure_ascii=False, indent=2 if indent else None)
