"""Å lære av en gjennomgått arbeidsbok: les avgjørelsene tilbake, kontroller dem, og husk alle eller ingen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk
from kontoplan.memory import Minne
from kontoplan.memory.place import default_path
from kontoplan.readback.decisions import Kilde, check_decidable, has_decisions, read_decisions
from kontoplan.readback.sheets import open_book
from kontoplan.readback.verdicts import has_verdicts
from kontoplan.usecases.laer_dommer import Domslaering, learn_audit

if TYPE_CHECKING:
    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.readback.decisions import Problem, Tatt
    from kontoplan.readback.sheets import Bok
    from kontoplan.sak import Regnskap


@dataclass(frozen=True, slots=True)
class Laering:
    """Hva som ble lært av en arbeidsbok.

    Attributes:
        fil: Arbeidsboken.
        minne: Minnefilen.
        kommune: Hvem avgjørelsene gjelder; tom når det ikke er oppgitt.
        aar: Regnskapsåret de gjelder.
        regnskap: Hva slags regnskap.
        nye: Avgjørelsene som ble lagt til.
        endret: De av dem som sier noe annet enn før, hver med det som gjaldt før.
        uendret: Hvor mange som sto i minnet fra før.
        problemer: Det som må rettes; er det noe her, er ingenting lagret.
        merknader: Det brukeren bør vite om arbeidsboken.
    """

    fil: str
    minne: str
    kommune: str
    aar: int
    regnskap: Regnskap
    nye: tuple[Avgjorelse, ...] = ()
    endret: tuple[tuple[Avgjorelse, Avgjorelse], ...] = ()
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
            "nye": [_short(decision) for decision in self.nye],
            "endret": [{**_short(new), "for": str(old.svar)} for new, old in self.endret],
            "uendret": self.uendret,
            "problemer": [problem.as_dict() for problem in self.problemer],
            "merknader": list(self.merknader),
        }


def laer(
    fil: str | Path,
    *,
    minne: str | Path | None = None,
    kommune: str = "",
    aar: int | None = None,
    regnskap: Regnskap | None = None,
) -> Laering | Domslaering:
    """Lærer avgjørelsene i en koblet arbeidsbok, eller dommene i en revisjon; alle blir husket, eller ingen.

    Args:
        fil: Arbeidsboken ``koble`` eller ``revider`` skrev, med avgjørelsene eller dommene fylt ut; også lagret fra et annet regneark.
        minne: Minnefilen; ``None`` er brukerens egen. Den lages når den ikke finnes.
        kommune: Hvem kontoplanen eller hovedboken tilhører; tom bruker det arbeidsboken sier.
        aar: Regnskapsåret; ``None`` bruker det arbeidsboken sier.
        regnskap: Hva slags regnskap; ``None`` bruker det arbeidsboken sier.

    Returns:
        Hva som ble husket, eller problemene som må rettes først.

    Raises:
        UserError: filen eller minnet kan ikke leses, filen har ingen avgjørelser å fylle ut, eller sier ikke året.
    """
    store = Minne(minne or default_path())
    bok = open_book(Path(fil))
    if has_verdicts(bok) and not has_decisions(bok):
        return learn_audit(bok, store, source(bok, aar=aar, regnskap=regnskap, kommune=kommune))
    check_decidable(bok)
    kilde = source(bok, aar=aar, regnskap=regnskap, kommune=kommune)
    taken = read_decisions(bok, kilde)
    found = Laering(
        bok.fil, str(store.path), kilde.kommune, kilde.kodeverk.aar, kilde.kodeverk.regnskap,
        problemer=taken.problemer, merknader=taken.merknader,
    )  # fmt: skip
    return found if taken.problemer else _remembered(found, store, taken, kilde)


def _remembered(found: Laering, store: Minne, taken: Tatt, kilde: Kilde) -> Laering:
    if not taken.avgjorelser:
        return found
    learnt = store.laer(taken.avgjorelser, found.fil, kilde.naar)
    return Laering(
        found.fil, found.minne, found.kommune, found.aar, found.regnskap,
        learnt.nye, learnt.endret, learnt.uendret, merknader=found.merknader,
    )  # fmt: skip


def source(bok: Bok, *, aar: int | None, regnskap: Regnskap | None, kommune: str) -> Kilde:
    """Året, regnskapet og kommunen avgjørelsene gjelder: det som er oppgitt, ellers det arbeidsboken sier.

    Raises:
        UserError: verken brukeren eller arbeidsboken sier året, eller året finnes ikke i kodelistene.
    """
    said = bok.egenskaper
    year = aar or said.aar
    if year is None:
        raise UserError(f"{bok.fil} sier ikke hvilket regnskapsår den gjelder; oppgi det med --aar.", code="uten-aar")
    kodeverk = Kodeverk.for_aar(year, regnskap or said.regnskap or "kommune")
    return Kilde(kodeverk, kommune or said.kommune, datetime.now().astimezone())


def _short(decision: Avgjorelse) -> dict[str, object]:
    return {
        "dimensjon": decision.dimensjon,
        "lokal_kode": decision.lokal_kode,
        "lokal_navn": decision.lokal_navn,
        "svar": str(decision.svar),
        "hvem": decision.hvem,
        "sted": f"{decision.ark}!{decision.rad}",
    }
