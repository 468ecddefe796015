"""Plasseringene i et xlsx-ark: skrevet på vanlig måte, mulige, og innenfor grensen for det brukte området.

Leseren (calamine) setter av plass etter plasseringene og tar dem på ordet, så de kontrolleres først.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kontoplan.chart.grid import column_index, letter
from kontoplan.chart.zipscan import chunks
from kontoplan.errors import UserError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

LETTERS_AREA = 26 * 1_048_576
"""Rutene i et fullt ark med bare kolonnene A–Z."""

# Celler som ikke er selvlukkende, altså kan ha innhold; formaterte tomme celler er <c … />.
_FILLED = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>')
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?:>|\s(?![^<>]*\br=)[^<>]*>)")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]*\br="(\d{1,7})"')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_BEYOND_Z = re.compile(rb'<c r="(?![A-Z](?:\d{1,6}|10[0-4]\d{4})")')

# Attributter skrevet på andre måter enn alle kjente programmer gjør; de skrives om, så uttrykkene her ser dem.
_UNUSUAL = (b"='", b"= ", b"=\n", b"=\r", b"=\t", b" =", b"\n=", b"\r=", b"\t=")
_REWRITE = re.compile(rb"(\s[\w:]+)\s*=\s*(?:'([^'\"<>]*)'|\"([^\"<>]*)\")")
_POSSIBLE = (
    rb"(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])?"
    rb'(?:[1-9]\d{0,5}|10[0-3]\d{4}|104[0-7]\d{3}|1048[0-4]\d\d|10485[0-6]\d|104857[0-6])"'
)
_PERHAPS_IMPOSSIBLE = re.compile(rb'\sr="(?!' + _POSSIBLE + rb")")
_IMPOSSIBLE = re.compile(rb'<(?:\w+:)?(?:c|row)\s(?:[^<>]*?\s)?r="(?!' + _POSSIBLE + rb")")


def sheet_chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Arkets XML i bolker, med attributtene skrevet på vanlig måte.

    Raises:
        ValueError: en rad eller rute står utenfor det et regneark kan ha; filen er ødelagt.
    """
    for raw in chunks(archive, part):
        chunk = _REWRITE.sub(_usual, raw) if any(mark in raw for mark in _UNUSUAL) else raw
        if _PERHAPS_IMPOSSIBLE.search(chunk) and (found := _IMPOSSIBLE.search(chunk)):
            raise ValueError(found[0])
        yield chunk


class Extent:
    """Hvor langt ut arket har innhold.

    Args:
        fil: Filnavnet, til feilmeldingen.
        ark: Arknavnet, til feilmeldingen.
        area: Det største brukte området arket kan ha, i ruter.
    """

    def __init__(self, fil: str, ark: str, area: int) -> None:
        self._fil, self._ark, self._area = fil, ark, area
        self._names: set[bytes] = set()
        self._last_row = self._unplaced = 0

    def take(self, chunk: bytes) -> None:
        """Tar med rutene i bolken.

        Raises:
            UserError: det brukte området er blitt større enn grensen; leseren ville satt av plass til alt.
        """
        filled = _FILLED.findall(chunk)
        if filled:
            self._names.update(name for name, _ in filled)
            self._last_row = max(self._last_row, *(int(nr) for nr in {nr for _, nr in filled}), 0)
        if _UNPLACED.search(chunk):
            self._last_row = max(self._last_row, *(int(nr) for nr in _ROW.findall(chunk)), chunk.count(b"<row"))
            self._unplaced = max(self._unplaced, *(len(_CELL.findall(row)) for row in chunk.split(b"<row")))
        last_column = max([self._unplaced, *(column_index(name.decode()) + 1 for name in self._names)])
        if self._last_row * last_column > self._area:
            raise UserError(
                f"Arket «{self._ark}» i {self._fil} har innhold helt ut til {letter(last_column - 1)}{self._last_row}; "
                "slett det som står utenfor tabellen, lagre og prøv igjen.",
                code="for-stort-ark",
            )


def within_letters(chunk: bytes) -> bool:
    """Om alle rutene i bolken har plassering i kolonnene A–Z, innenfor Excels rader."""
    placed = chunk.count(b"<c ") == chunk.count(b'<c r="') and b"<c>" not in chunk and b":c" not in chunk
    return placed and not _BEYOND_Z.search(chunk)


def _usual(attribute: re.Match[bytes]) -> bytes:
    return attribute[1] + b'="' + (attribute[2] or attribute[3] or b"") + b'"'
