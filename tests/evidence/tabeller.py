"""Små kontoplaner til testene av vitnene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.evidence import number
from kontoplan.evidence.codes import NATIONAL, Codes, codes
from kontoplan.evidence.wording import wording
from kontoplan.kodeverk import Kodeverk
from kontoplan.lesing import Konto
from kontoplan.text import read
from kontoplan.usecases.koble import judge_accounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.evidence.reading import Reading
    from kontoplan.sak import Dimensjon, Vurdering

ARTER = [
    ("010", "Fastlønn"),
    ("020", "Lønn vikarer"),
    ("030", "Ekstrahjelp"),
    ("040", "Overtid"),
    ("090", "Pensjonsinnskudd"),
    ("099", "Arbeidsgiveravgift"),
    ("100", "Kontormateriell"),
    ("115", "Matvarer"),
    ("120", "Annet forbruksmateriell"),
    ("130", "Post og telefon"),
    ("180", "Strøm"),
    ("195", "Avgifter og gebyrer"),
    ("200", "Inventar og utstyr"),
    ("230", "Vedlikehold bygg"),
    ("429", "Merverdiavgift"),
    ("600", "Brukerbetaling"),
    ("700", "Refusjon fra staten"),
]
FUNKSJONER = [
    ("100", "Politisk styring"),
    ("110", "Kontroll og revisjon"),
    ("120", "Administrasjon"),
    ("201", "Barnehage"),
    ("202", "Grunnskole"),
    ("221", "Barnehagelokaler"),
    ("222", "Skolelokaler"),
    ("253", "Sykehjem"),
    ("370", "Bibliotek"),
    ("383", "Kulturskole"),
]
PRIOR: dict[Dimensjon, tuple[float, float]] = {
    "art": (8.0, 0.4),
    "funksjon": (4.0, 1.0),
    "ansvar": (0.3, 4.0),
    "balanse": (6.0, 0.6),
}


def listed(dimensjon: Dimensjon, aar: int = 2026) -> Codes:
    return codes(Kodeverk.for_aar(aar), NATIONAL[dimensjon])


def pattern(rows: Sequence[tuple[str, str]], dimensjon: Dimensjon = "art") -> number.NumberWitness:
    own = listed(dimensjon)
    compare = wording(own).compare
    found = number.infer([number.Row(n, compare(read(t))) for n, t in rows], own, PRIOR[dimensjon], 9.0)
    assert found is not None
    return found


def reading(nummer: str, rows: Sequence[tuple[str, str]], dimensjon: Dimensjon = "art") -> Reading:
    found = pattern(rows, dimensjon).scheme.read(nummer)
    assert found is not None
    return found


def judged(rows: Sequence[tuple[str, str]], dimensjon: Dimensjon = "art") -> list[Vurdering]:
    kontoer = [Konto("plan.xlsx", "Ark1", at, 0, dimensjon, n, t) for at, (n, t) in enumerate(rows, 1)]
    return judge_accounts(kontoer, Kodeverk.for_aar(2026))
