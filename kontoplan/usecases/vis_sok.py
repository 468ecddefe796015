"""Søk etter en kode med ord: i navnene på bokmål og nynorsk, og i hverdagsordene for hva som hører hjemme der."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kontoplan.kodeverk import KODEDIMENSJONER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kontoplan.kodeverk import Kode, Kodedimensjon, Kodeverk

LIMIT = 10
_MIN_HITS = 3
_MIN_FUZZY_LENGTH = 4
_FUZZY_CUTOFF = 78
_FUZZY_PENALTY = 20.0
_ENDED_PENALTY = 25.0
_CONDITIONAL_PENALTY = 40.0
_PHRASE_PENALTY = 6.0
_MORE_BONUS, _MORE_MAX = 0.8, 8.0
_LETTERS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "å": "a", "–": " ", "-": " ", "/": " ", ",": " "})


@dataclass(frozen=True, slots=True)
class Treff:
    """En kode søket fant.

    Attributes:
        kode: Koden.
        grunn: Hvorfor den passer.
        poeng: Hvor godt den passer (høyst 108, høyere er bedre).
        lest_som: Søket med skrivefeilen rettet; tomt når det ble lest som det sto.
    """

    kode: Kode
    grunn: str
    poeng: float
    lest_som: str = ""

    def as_dict(self) -> dict[str, object]:
        """Feltene til JSON."""
        return {
            "dimensjon": self.kode.dimensjon,
            "kode": self.kode.kode,
            "navn": self.kode.navn,
            "til": self.kode.til,
            "grunn": self.grunn,
            "poeng": round(self.poeng, 1),
            "lest_som": self.lest_som,
        }


@dataclass(frozen=True, slots=True)
class _Tekst:
    """En tekst det søkes i: koden den hører til, hvordan den omtales, og den sammenlignbare formen."""

    kode: Kode
    omtale: str
    folded: str
    is_name: bool


def fold(text: str) -> str:
    """Teksten uten forskjell på store og små bokstaver, aksenter, bindestrek og mellomrom (``Skole-SFO`` → ``skole sfo``)."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS).split())


def search(kodeverk: Kodeverk, query: str, dimensjoner: Iterable[Kodedimensjon] = KODEDIMENSJONER) -> tuple[Treff, ...]:
    """De kodene som passer best til søket, beste først, høyst ti.

    Skrivefeil rettes når ordet ikke finnes fra før; da sier ``lest_som`` hvordan søket ble lest.
    """
    wanted = fold(query)
    if not wanted:
        return ()
    texts = tuple(_texts(kodeverk, dimensjoner))
    hits = _rank(kodeverk, texts, wanted)
    if len(hits) < _MIN_HITS and (corrected := _correct(texts, wanted)):
        seen = {(t.kode.dimensjon, t.kode.kode) for t in hits}
        hits += [
            replace(t, poeng=t.poeng - _FUZZY_PENALTY, lest_som=corrected)
            for t in _rank(kodeverk, texts, corrected)
            if (t.kode.dimensjon, t.kode.kode) not in seen
        ]
    return tuple(hits[:LIMIT])


def _texts(kodeverk: Kodeverk, dimensjoner: Iterable[Kodedimensjon]) -> Iterator[_Tekst]:
    for dimensjon in dimensjoner:
        for kode in kodeverk.kjente(dimensjon):
            yield _Tekst(kode, f"navnet «{kode.navn}»", fold(kode.navn), is_name=True)
            if kode.nynorsk and kode.nynorsk != kode.navn:
                yield _Tekst(kode, f"nynorsk navn «{kode.nynorsk}»", fold(kode.nynorsk), is_name=True)
        for frase in kodeverk.omfatter(dimensjon, utgatte=True):
            if found := kodeverk.kode(dimensjon, frase.kode):
                yield _Tekst(found, f"omfatter «{frase.tekst}»", fold(frase.tekst), is_name=False)


def _rank(kodeverk: Kodeverk, texts: tuple[_Tekst, ...], wanted: str) -> list[Treff]:
    """Ett treff per kode, med den beste teksten som grunn og litt ekstra for hver tekst som også passer."""
    words = wanted.split()
    best: dict[Kode, tuple[float, _Tekst]] = {}
    count: dict[Kode, int] = {}
    for text in texts:
        if (score := _score(text.folded, wanted, words)) is None:
            continue
        score -= 0 if text.is_name else _PHRASE_PENALTY
        count[text.kode] = count.get(text.kode, 0) + 1
        if text.kode not in best or score > best[text.kode][0]:
            best[text.kode] = (score, text)
    hits = [_hit(kodeverk, score, text, count[kode] - 1) for kode, (score, text) in best.items()]
    return sorted(hits, key=lambda t: (-t.poeng, t.kode.dimensjon, t.kode.kode))


def _score(text: str, wanted: str, words: list[str]) -> float | None:
    """Hvor godt en tekst passer til søket (0–100); ``None`` når den ikke gjør det. Korte tekster passer best."""
    padded = f" {text} "
    ranked = (
        (100.0, text == wanted),
        (94.0, text.startswith(f"{wanted} ")),
        (88.0, f" {wanted} " in padded),
        (82.0, f" {wanted}" in padded),
        (70.0, len(wanted) > 1 and wanted in text),
        (66.0, len(words) > 1 and all(f" {word}" in padded for word in words)),
        (34.0, len(words) > 1 and any(len(w) >= _MIN_FUZZY_LENGTH and f" {w}" in padded for w in words)),
    )
    for score, fits in ranked:
        if fits:
            return score - 8.0 * max(0.0, 1 - len(wanted) / len(text))
    return None


def _hit(kodeverk: Kodeverk, score: float, text: _Tekst, more: int) -> Treff:
    kode = text.kode
    score += min(more * _MORE_BONUS, _MORE_MAX)
    grunn = text.omtale + (f" og {more} til" if more else "")
    if not kodeverk.finnes(kode.dimensjon, kode.kode):
        ended = kode.til is not None and kode.til < kodeverk.aar
        score -= _ENDED_PENALTY if ended else _CONDITIONAL_PENALTY
        if ended:
            grunn += f" (gikk ut etter {kode.til})"
    return Treff(kode, grunn, score)


def _correct(texts: tuple[_Tekst, ...], wanted: str) -> str:
    """Søket med hvert ukjent ord byttet til det kjente ordet som ligner mest; tomt når ikke alle lar seg rette."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - lastes bare når det trengs

    vocabulary = sorted({word for text in texts for word in text.folded.split() if len(word) >= _MIN_FUZZY_LENGTH})
    result = []
    for word in wanted.split():
        if word in vocabulary or len(word) < _MIN_FUZZY_LENGTH:
            result.append(word)
            continue
        found = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF)
        if found is None:
            return ""
        result.append(found[0])
    corrected = " ".join(result)
    return "" if corrected == wanted else corrected
