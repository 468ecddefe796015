"""Trener klassifikatoren: én lineær modell per nasjonal dimensjon, hver kode for seg mot alle de andre."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kontoplan.evidence.clues import clues
from kontoplan.evidence.linear import LinearModel, Space
from kontoplan.text import read
from kontoplan.training.augment import variants
from kontoplan.training.line import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from kontoplan.evidence.clues import Clues
    from kontoplan.training.line import Line

_SEEN: Final = 2  # ord og trekk fra færre kilder enn dette er sjeldne
# Valgt på kommuner som ikke var med; se models/MODELLKORT.md.
_ALPHA, _EPOCHS, _SEED = 1e-5, 5, 0
_STEM: Final = "w:"


def train(lines: Sequence[Line], *, augmented: bool = True) -> LinearModel:
    """Klassifikatoren for linjene, som alle er i samme nasjonale dimensjon.

    Gir det samme hver gang for de samme linjene. En linje med flere rette koder er et eksempel på hver av dem.

    Args:
        lines: Linjene den lærer av.
        augmented: Om den også lærer av varianter av tekstene.
    """
    space, features, truth = prepare(lines, augmented=augmented)
    classes = tuple(sorted({kode for koder in truth for kode in koder}))
    weights, bias = _fit(features, truth, classes)
    info = {"data": fingerprint(lines), "linjer": len(lines), "tekster": len(truth), "alfa": _ALPHA, "runder": _EPOCHS}
    return LinearModel.of(space, classes, weights, bias, info)


def prepare(lines: Sequence[Line], *, augmented: bool = True) -> tuple[Space, Any, list[tuple[str, ...]]]:
    """Trekkene linjene gir, tekstene som en glissen matrise (tekst × trekk), og kodene hver tekst kan ha."""
    known = frozenset(_common((line.source, read(line.tekst).stammer) for line in lines))
    texts = [(line, text) for line in lines for text in (line.tekst, *(variants(line.tekst) if augmented else ()))]
    found = [clues(text, line.dimensjon, known, line.kontekst, line.kontoklasse or None) for line, text in texts]
    kept = _common((line.source, features.names()) for (line, _), features in zip(texts, found, strict=True))
    space = _space(lines, found, kept, known)
    return space, matrix(space, found), [line.koder for line, _ in texts]


def _common(named: Iterable[tuple[str, Iterable[str]]]) -> set[str]:
    """Navnene som går igjen i flere kilder; et stedsnavn bare én kommune bruker, sier ikke noe om de andre."""
    sources: dict[str, set[str]] = defaultdict(set)
    for source, names in named:
        for name in names:
            if len(sources[name]) < _SEEN:
                sources[name].add(source)
    return {name for name, seen in sources.items() if len(seen) >= _SEEN}


def _space(lines: Sequence[Line], found: Sequence[Clues], common: AbstractSet[str], known: AbstractSet[str]) -> Space:
    counts = Counter(name for features in found for name in features.names())
    kept = sorted(common, key=lambda n: (n[:2] != _STEM, n))
    idf = np.log((1 + len(found)) / (1 + np.asarray([counts[name] for name in kept]))) + 1
    rows = {name: row for row, name in enumerate(kept)}
    stems = [name.removeprefix(_STEM) for name in kept if name.startswith(_STEM)]
    return Space(rows, _spelled(lines, stems), frozenset(known), idf.astype(np.float32))


def _spelled(lines: Sequence[Line], stems: Sequence[str]) -> tuple[str, ...]:
    """Ordet hver stamme oftest er skrevet som."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        seen = read(line.tekst)
        for stem, word in zip(seen.stammer, seen.ord, strict=True):
            forms[stem][word] += 1
    return tuple(forms[stem].most_common(1)[0][0] if stem in forms else stem for stem in stems)


def matrix(space: Space, found: Sequence[Clues]) -> Any:  # noqa: ANN401 - scipy har ingen typer
    """Tekstene som en glissen matrise, tekst × trekk, hver med lengde 1."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - bare til trening

    vectors = [space.vector(features) for features in found]
    indptr = np.cumsum([0, *(len(rows) for rows, _ in vectors)])
    rows = np.concatenate([rows for rows, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    return csr_matrix((values, rows, indptr), shape=(len(vectors), len(space.rows)))


def _fit(
    features: Any,  # noqa: ANN401 - scipy har ingen typer
    truth: Sequence[tuple[str, ...]],
    classes: tuple[str, ...],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Vektene (trekk × kode) og grunnvektene, ved logistisk regresjon med snitt over rundene."""
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415 - bare til trening

    weight = np.asarray([1 / len(koder) for koder in truth])

    def one(kode: str) -> tuple[NDArray[np.float32], float]:
        right = np.asarray([kode in koder for koder in truth])
        fitted = SGDClassifier(
            loss="log_loss", alpha=_ALPHA, max_iter=_EPOCHS, tol=None, average=True, random_state=_SEED
        ).fit(features, right, sample_weight=np.where(right, weight, 1.0))
        return fitted.coef_[0].astype(np.float32), float(fitted.intercept_[0])

    columns = [one(kode) for kode in classes]
    weights = np.stack([coefficients for coefficients, _ in columns], axis=1)
    return weights, np.asarray([intercept for _, intercept in columns], dtype=np.float32)
