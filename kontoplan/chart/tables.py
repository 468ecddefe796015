"""Finner tabellene i et ark: overskriftsradene, titlene over dem og radene under."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kontoplan.chart.headers import MAX_HEADING, NONE, STRUCTURAL, Heading, classify, is_year
from kontoplan.chart.split_cell import is_code, split_cell

if TYPE_CHECKING:
    from kontoplan.chart.grid import Row, Sheet

MAX_TITLES = 6
WEAK_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Head:
    """En kolonneoverskrift: teksten slik den står, og hva den sier."""

    text: str
    heading: Heading


@dataclass(frozen=True, slots=True)
class Block:
    """En tabell før kolonnene er tolket.

    Attributes:
        sheet: Arket den står i.
        titles: Titlene rett over, øverst først.
        title_rows: Radnumrene til titlene.
        head_rows: Radnumrene til overskriftene (én eller to); tom når tabellen ikke har overskrift.
        heads: Kolonne (0-basert) → overskrift.
        first: Første kolonne som hører til tabellen.
        last: Siste kolonne som hører til tabellen.
        rows: Dataradene.
        repeated: Radnumre der overskriften er gjentatt (sideskift).
    """

    sheet: Sheet
    titles: tuple[str, ...]
    title_rows: tuple[int, ...]
    head_rows: tuple[int, ...]
    heads: dict[int, Head]
    first: int
    last: int
    rows: tuple[Row, ...]
    repeated: tuple[int, ...] = ()


def find_blocks(sheet: Sheet) -> tuple[Block, ...]:
    """Tabellene under hverandre i arket, i rekkefølge; et ark uten overskrift er én tabell uten ``heads``."""
    starts = _header_positions(sheet.rows)
    if not starts:
        return (_headless(sheet),) if sheet.rows else ()
    merged = {(r1, c1): c2 for r1, c1, r2, c2 in sheet.hints.merged if r1 == r2 and c2 > c1}
    blocks: list[Block] = []
    limit = 0
    for number, (top, bottom) in enumerate(starts):
        title_from = _titles_from(sheet.rows, top, limit)
        end = len(sheet.rows)
        if number + 1 < len(starts):
            end = _titles_from(sheet.rows, starts[number + 1][0], bottom + 1)
        heads = _heads(sheet.rows[top], sheet.rows[bottom] if bottom > top else None, merged)
        block = Block(
            sheet,
            tuple(_title(row) for row in sheet.rows[title_from:top]),
            tuple(row.nr for row in sheet.rows[title_from:top]),
            tuple(sorted({sheet.rows[top].nr, sheet.rows[bottom].nr})),
            heads,
            0,
            sheet.width - 1,
            sheet.rows[bottom + 1 : end],
        )
        limit = bottom + 1
        if blocks and _same_heads(blocks[-1], block):
            last = blocks[-1]
            blocks[-1] = replace(
                last, rows=last.rows + block.rows, repeated=last.repeated + block.title_rows + block.head_rows
            )
        else:
            blocks.append(block)
    return tuple(blocks)


def _same_heads(one: Block, other: Block) -> bool:
    same = {c: h.text for c, h in one.heads.items()} == {c: h.text for c, h in other.heads.items()}
    return same and (not other.titles or other.titles == one.titles)


def _title(row: Row) -> str:
    return " ".join(text for c in range(len(row.cells)) if (text := row.text(c)))


def _headless(sheet: Sheet) -> Block:
    """Arket som én tabell uten overskrift; rader øverst med én celle uten nummer er titler."""
    start = 0
    for row in sheet.rows[:MAX_TITLES]:
        filled = row.filled(0, len(row.cells))
        text = row.text(filled[0])
        if len(filled) > 1 or is_code(text) or split_cell(text):
            break
        start += 1
    rows = sheet.rows
    return Block(
        sheet,
        tuple(_title(r) for r in rows[:start]),
        tuple(r.nr for r in rows[:start]),
        (),
        {},
        0,
        sheet.width - 1,
        rows[start:],
    )


def _header_positions(rows: tuple[Row, ...]) -> list[tuple[int, int]]:
    """Første og siste indeks for hver overskrift (to når overskriften har to rader)."""
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(rows):
        if _strength(rows[index]) >= 2 and not _repeats_neighbour(rows, index):  # noqa: PLR2004 - minst to kjente overskrifter, én av dem nummer eller navn
            top = bottom = index
            if index and _is_group_head(rows, index, found):
                top = index - 1
            if index + 1 < len(rows) and top == index and _is_subhead(rows[index], rows[index + 1]):
                bottom = index + 1
            found.append((top, bottom))
            index = bottom
        index += 1
    return found or _weak_positions(rows)


def _repeats_neighbour(rows: tuple[Row, ...], index: int) -> bool:
    """Om raden deler et ord med raden over eller under i samme kolonne: da er ordet en verdi («Tjeneste», «Ansvar»)."""
    row = rows[index]
    words = {c: row.text(c) for c in range(len(row.cells)) if classify(row.text(c)).role in STRUCTURAL}
    for other in (index - 1, index + 1):
        if (
            0 <= other < len(rows)
            and len(rows[other].filled(0, len(rows[other].cells))) > 1
            and rows[other].cells != row.cells
        ):
            shared = [c for c, text in words.items() if rows[other].text(c) == text]
            if shared:
                return True
    return False


def _weak_positions(rows: tuple[Row, ...]) -> list[tuple[int, int]]:
    """Rader med én kjent overskrift, når arket ikke har noen tydelig: «Tjeneste» over «120 Administrasjon»."""
    found: list[tuple[int, int]] = []
    for index, row in enumerate(rows[:-1]):
        if _strength(row) != 1 or (found and not _is_code_row(rows[index + 1])):
            continue
        filled = row.filled(0, len(row.cells))
        below = rows[index + 1]
        structural = [c for c in filled if classify(row.text(c)).role in STRUCTURAL]
        same_place = bool(below.filled(structural[0], structural[0]))
        if len(filled) == 1 and _strength(below) == 1:
            continue
        if same_place and (len(filled) > 1 or len(below.filled(0, len(below.cells))) <= 2 or _is_code_row(below)):  # noqa: PLR2004
            found.append((index, index))
    return found


def _is_code_row(row: Row) -> bool:
    return any(is_code(t) or split_cell(t) for c in range(len(row.cells)) if (t := row.text(c)))


def _strength(row: Row) -> int:
    """Antall kjente overskrifter i raden; 0 når den ikke kan være en overskriftsrad."""
    known = structural = filled = 0
    for value in row.cells:
        if value is None:
            continue
        filled += 1
        text = value if isinstance(value, str) else row.text(row.cells.index(value))
        heading = classify(text) if len(text) <= MAX_HEADING else NONE
        if not heading.role:
            if is_code(text) or not isinstance(value, str) or split_cell(text):
                return 0
            continue
        if not isinstance(value, str) and not is_year(text):
            return 0
        known += 1
        structural += heading.role in STRUCTURAL or (heading.role == "kostra" and bool(heading.dim))
    if not structural or known < filled * WEAK_SHARE:
        return 0
    return known


def _is_group_head(rows: tuple[Row, ...], index: int, found: list[tuple[int, int]]) -> bool:
    """Om raden over er en felles overskrift («Konto» over «Nr» og «Navn»)."""
    above, row = rows[index - 1], rows[index]
    if above.nr != row.nr - 1 or (found and found[-1][1] >= index - 1) or _strength(above) < 1:
        return False
    dims = [classify(row.text(c)) for c in row.filled(0, len(row.cells))]
    return not any(h.dim for h in dims if h.role in STRUCTURAL)


def _is_subhead(row: Row, below: Row) -> bool:
    """Om raden under er andre del av overskriften: «Nr», «Navn» eller år under «Budsjett»."""
    filled = below.filled(0, len(below.cells))
    if below.nr != row.nr + 1:
        return False
    roles = {c: classify(below.text(c)).role for c in filled}
    if any(not role for role in roles.values()):
        return False
    if _strength(below) >= 2:  # noqa: PLR2004 - to kjente overskrifter
        return [below.text(c) for c in filled] != [row.text(c) for c in filled]
    structural = {c for c in range(len(row.cells)) if classify(row.text(c)).role in STRUCTURAL}
    return set(roles.values()) == {"belop"} and not structural & set(filled)


def _heads(top: Row, sub: Row | None, merged: dict[tuple[int, int], int]) -> dict[int, Head]:
    """Overskriftene kolonne for kolonne; to rader slås sammen, og en felles overskrift gjelder kolonnene den dekker."""
    width = max(len(top.cells), len(sub.cells) if sub else 0)
    heads: dict[int, Head] = {}
    upper, until = "", -1
    for column in range(width):
        own = top.text(column)
        if own:
            upper, until = own, merged.get((top.nr, column), width if sub else column)
        lower = sub.text(column) if sub else ""
        shared = own or (upper if lower and column <= until else "")
        text = f"{shared} {lower}".strip()
        if not text:
            continue
        options = [classify(text), classify(lower), classify(shared)] if lower else [classify(text)]
        heads[column] = Head(text, next((h for h in options if h.role), NONE))
    return heads


def _titles_from(rows: tuple[Row, ...], header: int, limit: int) -> int:
    """Indeksen der titlene over overskriften begynner: enslige tekster, høyst med ett opphold imellom."""
    index, gaps = header, 0
    while index > limit and header - index < MAX_TITLES:
        row = rows[index - 1]
        gap = rows[index].nr - row.nr > 1
        filled = row.filled(0, len(row.cells))
        text = row.text(filled[0])
        lonely = len(filled) == 1 and not is_code(text) and not text.casefold().startswith("sum")
        if limit and gap and gaps:
            break
        if limit and (not lonely or split_cell(text)):
            break
        gaps += gap
        index -= 1
    return _trim_lonely(rows, index, header, limit)


def _trim_lonely(rows: tuple[Row, ...], index: int, header: int, limit: int) -> int:
    """Uten noe opphold over titlene kan de være siste rader i tabellen over; da er ingen av dem titler."""
    if not limit or index in {header, limit}:
        return index
    return (
        index
        if rows[index].nr - rows[index - 1].nr > 1
        else next((i for i in range(index + 1, header) if rows[i].nr - rows[i - 1].nr > 1), header)
    )
