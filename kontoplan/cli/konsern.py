"""Kommandoen ``konsern``: uttrekkene til kommunen, foretakene og selskapene satt sammen til ett."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar
from kontoplan.cli.rapporter import reconciliation_path
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.rapportering.konsern import Konsern


def konsern(
    filer: Annotated[
        list[str],
        typer.Argument(
            metavar="UTTREKK...", help="Filuttrekkene; «iks.dat=40%» tar med 40 % av et selskap.", show_default=False
        ),
    ],
    skjema: Annotated[str, typer.Option("--skjema", metavar="SKJEMA", help="0M, 0N, 0P eller 0Q.")],
    region: Annotated[
        str, typer.Option("--region", metavar="REGION", help="Kommunenummer og 00, eller fylkesnummer og 0000.")
    ],
    aar: Aar = None,
    ut: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--ut",
            metavar="FIL.dat",
            help="Konsernfilen; avstemmingen skrives ved siden av. Uten dette vises bare sammendraget.",
            show_default=False,
        ),
    ] = None,
    tross_feil: Annotated[
        bool, typer.Option("--tross-feil", help="Skriv filen selv om handelen ikke møtes eller kontrollene gir feil.")
    ] = False,
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option("--format", metavar="FORMAT", help="tabell for mennesker. json/jsonl: bare data på stdout."),
    ] = "tabell",
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over FIL.dat når den finnes.")] = False,
) -> None:
    """Sett sammen konsernet av ferdige filuttrekk, uten handelen mellom enhetene, og kontroller det.

    Nekter (går ut med 2) når handelen mellom enhetene ikke møtes, eller når kontrollene gir feil.

    \b
    Eksempler:
      kontoplan konsern 0A.dat 0I-foretak.dat --skjema 0M --region 340300 -o 0M.dat
      kontoplan konsern 0A.dat 0I-foretak.dat iks.dat=40% --skjema 0M --region 340300 -o 0M.dat
      kontoplan konsern 0B.dat 0J-foretak.dat --skjema 0N --region 340300 -o 0N.dat
    """
    from kontoplan.usecases.konsern import konsern as merge  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.workbook.atomic import check_target, write_bytes  # noqa: PLC0415 - det samme

    if ut is not None:
        for path in (ut, reconciliation_path(ut)):
            if path.resolve() in {Path(name.rpartition("=")[0] or name).resolve() for name in filer}:
                raise UserError(f"{path} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
            check_target(path, overskriv=overskriv)
    answer = merge(filer, skjema=skjema, aar=aar, region=region)
    refused = bool(answer.hindringer) and not tross_feil
    if ut is not None:
        from kontoplan.workbook.group_report import render  # noqa: PLC0415 - det samme

        write_bytes(reconciliation_path(ut), render(answer), overskriv=overskriv)
        if not refused:
            write_bytes(ut, answer.innhold, overskriv=overskriv)
    _show(answer, form, ut if not refused else None)
    if refused:
        first, *others = answer.hindringer
        more = f" (og {len(others)} til)" if others else ""
        where = f"se {reconciliation_path(ut).name}, " if ut else ""
        raise UserError(
            f"Konsernet er ikke skrevet, fordi {first}{more}; {where}rett det i enhetenes uttrekk, eller bruk --tross-feil.",
            code="konsern-nekter",
        )


def _show(answer: Konsern, form: str, ut: Path | None) -> None:
    if form == "json":
        typer.echo(json.dumps(answer.as_dict(), ensure_ascii=False, indent=2))
    elif form == "jsonl":
        for post in answer.as_dict()["poster"]:  # type: ignore[attr-defined]
            typer.echo(json.dumps(post, ensure_ascii=False))
    else:
        from kontoplan.cli.konsern_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(answer, ut)
