"""Ser over arkene i en ods-fil: passord, brukt område og skjulte rader og kolonner."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kontoplan.chart.grid import Hints
from kontoplan.chart.limits import MAX_AREA, MAX_SHEET_ROWS
from kontoplan.chart.zipscan import chunks, password_error
from kontoplan.errors import UserError

if TYPE_CHECKING:
    import zipfile

_TOKEN = re.compile(rb"<table:(table-column|table-row|table-cell|covered-table-cell|table)((?=[\s/>])[^<>]*)>")
_NAME = re.compile(rb'table:name="([^"]*)"')
_TIMES = re.compile(rb'number-(?:rows|columns)-repeated="([^"]*)"')
_COLLAPSED = re.compile(rb'table:visibility="(?:collapse|filter)"')
_MAX_HIDDEN = 256


@dataclass(slots=True)
class _Table:
    """Plasseringen i arket underveis: nåværende rad og kolonne, og det innholdet rekker til."""

    row: int = 0
    times: int = 0
    column: int = 0
    columns: int = 0
    last_row: int = 0
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def scan_ods(archive: zipfile.ZipFile, fil: str) -> dict[str, Hints]:
    """Arknavn → det som er skjult i arket.

    Raises:
        UserError: filen er kryptert, eller innholdet gjentas ut over grensen.
        ValueError: et antall gjentak er ikke et mulig tall; filen er ødelagt.
    """
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise password_error(fil)
    tables: dict[str, _Table] = {}
    table = _Table()
    for chunk in chunks(archive, "content.xml"):
        for kind, attributes in _TOKEN.findall(chunk):
            if kind == b"table":
                match = _NAME.search(attributes)
                name = html.unescape(match[1].decode(errors="replace")) if match else ""
                table = tables[name] = _Table()
                continue
            _step(table, kind, attributes)
            if table.last_row * table.last_column > MAX_AREA:
                raise UserError(
                    f"{fil} gjentar innhold helt ned til rad {table.last_row}; slett det som står utenfor tabellen, lagre og prøv igjen.",
                    code="for-mange-gjentak",
                )
    return {name: Hints(frozenset(t.hidden_rows), frozenset(t.hidden_columns)) for name, t in tables.items()}


def _step(table: _Table, kind: bytes, attributes: bytes) -> None:
    """Flytter plasseringen over én rad, kolonne eller celle."""
    match = _TIMES.search(attributes)
    times = int(match[1]) if match else 1
    if not 0 < times <= MAX_SHEET_ROWS:
        raise ValueError(times)
    hidden = _COLLAPSED.search(attributes) is not None
    if kind == b"table-row":
        table.row += table.times
        table.times, table.column = times, 0
        if hidden:
            table.hidden_rows.update(range(table.row + 1, table.row + 1 + min(times, _MAX_HIDDEN)))
    elif kind == b"table-column":
        if hidden:
            table.hidden_columns.update(range(table.columns, table.columns + min(times, _MAX_HIDDEN)))
        table.columns += times
    else:
        table.column += times
        if b"value-type=" in attributes:
            table.last_row = max(table.last_row, table.row + table.times)
            table.last_column = max(table.last_column, table.column)
