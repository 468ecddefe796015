"""Hovedbok i Parquet: kolonnenavnene er overskriftene, og typene er filens egne."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.errors import UserError
from kontoplan.ledger.cells import as_text
from kontoplan.ledger.hovedbok import Kilde
from kontoplan.ledger.limits import SAMPLE_ROWS
from kontoplan.ledger.table import assemble, detect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kontoplan.ledger.columns import Record
    from kontoplan.ledger.hovedbok import Hovedbok


def open_parquet(path: Path, kolonner: str | Mapping[str, str] | None) -> Hovedbok:
    """Åpner en Parquet-fil; ``rad`` er radens nummer i filen, fra 1.

    Raises:
        UserError: filen er skadet, eller mangler kolonnene som trengs.
    """
    try:
        scan = pl.scan_parquet(path, glob=False)
        names = list(scan.collect_schema())
        head = scan.head(SAMPLE_ROWS).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UserError(
            f"{path.name} er skadet eller er ikke en Parquet-fil; eksporter hovedboken på nytt.", code="skadet-fil"
        ) from error
    records: list[Record] = [(0, names)]
    columns = detect(records, path.name, kolonner)
    records += [(nr, [as_text(value) for value in row]) for nr, row in enumerate(head.iter_rows(), 1)]
    used = sorted(set(columns.at.values()))
    raw = scan.select(_plain(names[c], scan.collect_schema()[names[c]]).alias(f"c{c}") for c in used)
    raw = raw.with_row_index("rad", offset=1).with_columns(
        pl.col("rad").cast(pl.UInt32), pl.lit(path.stem).alias("ark"), pl.lit(None, pl.String).alias("ekstra")
    )
    return assemble(raw, columns, records, Kilde(path.name, "Parquet", "hovedbok"))


def _plain(name: str, kind: pl.DataType) -> pl.Expr:
    """Kategorier og andre innpakninger som tekst, så uttrykkene bare møter tekst, tall og datoer."""
    simple = kind == pl.String or kind.is_numeric() or kind.is_temporal()
    return pl.col(name) if simple else pl.col(name).cast(pl.String, strict=False)
