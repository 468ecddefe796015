"""Leser kontoplaner: fra filer til kontoer, tabeller og det som ble utelatt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kontoplan.chart.accounts import Reading, interpret, make_accounts
from kontoplan.chart.candidates import EMPTY, HEADER, REPEATED, TITLE, find_candidates
from kontoplan.chart.columns import Layout, find_layout
from kontoplan.chart.files import load_sheets
from kontoplan.chart.grid import letter
from kontoplan.chart.override import layout_of, parse_columns
from kontoplan.chart.problems import check_formulas, choose_sheets, no_accounts
from kontoplan.chart.sidebyside import split_block
from kontoplan.chart.tables import Block, find_blocks
from kontoplan.chart.vocabulary import vocabulary
from kontoplan.lesing import Kolonne, Konto, Lesing, Tabell, Utelatt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kontoplan.chart.grid import Sheet
    from kontoplan.chart.override import Override
    from kontoplan.chart.vocabulary import Vocabulary
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon

PROJECT = "prosjekt, som ikke har KOSTRA-kode"
NO_TABLE = "ingen kontotabell i arket"
_ROLE_NAMES = {"code": "kode", "name": "navn"}


@dataclass(slots=True)
class _Result:
    """Det som samles mens filene leses."""

    kontoer: list[Konto] = field(default_factory=list)
    tabeller: list[Tabell] = field(default_factory=list)
    utelatt: list[Utelatt] = field(default_factory=list)
    merknader: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Settings:
    """Det som gjelder for alle arkene."""

    override: Override | None
    vocab: Vocabulary
    sbdr: bool


def read_charts(
    paths: Sequence[Path],
    *,
    ark: Sequence[str] | None = None,
    kolonner: str | Mapping[str, str] | None = None,
    kodeverk: Kodeverk,
    progress: Callable[[str], None] | None = None,
) -> Lesing:
    """Leser én eller flere kontoplaner.

    Args:
        paths: Filene (.xlsx, .xlsm, .xls, .ods, .csv, .tsv); innholdet avgjør formatet, ikke endelsen.
        ark: Bare disse arkene; ``None`` leser alle.
        kolonner: Overstyrer gjenkjenningen, f.eks. ``"kode=A,navn=B,ansvar=C"`` eller ``{"kode": "A"}``.
        kodeverk: Kodeverket som avgjør tvil om dimensjonen.
        progress: Kalles med én setning per ark.

    Returns:
        Kontoene i lest rekkefølge, tabellene de sto i, og alt som er utelatt med grunn.

    Raises:
        UserError: en fil kan ikke leses, et ark eller en kolonne finnes ikke, eller en fil har ingen kontoer.
    """
    override = parse_columns(kolonner)
    settings = _Settings(override, vocabulary(kodeverk), sbdr=kodeverk.regnskap.startswith("sbdr"))
    result = _Result()
    loaded = [load_sheets(path) for path in paths]
    chosen = choose_sheets([sheets for sheets, _ in loaded], ark)
    for sheets, (_, notes) in zip(chosen, loaded, strict=True):
        result.merknader.extend(notes)
        before = len(result.kontoer)
        headed = 0
        for sheet in sheets:
            if progress:
                progress(f"Leser arket «{sheet.name}» i {sheet.fil}")
            headed += _read_sheet(sheet, settings, result)
        if sheets and len(result.kontoer) == before:
            raise no_accounts(sheets, headed=bool(headed), skipped=result.utelatt, project=PROJECT)
    return Lesing(tuple(result.kontoer), tuple(result.tabeller), tuple(result.utelatt), tuple(result.merknader))


def _read_sheet(sheet: Sheet, settings: _Settings, result: _Result) -> int:
    """Leser arket inn i ``result``; antallet tabeller med overskrift."""
    _note_hidden(sheet, result)
    if not sheet.rows:
        result.utelatt.append(Utelatt(sheet.fil, sheet.name, "arket er tomt", ()))
        return 0
    headed = 0
    skipped: dict[str, list[int]] = {}
    found_table = False
    for block in _blocks(sheet, settings.override):
        headed += bool(block.head_rows)
        layout = layout_of(settings.override, block) if settings.override else find_layout(block)
        check_formulas(block, layout)
        _collect(skipped, TITLE, block.title_rows)
        _collect(skipped, HEADER, block.head_rows)
        if not layout.units:
            _collect(skipped, NO_TABLE, [row.nr for row in block.rows])
            continue
        found_table |= _read_block(block, layout, settings, result, skipped)
    read = {k.rad for k in result.kontoer[-2 * len(sheet.rows) - 2 :] if k.ark == sheet.name and k.fil == sheet.fil}
    for grunn, rader in skipped.items():
        left = tuple(sorted(set(rader) - read))
        if left:
            result.utelatt.append(Utelatt(sheet.fil, sheet.name, grunn, left))
    return headed


def _blocks(sheet: Sheet, override: Override | None) -> tuple[Block, ...]:
    blocks = find_blocks(sheet)
    if override is not None:
        return blocks
    return tuple(part for block in blocks for part in split_block(block))


def _read_block(
    block: Block, layout: Layout, settings: _Settings, result: _Result, skipped: dict[str, list[int]]
) -> bool:
    if all(unit.dim == "prosjekt" for unit in layout.units):
        _collect(skipped, PROJECT, [row.nr for row in block.rows if row.filled(block.first, block.last)])
        return False
    found, reasons = find_candidates(block, layout)
    for grunn, rader in reasons.items():
        _collect(skipped, grunn, rader)
    _collect(skipped, REPEATED, block.repeated)
    if not found:
        return False
    reading = interpret(block, layout, found, settings.vocab, sbdr=settings.sbdr)
    accounts, projects = make_accounts(block, layout, reading, found, len(result.tabeller))
    _collect(skipped, PROJECT, projects)
    if not accounts:
        _collect(skipped, EMPTY, [c.row.nr for c in found if c.row.nr not in projects])
        return False
    dims: tuple[Dimensjon, ...] = tuple(dict.fromkeys(k.dimensjon for k in accounts))
    rader = [k.rad for k in accounts]
    result.tabeller.append(
        Tabell(
            block.sheet.fil,
            block.sheet.name,
            min(rader),
            max(rader),
            _columns(block, layout, reading),
            dims,
            reading.grunn,
        )
    )
    result.kontoer.extend(accounts)
    if not block.head_rows:
        result.merknader.append(
            f"Arket «{block.sheet.name}» i {block.sheet.fil} har ingen overskriftsrad; kolonnene er funnet etter innholdet."
        )
    return True


def _collect(skipped: dict[str, list[int]], reason: str, rows: Sequence[int]) -> None:
    if rows:
        skipped.setdefault(reason, []).extend(rows)


def _columns(block: Block, layout: Layout, reading: Reading) -> tuple[Kolonne, ...]:
    """Kolonnene programmet har kjent igjen, fra venstre."""
    roles: dict[int, str] = {}
    for i, unit in enumerate(reading.units):
        label = "tjeneste" if unit.dim == "funksjon" and i not in reading.primary else unit.dim
        for column, part in ((unit.code, "kode og navn" if unit.both else "kode"), (unit.name, "navn")):
            if column is not None:
                roles[column] = f"{part} ({label})" if label else part
    single = ((layout.klasse, "kontoklasse"), (layout.belop, "beløp"), (layout.type, "dimensjon"))
    roles.update({column: role for column, role in single if column is not None})
    roles.update(dict.fromkeys(layout.overskrift, "overskrift"))
    roles.update(dict.fromkeys(layout.merknad, "merknad"))
    return tuple(
        Kolonne(role, letter(c), block.heads[c].text if c in block.heads else "") for c, role in sorted(roles.items())
    )


def _note_hidden(sheet: Sheet, result: _Result) -> None:
    """Sier fra om det som er skjult; det leses som alt annet."""
    hints = sheet.hints
    if hints.hidden:
        result.merknader.append(f"Arket «{sheet.name}» i {sheet.fil} er skjult; det er lest som de andre.")
    with_content = {row.nr for row in sheet.rows} & hints.hidden_rows
    if with_content:
        result.merknader.append(
            f"Arket «{sheet.name}» i {sheet.fil} har {len(with_content)} skjulte rader; de er lest som de andre."
        )
    columns = sorted(c for c in hints.hidden_columns if c < sheet.width)
    if columns:
        names = ", ".join(map(letter, columns))
        result.merknader.append(
            f"Arket «{sheet.name}» i {sheet.fil} har skjulte kolonner ({names}); de er lest som de andre."
        )
