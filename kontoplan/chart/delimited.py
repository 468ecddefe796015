"""Tekstfiler med skilletegn: finner tegnsettet og skilletegnet selv."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from kontoplan.chart.grid import Cell, Row, clean, make_row
from kontoplan.chart.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from kontoplan.chart.sniff import looks_like_utf16
from kontoplan.errors import UserError

SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_LINES = 400
_FIELD_LIMIT = 1 << 20


def decode(data: bytes) -> str:
    """Innholdet som tekst: UTF-8 med og uten BOM, UTF-16, ellers Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    wide = looks_like_utf16(data[:65536])
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def find_separator(text: str) -> str | None:
    """Skilletegnet som gir flest rader med like mange felt; ``None`` når ingen gir mer enn ett felt.

    Første linje ``sep=;`` (Excels egen) bestemmer når den finnes.
    """
    head = text[:16]
    if head.startswith("sep=") and len(head) > 4:  # noqa: PLR2004 - tegnet etter «sep=»
        return head[4]
    sample = "".join(islice(io.StringIO(text), _SAMPLE_LINES))
    scored = [(_agreement(sample, sep), sep) for sep in SEPARATORS]
    best, separator = max(scored, key=lambda item: item[0])
    return separator if best > 0 else None


def _agreement(sample: str, separator: str) -> float:
    """Andelen rader med den vanligste bredden over én, med litt ekstra for anførselstegn som går opp."""
    if separator not in sample:
        return 0.0
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if any(row)]
    except csv.Error:
        return 0.0
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    # Komma står også i navn og beløp; semikolon og tabulator gjør det nesten aldri.
    trust = {";": 1.0, "\t": 1.0, "|": 0.95}.get(separator, 0.7)
    return trust * count / len(widths) + 0.02 * min(width, 5)


def read_delimited(data: bytes, fil: str) -> tuple[Row, ...]:
    """Radene i tekstfilen; radnummeret er postens nummer, slik Excel viser det når filen åpnes der.

    Raises:
        UserError: filen er ikke en tabell i tekst, eller er større enn grensene.
    """
    text = decode(data)
    separator = find_separator(text)
    if text.startswith("sep=") and "\n" in text:
        # Linjen vises ikke i Excel, og teller derfor ikke som en rad.
        text = text.split("\n", 1)[1]
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or "\x1f")
    rows: list[Row] = []
    cells = 0
    try:
        for nr, values in enumerate(reader, 1):
            if not values:
                continue
            if len(values) > MAX_COLUMNS or nr > MAX_ROWS or cells > MAX_CELLS:
                raise UserError(
                    f"{fil} er for stor til å være en kontoplan (rad {nr} har {len(values)} felt); del den opp, "
                    "eller ta ut bare kolonnene med nummer og navn.",
                    code="for-stor-tabell",
                )
            cleaned: list[Cell] = [clean(value) for value in values]
            row = make_row(nr, cleaned)
            if row is not None:
                cells += len(row.cells)
                rows.append(row)
    except csv.Error as error:
        raise UserError(
            f"{fil} kan ikke leses som tabell: rad {reader.line_num} har anførselstegn som ikke går opp eller et felt over "
            "1 MB; åpne filen i Excel og lagre den på nytt som .xlsx.",
            code="uleselig-tekstfil",
        ) from error
    return tuple(rows)
