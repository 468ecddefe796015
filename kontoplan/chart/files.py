"""Fra fil til ark: finner ut hva filen er, holder grensene og lar calamine lese cellene."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import python_calamine as calamine

from kontoplan.chart import odsscan, sniff, xlsxscan, zipscan
from kontoplan.chart.delimited import read_delimited
from kontoplan.chart.grid import Hints, Row, Sheet, clean, fill_merged, make_row
from kontoplan.chart.limits import MAX_CELLS, MAX_FILE_BYTES
from kontoplan.chart.xls import XlsDamagedError, XlsPasswordError, read_xls
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHEET_ENDINGS = "xlsx, .xlsm, .xls, .ods, .csv eller .tsv"


def load_sheets(path: Path) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Arkene i filen, også skjulte, og merknader om filen (f.eks. at makroer ikke er kjørt).

    Raises:
        UserError: filen mangler, er ikke et regneark, er ødelagt, kryptert, tom eller for stor.
    """
    data = _read_bytes(path)
    fil = path.name
    if sniff.is_zip(data):
        return _from_zip(data, fil)
    if sniff.is_ole(data):
        return _from_ole(data, fil), ()
    foreign = sniff.foreign_kind(data)
    if foreign is None and sniff.is_binary(data):
        foreign = "en binærfil"
    if foreign:
        raise not_workbook(fil, foreign)
    rows = read_delimited(data, fil)
    return (Sheet(fil, path.stem, rows),), ()


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(
                f"{path} er en mappe; oppgi selve filen med kontoplanen (.{SHEET_ENDINGS}).", code="er-mappe"
            )
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UserError(
                f"{path.name} er på {size / 1e6:.0f} MB, og grensen er {MAX_FILE_BYTES / 1e6:.0f} MB; ta ut bare kontoplanen i en egen fil.",
                code="for-stor-fil",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"Finner ikke filen {path}; kontroller navnet og mappen.", code="finnes-ikke") from None
    except PermissionError:
        raise UserError(
            f"Får ikke lese {path}; gi deg selv lesetilgang eller kopier filen til din egen mappe.",
            code="ingen-tilgang",
        ) from None
    except (OSError, ValueError) as error:
        raise UserError(
            f"Kan ikke lese {path}: {getattr(error, 'strerror', None) or error}; kopier filen til din egen disk og prøv igjen.",
            code="lesefeil",
        ) from None
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UserError(f"{path.name} er tom; eksporter kontoplanen på nytt.", code="tom-fil")
    return data


def not_workbook(fil: str, what: str) -> UserError:
    """Feilen for en fil som er noe annet enn et regneark, f.eks. ``en PDF-fil``."""
    return UserError(
        f"{fil} er ikke et regneark, men {what}; åpne kilden og lagre eller eksporter kontoplanen som .{SHEET_ENDINGS}.",
        code="ikke-regneark",
    )


def damaged(fil: str) -> UserError:
    """Feilen for en fil som ikke lar seg lese."""
    return UserError(
        f"{fil} er skadet og kan ikke leses; åpne filen i Excel eller LibreOffice, lagre den på nytt som .xlsx og prøv igjen.",
        code="skadet-fil",
    )


def _from_ole(data: bytes, fil: str) -> tuple[Sheet, ...]:
    if sniff.is_encrypted_ole(data):
        raise zipscan.password_error(fil)
    if not sniff.is_xls(data):
        raise not_workbook(fil, "et dokument av et annet slag (f.eks. Word eller e-post)")
    try:
        return read_xls(data, fil)
    except XlsPasswordError:
        raise zipscan.password_error(fil) from None
    except XlsDamagedError:
        raise damaged(fil) from None


def _from_zip(data: bytes, fil: str) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            zipscan.check_directory(archive, fil)
            hints: dict[str, Hints] = {}
            if "xl/workbook.xml" in names:
                for ark, part in xlsxscan.sheet_parts(archive).items():
                    if part in names:
                        hints[ark] = xlsxscan.scan_sheet(archive, part, fil, ark)
                for part in names & {"xl/sharedStrings.xml", "xl/styles.xml"}:
                    zipscan.check_part(archive, part)
            elif _is_ods(archive, names):
                hints = odsscan.scan_ods(archive, fil)
            else:
                raise not_workbook(fil, zip_content(names))
    except zipscan.BROKEN:
        raise damaged(fil) from None
    notes: tuple[str, ...] = ()
    if "xl/vbaProject.bin" in names:
        notes = (f"{fil} har makroer; de er ikke kjørt, bare cellene er lest.",)
    return _with_calamine(data, fil, hints), notes


def _is_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    return "content.xml" in names and "mimetype" in names and b"spreadsheet" in archive.read("mimetype")


def zip_content(names: set[str]) -> str:
    """Hva en zip-fil er når den ikke er et regneark vi leser, etter delene i den."""
    if "xl/workbook.bin" in names:
        return "en binær arbeidsbok (.xlsb)"
    if "word/document.xml" in names:
        return "et Word-dokument"
    if "ppt/presentation.xml" in names:
        return "en PowerPoint-fil"
    if "content.xml" in names:
        return "et OpenDocument-dokument av et annet slag"
    return "et pakket arkiv (zip)"


def _with_calamine(data: bytes, fil: str, hints: dict[str, Hints]) -> tuple[Sheet, ...]:
    with calamine_errors(fil):
        return tuple(_sheets(data, fil, hints))


@contextmanager
def calamine_errors(fil: str) -> Iterator[None]:
    """Gjør det calamine kan kaste for en ødelagt eller kryptert fil, om til ``UserError``."""
    try:
        yield
    except calamine.PasswordError:
        raise zipscan.password_error(fil) from None
    except UserError:
        raise
    except (calamine.CalamineError, OSError, ValueError, OverflowError, MemoryError):
        raise damaged(fil) from None
    except BaseException as error:
        # En panikk i calamine (Rust) er en BaseException; alt annet, som Ctrl-C, slippes videre.
        if type(error).__name__ == "PanicException":
            raise damaged(fil) from None
        raise


def _sheets(data: bytes, fil: str, hints: dict[str, Hints]) -> Iterator[Sheet]:
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            merged = tuple((r1 + 1, c1, r2 + 1, c2) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ())
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            found = replace(hints.get(meta.name, Hints()), merged=merged, hidden=hidden)
            yield Sheet(fil, meta.name, fill_merged(_rows(sheet, fil), merged), found)


def _rows(sheet: calamine.CalamineSheet, fil: str) -> tuple[Row, ...]:
    start = sheet.start
    if start is None:
        return ()
    pad = [None] * start[1]
    rows: list[Row] = []
    cells = 0
    for nr, values in enumerate(sheet.iter_rows(), 1):
        row = make_row(nr, [*pad, *map(clean, values)])
        if row is not None:
            cells += len(row.cells)
            rows.append(row)
            if cells > MAX_CELLS:
                raise UserError(
                    f"Arket «{sheet.name}» i {fil} har over {MAX_CELLS} utfylte ruter; ta ut bare kontoplanen i en egen fil.",
                    code="for-mange-ruter",
                )
    return tuple(rows)
