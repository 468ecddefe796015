"""Kommandoen ``koble``: kontoplan inn, KOSTRA-koder ut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from kontoplan.cli.options import Aar, Kommune, Lister, MinneSti, RegnskapSlag
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kobling import Kobling
    from kontoplan.usecases.eksport import Format


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
    eksport: Lister = None,
    mot: Annotated[
        Path | None,
        typer.Option(
            "--mot",
            metavar="GAMMEL.koblet.xlsx",
            help="Sammenlign med en tidligere kobling, og begynn med det som ble avgjort i den.",
            show_default=False,
        ),
    ] = None,
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over UT.xlsx når den finnes.")] = False,
) -> None:
    """Koble en lokal kontoplan til KOSTRA: kode, sannsynlighet, begrunnelse og flagg for hver konto.

    \b
    Eksempler:
      kontoplan koble kontoplan.xlsx
      kontoplan koble *.csv -o koblet.xlsx
      kontoplan koble plan.ods --ark Art --format jsonl
      kontoplan koble plan-2027.xlsx --mot plan-2026.koblet.xlsx
    """
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.memory.place import own_memory  # noqa: PLC0415 - det samme
    from kontoplan.usecases.koble import koble as map_chart  # noqa: PLC0415 - det samme

    target = ut or (inn[0].parent / f"{inn[0].stem}.koblet.xlsx" if form == "tabell" else None)
    lists = {name: _list_path(target or inn[0], name) for name in cast("list[Format]", eksport or [])}
    for path in filter(None, (target, *lists.values())):
        _check(path, [*inn, *([mot] if mot else [])], overskriv=overskriv)
    with progress() as say:
        kobling = map_chart(
            *inn,
            aar=aar,
            regnskap=regnskap,
            ark=ark,
            kolonner=kolonner,
            minne=None if uten_minne else minne or own_memory(),
            kommune=kommune,
            mot=mot,
            progress=say,
        )
        if target is not None:
            _write(kobling, target, overskriv=overskriv, say=say)
        written = [_write_list(kobling, path, name, overskriv=overskriv) for name, path in lists.items()]
    _show(kobling, form, target)
    for line in written:
        typer.echo(line, err=form != "tabell")


def _check(target: Path, inn: list[Path], *, overskriv: bool) -> None:
    """Nekter å skrive over filene som leses, og over andre filer uten ``overskriv``."""
    if target.resolve() in {path.resolve() for path in inn}:
        raise UserError(f"{target} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
    if target.exists() and not overskriv:
        raise UserError(
            f"{target} finnes fra før; velg et annet navn med -o eller legg til --overskriv.", code="finnes-fra-for"
        )


def _write(kobling: Kobling, target: Path, *, overskriv: bool, say: Callable[[str], None]) -> None:
    from kontoplan.kodeverk import Kodeverk  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.workbook import write_workbook  # noqa: PLC0415 - det samme

    kodeverk = Kodeverk.for_aar(kobling.aar, kobling.regnskap)
    write_workbook(kobling, target, kodeverk=kodeverk, overskriv=overskriv, progress=say)


def _list_path(base: Path, form: str) -> Path:
    """Relasjonslisten ved siden av arbeidsboken: ``plan.koblet.xlsx`` gir ``plan.unit4.csv``."""
    return base.with_name(f"{base.stem.removesuffix('.koblet')}.{'relasjoner' if form == 'csv' else form}.csv")


def _write_list(kobling: Kobling, path: Path, form: Format, *, overskriv: bool) -> str:
    """Skriver relasjonslisten, og gir linjen som sier hva den har og hva som ikke er med."""
    from kontoplan.kodeverk import Kodeverk  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.usecases.eksport import relations, render  # noqa: PLC0415 - det samme
    from kontoplan.workbook.atomic import write_bytes  # noqa: PLC0415 - det samme

    found = relations(kobling, Kodeverk.for_aar(kobling.aar, kobling.regnskap), ogsaa_ventende=form == "csv")
    write_bytes(path, render(found, form), overskriv=overskriv)
    left = [f"{antall} {'konto' if antall == 1 else 'kontoer'} {grunn}" for grunn, antall in found.utelatt.items()]
    tail = f" Ikke med: {', '.join(left)}." if left else ""
    return f"Relasjonsliste med {len(found.relasjoner)} koder skrevet til {path}.{tail}"


def _show(kobling: Kobling, form: str, target: Path | None) -> None:
    if form == "jsonl":
        for row in kobling.as_dict():
            typer.echo(json.dumps(row, ensure_ascii=False))
    elif form == "json":
        typer.echo(json.dumps(kobling.as_dict(), ensure_ascii=False, indent=2))
    else:
        from kontoplan.cli.koble_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(kobling, target)
