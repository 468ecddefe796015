"""Rapporten fra en kontroll av et filuttrekk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from kontoplan.kostra.funn import ALVOR, HINDRER
from kontoplan.kostra.opphav import Opphav, samlet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.kostra.funn import Alvor, Funn, Funngruppe
    from kontoplan.kostra.oppgave import Oppgave


@dataclass(frozen=True, slots=True)
class Omfang:
    """Hva som er kontrollert.

    Attributes:
        linjer: Linjer med innhold.
        poster: Poster som er kontrollert.
        nullposter: Poster som er tatt bort fordi beløpet er 0.
        sjekker: Antall sjekker slik mottaket teller dem; 0 når filen er tom.
    """

    linjer: int
    poster: int
    nullposter: int
    sjekker: int


@dataclass(frozen=True, slots=True)
class Kontrollrapport:
    """Alt som ble funnet i et filuttrekk.

    Attributes:
        oppgave: Det filen ble kontrollert mot.
        fil: Filens navn; tomt når innholdet kom som byte.
        grupper: Funnene samlet etter kontroll og årsak, i mottakets rekkefølge.
        omfang: Hva som er kontrollert.
        merknader: Det en bør vite om kontrollen.
        opphav: Hvor hver linje kommer fra, når uttrekket er laget av noe annet (linje 1 først); ellers tom. Er det en
            hovedbok, er de ``Opphav``.
    """

    oppgave: Oppgave
    fil: str
    grupper: tuple[Funngruppe, ...]
    omfang: Omfang
    merknader: tuple[str, ...] = ()
    opphav: tuple[object, ...] = ()

    @property
    def fatal(self) -> bool:
        """Om filen ikke kunne leses, så resten av kontrollene ikke er kjørt."""
        return any(gruppe.alvor == "FATAL" for gruppe in self.grupper)

    @property
    def hoyeste(self) -> Literal["OK"] | Alvor:
        """Det alvorligste funnet. En fil uten innhold er ``ERROR`` hos mottaket, selv om den ikke har funn."""
        found = {gruppe.alvor for gruppe in self.grupper}
        if not self.omfang.sjekker:
            return "ERROR"
        return next((alvor for alvor in ALVOR if alvor in found), "OK")

    @property
    def kan_sendes(self) -> bool:
        """Om mottaket tar imot filen."""
        return self.hoyeste not in HINDRER

    @property
    def funn(self) -> tuple[Funn, ...]:
        """Funnene ett for ett, i mottakets rekkefølge."""
        return tuple(self.hvert_funn())

    def hvert_funn(self) -> Iterator[Funn]:
        """Som ``funn``, men ett om gangen, så en fil med millioner av feil ikke fyller minnet."""
        for _, same in groupby(self.grupper, key=lambda gruppe: (gruppe.kontroll, gruppe.emne)):
            # Linjene i hver gruppe er stigende, og gruppene flettes, så et funn lages først når det trengs.
            yield from merge(*(self._funn(gruppe) for gruppe in same), key=attrgetter("linjer"))

    def _funn(self, gruppe: Funngruppe) -> Iterator[Funn]:
        if not (self.opphav or gruppe.opphav):
            return gruppe.funn()
        return (replace(funn, opphav=self.bak(gruppe, funn.linjer)) for funn in gruppe.funn())

    def bak(self, gruppe: Funngruppe, linjer: Sequence[int] = ()) -> Opphav | None:
        """Radene i hovedboken bak en gruppe, eller bak noen av linjene i den; ``None`` når det ikke er noen."""
        chosen = linjer or gruppe.linjer or gruppe.poster
        origins = (self.opphav[linje - 1] for linje in chosen) if self.opphav else ()
        return gruppe.opphav or samlet(origin for origin in origins if isinstance(origin, Opphav))

    def antall(self, alvor: str | None = None) -> int:
        """Antall funn, eller antall av én alvorlighet."""
        return sum(gruppe.antall for gruppe in self.grupper if alvor in {None, gruppe.alvor})

    def as_dict(self) -> dict[str, object]:
        """Rapporten slik grensesnittet lover den."""
        return {
            "fatal": self.fatal,
            "hoyeste": self.hoyeste,
            "funn": [funn.as_dict() for funn in self.hvert_funn()],
        }
