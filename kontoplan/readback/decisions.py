"""Avgjørelsene i en arbeidsbok: hver rad tolket, slått sammen per konto, og alt som ikke går opp, med sted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontoplan.avgjorelse import Avgjorelse, Svar
from kontoplan.errors import UserError
from kontoplan.headings import (
    ANDEL,
    AVGJORELSE,
    AVGJORT_AV,
    DIMENSJON,
    DIMENSJONER,
    FORDELING,
    GRUNNLAG,
    KODE,
    KOMMENTAR,
    LOKAL_KODE,
    LOKALT_NAVN,
    NOKKEL,
)
from kontoplan.lesing import Konto
from kontoplan.nokkel import account_key, split_key
from kontoplan.readback.answers import Avvist, read_answer, read_share
from kontoplan.readback.sheets import has_table, lines
from kontoplan.sak import Andel
from kontoplan.text import fold
from kontoplan.text.personal import mask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kontoplan.kodeverk import Kodeverk
    from kontoplan.nokkel import Nokkel
    from kontoplan.readback.sheets import Bok, Linje
    from kontoplan.sak import Dimensjon

_REQUIRED: Final = (NOKKEL, DIMENSJON, LOKAL_KODE, LOKALT_NAVN, AVGJORELSE)
_OPTIONAL: Final = (FORDELING, KOMMENTAR, AVGJORT_AV)
_SPLITS: Final = (FORDELING, KODE, ANDEL)
DIMENSIONS: Final[dict[str, Dimensjon]] = {fold(text): dimension for dimension, text in DIMENSJONER.items()}
"""Dimensjonene slik arbeidsboken skriver dem, foldet."""
_CLASSES: Final = (None, *"0123456789")


@dataclass(frozen=True, slots=True)
class Problem:
    """Noe som må rettes i arbeidsboken: cellen (``Kobling!L12``), kontoen, og hva som er galt."""

    sted: str
    konto: str
    melding: str

    def as_dict(self) -> dict[str, str]:
        """Feltene til JSON."""
        return {"sted": self.sted, "konto": self.konto, "melding": self.melding}


@dataclass(frozen=True, slots=True)
class Tatt:
    """Det som er lest av en arbeidsbok.

    Attributes:
        avgjorelser: Én per konto eller rad, de som gjelder hele kontoen først.
        problemer: Det som må rettes først; da er ``avgjorelser`` bare dem det ikke er noe galt med.
        merknader: Det brukeren bør vite, men som ikke hindrer noe.
    """

    avgjorelser: tuple[Avgjorelse, ...]
    problemer: tuple[Problem, ...]
    merknader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kilde:
    """Det som er felles for alle avgjørelsene i en arbeidsbok: kodene, hvem den gjelder, og når den leses."""

    kodeverk: Kodeverk
    kommune: str
    naar: datetime


def read_decisions(bok: Bok, kilde: Kilde) -> Tatt:
    """Alle avgjørelsene i arbeidsboken, i alle ark som har kolonnene for det.

    Raises:
        UserError: ingen ark har kolonnene, en overskrift står to ganger, eller en celle er en formel uten verdi.
    """
    check_decidable(bok)
    named = _named_splits(bok)
    problems: list[Problem] = []
    notes: list[str] = []
    said: dict[Nokkel, list[tuple[Linje, Svar]]] = defaultdict(list)
    for line in lines(bok, _REQUIRED, _OPTIONAL):
        if not line[AVGJORELSE]:
            if line[FORDELING]:
                notes.append(f"{line.sted(FORDELING)}: fordelingen er ikke tatt med, for {AVGJORELSE} er tom.")
            continue
        try:
            key = _key(line)
            answer = read_answer(line[AVGJORELSE], line[FORDELING], _dimension(line), kilde.kodeverk, named)
        except Avvist as error:
            problems.append(Problem(line.sted(error.overskrift), _title(line), error.melding))
        else:
            said[key].append((line, answer))
    decisions = []
    for key, answers in sorted(said.items(), key=lambda item: bool(item[0].sammenheng)):
        different = _different(answers)
        if different:
            problems.append(different)
        else:
            decisions.append(_decision(key, answers, kilde))
    return Tatt(tuple(decisions), tuple(problems), tuple(notes))


def has_decisions(bok: Bok) -> bool:
    """Om arbeidsboken har kolonnene avgjørelser fylles ut i."""
    return has_table(bok, _REQUIRED)


def check_decidable(bok: Bok) -> None:
    """Kontrollerer at arbeidsboken har kolonnene avgjørelser fylles ut i.

    Raises:
        UserError: ingen ark har dem.
    """
    if has_decisions(bok):
        return
    if has_table(bok, (AVGJORELSE, LOKAL_KODE)):
        raise UserError(
            f"Kolonnen «{NOKKEL}» mangler i {bok.fil}, så kontoene kan ikke kjennes igjen; hent den tilbake fra en kopi av arbeidsboken.",
            code="mangler-nokkel",
        )
    raise UserError(
        f"{bok.fil} har ingen kolonne «{AVGJORELSE}»; oppgi en arbeidsbok som «kontoplan koble» har skrevet.",
        code="ikke-koblet",
    )


def _named_splits(bok: Bok) -> dict[str, list[Andel]]:
    """Fordelingene i arket Fordelinger, etter navn; en andel som ikke er et tall, er ``None``."""
    found: dict[str, list[Andel]] = defaultdict(list)
    for line in lines(bok, _SPLITS, (GRUNNLAG,)):
        if line[FORDELING] and line[KODE]:
            kode = line[KODE].split(maxsplit=1)[0]
            found[fold(line[FORDELING])].append(Andel(kode, read_share(line[ANDEL]), line[GRUNNLAG]))
    return found


def _dimension(line: Linje) -> Dimensjon:
    found = DIMENSIONS.get(fold(line[DIMENSJON]))
    if found is None:
        raise Avvist(
            f"«{line[DIMENSJON]}» er ikke en dimensjon; den skal være {', '.join(DIMENSJONER.values())}.", DIMENSJON
        )
    return found


def _key(line: Linje) -> Nokkel:
    """Nøkkelen på raden, når den hører til kontoen som står der."""
    if not line[NOKKEL]:
        raise Avvist("Raden har ingen nøkkel; avgjør kontoen på raden programmet skrev.", NOKKEL)
    key = split_key(line[NOKKEL])
    dimension = _dimension(line)
    own = {
        account_key(Konto("", "", 0, 0, dimension, line[LOKAL_KODE], line[LOKALT_NAVN], klasse)) for klasse in _CLASSES
    }
    if key.konto not in own:
        raise Avvist(
            "Nøkkelen hører til en annen konto enn den som står på raden. Er nummeret eller navnet endret, eller er bare noen av kolonnene sortert?",
            NOKKEL,
        )
    return key


def _title(line: Linje) -> str:
    return mask(f"{line[LOKAL_KODE]} {line[LOKALT_NAVN]}".strip())


def _different(answers: Sequence[tuple[Linje, Svar]]) -> Problem | None:
    """Problemet når samme konto er avgjort på flere måter."""
    first, answer = answers[0]
    others = [(line, other) for line, other in answers if other != answer]
    if not others:
        return None
    listed = "; ".join(f"{other} i {line.sted(AVGJORELSE)}" for line, other in others)
    return Problem(
        first.sted(AVGJORELSE), _title(first), f"Kontoen er avgjort flere ganger: {answer} her, {listed}. La én stå."
    )


def _decision(key: Nokkel, answers: Sequence[tuple[Linje, Svar]], kilde: Kilde) -> Avgjorelse:
    line, answer = answers[0]
    kodeverk = kilde.kodeverk
    return Avgjorelse(
        konto=key.konto,
        sammenheng=key.sammenheng,
        dimensjon=_dimension(line),
        lokal_kode=mask(line[LOKAL_KODE]),
        lokal_navn=mask(line[LOKALT_NAVN]),
        svar=answer,
        aar=kodeverk.aar,
        regnskap=kodeverk.regnskap,
        kommune=kilde.kommune,
        hvem=_first(answers, AVGJORT_AV),
        naar=kilde.naar,
        kommentar=_first(answers, KOMMENTAR),
        fil=line.fil,
        ark=line.ark,
        rad=line.rad,
    )


def _first(answers: Sequence[tuple[Linje, Svar]], column: str) -> str:
    """Det første som står i kolonnen, når kontoen er avgjort likt på flere rader."""
    return next((mask(line[column]) for line, _ in answers if line[column]), "")
