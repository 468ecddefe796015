"""Den lineære klassifikatoren: rene tall, lest fra ``models/`` og kjørt med numpy alene."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, field
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kontoplan.errors import UserError
from kontoplan.evidence.arrays import blob, lines
from kontoplan.evidence.clues import LETTERS, letters

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from kontoplan.evidence.clues import Clues

    Vector = tuple[NDArray[np.intp], NDArray[np.float32]]


VERSION: Final = 1
_ARRAYS = ("vokabular", "skrivemaate", "kjente", "klasser", "idf", "vekter", "skala", "grunnvekt")
_CONTRASTED = 3
_CACHED: Final = 65_536  # ord
_LEVELS = 127  # vektene lagres som heltall på én byte, med én skala per trekk


@dataclass(frozen=True)
class Space:
    """Trekkene en modell kjenner.

    Attributes:
        rows: Trekk → rad.
        spelled: Ordene bak de første radene, slik de oftest skrives; i ``rows`` er de ordstammer.
        known: Ordstammene som ikke er sjeldne.
        idf: Hvor sjeldent hvert trekk er.
    """

    rows: dict[str, int]
    spelled: tuple[str, ...]
    known: frozenset[str]
    idf: NDArray[np.float32]
    _split: dict[str, tuple[tuple[int, ...], frozenset[str]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def vector(self, found: Clues) -> Vector:
        """Radene og verdiene til trekkene som er kjent, med samlet lengde 1; de navngitte først."""
        places = list(map(self.rows.get, found.named))
        named = [row for row in places if row is not None]
        given = [value for row, value in zip(places, found.named.values(), strict=True) if row is not None]
        grams, unknown = self._letters(found.words)
        rows = np.asarray([*named, *grams], dtype=np.intp)
        values = np.empty(len(rows), dtype=np.float32)
        values[: len(named)] = given
        values[len(named) :] = LETTERS / sqrt(len(grams) + unknown) if grams else 0
        values *= self.idf[rows]
        length = float(np.sqrt(values @ values))
        return rows, values / length if length else values

    def _letters(self, words: tuple[str, ...]) -> tuple[Collection[int], int]:
        """Radene til tegnfølgene i ordene, og hvor mange forskjellige som ikke er kjent."""
        if len(self._split) > _CACHED:
            self._split.clear()
        split = [self._split.get(word) or self._split_word(word) for word in words]
        grams = dict.fromkeys(chain.from_iterable(known for known, _ in split))
        return grams, len(set().union(*(unknown for _, unknown in split)))

    def _split_word(self, word: str) -> tuple[tuple[int, ...], frozenset[str]]:
        found = letters(word)
        known = tuple(row for name in found if (row := self.rows.get(name)) is not None)
        self._split[word] = known, frozenset(name for name in found if name not in self.rows)
        return self._split[word]


@dataclass(frozen=True)
class LinearModel:
    """En ferdig trent klassifikator.

    Attributes:
        space: Trekkene.
        classes: Kodene, i kolonnenes rekkefølge.
        weights: Vekten hvert trekk gir hver kode, trekk × kode, som heltall.
        scale: Det heltallene i hver rad ganges med.
        bias: Vekten hver kode har før noen trekk er sett.
        info: Versjonen, dataene den er trent på og hvordan.
    """

    space: Space
    classes: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    info: dict[str, Any]

    @classmethod
    def of(
        cls,
        space: Space,
        classes: tuple[str, ...],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        info: dict[str, Any],
    ) -> LinearModel:
        """En modell av vekter med full presisjon, pakket slik den lagres."""
        scale = np.maximum(np.abs(weights).max(axis=1), 1e-9).astype(np.float32) / _LEVELS
        packed = np.rint(weights / scale[:, None]).astype(np.int8)
        return cls(space, classes, packed, scale, bias, {"versjon": VERSION, **info})

    def scores(self, vector: Vector) -> NDArray[np.float32]:
        """Log-odds for hver kode i ``classes``, hver for seg mot alle de andre, for det :meth:`Space.vector` gir."""
        rows, values = vector
        total: NDArray[np.float32] = (values * self.scale[rows]) @ self.weights[rows].astype(np.float32) + self.bias
        return total

    def contributions(self, vector: Vector, column: int) -> dict[int, float]:
        """Log-odds hver rad i :meth:`Space.vector` gir koden i kolonnen."""
        rows, values = vector
        given = values * self.scale[rows] * self.weights[rows, column]
        return dict(zip(rows.tolist(), given.tolist(), strict=True))

    def contrast(self, one: int, other: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ordene som skiller to koder mest: de som taler for den første, og de som taler for den andre."""
        spelled = self.space.spelled
        size = len(spelled)
        columns = self.weights[:size][:, [one, other]].astype(np.float32)
        difference = (columns[:, 0] - columns[:, 1]) * self.scale[:size] * self.space.idf[:size]
        order = np.argsort(difference, kind="stable")
        first, last = order[::-1][:_CONTRASTED], order[:_CONTRASTED]
        return tuple(spelled[at] for at in first), tuple(spelled[at] for at in last)

    @property
    def fingerprint(self) -> str:
        """Sjekksum av alt modellen regner med."""
        return _checksum(_as_arrays(self), self.info)[:16]


def pack(model: LinearModel) -> bytes:
    """Modellen som rene tall og tekst, uten pickle, med versjon og sjekksum; ukomprimert, så den leses fort."""
    arrays = _as_arrays(model)
    info = json.dumps({**model.info, "sjekksum": _checksum(arrays, model.info)}, ensure_ascii=False, sort_keys=True)
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, info=blob([info]), **arrays)
    return out.getvalue()


def load(path: Path) -> LinearModel:
    """Leser en modell.

    Raises:
        UserError: filen mangler, er skadet, har feil sjekksum eller er fra en annen versjon.
    """
    info, arrays = _read(path, _ARRAYS)
    if info.get("versjon") != VERSION:
        raise _broken(path, f"har versjon {info.get('versjon')}, og programmet leser versjon {VERSION}")
    if info.pop("sjekksum", None) != _checksum(arrays, info):
        raise _broken(path, "er endret eller skadet (sjekksummen stemmer ikke)")
    rows = {name: row for row, name in enumerate(lines(arrays["vokabular"]))}
    space = Space(rows, lines(arrays["skrivemaate"]), frozenset(lines(arrays["kjente"])), arrays["idf"])
    return LinearModel(space, lines(arrays["klasser"]), arrays["vekter"], arrays["skala"], arrays["grunnvekt"], info)


def stored_checksum(path: Path) -> str:
    """Sjekksummen modellen er lagret med; :func:`load` ser etter at den stemmer.

    Raises:
        UserError: filen mangler eller er skadet.
    """
    info, _ = _read(path, ())
    return str(info.get("sjekksum"))


def _read(path: Path, names: Sequence[str]) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            return json.loads(lines(data["info"])[0]), {name: data[name] for name in names}
    except FileNotFoundError as error:
        raise _broken(path, "mangler") from error
    except Exception as error:  # en skadet fil kan feile på mange vis
        raise _broken(path, "kan ikke leses") from error


def _broken(path: Path, what: str) -> UserError:
    return UserError(f"Modellfilen {path.name} {what}; installer kontoplan på nytt.", code="skadet-modell")


def _as_arrays(model: LinearModel) -> dict[str, NDArray[Any]]:
    return {
        "vokabular": blob(model.space.rows),
        "skrivemaate": blob(model.space.spelled),
        "kjente": blob(sorted(model.space.known)),
        "klasser": blob(model.classes),
        "idf": model.space.idf,
        "vekter": model.weights,
        "skala": model.scale,
        "grunnvekt": model.bias,
    }


def _checksum(arrays: dict[str, NDArray[Any]], info: dict[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(info, ensure_ascii=False, sort_keys=True).encode())
    for name in _ARRAYS:
        digest.update(str((name, arrays[name].dtype, arrays[name].shape)).encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()
