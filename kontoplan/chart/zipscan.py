"""Åpner zip-baserte arbeidsbøker forsiktig: grensene kontrolleres i katalogen før noe pakkes ut."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from kontoplan.chart.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_TAIL,
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
    LookupError,
    ET.ParseError,
    expat.ExpatError,
)
"""Alt zipfile og XML-leseren kan finne på å kaste for en ødelagt fil."""


def check_directory(
    archive: zipfile.ZipFile, fil: str, *, unpacked_limit: int = MAX_UNPACKED_BYTES, what: str = "kontoplanen"
) -> None:
    """Kontrollerer zip-katalogen mot grensene, før noe pakkes ut.

    Args:
        archive: Filen.
        fil: Navnet i feilmeldingen.
        unpacked_limit: Største utpakkede innhold, i byte.
        what: Det filen skal være, til feilmeldingen.

    Raises:
        UserError: utpakket innhold, pakkegrad eller antall deler er over grensen (zipbombe).
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    too_tight = unpacked > RATIO_FLOOR_BYTES and unpacked / packed > MAX_RATIO
    if unpacked > unpacked_limit or too_tight or len(parts) > MAX_PARTS:
        raise UserError(
            f"{fil} er ikke en vanlig arbeidsbok: den pakker seg ut til {unpacked / 1e6:.0f} MB; kopier {what} over i en ny "
            "arbeidsbok og prøv med den.",
            code="zipbombe",
        )


def chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Delen i bolker som ender mellom to ruter, slik at ingen rute deles.

    XML-en kontrolleres samtidig: calamine kan gå i ring på en del som slutter midt i et element.

    Raises:
        ExpatError: delen er ikke velformet XML.
    """
    parser = expat.ParserCreate()
    with archive.open(part) as stream:
        tail = b""
        while block := stream.read(SCAN_CHUNK):
            parser.Parse(block, False)  # noqa: FBT003 - expat tar bare posisjonsargumenter
            block = tail + block
            cut = max(block.rfind(b"<c "), block.rfind(b"<row"), block.rfind(b":c "), block.rfind(b"<table:table-row"))
            if cut <= 0:
                cut = len(block) if len(block) > MAX_TAIL else 0
            yield block[:cut]
            tail = block[cut:]
        parser.Parse(b"", True)  # noqa: FBT003 - det samme
        yield tail


def check_part(archive: zipfile.ZipFile, part: str) -> None:
    """Leser delen til endes, slik at skadet innhold oppdages her og ikke i calamine.

    Raises:
        ExpatError: delen er ikke velformet XML.
    """
    for _ in chunks(archive, part):
        pass


def password_error(fil: str) -> UserError:
    """Feilen for en arbeidsbok med passord."""
    return UserError(
        f"{fil} er beskyttet med passord; åpne den i Excel, velg Fil > Info > Beskytt arbeidsbok > Krypter med passord, "
        "tøm feltet, lagre og prøv igjen.",
        code="passord",
    )
