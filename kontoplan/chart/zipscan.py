"""Ser over en zip-basert arbeidsbok før den åpnes: størrelse, passord, skjulte rader, formler uten verdi."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kontoplan.chart.grid import Hints, column_index, letter
from kontoplan.chart.limits import (
    MAX_AREA,
    MAX_PARTS,
    MAX_RATIO,
    MAX_TAIL,
    MAX_UNCALCULATED,
    MAX_UNPACKED_BYTES,
    RATIO_FLOOR_BYTES,
    SCAN_CHUNK,
)
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    ET.ParseError,
)
"""Alt zipfile og XML-leseren kan finne på å kaste for en ødelagt fil."""

_FILLED = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*[^/]>')
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*><(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*\br="(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)/?>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_ODS_ROW = re.compile(rb"<table:table-row\b([^<>]*)>")
_ODS_CELL = re.compile(rb'<table:table-cell\b(?=[^<>]*office:value)[^<>]*number-columns-repeated="(\d+)"')
_REPEATED = re.compile(rb'number-rows-repeated="(\d+)"')
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def check_directory(archive: zipfile.ZipFile, fil: str) -> None:
    """Kontrollerer zip-katalogen mot grensene, før noe pakkes ut.

    Raises:
        UserError: utpakket innhold, pakkegrad eller antall deler er over grensen (zipbombe).
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    too_tight = unpacked > RATIO_FLOOR_BYTES and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED_BYTES or too_tight or len(parts) > MAX_PARTS:
        raise UserError(
            f"{fil} er ikke en vanlig arbeidsbok: den pakker seg ut til {unpacked / 1e6:.0f} MB; kopier kontoplanen over i en ny "
            "arbeidsbok og prøv med den.",
            code="zipbombe",
        )


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Arknavn → delens navn i xlsx-filen, i arbeidsbokens rekkefølge."""
    root = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - ElementTree henter ikke eksterne entiteter
    rels = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - det samme
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    found: dict[str, str] = {}
    for element in root.iter():
        if element.tag.endswith("}sheet") or element.tag == "sheet":
            ref = next((v for k, v in element.items() if k == _REL or k.endswith("}id")), None)
            target = targets.get(ref, "")
            found[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def scan_sheet(archive: zipfile.ZipFile, part: str, fil: str, ark: str) -> Hints:
    """Leser arkets XML i bolker og finner skjulte rader og kolonner og formler uten verdi.

    Raises:
        UserError: arkets brukte område er over grensen.
    """
    hidden: set[int] = set()
    uncalculated: set[tuple[int, int]] = set()
    columns: set[int] = set()
    last_row = last_column = 0
    for number, chunk in enumerate(_chunks(archive, part)):
        if number == 0:
            columns.update(_hidden_columns(chunk))
        if b"hidden=" in chunk:
            hidden.update(int(nr) for nr in _HIDDEN_ROW.findall(chunk))
        for name, nr in set(_FILLED.findall(chunk)) if number else _FILLED.findall(chunk):
            last_row = max(last_row, int(nr))
            last_column = max(last_column, column_index(name.decode()))
        if last_row * (last_column + 1) > MAX_AREA:
            raise _too_large(fil, ark, f"{letter(last_column)}{last_row}")
        if b"<f" in chunk and len(uncalculated) < MAX_UNCALCULATED:
            uncalculated.update((int(nr), column_index(name.decode())) for name, nr in _UNCALCULATED.findall(chunk))
    return Hints(frozenset(hidden), frozenset(columns), (), frozenset(uncalculated))


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
            yield from range(first - 1, min(last, first + 255))


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Delen i bolker som ender mellom to ruter, slik at ingen rute deles."""
    with archive.open(part) as stream:
        tail = b""
        while block := stream.read(SCAN_CHUNK):
            block = tail + block
            cut = max(block.rfind(b"<c "), block.rfind(b"<row"), block.rfind(b":c "), block.rfind(b"<table:table-row"))
            if cut <= 0:
                cut = len(block) if len(block) > MAX_TAIL else 0
            yield block[:cut]
            tail = block[cut:]
        yield tail


def check_ods(archive: zipfile.ZipFile, fil: str) -> None:
    """Kontrollerer et ODS-ark: passord, og gjentatte rader og kolonner som ville sprengt minnet.

    Raises:
        UserError: filen er kryptert, eller utvider seg til mer enn grensen.
    """
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise password_error(fil)
    for chunk in _chunks(archive, "content.xml"):
        for repeated in _ODS_CELL.findall(chunk):
            _check_repeat(int(repeated), fil)
        rows = _ODS_ROW.split(chunk)
        for attributes, body in zip(rows[1::2], rows[2::2], strict=True):
            match = _REPEATED.search(attributes)
            if match and b"office:value" in body.split(b"</table:table-row>", 1)[0]:
                _check_repeat(int(match[1]), fil)


def _check_repeat(times: int, fil: str) -> None:
    if times > 100_000:  # noqa: PLR2004 - ingen kontoplan gjentar samme celle hundre tusen ganger
        raise UserError(
            f"{fil} gjentar samme innhold {times} ganger; slett det som står utenfor tabellen, lagre og prøv igjen.",
            code="for-mange-gjentak",
        )


def password_error(fil: str) -> UserError:
    """Feilen for en arbeidsbok med passord."""
    return UserError(
        f"{fil} er beskyttet med passord; åpne den i Excel, velg Fil > Info > Beskytt arbeidsbok > Krypter med passord, "
        "tøm feltet, lagre og prøv igjen.",
        code="passord",
    )
