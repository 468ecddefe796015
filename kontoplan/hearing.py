"""Å høre en sak: alle vitnene i rekkefølge, flaggene som reises, og dommen til slutt.

``koble`` og tilpasningen av vektene går samme vei her, så det som måles, er det brukeren får.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kontoplan.evidence import number, validity, wording
from kontoplan.flags import class_flags, raise_flags
from kontoplan.judge import decide, temper
from kontoplan.kontoklasse import official_class
from kontoplan.text import read

if TYPE_CHECKING:
    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.number import NumberWitness
    from kontoplan.evidence.wording import Match
    from kontoplan.sak import Evidence, Flagg, Sak, Vurdering
    from kontoplan.weights import Weights

CONTRADICTION = "nummer-mot-navn"


@dataclass(frozen=True, slots=True)
class Hearing:
    """En hørt sak.

    Attributes:
        sak: Saken, med KOSTRA-kontoklassen når den er kjent.
        evidence: Alt vitnene sa.
        flagg: Det et menneske bør se på.
        sektor: Sektoren i et balansenummer, når den er der.
    """

    sak: Sak
    evidence: tuple[Evidence, ...]
    flagg: tuple[Flagg, ...]
    sektor: str | None


def hear(
    sak: Sak, matches: tuple[Match, ...], pattern: NumberWitness | None, listed: Codes, weights: Weights
) -> Hearing:
    """Hører vitnene om én sak.

    Args:
        sak: Saken, med kontoklassen slik kilden sier den.
        matches: Kodene navnet likner på.
        pattern: Tallmønsteret i tabellen saken står i; ``None`` når den ikke har noe.
        listed: Den nasjonale kodelisten.
        weights: Hvor mye hvert bevis veier.
    """
    reading = pattern.scheme.read(sak.nummer) if pattern else None
    sak = replace(sak, kontoklasse=official_class(sak, reading, listed.kodeverk))
    evidence = list(wording.testify(matches, listed, weights.ordlyd[sak.dimensjon]))
    if pattern and reading:
        evidence += number.testify(pattern, reading, listed, weights.nummer)
    evidence += validity.testify({e.kode for e in evidence}, listed, sak.kontoklasse, weights.feil_klasse)
    numbered = (pattern, reading) if pattern and reading else None
    flagg = tuple(raise_flags(sak, read(sak.tekst), matches, numbered, listed))
    if any(f.id == CONTRADICTION for f in flagg):
        evidence += temper(evidence, listed, weights)
    return Hearing(sak, tuple(evidence), flagg, (reading.sektor or None) if reading else None)


def judge(hearing: Hearing, listed: Codes, weights: Weights) -> Vurdering:
    """Dommen i en hørt sak, med flagg når koden ikke passer i kontoklassen."""
    answer = decide(hearing.sak, hearing.evidence, hearing.flagg, listed, weights)
    clashes = tuple(class_flags(answer.kode, hearing.sak.kontoklasse, listed)) if answer.kode else ()
    if clashes:
        answer = decide(hearing.sak, hearing.evidence, (*hearing.flagg, *clashes), listed, weights)
    return replace(answer, sektor=hearing.sektor) if answer.kode else answer
