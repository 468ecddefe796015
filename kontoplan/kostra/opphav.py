"""Radene i hovedboken bak en post, når uttrekket er laget av en hovedbok."""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

from kontoplan.tall import thousands

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Sequence

VIST: Final = 5
"""Så mange rader og kontoer nevnes i en setning; resten telles."""
Sted = tuple[str, "array[int]"]
"""Arket (tomt når filen ikke har ark) og radnumrene i det, stigende."""


@dataclass(frozen=True, slots=True, eq=False)
class Radsamling:
    """Radene med de samme kodene. To samlinger er like bare når de er den samme.

    Attributes:
        konto: Kontoen.
        funksjon: Funksjonen; tom i balansen.
        ansvar: Ansvaret.
        steder: Radene, ark for ark.
        bilag: Filen radene står i når det ikke er hovedboken; ellers tom.
    """

    konto: str
    funksjon: str
    ansvar: str
    steder: tuple[Sted, ...]
    bilag: str = ""

    @property
    def plasser(self) -> tuple[Sted, ...]:
        """Som ``steder``, med filen foran arket når det ikke er hovedboken."""
        return tuple((", ".join(filter(None, (self.bilag, ark))), rader) for ark, rader in self.steder)

    @property
    def antall(self) -> int:
        """Antall rader."""
        return sum(len(rader) for _, rader in self.steder)

    @property
    def navn(self) -> str:
        """Kontoen og funksjonen (eller ansvaret), f.eks. ``10100/20200``."""
        return "/".join(filter(None, (self.konto, self.funksjon or self.ansvar)))


@dataclass(frozen=True, slots=True)
class Opphavsdel:
    """Det en post har fra én radsamling.

    Attributes:
        rader: Radene.
        ore: Beløpet i øre; mindre enn radenes sum når kontoen er fordelt på flere poster.
    """

    rader: Radsamling
    ore: int


@dataclass(frozen=True, slots=True)
class Opphav:
    """Alt i hovedboken bak en post eller et funn.

    Attributes:
        fil: Hovedbokens filnavn.
        enhet: Hva en rad heter: ``rad``, eller ``postering`` i SAF-T.
        deler: Delene, de største først.
        ark: Arkene i filen, i rekkefølge; tom når den ikke har ark.
    """

    fil: str
    enhet: str
    deler: tuple[Opphavsdel, ...]
    ark: tuple[str, ...] = ()

    @property
    def samlinger(self) -> tuple[Radsamling, ...]:
        """Radsamlingene, hver én gang, i delenes rekkefølge."""
        return tuple(dict.fromkeys(del_.rader for del_ in self.deler))

    @property
    def antall(self) -> int:
        """Antall rader; en rad som er fordelt på flere poster, telles én gang."""
        return sum(samling.antall for samling in self.samlinger)

    def __str__(self) -> str:
        """Filen, de første radene i hvert ark og hvor mange det er, og de største kontoene."""
        samlinger = self.samlinger
        by_file: dict[str, dict[str, list[Sequence[int]]]] = {self.fil: {ark: [] for ark in self.ark}}
        for samling in samlinger:
            by_sheet = by_file.setdefault(samling.bilag or self.fil, {})
            for ark, rader in samling.steder:
                by_sheet.setdefault(ark, []).append(rader)
        places = "; ".join(self._file(fil, by_sheet) for fil, by_sheet in by_file.items() if any(by_sheet.values()))
        names = list(dict.fromkeys(samling.navn for samling in samlinger))
        return f"{places} (konto {_some(names, len(names))})"

    def _file(self, fil: str, by_sheet: dict[str, list[Sequence[int]]]) -> str:
        places = "; ".join(self._sheet(ark, rader) for ark, rader in by_sheet.items() if rader)
        return f"{fil}{', ' if any(by_sheet) else ' '}{places}"

    def _sheet(self, ark: str, rader: Sequence[Sequence[int]]) -> str:
        # Hver tabell er stigende, så de minste finnes blant de første i hver.
        first = nsmallest(VIST, (rad for each in rader for rad in each[:VIST]))
        text = f"{self.enhet} {_some([str(rad) for rad in first], sum(map(len, rader)))}"
        return f"arket {ark}, {text}" if ark else text


def samlet(opphav: Iterable[Opphav]) -> Opphav | None:
    """Flere opphav fra samme hovedbok som ett, de største delene først; ``None`` når det ikke er noen."""
    found = list(opphav)
    if len(found) <= 1:
        return found[0] if found else None
    deler = sorted((del_ for each in found for del_ in each.deler), key=lambda del_: -abs(del_.ore))
    return replace(found[0], deler=tuple(deler))


def _some(words: Sequence[str], antall: int) -> str:
    shown = words[:VIST]
    if antall > len(shown):
        return f"{', '.join(shown)} og {thousands(antall - len(shown))} til"
    return " og ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
