"""Leser et filuttrekk: byte til linjer, og linjer til poster samlet per konto.

To millioner poster har sjelden mer enn noen tusen ulike kontoer. Derfor samles postene per nøkkel (alt foran beløpet)
med en gang, og kontrollene ser bare på nøklene. Linjenumrene følger med og hentes fram når noe er galt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.kostra.format import BELOP, BLANKE, LOVLIG_BELOP, NOKKELLENGDE
from kontoplan.kostra.tall import heltall
from kontoplan.kostra.tegn import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

_SKILLE = b"\x01"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, eq=False)
class Poster:
    """Postene i en fil, samlet per nøkkel.

    Attributes:
        kontoer: Én rad per nøkkel: ``nokkel``, ``ulovlig`` (beløpsfeltet når det ikke følger formatet, ellers null),
            ``linje`` og ``belop`` (lister, i linjerekkefølge; tusen kroner) og ``sum``.
        antall: Antall poster som kontrolleres.
        nullposter: Antall poster som er tatt bort fordi beløpet er 0.
    """

    kontoer: pl.DataFrame
    antall: int
    nullposter: int


def les_linjer(data: bytes) -> pl.Series:
    """Linjene med innhold, uten linjeskift; linje 1 er første element.

    Linjene skilles med LF, CR tas bort i begge ender, og det som da er tomt, telles ikke.
    """
    text = None if data.isascii() else decode(data)
    if text is not None:
        data = text.encode()
    if _SKILLE in data or data.startswith(_BOM):  # det CSV-leseren selv ville tolket
        lines = pl.Series("linje", (text or data.decode()).split("\n"), dtype=pl.String)
    else:
        lines = pl.read_csv(
            data,
            has_header=False,
            separator=_SKILLE.decode(),
            quote_char=None,
            schema={"linje": pl.String},
            raise_if_empty=False,
        )["linje"]
    lines = lines.str.strip_chars("\r")
    return lines.filter((lines != "").fill_null(value=False))


def les_poster(linjer: pl.Series | Sequence[str]) -> Poster:
    """Postene i linjer som alle har rett lengde; poster med beløpet 0 tas bort, som hos mottaket."""
    frame = pl.DataFrame({"post": pl.Series(linjer, dtype=pl.String)}).select(
        linje=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32),
        nokkel=pl.col("post").str.slice(0, NOKKELLENGDE),
        felt=pl.col("post").str.slice(BELOP.start, BELOP.lengde),
    )
    total = frame.height
    frame = frame.filter(pl.col("felt").str.strip_chars(BLANKE) != "0")
    lovlig = pl.col("felt").str.contains(LOVLIG_BELOP)
    frame = frame.select(
        "linje",
        "nokkel",
        ulovlig=pl.when(~lovlig).then("felt"),
        belop=heltall(frame["felt"]),
    )
    keys = ["nokkel", "ulovlig"] if frame["ulovlig"].null_count() < frame.height else ["nokkel"]
    grouped = frame.group_by(keys).agg("linje", "belop", sum=pl.col("belop").sum())
    if "ulovlig" not in keys:
        grouped = grouped.with_columns(ulovlig=pl.lit(None, dtype=pl.String))
    return Poster(grouped, frame.height, total - frame.height)
