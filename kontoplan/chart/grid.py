"""Et ark som rader av celler: bare radene som har innhold, med regnearkets egne radnumre."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field

from kontoplan.chart.limits import MAX_FILLED

Cell = str | float | int | dt.date | dt.time | dt.timedelta | None
"""Innholdet i en celle: tekst uten blanke i endene, tall, dato eller ``None`` når den er tom."""


@dataclass(frozen=True, slots=True)
class Row:
    """En rad med innhold: det 1-baserte radnummeret og cellene fra kolonne A."""

    nr: int
    cells: tuple[Cell, ...]

    def text(self, column: int) -> str:
        """Cellen i kolonnen (0-basert) som tekst; tom tekst når den mangler."""
        return as_text(self.cells[column]) if column < len(self.cells) else ""

    def filled(self, first: int, last: int) -> list[int]:
        """Kolonnene fra og med ``first`` til og med ``last`` som har innhold."""
        return [c for c in range(first, min(last + 1, len(self.cells))) if self.cells[c] is not None]


@dataclass(frozen=True, slots=True)
class Hints:
    """Det som bare filformatet vet om arket: skjulte rader og kolonner, sammenslåtte celler og formler uten verdi."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Et ark: filen det står i, navnet, radene med innhold og det formatet ellers vet."""

    fil: str
    name: str
    rows: tuple[Row, ...]
    hints: Hints = field(default_factory=Hints)

    @property
    def width(self) -> int:
        """Antall kolonner i den bredeste raden."""
        return max((len(row.cells) for row in self.rows), default=0)


def as_text(value: Cell) -> str:
    """Celleverdien slik den leses: ``300.0`` blir ``"300"``, tekst står uendret.

    >>> as_text(300.0), as_text("00300"), as_text(None)
    ('300', '00300', '')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - heltall eksakt i en double
        return str(int(value))
    return str(value)


def clean(value: object) -> Cell:
    """En rå celleverdi fra leseren som ``Cell``; blank tekst og sannhetsverdier er tomme celler."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float, dt.date, dt.time, dt.timedelta)):
        return value
    return None


def make_row(nr: int, values: list[Cell]) -> Row | None:
    """Raden uten tomme celler til høyre, eller ``None`` når hele raden er tom."""
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return Row(nr, tuple(values[:end])) if end else None


def letter(column: int) -> str:
    """Kolonnens bokstav.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """Kolonnens 0-baserte nummer av bokstaven, f.eks. ``"C"`` → 2."""
    index = 0
    for char in name.upper():
        index = index * 26 + ord(char) - 64
    return index - 1


def fill_merged(rows: tuple[Row, ...], merged: tuple[tuple[int, int, int, int], ...]) -> tuple[Row, ...]:
    """Radene med øverste celle gjentatt nedover i loddrett sammenslåtte celler (en avdeling som gjelder flere rader).

    Vannrett sammenslåing fylles ikke ut her: en tittel over hele arket er fortsatt én celle.

    Raises:
        ValueError: sammenslåingene overlapper så mye at filen må være ødelagt.
    """
    tall = [(r1, c1, r2) for r1, c1, r2, c2 in merged if r2 > r1 and c1 == c2]
    if not tall:
        return rows
    index = {row.nr: list(row.cells) for row in rows}
    numbers = sorted(index)
    filled = 0
    for top, column, bottom in tall:
        source = index.get(top)
        if source is None or column >= len(source) or source[column] is None:
            continue
        below = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]
        filled += len(below)
        if filled > MAX_FILLED:
            raise ValueError(filled)
        for nr in below:
            cells = index[nr]
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = source[column]
    return tuple(Row(nr, tuple(cells)) for nr, cells in index.items())
