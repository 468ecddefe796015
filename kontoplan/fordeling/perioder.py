"""Periodene det fordeles for: hele året, kvartaler eller måneder."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal

from kontoplan.errors import UserError

Per = Literal["aar", "kvartal", "maaned"]

_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_LAST_MONTH = 12
_QUARTER = 3
_LAST_QUARTER = 4


def period_of(month: object, per: Per, fil: str) -> int:
    """Perioden en postering hører til: 0 for hele året, kvartalet, eller måneden (13 er årsavslutningen).

    Raises:
        UserError: posteringen har ingen måned, og det skal fordeles per periode.
    """
    if per == "aar":
        return 0
    if not isinstance(month, int) or month < 1:
        raise UserError(
            f"{fil} har posteringer uten lesbar dato eller periode, så den kan ikke fordeles per periode; rett dem, eller utelat --per.",
            code="fordel-uten-periode",
        )
    return min((month - 1) // _QUARTER + 1, _LAST_QUARTER) if per == "kvartal" else min(month, _LAST_MONTH + 1)


def last_day(period: int, aar: int, per: Per) -> dt.date:
    """Siste dag i perioden, som er bilagsdatoen."""
    month = _LAST_MONTH if per == "aar" else min(period * (_QUARTER if per == "kvartal" else 1), _LAST_MONTH)
    return dt.date(aar, month, calendar.monthrange(aar, month)[1])


def period_name(period: int, aar: int, per: Per) -> str:
    """Perioden slik folk sier den.

    >>> period_name(0, 2026, "aar"), period_name(1, 2026, "kvartal"), period_name(3, 2026, "maaned")
    ('2026', '1. kvartal 2026', 'mars 2026')
    """
    if per == "aar":
        return str(aar)
    if per == "kvartal":
        return f"{period}. kvartal {aar}"
    return f"{_MONTHS[period - 1] if period <= _LAST_MONTH else 'årsavslutning'} {aar}"
