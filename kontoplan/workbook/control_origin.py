"""Arket Hovedbok i kontrollrapporten: alle radene i hovedboken bak funnene."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontoplan.kostra.opphav import Opphav
from kontoplan.workbook.cells import row_ranges
from kontoplan.workbook.table import Felt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.kostra.opphav import Opphavsdel
    from kontoplan.kostra.rapport import Kontrollrapport

_PER_CELL = 2_000
"""Så mange rader får alltid plass i én celle, også når de står spredt; flere får en linje til."""
_ORE = 100


@dataclass(frozen=True, slots=True)
class Opphavslinje:
    """En linje i arket: rader fra ett ark bak en linje i uttrekket, eller bak et funn uten linje.

    Attributes:
        kontroller: Kontrollene med funn på linjen, eller det funnet heter.
        linje: Linjen i uttrekket; ``None`` når det rammede ikke kom med.
        del_: Kontoen og beløpet.
        ark: Arket i hovedboken; tomt når den ikke har ark.
        rader: Radnumrene.
        forste: Om beløpet skal vises; det står bare én gang for hver del.
    """

    kontroller: str
    linje: int | None
    del_: Opphavsdel
    ark: str
    rader: Sequence[int]
    forste: bool


FIELDS: Final[list[Felt[Opphavslinje]]] = [
    Felt("Kontroll", lambda r: r.kontroller, "brytes", 12, 30),
    Felt("Linje", lambda r: r.linje, "radnummer", 8, 10),
    Felt("Konto", lambda r: r.del_.rader.konto, "kode", 10, 16),
    Felt("Funksjon", lambda r: r.del_.rader.funksjon, "kode", 10, 14),
    Felt("Ansvar", lambda r: r.del_.rader.ansvar, "kode", 10, 14),
    Felt("Kroner", lambda r: r.del_.ore / _ORE if r.forste else None, "kroner", 14, 18),
    Felt("Ark", lambda r: r.ark, "tekst", 10, 24),
    Felt("Rader", lambda r: len(r.rader), "heltall", 8, 10),
    Felt("Radnumre", lambda r: row_ranges(r.rader), "brytes", 40, 90),
]


def origin_lines(rapport: Kontrollrapport) -> Iterator[Opphavslinje]:
    """Linjene i arket: først det som ikke kom med i uttrekket, så hver linje i uttrekket som har et funn, én gang."""
    by_line: dict[int, dict[str, None]] = defaultdict(dict)
    for gruppe in rapport.grupper:
        if gruppe.opphav:
            yield from _lines(gruppe.emne, None, gruppe.opphav)
        for linje in gruppe.linjer or gruppe.poster:
            by_line[linje][gruppe.kontroll or gruppe.emne] = None
    if rapport.opphav:
        for linje, found in sorted(by_line.items()):
            if isinstance(origin := rapport.opphav[linje - 1], Opphav):
                yield from _lines(", ".join(found), linje, origin)


def _lines(kontroller: str, linje: int | None, origin: Opphav) -> Iterator[Opphavslinje]:
    for part in origin.deler:
        first = True
        for ark, rader in part.rader.plasser:
            for at in range(0, len(rader), _PER_CELL):
                yield Opphavslinje(kontroller, linje, part, ark, rader[at : at + _PER_CELL], first)
                first = False
