"""Valgene til ``revider`` som gjelder utvalg, og planen de blir til."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.utvalg.plan import Plan

Metode = Annotated[
    Literal["mus", "stratifisert"] | None,
    typer.Option(
        "--utvalg",
        metavar="METODE",
        help="Trekk også et utvalg til revisjon: mus (etter beløp) eller stratifisert (tilfeldig innen beløpsklasser).",
        show_default=False,
    ),
]
Vesentlighet = Annotated[
    str | None,
    typer.Option(
        "--vesentlighet",
        metavar="KRONER",
        help="Med --utvalg eller --evaluer: den største feilen som kan godtas.",
        show_default=False,
    ),
]
Konfidens = Annotated[
    str | None,
    typer.Option(
        "--konfidens",
        metavar="ANDEL",
        help="Med --utvalg eller --evaluer: hvor sikker konklusjonen skal være. Standard er 0.95.",
        show_default=False,
    ),
]
ForventetFeil = Annotated[
    str | None,
    typer.Option(
        "--forventet-feil",
        metavar="KRONER",
        help="Med --utvalg: feilen som ventes. Jo mer, jo større utvalg.",
        show_default=False,
    ),
]
Fro = Annotated[
    int | None,
    typer.Option(
        "--fro",
        metavar="TALL",
        help="Med --utvalg: samme tall gir samme utvalg. Uten det trekkes et, som står i rapporten.",
        show_default=False,
    ),
]
PerOmraade = Annotated[
    bool,
    typer.Option("--per-omraade", help="Med --utvalg stratifisert: egne strata for hvert tjenesteområde."),
]
Bare = Annotated[
    list[str] | None,
    typer.Option(
        "--bare",
        metavar="KODER",
        help="Med --utvalg: trekk bare av disse, f.eks. art=100-299, funksjon=202, klasse=drift eller omraade=Barnehage. Kan gjentas.",
    ),
]
Evaluer = Annotated[
    Path | None,
    typer.Option(
        "--evaluer",
        metavar="UTVALG.xlsx",
        help="Les et ferdig revidert utvalg, og si om posteringene kan godtas. HOVEDBOK utelates.",
        show_default=False,
    ),
]
Forelopig = Annotated[
    bool, typer.Option("--forelopig", help="Med --evaluer: regn selv om rader gjenstår, uten å konkludere.")
]


def plan_of(
    metode: Literal["mus", "stratifisert"] | None,
    *,
    vesentlighet: str | None,
    konfidens: str | None,
    forventet_feil: str | None,
    fro: int | None,
    per_omraade: bool,
    bare: Sequence[str] | None,
) -> Plan | None:
    """Planen, eller ``None`` når det ikke er bedt om noe utvalg.

    Raises:
        UserError: et valg mangler, står uten ``--utvalg``, eller kan ikke brukes.
    """
    if metode is None:
        refuse_without(
            "--utvalg mus eller --utvalg stratifisert",
            {
                "--vesentlighet": vesentlighet,
                "--konfidens": konfidens,
                "--forventet-feil": forventet_feil,
                "--fro": fro is not None,
                "--per-omraade": per_omraade,
                "--bare": bare,
            },
        )
        return None
    if vesentlighet is None:
        raise UserError(
            f"--utvalg {metode} trenger den største feilen som kan godtas; oppgi den i kroner, f.eks. --vesentlighet 500000.",
            code="utvalg-uten-vesentlighet",
        )
    from kontoplan.revisjon.vesentlighet import area_names  # noqa: PLC0415 - lastes når den trengs
    from kontoplan.utvalg.plan import make_plan  # noqa: PLC0415 - det samme

    return make_plan(
        metode,
        vesentlighet=vesentlighet,
        konfidens=konfidens or "0.95",
        forventet_feil=forventet_feil or "0",
        fro=fro,
        per_omraade=per_omraade,
        bare=bare or (),
        omraader=area_names(),
    )


def sheet_of(ut: Sequence[Path]) -> Path | None:
    """Den av filene som er en arbeidsbok; bare der er det plass til utvalget."""
    return next((path for path in ut if path.suffix.lower() == ".xlsx"), None)


def check_sample_target(ut: Sequence[Path], form: str) -> None:
    """Nekter å trekke et utvalg som ikke kommer ut noe sted.

    Raises:
        UserError: bare nettside er valgt, eller ``jsonl`` uten noen fil.
    """
    if ut and sheet_of(ut) is None:
        raise UserError(
            f"Utvalget skal fylles ut og skrives som arbeidsbok, men {ut[0].name} er en nettside; legg til -o UTVALG.xlsx.",
            code="utvalg-nettside",
        )
    if form == "jsonl" and not ut:
        raise UserError(
            "--format jsonl gir ett funn per linje og har ikke plass til utvalget; bruk --format json, eller skriv det med -o RAPPORT.xlsx.",
            code="utvalg-jsonl",
        )


def refuse_without(needed: str, given: dict[str, object]) -> None:
    """Nekter valg som bare gjelder sammen med noe som ikke er oppgitt.

    Raises:
        UserError: minst ett av dem er oppgitt.
    """
    wrong = [name for name, value in given.items() if value]
    if wrong:
        raise UserError(
            f"{' og '.join(wrong)} gjelder bare sammen med {needed}; legg det til, eller ta det bort.",
            code="valg-uten-utvalg",
        )
