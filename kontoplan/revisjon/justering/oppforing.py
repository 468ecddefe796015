"""En oppføring i justeringsfilen: hva den gjelder, hva den gjør, hvorfor, og hvilke funn den treffer."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache
from re import compile as compile_re
from typing import TYPE_CHECKING, Final

from kontoplan.revisjon.treff import kroner
from kontoplan.text import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from re import Pattern

    from kontoplan.revisjon.funn import Alvor, Funn
    from kontoplan.revisjon.slag.parametre import Parameter

FELT: Final[Mapping[str, Callable[[Funn], str]]] = {
    "konto": lambda f: f.konto,
    "kontoklasse": lambda f: f.fort.get("kontoklasse", ""),
    "art": lambda f: f.fort.get("art", ""),
    "funksjon": lambda f: f.fort.get("funksjon", ""),
    "ansvar": lambda f: f.ansvar,
    "bilag": lambda f: f.bilag,
    "leverandor": lambda f: f.leverandor,
    "tekst": lambda f: f.tekst,
}
"""Det en oppføring kan ha vilkår om, og hvor det står i funnet."""
_WORDS: Final = frozenset({"leverandor", "tekst"})  # her holder det at mønsteret står et sted i teksten
_WILD: Final = ("*", "?")


@dataclass(frozen=True, slots=True)
class Oppforing:
    """En justering.

    Attributes:
        linje: Linjen i filen, 1-basert.
        slag: Id-ene til funnslagene; tom betyr alle.
        vilkar: Feltene i ``FELT`` med mønstrene som er lov; alle feltene må passe.
        av: Om funnene skjules.
        alvor: Alvoret funnene får i stedet; ``None`` lar det stå.
        minste_ore: Funn under dette beløpet, i øre, skjules; ``None`` er ingen grense.
        minste_sannsynlighet: Funn under denne sannsynligheten (0–1) skjules; ``None`` er ingen grense.
        grunn: Hvorfor.
        hvem: Hvem som bestemte det; tom når det ikke er oppgitt.
        til: Siste dag den gjelder; ``None`` når den ikke går ut.
        stilt: Grensene i funnslagene som stilles.
    """

    linje: int
    slag: tuple[str, ...]
    vilkar: tuple[tuple[str, tuple[str, ...]], ...]
    av: bool
    alvor: Alvor | None
    minste_ore: int | None
    minste_sannsynlighet: float | None
    grunn: str
    hvem: str
    til: dt.date | None
    stilt: tuple[tuple[Parameter, float], ...] = ()

    def treffer(self, funn: Funn) -> bool:
        """Om oppføringen gjelder funnet: slaget, vilkårene og dagen."""
        in_time = self.til is None or funn.dato is None or funn.dato <= self.til or _ends_a_year(self.til)
        return (
            in_time
            and (not self.slag or funn.funn in self.slag)
            and all(_fits(name, FELT[name](funn), patterns) for name, patterns in self.vilkar)
        )

    def skjuler(self, funn: Funn) -> bool:
        """Om et funn oppføringen treffer, skal skjules."""
        small = self.minste_ore is not None and abs(funn.ore) < self.minste_ore
        unlikely = self.minste_sannsynlighet is not None and funn.sannsynlighet < self.minste_sannsynlighet
        return self.av or small or unlikely

    def gikk_ut(self, aar: int) -> bool:
        """Om oppføringen ikke gjelder noe i regnskapsåret."""
        return self.til is not None and self.til.year < aar

    @property
    def gjelder(self) -> str:
        """Slaget og vilkårene slik de leses: ``R-FORTEGN, der ansvar er 600 eller 610``."""
        kinds = ", ".join(self.slag) or "alle slag"
        return f"{kinds}, der {self.der}" if self.vilkar else kinds

    @property
    def der(self) -> str:
        """Vilkårene slik de leses: ``ansvar er 600 eller 610 og tekst har husleie``; tom når det ikke er noen."""
        terms = [
            f"{name.replace('leverandor', 'leverandør')} {'har' if name in _WORDS else 'er'} {' eller '.join(patterns)}"
            for name, patterns in self.vilkar
        ]
        return " og ".join(terms)

    @property
    def gjor(self) -> str:
        """Hva den gjør: ``skjules``, ``alvor INFO, skjules under 5 000 kroner``."""
        parts = []
        if self.av:
            parts.append("skjules" if self.vilkar else "slått av")
        if self.alvor:
            parts.append(f"alvor {self.alvor}")
        if self.minste_ore is not None:
            parts.append(f"skjules under {kroner(self.minste_ore)} kroner")
        if self.minste_sannsynlighet is not None:
            parts.append(f"skjules under {100 * self.minste_sannsynlighet:.0f} % sannsynlighet")
        parts += sorted({f"{parameter.navn} {value:g}" for parameter, value in self.stilt})
        return ", ".join(parts)

    @property
    def hvorfor(self) -> str:
        """Grunnen, med hvem som bestemte det."""
        return f"{self.grunn} ({self.hvem})" if self.hvem else self.grunn


@dataclass(frozen=True, slots=True)
class Justering:
    """En justeringsfil: navnet og oppføringene i rekkefølge."""

    fil: str
    oppforinger: tuple[Oppforing, ...]

    def stilt(self, aar: int) -> dict[Parameter, float]:
        """Grensene som gjelder i regnskapsåret; av flere gjelder den siste."""
        return {
            parameter: value for entry in self.oppforinger if not entry.gikk_ut(aar) for parameter, value in entry.stilt
        }


def _ends_a_year(day: dt.date) -> bool:
    """Da gjelder oppføringen hele regnskapsåret, også bilag i det som er datert senere."""
    return (day.month, day.day) == (12, 31)


def _fits(name: str, value: str, patterns: tuple[str, ...]) -> bool:
    folded = fold(value)
    return any(_matches(folded, fold(pattern), whole=name not in _WORDS) for pattern in patterns)


def _matches(value: str, pattern: str, *, whole: bool) -> bool:
    if any(sign in pattern for sign in _WILD):
        return bool(_glob(pattern).match(value))
    return value == pattern if whole else pattern in value


@lru_cache(maxsize=4_096)
def _glob(pattern: str) -> Pattern[str]:
    """Mønsteret med * og ?; hakeparenteser er vanlige tegn. ``fnmatch`` går aldri tilbake over en *."""
    return compile_re(translate(pattern.replace("[", "[[]")))
