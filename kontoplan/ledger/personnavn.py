"""Navn på personer i tekst: finner det som ser ut som et fornavn og et etternavn, så det ikke skrives ut.

Forsiktig: bare de vanligste navnene (``rules/hovedbok/personnavn.csv``) er kjent. Fornavnet må følges av et kjent etternavn, eller stå etter et
ord som pleier å stå foran et navn og følges av et ord med stor bokstav. Firmaer, gater og bygg med navn etter personer er ikke med.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read

if TYPE_CHECKING:
    from collections.abc import Iterator

NAVNEMASKE: Final = "[navn]"
"""Det som står i stedet for et mulig personnavn."""
_LEADING: Final = (
    "navn|namn|lønn til|løn til|stønad til|stønad|utbetalt til|utbetaling til|bidrag til|vedrørende|vedr|for|til"
)
_NOT_AFTER: Final = (
    r"(?![\w-]|\s+(?:AS|ASA|ANS|DA|SA|KS|ENK|IKS|KF|HF)\b|\s*(?:&|og\s+(?:co|sønn))"
    r"|s?\s+(?i:gate|gata|gt|gaten|vei|veg|vegen|veien|plass|skole|skule|barnehage|barnehagen|stiftelse|legat|fond|minne|senter|hus|sykehjem|sjukeheim)\b)"
)


def unnamed(text: pl.Expr) -> pl.Expr:
    """Teksten med mulige personnavn byttet ut."""
    return text.map_batches(_hide, return_dtype=pl.String, is_elementwise=True)


def whole_name(texts: pl.Series) -> pl.Series:
    """Om hele feltet er et personnavn."""
    return _hide(texts).str.strip_chars() == NAVNEMASKE


def numbered(number: int) -> str:
    """Det som står i stedet for en person som må holdes fra de andre."""
    return f"{NAVNEMASKE[:-1]} {number}]"


def is_hidden(text: str) -> bool:
    """Om teksten er det som står i stedet for en person; nummeret gjelder bare i én hovedbok."""
    return text.startswith(NAVNEMASKE[:-1])


def hide_names(text: str) -> str:
    """Teksten med mulige personnavn byttet ut.

    >>> hide_names("Stønad Kari Hansen mars"), hide_names("Hansen Bygg AS"), hide_names("Kari Hansens vei 3")
    ('Stønad [navn] mars', 'Hansen Bygg AS', 'Kari Hansens vei 3')
    """
    for pattern in _patterns():
        text = pattern.sub(lambda found: found.group("foran") + NAVNEMASKE, text)
    return text


def _hide(texts: pl.Series) -> pl.Series:
    """Bare tekstene som har et fornavn, trenger å ses på."""
    suspect = texts.filter(texts.str.contains(_prefilter())).unique().to_list()
    hidden = {text: found for text in suspect if (found := hide_names(text)) != text}
    return texts.replace(hidden) if hidden else texts


@cache
def _names(slag: str) -> str:
    """Navnene som alternativer i et regulært uttrykk, slik de skrives og med store bokstaver, de lengste først."""
    rows = read(data_path("rules/hovedbok/personnavn.csv"), ("navn", "slag", "kilde", "sikkerhet"), unik=("navn", "slag"))  # fmt: skip
    names = [row.tekst("navn") for row in rows if row.valg("slag", ("fornavn", "etternavn")) == slag]
    return "|".join(sorted({spelt for name in names for spelt in (name, name.upper())}, key=lambda n: (-len(n), n)))


@cache
def _prefilter() -> str:
    return rf"\b(?:{_names('fornavn')})\b"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[re.Pattern[str]]:
    first, last = _names("fornavn"), _names("etternavn")
    middle = r"(?:[ -](?:[A-ZÆØÅ]\.|[A-ZÆØÅ][a-zæøåé]+|[A-ZÆØÅ]+(?=[ -]))){0,2}"
    # «Jan strøm» er strøm i januar.
    yield re.compile(rf"(?P<foran>)\b(?!(?i:jan strøm)\b)(?:{first}){middle}[ -](?:{last}){_NOT_AFTER}")
    yield re.compile(rf"(?P<foran>)\b(?:{last}), ?(?:{first})(?: [A-ZÆØÅ][a-zæøåé]+)?{_NOT_AFTER}")
    yield re.compile(rf"(?P<foran>\b(?i:{_LEADING})[:.]? )(?:{first})(?:[ -][A-ZÆØÅ][a-zæøåé]+){{1,2}}{_NOT_AFTER}")
