"""Det en koblet arbeidsbok sier om seg selv: året, regnskapet og kommunen den gjelder."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args
from xml.etree import ElementTree as ET

from kontoplan.chart.zipscan import BROKEN
from kontoplan.headings import (
    AAR_EGENSKAP,
    KOMMUNE,
    KOMMUNE_EGENSKAP,
    REGNSKAP,
    REGNSKAP_EGENSKAP,
    REGNSKAPSAR,
    REGNSKAPSTYPE,
)
from kontoplan.sak import Regnskap
from kontoplan.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kontoplan.chart.grid import Sheet

_PARTS = ("docProps/custom.xml", "meta.xml")  # xlsx og ods
_LARGEST = 1_000_000
_ABOUT_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Egenskaper:
    """Året, regnskapet og kommunen; ``None`` eller tom når arbeidsboken ikke sier det."""

    aar: int | None = None
    regnskap: Regnskap | None = None
    kommune: str = ""


def read_properties(path: Path, sheets: Sequence[Sheet]) -> Egenskaper:
    """Egenskapene i filen; det som ikke står der, leses av arket som forteller om arbeidsboken."""
    said = _from_sheets(sheets) | _from_file(path.read_bytes())
    year, kind = said.get(AAR_EGENSKAP, ""), said.get(REGNSKAP_EGENSKAP, "")
    digits = year.removesuffix(".0")
    return Egenskaper(
        int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None,  # noqa: PLR2004 - et årstall
        next((name for name in get_args(Regnskap) if kind == name), None),
        said.get(KOMMUNE_EGENSKAP, "").strip(),
    )


def _from_file(content: bytes) -> dict[str, str]:
    """De egendefinerte egenskapene; tomt for filer uten."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {info.filename: info.file_size for info in archive.infolist()}
            part = next((name for name in _PARTS if names.get(name, _LARGEST) < _LARGEST), None)
            if part is None:
                return {}
            root = ET.fromstring(archive.read(part))  # noqa: S314 - ElementTree henter ikke eksterne entiteter
    except BROKEN:
        return {}
    found = {}
    for element in root.iter():
        name = next((value for key, value in element.items() if key.rpartition("}")[2] == "name"), None)
        if name and element.tag.rpartition("}")[2] in {"property", "user-defined"}:
            found[name] = "".join(element.itertext()).strip()
    return found


def _from_sheets(sheets: Sequence[Sheet]) -> dict[str, str]:
    """«Regnskapsår | 2026», «Regnskap | kommuneregnskap» og «Kommune | …» i to celler ved siden av hverandre."""
    kinds = {fold(text): name for name, text in REGNSKAP.items()}
    found: dict[str, str] = {}
    for sheet in sheets:
        for row in sheet.rows[:_ABOUT_DEPTH]:
            label, value = fold(row.text(0)), row.text(1)
            if label == fold(REGNSKAPSAR):
                found[AAR_EGENSKAP] = value
            elif label == fold(REGNSKAPSTYPE) and fold(value) in kinds:
                found[REGNSKAP_EGENSKAP] = kinds[fold(value)]
            elif label == fold(KOMMUNE):
                found[KOMMUNE_EGENSKAP] = value
    return found
