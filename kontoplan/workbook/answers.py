"""Svarene på mange spørsmål ut: Excel, CSV eller JSON-linjer, hele filen eller ingenting."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.workbook.atomic import check_target, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kontoplan.sak import Forslag, Status
    from kontoplan.svar import Svar, Svarstatus

    Numbered = Sequence[tuple[int, Svar]]

_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Rad", 6),
    ("Spørsmål", 42),
    ("Svar", 52),
    ("Status", 11),
    ("Funksjon", 9),
    ("Funksjonsnavn", 28),
    ("Art", 9),
    ("Artsnavn", 28),
    ("Kontoklasse", 11),
    ("Sannsynlighet", 13),
    ("Det som avgjør", 42),
    ("Hvorfor", 60),
    ("Kilde", 48),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SOURCES = 2  # så mange kilder vises per svar


def check_answers(path: Path, source: Path, *, overskriv: bool) -> None:
    """Kontrollerer at svarene kan skrives, før noe er lest.

    Raises:
        UserError: endelsen er ukjent, filen er den som leses, eller den finnes fra før uten ``overskriv``.
    """
    if path.suffix.lower() not in _RENDER:
        raise UserError(
            f"Svarene kan skrives som {', '.join(_RENDER)}; gi {path.name} et navn som slutter slik.",
            code="feil-endelse",
        )
    if path.resolve() == source.resolve():
        raise UserError(f"{path} er også filen som leses; velg et annet navn med -o.", code="ut-er-inn")
    check_target(path, overskriv=overskriv)


def write_answers(svar: Numbered, path: Path, *, overskriv: bool = False) -> None:
    """Skriver svarene i formatet endelsen sier.

    Raises:
        UserError: filen kan ikke skrives.
    """
    write_bytes(path, _RENDER[path.suffix.lower()](svar), overskriv=overskriv)


def _row(number: int, svar: Svar) -> list[str | float | None]:
    best = [svar.funksjon[0].sannsynlighet] if svar.funksjon else []
    best += [svar.art[0].sannsynlighet] if svar.art else []
    questions = [
        f"{q.sporsmal} " + "; ".join(f"{a.tekst} → {', '.join(f'{d} {k}' for d, k in a.gir)}" for a in q.svar)
        for q in svar.avklaring
    ]
    sources = dict.fromkeys(g.kilde for g in svar.begrunnelse if g.kilde)
    return [
        number,
        svar.sporsmal,
        svar.setning,
        svar.status,
        _codes(svar, svar.funksjon),
        _names(svar, svar.funksjon),
        _codes(svar, svar.art),
        _names(svar, svar.art),
        svar.kontoklasse,
        min(best) if best else None,
        "\n".join(questions),
        "\n".join(g.melding for g in svar.begrunnelse if not g.ikke),
        "\n".join(list(sources)[:_SOURCES]),
    ]


def _shown(svar: Svar, found: Sequence[Forslag]) -> Sequence[Forslag]:
    return found if svar.status in {"fordeles", "avhenger", "tvetydig"} else found[:1]


def _codes(svar: Svar, found: Sequence[Forslag]) -> str:
    return ", ".join(f.kode for f in _shown(svar, found))


def _names(svar: Svar, found: Sequence[Forslag]) -> str:
    return "; ".join(f.navn for f in _shown(svar, found))


def _jsonl(svar: Numbered) -> bytes:
    return "".join(json.dumps(one.as_dict(), ensure_ascii=False) + "\n" for _, one in svar).encode()


def _csv(svar: Numbered) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([name for name, _ in _COLUMNS])
    for number, one in svar:
        writer.writerow([_safe(cell) for cell in _row(number, one)])
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str | float | None) -> str | float | None:
    """En celle regnearket ikke leser som formel."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _xlsx(svar: Numbered) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - tung import, bare når en arbeidsbok skal skrives

    from kontoplan.workbook import layout  # noqa: PLC0415 - det samme

    content = io.BytesIO()
    book = Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    styles = layout.Stiler(book)
    sheet = book.add_worksheet("Svar")
    kinds = ["radnummer", "navn", "brytes", "status", "kode", "dempet", "kode", "dempet", "tekst", "sannsynlighet",
             "brytes", "brytes", "dempet"]  # fmt: skip
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        layout.skriv_celle(sheet, 0, column, name, styles.hent("hode_tall" if name == "Rad" else "hode"))
    for at, (number, one) in enumerate(svar, 1):
        cells = _row(number, one)
        for column, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
            status = _COLOURS[one.status] if kind == "status" else None
            layout.skriv_celle(sheet, at, column, cell, styles.hent(kind, status))
        lines = max(layout.lines_needed(str(c or ""), w) for c, (_, w) in zip(cells, _COLUMNS, strict=True))
        sheet.set_row(at, layout.row_height(lines))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(svar)), len(_COLUMNS) - 1)
    layout.sideoppsett(sheet, layout.PAPIR_A3, gjenta_overskrift=True)
    book.close()
    return content.getvalue()


_COLOURS: dict[Svarstatus, Status] = {
    "sikker": "sikker",
    "usikker": "usikker",
    "tvetydig": "tvetydig",
    "avhenger": "tvetydig",
    "fordeles": "fordeles",
    "ukjent": "ukjent",
}
_RENDER: dict[str, Callable[[Numbered], bytes]] = {".xlsx": _xlsx, ".csv": _csv, ".jsonl": _jsonl}
