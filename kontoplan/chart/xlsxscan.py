"""Ser over arkene i en xlsx-fil uten å bygge dem: brukt område, skjulte rader og kolonner, formler uten verdi."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kontoplan.chart.grid import Hints, column_index
from kontoplan.chart.limits import MAX_AREA, MAX_COLUMNS, MAX_UNCALCULATED
from kontoplan.chart.xlsxplaces import LETTERS_AREA, Extent, sheet_chunks, within_letters

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]*><(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*\br="(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)/?>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_MAX_HIDDEN = 256


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
        ValueError: en rad eller rute står utenfor det et regneark kan ha; filen er ødelagt.
    """
    hidden: set[int] = set()
    uncalculated: set[tuple[int, int]] = set()
    columns: set[int] = set()
    # Grensen for hovedbøker rommer et fullt ark med kolonnene A–Z; da holder det å se at alle rutene står der.
    letters = area >= LETTERS_AREA
    extent = None if letters else Extent(fil, ark, area)
    for number, chunk in enumerate(sheet_chunks(archive, part)):
        if extent:
            extent.take(chunk)
        else:
            letters = letters and within_letters(chunk)
        if number == 0:
            columns.update(_hidden_columns(chunk))
        if b"hidden=" in chunk:
            hidden.update(int(nr) for nr in _HIDDEN_ROW.findall(chunk))
        if b"<f" in chunk and len(uncalculated) < MAX_UNCALCULATED:
            uncalculated.update((int(nr), column_index(name.decode())) for name, nr in _UNCALCULATED.findall(chunk))
    if not extent and not letters:
        extent = Extent(fil, ark, area)
        for chunk in sheet_chunks(archive, part):
            extent.take(chunk)
    return Hints(frozenset(hidden), frozenset(columns), (), frozenset(uncalculated))


def _hidden_columns(chunk: bytes) -> Iterator[int]:
    for attributes in _COLUMN.findall(chunk):
        found = dict(_ATTRIBUTE.findall(attributes))
        if found.get(b"hidden") in {b"1", b"true"}:
            first, last = int(found.get(b"min", b"1")), int(found.get(b"max", b"1"))
            yield from range(max(first, 1) - 1, min(last, first + _MAX_HIDDEN, MAX_COLUMNS))
