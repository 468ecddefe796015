"""Hva en kolonneoverskrift sier om kolonnen; ordene står i ``rules/ord/kolonner.csv``."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from kontoplan.data import data_path

MAX_HEADING = 60
"""Lengste overskrift; lengre tekst er en setning."""

_NOISE = re.compile(r"[\s().,:;*_\-–—/\\\"'?]+")
_KLASSE_LETTERS = {"d": "1", "i": "0", "b": "2"}
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d\d+)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """Kolonnens rolle etter overskriften, dimensjonen den nevner, og stammen den deler med nabokolonner.

    Attributes:
        role: ``kode``, ``navn``, ``klasse``, ``belop``, ``kontekst``, ``type``, ``kostra``, ``annet`` eller tom.
        dim: ``konto``, ``art``, ``funksjon``, ``ansvar``, ``balanse``, ``prosjekt``, eller felt i konteksten.
        stem: Ordet foran endingen, f.eks. ``konto`` i «Konto (T)».
        alone: Overskriften er bare stammen, og kolonnen kan derfor ha nummer, navn eller begge.
    """

    role: str = ""
    dim: str = ""
    stem: str = ""
    alone: bool = False


NONE = Heading()
STRUCTURAL = frozenset({"kode", "navn"})


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, tuple[str, str]]]:
    """Form → ord (uten mellomrom) → (rolle, dimensjon), slik de står i ``kolonner.csv``."""
    found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    with data_path("rules/ord/kolonner.csv").open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            found[line["form"]].setdefault(compact(line["ord"]), (line["rolle"], line["dimensjon"]))
    return dict(found)


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """Teksten med små bokstaver, uten mellomrom og tegn.

    >>> compact("Konto (T)"), compact("Fra-år")
    ('kontot', 'fraår')
    """
    return _NOISE.sub("", text.casefold())


@lru_cache(maxsize=4096)
def classify(text: str) -> Heading:  # noqa: PLR0911 - én utgang for hver form et ord kan ha
    """Hva overskriften sier; ``NONE`` når ordet er ukjent.

    >>> classify("Konto (T)")
    Heading(role='navn', dim='konto', stem='konto', alone=False)
    """
    word = compact(text)
    if not word or len(text) > MAX_HEADING:
        return NONE
    forms = words()
    if any(part in word for part in forms["inneholder"]):
        rest = classify(_without(text, forms["inneholder"]))
        return Heading("kostra", rest.dim, rest.stem) if rest.role != "navn" else Heading("kostranavn", rest.dim)
    if word in forms["hel"]:
        return Heading(*forms["hel"][word])
    if _YEAR.fullmatch(word):
        return Heading("belop")
    stemmed = _by_stem(word, forms)
    if stemmed:
        return stemmed
    without_year = _YEAR.sub("", word)
    if without_year != word:
        rest = classify(without_year)
        if rest.role:
            return rest
    if any(word.startswith(start) for start in forms["start"]):
        return Heading("belop")
    return NONE


def _without(text: str, parts: dict[str, tuple[str, str]]) -> str:
    for part in parts:
        text = re.sub(part, " ", text, flags=re.IGNORECASE)
    return text


def _by_stem(word: str, forms: dict[str, dict[str, tuple[str, str]]]) -> Heading | None:
    """Overskriften som stamme, med eller uten ending: «Konto», «Kontonr», «Artsnavn», «Konto (T)»."""
    for stem in sorted((s for s in forms["stamme"] if word.startswith(s)), key=len, reverse=True):
        dim = forms["stamme"][stem][1]
        rest = word[len(stem) :]
        if not rest:
            return Heading("kode", dim, stem, alone=bool(dim))
        for ending in (rest, rest.removeprefix("s"), rest.removeprefix("e")):
            if ending in forms["ending"]:
                return Heading(forms["ending"][ending][0], dim, stem)
    return None


@lru_cache(maxsize=4096)
def title_dimensions(text: str) -> frozenset[str]:
    """Dimensjonene en tittel eller et arknavn nevner, f.eks. ``{"funksjon"}`` for «Tenester 2013»."""
    forms = words()["tittel"]
    return frozenset(forms[w][1] for w in re.findall(r"[^\W\d_]+", text.casefold()) if w in forms)


@lru_cache(maxsize=4096)
def kontoklasse_in(text: str) -> str | None:
    """Klassen en tittel, overskrift eller klassekolonne nevner: drift → 1, investering → 0, balanse → 2.

    >>> kontoklasse_in("1 DRIFT"), kontoklasse_in("Investeringsregnskap"), kontoklasse_in("Drift og investering")
    ('1', '0', None)
    """
    found = set()
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        if word.startswith("drift"):
            found.add("1")
        elif word.startswith("invest"):
            found.add("0")
        elif word.startswith("balanse"):
            found.add("2")
    return found.pop() if len(found) == 1 else None


def is_year(text: str) -> bool:
    """Om teksten er et årstall, slik overskrifter over beløp ofte er."""
    return _YEAR.fullmatch(text) is not None


def klasse_value(text: str) -> str | None:
    """Klassen slik kilden sier den: sifferet, eller ordet oversatt.

    >>> klasse_value("1"), klasse_value("Drift"), klasse_value("0 Investering"), klasse_value("")
    ('1', '1', '0', None)
    """
    if not text:
        return None
    if text[0].isdigit() and (len(text) == 1 or not text[1].isdigit()):
        return text[0]
    return kontoklasse_in(text) or _KLASSE_LETTERS.get(text.casefold())
