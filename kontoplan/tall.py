"""Tall slik folk leser dem: hardt mellomrom mellom tusenene, og riktig bøyning av det som telles."""

from __future__ import annotations


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
