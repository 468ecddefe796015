from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kontoplan.data import data_path
from kontoplan.evidence import store
from kontoplan.evidence.features import gram_features, word_features
from kontoplan.evidence.index import Index, score
from kontoplan.evidence.store import Store, load, phrase_store, save
from kontoplan.text import read
from kontoplan.training import phrases

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from numpy.typing import NDArray

TEKSTER = ["Matvarer", "Strøm til barnehagen", "kontorrekvisita", "Matvarer", ""]
ORD = st.lists(st.sampled_from(["mat", "strøm", "skole", "bygg", "drift", "x1"]), max_size=4).map(" ".join)


def same(one: Store, other: Store) -> bool:
    tables = ((one.words, other.words), (one.grams, other.grams))
    return (one.rows, one.joined) == (other.rows, other.joined) and all(
        a.vocabulary == b.vocabulary
        and np.array_equal(a.starts, b.starts)
        and np.array_equal(a.features, b.features)
        and np.array_equal(a.values, b.values)
        for a, b in tables
    )


def test_lageret_som_folger_med_er_det_som_lages_av_reglene_na() -> None:
    shipped = load(data_path("models/fraser.npz"))
    assert shipped is not None, "kjør python -m kontoplan.training.phrases"
    assert same(shipped, Store.build(phrases.all_phrases()))


def test_et_lager_er_likt_etter_lagring(tmp_path: Path) -> None:
    built = Store.build(TEKSTER)
    save(built, tmp_path / "f.npz")
    loaded = load(tmp_path / "f.npz")
    assert loaded is not None
    assert same(loaded, built)


def test_et_lager_fra_andre_regler_brukes_ikke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Store.build(TEKSTER), tmp_path / "f.npz")
    monkeypatch.setattr(store, "fingerprint", lambda: "andre regler")
    assert load(tmp_path / "f.npz") is None


def test_et_skadet_lager_brukes_ikke(tmp_path: Path) -> None:
    path = tmp_path / "f.npz"
    save(Store.build(TEKSTER), path)
    whole = path.read_bytes()
    assert load(tmp_path / "finnesikke.npz") is None
    for damaged in (b"", b"PK", whole[: len(whole) // 2]):
        path.write_bytes(damaged)
        assert load(path) is None
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        found = load(path)
        assert found is None or same(found, Store.build(TEKSTER))


def test_tekster_som_ikke_er_i_lageret_leses_na() -> None:
    assert phrase_store(["noe helt nytt qwrtzx"]).joined == ("noe helt nytt qwrtzx",)


def cosine(index: Index, query: dict[str, float]) -> NDArray[np.float64]:
    return score(list(index.hits(query, 1.0)), index.size)


@given(st.lists(ORD, min_size=1, max_size=8), ORD)
def test_cosinus_er_mellom_null_og_en_og_en_for_samme_tekst(tekster: list[str], tekst: str) -> None:
    built = Store.build([*tekster, tekst])
    rows = np.asarray([built.rows[t] for t in (*tekster, tekst)], dtype=np.int64)
    for table, features in ((built.words, word_features), (built.grams, gram_features)):
        scores = cosine(Index.build(table, rows), features(read(tekst)))
        assert np.all((scores >= 0) & (scores <= 1 + 1e-6))
        assert abs(scores[-1] - bool(tekst)) < 1e-6


def test_ukjente_ord_trekker_ned() -> None:
    built = Store.build(["mat", "strøm"])
    index = Index.build(built.words, np.arange(2))
    known, mixed = (cosine(index, word_features(read(t)))[0] for t in ("mat", "mat qwrtzx"))
    assert 0 < mixed < known
    assert not cosine(index, word_features(read("qwrtzx"))).any()
