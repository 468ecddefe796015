"""Hvem leverandøren er: stat, fylkeskommune, kommune, IKS, foretak eller privat, etter organisasjonsnummeret eller navnet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, get_args

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.kodeverk.tabell import Rad

Partslag = Literal["stat", "fylke", "kommune", "iks", "foretak", "privat"]
NAVN: Final[Mapping[Partslag, str]] = {
    "stat": "staten",
    "fylke": "en fylkeskommune",
    "kommune": "en kommune",
    "iks": "et interkommunalt selskap eller oppgavefellesskap",
    "foretak": "et kommunalt foretak",
    "privat": "en privat part",
}
"""Partene slik de omtales."""
_NUMBER: Final = re.compile(r"(?<!\d)\d{3}\s?\d{3}\s?\d{3}(?!\d)")
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Hvem en leverandør er.

    Attributes:
        slag: Hva slags part.
        grunn: Hva det er sett av, som slutten på en setning («navnet har …»).
        kilde: Hvor listen eller navneformen står.
        sikker: Om leverandøren selv står i en liste, og ikke bare har en navneform.
    """

    slag: Partslag
    grunn: str
    kilde: str
    sikker: bool


@lru_cache(maxsize=100_000)
def part(leverandor: str, orgnr: str = "") -> Part | None:
    """Hvem leverandøren er; ``None`` når verken nummeret eller navnet sier det.

    >>> part("Voss herad").slag, part("Vest Kontor AS").slag, part("Ola og Kari")
    ('kommune', 'privat', None)
    """
    known = _municipalities()
    number = organisation_number(leverandor, orgnr)
    if number and (row := known.get(number)):
        return Part("kommune", f"organisasjonsnummer {number} er {row.liste('navn')[-1]} kommune", row.felt("kilde"), sikker=True)  # fmt: skip
    words = [word.casefold() for word in _WORD.findall(leverandor)]
    found = next((row for row in _forms() if _fits(row, words)), None)
    if found is None:
        return None
    slag = found.valg("part", get_args(Partslag))
    if slag == "kommune" and (row := known.get(" ".join(words[:-1]))):
        return Part("kommune", "navnet står i listen over kommuner", row.felt("kilde"), sikker=True)
    return Part(slag, f"navnet har «{found.tekst('ord')}»", found.felt("kilde"), sikker=False)  # type: ignore[arg-type]


def organisation_number(leverandor: str, orgnr: str) -> str:
    """Organisasjonsnummeret i sin egen kolonne, eller i leverandørfeltet når det der er gyldig; ni siffer, ellers tom."""
    own = re.sub(r"\D", "", orgnr)
    if own:
        return own
    return next((n for n in (re.sub(r"\D", "", m) for m in _NUMBER.findall(leverandor)) if valid_number(n)), "")


def valid_number(number: str) -> bool:
    """Om kontrollsifferet i organisasjonsnummeret stemmer."""
    from stdnum.no import orgnr  # noqa: PLC0415 - lastes bare når det er numre å prøve

    return orgnr.is_valid(number)


def _fits(row: Rad, words: list[str]) -> bool:
    word = row.tekst("ord")
    match row.valg("plass", ("ord", "siste", "slutt", "frase")):
        case "ord":
            return word in words
        case "siste":
            return words[-1:] == [word]
        case "slutt":
            return any(w.endswith(word) for w in words)
        case _:
            return f" {word} " in f" {' '.join(words)} "


@cache
def _forms() -> tuple[Rad, ...]:
    """Navneformene i rekkefølgen de prøves; den første som passer, gjelder."""
    return read(data_path("rules/revisjon/partsord.csv"), ("ord", "plass", "part", "kilde", "sikkerhet"), unik=("ord", "plass"))  # fmt: skip


@cache
def _municipalities() -> Mapping[str, Rad]:
    """Organisasjonsnummer og navn (små bokstaver) → kommunen."""
    found: dict[str, Rad] = {}
    for row in read(data_path("rules/revisjon/kommuner.csv"), ("navn", "orgnr", "kilde", "sikkerhet")):
        keys = [" ".join(_WORD.findall(name)).casefold() for name in row.liste("navn")]
        found |= dict.fromkeys([*keys, *([row.felt("orgnr")] if row.felt("orgnr") else [])], row)
    return found
