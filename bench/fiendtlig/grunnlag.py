"""Filene mutasjonene begynner med: ekte og oppdiktede kontoplaner i alle formatene, og arbeidsboken programmet selv skriver."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]

ROWS = [
    ("Art", "Navn", "Beløp"),
    ("10100", "Fastlønn", 125_000.5),
    ("10300", "Ekstrahjelp", -300),
    ("11150", "Matvarer", 0),
    ("11800", "Strøm", 9_000),
    ("12700", "Konsulent", 4e5),
    ("13700", "Kjøp fra private", None),
    ("16200", "Salg", -1),
]


FILES = ROOT / "tests" / "chart" / "filer"


def _read(name: str) -> bytes:
    return (ROOT / name).read_bytes()


def small(rows: list[tuple[object, ...]] | None = None, **options: object) -> bytes:
    """En liten arbeidsbok med delte tekster."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, **options}) as book:
        sheet = book.add_worksheet("Kontoplan")
        for number, row in enumerate(ROWS if rows is None else rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def _openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet["D2"] = "=SUM(C2:C4)"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def koblet() -> bytes:
    """Arbeidsboken «koble» skriver av en liten kontoplan, med noen avgjørelser fylt ut."""
    from kontoplan import Kodeverk, koble  # noqa: PLC0415 - tungt, bare når grunnlaget lages
    from kontoplan.workbook import write_workbook  # noqa: PLC0415 - det samme

    with tempfile.TemporaryDirectory() as folder:
        plan, out = Path(folder) / "plan.xlsx", Path(folder) / "koblet.xlsx"
        plan.write_bytes(small())
        found = koble(plan)
        write_workbook(found, out, kodeverk=Kodeverk.for_aar(found.aar))
        book = openpyxl.load_workbook(out)
    sheet = book["Kobling"]
    heads = [cell.value for cell in sheet[1]]
    for row, decision in ((2, "010 Fastlønn"), (4, "115"), (6, "Rapporteres ikke")):
        sheet.cell(row, heads.index("Avgjørelse") + 1).value = decision
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


_MADE: dict[str, Callable[[], bytes]] = {
    "demo.xlsx": lambda: _read("eksempler/demo-kommune-2026.xlsx"),
    "demo.xlsm": lambda: _read("eksempler/demo-kommune-2026.xlsx"),
    "liten.xlsx": small,
    "strenger.xlsx": lambda: small(constant_memory=True),
    "openpyxl.xlsx": _openpyxl,
    "koblet.xlsx": koblet,
}
NAMES = (*_MADE, *sorted(path.name for path in FILES.iterdir()))
"""Filene det mutasjonene begynner med."""
ZIPPED = tuple(name for name in NAMES if name.endswith((".xlsx", ".xlsm", ".ods")))


@cache
def base(name: str) -> bytes:
    """Innholdet i filen med dette navnet."""
    return _MADE[name]() if name in _MADE else (FILES / name).read_bytes()
