"""Skillene i ``rules/sporsmal/skiller.csv``: spørsmål som deler nærliggende koder i grupper."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk.tabell import Rad

_REST = "*"


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Ett svar på et skille.

    Attributes:
        tekst: Svaret.
        koder: Kodene det peker på.
        serier: Begynnelsen på koder det peker på (``6`` er alle inntektsarter i 600-serien).
        kjent: Det svaret sier om saken, f.eks. ``(("retning", "utgift"),)``.
    """

    tekst: str
    koder: frozenset[str]
    serier: tuple[str, ...] = ()
    kjent: tuple[tuple[str, str], ...] = ()

    def has(self, kode: str) -> bool:
        """Om koden er i gruppen."""
        return kode in self.koder or kode.startswith(self.serier)


@dataclass(frozen=True, slots=True)
class Skille:
    """Et spørsmål som skiller mellom koder i én dimensjon."""

    id: str
    dimensjon: str
    sporsmal: str
    grupper: tuple[Gruppe, ...]


def load(path: Path) -> tuple[Skille, ...]:
    """Leser skillene, ett svar per linje.

    Raises:
        UserError: filen kan ikke leses, eller et felt mangler.
    """
    columns = ("id", "dimensjon", "sporsmal", "svar", "koder", "kjent", "kilde", "sikkerhet")
    groups: dict[str, list[Rad]] = defaultdict(list)
    for row in read(path, columns, unik=("id", "svar")):
        groups[row.tekst("id")].append(row)
    return tuple(
        Skille(name, rows[0].dimensjon(), rows[0].tekst("sporsmal"), tuple(_gruppe(row) for row in rows))
        for name, rows in groups.items()
    )


def _gruppe(row: Rad) -> Gruppe:
    known = tuple((name, value) for pair in row.liste("kjent") for name, _, value in [pair.partition("=")])
    listed = row.liste("koder")
    series = tuple(kode.removesuffix(_REST) for kode in listed if kode.endswith(_REST))
    return Gruppe(row.tekst("svar"), frozenset(k for k in listed if not k.endswith(_REST)), series, known)


@cache
def distinctions() -> tuple[Skille, ...]:
    """Skillene som følger med programmet; leses én gang."""
    return load(data_path("rules/sporsmal/skiller.csv"))
