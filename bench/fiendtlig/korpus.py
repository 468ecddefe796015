"""Korpuset: ``cases(antall, frø)`` gir alltid de samme filene for samme frø."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from bench.fiendtlig import flatt, pakket
from bench.fiendtlig.grunnlag import NAMES, ZIPPED, base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 20261122


class Case(NamedTuple):
    """En fil å prøve: nummeret, hva slags mutasjon, filnavnet, innholdet, og kommandoen den gis til."""

    number: int
    kind: str
    name: str
    content: bytes
    command: str


_MUTATIONS: dict[str, tuple[int, Callable[[bytes, Random], bytes]]] = {
    "byte": (20, flatt.of_bytes),
    "xml": (30, pakket.in_xml),
    "deler": (6, pakket.of_parts),
    "beholder": (6, pakket.of_container),
    "bombe": (3, pakket.bomb),
    "svær": (7, pakket.huge),
}
_MADE: dict[str, tuple[int, str, Callable[[Random], bytes]]] = {
    "tekst": (16, ".csv", flatt.text),
    "støy": (4, ".xlsx", flatt.noise),
    "rart innhold": (8, ".xlsx", flatt.workbook),
}
_XLSX = tuple(name for name in ZIPPED if not name.endswith(".ods"))


def cases(count: int, seed: int = SEED) -> Iterator[Case]:
    """Så mange filer, laget av frøet."""
    return (case(number, seed) for number in range(count))


def kind_of(number: int, seed: int = SEED) -> str:
    """Hva slags mutasjon filen med dette nummeret er."""
    weights = {**{k: w for k, (w, _) in _MUTATIONS.items()}, **{k: w for k, (w, _, _) in _MADE.items()}}
    (kind,) = _random(number, seed).choices(list(weights), list(weights.values()))
    return kind


def case(number: int, seed: int = SEED) -> Case:
    """Filen med dette nummeret; den kan lages for seg selv når en feil skal finnes igjen."""
    kind, random = kind_of(number, seed), _random(number, f"{seed}/innhold")
    if kind in _MADE:
        _, suffix, make = _MADE[kind]
        return Case(number, kind, f"plan{suffix}", make(random), "koble")
    names = NAMES if kind == "byte" else ZIPPED if kind in {"xml", "deler", "beholder"} else _XLSX
    name = random.choice(names)
    command = "laer" if name == "koblet.xlsx" else "koble"
    return Case(number, kind, name, _MUTATIONS[kind][1](base(name), random), command)


def _random(number: int, seed: int | str) -> Random:
    return Random(f"{seed}/{number}")  # noqa: S311 - skal være forutsigbart
