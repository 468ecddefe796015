"""Datoer og perioder slik økonomisystemene skriver dem."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = (
    "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d", "%d.%m.%y", "%d/%m/%y", "%d%m%Y", "%Y/%m/%d", "%Y.%m.%d", "%m/%d/%Y",
)  # fmt: skip
_SHOWN = {"%d": "dd", "%m": "mm", "%Y": "åååå", "%y": "åå"}
_DAY = re.compile(r"[^\sT]+")
_FIRST_YEAR = 1990
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_YEAR_MONTH = r"^(?:(?:19|20)\d{2}[-./ ]?)?(\d{1,2})$"
_MONTH_YEAR = r"^(\d{1,2})[-./ ](?:19|20)\d{2}$"


def find_format(texts: Sequence[str]) -> str:
    """Datoformatet flest av tekstene følger; tomt når ingen er datoer. Dag foran måned når begge er mulige.

    >>> find_format(["31.01.2025"]), find_format(["2025-01-31 00:00:00"]), find_format(["01/31/2025"])
    ('%d.%m.%Y', '%Y-%m-%d', '%m/%d/%Y')
    """
    days = [match[0] for text in texts if (match := _DAY.match(text.strip()))]
    scored = [(sum(_is_date(day, form) for day in days), -at, form) for at, form in enumerate(FORMATS)]
    best = max(scored)
    return best[2] if best[0] else ""


def _is_date(text: str, form: str) -> bool:
    try:
        return dt.datetime.strptime(text, form).year >= _FIRST_YEAR  # noqa: DTZ007 - bare formen prøves
    except ValueError:
        return False


def shown(form: str) -> str:
    """Formatet slik folk skriver det: ``%d.%m.%Y`` er «dd.mm.åååå»."""
    for code, text in _SHOWN.items():
        form = form.replace(code, text)
    return form


def text_date(column: pl.Expr, form: str) -> pl.Expr:
    """Datoen av tekst, uten klokkeslett; null når teksten ikke følger formatet."""
    if not form:
        return pl.lit(None, pl.Date)
    return column.map_batches(partial(_parse, form=form), return_dtype=pl.Date, is_elementwise=True)


def _parse(texts: pl.Series, *, form: str) -> pl.Series:
    found = texts.str.to_date(form, strict=False)
    odd = found.is_null() & texts.is_not_null()
    if odd.any():
        # Klokkeslett og blanke rundt datoen er uvanlig, og dyrt å lete etter; bare resten prøves slik.
        day = texts.filter(odd).str.extract(r"^\s*([^\sT]+)").str.to_date(form, strict=False)
        found = found.scatter(odd.arg_true(), day)
    return found.set(found.dt.year() < _FIRST_YEAR, None)


def number_date(column: pl.Expr) -> pl.Expr:
    """Datoen av et tall: åååmmdd, ellers Excels dagnummer."""
    number = column.cast(pl.Int64, strict=False)
    compact = number.cast(pl.String).str.to_date("%Y%m%d", strict=False)
    serial = pl.lit(_EXCEL_EPOCH) + pl.duration(days=pl.when(number.is_between(20_000, 80_000)).then(number))
    return _plausible(pl.when(number > 19_000_000).then(compact).otherwise(serial).cast(pl.Date))  # noqa: PLR2004 - åååå


def _plausible(date: pl.Expr) -> pl.Expr:
    return pl.when(date.dt.year() >= _FIRST_YEAR).then(date)


def month(column: pl.Expr) -> pl.Expr:
    """Måneden av en periode («202503», «2025-03», «3», «03/2025»); 13 og høyere er årsavslutningen. Int16."""
    text = column.cast(pl.String).str.strip_chars().str.strip_suffix(".0")
    found = pl.coalesce(text.str.extract(_MONTH_YEAR), text.str.extract(_YEAR_MONTH))
    return found.cast(pl.Int16, strict=False)
