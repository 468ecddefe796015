"""En liten, riktig hovedbok som testene legger feil i."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan import revider

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kontoplan.revisjon.funn import Funn
    from kontoplan.revisjon.revisjon import Revisjon
    from kontoplan.revisjon.vesentlighet import Omraade

HEADS = "Bilag;Bilagsdato;Konto;Ansvar;Funksjon;Prosjekt;Tekst;Leverandør;Beløp"
# konto, ansvar, funksjon, prosjekt, tekst, leverandør (kan ha «|organisasjonsnummer»), beløp
Line = tuple[str, str, str, str, str, str, float]

_LINES: tuple[Line, ...] = (
    ("10100", "500", "20200", "", "Lønn faste stillinger", "", 250_000),
    ("10990", "500", "20200", "", "Arbeidsgiveravgift", "", 35_000),
    ("11050", "500", "20200", "", "Lærebøker", "Skolebok AS", 8_000),
    ("11000", "500", "20200", "", "Kontorrekvisita", "Papir AS", 2_100),
    ("11500", "500", "20200", "", "Kurs for lærere", "Kurs AS", 4_300),
    ("10100", "600", "20100", "", "Lønn faste stillinger", "", 180_000),
    ("10990", "600", "20100", "", "Arbeidsgiveravgift", "", 25_000),
    ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_500),
    ("11000", "600", "20100", "", "Kontorrekvisita", "Papir AS", 1_400),
    ("11150", "700", "25300", "", "Matvarer", "Matgrossisten AS", 21_000),
    ("10100", "700", "25300", "", "Lønn faste stillinger", "", 400_000),
    ("11140", "700", "25300", "", "Medisiner", "Apotek AS", 9_000),
    ("16000", "700", "25300", "", "Egenbetaling opphold", "", -30_000),
    ("02300", "800", "22200", "P8", "Byggearbeid ny skole", "Entreprenør AS", 500_000),
    ("02300", "800", "22200", "P8", "Prosjektering ny skole", "Arkitekt AS", 90_000),
)


def right() -> list[tuple[int, Line]]:
    """De riktige linjene for hver måned; beløpene varierer litt, så ingenting ser dobbeltført ut."""
    return [(month, (*line[:-1], line[-1] + month * 7)) for month in range(1, 13) for line in _LINES]


def busy_unit() -> list[tuple[int, Line]]:
    """Flere riktige posteringer i barnehagen, med hver sin tekst, så det er noe å sammenligne en funksjon med."""
    words = [
        "leker",
        "tegnesaker",
        "bleier",
        "vaskemidler",
        "såpe",
        "kaffe",
        "frukt",
        "melk",
        "brød",
        "tøy",
        "sengetøy",
        "regnklær",
        "sykler",
        "bøker",
        "spill",
        "perler",
        "lim",
        "saks",
        "maling",
        "kritt",
    ]
    return [
        (1 + at % 12, ("11200", "600", "20100", "", f"Innkjøp {word}", "Varehus AS", 300 + 17 * at))
        for at, word in enumerate(words)
    ]


def audit(
    folder: Path, extra: Iterable[tuple[int, Line]] = (), *, base: Sequence[tuple[int, Line]] | None = None
) -> Revisjon:
    """Revisjonen av den riktige hovedboken med noe lagt til; ``extra`` er (måned, linje)."""
    path = folder / "bok.csv"
    rows = [*(right() if base is None else base), *extra]
    lines = [
        f"{1000 + at};15.{month:02}.2026;{konto};{ansvar};{funksjon};{prosjekt};{tekst};{leverandor.partition('|')[0]};{str(belop).replace('.', ',')};{leverandor.partition('|')[2]}"
        for at, (month, (konto, ansvar, funksjon, prosjekt, tekst, leverandor, belop)) in enumerate(rows)
    ]
    path.write_text("\n".join([f"{HEADS};Orgnr", *lines]) + "\n", encoding="utf-8")
    return revider(path, aar=2026)


def of_kind(answer: Revisjon, kind: str) -> list[Funn]:
    """Funnene av ett slag."""
    return [finding for finding in answer.funn if finding.funn == kind]


def first_extra() -> int:
    """Radnummeret til den første linjen som er lagt til."""
    return len(right()) + 2


def area(answer: Revisjon, navn: str) -> Omraade:
    """Tjenesteområdet med navnet."""
    (found,) = [omraade for omraade in answer.omraader if omraade.navn == navn]
    return found
