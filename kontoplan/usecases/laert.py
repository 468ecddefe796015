"""Hva som ble lært av en arbeidsbok: det felles for avgjørelser om kontoer og dommer over funn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from kontoplan.readback.decisions import Problem
    from kontoplan.sak import Regnskap

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Laert(Generic[T]):
    """Hva som ble lært av en arbeidsbok.

    Attributes:
        fil: Arbeidsboken.
        minne: Minnefilen.
        kommune: Hvem det gjelder; tom når det ikke er oppgitt.
        aar: Regnskapsåret det gjelder.
        regnskap: Hva slags regnskap.
        nye: Det som ble lagt til.
        endret: Det av det som sier noe annet enn før, hvert med det som gjaldt før.
        uendret: Hvor mange som sto i minnet fra før.
        problemer: Det som må rettes; er det noe her, er ingenting lagret.
        merknader: Det brukeren bør vite om arbeidsboken.
    """

    fil: str
    minne: str
    kommune: str
    aar: int
    regnskap: Regnskap
    nye: tuple[T, ...] = ()
    endret: tuple[tuple[T, T], ...] = ()
    uendret: int = 0
    problemer: tuple[Problem, ...] = ()
    merknader: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Resultatet som JSON."""
        return {
            "fil": self.fil,
            "minne": self.minne,
            "kommune": self.kommune,
            "aar": self.aar,
            "regnskap": self.regnskap,
            "nye": [self.short(new) for new in self.nye],
            "endret": [{**self.short(new), "for": self.said(old)} for new, old in self.endret],
            "uendret": self.uendret,
            "problemer": [problem.as_dict() for problem in self.problemer],
            "merknader": list(self.merknader),
        }

    def short(self, learnt: T) -> dict[str, object]:
        """Én av dem som JSON, kort."""
        raise NotImplementedError

    def said(self, learnt: T) -> str:
        """Svaret i én av dem."""
        raise NotImplementedError
