"""Modellvitnet: hva den trente klassifikatoren sier om en tekst og det som står rundt den."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from kontoplan.data import data_path
from kontoplan.evidence.clues import clues
from kontoplan.evidence.linear import load, stored_checksum
from kontoplan.sak import Evidence
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.evidence.clues import Clues
    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.linear import LinearModel, Vector
    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.sak import Sak

_FLOOR: Final = -6.0  # log-odds; koder lavere enn dette er like usannsynlige alle sammen
_HEARD = 12  # så mange koder får si noe
_WORD_CLUES = ("w:", "aw:", "l:", "al:")  # trekkene som er ord eller ordledd
_WORDS = 3
_TELLING = 0.3  # log-odds et ord må bidra med for å nevnes


class ModelWitness:
    """Klassifikatoren for én kodeliste: kodene den kan, oversatt til dem som gjelder i året."""

    def __init__(self, model: LinearModel, listed: Codes) -> None:
        """Tar en modell og kodelisten svarene skal gjelde."""
        self._model = model
        self._codes = [translate(kode, listed) for kode in model.classes]
        self._columns: dict[str, int] = {}
        for column, translated in enumerate(self._codes):
            for kode in translated:
                self._columns.setdefault(kode, column)
        self._deciding: dict[tuple[int | None, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def scores(self, sak: Sak) -> dict[str, float]:
        """Log-odds over bunnen for kodene som er mest aktuelle, høyest først; tom når teksten ikke har noe kjent."""
        return dict(self._ranked(self._model.space.vector(self._clues(sak))))

    def testify(self, sak: Sak, weight: float) -> Iterator[Evidence]:
        """Utsagnene klassifikatoren gir, med ``weight`` per log-odds over bunnen; det sterkeste sier hvilke ord."""
        found = self._clues(sak)
        vector = self._model.space.vector(found)
        for rank, (kode, score) in enumerate(self._ranked(vector)):
            words = self._telling(sak, kode, found, vector) if rank == 0 else ()
            yield Evidence("modell", kode, weight * score, _message(kode, words))

    def _clues(self, sak: Sak) -> Clues:
        return clues(sak.tekst, sak.dimensjon, self._model.space.known, sak.kontekst, sak.kontoklasse)

    def _ranked(self, vector: Vector) -> Iterator[tuple[str, float]]:
        raw = self._model.scores(vector)
        seen: set[str] = set()
        best = (-raw).argsort(kind="stable")[:_HEARD]
        for at, score in zip(best.tolist(), raw[best].tolist(), strict=True):
            if score <= _FLOOR:
                break
            for kode in self._codes[at]:
                if kode not in seen:
                    seen.add(kode)
                    yield kode, score - _FLOOR

    def _telling(self, sak: Sak, kode: str, found: Clues, vector: Vector) -> tuple[str, ...]:
        """Ordene i teksten som taler mest for koden, viktigst først."""
        given = self._model.contributions(vector, self._columns[kode])
        seen = read(sak.tekst)
        spelled = dict(zip(seen.stammer, seen.ord, strict=True))
        said: dict[str, float] = {}
        for name in found.named:
            if name.startswith(_WORD_CLUES) and (value := given.get(self._model.space.rows.get(name, -1))) is not None:
                stem = name.partition(":")[2]
                word = spelled.get(stem) or next((w for w in seen.ord if stem in w), "")
                said[word] = said.get(word, 0.0) + value
        ranked = sorted(said.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(word for word, value in ranked[:_WORDS] if word and value >= _TELLING)

    def deciding(self, one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ord som ville talt for den ene koden framfor den andre, og omvendt."""
        columns = self._columns.get(one), self._columns.get(other)
        if columns not in self._deciding:
            known = [column for column in columns if column is not None]
            self._deciding[columns] = self._model.contrast(*known) if len(known) == len(columns) else ((), ())
        return self._deciding[columns]


def _message(kode: str, words: tuple[str, ...]) -> str:
    if words:
        quoted = ", ".join(f"«{word}»" for word in words)
        return f"Kontoer med {quoted} i navnet hører oftest til {kode} i tekstene klassifikatoren er trent på."
    return f"Klassifikatoren finner likhet med navn på {kode} i tekstene den er trent på."


def translate(kode: str, listed: Codes) -> tuple[str, ...]:
    """Koden slik den heter i kodelistens år: den selv, eller kodene den kom i stedet for."""
    if kode in listed.valid or kode in listed.internal:
        return (kode,)
    before = listed.kodeverk.opphav(listed.dimensjon, kode)
    return tuple(old for old in before if old in listed.valid) or listed.heirs(kode)


@cache
def _shipped(national: Kodedimensjon) -> LinearModel:
    return load(data_path("models") / f"klassifikator-{national}.npz")


@cache
def fingerprint() -> str:
    """Fingeravtrykket av klassifikatorene og dommeren som følger med: like fingeravtrykk gir like svar.

    Raises:
        UserError: en modellfil mangler eller er skadet.
    """
    folder = data_path("models")
    digest = hashlib.sha256((folder / "dommer.json").read_bytes())
    for path in sorted(folder.glob("klassifikator-*.npz")):
        digest.update(stored_checksum(path).encode())
    return digest.hexdigest()


@lru_cache(maxsize=16)
def model_witness(listed: Codes) -> ModelWitness:
    """Modellvitnet som følger med, for en kodeliste; bygges én gang.

    Raises:
        UserError: modellfilen mangler eller er skadet.
    """
    return ModelWitness(_shipped(listed.dimensjon), listed)
