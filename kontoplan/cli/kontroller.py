"""Kommandoen ``kontroller``: et filuttrekk mot SSBs kontroller."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.cli.options import Aar
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.kostra.rapport import Kontrollrapport


def kontroller(
    fil: Annotated[Path, typer.Argument(metavar="FIL", help="Filuttrekket som skal sendes inn.", show_default=False)],
    skjema: Annotated[str, typer.Option("--skjema", metavar="SKJEMA", help="0A til 0Q, eller 0AK1 til 0DK4.")],
    region: Annotated[
        str, typer.Option("--region", metavar="REGION", help="Kommunenummer og 00, fylkesnummer og 0000, eller bydel.")
    ],
    aar: Aar = None,
    orgnr: Annotated[
        str | None, typer.Option("--orgnr", metavar="NR", help="Organisasjonsnummer; flere skilles med komma.")
    ] = None,
    foretaksnr: Annotated[
        str | None, typer.Option("--foretaksnr", metavar="NR", help="Foretaksnummer; endrer bare forklaringen på 008.")
    ] = None,
    kvartal: Annotated[
        str | None, typer.Option("--kvartal", metavar="1–4", help="Kvartalet, når det ikke står i skjemaet.")
    ] = None,
    ut: Annotated[
        Path | None,
        typer.Option(
            "-o", "--ut", metavar="RAPPORT", help="Skriv rapporten som .html eller .xlsx.", show_default=False
        ),
    ] = None,
    form: Annotated[
        Literal["tabell", "json", "jsonl"],
        typer.Option("--format", metavar="FORMAT", help="tabell for mennesker. json/jsonl: bare data på stdout."),
    ] = "tabell",
    overskriv: Annotated[bool, typer.Option("--overskriv", help="Skriv over RAPPORT når den finnes.")] = False,
) -> None:
    """Kontroller et KOSTRA-filuttrekk slik SSBs mottak gjør det, før det sendes.

    Går ut med 0 når filen kan sendes inn, og 1 når den ikke kan det.

    \b
    Eksempler:
      kontoplan kontroller 0A.dat --skjema 0A --aar 2026 --region 340300
      kontoplan kontroller 0I.dat --skjema 0I --region 030100 --orgnr 958935420 -o rapport.html
      kontoplan kontroller 0A.dat --skjema 0AK1 --region 340300 --format json
    """
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.kodeverk import Kodeverk  # noqa: PLC0415 - det samme
    from kontoplan.usecases.kontroller import kontroller as check  # noqa: PLC0415 - det samme

    if ut is not None:
        _check_target(ut, fil, overskriv=overskriv)
    with progress() as say:
        say(f"Kontrollerer {fil.name}")
        rapport = check(
            fil,
            skjema=skjema,
            aar=Kodeverk.nyeste_aar() if aar is None else aar,
            region=region,
            orgnr=orgnr,
            foretaksnr=foretaksnr,
            kvartal=kvartal,
        )
        if ut is not None:
            say(f"Skriver {ut.name}")
            _write(rapport, ut, overskriv=overskriv)
    _show(rapport, form, ut)
    raise typer.Exit(0 if rapport.kan_sendes else 1)


def _check_target(ut: Path, fil: Path, *, overskriv: bool) -> None:
    """Nekter det som ikke kan skrives, før noe blir kontrollert."""
    from kontoplan.workbook.atomic import check_target  # noqa: PLC0415 - lastes når den trengs

    if ut.suffix.lower() not in {".html", ".htm", ".xlsx"}:
        raise UserError(
            f"Rapporten skrives som nettside eller arbeidsbok; gi {ut.name} et navn som slutter på .html eller .xlsx.",
            code="feil-endelse",
        )
    if ut.resolve() == fil.resolve():
        raise UserError(f"{ut} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
    check_target(ut, overskriv=overskriv)


def _write(rapport: Kontrollrapport, ut: Path, *, overskriv: bool) -> None:
    if ut.suffix.lower() == ".xlsx":
        from kontoplan.workbook.control_report import write_control_workbook  # noqa: PLC0415 - lastes når den trengs

        write_control_workbook(rapport, ut, overskriv=overskriv)
    else:
        from kontoplan.html.control_report import write_control_page  # noqa: PLC0415 - det samme

        write_control_page(rapport, ut, overskriv=overskriv)


def _show(rapport: Kontrollrapport, form: str, ut: Path | None) -> None:
    if form == "tabell":
        from kontoplan.cli.kontroller_tabell import show  # noqa: PLC0415 - Rich lastes bare når den trengs

        show(rapport, ut)
        return
    for merknad in rapport.merknader:
        typer.echo(f"kontoplan: {merknad}", err=True)
    for line in _json(rapport) if form == "json" else _jsonl(rapport):
        typer.echo(line)


def _jsonl(rapport: Kontrollrapport) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode  # én for alle; json.dumps lager en ny for hver linje
    yield from (encode(funn.as_dict()) for funn in rapport.hvert_funn())


def _json(rapport: Kontrollrapport) -> Iterator[str]:
    """Det samme som ``as_dict``, men ett funn om gangen, så millioner av funn ikke må være i minnet samtidig."""
    yield f'{{\n  "fatal": {json.dumps(rapport.fatal)},\n  "hoyeste": {json.dumps(rapport.hoyeste)},\n  "funn": ['
    waiting = ""
    for line in _jsonl(rapport):
        if waiting:
            yield f"{waiting},"
        waiting = f"    {line}"
    if waiting:
        yield waiting
    yield "  ]\n}"
