"""Deling av øre uten at noe blir borte: største rest først, og like rester i den rekkefølgen nøklene står."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

REGEL = (
    "Hver del er beløpet ganger andelen, avrundet ned til hele øre. Ørene som da er igjen, går ett og ett til delene med "
    "størst rest; er restene like, til den som står først i nøklene. Negative beløp deles på samme måte med motsatt fortegn."
)


def divide(ore: int, weights: Sequence[Fraction]) -> list[int]:
    """``ore`` delt etter vektene; summen er alltid ``ore``.

    Args:
        ore: Beløpet i øre, også negativt.
        weights: Andelene, ikke negative og med sum over 0.

    >>> divide(100, [Fraction(1, 3)] * 3), divide(-100, [Fraction(2), Fraction(1)])
    ([34, 33, 33], [-67, -33])
    """
    total = sum(weights, Fraction(0))
    exact = [abs(ore) * weight / total for weight in weights]
    parts = [part.__floor__() for part in exact]
    left = abs(ore) - sum(parts)
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[:left]:
        parts[at] += 1
    return [part if ore >= 0 else -part for part in parts]


def divide_to(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Radsummene delt på kolonnene slik at både rader og kolonner går opp, på øret.

    Brukes når mottakerne skal ha faste beløp og hver art skal deles: begge summene er gitt. Delene ligger så nær den
    jevne delingen som det går.

    Args:
        rows: Radsummene i øre.
        columns: Kolonnesummene i øre; samme totalsum, og ikke 0.

    >>> divide_to([100, 50], [75, 75])
    [[50, 50], [25, 25]]
    """
    total = sum(rows)
    exact = [[Fraction(row * column, total) for column in columns] for row in rows]
    parts = [[cell.__floor__() for cell in line] for line in exact]
    row_left = [row - sum(line) for row, line in zip(rows, parts, strict=True)]
    column_left = [column - sum(line[at] for line in parts) for at, column in enumerate(columns)]
    cells = [(parts[i][j] - exact[i][j], i, j) for i in range(len(rows)) for j in range(len(columns))]
    for _, i, j in sorted(cells):
        if row_left[i] and column_left[j] and parts[i][j] != exact[i][j]:
            parts[i][j] += 1
            row_left[i] -= 1
            column_left[j] -= 1
    for i in range(len(rows)):
        for j in range(len(columns)):
            moved = min(row_left[i], column_left[j])
            parts[i][j] += moved
            row_left[i] -= moved
            column_left[j] -= moved
    return parts
