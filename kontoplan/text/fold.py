"""Bokstaver og tegn: alle skrivemåter av det samme tegnet blir ett, og det som ikke er tekst, forsvinner."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Tegn som Unicode ikke deler opp selv, men som leses likt. Æ, ø og å er egne bokstaver og beholdes.
_ALIKE = str.maketrans(
    {"ä": "æ", "ö": "ø", "ð": "d", "þ": "t", "ß": "ss", "ł": "l", "đ": "d", "ı": "i", "’": "'", "´": "'", "`": "'"}
)
_KEPT_MARKS = {"å": "\x00", "æ": "\x01", "ø": "\x02"}
_RESTORE = {mark: letter for letter, mark in _KEPT_MARKS.items()}
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_PLAIN = re.compile(r"[ -~æøåÆØÅ]*\Z")


def _strip_accents(text: str) -> str:
    for letter, mark in _KEPT_MARKS.items():
        text = text.replace(letter, mark)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    for mark, letter in _RESTORE.items():
        text = text.replace(mark, letter)
    return text


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Små bokstaver uten aksenter, med vanlige bindestreker og mellomrom; ``"MUSÉ\u00a0 A"`` blir ``"muse a"``.

    Gjelder enhver Unicode-tekst og gir det samme om den brukes flere ganger.
    """
    if not _PLAIN.match(text):
        text = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Co"} else c for c in text)
        text = _DASHES.sub("-", _HIDDEN.sub("", unicodedata.normalize("NFKC", text)))
        text = unicodedata.normalize("NFC", text.lower()).translate(_ALIKE)
        text = unicodedata.normalize("NFC", _strip_accents(text))
    return " ".join(text.lower().split())
