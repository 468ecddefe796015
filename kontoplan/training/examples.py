"""Eksemplene dommeren tilpasses på: kontoer fra kontoplaner i korpuset, delt i folder som holdes utenfor."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.evidence.wording import wording
from kontoplan.sak import Sak
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kontoplan.evidence.wording import Match
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon
    from kontoplan.training.line import Line

FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Example:
    """En konto med kjent svar, og kodene navnet likner på."""

    line: Line
    matches: tuple[Match, ...]

    @property
    def sak(self) -> Sak:
        """Eksemplet som en sak."""
        line = self.line
        return Sak(line.tekst, line.dimensjon, line.nummer, line.kontoklasse or None, line.kontekst)

    @property
    def hidden(self) -> Sak:
        """Saken uten nummeret."""
        return replace(self.sak, nummer="")


def examples(lines: Sequence[Line], kodeverk: Kodeverk) -> list[Example]:
    """Kontoene i linjene."""
    return [
        Example(line, wording(codes(kodeverk, NATIONAL[line.dimensjon])).compare(read(line.tekst)))
        for line in lines
        if line.charted
    ]


def tables(found: Sequence[Example]) -> Iterator[tuple[Dimensjon, list[Example]]]:
    """Eksemplene delt i tabeller: det samme dokumentet og den samme dimensjonen."""

    def key(example: Example) -> tuple[str, str, Dimensjon]:
        return example.line.splitt, example.line.opphav, example.line.dimensjon

    for (_, _, dimension), group in itertools.groupby(sorted(found, key=key), key=key):
        yield dimension, list(group)


def folds(lines: Sequence[Line]) -> dict[str, int]:
    """Hvilken fold hver kommune er i; ekte og konstruerte fordeles hver for seg, i alfabetisk rekkefølge."""
    found: dict[str, int] = {}
    for real in (True, False):
        names = sorted({line.splitt for line in lines if line.charted and line.real is real})
        found.update({name: at % FOLDS for at, name in enumerate(names)})
    return found


def held_out(lines: Sequence[Line], fold: Mapping[str, int], out: int) -> list[Line]:
    """Linjene uten kommunene i folden, og uten regeltilfeller som er ord for ord en konto hos en ekte av dem.

    De som skrev reglene, hadde noen av de ekte kontoplanene foran seg; et tilfelle hentet derfra ville gitt svaret bort.
    """
    own = {line.splitt for line in lines if fold.get(line.splitt) == out}
    names = {_named(line) for line in lines if line.real and line.splitt in own}
    return [line for line in lines if line.splitt not in own and not (line.case and _named(line) in names)]


def _named(line: Line) -> tuple[str, tuple[str, ...]]:
    return NATIONAL[line.dimensjon], read(line.tekst).ord
