"""Hvilken dimensjon en tabell fører, og hvilke kontoer i den som er balansekontoer."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.chart.headers import title_dimensions
from kontoplan.chart.vocabulary import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kontoplan.chart.vocabulary import Vocabulary

TITLE_WEIGHT = 2.0
SHEET_WEIGHT = 2.5
FILE_WEIGHT = 1.0
HEADER_WEIGHT = 1.5
WORD_WEIGHT = 2.0
WORD_LIMIT = 2.0
NUMBER_WEIGHT = 0.8
CODE_WIDTH = 3
CHAPTER_WIDTH = 2
FUNKSJON_SHARE = 0.4
"""Andelen navn som må passe med funksjonen nummeret peker på, for at en tabell uten tittel er funksjoner."""
CLEAR_LEAD = 1.5
MIN_BALANCE_WIDTH = 4
STRONG_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Tekstene rundt tabellen: arknavnet, filnavnet og titlene."""

    sheet: str
    fil: str
    titles: tuple[str, ...]

    def dimensions(self) -> dict[str, float]:
        """Poeng per dimensjon som tekstene nevner; en tekst som nevner flere, deler poenget."""
        points: dict[str, float] = defaultdict(float)
        sources = [(self.sheet, SHEET_WEIGHT), (self.fil, FILE_WEIGHT), *((t, TITLE_WEIGHT) for t in self.titles)]
        for text, weight in sources:
            found = title_dimensions(text)
            for dim in found:
                points[dim] += weight / len(found)
        return points


def decide(dim: str, around: Surroundings, pairs: Sequence[tuple[str, str]], vocab: Vocabulary) -> tuple[str, str]:
    """Dimensjonen og grunnen til den, på norsk.

    Args:
        dim: Dimensjonen overskriften nevner; tom når den ikke gjør det, ``konto`` når den kan være art eller balanse.
        around: Tekstene rundt tabellen.
        pairs: Nummer og navn i tabellen.
        vocab: Ordvektene.
    """
    if dim not in {"", "konto"}:
        return dim, f"overskriften sier {dim}"
    points = around.dimensions()
    said = dict(points)
    if said and not dim:
        top = max(said, key=lambda d: said[d])
        rest = max((v for d, v in said.items() if d != top), default=0.0)
        if said[top] > CLEAR_LEAD * rest and said[top] >= TITLE_WEIGHT:
            return top, f"arknavnet eller tittelen sier {top}"
    if dim == "konto":
        points["art"] += HEADER_WEIGHT
    codes = [code for code, _ in pairs if code]
    for group, score in vocab.scores(name for _, name in pairs if name).items():
        points[group] += max(-WORD_LIMIT, min(WORD_LIMIT, WORD_WEIGHT * score))
    for group in GROUPS:
        points[group] += NUMBER_WEIGHT * _national_share(codes, vocab.codes[group])
    best = max(points, key=lambda d: points[d])
    if best == "funksjon" and not said and codes and vocab.agreement(pairs) < FUNKSJON_SHARE:
        return "ansvar", "navnene likner tjenester, men numrene er ikke funksjonenes"
    if dim == "konto" and best == "balanse" and codes and "balanse" not in said:
        best = "art"  # avgjøres gruppe for gruppe
    return best, f"arknavn, titler og navn sier {best}" if best in said else f"navn og numre likner {best}"


def _national_share(codes: Sequence[str], national: frozenset[str]) -> float:
    """Andelen numre som begynner med en nasjonal kode på tre siffer (eller to, for kapitler)."""
    digits = [re.sub(r"\D", "", code) for code in codes]
    long = (
        code[:CHAPTER_WIDTH] in national
        for code in digits
        if len(code) > CODE_WIDTH and code[:CODE_WIDTH] not in national
    )
    hits = sum(code[:CODE_WIDTH] in national for code in digits) + sum(long)
    return hits / len(digits) if digits else 0.0


def balance_groups(accounts: Iterable[tuple[str, str]], vocab: Vocabulary, *, said: bool, sbdr: bool) -> frozenset[str]:
    """Første siffer i numrene som er balansekontoer i en kontotabell: ``{"2"}``, ``{"5"}`` eller ingen.

    Klassen 2 (5 i særbedrift) foran kapittel og sektor er balanse; arter i 200-serien begynner også på 2, og skilles
    ut etter bredden, de andre gruppene og navnene.

    Args:
        accounts: Nummer og navn.
        vocab: Ordvektene.
        said: Arknavnet, tittelen eller en klassekolonne sier balanse.
        sbdr: Regnskapet er for en særbedrift.
    """
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, name in accounts:
        digits = re.sub(r"\D", "", code)
        if digits:
            groups[digits[0]].append((digits, name))
    if not groups:
        return frozenset()
    leading = set(groups)
    series = len(leading & set("456789")) >= 3  # noqa: PLR2004 - artsserier 4–9 finnes: tallet har ingen klasse foran
    found = set()
    for digit in ("2", "5"):
        rows = groups.get(digit, [])
        if (
            rows
            and _is_balance(rows, vocab, said=said, series=series)
            and (digit == "2" or _sbdr_like(leading, sbdr=sbdr, said=said))
        ):
            found.add(digit)
    return frozenset(found)


def _sbdr_like(leading: set[str], *, sbdr: bool, said: bool) -> bool:
    return leading <= set("345") and (sbdr or said or len(leading) > 1)


def _is_balance(rows: Sequence[tuple[str, str]], vocab: Vocabulary, *, said: bool, series: bool) -> bool:
    widths = sorted(len(code) for code, _ in rows)
    if widths[len(widths) // 2] < MIN_BALANCE_WIDTH:
        return False
    votes = [vocab.best(name) for _, name in rows]
    balance, art = votes.count("balanse"), votes.count("art")
    chapters = _national_share([code[1:] for code, _ in rows], vocab.codes["balanse"])
    if series:
        return balance >= STRONG_SHARE * len(rows) and balance > 3 * art and chapters > STRONG_SHARE
    if said:
        return chapters > STRONG_SHARE or balance >= art
    wide = widths[len(widths) // 2] > CODE_WIDTH + 2
    return balance > art or (wide and chapters > STRONG_SHARE and balance >= art)
