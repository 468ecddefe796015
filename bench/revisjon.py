"""Måler ``kontoplan revider`` på hovedbøker der en kjent andel av posteringene er flyttet til gale koder.

    python -m bench.revisjon            # det den er utviklet på
    python -m bench.revisjon --prove    # andre frø, annen blanding av feil og annen andel; ikke sett på under utviklingen

For hver hovedbok: andelen av de hundre øverste radene som er flyttet, andelen av de flyttede kronene som står i de 5 % øverste radene, og
funn på rader som ikke er flyttet. Grunnlinjen er bare gyldighet og SSBs kombinasjonskontroller, rangert på beløp. Summer som ikke går opp
(serviceenheter, fordelinger, kompensasjon) peker ikke på én rad og er ikke med.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.feilforinger import ALLE, ALLE_ANNERLEDES, ANNEN_MIKS, MIKS, misplace
from bench.hovedbokdata import make, write_csv
from kontoplan import revider

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.feilforinger import Feil
    from bench.hovedbokdata import Postering
    from kontoplan.revisjon.funn import Funn

BASELINE = frozenset({"R-GYLDIG", "R-KOMBINASJON"})
_TOP, _SHARE = 100, 0.05


@dataclass(frozen=True, slots=True)
class Oppsett:
    """En hovedbok med feil."""

    bok: int
    feil: int
    rader: int
    andel: float
    serier: float
    miks: Mapping[str, float]


UTVIKLING = (
    Oppsett(1, 11, 60_000, 0.01, 0.25, MIKS),
    Oppsett(2, 12, 60_000, 0.01, 0.25, MIKS),
    Oppsett(3, 13, 60_000, 0.01, 0.25, ALLE),
)
PROVE = (
    Oppsett(71, 911, 45_000, 0.02, 0.4, ANNEN_MIKS),
    Oppsett(72, 912, 90_000, 0.005, 0.15, ANNEN_MIKS),
    Oppsett(73, 913, 60_000, 0.015, 0.3, ALLE_ANNERLEDES),
    Oppsett(74, 914, 45_000, 0.006, 0.2, ALLE_ANNERLEDES),
)


@dataclass(frozen=True, slots=True)
class Maal:
    """Ett sett tall: presisjon blant de øverste, andel kroner i de øverste 5 %, falske funn og funne feil."""

    presisjon: float
    kroner: float
    falske: int
    funnet: int


def score(found: Sequence[Funn], posts: Sequence[Postering], feil: Sequence[Feil]) -> Maal:
    """Tallene for en rangert liste med funn; rad 2 er den første posteringen."""
    wrong = {item.at + 2 for item in feil}
    ranked = list(dict.fromkeys(item.rad for item in found))
    top = ranked[:_TOP]
    kroner = {row: abs(posts[row - 2].ore) for row in wrong}
    few = set(ranked[: int(_SHARE * len(posts))])
    return Maal(
        sum(row in wrong for row in top) / max(len(top), 1),
        sum(ore for row, ore in kroner.items() if row in few) / sum(kroner.values()),
        len(set(ranked) - wrong),
        len(wrong & set(ranked)),
    )


def measure(setup: Oppsett) -> None:
    """Lager, reviderer og skriver tallene."""
    posts, feil = misplace(
        make(setup.bok, 2026, setup.rader), fro=setup.feil, andel=setup.andel, serier=setup.serier, miks=setup.miks
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hovedbok.csv"
        write_csv(posts, path)
        start = time.perf_counter()
        answer = revider(path, aar=2026)
        seconds = time.perf_counter() - start
    found = [item for item in answer.funn if not item.sum]
    print(f"hovedbok {setup.bok}, feil {setup.feil}: {len(posts)} rader, {len(feil)} flyttet, {seconds:.1f} s")
    base = sorted((f for f in found if f.funn in BASELINE), key=lambda f: -abs(f.belop))
    for name, items in (("revider", found), ("bare kontrollene", base)):
        m = score(items, posts, feil)
        print(
            f"  {name:16} topp 100: {m.presisjon:6.1%}   kroner i 5 %: {m.kroner:6.1%}   "
            f"funnet: {m.funnet}/{len(feil)}   falske rader: {m.falske} av {len(posts) - len(feil)}"
        )
    likely = [item for item in found if item.sannsynlighet >= 0.5]
    m = score(likely, posts, feil)
    print(f"  sannsynlighet over 0,5: {m.funnet} rette og {m.falske} falske rader")
    _by_kind(found, feil)
    _calibration(found, feil)


def _by_kind(found: Sequence[Funn], feil: Sequence[Feil]) -> None:
    rows = {item.rad for item in found if item.sannsynlighet >= 0.5}
    total, hit = Counter(f.slag for f in feil), Counter(f.slag for f in feil if f.at + 2 in rows)
    print("  funnet over 0,5 etter slag: " + ", ".join(f"{slag} {hit[slag]}/{n}" for slag, n in total.most_common()))
    wrong = {f.at + 2 for f in feil}
    false, right = Counter(), Counter()
    for item in found:
        (right if item.rad in wrong else false)[item.funn] += 1
    print("  rette/falske funn: " + ", ".join(f"{k} {right[k]}/{false[k]}" for k in sorted(right | false)))


def _calibration(found: Sequence[Funn], feil: Sequence[Feil]) -> None:
    wrong = {f.at + 2 for f in feil}
    best: dict[int, float] = {}
    for item in found:
        best[item.rad] = max(best.get(item.rad, 0.0), item.sannsynlighet)
    parts = []
    for low, high in ((0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
        inside = [(p, row in wrong) for row, p in best.items() if low <= p < high]
        if inside:
            said, right = sum(p for p, _ in inside) / len(inside), sum(hit for _, hit in inside) / len(inside)
            parts.append(f"{said:.2f}→{right:.2f} ({len(inside)})")
    print("  sagt→rett: " + ", ".join(parts))


def main() -> None:
    """Måler oppsettene."""
    parser = argparse.ArgumentParser(description="Måler revider mot hovedbøker med kjente feil.")
    parser.add_argument("--prove", action="store_true", help="oppsettene som ikke er sett på under utviklingen")
    for setup in PROVE if parser.parse_args().prove else UTVIKLING:
        measure(setup)


if __name__ == "__main__":
    main()
