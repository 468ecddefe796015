"""Kommandoen ``rapporter``: hovedbok og kobling inn, KOSTRA-filuttrekk ut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar, HovedbokArk, HovedbokBilag, HovedbokKolonner
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.rapportering.uttrekk import Uttrekk


def rapporter(
    hovedbok: Annotated[
        Path,
        typer.Argument(
            metavar="HOVEDBOK",
            help="Hovedbok eller saldobalanse: .xlsx .csv .parquet, eller SAF-T (.xml).",
            show_default=False,
        ),
    ],
    kobling: Annotated[
        Path,
        typer.Option(
            "--kobling", metavar="KOBLET.xlsx", help="Arbeidsboken fra koble, med avgjørelsene.", show_default=False
        ),
    ],
    skjema: Annotated[
        str, typer.Option("--skjema", metavar="SKJEMA", help="0A til 0D, 0F til 0L, eller 0AK1 til 0DK4.")
    ],
    region: Annotated[
        str, typer.Option("--region", metavar="REGION", help="Kommunenummer og 00, fylkesnummer og 0000, eller bydel.")
    ],
    aar: Aar = None,
    orgnr: Annotated[
        str | None, typer.Option("--orgnr", metavar="NR", help="Organisasjonsnummer, for 0F, 0G og 0I til 0L.")
    ] = None,
    kvartal: Annotated[
        str | None,
        typer.Option(
            "--kvartal", metavar="1–4", help="Kvartalet, når det ikke står i skjemaet. Tallene er hittil i år."
        ),
    ] = None,
    ut: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--ut",
            metavar="FIL.dat",
            help="Filuttrekket; avstemmingen skrives ved siden av. Standard: HOVEDBOK.SKJEMA.dat.",
        ),
    ] = None,
    tross_feil: Annotated[
        bool,
        typer.Option(
            "--tross-feil", help="Skriv filen selv om noe ikke er koblet, ikke går i null eller feiler i kontrollene."
        ),
    ] = False,
    aarsskifte: Annotated[
        bool, typer.Option("--aarsskifte", help="Hovedboken er fra året før; vis den i kodene for året.")
    ] = False,
    bilag: HovedbokBilag = None,
    ark: HovedbokArk = None,
    kolonner: HovedbokKolonner = None,
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="tabell: filen, avstemmingen og sammendrag. json/jsonl: bare data på stdout.",
        ),
    ] = "tabell",
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over filene når de finnes.")] = False,
) -> None:
    """Lag KOSTRA-filuttrekket av hovedboken og en ferdig kobling, avstemt på øret og kontrollert.

    Nekter (går ut med 2) når noe ikke er koblet, når det interne ikke går i null, eller når kontrollene gir feil.

    \b
    Eksempler:
      kontoplan rapporter hovedbok.csv --kobling plan.koblet.xlsx --skjema 0A --region 340300 -o 0A.dat
      kontoplan rapporter saldo.xlsx --kobling plan.koblet.xlsx --skjema 0B --region 340300 -o 0B.dat
      kontoplan rapporter hovedbok.csv --kobling plan.koblet.xlsx --skjema 0AK1 --region 340300
      kontoplan rapporter hovedbok.csv --bilag hovedbok.fordelt.csv --kobling plan.koblet.xlsx --skjema 0A --region 340300
    """
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.usecases.rapporter import rapporter as make  # noqa: PLC0415 - det samme

    target = ut or (hovedbok.parent / f"{hovedbok.stem}.{skjema.upper()}.dat" if form == "tabell" else None)
    if target is not None:
        _check(target, (hovedbok, kobling, *(bilag or ())), overskriv=overskriv)
    with progress() as say:
        uttrekk = make(
            hovedbok,
            kobling=kobling,
            skjema=skjema,
            aar=aar,
            region=region,
            orgnr=orgnr,
            kvartal=kvartal,
            aarsskifte=aarsskifte,
            bruk_forslag=tross_feil,
            bilag=bilag or (),
            ark=ark,
            kolonner=kolonner,
            progress=say,
        )
        refused = bool(uttrekk.hindringer) and not tross_feil
        if target is not None:
            say(f"Skriver {target.name}")
            _write(uttrekk, target, overskriv=overskriv, extract=not refused)
    _show(uttrekk, form, target, refused=refused)
    if refused:
        raise UserError(_refusal(uttrekk, target), code="rapporter-nekter")


def reconciliation_path(target: Path) -> Path:
    """Avstemmingen ved siden av filuttrekket."""
    return target.with_name(f"{target.stem}.avstemming.xlsx")


def rejected_path(target: Path) -> Path:
    """Alle radene som ikke kom med, når de er for mange for avstemmingen."""
    return target.with_name(f"{target.stem}.avvist.csv")


def _check(target: Path, inn: tuple[Path, ...], *, overskriv: bool) -> None:
    """Nekter å skrive over filene som leses, og over andre filer uten ``overskriv``; før noe tungt gjøres."""
    from kontoplan.workbook.atomic import check_target  # noqa: PLC0415 - lastes når den trengs

    for path in (target, reconciliation_path(target)):
        if path.resolve() in {other.resolve() for other in inn}:
            raise UserError(f"{path} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
        check_target(path, overskriv=overskriv)


def _write(uttrekk: Uttrekk, target: Path, *, overskriv: bool, extract: bool) -> None:
    from kontoplan.workbook.atomic import write_bytes, write_with  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.workbook.extract_report import render  # noqa: PLC0415 - det samme
    from kontoplan.workbook.rejected_rows import in_full, rejected_csv  # noqa: PLC0415 - det samme

    csv = rejected_path(target)
    if not in_full(uttrekk.boker):
        write_with(csv, lambda path: rejected_csv(uttrekk.boker, path), overskriv=overskriv)
    write_bytes(reconciliation_path(target), render(uttrekk, csv=csv.name), overskriv=overskriv)
    if extract:
        write_bytes(target, uttrekk.innhold, overskriv=overskriv)


def _refusal(uttrekk: Uttrekk, target: Path | None) -> str:
    first, *others = uttrekk.hindringer
    more = f" (og {len(others)} til)" if others else ""
    where = f"se {reconciliation_path(target).name}, rett det" if target else "rett det"
    return f"Uttrekket er ikke skrevet, fordi {first}{more}; {where}, eller bruk --tross-feil."


def _show(uttrekk: Uttrekk, form: str, target: Path | None, *, refused: bool) -> None:
    if form == "json":
        typer.echo(json.dumps(uttrekk.as_dict(), ensure_ascii=False, indent=2))
    elif form == "jsonl":
        for post in uttrekk.as_dict()["poster"]:  # type: ignore[attr-defined]
            typer.echo(json.dumps(post, ensure_ascii=False))
    else:
        from kontoplan.cli.rapporter_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        csv = rejected_path(target).name if target else ""
        show(uttrekk, None if refused else target, csv)
