"""Kommandoen ``revider``: posteringene en revisor bør se på, rangert etter risiko."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar, HovedbokArk, HovedbokKolonner, Kommune, MinneSti, RegnskapSlag
from kontoplan.cli.utvalg_valg import (
    Bare,
    Evaluer,
    Forelopig,
    ForventetFeil,
    Fro,
    Konfidens,
    Metode,
    PerOmraade,
    Vesentlighet,
    check_sample_target,
    plan_of,
    refuse_without,
    sheet_of,
)
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.revisjon.revisjon import Revisjon


def revider(
    hovedbok: Annotated[
        Path | None,
        typer.Argument(
            metavar="HOVEDBOK", help="Hovedboken: .xlsx .csv .parquet, eller SAF-T (.xml).", show_default=False
        ),
    ] = None,
    kobling: Annotated[
        Path | None,
        typer.Option(
            "--kobling",
            metavar="KOBLET.xlsx",
            help="Arbeidsboken fra «kontoplan koble». Uten den leses KOSTRA-kodene av kontonumrene.",
        ),
    ] = None,
    ut: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--ut",
            metavar="RAPPORT",
            help="Skriv rapporten som .xlsx eller .html. Kan gjentas, for å få begge.",
            show_default=False,
        ),
    ] = None,
    justering: Annotated[
        Path | None,
        typer.Option(
            "--justering",
            metavar="FIL",
            help="Slå av eller still på funnslag, og skjul funn, med grunner; en liten YAML-fil.",
            show_default=False,
        ),
    ] = None,
    justering_mal: Annotated[
        Path | None,
        typer.Option(
            "--justering-mal",
            metavar="FIL",
            help="Skriv en justeringsfil å begynne med, og avslutt.",
            show_default=False,
        ),
    ] = None,
    utvalg: Metode = None,
    vesentlighet: Vesentlighet = None,
    konfidens: Konfidens = None,
    forventet_feil: ForventetFeil = None,
    fro: Fro = None,
    per_omraade: PerOmraade = False,
    bare: Bare = None,
    evaluer: Evaluer = None,
    forelopig: Forelopig = False,
    minne: MinneSti = None,
    uten_minne: Annotated[bool, typer.Option("--uten-minne", help="Ikke bruk tidligere dommer over funn.")] = False,
    kommune: Kommune = "",
    ogsaa_fra: Annotated[
        list[str] | None,
        typer.Option(
            "--ogsaa-fra",
            metavar="KOMMUNE",
            help="Bruk også dommer fra denne kommunen, der noe likner. Kan gjentas.",
        ),
    ] = None,
    aar: Aar = None,
    regnskap: RegnskapSlag = "kommune",
    ark: HovedbokArk = None,
    kolonner: HovedbokKolonner = None,
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="tabell for mennesker. json/jsonl: bare data på stdout, ett funn per objekt.",
        ),
    ] = "tabell",
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over filen når den finnes.")] = False,
) -> None:
    """Gå gjennom en hovedbok, og få posteringene en revisor bør se på: sannsynlig feil, ganget med hva det betyr.

    Går ut med 1 når noe funn er av alvor FEIL, ellers 0; med --evaluer med 0 når posteringene kan godtas, ellers 1.

    \b
    Eksempler:
      kontoplan revider hovedbok.xlsx -o revisjon.xlsx -o revisjon.html
      kontoplan revider hovedbok.csv --kobling kontoplan.koblet.xlsx --aar 2025
      kontoplan revider hovedbok.csv --format jsonl > funn.jsonl
      kontoplan revider --justering-mal justering.yaml
      kontoplan revider hovedbok.csv --justering justering.yaml -o revisjon.xlsx
      kontoplan revider hovedbok.csv --utvalg mus --vesentlighet 500000 --fro 1 -o utvalg.xlsx
      kontoplan revider --evaluer utvalg.xlsx
    """
    if justering_mal is not None:
        _template(justering_mal, overskriv=overskriv)
        return
    if evaluer is not None:
        from kontoplan.cli.revider_evaluer import run_evaluation  # noqa: PLC0415 - lastes når den trengs

        code = run_evaluation(
            evaluer, vesentlighet=vesentlighet, konfidens=konfidens, forelopig=forelopig, ut=ut or (), overskriv=overskriv, form=form
        )  # fmt: skip
        raise typer.Exit(code)
    refuse_without("--evaluer UTVALG.xlsx", {"--forelopig": forelopig})
    plan = plan_of(
        utvalg, vesentlighet=vesentlighet, konfidens=konfidens, forventet_feil=forventet_feil, fro=fro, per_omraade=per_omraade, bare=bare
    )  # fmt: skip
    if plan:
        check_sample_target(ut or (), form)
    if hovedbok is None:
        raise UserError("Oppgi hovedboken: kontoplan revider HOVEDBOK.", code="revider-mangler-hovedbok")
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.memory.place import own_memory  # noqa: PLC0415 - det samme
    from kontoplan.usecases.revider import revider as audit  # noqa: PLC0415 - det samme

    targets = list(dict.fromkeys(ut or []))
    for target in targets:
        _check_target(target, tuple(filter(None, (hovedbok, kobling, justering))), overskriv=overskriv)
    with progress() as say:
        answer = audit(
            hovedbok,
            kobling=kobling,
            aar=aar,
            regnskap=regnskap,
            ark=ark,
            kolonner=kolonner,
            justering=justering,
            utvalg=plan,
            minne=None if uten_minne else minne or own_memory(),
            kommune=kommune,
            ogsaa_fra=ogsaa_fra or (),
            progress=say,
        )
        for target in targets:
            say(f"Skriver {target.name}")
            _write(answer, target, overskriv=overskriv)
    _show(answer, form, targets)
    raise typer.Exit(1 if answer.har_feil else 0)


def _template(path: Path, *, overskriv: bool) -> None:
    from kontoplan.revisjon.justering.mal import template  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.revisjon.slag import SLAG  # noqa: PLC0415 - det samme
    from kontoplan.workbook.atomic import check_target, write_bytes  # noqa: PLC0415 - det samme

    check_target(path, overskriv=overskriv)
    write_bytes(path, template(SLAG).encode(), overskriv=overskriv)
    typer.echo(
        f"Skrevet til {path}. Ta bort # foran det som skal gjelde, og kjør: kontoplan revider HOVEDBOK --justering {path}"
    )


def _check_target(ut: Path, inn: tuple[Path, ...], *, overskriv: bool) -> None:
    """Nekter det som ikke kan skrives, før noe blir lest."""
    from kontoplan.workbook.atomic import check_target  # noqa: PLC0415 - lastes når den trengs

    if ut.suffix.lower() not in {".xlsx", ".html", ".htm"}:
        raise UserError(
            f"Rapporten skrives som nettside eller arbeidsbok; gi {ut.name} et navn som slutter på .html eller .xlsx.",
            code="feil-endelse",
        )
    if ut.resolve() in {path.resolve() for path in inn}:
        raise UserError(f"{ut} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
    check_target(ut, overskriv=overskriv)


def _write(answer: Revisjon, ut: Path, *, overskriv: bool) -> None:
    if ut.suffix.lower() == ".xlsx":
        from kontoplan.workbook.audit_report import write_audit_workbook as write  # noqa: PLC0415 - lastes når den trengs
    else:
        from kontoplan.html.audit_report import write_audit_page as write  # noqa: PLC0415 - det samme
    write(answer, ut, overskriv=overskriv)


def _show(answer: Revisjon, form: str, ut: list[Path]) -> None:
    if form == "tabell":
        from kontoplan.cli.revider_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(answer, ut)
        if answer.utvalg:
            from kontoplan.cli.utvalg_tabell import show_sample  # noqa: PLC0415 - det samme

            show_sample(answer.utvalg, sheet_of(ut))
        return
    for note in answer.merknader:
        typer.echo(f"kontoplan: {note}", err=True)
    if form == "json":
        extra = {"utvalg": answer.utvalg, "justering": answer.justering}
        more = {name: part.as_dict() for name, part in extra.items() if part}
        found = answer.as_dict()
        typer.echo(json.dumps({"funn": found, **more} if more else found, ensure_ascii=False, indent=2))
        return
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for finding in answer.funn:
        typer.echo(encode(finding.as_dict()))
