"""Ordlydvitnet: hvor nær navnet på kontoen er navn og hverdagsord for hver kode.

To trinn: et billig søk over alle frasene (``index``), og en dyrere sammenligning tegn for tegn av de beste.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kontoplan.evidence.features import gram_features, word_features
from kontoplan.evidence.index import Index, score
from kontoplan.evidence.store import phrase_store
from kontoplan.sak import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from kontoplan.evidence.codes import Codes
    from kontoplan.text import Tekst

_WORDS, _GRAMS, _FUZZY = 0.6, 0.4, 0.5  # andelen av likheten som kommer fra ord, tegnfølger og hele strengen
_RERANKED = 25  # frasene som sammenlignes tegn for tegn
_KEPT = 15  # kodene som får si noe
_LEAST: Final = 0.15  # under dette er likheten tilfeldig
_OLD = re.compile(r"\s*\((?:før|til(?: og med)?|fra) (?:19|20)\d\d\)")  # «konsulenttjenester (før 2026)»


class Match(NamedTuple):
    """En kode som likner: likheten (0 til rundt 1,5), frasen som likner mest, og om frasen er kodens navn."""

    kode: str
    likhet: float
    frase: str
    er_navn: bool
    arvet_fra: str = ""


class Wording:
    """Frasene for én dimensjon i ett kodeverk, klare til sammenligning."""

    def __init__(self, listed: Codes) -> None:
        """Leser frasene for en kodeliste."""
        listing = sorted(phrases(listed), key=lambda p: p[0])
        store = phrase_store([phrase for _, phrase, _ in listing])
        rows = np.asarray([store.rows[phrase] for _, phrase, _ in listing], dtype=np.int64)
        self._phrases = listing
        self._texts = [store.joined[row] for row in rows]
        self._words, self._grams = Index.build(store.words, rows), Index.build(store.grams, rows)
        codes = [kode for kode, _, _ in listing]
        self._codes = sorted(set(codes))
        self._starts = np.searchsorted(np.asarray(codes), np.asarray(self._codes))
        self._spans = list(pairwise([*self._starts.tolist(), len(codes)]))
        self._heirs = {kode: listed.heirs(kode) for kode in self._codes}

    def compare(self, tekst: Tekst) -> tuple[Match, ...]:
        """Kodene teksten likner på, best først. Utgåtte koder lar etterfølgerne sine arve likheten."""
        similarity = self._similarity(tekst)
        best = np.maximum.reduceat(similarity, self._starts)
        top = (-best).argsort(kind="stable")[:_KEPT]
        found: dict[str, Match] = {}
        for at, likhet in zip(top.tolist(), best[top].tolist(), strict=True):
            if likhet < _LEAST:
                break
            for match in self._matches(at, likhet, similarity):
                found.setdefault(match.kode, match)
        return tuple(sorted(found.values(), key=lambda m: (-m.likhet, m.kode)))

    def knows(self, stem: str) -> bool:
        """Om ordstammen står i noen av frasene."""
        return stem in self._words.vocabulary

    def heard_of(self, stem: str) -> Counter[str]:
        """Hvor mange av frasene til hver kode ordstammen står i."""
        at = self._words.vocabulary.get(stem)
        if at is None:
            return Counter()
        found = self._words.documents[self._words.starts[at] : self._words.starts[at + 1]]
        return Counter(self._phrases[phrase][0] for phrase in found)

    @property
    def vocabulary(self) -> Iterable[str]:
        """Alle ordstammene i frasene."""
        return self._words.vocabulary

    def _similarity(self, tekst: Tekst) -> NDArray[np.float64]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - lastes først når noe skal sammenlignes

        words = self._words.hits(word_features(tekst), _WORDS)
        scores = score([*words, *self._grams.hits(gram_features(tekst), _GRAMS)], len(self._phrases))
        top = (scores > 0).nonzero()[0]
        if len(top) > _RERANKED:
            top = top[(-scores[top]).argpartition(_RERANKED)[:_RERANKED]]
        if len(top):
            query, others = [tekst.samlet], [self._texts[at] for at in top]
            # token_set ser bort fra det ene har for mye av, token_sort gjør det ikke; snittet er en rimelig dom.
            for scorer in (fuzz.token_set_ratio, fuzz.token_sort_ratio):
                scores[top] += _FUZZY / 200 * process.cdist(query, others, scorer=scorer, dtype=np.float64)[0]
        return scores

    def _matches(self, at: int, likhet: float, similarity: NDArray[np.float64]) -> Iterator[Match]:
        start, stop = self._spans[at]
        kode, frase, er_navn = self._phrases[start + int(similarity[start:stop].argmax())]
        heirs = self._heirs[kode]
        if heirs == (kode,):
            yield Match(kode, likhet, frase, er_navn)
        else:
            yield from (Match(heir, likhet, frase, er_navn, arvet_fra=kode) for heir in heirs)


def phrases(listed: Codes) -> Iterator[tuple[str, str, bool]]:
    """(kode, frase, er navnet) for gyldige, interne og utgåtte koder; det en senere kode omfatter, hører til opphavet."""
    kodeverk, dimensjon = listed.kodeverk, listed.dimensjon
    for kode in (*kodeverk.koder(dimensjon), *kodeverk.utgatte(dimensjon)):
        for navn in dict.fromkeys((kode.navn, kode.nynorsk)):
            if navn and not navn.startswith("("):
                yield kode.kode, navn, True
    for frase in kodeverk.omfatter(dimensjon):
        yield frase.kode, _OLD.sub("", frase.tekst), False
    for frase in kodeverk.omfatter(dimensjon, utgatte=True):
        for origin in kodeverk.opphav(dimensjon, frase.kode):
            yield origin, _OLD.sub("", frase.tekst), False


@lru_cache(maxsize=16)
def wording(listed: Codes) -> Wording:
    """Ordlydvitnet for en kodeliste; bygges én gang."""
    return Wording(listed)


def testify(matches: tuple[Match, ...], listed: Codes, weight: float) -> Iterator[Evidence]:
    """Utsagnene ordlyden gir, med ``weight`` log-odds per enhet likhet."""
    for match in matches:
        read_as = match.arvet_fra or match.kode
        if match.er_navn:
            message = f"Navnet likner på «{match.frase}», som er navnet på {read_as}"
        else:
            message = f"Navnet likner på «{match.frase}», som hører hjemme på {read_as}"
        if match.arvet_fra:
            message += f" (utgått; {match.kode} kom i stedet)"
        kilde = _source(listed, read_as, name=match.er_navn)
        yield Evidence("ordlyd", match.kode, weight * match.likhet, f"{message}.", kilde, match.arvet_fra)


def _source(listed: Codes, kode: str, *, name: bool) -> str:
    if name:
        found = listed.kodeverk.kode(listed.dimensjon, kode)
        return found.kilde if found else ""
    boundary = listed.kodeverk.avgrensning(listed.dimensjon, kode)
    return boundary.kilde if boundary else ""
