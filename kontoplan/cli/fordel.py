"""Kommandoen ``fordel``: hovedbok og nøkler inn, balanserte bilag ut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar, HovedbokArk, HovedbokKolonner, RegnskapSlag
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.fordeling.fordeling import Fordeling


def fordel(
    hovedbok: Annotated[
        Path | None,
        typer.Argument(
            metavar="HOVEDBOK",
            help="Hovedbok eller saldobalanse: .xlsx .csv .parquet, eller SAF-T (.xml).",
            show_default=False,
        ),
    ] = None,
    nokler: Annotated[
        Path | None, typer.Option("--nokler", metavar="NØKLER.xlsx", help="Arbeidsboken med enhetene og nøklene.")
    ] = None,
    ut: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--ut",
            metavar="BILAG.xlsx",
            help="Arbeidsboken som skal skrives; en .csv skrives ved siden av. Standard: HOVEDBOK.fordelt.xlsx.",
        ),
    ] = None,
    mal: Annotated[
        Path | None,
        typer.Option("--mal", metavar="MAL.xlsx", help="Skriv en tom nøkkelarbeidsbok med forklaring, og avslutt."),
    ] = None,
    per: Annotated[
        Literal["aar", "kvartal", "maaned"],
        typer.Option(
            "--per",
            metavar="PERIODE",
            help="aar: ett sett bilag for året. kvartal eller maaned: ett sett for hver periode.",
        ),
    ] = "aar",
    aar: Aar = None,
    regnskap: RegnskapSlag = "kommune",
    ark: HovedbokArk = None,
    kolonner: HovedbokKolonner = None,
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option(
            "--format", metavar="FORMAT", help="tabell: arbeidsbok, CSV og sammendrag. json/jsonl: bare data på stdout."
        ),
    ] = "tabell",
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over filene når de finnes.")] = False,
) -> None:
    """Fordel serviceenheter (190) og delte tjenester fullt ut på funksjonene de betjener, med balanserte bilag.

    \b
    Eksempler:
      kontoplan fordel --mal nokler.xlsx
      kontoplan fordel hovedbok.csv --nokler nokler.xlsx
      kontoplan fordel hovedbok.xlsx --nokler nokler.xlsx -o bilag.xlsx --per maaned --aar 2025
    """
    if mal is not None:
        _template(mal, overskriv=overskriv)
        return
    if hovedbok is None or nokler is None:
        raise UserError(
            "Oppgi både hovedboken og nøklene: kontoplan fordel HOVEDBOK --nokler NØKLER.xlsx. En tom nøkkelarbeidsbok lages med --mal MAL.xlsx.",
            code="fordel-mangler-nokler",
        )
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.usecases.fordel import fordel as distribute  # noqa: PLC0415 - det samme

    target = ut or (hovedbok.parent / f"{hovedbok.stem}.fordelt.xlsx" if form == "tabell" else None)
    if target is not None:
        _check(target, (hovedbok, nokler), overskriv=overskriv)
    with progress() as say:
        answer = distribute(
            hovedbok, nokler, aar=aar, regnskap=regnskap, per=per, ark=ark, kolonner=kolonner, progress=say
        )
        if target is not None:
            say(f"Skriver {target.name}")
            _write(answer, target, overskriv=overskriv)
    _show(answer, form, target)


def _template(mal: Path, *, overskriv: bool) -> None:
    from kontoplan.workbook.atomic import check_target, write_bytes  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.workbook.key_template import render_template  # noqa: PLC0415 - det samme

    _check_ending(mal)
    check_target(mal, overskriv=overskriv)
    write_bytes(mal, render_template(), overskriv=overskriv)
    typer.echo(f"Skrevet til {mal}. Fyll ut arkene, og kjør: kontoplan fordel HOVEDBOK --nokler {mal}")


def _check_ending(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise UserError(
            f"{path.name} skal være en Excel-arbeidsbok; gi den et navn som slutter på .xlsx.", code="feil-endelse"
        )


def _check(target: Path, inn: tuple[Path, ...], *, overskriv: bool) -> None:
    """Nekter å skrive over filene som leses, og over andre filer uten ``overskriv``; før noe tungt gjøres."""
    from kontoplan.workbook.atomic import check_target  # noqa: PLC0415 - lastes når den trengs

    _check_ending(target)
    for path in (target, target.with_suffix(".csv")):
        if path.resolve() in {other.resolve() for other in inn}:
            raise UserError(f"{path} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
        check_target(path, overskriv=overskriv)


def _write(answer: Fordeling, target: Path, *, overskriv: bool) -> None:
    from kontoplan.workbook.atomic import write_bytes  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.workbook.distribution import render  # noqa: PLC0415 - det samme
    from kontoplan.workbook.voucher_file import voucher_csv  # noqa: PLC0415 - det samme

    write_bytes(target, render(answer), overskriv=overskriv)
    write_bytes(target.with_suffix(".csv"), voucher_csv(answer.linjer), overskriv=overskriv)


def _show(answer: Fordeling, form: str, target: Path | None) -> None:
    if form == "jsonl":
        for line in answer.linjer:
            typer.echo(json.dumps(line.as_dict(), ensure_ascii=False))
    elif form == "json":
        typer.echo(json.dumps(answer.as_dict(), ensure_ascii=False, indent=2))
    else:
        from kontoplan.cli.fordel_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(answer, target)
