"""Samler poster med samme årsak, med linjene og beløpene i tette tabeller."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

Tall = Literal["I", "q"]


@dataclass(frozen=True, slots=True)
class Samling:
    """Poster som hører sammen.

    Attributes:
        verdi: Det de har felles, etter kolonne.
        linjer: Linjene, stigende.
        belop: Beløpet på hver linje (tusen kroner).
    """

    verdi: dict[str, Any]
    linjer: array[int]
    belop: array[int]


def samle(rows: pl.DataFrame, keys: Sequence[str]) -> Iterator[Samling]:
    """Postene (``linje`` og ``belop``) samlet på ``keys``, gruppene etter sin første linje."""
    grouped = rows.sort("linje").group_by(keys, maintain_order=True).agg("linje", "belop")
    flat = grouped.select("linje", "belop").explode("linje", "belop")
    linjer, belop = tett(flat["linje"], "I"), tett(flat["belop"], "q")
    at = 0
    for verdi, antall in zip(grouped.select(keys).iter_rows(named=True), grouped["linje"].list.len(), strict=True):
        yield Samling(verdi, linjer[at : at + antall], belop[at : at + antall])
        at += antall


def tett(tall: pl.Series, slag: Tall) -> array[int]:
    """Tallene som en tett tabell; to millioner linjenumre tar da åtte megabyte og ikke åtti."""
    return array(slag, tall.to_list())  # to_numpy ville lastet numpy, som koster et tidels sekund
