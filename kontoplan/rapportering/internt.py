"""Det som bare finnes internt, skal gå i null før det tas ut: 190, 290, 690 og 790, og det kommunen selv ikke rapporterer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.fordeling.bilag import norske_kroner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.rapportering.saldo import Del


_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Internsum:
    """En intern funksjon, eller de interne artene under ett, i en kontoklasse.

    Attributes:
        klasse: KOSTRA-kontoklassen.
        hva: ``funksjon 190``, ``interne arter (290, 790)`` eller ``balansekontoer``.
        ore: Summen; 0 når den går opp.
        deler: De enkelte lokale kontoene, størst først: konto, funksjon, ansvar og øre.
        poster: Delene av hovedboken som er summert.
    """

    klasse: str
    hva: str
    ore: int
    deler: tuple[tuple[str, str, str, int], ...]
    poster: tuple[Del, ...]

    @property
    def setning(self) -> str:
        """Summen og de største kontoene, når den ikke er null."""
        where = "; ".join(
            f"konto {k}{f', funksjon {f}' if f else ''}{f', ansvar {a}' if a else ''}: {norske_kroner(o)}"
            for k, f, a, o in self.deler[:_SHOWN]
        )
        return f"{self.hva} i kontoklasse {self.klasse} er {norske_kroner(self.ore)} kr og ikke null ({where})"


def internal_sums(parts: Iterable[Del]) -> tuple[Internsum, ...]:
    """Summene som hver for seg skal være null."""
    groups: dict[tuple[str, str], list[Del]] = defaultdict(list)
    for part in parts:
        if part.sted == "internt":
            what = (
                f"funksjon {part.intern_funksjon}"
                if part.intern_funksjon
                else "balansekontoer"
                if not part.art
                else "arter"
            )
            groups[part.klasse, what].append(part)
    return tuple(_sum(klasse, what, found) for (klasse, what), found in sorted(groups.items()))


def _sum(klasse: str, what: str, parts: list[Del]) -> Internsum:
    by_account: dict[tuple[str, str, str], int] = defaultdict(int)
    for part in parts:
        by_account[part.saldo.konto, part.saldo.funksjon, part.saldo.ansvar] += part.ore
    largest = sorted(
        ((*key, ore) for key, ore in by_account.items() if ore), key=lambda item: (-abs(item[3]), item[:3])
    )
    name = f"interne arter ({', '.join(sorted({part.art for part in parts}))})" if what == "arter" else what
    return Internsum(klasse, name, sum(part.ore for part in parts), tuple(largest), tuple(parts))
