"""Fra en tabell med overskrift til en hovedbok: det som er likt for regneark, tekstfiler og Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.ledger.columns import find_columns
from kontoplan.ledger.formats import find_formats
from kontoplan.ledger.frame import build
from kontoplan.ledger.hovedbok import Hovedbok, Kilde
from kontoplan.ledger.override import given_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.ledger.columns import Columns, Record

_HEADER_ROWS = 60


def detect(records: Sequence[Record], fil: str, kolonner: str | Mapping[str, str] | None) -> Columns:
    """Kolonnene i tabellen, av overskriftene og det brukeren har oppgitt.

    Raises:
        UserError: en kolonne brukeren oppga finnes ikke, eller konto eller beløp mangler.
    """
    width = max((len(cells) for _, cells in records), default=0)
    given = given_columns(kolonner, [cells for _, cells in records[:_HEADER_ROWS]], width, fil)
    return find_columns(records, fil, given)


def assemble(raw: pl.LazyFrame, columns: Columns, records: Sequence[Record], kilde: Kilde) -> Hovedbok:
    """Hovedboken av radene og kolonnene.

    Args:
        raw: Radene, med ``rad`` (UInt32), ``ark``, ``ekstra`` og kolonnene ``c0``, ``c1`` … som er i bruk.
        columns: Hvilken kolonne som er hva.
        records: De første radene som tekst; skrivemåten sluttes av dem.
        kilde: Hva filen er; slag, kolonner og skrivemåte fylles ut her.
    """
    names = {role: f"c{column}" for role, column in columns.at.items()}
    below = raw.filter(pl.col("rad") > columns.header_row)
    sample = [cells for nr, cells in records if nr > columns.header_row]
    formats = find_formats(columns, sample, below, names)
    described = Kilde(
        fil=kilde.fil,
        form=kilde.form,
        slag=columns.slag,
        ark=kilde.ark,
        kolonner=columns.described(),
        oppsett=(*kilde.oppsett, *formats.described()),
        merknader=kilde.merknader,
    )
    return Hovedbok(described, build(below, columns, formats, names))
