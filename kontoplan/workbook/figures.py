"""Tallene i sammendraget: kontoer og beløp per status og dimensjon."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kontoplan.status import STATUSER

if TYPE_CHECKING:
    from kontoplan.kobling import Kobling
    from kontoplan.sak import Dimensjon, Status

Rute = tuple["Status", "Dimensjon"]


@dataclass(frozen=True, slots=True)
class Opptelling:
    """Kontoene talt opp.

    Attributes:
        dimensjoner: Dimensjonene kontoplanen har, i fast rekkefølge.
        antall: Antall kontoer per status og dimensjon.
        belop: Kroner per status og dimensjon; tom når ingen kontoer har beløp.
    """

    dimensjoner: tuple[Dimensjon, ...]
    antall: dict[Rute, int]
    belop: dict[Rute, Decimal]

    @property
    def statuser(self) -> list[Status]:
        """Alle statusene, i den rekkefølgen de vises."""
        return list(STATUSER)

    @property
    def sum(self) -> int:
        """Antall kontoer i alt."""
        return sum(self.antall.values())

    def kontoer(self, status: Status | None = None, dimensjon: Dimensjon | None = None) -> int:
        """Antall kontoer med statusen og dimensjonen; ``None`` betyr alle."""
        return sum(n for (s, d), n in self.antall.items() if status in {None, s} and dimensjon in {None, d})

    def kroner(self, status: Status | None = None, dimensjon: Dimensjon | None = None) -> float:
        """Summen av beløpene, i kroner; ``None`` betyr alle."""
        return float(
            sum((b for (s, d), b in self.belop.items() if status in {None, s} and dimensjon in {None, d}), Decimal(0))
        )


def tally(kobling: Kobling) -> Opptelling:
    """Teller opp kontoene i en kobling."""
    antall: Counter[Rute] = Counter()
    belop: dict[Rute, Decimal] = {}
    for rad in kobling.rader:
        rute = (rad.vurdering.status, rad.konto.dimensjon)
        antall[rute] += 1
        if rad.konto.belop is not None and rad.konto.belop.is_finite():
            belop[rute] = belop.get(rute, Decimal(0)) + rad.konto.belop
    rekkefolge: tuple[Dimensjon, ...] = ("art", "funksjon", "ansvar", "balanse")
    brukt = {dimensjon for _, dimensjon in antall}
    return Opptelling(tuple(d for d in rekkefolge if d in brukt), dict(antall), belop)
