"""Fødselsnummer i tekst: finner det som kan være ett, så det aldri lagres eller læres."""

from __future__ import annotations

import re
from typing import Final

MASK: Final = "[fødselsnummer]"
"""Det som står i stedet for et mulig fødselsnummer."""

# Dag (D-nummer har 4 lagt til første siffer), måned (40, 65 og 80 er lagt til i syntetiske nummer), år, fem siffer.
# Kontrollsifrene prøves ikke: et feilskrevet nummer peker også på et menneske. Et bankkontonummer deles 4-2-5.
_NUMBER: Final = re.compile(
    r"(?<!\d)(?:[0-2]\d|3[01]|[4-6]\d|7[01])(?:[048][1-9]|[159][0-2]|6[6-9]|7[0-7])\d\d[ .\-\u00a0]?\d{5}(?!\d)"
)


def mask(text: str) -> str:
    """Teksten med alt som kan være et fødselsnummer eller D-nummer, byttet ut.

    >>> mask("Forskudd 01017012345"), mask("Bank 1503.12.34567")
    ('Forskudd [fødselsnummer]', 'Bank 1503.12.34567')
    """
    return _NUMBER.sub(MASK, text)
