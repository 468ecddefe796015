"""Hvordan tallene, datoene og kodene er skrevet i akkurat denne filen, sluttet av de første radene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.chart.split_cell import split_cell
from kontoplan.ledger.amounts import decimal_comma, parse_amounts, undecided
from kontoplan.ledger.dates import find_format, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.ledger.columns import Columns

AMOUNTS = ("belop", "debet", "kredit", "saldo")
CODES = ("konto", "funksjon", "ansvar", "prosjekt")
_MAJORITY = 0.6
_CREDIT = ("k", "c", "kredit", "credit", "-")


@dataclass(frozen=True, slots=True)
class Formats:
    """Skrivemåten.

    Attributes:
        comma: Om komma er desimaltegnet i tekst.
        date: Datoformatet i tekst; tomt når datoen ikke er tekst.
        split: Rollene der nummer og navn står i samme celle.
        credit_signed: Om kreditkolonnen selv har minus.
        use_sign: Om D/K-kolonnen avgjør fortegnet; usant når beløpene alt har fortegn.
    """

    comma: bool = True
    date: str = ""
    split: frozenset[str] = frozenset()
    credit_signed: bool = False
    use_sign: bool = False

    def described(self) -> tuple[str, ...]:
        """Det brukeren bør se av skrivemåten."""
        lines = [f"desimaltegn {'komma' if self.comma else 'punktum'}"]
        lines += [f"datoformat {shown(self.date)}"] if self.date else []
        lines += [f"nummer og navn i samme celle: {', '.join(sorted(self.split))}"] if self.split else []
        lines += ["fortegnet tas fra D/K-kolonnen"] if self.use_sign else []
        return tuple(lines)


def find_formats(
    columns: Columns, sample: Sequence[Sequence[str]], raw: pl.LazyFrame, names: Mapping[str, str]
) -> Formats:
    """Skrivemåten i filen.

    Args:
        columns: Kolonnene.
        sample: De første dataradene som tekst.
        raw: Alle radene; leses bare når de første ikke avgjør desimaltegnet.
        names: Rolle → navnet på kolonnen i ``raw``.
    """
    texts = {
        role: [row[c].strip() for row in sample if c < len(row) and row[c].strip()] for role, c in columns.at.items()
    }
    amounts = [text for role in AMOUNTS for text in texts.get(role, ())]
    comma = decimal_comma(amounts)
    if comma is None:
        comma = _decide_by_all(raw, [names[role] for role in AMOUNTS if role in columns.at])
    signed = _signs([t for role in ("belop", "saldo") for t in texts.get(role, ())], comma=comma)
    credit = _signs(texts.get("kredit", []), comma=comma)
    return Formats(
        comma=comma,
        date=find_format(texts.get("dato", [])),
        split=frozenset(role for role in CODES if _is_split(texts.get(role, []))),
        credit_signed=credit == {-1},
        use_sign="fortegn" in columns.at and signed == {1} and _has_credit(texts.get("fortegn", [])),
    )


def _decide_by_all(raw: pl.LazyFrame, columns: Sequence[str]) -> bool:
    """Desimaltegnet når de første radene ikke avgjør det: det som brukes i resten av filen, ellers norsk komma."""
    schema = raw.collect_schema()
    texts = [pl.col(name) for name in columns if schema[name] == pl.String]
    if not texts:
        return True
    found = raw.select(
        pl.any_horizontal(undecided(c)[0] for c in texts).alias("comma"),
        pl.any_horizontal(undecided(c)[1] for c in texts).alias("point"),
    ).collect(engine="streaming")
    comma, point = found.row(0)
    return bool(comma) or not point


def _signs(texts: Sequence[str], *, comma: bool) -> set[int]:
    """Fortegnene som finnes blant beløpene: 1, -1 eller begge; 0 teller ikke."""
    cents = parse_amounts(pl.Series("t", texts, pl.String), comma=comma).struct.field("ore").drop_nulls()
    return {1 if value > 0 else -1 for value in cents if value}


def _is_split(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(split_cell(t) is not None for t in texts) >= _MAJORITY * len(texts)


def _has_credit(texts: Sequence[str]) -> bool:
    return any(text.casefold() in _CREDIT for text in texts)


def is_credit(column: pl.Expr) -> pl.Expr:
    """Om D/K-kolonnen sier kredit."""
    return column.str.strip_chars().str.to_lowercase().is_in(_CREDIT)
