"""Tall slik folk leser dem: hardt mellomrom mellom tusenene, hele prosenter, og riktig bøyning av det som telles."""

from __future__ import annotations

_NESTEN_EN = 0.995
_NESTEN_NULL = 0.005


def thousands(antall: float) -> str:
    r"""Tallet uten desimaler, med hardt mellomrom mellom tusenene.

    >>> thousands(1234567)
    '1\xa0234\xa0567'
    """
    return f"{antall:,.0f}".replace(",", "\u00a0")


def count(antall: int, en: str, flere: str) -> str:
    r"""Antall med riktig bøyning.

    >>> count(1, "konto", "kontoer"), count(1200, "konto", "kontoer")
    ('1 konto', '1\xa0200 kontoer')
    """
    return f"{thousands(antall)} {en if antall == 1 else flere}"


def percent(share: float) -> str:
    """Andelen i hele prosent; aldri «100 %» eller «0 %» for noe som bare er nesten det."""
    if _NESTEN_EN <= share < 1:
        return "> 99 %"
    if 0 < share < _NESTEN_NULL:
        return "< 1 %"
    return f"{share:.0%}".replace("%", " %")


def exact_percent(share: float) -> str:
    """Andelen i prosent med de desimalene den har, høyst fire: ``60 %``, ``97,5 %``, ``33,3333 %``."""
    return f"{100 * share:.4f}".rstrip("0").rstrip(".").replace(".", ",") + " %"
