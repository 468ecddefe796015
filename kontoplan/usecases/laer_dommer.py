"""Å lære av en gjennomgått revisjon: les dommene over funnene tilbake, kontroller dem, og husk alle eller ingen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kontoplan.memory.funndom import DOMMER
from kontoplan.memory.verdicts import learn_verdicts
from kontoplan.readback.verdicts import read_verdicts

if TYPE_CHECKING:
    from kontoplan.memory import Minne
    from kontoplan.memory.funndom import Funndom
    from kontoplan.readback.decisions import Kilde, Problem
    from kontoplan.readback.sheets import Bok
    from kontoplan.sak import Regnskap


@dataclass(frozen=True, slots=True)
class Domslaering:
    """Hva som ble lært av en gjennomgått revisjon.

    Attributes:
        fil: Arbeidsboken.
        minne: Minnefilen.
        kommune: Hvem hovedboken tilhører; tom når det ikke er oppgitt.
        aar: Regnskapsåret.
        regnskap: Hva slags regnskap.
        nye: Dommene som ble lagt til.
        endret: De av dem som sier noe annet enn før om det samme funnet, hver med det som gjaldt før.
        uendret: Hvor mange som sto i minnet fra før.
        problemer: Det som må rettes; er det noe her, er ingenting lagret.
        merknader: Det brukeren bør vite om arbeidsboken.
    """

    fil: str
    minne: str
    kommune: str
    aar: int
    regnskap: Regnskap
    nye: tuple[Funndom, ...] = ()
    endret: tuple[tuple[Funndom, Funndom], ...] = ()
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
            "nye": [_short(verdict) for verdict in self.nye],
            "endret": [{**_short(new), "for": DOMMER[old.dom]} for new, old in self.endret],
            "uendret": self.uendret,
            "problemer": [problem.as_dict() for problem in self.problemer],
            "merknader": list(self.merknader),
        }


def learn_audit(bok: Bok, store: Minne, kilde: Kilde) -> Domslaering:
    """Lærer dommene i en gjennomgått revisjon; alle blir husket, eller ingen.

    Raises:
        UserError: en kolonne mangler, eller minnet kan ikke skrives.
    """
    read = read_verdicts(bok, kilde)
    found = Domslaering(
        bok.fil, str(store.path), kilde.kommune, kilde.kodeverk.aar, kilde.kodeverk.regnskap,
        problemer=read.problemer, merknader=read.merknader,
    )  # fmt: skip
    if read.problemer or not read.dommer:
        return found
    learnt = learn_verdicts(store, read.dommer, bok.fil, kilde.naar)
    return replace(found, nye=learnt.nye, endret=learnt.endret, uendret=learnt.uendret)


def _short(verdict: Funndom) -> dict[str, object]:
    about = verdict.kjennetegn
    return {
        "funn": about.slag,
        "fort": {"kontoklasse": about.klasse, "funksjon": about.funksjon, "art": about.art},
        "dom": DOMMER[verdict.dom],
        "hvem": verdict.hvem,
        "sted": f"{verdict.ark}!{verdict.rad}",
    }
