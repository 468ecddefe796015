"""Leser .xls i en egen prosess (se ``xlsworker``), så en ødelagt fil aldri tar ned programmet."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from kontoplan.chart.grid import Hints, Row, Sheet, clean, fill_merged, make_row
from kontoplan.chart.xlsworker import PASSWORD

TIMEOUT = 60
"""Sekunder en .xls-fil får på seg; den største kjente kontoplanen tar under ett."""


class XlsPasswordError(Exception):
    """Filen er beskyttet med passord."""


class XlsDamagedError(Exception):
    """Filen lar seg ikke lese."""


def read_xls(data: bytes, fil: str) -> tuple[Sheet, ...]:
    """Arkene i en .xls-fil.

    Raises:
        XlsPasswordError: filen er kryptert.
        XlsDamagedError: filen er ødelagt, eller krever mer minne eller tid enn grensen.
    """
    worker = Path(__file__).with_name("xlsworker.py")
    try:
        done = subprocess.run(  # noqa: S603 - vår egen fil med vår egen tolk
            [sys.executable, str(worker)], input=data, capture_output=True, timeout=TIMEOUT, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise XlsDamagedError from error
    if done.returncode == PASSWORD:
        raise XlsPasswordError
    if done.returncode:
        raise XlsDamagedError
    return tuple(_sheet(found, fil) for found in json.loads(done.stdout))


def _sheet(found: dict[str, Any], fil: str) -> Sheet:
    pad = [None] * found["start"]
    made = (make_row(nr, [*pad, *map(clean, values)]) for nr, values in found["rows"])
    rows: tuple[Row, ...] = tuple(row for row in made if row is not None)
    merged = tuple((r1 + 1, c1, r2 + 1, c2) for (r1, c1), (r2, c2) in found["merged"])
    return Sheet(fil, found["name"], fill_merged(rows, merged), Hints(merged=merged, hidden=found["hidden"]))
