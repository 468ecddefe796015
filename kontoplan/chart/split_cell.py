"""Deler «1010 - Fast lønn» i nummer og navn, og sier hva som kan være et nummer."""

from __future__ import annotations

import re
from functools import lru_cache

# Et nummer slik kommunene skriver dem: 10100, 00300, F351, 2.13.10.001, 25900080, 1010-1, 120A.
_CODE = re.compile(r"[A-ZÆØÅ]{0,3}\.?\d[\d.\-/ ]{0,15}[A-ZÆØÅa-z]?", re.ASCII | re.IGNORECASE)
_PARTS = re.compile(
    r"(?P<kode>[A-ZÆØÅ]{0,2}\d{1,12}(?:[.\-/]\d{1,8}){0,4}[A-Z]?)"
    r"(?:(?P<skille>\s*[-–—:|]\s+|\s*[–—:|]\s*|\.\s+|\)\s*|\s+)|\s*-\s*(?=[^\W\d]))"
    r"(?P<navn>\S.*)",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]{2}")
# «2013 Budsjett», «12 mnd», «50 %» er ikke nummer og navn.
_NOT_NAME = re.compile(
    r"(?:%|mnd|kr\b|år\b|stk\b|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)",
    re.IGNORECASE,
)
MAX_CODE = 16


@lru_cache(maxsize=65536)
def is_code(text: str) -> bool:
    """Om teksten kan være et kontonummer: har siffer, er kort, og er ikke et desimaltall eller en dato.

    >>> is_code("00300"), is_code("F351"), is_code("2.13.10"), is_code("Lønn"), is_code("1 456 538")
    (True, True, True, False, False)
    """
    if not text or len(text) > MAX_CODE or not _CODE.fullmatch(text):
        return False
    if re.fullmatch(r"\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|\d{4}-\d\d-\d\d", text):
        return False
    return not (" " in text or text.endswith(("-", "/", ".")))


@lru_cache(maxsize=65536)
def split_cell(text: str) -> tuple[str, str] | None:
    """Nummer og navn når begge står i samme celle, ellers ``None``.

    >>> split_cell("1010 - Fast lønn"), split_cell("120 Bibliotek"), split_cell("Bibliotek 120")
    (('1010', 'Fast lønn'), ('120', 'Bibliotek'), None)
    """
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    code, name = match["kode"], match["navn"].strip()
    if not _WORD.search(name) or _NOT_NAME.match(name):
        return None
    return code, name


def join_code(code: str, name: str) -> str:
    """Nummer og navn som én tekst til konteksten, f.eks. ``"120 Bibliotek"``."""
    return f"{code} {name}".strip()
