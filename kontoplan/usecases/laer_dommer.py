"""Å lære av en gjennomgått revisjon: les dommene over funnene tilbake, kontroller dem, og husk alle eller ingen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kontoplan.memory.funndom import DOMMER
from kontoplan.memory.verdicts import learn_verdicts
from kontoplan.readback.verdicts import read_verdicts
from kontoplan.usecases.laert import Laert

if TYPE_CHECKING:
    from kontoplan.memory import Minne
    from kontoplan.memory.funndom import Funndom
    from kontoplan.readback.decisions import Kilde
    from kontoplan.readback.sheets import Bok


@dataclass(frozen=True, slots=True)
class Domslaering(Laert["Funndom"]):
    """Dommene som ble lært av en gjennomgått revisjon."""

    def short(self, learnt: Funndom) -> dict[str, object]:
        """Funnet, kodene det gjelder, dommen, hvem og hvor."""
        about = learnt.kjennetegn
        return {
            "funn": about.slag,
            "fort": {"kontoklasse": about.klasse, "funksjon": about.funksjon, "art": about.art},
            "dom": self.said(learnt),
            "hvem": learnt.hvem,
            "sted": f"{learnt.ark}!{learnt.rad}",
        }

    def said(self, learnt: Funndom) -> str:
        """Dommen, slik den står i arbeidsboken."""
        return DOMMER[learnt.dom]


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
