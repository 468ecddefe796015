"""Leser en .xls-fil fra standard inn og skriver cellene som JSON: kjøres som egen prosess.

Det gamle formatet har lengder og antall som leseren tar på ordet; en ødelagt fil kan ta ned hele prosessen. Derfor leses
den i en prosess for seg, med grense for minnet. Filen er et frittstående skript og importerer ikke resten av programmet.
"""

from __future__ import annotations

import io
import json
import sys

import python_calamine as calamine

MEMORY = 900_000_000
"""Adresserommet prosessen får, i byte; calamine bruker selv rundt 100 MB av det."""

PASSWORD, DAMAGED = 3, 4
"""Utgangskodene for fil med passord og ødelagt fil."""


def limit_memory() -> None:
    """Setter grensen der systemet har en."""
    try:
        import resource  # noqa: PLC0415 - finnes ikke på Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read(data: bytes) -> list[dict[str, object]]:
    """Arkene med navn, synlighet, plassering, sammenslåtte celler og rader."""
    sheets: list[dict[str, object]] = []
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            rows = [[nr, row] for nr, row in enumerate(sheet.iter_rows(), 1) if any(value != "" for value in row)]
            sheets.append(
                {
                    "name": meta.name,
                    "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
                    "start": (sheet.start or (0, 0))[1],
                    "merged": sheet.merged_cell_ranges or [],
                    "rows": rows,
                }
            )
    return sheets


def main() -> int:
    """Leser, skriver og svarer med utgangskoden."""
    limit_memory()
    try:
        sheets = read(sys.stdin.buffer.read())
    except calamine.PasswordError:
        return PASSWORD
    except (calamine.CalamineError, OSError, ValueError, MemoryError):
        return DAMAGED
    json.dump(sheets, sys.stdout, default=str)
    return 0


if __name__ == "__main__":
    sys.exit(main())
