"""Sektoren på balansekontoer: det nummeret, en kolonne eller ordene sier, og flaggene om den.

Avgjøres etter at kapittelet er det, for en hel tabell om gangen, fordi kommunens egen vane på kapitler uten motpart bare
kan leses av de andre kontoene. Ingen sannsynlighet hører til: sektoren er lest, sagt av ord, eller ukjent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kontoplan.evidence.sector import CERTAIN, NAMED, in_column, spoken
from kontoplan.rulebase.balance import balance
from kontoplan.sak import Begrunnelse, Flagg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kontoplan.evidence.number import NumberWitness
    from kontoplan.evidence.reading import Reading
    from kontoplan.evidence.sector import Spoken
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.lesing import Konto
    from kontoplan.rulebase.balance import Kapittel
    from kontoplan.sak import Bevis, Vurdering

_TRUSTED = 0.6  # som for flaggene om nummer: mindre pålitelige nummer kan ikke motsi noe
_HABIT, _HABIT_SHARE = 3, 0.8  # så mange kontoer, og så stor andel av dem, gjør en sektor til kommunens vane
_LISTED, _COUNTED = 4, 8  # flere enn dette er ingen hjelp å regne opp med navn, eller i det hele tatt


@dataclass(frozen=True, slots=True)
class _Read:
    """Sektoren i nummeret eller kolonnen, hvor den sto, og det ordene i navnet sier."""

    kode: str | None
    bevis: Bevis
    melding: str
    ord: Spoken
    feil: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    """En konto med sektoren den fikk, og det flaggene trenger: kapittelet med navn, det leste, og de vanlige sektorene."""

    sektor: str | None
    kapittel: str
    read: _Read
    chapter: Kapittel | None
    usual: tuple[str, ...]
    kodeverk: Kodeverk


def assign(
    kontoer: Sequence[Konto], answers: Sequence[Vurdering], pattern: NumberWitness | None, kodeverk: Kodeverk
) -> list[Vurdering]:
    """Vurderingene av balansekontoene i én tabell, med sektor, grunnen til den, og flaggene om den.

    Kontoer uten kapittel får ingen sektor, og en sektor et menneske har avgjort, blir stående. Kirken rapporterer balansen uten sektor.
    """
    valid = frozenset(k.kode for k in kodeverk.koder("sektor") if k.kode.isdigit())
    if not valid:
        return [replace(answer, sektor=None) for answer in answers]
    pairs = [(answer, _read(konto, answer, pattern, valid)) for konto, answer in zip(kontoer, answers, strict=True)]
    habits = _habits(pairs)
    return [_settle(answer, read, habits, valid, kodeverk) if answer.kode else answer for answer, read in pairs]


def _read(konto: Konto, answer: Vurdering, pattern: NumberWitness | None, valid: frozenset[str]) -> _Read:
    words = spoken(konto.lokal_navn, answer.kode or "", valid)
    column = in_column(konto.kontekst.overskrift, valid)
    if column:
        return _Read(column, "ordlyd", f"Sektor {column} står i sektorkolonnen eller overskriften", words)
    reading = pattern.scheme.read(konto.lokal_kode) if pattern else None
    if pattern is None or reading is None or pattern.reliability(reading) < _TRUSTED:
        return _Read(None, "nummer", "", words)
    return _from_number(reading, words)


def _from_number(reading: Reading, words: Spoken) -> _Read:
    message = f"Nummeret leses med sektor {reading.sektor}"
    return _Read(reading.sektor or None, "nummer", message, words, reading.sektor_siffer)


def _habits(pairs: Sequence[tuple[Vurdering, _Read]]) -> dict[str, tuple[str, int, int]]:
    """Gruppe → sektoren kommunen bruker der (sektor, antall, av): bare for kapitler uten motpart."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for answer, read in pairs:
        chapter = balance().kapitler.get(answer.kode or "")
        if chapter and read.kode and read.kode in chapter.sektorer and _alone(chapter):
            used[chapter.gruppe][read.kode] += 1
    found = {}
    for gruppe, counts in used.items():
        (sektor, number), total = counts.most_common(1)[0], sum(counts.values())
        if number >= _HABIT and number >= _HABIT_SHARE * total:
            found[gruppe] = (sektor, number, total)
    return found


def _alone(chapter: Kapittel) -> bool:
    """Om kapittelet ikke har noen motpart, så sektoren er et rent valg av skrivemåte."""
    return bool(chapter.sektorer) and all(sektor.startswith("0") for sektor in chapter.sektorer)


def _settle(
    answer: Vurdering,
    read: _Read,
    habits: Mapping[str, tuple[str, int, int]],
    valid: frozenset[str],
    kodeverk: Kodeverk,
) -> Vurdering:
    decided = answer.status == "avgjort"
    if decided and answer.sektor:
        return answer
    chapter = balance().kapitler.get(answer.kode or "")
    reason = _reason(read, chapter, habits, kodeverk)
    usual = tuple(s for s in chapter.sektorer if s in valid) if chapter else ()
    name = f"{answer.kode} {kodeverk.navn('kapittel', answer.kode or '')}"
    case = _Case(reason[0] if reason else None, name, read, chapter, usual, kodeverk)
    told = (reason[1],) if reason else ()
    return replace(
        answer,
        sektor=case.sektor,
        begrunnelse=(*answer.begrunnelse, *told),
        flagg=answer.flagg if decided else (*answer.flagg, *_flags(case)),
    )


def _reason(
    read: _Read, chapter: Kapittel | None, habits: Mapping[str, tuple[str, int, int]], kodeverk: Kodeverk
) -> tuple[str, Begrunnelse] | None:
    """Sektoren og grunnen til den; ``None`` når ingenting sier den."""
    if read.kode:
        return read.kode, Begrunnelse(read.bevis, f"{read.melding} ({_name(read.kode, kodeverk)}).")
    habit = habits.get(chapter.gruppe) if chapter and _alone(chapter) else None
    if habit:
        sektor, number, total = habit
        message = f"Sektor {sektor} er brukt på {number} av {total} kontoer uten motpart i samme del av balansen."
        return sektor, Begrunnelse("nummer", message)
    said = read.ord
    if said.kode:
        where = f"Ordet «{said.ord}» i navnet" if said.ord else "Kapittelet alene"
        message = f"{where} sier sektor {said.kode} ({_name(said.kode, kodeverk)})."
        return said.kode, Begrunnelse("ordlyd", message, said.kilde)
    return None


def _flags(case: _Case) -> Iterator[Flagg]:
    said = case.read.ord
    if case.read.feil:
        yield Flagg(
            "sektor-ugyldig",
            f"Nummeret har {case.read.feil} der sektoren står, men det er ingen sektor i {case.kodeverk.aar} "
            "(kontroll 013 hos SSB).",
        )
    if case.sektor is None:
        yield Flagg("sektor-mangler", _missing(case))
    elif case.read.kode is None and case.sektor == said.kode and said.styrke < CERTAIN:
        reason = f"ordet «{said.ord}» i navnet" if said.ord else "kapittelet alene"
        yield Flagg(
            "sektor-antatt",
            f"Sektor {_full(case.sektor, case.kodeverk)} er sluttet av {reason}; bekreft hvem motparten er.",
        )
    elif case.usual and case.sektor not in case.usual:
        yield Flagg(
            "sektor-kapittel",
            f"Sektor {_full(case.sektor, case.kodeverk)} er uvanlig på kapittel {case.kapittel}; vanlige er "
            f"{', '.join(case.usual)}. Det er allmenn kunnskap; SSB kontrollerer bare at sektoren finnes (kontroll 013).",
        )
    if case.read.kode and said.kode and said.styrke >= NAMED and said.kode != case.read.kode:
        own, named = (_full(kode, case.kodeverk) for kode in (case.read.kode, said.kode))
        yield Flagg("sektor-mot-navn", f"Sektoren er {own}, men «{said.ord}» i navnet sier {named}.")


def _missing(case: _Case) -> str:
    """Hvorfor sektoren mangler, og hvilke som er aktuelle."""
    options = [s for s in case.read.ord.koder if not case.usual or s in case.usual] or case.usual
    if case.chapter and _alone(case.chapter):
        return (
            f"Kapittel {case.kapittel} har ingen motpart, så navnet sier ikke sektoren. Bruk den dere ellers bruker på "
            f"slike kontoer: {_choice(options)}."
        )
    if 0 < len(options) <= _LISTED:
        names = _choice([_full(s, case.kodeverk) for s in options])
        return f"Navnet avgjør ikke sektoren på kapittel {case.kapittel}; velg {names}."
    hint = f" Den følger av motparten: {case.chapter.motpart}." if case.chapter else ""
    usual = f" Vanlige er {_choice(options)}." if 0 < len(options) <= _COUNTED else ""
    return f"Navnet sier ikke sektoren på kapittel {case.kapittel}.{hint}{usual}"


def _choice(options: Sequence[str]) -> str:
    """«000, 070 eller 080»."""
    *first, last = options
    return f"{', '.join(first)} eller {last}" if first else last


def _full(sektor: str, kodeverk: Kodeverk) -> str:
    """Sektoren med navn; bare koden når kildene ikke navngir den."""
    name = kodeverk.navn("sektor", sektor)
    return sektor if name.startswith("(") else f"{sektor} {name}"


def _name(sektor: str, kodeverk: Kodeverk) -> str:
    name = kodeverk.navn("sektor", sektor)
    return "navnet er ikke funnet i kildene" if name.startswith("(") else name
