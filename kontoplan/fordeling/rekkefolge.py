"""Rekkefølgen enhetene fordeles i, og enheter som betjener hverandre: de løses samtidig, med brøker."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.fordeling.nokler import Enhet, Mal, Nokler

Andeler = dict["Mal", Fraction]
"""Mål → andel; summen er 1."""


@dataclass(frozen=True, slots=True)
class Trinn:
    """Enhetene som fordeles sammen; flere enn én når de betjener hverandre."""

    enheter: tuple[Enhet, ...]

    @property
    def samtidig(self) -> bool:
        """Om enhetene løses samtidig."""
        return len(self.enheter) > 1


def trinn(nokler: Nokler, gir_til: Mapping[str, set[str]]) -> tuple[Trinn, ...]:
    """Trinnene i rekkefølge: etter Steg når det er oppgitt, ellers slik at ingen får noe etter at den er fordelt.

    Args:
        nokler: Nøklene.
        gir_til: Enhetens navn → navnene på enhetene den gir til.

    Raises:
        UserError: bare noen av enhetene har Steg, eller en enhet gir til en som alt er fordelt.
    """
    stepped = [enhet for enhet in nokler.enheter if enhet.steg is not None]
    if stepped and len(stepped) < len(nokler.enheter):
        missing = next(enhet for enhet in nokler.enheter if enhet.steg is None)
        raise UserError(
            f"{nokler.fil}, arket «Enheter», rad {missing.rad}: «{missing.navn}» mangler Steg; fyll ut Steg for alle enhetene, eller la det stå tomt for alle.",
            code="fordel-steg-mangler",
        )
    if stepped:
        return _by_step(nokler, gir_til)
    groups = _groups([enhet.navn for enhet in nokler.enheter], gir_til)
    units = {enhet.navn: enhet for enhet in nokler.enheter}
    return tuple(Trinn(tuple(units[name] for name in group)) for group in groups)


def _by_step(nokler: Nokler, gir_til: Mapping[str, set[str]]) -> tuple[Trinn, ...]:
    steps = {enhet.navn: enhet.steg or 0 for enhet in nokler.enheter}
    for enhet in nokler.enheter:
        for other in sorted(gir_til[enhet.navn]):
            if steps[other] <= steps[enhet.navn]:
                raise UserError(
                    f"{nokler.fil}, arket «Enheter», rad {enhet.rad}: «{enhet.navn}» (steg {steps[enhet.navn]}) gir til «{other}» (steg {steps[other]}), "
                    "som da alt er fordelt; gi mottakeren et høyere steg, eller la Steg stå tomt for alle, så løses de samtidig.",
                    code="fordel-steg-feil",
                )
    return tuple(Trinn((enhet,)) for enhet in sorted(nokler.enheter, key=lambda e: e.steg or 0))


def _groups(names: Sequence[str], gir_til: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """Enhetene i rekkefølge, der de som når hverandre begge veier er én gruppe."""
    reach = {name: _reachable(name, gir_til) for name in names}
    group_of = {name: tuple(o for o in names if o == name or (o in reach[name] and name in reach[o])) for name in names}
    graph = {group: set[tuple[str, ...]]() for group in dict.fromkeys(group_of.values())}
    for name in names:
        for other in gir_til[name]:
            if group_of[other] != group_of[name]:
                graph[group_of[other]].add(group_of[name])
    return list(TopologicalSorter(graph).static_order())


def _reachable(start: str, gir_til: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for other in gir_til[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return seen


def solve(step: Trinn, shares: Mapping[str, Andeler], fil: str) -> dict[str, Andeler]:
    """Andelene til mål utenfor trinnet når enhetene i det betjener hverandre; eksakt, med brøker.

    Det enhet i til slutt gir målet f, er ``E[i,f] = A[i,f] + Σ A[i,j]·E[j,f]`` over enhetene j i trinnet.

    Raises:
        UserError: enhetene gir alt til hverandre, så ingenting kommer ut.
    """
    names = [enhet.navn for enhet in step.enheter]
    inside = {name: {mal.enhet: share for mal, share in shares[name].items() if mal.enhet in names} for name in names}
    targets = list(dict.fromkeys(mal for name in names for mal in shares[name] if mal.enhet not in names))
    if not targets:
        rows = ", ".join(f"«{enhet.navn}» (rad {enhet.rad})" for enhet in step.enheter)
        raise UserError(
            f"{fil}, arket «Enheter»: {rows} gir alt til hverandre, så ingenting kommer ut; la minst én av dem gi noe til en funksjon.",
            code="fordel-lukket-ring",
        )
    matrix = [
        [Fraction(int(i == j)) - inside[a].get(b, Fraction(0)) for j, b in enumerate(names)]
        + [shares[a].get(mal, Fraction(0)) for mal in targets]
        for i, a in enumerate(names)
    ]
    solved = _eliminate(matrix)
    size = len(names)
    return {
        name: {mal: share for mal, share in zip(targets, solved[i][size:], strict=True) if share}
        for i, name in enumerate(names)
    }


def _eliminate(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss-Jordan på en utvidet matrise; i en gruppe der noe kommer ut, er den alltid løsbar."""
    size = len(matrix)
    for column in range(size):
        pivot = next(row for row in range(column, size) if matrix[row][column])
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        scale = matrix[column][column]
        matrix[column] = [cell / scale for cell in matrix[column]]
        for row in range(size):
            factor = matrix[row][column]
            if row != column and factor:
                matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[column], strict=True)]
    return matrix
