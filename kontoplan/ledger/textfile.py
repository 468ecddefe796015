"""Hovedbok i tekst med skilletegn: finner tegnsett, skilletegn og anførselstegn, og lar Polars lese filen."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.chart.delimited import decode, find_separator
from kontoplan.chart.limits import MAX_COLUMNS
from kontoplan.errors import UserError
from kontoplan.ledger.hovedbok import Kilde
from kontoplan.ledger.limits import FIELD_LIMIT, SAMPLE_BYTES, SAMPLE_ROWS
from kontoplan.ledger.table import assemble, detect
from kontoplan.ledger.transcode import SHOWN, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kontoplan.ledger.columns import Columns
    from kontoplan.ledger.hovedbok import Hovedbok

_SEPARATOR_NAMES = {";": "semikolon", ",": "komma", "\t": "tabulator", "|": "loddrett strek"}
_EXTRA = "ekstra"
_TELL_EVERY = 50_000


@dataclass(frozen=True, slots=True)
class _Head:
    """Begynnelsen av filen: skilletegnet, om første linje er Excels ``sep=``, og de første radene."""

    separator: str
    sep_line: bool
    rows: tuple[tuple[str, ...], ...]


def open_text(
    path: Path,
    kolonner: str | Mapping[str, str] | None,
    folder: Path,
    progress: Callable[[str], None] | None = None,
) -> Hovedbok:
    """Åpner en tekstfil.

    Args:
        path: Filen.
        kolonner: Det brukeren skrev i ``--kolonner``.
        folder: En midlertidig mappe for filer som må skrives om (annet tegnsett, uregelmessige anførselstegn).
        progress: Kalles med antallet rader som er lest, av omtrent så mange filen har, hver gang rammen leses.

    Raises:
        UserError: filen er ikke en tabell, eller mangler kolonnene som trengs.
    """
    with path.open("rb") as stream:
        start = stream.read(SAMPLE_BYTES)
    head = _head(start, path.name)
    ready = prepare(path, start, head.separator, folder, sep_line=head.sep_line)
    records = list(enumerate(head.rows, 1))
    columns = detect(records, path.name, kolonner)
    names = [f"c{i}" for i in range(_width(head.rows, columns))]
    raw = pl.scan_csv(
        ready.path,
        has_header=False,
        separator=ready.separator,
        quote_char='"' if ready.quoted else None,
        schema=dict.fromkeys([*names, _EXTRA], pl.String()),
        missing_columns="insert",
        extra_columns="ignore",
        row_index_name="rad",
        row_index_offset=0 if ready.sep_line else 1,
        glob=False,
    )
    raw = raw.with_columns(pl.col("rad").cast(pl.UInt32), pl.lit(path.stem).alias("ark"))
    if progress:
        rows = path.stat().st_size * start.count(b"\n") // max(len(start), 1)
        raw = raw.with_columns(told(pl.col("rad"), path.name, rows, progress))
    separator = _SEPARATOR_NAMES.get(head.separator, repr(head.separator))
    kilde = Kilde(
        path.name, "CSV", "hovedbok", oppsett=(f"tegnsett {SHOWN[ready.encoding]}", f"skilletegn {separator}")
    )
    return assemble(raw, columns, records, kilde)


def told(rad: pl.Expr, fil: str, rows: int, progress: Callable[[str], None]) -> pl.Expr:
    """Radnumrene uendret; underveis får ``progress`` vite hvor langt lesingen er kommet, av omtrent ``rows`` rader."""
    furthest = 0

    def tell(numbers: pl.Series) -> pl.Series:
        nonlocal furthest
        last = numbers.max()
        if isinstance(last, int) and last >= furthest + _TELL_EVERY:
            furthest = last
            progress(f"Leser rader i {fil}: {last} av omtrent {max(last, rows)}")
        return numbers

    return rad.map_batches(tell, return_dtype=pl.UInt32, is_elementwise=True)


def _width(rows: tuple[tuple[str, ...], ...], columns: Columns) -> int:
    """Antall kolonner i tabellen: overskriftens, og den vanligste bredden under den. Bredere rader har et skilletegn for mye."""
    widths = Counter(len(row) for row in rows[columns.header_row :] if any(row))
    common = widths.most_common(1)[0][0] if widths else 0
    return max(len(columns.headings), common, *(c + 1 for c in columns.at.values()))


def _head(start: bytes, fil: str) -> _Head:
    """Skilletegnet og de første radene.

    Raises:
        UserError: ingen skilletegn deler linjene i felt, eller et felt er for langt.
    """
    text = decode(_whole_lines(start))
    separator = find_separator(text)
    if separator is None:
        raise UserError(
            f"{fil} er ikke en tabell med skilletegn; eksporter hovedboken som .csv med semikolon, som .xlsx eller som .parquet.",
            code="hovedbok-ikke-tabell",
        )
    sep_line = text.startswith("sep=")
    if sep_line:
        text = text.partition("\n")[2]
    csv.field_size_limit(FIELD_LIMIT)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = tuple(tuple(row) for row in islice(reader, SAMPLE_ROWS))
    except csv.Error:
        raise UserError(
            f"{fil} har et felt på over 1 MB blant de første radene; kontroller anførselstegnene, eller eksporter hovedboken som .xlsx.",
            code="hovedbok-uleselig",
        ) from None
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise UserError(
            f"{fil} har flere enn {MAX_COLUMNS} kolonner; eksporter bare kolonnene med konto, funksjon, beløp og tekst.",
            code="hovedbok-uleselig",
        )
    return _Head(separator, sep_line, rows)


def _whole_lines(start: bytes) -> bytes:
    """Begynnelsen av filen uten den siste, avkuttede linjen."""
    if len(start) < SAMPLE_BYTES:
        return start
    cut = start.rfind(b"\n")
    return start[: cut + 1 if cut > 0 else len(start)] if b"\0" not in start[:64] else start[: cut // 2 * 2]
