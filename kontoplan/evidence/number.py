"""Nummervitnet: hvilket tallmønster en tabell følger, hvor pålitelig det er der, og hva hvert nummer da sier.

Mønsteret velges av alle radene i tabellen sammen. Hver rad er enten en der nummeret bærer koden (da passer navnet
til koden det peker på) eller en der det ikke gjør det (da er treffet tilfeldig). Andelen av den første sorten anslås
med en blandingsmodell, for hele tabellen og for hver nummerserie, og nummeret får så mye vekt som det har gjort seg
fortjent til der. Slik veier tallet tungt i en kontoplan som følger KOSTRA, lite i serien «211x» hos en kommune som
bruker ``2110`` om barnehager, og ingenting i ansvarsnummer.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from kontoplan.evidence.scheme import candidates
from kontoplan.rulebase.balance import balance
from kontoplan.sak import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.reading import Reading, Scheme
    from kontoplan.evidence.wording import Match

# Hvor ofte et nummer som bærer koden, gjør det med koden selv, med et undernummer, eller ikke kan leses.
_EXACT, _ROUNDED, _UNREADABLE = 0.85, 0.13, 0.02
_SECTOR = 10.0  # en gyldig sektor på rett plass er sjelden tilfeldig
_UNSPECIFIC, _ZEROS = "000", 0.5  # tre nuller er like gjerne begynnelsen på et løpenummer
_LEAST_RATIO, _MOST_RATIO = 0.05, 30.0  # hvor mye navnet på én rad kan tale mot og for mønsteret
_SERIES_PRIOR = 4.0  # så mange rader må en serie ha før den teller mer enn tabellen den står i
_ROUNDS = 40
_HIGHEST = 0.995
_NEARLY_ALL = 0.99
_SIBLING = 0.05  # andelen av nummerets vekt som går til koder skilt ut av koden (510 → 512)


@dataclass(frozen=True, slots=True)
class Row:
    """Det nummervitnet trenger fra en rad: nummeret og kodene navnet likner på."""

    nummer: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class NumberWitness:
    """Tallmønsteret i en tabell.

    Attributes:
        scheme: Mønsteret.
        andel: Anslått andel (0–1) av numrene i tabellen som bærer koden.
        serier: Det samme for hver nummerserie (de første sifrene i koden).
    """

    scheme: Scheme
    andel: float
    serier: Mapping[str, float]

    def reliability(self, reading: Reading) -> float:
        """Hvor ofte (0–1) nummer i samme serie bærer koden i denne tabellen."""
        for length in (2, 1):
            if reading.siffer[:length] in self.serier:
                return self.serier[reading.siffer[:length]]
        return self.andel


def infer(rows: Sequence[Row], listed: Codes, prior: tuple[float, float], beta: float) -> NumberWitness | None:
    """Mønsteret som best forklarer radene; ``None`` når ingen av dem har et nummer som kan leses.

    Args:
        rows: Radene i én tabell og dimensjon.
        listed: Den nasjonale kodelisten.
        prior: Hvor mange nummer i andre tabeller som stemmer og ikke stemmer.
        beta: Log-odds per enhet likhet mellom navn og frase.
    """
    unique = list({(row.nummer, row.matches[:1]): row for row in rows if row.nummer}.values())
    best: tuple[float, NumberWitness] | None = None
    for scheme in candidates(listed, [row.nummer for row in unique]):
        readings = [scheme.read(row.nummer) for row in unique]
        if not any(readings):
            continue
        pairs = zip(unique, readings, strict=True)
        ratios = np.array([_ratio(row.matches, reading, listed, beta) for row, reading in pairs])
        rate, fit = _rate(ratios, prior)
        fit -= scheme.cost
        if best is None or fit > best[0] + 1e-9:
            best = (fit, NumberWitness(scheme, rate, _series(readings, ratios, rate)))
    return best[1] if best else None


def _ratio(matches: tuple[Match, ...], reading: Reading | None, listed: Codes, beta: float) -> float:
    """Hvor mye mer sannsynlig raden er om nummeret bærer koden enn om treffet er tilfeldig."""
    if reading is None:
        return _UNREADABLE
    share = listed.size / 10.0 ** len(reading.siffer)
    ratio = _ROUNDED / (1 - share) if reading.avrundet else _EXACT / share
    if reading.sektor is not None:
        ratio *= _sector_ratio(reading)
    if not matches:
        return ratio
    meant = {*listed.heirs(reading.kode), *listed.split_off(reading.kode)}
    total: float = sum(exp(beta * m.likhet) for m in matches) + max(listed.size - len(matches), 1)
    named: float = sum(exp(beta * m.likhet) for m in matches if m.kode in meant) or 1.0
    return ratio * min(max(named / total * listed.size, _LEAST_RATIO), _MOST_RATIO)


def _sector_ratio(reading: Reading) -> float:
    """Hvor mye sektoren taler for at mønsteret har sektor: mye når den er vanlig på kapittelet, lite når den er tre nuller."""
    chapter = balance().kapitler.get(reading.kode)
    usual = chapter.sektorer if chapter else ()
    if not reading.sektor:
        return 1 / _SECTOR
    if reading.sektor == _UNSPECIFIC:
        if not usual:
            return 1.0 if chapter and chapter.gruppe == "memoria" else _ZEROS
        return 1.0 if reading.sektor in usual else 1 / _SECTOR
    return _SECTOR if not usual or reading.sektor in usual else 1.0


def _rate(ratios: NDArray[np.float64], prior: tuple[float, float]) -> tuple[float, float]:
    """Andelen rader der nummeret bærer koden, og hvor godt den forklarer radene (log-rimelighet)."""
    a, b = prior
    rate = a / (a + b)
    for _ in range(_ROUNDS):
        rate = (a + _members(ratios, rate).sum()) / (a + b + len(ratios))
    rate = float(min(rate, _HIGHEST))
    fit = float(np.log(rate * ratios + 1 - rate).sum()) + a * log(rate) + b * log(1 - rate)
    return rate, fit


def _members(ratios: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """Sannsynligheten for hver rad for at nummeret bærer koden."""
    right: NDArray[np.float64] = rate * ratios
    return right / (right + 1 - rate)


def _series(readings: Sequence[Reading | None], ratios: NDArray[np.float64], rate: float) -> dict[str, float]:
    """Andelen for hver serie, først etter ett og så etter to siffer; en liten serie lener seg på den større."""
    member = _members(ratios, rate)
    found: dict[str, float] = {}
    for length in (1, 2):
        groups: dict[str, list[int]] = {}
        for at, reading in enumerate(readings):
            if reading is not None:
                groups.setdefault(reading.siffer[:length], []).append(at)
        for group, rows in groups.items():
            total = _SERIES_PRIOR * found.get(group[:-1], rate) + float(member[rows].sum())
            found[group] = min(total / (_SERIES_PRIOR + len(rows)), _HIGHEST)
    return found


def testify(witness: NumberWitness, reading: Reading, listed: Codes, factor: float) -> Iterator[Evidence]:
    """Det nummeret sier om kodene det peker på, i log-odds ganget med ``factor``."""
    rate = witness.reliability(reading)
    noise = (1 - rate) / max(listed.size, 1)
    for kode, share in _shares(reading.kode, listed):
        weight = factor * log((rate * share + noise) / noise)
        lest = "" if listed.current(reading.kode) else reading.kode
        yield Evidence("nummer", kode, weight, _message(reading, kode, witness, listed), lest=lest)


def _shares(kode: str, listed: Codes) -> list[tuple[str, float]]:
    """Hvordan nummerets vekt deles: likt på etterfølgerne, og litt på koder som er skilt ut av koden.

    Kapittel 13 og 32 var samlekapitler før 2020 og er det i mange kontoplaner ennå; der gjelder nummeret til noen flytter kontoen.
    """
    split = () if listed.dimensjon == "kapittel" else listed.split_off(kode)
    heirs = listed.heirs(kode)
    own = 1 - _SIBLING * bool(split)
    return [*((heir, own / len(heirs)) for heir in heirs), *((k, _SIBLING / len(split)) for k in split)]


def _message(reading: Reading, kode: str, witness: NumberWitness, listed: Codes) -> str:
    klasse = f"kontoklasse {reading.klasse} og " if reading.klasse is not None else ""
    read = f"Nummeret leses som {klasse}{listed.dimensjon} {reading.siffer}"
    if reading.sektor:
        read += f" med sektor {reading.sektor}"
    if reading.avrundet:
        read += f", et lokalt undernummer av {reading.kode}"
    if kode in listed.split_off(reading.kode):
        read += f"; {kode} er skilt ut av {reading.kode}"
    elif not listed.current(reading.kode):
        ended = listed.kodeverk.sluttaar(listed.dimensjon, reading.kode)
        read += f", som gikk ut etter {ended}" if ended else ", som er utgått"
        read += f"; {kode} kom i stedet" if kode != reading.kode else " uten kjent etterfølger"
    rate = witness.reliability(reading)
    share = "over 99" if rate > _NEARLY_ALL else f"{rate * 100:.0f}"
    return (
        f"{read}. Numrene i tabellen følger mønsteret {witness.scheme.describe()}, og {share} % i serien bærer koden."
    )
