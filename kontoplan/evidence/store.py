"""Frasene ferdig lest: ordene og tegnfølgene i hver av dem, lagret så ingen trenger å lese dem på nytt ved oppstart.

Lageret er regnet ut av ``rules/`` og lages av ``python -m kontoplan.training.phrases``. Passer det ikke lenger til
reglene eller til koden som leser tekst, brukes det ikke; da leses frasene på nytt, litt langsommere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kontoplan.data import data_path
from kontoplan.evidence import features
from kontoplan.evidence.arrays import blob, lines
from kontoplan.evidence.features import gram_features, word_features
from kontoplan.text import read
from kontoplan.text.sources import reading_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from kontoplan.text import Tekst

_SOURCES = (
    "avgrensninger/omfatter.csv",
    "kodeverk/navn.csv",
)


@dataclass(frozen=True)
class Table:
    """Trekkene i mange tekster, rad for rad: rad ``i`` har trekkene ``features[starts[i]:starts[i + 1]]``."""

    vocabulary: tuple[str, ...]
    starts: NDArray[np.int64]
    features: NDArray[np.int32]
    values: NDArray[np.float32]

    @classmethod
    def build(cls, rows: Sequence[dict[str, float]]) -> Table:
        """Tabellen over radene, gitt som trekk → vekt."""
        numbers: dict[str, int] = {}
        features = [numbers.setdefault(name, len(numbers)) for row in rows for name in row]
        return cls(
            tuple(numbers),
            np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64),
            np.asarray(features, dtype=np.int32),
            np.asarray([value for row in rows for value in row.values()], dtype=np.float32),
        )


@dataclass(frozen=True)
class Store:
    """Tekster med ordene sine: ``rows`` gir radnummeret til en tekst, ``joined`` ordene i hver rad som én streng."""

    rows: dict[str, int]
    joined: tuple[str, ...]
    words: Table
    grams: Table

    @classmethod
    def build(cls, texts: Sequence[str]) -> Store:
        """Leser tekstene nå."""
        unique = list(dict.fromkeys(texts))
        found = [read(text) for text in unique]

        def table(features: Callable[[Tekst], dict[str, float]]) -> Table:
            return Table.build([features(tekst) for tekst in found])

        rows = {text: at for at, text in enumerate(unique)}
        return cls(rows, tuple(t.samlet for t in found), table(word_features), table(gram_features))


def fingerprint() -> str:
    """Sjekksum av alt lageret er regnet ut av: ordlistene, frasene, og koden som leser tekst."""
    digest = hashlib.sha256()
    folder = data_path("rules")
    for path in (*(folder / name for name in _SOURCES), *reading_sources(), Path(features.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def save(store: Store, path: Path) -> None:
    """Skriver lageret som rene tall og tekst, uten pickle."""
    arrays: dict[str, Any] = {
        "fingeravtrykk": blob([fingerprint()]),
        "tekster": blob(list(store.rows)),
        "ord": blob(list(store.joined)),
    }
    for name, table in (("w", store.words), ("g", store.grams)):
        arrays[f"{name}_navn"] = blob(list(table.vocabulary))
        arrays[f"{name}_start"], arrays[f"{name}_trekk"] = table.starts, table.features
        arrays[f"{name}_vekt"] = table.values
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load(path: Path) -> Store | None:
    """Lageret i ``path``; ``None`` når det er skadet eller ikke passer til reglene som er installert."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            if lines(data["fingeravtrykk"]) != (fingerprint(),):
                return None
            tables = [
                Table(lines(data[f"{n}_navn"]), data[f"{n}_start"], data[f"{n}_trekk"], data[f"{n}_vekt"]) for n in "wg"
            ]
            texts, joined = lines(data["tekster"]), lines(data["ord"])
    except Exception:  # noqa: BLE001 - en skadet fil kan feile på mange vis, og da leses frasene på nytt
        return None
    return Store({text: at for at, text in enumerate(texts)}, joined, tables[0], tables[1])


@cache
def _shipped() -> Store | None:
    return load(data_path("models") / "fraser.npz")


def phrase_store(texts: Sequence[str]) -> Store:
    """Et lager som har alle tekstene: det som følger med når det passer, ellers ett som leses nå."""
    shipped = _shipped()
    if shipped is not None and all(text in shipped.rows for text in texts):
        return shipped
    return Store.build(texts)
