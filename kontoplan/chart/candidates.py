"""Går gjennom radene i en tabell og skiller kontoer fra overskrifter, summer og tekst."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kontoplan.chart.headers import klasse_value, kontoklasse_in
from kontoplan.chart.rowkinds import context_heading, is_footer, is_series, is_sum, is_upper
from kontoplan.chart.split_cell import is_code, join_code, split_cell

if TYPE_CHECKING:
    from kontoplan.chart.columns import Layout, Unit
    from kontoplan.chart.grid import Row
    from kontoplan.chart.tables import Block

SUM, HEADING, REPEATED, FOOTER, EMPTY, TITLE, HEADER = (
    "sum", "overskrift inne i tabellen", "gjentatt overskrift", "sidetekst fra rapporten", "uten nummer og navn", "tittel",
    "kolonneoverskrift",
)  # fmt: skip
SPARSE = 0.6
CASE_MAJORITY = 0.5
AMOUNT_MAJORITY = 0.75
CODED_SHARE = 0.4
"""Har færre av radene nummer enn dette, er numrene tapt, og en rad uten nummer er en konto like fullt."""
MAX_LOCAL_CODE = 12
Parts = tuple[tuple[str, str], ...]
"""Nummer og navn for hver enhet i raden."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """En rad som er en konto: nummer og navn for hver enhet, og det som gjaldt da den ble lest."""

    row: Row
    parts: tuple[tuple[str, str], ...]
    klasse: str | None
    heading: str
    context: dict[str, str]


@dataclass(slots=True)
class Walk:
    """Det som er kjent underveis nedover i tabellen."""

    headings: list[str] = field(default_factory=list)
    klasse: str | None = None
    context: dict[str, str] = field(default_factory=dict)
    after_account: bool = False
    skipped: dict[str, list[int]] = field(default_factory=dict)

    def skip(self, reason: str, row: Row) -> None:
        """Fører raden som utelatt."""
        self.skipped.setdefault(reason, []).append(row.nr)

    def head(self, text: str) -> None:
        """Tar vare på en overskrift; rett under en annen overskrift utdyper den den."""
        if self.after_account:
            self.headings.clear()
            self.after_account = False
        self.headings.append(text)
        self.klasse = kontoklasse_in(text) or self.klasse


@dataclass(frozen=True, slots=True)
class Shape:
    """Hvordan tabellens numre og navn ser ut: den vanlige bredden, andelen versaler og kolonner kontoer har utfylt."""

    coded: bool
    width: int
    upper: float
    usual: frozenset[int]
    amounts: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Tabellen radene leses mot: kolonnene, enhetene som gir kontoer, og hvordan numre og navn ser ut."""

    block: Block
    layout: Layout
    primary: tuple[int, ...]
    shape: Shape

    @property
    def listing(self) -> bool:
        """Om tabellen er en liste over konteringer, der samme nummer kommer igjen."""
        others = (unit.dim for i, unit in enumerate(self.layout.units) if i not in self.primary)
        return len(self.primary) > 1 or any(dim in {"ansvar", "prosjekt"} for dim in others)


def read_part(unit: Unit, row: Row) -> tuple[str, str]:
    """Nummer og navn for enheten i raden; tomme tekster der de mangler."""
    code = row.text(unit.code) if unit.code is not None else ""
    name = row.text(unit.name) if unit.name is not None else ""
    if code and not name and (unit.both or not is_code(code)):
        parts = split_cell(code)
        if parts:
            return parts
        if unit.both and not is_code(code):
            return "", code
    return code, name


def primary_units(layout: Layout) -> tuple[int, ...]:
    """Enhetene som gir kontoer: art (eller konto) først, så funksjon; ansvar bare når det ikke er noe annet."""
    units = layout.units
    if layout.one:
        return (0,)
    order = {"konto": 0, "art": 1, "": 2, "balanse": 3, "funksjon": 4}
    main = sorted((i for i, u in enumerate(units) if u.dim in order), key=lambda i: order[units[i].dim])
    account = [i for i in main if units[i].dim in {"konto", "art", ""}][:1]
    others = [next((i for i in main if units[i].dim == dim), None) for dim in ("balanse", "funksjon")]
    chosen = (*account, *(i for i in others if i is not None))
    return chosen or tuple(i for i, u in enumerate(units) if u.dim == "ansvar")[:1]


def find_candidates(block: Block, layout: Layout) -> tuple[list[Candidate], dict[str, list[int]]]:
    """Kontoradene i tabellen, og radnumrene som er utelatt, etter grunn."""
    primary = primary_units(layout)
    walk = Walk()
    frame = Frame(block, layout, primary, _shape(block, layout, primary))
    main = layout.units[primary[0]]
    codes = [read_part(main, row)[0] for row in block.rows]
    found: list[Candidate] = []
    carry = _sparse_columns(block, layout, primary)
    following = _following(codes)
    for index, row in enumerate(block.rows):
        if not row.filled(block.first, block.last):
            continue
        parts = tuple(read_part(unit, row) for unit in layout.units)
        reason = _reason(frame, row, parts, following[index], walk)
        if reason == HEADING:
            walk.skip(reason, row)
            continue
        if reason:
            walk.skip(reason, row)
            if reason == SUM:
                walk.headings.clear()
            continue
        walk.after_account = True
        context = dict(walk.context)
        for i, part in enumerate(parts):
            text = join_code(*part)
            if text and i in carry:
                walk.context[f"enhet{i}"] = text
        klasse = klasse_value(row.text(layout.klasse)) if layout.klasse is not None else None
        context.update({k: v for k, v in walk.context.items() if k.startswith("enhet")})
        found.append(Candidate(row, parts, klasse or walk.klasse, " / ".join(walk.headings), context))
    return found, walk.skipped


def _following(codes: list[str]) -> list[str]:
    """For hver rad: nummeret til neste rad som har et."""
    result, last = [""] * len(codes), ""
    for index in range(len(codes) - 1, -1, -1):
        result[index] = last
        if is_code(codes[index]):
            last = codes[index]
    return result


def _shape(block: Block, layout: Layout, primary: tuple[int, ...]) -> Shape:
    main = layout.units[primary[0]]
    widths: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    upper = rows = amounts = 0
    parts = [read_part(main, row) for row in block.rows]
    named = sum(1 for code, name in parts if code or name)
    coded = main.code is not None and sum(is_code(code) for code, _ in parts) >= CODED_SHARE * named
    for row, (code, name) in zip(block.rows, parts, strict=True):
        if not (is_code(code) if coded else name):
            continue
        rows += 1
        widths[len(code)] += code.isdigit()
        upper += is_upper(name)
        columns.update(row.filled(block.first, block.last))
        amounts += layout.belop is not None and bool(row.text(layout.belop))
    known = {*main.columns(), layout.belop, *layout.merknad, *layout.overskrift}
    known.update(c for c, h in block.heads.items() if h.heading.role == "belop")
    usual = frozenset(c for c, n in columns.items() if n > CASE_MAJORITY * rows and c not in known)
    return Shape(
        coded, max(widths, key=lambda w: (widths[w], w), default=0), upper / rows if rows else 0.0, usual,
        amounts / rows if rows else 0.0,
    )  # fmt: skip


def _sparse_columns(block: Block, layout: Layout, primary: tuple[int, ...]) -> frozenset[int]:
    """Enheter som bare er utfylt på første rad i hver gruppe, og gjelder nedover til neste."""
    main = layout.units[primary[0]]
    accounts = sum(1 for row in block.rows if any(read_part(main, row)))
    sparse = set()
    for i, unit in enumerate(layout.units):
        filled = sum(1 for row in block.rows if any(read_part(unit, row)))
        if i != primary[0] and 0 < filled < SPARSE * accounts:
            sparse.add(i)
    return frozenset(sparse)


def _reason(frame: Frame, row: Row, parts: Parts, next_code: str, walk: Walk) -> str:
    """Grunnen til at raden ikke er en konto; tom når den er det. Overskrifter legges i ``walk`` underveis."""
    block, primary = frame.block, frame.primary
    code, name = parts[primary[0]]
    filled = row.filled(block.first, block.last)
    lead = row.text(filled[0])
    alone = len(filled) == 1
    if _is_sum_row(parts, lead, code):
        return SUM
    if alone and is_footer(lead):
        return FOOTER
    if not alone and all(c in block.heads and row.text(c) == block.heads[c].text for c in filled):
        return REPEATED
    if frame.shape.coded:
        heading = _coded_heading(frame, row, parts, next_code)
    else:
        heading = _nameonly_heading(frame, row, name, alone=alone, numbered=bool(code))
    if heading is None and not any(parts[i][0] or parts[i][1] for i in primary):
        if not alone or not isinstance(row.cells[filled[0]], str):
            return EMPTY
        heading = lead
    if heading is None:
        return ""
    _note_heading(heading, walk)
    return HEADING


def _is_sum_row(parts: Parts, lead: str, code: str) -> bool:
    if any(is_sum(name, coded=bool(number)) for number, name in parts if name):
        return True
    lone_code = any(is_sum(number, coded=True) for number, _ in parts if number and not is_code(number))
    return lone_code or (not code and not is_code(lead) and is_sum(lead, coded=False))


def _note_heading(heading: str, walk: Walk) -> None:
    said = context_heading(heading)
    if said:
        walk.context[said[0]] = said[1]
        if said[0] == "ansvar":
            walk.context.pop("tjeneste", None)
        walk.headings.clear()
    else:
        walk.head(heading)


def _coded_heading(frame: Frame, row: Row, parts: Parts, next_code: str) -> str | None:
    """Overskriften raden er, i en tabell med numre; ``None`` når den er en konto (eller ikke har noe)."""
    primary, shape = frame.primary, frame.shape
    code, name = parts[primary[0]]
    if not code:
        if not name or any(parts[i][0] for i in primary[1:]):
            return None
        like_account = bool(shape.usual) and all(row.text(c) for c in shape.usual)
        return None if like_account else name
    if not is_code(code):
        unit = frame.layout.units[primary[0]]
        numbered = any(char.isdigit() for char in code) or unit.dim == "ansvar"
        keeps = bool(name) and numbered and not is_series(code) and len(code) <= MAX_LOCAL_CODE
        return None if keeps else join_code(code, name)
    if not frame.listing and name and _is_group(code, name, next_code, shape):
        return join_code(code, name)
    return None


def _is_group(code: str, name: str, next_code: str, shape: Shape) -> bool:
    """Om et kortere nummer er navnet på en gruppe («1 DRIFT», «10 LØNN» over «1010 Fast lønn»)."""
    shorter = shape.width - len(code)
    if not code.isdigit() or shorter < 1:
        return False
    prefix = len(next_code) > len(code) and next_code.startswith(code)
    shouts = is_upper(name) and shape.upper < CASE_MAJORITY
    if len(code) == 1:
        return shape.width >= 3  # noqa: PLR2004 - nasjonale koder har tre siffer
    return (prefix or shouts) if shorter > 1 else (prefix and shouts)


def _nameonly_heading(frame: Frame, row: Row, name: str, *, alone: bool, numbered: bool) -> str | None:
    """Overskriften raden er, i en tabell uten numre; ``None`` når den er en konto."""
    if not name or numbered:
        return None
    if context_heading(name) or name.endswith(":"):
        return name.rstrip(": ")
    if split_cell(name) and alone:
        return name
    belop, shape = frame.layout.belop, frame.shape
    without_amount = belop is not None and not row.text(belop) and shape.amounts > AMOUNT_MAJORITY and alone
    shouts = is_upper(name) and shape.upper < CASE_MAJORITY / 2 and alone
    return name if without_amount or shouts else None
