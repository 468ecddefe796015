"""Dommene i en revidert arbeidsbok: kolonnen Dom i arket Funn, kontrollert mot det som står på raden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontoplan.errors import UserError
from kontoplan.headings import (
    ANSVAR,
    AVGJORT_AV,
    BELOP,
    BILAG,
    DOM,
    FUNN_ARK,
    FUNN_ID,
    KOMMENTAR,
    KONTO,
    LEVERANDOR,
    NOKKEL,
    RAD,
    TEKST,
)
from kontoplan.memory.funndom import DOMMER, Funndom, Funnrad, tail_of
from kontoplan.readback.answers import Avvist
from kontoplan.readback.decisions import Problem
from kontoplan.readback.sheets import has_table, lines
from kontoplan.text import fold
from kontoplan.text.personal import mask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.memory.funndom import Dom
    from kontoplan.readback.decisions import Kilde
    from kontoplan.readback.sheets import Bok, Linje

_ABOUT: Final = (FUNN_ID, FUNN_ARK, RAD, BILAG, BELOP, KONTO, ANSVAR, TEKST, LEVERANDOR)
_REQUIRED: Final = (DOM, NOKKEL, *_ABOUT)
WORDS: Final[Mapping[str, Dom]] = {
    **{fold(text): dom for dom, text in DOMMER.items()},
    "ikkje feil": "ikke feil",
}
"""Dommene slik de kan stå i en celle, foldet."""


@dataclass(frozen=True, slots=True)
class Domt:
    """Det som er lest av en arbeidsbok.

    Attributes:
        dommer: Én per funn som er vurdert.
        problemer: Det som må rettes først.
        merknader: Det brukeren bør vite, men som ikke hindrer noe.
    """

    dommer: tuple[Funndom, ...]
    problemer: tuple[Problem, ...]
    merknader: tuple[str, ...]


def has_verdicts(bok: Bok) -> bool:
    """Om arbeidsboken er en revisjon med en kolonne for dommen."""
    return has_table(bok, (DOM, FUNN_ID))


def read_verdicts(bok: Bok, kilde: Kilde) -> Domt:
    """Alle dommene i arbeidsboken, i alle ark som har kolonnene for det.

    Raises:
        UserError: en kolonne funnene kjennes igjen på, mangler eller står to ganger, eller en celle er en formel uten verdi.
    """
    _check_columns(bok)
    problems: list[Problem] = []
    notes: list[str] = []
    found: dict[str, tuple[Linje, Funndom]] = {}
    for line in lines(bok, _REQUIRED, (KOMMENTAR, AVGJORT_AV)):
        if not line[DOM]:
            if line[KOMMENTAR]:
                notes.append(f"{line.sted(KOMMENTAR)}: kommentaren er ikke tatt med, for {DOM} er tom.")
            continue
        try:
            verdict = _verdict(line, kilde)
        except Avvist as error:
            problems.append(Problem(line.sted(error.overskrift), _title(line), error.melding))
            continue
        first, before = found.setdefault(verdict.funn, (line, verdict))
        if before.dom != verdict.dom:
            told = f"Funnet har to ulike dommer, {DOMMER[before.dom]} i {first.sted(DOM)} og {DOMMER[verdict.dom]} her. La én stå."
            problems.append(Problem(line.sted(DOM), _title(line), told))
    return Domt(tuple(v for _, v in found.values()), tuple(problems), tuple(notes))


def _check_columns(bok: Bok) -> None:
    missing = [name for name in _REQUIRED if not has_table(bok, (DOM, FUNN_ID, name))]
    if missing:
        raise UserError(
            f"Kolonnen «{missing[0]}» mangler i {bok.fil}, så funnene kan ikke kjennes igjen; hent den tilbake fra en kopi av arbeidsboken.",
            code="mangler-nokkel",
        )


def _verdict(line: Linje, kilde: Kilde) -> Funndom:
    dom = WORDS.get(fold(line[DOM]))
    if dom is None:
        raise Avvist(f"«{mask(line[DOM])[:40]}» er ikke en dom; velg {' eller '.join(DOMMER.values())}.", DOM)
    if not line[NOKKEL]:
        raise Avvist("Raden har ingen nøkkel; skriv dommen på raden programmet skrev.", NOKKEL)
    tail = tail_of(line[NOKKEL])
    row = Funnrad(
        line[FUNN_ID],
        line[FUNN_ARK],
        line[RAD],
        line[BILAG],
        line[BELOP],
        line[KONTO],
        line[ANSVAR],
        line[TEKST],
        line[LEVERANDOR],
        tail,
    )
    if not tail or row.nokkel != line[NOKKEL]:
        raise Avvist(
            "Nøkkelen hører til et annet funn enn det som står på raden. Er noe på raden endret, eller er bare noen av kolonnene sortert?",
            NOKKEL,
        )
    kodeverk = kilde.kodeverk
    return Funndom(
        funn=row.id,
        kjennetegn=row.kjennetegn,
        dom=dom,
        aar=kodeverk.aar,
        regnskap=kodeverk.regnskap,
        kommune=kilde.kommune,
        hvem=mask(line[AVGJORT_AV]),
        naar=kilde.naar,
        kommentar=mask(line[KOMMENTAR]),
        fil=line.fil,
        ark=line.ark,
        rad=line.rad,
    )


def _title(line: Linje) -> str:
    return mask(f"{line[FUNN_ID]} rad {line[RAD]}")
