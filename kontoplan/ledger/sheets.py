"""Hovedbok i regneark: finner arkene som er hovedbok, og leser bare kolonnene som trengs."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

import polars as pl
import python_calamine as calamine

from kontoplan.chart import files, xlsxscan, zipscan
from kontoplan.chart.grid import Hints, Sheet, letter
from kontoplan.errors import UserError
from kontoplan.ledger import limits
from kontoplan.ledger.cells import as_text, column, joined
from kontoplan.ledger.hovedbok import Kilde
from kontoplan.ledger.table import assemble, detect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kontoplan.ledger.columns import Columns, Record
    from kontoplan.ledger.hovedbok import Hovedbok

    Numbered = tuple[int, Sequence[object]]

_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Et ark: navnet, det filformatet vet, antall rader, og radene med radnummer fra 1; kan leses flere ganger."""

    name: str
    hints: Hints
    height: int
    rows: Callable[[], Iterator[Numbered]]


def open_sheets(
    path: Path,
    kolonner: str | Mapping[str, str] | None,
    ark: Sequence[str] | None,
    progress: Callable[[str], None] | None = None,
) -> Hovedbok:
    """Åpner et regneark (.xlsx, .xlsm, .xls, .ods).

    Arkene med de samme kolonnene som det første hovedboksarket leses sammen; andre ark nevnes i merknadene.

    Raises:
        UserError: filen er skadet eller for stor, arket finnes ikke, eller ingen av arkene er en hovedbok.
    """
    if zipfile.is_zipfile(path):
        sheets, notes = _from_xlsx(path, ark, progress)
    else:
        sheets, notes = _small(path, ark)
    read, left, records, columns = _matching(sheets, path.name, kolonner)
    frames = []
    for sheet in read:
        if progress:
            progress(f"Leser arket «{sheet.name}» i {path.name}")
        _check_formulas(path.name, sheet, columns)
        frames.append(_frame(sheet, columns, progress))
    notes = (*notes, *(note for sheet in read for note in _hidden(sheet)))
    notes += tuple(f"Arket «{name}» er ikke lest: det har ikke de samme kolonnene som hovedboken." for name in left)
    kilde = Kilde(path.name, "Excel", "hovedbok", ark=tuple(sheet.name for sheet in read), merknader=notes)
    raw = pl.concat(frames, how="vertical_relaxed").lazy()
    return assemble(raw, columns, records, kilde)


def _matching(
    sheets: Sequence[_Sheet], fil: str, kolonner: str | Mapping[str, str] | None
) -> tuple[list[_Sheet], list[str], list[Record], Columns]:
    """Arkene som leses, navnene på dem som ikke gjør det, og radene og kolonnene i det første."""
    first: UserError | None = None
    read: list[_Sheet] = []
    left: list[str] = []
    chosen: tuple[list[Record], Columns] | None = None
    for sheet in sheets:
        records: list[Record] = [
            (nr, [as_text(cell) for cell in cells]) for nr, cells in islice(sheet.rows(), limits.SAMPLE_ROWS)
        ]
        if not any(any(cells) for _, cells in records):
            continue
        try:
            columns = detect(records, fil, kolonner)
        except UserError as error:
            first = first or error
            left.append(sheet.name)
            continue
        if chosen is None:
            chosen = (records, columns)
        if columns.at == chosen[1].at and columns.header_row == chosen[1].header_row:
            read.append(sheet)
        else:
            left.append(sheet.name)
    if chosen is None:
        raise first or UserError(
            f"{fil} har ingen utfylte celler; eksporter hovedboken på nytt.", code="tom-arbeidsbok"
        )
    return read, left, *chosen


def _frame(sheet: _Sheet, columns: Columns, progress: Callable[[str], None] | None) -> pl.DataFrame:
    """De brukte kolonnene i arket, bygd i bolker så bare én bolk er Python-objekter om gangen."""
    used = sorted(set(columns.at.values()))
    parts: list[list[pl.Series]] = []
    numbers: list[int] = []
    rows = sheet.rows()
    while batch := list(islice(rows, _BATCH)):
        numbers += [nr for nr, _ in batch]
        if progress:
            progress(f"Leser rader i arket «{sheet.name}»: {numbers[-1]} av {max(numbers[-1], sheet.height)}")
        columns_in_batch = tuple(zip_longest(*(cells for _, cells in batch)))
        empty = (None,) * len(batch)
        parts.append([column(columns_in_batch[c] if c < len(columns_in_batch) else empty) for c in used])
    found = {f"c{c}": joined([part[at] for part in parts]) for at, c in enumerate(used)}
    return pl.DataFrame({"rad": pl.Series(numbers, dtype=pl.UInt32), **found}).with_columns(
        pl.lit(sheet.name).alias("ark"), pl.lit(None, pl.String).alias("ekstra")
    )


def _small(path: Path, ark: Sequence[str] | None) -> tuple[list[_Sheet], tuple[str, ...]]:
    """Formatene som leses helt inn: .xls og .ods, med grensene for en kontoplan."""
    loaded, notes = files.load_sheets(path)
    chosen = _chosen([sheet.name for sheet in loaded], path.name, ark)
    return [_loaded(sheet) for sheet in loaded if sheet.name in chosen], notes


def _loaded(sheet: Sheet) -> _Sheet:
    return _Sheet(sheet.name, sheet.hints, len(sheet.rows), lambda: iter([(row.nr, row.cells) for row in sheet.rows]))


def _from_xlsx(
    path: Path, ark: Sequence[str] | None, progress: Callable[[str], None] | None
) -> tuple[list[_Sheet], tuple[str, ...]]:
    fil = path.name
    hints: dict[str, Hints] = {}
    notes: tuple[str, ...] = ()
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            zipscan.check_directory(archive, fil, unpacked_limit=limits.MAX_UNPACKED_BYTES, what="hovedboken")
            if "xl/workbook.xml" not in names:
                if "content.xml" in names:
                    return _small(path, ark)
                raise files.not_workbook(fil, files.zip_content(names))
            parts = xlsxscan.sheet_parts(archive)
            for name in _chosen(list(parts), fil, ark):
                if progress:
                    progress(f"Ser over arket «{name}» i {fil}")
                if parts[name] in names:
                    hints[name] = xlsxscan.scan_sheet(archive, parts[name], fil, name, area=limits.MAX_AREA)
            for part in names & {"xl/sharedStrings.xml", "xl/styles.xml"}:
                zipscan.check_part(archive, part)
            if "xl/vbaProject.bin" in names:
                notes = (f"{fil} har makroer; de er ikke kjørt, bare cellene er lest.",)
    except zipscan.BROKEN:
        raise files.damaged(fil) from None
    with files.calamine_errors(fil), calamine.CalamineWorkbook.from_path(path) as book:
        tables = {meta.name for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet}
        sheets = [_calamine_sheet(book.get_sheet_by_name(name), name, hints[name]) for name in hints if name in tables]
    return sheets, notes


def _calamine_sheet(sheet: calamine.CalamineSheet, name: str, hints: Hints) -> _Sheet:
    def rows() -> Iterator[Numbered]:
        start = sheet.start
        if start is not None:
            pad: list[object] = [None] * start[1]
            for nr, cells in enumerate(sheet.iter_rows(), 1):
                yield nr, [*pad, *cells] if pad else cells

    return _Sheet(name, hints, sheet.height, rows)


def _chosen(names: Sequence[str], fil: str, ark: Sequence[str] | None) -> list[str]:
    if not ark:
        return list(names)
    wanted = {name.strip().casefold() for name in ark}
    for name in ark:
        if name.strip().casefold() not in {n.strip().casefold() for n in names}:
            raise UserError(
                f"Arket «{name}» finnes ikke i {fil}; arkene er {', '.join(f'«{n}»' for n in names)}.",
                code="ukjent-ark",
            )
    return [name for name in names if name.strip().casefold() in wanted]


def _check_formulas(fil: str, sheet: _Sheet, columns: Columns) -> None:
    used = set(columns.at.values())
    cells = [(nr, c) for nr, c in sheet.hints.uncalculated if c in used and nr > columns.header_row]
    if cells:
        nr, c = min(cells)
        raise UserError(
            f"Arket «{sheet.name}» i {fil} har formler som ikke er regnet ut (først i {letter(c)}{nr}); "
            "åpne filen i Excel eller LibreOffice, lagre den og prøv igjen.",
            code="formler-uten-verdi",
        )


def _hidden(sheet: _Sheet) -> Iterator[str]:
    if sheet.hints.hidden_rows:
        yield f"Arket «{sheet.name}» har {len(sheet.hints.hidden_rows)} skjulte rader; de er lest som de andre."
