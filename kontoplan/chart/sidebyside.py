"""Deler en tabell i flere når de står ved siden av hverandre i arket."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kontoplan.chart.columns import Stats, column_stats, sample
from kontoplan.chart.headers import STRUCTURAL

if TYPE_CHECKING:
    from kontoplan.chart.tables import Block

UNIQUE = 0.9
MIN_ROWS = 3


def split_block(block: Block) -> tuple[Block, ...]:
    """Tabellene side om side, fra venstre; én når kolonnene hører sammen."""
    columns = sorted(block.heads)
    if len(columns) < 2:  # noqa: PLR2004 - én kolonne kan ikke deles
        return (block,)
    rows = sample(block.rows)
    stats = {c: column_stats(rows, c) for c in range(block.first, block.last + 1)}
    starts = [c for c in _segment_starts(block, columns, stats) if c > columns[0]]
    if not starts:
        return (block,)
    bounds = [block.first, *starts, block.last + 1]
    return tuple(replace(block, first=a, last=b - 1) for a, b in pairwise(bounds))


def _segment_starts(block: Block, columns: list[int], stats: dict[int, Stats]) -> list[int]:
    """Kolonnene der en ny tabell begynner: samme overskrift igjen, eller en ny liste med egne numre og navn."""
    texts = [block.heads[c].text.casefold() for c in columns]
    first_text = texts[0]
    repeated = [c for c, t in zip(columns[1:], texts[1:], strict=True) if t == first_text and len(columns) >= 4]  # noqa: PLR2004
    if repeated and block.heads[columns[0]].heading.role in {*STRUCTURAL, "klasse", "annet"}:
        return repeated
    groups = _groups(block, columns, stats)
    if len(groups) < 2 or any(not _stands_alone(block, group, stats) for group in groups):  # noqa: PLR2004
        return []
    return [group[0] for group in groups[1:]]


def _groups(block: Block, columns: list[int], stats: dict[int, Stats]) -> list[list[int]]:
    """Kolonnene gruppert: en ny gruppe der nummeret til en annen dimensjon begynner, eller etter en tom kolonne."""
    groups: list[list[int]] = [[]]
    dims: set[str] = set()
    for column in columns:
        heading = block.heads[column].heading
        after_gap = column - 1 not in block.heads and (column - 1 not in stats or not stats[column - 1].filled)
        new_dim = heading.role == "kode" and bool(dims) and (heading.dim not in dims or after_gap)
        if groups[-1] and (new_dim or (after_gap and heading.role in {"klasse", "kode"} and dims)):
            groups.append([])
            dims = set()
        if heading.role == "kode":
            dims.add(heading.dim)
        groups[-1].append(column)
    return groups


def _stands_alone(block: Block, group: list[int], stats: dict[int, Stats]) -> bool:
    """Om gruppen er en liste for seg: eget nummer uten gjentak, og eget navn (eller begge i én celle)."""
    codes = [c for c in group if block.heads[c].heading.role == "kode" and stats[c].filled]
    if not codes or any(block.heads[c].heading.role == "belop" for c in group):
        return False
    found = stats[codes[0]]
    named = found.splits > found.codes or any(
        stats[c].texts > stats[c].filled / 2
        for c in group
        if c != codes[0] and block.heads[c].heading.role in {"navn", "kode", ""}
    )
    return named and found.filled >= MIN_ROWS and found.unique >= UNIQUE * found.filled
