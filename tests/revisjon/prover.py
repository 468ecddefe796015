"""For hvert funnslag: linjer som skal gi funnet, og nesten like linjer som ikke skal det."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revisjonshjelp import busy_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revisjonshjelp import Line

Rows = "Sequence[tuple[int, Line]]"


@dataclass(frozen=True, slots=True)
class Prove:
    """Et funnslag, linjene som skal treffe, og linjene som nesten gjør det; ``felles`` er med begge gangene."""

    slag: str
    treffer: Sequence[tuple[int, Line]]
    nesten: Sequence[tuple[int, Line]]
    felles: Sequence[tuple[int, Line]] = ()


def _each_month(line: Line) -> list[tuple[int, Line]]:
    return [(month, (*line[:-1], line[-1] + month)) for month in range(1, 13)]


_FOOD = [(m, ("11150", "600", "20100", "", f"Matvarer {n}", "Matgrossisten AS", 900 + 11 * m + n)) for m in range(1, 13) for n in range(3)]  # fmt: skip
_INVOICE: Line = ("11050", "500", "20200", "", "Faktura 778812 lærebøker", "Skolebok AS", 15_400)
_LEASE = [
    (m, ("12200", "500", "20200", "", f"Leie kopimaskin avtale 445566 {m}", "Leie AS", 4_500)) for m in range(1, 7)
]

PROVER: tuple[Prove, ...] = (
    Prove(
        "R-GYLDIG",
        [(3, ("12700", "500", "20200", "", "Vikarbyrå", "Vikar AS", 12_000))],
        [(3, ("12710", "500", "20200", "", "Vikarbyrå", "Vikar AS", 12_000))],
    ),
    Prove(
        "R-KOMBINASJON",
        [(5, ("18000", "500", "20200", "", "Rammetilskudd", "", -50_000))],
        [(5, ("18000", "900", "84000", "", "Rammetilskudd", "", -50_000))],
    ),
    Prove(
        "R-FORBUDT",
        [(12, ("15900", "500", "86000", "", "Avskrivninger", "", 50_000))],
        [(12, ("15900", "500", "22200", "", "Avskrivninger", "", 50_000))],
    ),
    Prove(
        "R-ULOGISK",
        [(5, ("15200", "500", "20200", "", "Utlån", "", 50_000))],
        [(5, ("15200", "500", "28100", "", "Utlån", "", 50_000))],
    ),
    Prove(
        "R-REGEL",
        [(6, ("11500", "600", "20100", "", "Strøm", "Nytt Kraftlag SA", 6_100))],
        [(6, ("11800", "600", "20100", "", "Strøm", "Nytt Kraftlag SA", 6_100))],
    ),
    Prove(
        "R-REGEL-FUNKSJON",
        [(6, ("10100", "950", "32500", "", "Lønn lærere grunnskolen", "", 6_100_000))],
        [(6, ("10100", "950", "20200", "", "Lønn lærere grunnskolen", "", 6_100_000))],
    ),
    Prove(
        "R-TEKST-ART",
        [(6, ("12090", "600", "20100", "", "Porto og frakt", "Nytt Utstyr AS", 6_100))],
        [(6, ("11300", "600", "20100", "", "Porto og frakt", "Nytt Utstyr AS", 6_100))],
    ),
    Prove(
        "R-TEKST-FUNKSJON",
        [(6, ("11200", "950", "32500", "", "Bustad", "", 6_100_000))],
        [(6, ("11200", "950", "26500", "", "Bustad", "", 6_100_000))],
        [(m, ("11200", "960", "26500", "", "Bustad", "", 900 + m)) for m in range(1, 13)],
    ),
    Prove(
        "R-VANE-ART",
        [(6, ("11500", "600", "20100", "", "", "Matgrossisten AS", 6_100))],
        [(6, ("11150", "600", "20100", "", "", "Matgrossisten AS", 6_100))],
    ),
    Prove(
        "R-VANE-FUNKSJON",
        [(6, ("11150", "600", "25300", "", "Matvarer", "Matgrossisten AS", 6_100))],
        [(6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))],
        busy_unit(),
    ),
    Prove(
        "R-DRIFT-INVESTERING",
        [(6, ("01150", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))],
        [(6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS", 6_100))],
    ),
    Prove(
        "R-PRAKSIS",
        _each_month(("11100", "700", "25300", "", "Kontorrekvisita og papir", "Kontor AS", 3_000)),
        _each_month(("11000", "700", "25300", "", "Kontorrekvisita og papir", "Kontor AS", 3_000)),
    ),
    Prove(
        "R-MOTPART",
        [(6, ("13700", "700", "25300", "", "Plass på sykehjem", "Nordre Land kommune", 61_000))],
        [(6, ("13500", "700", "25300", "", "Plass på sykehjem", "Nordre Land kommune", 61_000))],
    ),
    Prove(
        "R-ORGNR",
        [(6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS|974760674", 6_100))],
        [(6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS|974760673", 6_100))],
    ),
    Prove(
        "R-SERIE",
        [(6, ("14700", "700", "25300", "", "Kontorrekvisita", "Papir AS", 61_000))],
        [(6, ("11000", "700", "25300", "", "Kontorrekvisita", "Papir AS", 61_000))],
    ),
    Prove(
        "R-LONN",
        [(6, ("10200", "700", "25300", "", "Faktura 33881", "Vikar AS", 61_000))],
        [(6, ("10200", "700", "25300", "", "Vikar sykdom", "", 61_000))],
    ),
    Prove(
        "R-NETTO",
        [(6, ("10100", "700", "25300", "", "Refusjon sykepenger", "", -61_000))],
        [(6, ("17100", "700", "25300", "", "Refusjon sykepenger", "", -61_000))],
    ),
    Prove(
        "R-SMAA-INVESTERING",
        [(6, ("02000", "800", "22200", "P9", "Kontorstoler", "Møbel AS", 41_000))],
        [(6, ("02000", "800", "22200", "P9", "Kontorstoler", "Møbel AS", 410_000))],
    ),
    Prove(
        "R-STOR-DRIFT",
        [(6, ("12000", "800", "22200", "", "Gravemaskin", "Maskin AS", 710_000))],
        [(6, ("12000", "800", "22200", "", "Gravemaskin", "Maskin AS", 71_000))],
    ),
    Prove(
        "R-FORTEGN",
        [(6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS", -4_321))],
        [(6, ("11150", "600", "20100", "", "Matvarer", "Matgrossisten AS", b)) for b in (-4_321, 4_321)],
        _FOOD,
    ),
    Prove("R-DUBLETT", [(3, _INVOICE), (4, _INVOICE)], [(3, _INVOICE), (4, _INVOICE), (5, (*_INVOICE[:-1], -15_400))]),
    Prove(
        "R-DUBLETT",
        [(3, _INVOICE), (4, ("11200", "700", "25300", *_INVOICE[3:]))],
        [(m, ("11950", "500", "20200", "", f"Abonnement {m:02}.2026", "Avis AS", 1_500)) for m in range(1, 7)],
    ),
    Prove(
        "R-DUBLETT",
        [(3, _INVOICE), (4, _INVOICE)],
        [(m, (*line[:4], "Leie avtale 445566", *line[5:])) for m, line in _LEASE],
    ),
    Prove(
        "R-INTERN-FUNKSJON",
        [(3, ("11000", "900", "19000", "", "Kontorrekvisita", "Papir AS", 1_000))],
        [(3, ("11000", "900", "19000", "", "Kontorrekvisita", "Papir AS", b)) for b in (1_000, -1_000)],
    ),
    Prove(
        "R-INTERN-ART",
        [(3, ("12900", "500", "20200", "", "Internkjøp vaktmester", "", 7_000))],
        [
            (3, (f"1{art}0", "500", "20200", "", "Intern vaktmester", "", b))
            for art, b in (("290", 7_000), ("790", -7_000))
        ],
    ),
    Prove(
        "R-MVA",
        [(3, ("14290", "500", "20200", "", "Merverdiavgift", "", 8_000))],
        [(3, (f"1{art}0", "500", "20200", "", "Avgift", "", b)) for art, b in (("429", 8_000), ("729", -8_000))],
    ),
    Prove(
        "R-MVA-PLIKTIG",
        [(3, (f"1{art}0", "500", "34500", "", "Avgift", "", b)) for art, b in (("429", 8_000), ("729", -8_000))],
        [(3, (f"1{art}0", "500", "33200", "", "Avgift", "", b)) for art, b in (("429", 8_000), ("729", -8_000))],
    ),
    Prove(
        "R-FODSELSNUMMER",
        [(3, ("14700", "500", "20200", "", "Stønad 01017012345", "", 5_000))],
        [(3, ("14700", "500", "20200", "", "Til konto 1503.12.34567", "", 5_000))],
    ),
    Prove(
        "R-NAVN",
        [(3, ("14700", "500", "28100", "", "Livsopphold Kari Hansen", "", 5_000))],
        [(3, ("14700", "500", "28100", "", "Livsopphold Kari Hansens vei 4", "Hansen Bygg AS", 5_000))],
    ),
)
