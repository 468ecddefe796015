"""Innholdsfortegnelsen og kontoregisteret: linjene, og hvor mange spalter og sider de tar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontoplan.word.measure import lines
from kontoplan.word.pages import PAGE, TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.word.pages import Style

COLUMNS: Final = 2
"""Spaltene i kontoregisteret; innholdet har én."""
GAP: Final = 22.0
_NUMBER: Final = 26.0  # plassen til sidetallet
_HEADING: Final = 44.0  # overskriften øverst i den første spalten


@dataclass(frozen=True, slots=True)
class Entry:
    """En linje: formatet, teksten, bokmerket den fører til, og siden."""

    style: Style
    text: str
    mark: str
    page: int


def column_width(columns: int) -> float:
    """Bredden av en spalte i punkt."""
    return (TEXT_WIDTH - GAP * (columns - 1)) / columns


def column_starts(entries: Sequence[Entry], columns: int) -> frozenset[int]:
    """Linjene (0-basert) som begynner en ny spalte, eller en ny side når det er én spalte."""
    starts, used, room = set(), _HEADING, column_width(columns)
    for at, entry in enumerate(entries):
        height = _height(entry, room)
        if used + height > PAGE:
            starts.add(at)
            used = 0.0
        used += height
    return frozenset(starts)


def page_count(entries: Sequence[Entry], columns: int) -> int:
    """Antall sider linjene tar."""
    return len(column_starts(entries, columns)) // columns + 1


def _height(entry: Entry, room: float) -> float:
    style = entry.style
    number = lines([(entry.text, style.bold)], room - style.indent - _NUMBER, style.size)
    return style.before + number * style.line + style.after
