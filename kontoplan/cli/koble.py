"""Kommandoen ``koble``: kontoplan inn, KOSTRA-koder ut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar, Kommune, MinneSti, RegnskapSlag
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.kobling import Kobling


def koble(
    inn: Annotated[
        list[Path],
        typer.Argument(metavar="INN...", help="Kontoplaner: .xlsx .xlsm .xls .ods .csv .tsv.", show_default=False),
    ],
    ut: Annotated[
        Path | None,
        typer.Option("-o", "--ut", metavar="UT.xlsx", help="Arbeidsboken som skal skrives. Standard: INN.koblet.xlsx."),
    ] = None,
    aar: Aar = None,
    regnskap: RegnskapSlag = "kommune",
    ark: Annotated[
        list[str] | None, typer.Option("--ark", metavar="NAVN", help="Les bare dette arket. Kan gjentas.")
    ] = None,
    kolonner: Annotated[
        str | None,
        typer.Option("--kolonner", metavar="ROLLER", help="Overstyr kolonnene, f.eks. «kode=A,navn=B,ansvar=C»."),
    ] = None,
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option(
            "--format", metavar="FORMAT", help="tabell: arbeidsbok og sammendrag. json/jsonl: bare data på stdout."
        ),
    ] = "tabell",
    minne: MinneSti = None,
    uten_minne: Annotated[bool, typer.Option("--uten-minne", help="Ikke bruk tidligere avgjørelser.")] = False,
    kommune: Kommune = "",
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over UT.xlsx når den finnes.")] = False,
) -> None:
    """Koble en lokal kontoplan til KOSTRA: kode, sannsynlighet, begrunnelse og flagg for hver konto.

    \b
    Eksempler:
      kontoplan koble kontoplan.xlsx
      kontoplan koble *.csv -o koblet.xlsx
      kontoplan koble plan.ods --ark Art --format jsonl
    """
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.memory.place import own_memory  # noqa: PLC0415 - det samme
    from kontoplan.usecases.koble import koble as map_chart  # noqa: PLC0415 - det samme

    target = ut or (inn[0].parent / f"{inn[0].stem}.koblet.xlsx" if form == "tabell" else None)
    if target is not None:
        _check(target, inn, overskriv=overskriv)
    with progress() as say:
        kobling = map_chart(
            *inn,
            aar=aar,
            regnskap=regnskap,
            ark=ark,
            kolonner=kolonner,
            minne=None if uten_minne else minne or own_memory(),
            kommune=kommune,
            progress=say,
        )
        if target is not None:
            say(f"Skriver {target.name}")
            _write(kobling, target, overskriv=overskriv)
    _show(kobling, form, target)


def _check(target: Path, inn: list[Path], *, overskriv: bool) -> None:
    """Nekter å skrive over filene som leses, og over andre filer uten ``overskriv``."""
    if target.resolve() in {path.resolve() for path in inn}:
        raise UserError(f"{target} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
    if target.exists() and not overskriv:
        raise UserError(
            f"{target} finnes fra før; velg et annet navn med -o eller legg til --overskriv.", code="finnes-fra-for"
        )


def _write(kobling: Kobling, target: Path, *, overskriv: bool) -> None:
    from kontoplan.kodeverk import Kodeverk  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.workbook import write_workbook  # noqa: PLC0415 - det samme

    kodeverk = Kodeverk.for_aar(kobling.aar, kobling.regnskap)
    write_workbook(kobling, target, kodeverk=kodeverk, overskriv=overskriv)


def _show(kobling: Kobling, form: str, target: Path | None) -> None:
    if form == "jsonl":
        for row in kobling.as_dict():
            typer.echo(json.dumps(row, ensure_ascii=False))
    elif form == "json":
        typer.echo(json.dumps(kobling.as_dict(), ensure_ascii=False, indent=2))
    else:
        from kontoplan.cli.koble_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(kobling, target)
