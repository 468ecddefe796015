"""Et spørsmål lest som en sak: det som er kjøpt eller tjent, og det spørsmålet selv sier rundt det."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.question.lexicon import question_words
from kontoplan.text import fold
from kontoplan.text.personal import MASK, mask

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGST = 2_000
"""Så mange tegn av et spørsmål leses."""
_CLAUSE = re.compile(r"[.?!;:,\n]+(?=\s|$)")
_EDGE = "«»\"'()[]{}<>*_-–—/\\|?!.,;: "
_CODE = re.compile(r"(?:(funksjon|tjeneste|teneste|art|konto)\s+)?(?<![\d.,])(\d{3})(?![\d]|[.,]\d)")
_NAMED = re.compile(_CODE.pattern, re.IGNORECASE)  # «på funksjon 202» spør ikke om funksjonen; det nevner en
_DIMENSION = {"tjeneste": "funksjon", "teneste": "funksjon", "konto": ""}


@dataclass(frozen=True, slots=True)
class Question:
    """Et lest spørsmål.

    Attributes:
        tekst: Spørsmålet, uten personnummer, høyst :data:`LENGST` tegn.
        kjerne: Det samme uten spørreordene: det saken gjelder. Tom når det bare er spurt om en kode.
        dimensjoner: Dimensjonene det spørres om; tom når spørsmålet ikke sier det.
        retning: ``utgift``, ``inntekt`` eller tom.
        mottaker: Den andre parten (``stat``, ``fylke``, ``kommune``, ``privat``, ``konsern``) eller tom.
        klasse: ``drift``, ``investering`` eller tom.
        koder: Kodene som er nevnt: (dimensjonen eller tom, koden).
        tegn: Antall tegn i spørsmålet slik det ble skrevet.
    """

    tekst: str
    kjerne: str
    dimensjoner: tuple[str, ...] = ()
    retning: str = ""
    mottaker: str = ""
    klasse: str = ""
    koder: tuple[tuple[str, str], ...] = ()
    tegn: int = 0


def parse(text: str) -> Question:
    """Leser et spørsmål på bokmål eller nynorsk; feiler aldri."""
    shown = mask(" ".join(text[: 2 * LENGST].split()))[:LENGST]
    frame, kept = _split(_NAMED.sub(" ", shown.replace(MASK, " ")))
    folded = f" {_plain(shown)} "
    return Question(
        tekst=shown,
        kjerne=", ".join(kept),
        dimensjoner=_dimensions(frame),
        retning=_sign(folded, "retning"),
        mottaker=_sign(folded, "mottaker"),
        klasse=_sign(folded, "klasse"),
        koder=tuple(_codes(fold(shown))),
        tegn=len(text),
    )


def _split(text: str) -> tuple[list[str], list[str]]:
    """Spørreordene (brettet), og det som er igjen av hver setningsdel."""
    words = question_words().frame
    frame: list[str] = []
    kept: list[str] = []
    for clause in _CLAUSE.split(text):
        tokens = clause.split()
        is_frame = [not (bare := fold(t.strip(_EDGE))) or bare in words or bare.isdigit() for t in tokens]
        first = next((at for at, framed in enumerate(is_frame) if not framed), len(tokens))
        last = next((at for at in range(len(tokens), first, -1) if not is_frame[at - 1]), first)
        frame += [fold(t.strip(_EDGE)) for t in (*tokens[:first], *tokens[last:])]
        if first < last:
            kept.append(" ".join(tokens[first:last]).strip(_EDGE))
    return frame, kept


def _dimensions(frame: Sequence[str]) -> tuple[str, ...]:
    listed = question_words().dimension
    return tuple(dict.fromkeys(listed[word] for word in frame if word in listed))


def _sign(folded: str, kind: str) -> str:
    """Verdien teksten peker på; tom når den peker på flere eller ingen. Det lengste uttrykket går foran det kortere."""
    found: dict[str, str] = {p: v for p, v in question_words().signs[kind].items() if f" {p} " in folded}
    inner = {short for short in found for long in found if short != long and f" {short} " in f" {long} "}
    values = {value for phrase, value in found.items() if phrase not in inner}
    return values.pop() if len(values) == 1 else ""


def _plain(text: str) -> str:
    return " ".join(word for token in fold(text).split() if (word := token.strip(_EDGE)))


def _codes(folded: str) -> list[tuple[str, str]]:
    found = [(_DIMENSION.get(dim or "", dim or ""), kode) for dim, kode in _CODE.findall(folded)]
    return list(dict.fromkeys(found))
