"""Kommandoen ``kontroller``: et filuttrekk mot SSBs kontroller."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kontoplan.cli.options import Aar, HovedbokBilag
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kontoplan.kostra.rapport import Kontrollrapport


def kontroller(
    skjema: Annotated[str, typer.Option("--skjema", metavar="SKJEMA", help="0A til 0Q, eller 0AK1 til 0DK4.")],
    region: Annotated[
        str, typer.Option("--region", metavar="REGION", help="Kommunenummer og 00, fylkesnummer og 0000, eller bydel.")
    ],
    fil: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FIL]", help="Filuttrekket som skal sendes inn; utelates med --fra.", show_default=False
        ),
    ] = None,
    fra: Annotated[
        Path | None,
        typer.Option(
            "--fra",
            metavar="HOVEDBOK",
            help="Lag filuttrekket i minnet av denne hovedboken eller saldobalansen, og vis radene bak hvert funn.",
            show_default=False,
        ),
    ] = None,
    kobling: Annotated[
        Path | None,
        typer.Option(
            "--kobling",
            metavar="KOBLET.xlsx",
            help="Med --fra: arbeidsboken fra koble, med avgjørelsene.",
            show_default=False,
        ),
    ] = None,
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
    bruk_forslag: Annotated[
        bool, typer.Option("--bruk-forslag", help="Med --fra: bruk programmets forslag der ingen har avgjort.")
    ] = False,
    bilag: HovedbokBilag = None,
    ark: Annotated[
        list[str] | None,
        typer.Option("--ark", metavar="NAVN", help="Med --fra: les bare dette arket i hovedboken. Kan gjentas."),
    ] = None,
    kolonner: Annotated[
        str | None,
        typer.Option(
            "--kolonner",
            metavar="ROLLER",
            help="Med --fra: overstyr kolonnene i hovedboken, f.eks. «konto=A,ansvar=B,funksjon=C,belop=D».",
        ),
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

    Med --fra lages filuttrekket av hovedboken først, uten å skrives, og hvert funn peker på radene bak.
    Går ut med 0 når filen kan sendes inn, og 1 når den ikke kan det.

    \b
    Eksempler:
      kontoplan kontroller 0A.dat --skjema 0A --aar 2026 --region 340300
      kontoplan kontroller 0I.dat --skjema 0I --region 030100 --orgnr 958935420 -o rapport.html
      kontoplan kontroller 0A.dat --skjema 0AK1 --region 340300 --format json
      kontoplan kontroller --fra hovedbok.csv --kobling plan.koblet.xlsx --skjema 0A --region 340300
    """
    from kontoplan.cli.progress import progress  # noqa: PLC0415 - holder hjelpen rask

    only_ledger = {
        "--kobling": kobling,
        "--bruk-forslag": bruk_forslag,
        "--bilag": bilag,
        "--ark": ark,
        "--kolonner": kolonner,
    }
    source = _source(fil, fra, [name for name, value in only_ledger.items() if value], kobling)
    if ut is not None:
        _check_target(ut, (*source, *(bilag or ())), overskriv=overskriv)
    asked: dict[str, Any] = {
        "skjema": skjema,
        "aar": aar,
        "region": region,
        "orgnr": orgnr,
        "foretaksnr": foretaksnr,
        "kvartal": kvartal,
    }
    with progress() as say:
        if kobling is not None:
            from kontoplan.usecases.kontroller_hovedbok import kontroller_hovedbok  # noqa: PLC0415 - det samme

            rapport = kontroller_hovedbok(
                source[0],
                kobling=kobling,
                bruk_forslag=bruk_forslag,
                bilag=bilag or (),
                ark=ark,
                kolonner=kolonner,
                progress=say,
                **asked,
            )
        else:
            rapport = _check_file(source[0], asked, say)
        if ut is not None:
            say(f"Skriver {ut.name}")
            _write(rapport, ut, overskriv=overskriv)
    _show(rapport, form, ut)
    raise typer.Exit(0 if rapport.kan_sendes else 1)


def _source(fil: Path | None, fra: Path | None, only_ledger: list[str], kobling: Path | None) -> tuple[Path, ...]:
    """Filene som leses: uttrekket, eller hovedboken og koblingen."""
    if fil and fra:
        raise UserError(
            f"Oppgi enten filuttrekket ({fil}) eller hovedboken med --fra ({fra}), ikke begge.", code="fil-og-fra"
        )
    if fra:
        if not kobling:
            raise UserError(
                f"--fra {fra} trenger koblingen av kontoplanen; oppgi arbeidsboken fra «kontoplan koble» med --kobling.",
                code="fra-uten-kobling",
            )
        return fra, kobling
    if not fil:
        raise UserError(
            "Oppgi filuttrekket som skal kontrolleres, eller en hovedbok med --fra og --kobling.", code="mangler-fil"
        )
    if only_ledger:
        raise UserError(
            f"{only_ledger[0]} gjelder bare når uttrekket lages av en hovedbok; oppgi hovedboken med --fra, eller ta bort {only_ledger[0]}.",
            code="krever-fra",
        )
    return (fil,)


def _check_file(fil: Path, asked: dict[str, Any], say: Callable[[str], None]) -> Kontrollrapport:
    from kontoplan.kodeverk import Kodeverk  # noqa: PLC0415 - holder hjelpen rask
    from kontoplan.usecases.kontroller import kontroller as check  # noqa: PLC0415 - det samme

    say(f"Kontrollerer {fil.name}")
    year = asked["aar"]
    return check(fil, **{**asked, "aar": Kodeverk.nyeste_aar() if year is None else year})


def _check_target(ut: Path, inn: tuple[Path, ...], *, overskriv: bool) -> None:
    """Nekter det som ikke kan skrives, før noe blir kontrollert."""
    from kontoplan.workbook.atomic import check_target  # noqa: PLC0415 - lastes når den trengs

    if ut.suffix.lower() not in {".html", ".htm", ".xlsx"}:
        raise UserError(
            f"Rapporten skrives som nettside eller arbeidsbok; gi {ut.name} et navn som slutter på .html eller .xlsx.",
            code="feil-endelse",
        )
    if ut.resolve() in {fil.resolve() for fil in inn}:
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
