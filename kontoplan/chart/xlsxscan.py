"""Ser over arkene i en xlsx-fil uten å bygge dem: brukt område, skjulte rader og kolonner, formler uten verdi."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kontoplan.chart.grid import Hints, column_index, letter
from kontoplan.chart.limits import MAX_AREA, MAX_UNCALCULATED
from kontoplan.chart.zipscan import chunks
from kontoplan.errors import UserError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

# Celler som ikke er selvlukkende, altså kan ha innhold; formaterte tomme celler er <c … />.
_FILLED = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>')
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]*><(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?:>|\s(?![^<>]*\br=)[^<>]*>)")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]*\br="(\d{1,7})"')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*\br="(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)/?>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_MAX_HIDDEN = 256
_LETTERS, _MOST_ROWS = 26, 1_048_576
_BEYOND_Z = re.compile(rb'<c r="(?![A-Z](?:\d{1,6}|10[0-4]\d{4})")')


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Arknavn → delens navn i xlsx-filen, i arbeidsbokens rekkefølge."""
    root = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - ElementTree henter ikke eksterne entiteter
    rels = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - det samme
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    found: dict[str, str] = {}
    for element in root.iter():
        if element.tag.endswith("}sheet"):
            ref = next((value for key, value in element.items() if key.endswith("}id")), None)
            target = targets.get(ref, "")
            found[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def scan_sheet(archive: zipfile.ZipFile, part: str, fil: str, ark: str, *, area: int = MAX_AREA) -> Hints:
    """Leser arkets XML i bolker og finner skjulte rader og kolonner og formler uten verdi.

    ``area`` er det største brukte området arket kan ha, i ruter.

    Raises:
        UserError: arkets brukte område er over grensen; leseren ville satt av plass til alt.
    """
    hidden: set[int] = set()
    uncalculated: set[tuple[int, int]] = set()
    columns: set[int] = set()
    # Et fullt ark med kolonnene A–Z er innenfor grensen for hovedbøker; da trengs bare å se at alle rutene står der.
    small = area >= _LETTERS * _MOST_ROWS
    if not small:
        _check_extent(chunks(archive, part), fil, ark, area)
    for number, chunk in enumerate(chunks(archive, part)):
        small = small and _within_letters(chunk)
        if number == 0:
            columns.update(_hidden_columns(chunk))
        if b"hidden=" in chunk:
            hidden.update(int(nr) for nr in _HIDDEN_ROW.findall(chunk))
        if b"<f" in chunk and len(uncalculated) < MAX_UNCALCULATED:
            uncalculated.update((int(nr), column_index(name.decode())) for name, nr in _UNCALCULATED.findall(chunk))
    if not small and area >= _LETTERS * _MOST_ROWS:
        _check_extent(chunks(archive, part), fil, ark, area)
    return Hints(frozenset(hidden), frozenset(columns), (), frozenset(uncalculated))


def _check_extent(parts: Iterator[bytes], fil: str, ark: str, area: int) -> None:
    """Leter opp hver rute og stopper når det brukte området blir større enn ``area``."""
    names: set[bytes] = set()
    last_row = unplaced = 0
    for chunk in parts:
        found = _FILLED.findall(chunk)
        if found:
            names.update(name for name, _ in found)
            last_row = max(last_row, *(int(nr) for nr in {nr for _, nr in found}), 0)
        if _UNPLACED.search(chunk):
            last_row = max(last_row, *(int(nr) for nr in _ROW.findall(chunk)), chunk.count(b"<row"))
            unplaced = max(unplaced, *(len(_CELL.findall(row)) for row in chunk.split(b"<row")))
        last_column = max([unplaced, *(column_index(name.decode()) + 1 for name in names)])
        if last_row * last_column > area:
            raise _too_large(fil, ark, f"{letter(last_column - 1)}{last_row}")


def _within_letters(chunk: bytes) -> bool:
    """Om alle rutene i bolken har plassering i kolonnene A–Z, innenfor Excels rader."""
    placed = chunk.count(b"<c ") == chunk.count(b'<c r="') and b"<c>" not in chunk and b":c" not in chunk
    return placed and not _BEYOND_Z.search(chunk)


def _too_large(fil: str, ark: str, cell: str) -> UserError:
    return UserError(
        f"Arket «{ark}» i {fil} har innhold helt ut til {cell}; slett det som står utenfor tabellen, lagre og prøv igjen.",
        code="for-stort-ark",
    )


def _hidden_columns(chunk: bytes) -> Iterator[int]:
    for attributes in _COLUMN.findall(chunk):
        found = dict(_ATTRIBUTE.findall(attributes))
        if found.get(b"hidden") in {b"1", b"true"}:
            first, last = int(found.get(b"min", b"1")), int(found.get(b"max", b"1"))
            yield from range(first - 1, min(last, first + _MAX_HIDDEN))
