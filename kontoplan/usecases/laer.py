"""Å lære av en gjennomgått arbeidsbok: les avgjørelsene tilbake, kontroller dem, og husk alle eller ingen."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from kontoplan.usecases.laert import Laert

if TYPE_CHECKING:
    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.readback.sheets import Bok
    from kontoplan.sak import Regnskap


@dataclass(frozen=True, slots=True)
class Laering(Laert["Avgjorelse"]):
    """Avgjørelsene som ble lært av en koblet arbeidsbok."""

    def short(self, learnt: Avgjorelse) -> dict[str, object]:
        """Kontoen, svaret, hvem og hvor."""
        return {
            "dimensjon": learnt.dimensjon,
            "lokal_kode": learnt.lokal_kode,
            "lokal_navn": learnt.lokal_navn,
            "svar": self.said(learnt),
            "hvem": learnt.hvem,
            "sted": f"{learnt.ark}!{learnt.rad}",
        }

    def said(self, learnt: Avgjorelse) -> str:
        """Svaret, slik det står i arbeidsboken."""
        return str(learnt.svar)


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
    if taken.problemer or not taken.avgjorelser:
        return found
    learnt = store.laer(taken.avgjorelser, found.fil, kilde.naar)
    return replace(found, nye=learnt.nye, endret=learnt.endret, uendret=learnt.uendret)


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
