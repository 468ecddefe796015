"""Beløp i tekst gjort om til øre, eksakt og en kolonne om gangen: «1 234,50», «1.234,50», «1,234.50», «(1 200)», «57,50-»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXACT = pl.Decimal(18, 2)
_CENTS = 100
_DIRT = r"(?i)[\s'’\u00a0\u202f\u2009]|^(?:kr|nok)\.?|(?:kr|nok)\.?$|,-$"
_LAST_MARK = re.compile(r"([.,])(\d*)\D*$")
_THOUSANDS = 3
AMOUNT = pl.Struct({"ore": pl.Int64, "avrundet": pl.Boolean})
"""Øre, og om beløpet hadde mer enn to desimaler."""


def decimal_comma(texts: Iterable[str]) -> bool | None:
    """Om komma er desimaltegnet i kolonnen; ``None`` når ingen av beløpene avgjør det.

    >>> decimal_comma(["1.234,50"]), decimal_comma(["1,234.50"]), decimal_comma(["1.234", "12"])
    (True, False, None)
    """
    votes = {True: 0, False: 0}
    for text in texts:
        found = _vote(text)
        if found is not None:
            votes[found] += 1
    return None if votes[True] == votes[False] == 0 else votes[True] >= votes[False]


def _vote(text: str) -> bool | None:
    match = _LAST_MARK.search(text)
    if match is None:
        return None
    mark, digits = match.groups()
    other = "," if mark == "." else "."
    if other in text[: match.start()]:
        return mark == ","
    if text.count(mark) > 1:
        return mark == "."
    return None if len(digits) == _THOUSANDS else mark == ","


def undecided(column: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """To uttrykk som sier om hele kolonnen har minst ett beløp med desimalkomma, og med desimalpunktum."""
    return column.str.contains(r",\d{1,2}\D*$").any(), column.str.contains(r"\.\d{1,2}\D*$").any()


def parse_amounts(texts: pl.Series, *, comma: bool) -> pl.Series:
    """Beløpene som ``AMOUNT``; null der teksten ikke er et beløp. Uten tall som går via flyttall.

    Args:
        texts: Tekst, eller null.
        comma: Om komma er desimaltegnet; det andre tegnet er da tusenskille.
    """
    plain = rf"^[+-]?\d{{1,12}}(?:{',' if comma else '[.]'}\d*)?$"
    exact = _exact(texts, plain, comma=comma)
    odd = exact.is_null() & texts.is_not_null()
    if odd.any():
        # De fleste beløp er skrevet rett fram; bare resten får den dyre vasken.
        at = odd.arg_true()
        exact = exact.scatter(at, _exact(_washed(texts.filter(odd), comma=comma), plain, comma=comma))
    cents = (exact * _CENTS).cast(pl.Int64)
    rounded = texts.str.contains(rf"{',' if comma else '[.]'}\d\d\d*[1-9]").fill_null(value=False)
    return pl.DataFrame({"ore": cents, "avrundet": rounded}).to_struct(texts.name)


def _exact(texts: pl.Series, plain: str, *, comma: bool) -> pl.Series:
    numbers = texts.str.replace(",", ".", literal=True) if comma else texts
    return numbers.set(~texts.str.contains(plain).fill_null(value=False), None).cast(_EXACT, strict=False)


def _washed(texts: pl.Series, *, comma: bool) -> pl.Series:
    """Teksten uten blanke, valuta, parenteser, minus bak og tusenskiller; det som ikke er et beløp, blir uleselig."""
    thousands, decimal = (r"\.", ",") if comma else (",", r"\.")
    grouped = rf"^[+-]?\d{{1,3}}(?:{thousands}\d{{3}}){{1,3}}(?:{decimal}\d*)?$"
    clean = (
        texts.str.replace_all(_DIRT, "")
        .str.replace_all(_DIRT, "")
        .str.replace(r"^[−–]", "-")
        .str.replace(r"^\(([^-].*)\)$", "-$1")
        .str.replace(r"^([^-].*)[-−–]$", "-$1")
        .str.replace(rf"^([+-]?)({'[,]' if comma else '[.]'}\d)", "${1}0$2")
    )
    # Bare tekst med rette tusenskiller får dem fjernet; «12.34» i en kolonne med desimalkomma er ikke noe beløp.
    return pl.select(
        pl.when(clean.str.contains(grouped)).then(clean.str.replace_all(thousands, "")).otherwise(clean)
    ).to_series()


def float_cents(column: pl.Expr) -> pl.Expr:
    """Øre av tall i kroner (Excel lagrer bare flyttall), som ``AMOUNT``."""
    cents = column.cast(pl.Float64) * _CENTS
    whole = cents.round(0)
    inside = whole.abs() < 1e14  # noqa: PLR2004 - 1 000 milliarder kroner; over dette er øret ikke lenger eksakt
    return pl.struct(
        pl.when(inside).then(whole.cast(pl.Int64, strict=False)).alias("ore"),
        ((cents - whole).abs() > 0.005).fill_null(value=False).alias("avrundet"),  # noqa: PLR2004 - flyttallets egen unøyaktighet
    )
