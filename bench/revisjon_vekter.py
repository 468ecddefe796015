"""Tilpasser vektene i ``models/revisor.json``: hvor mye hvert spor sier om at en postering er ført feil.

    python -m bench.revisjon_vekter

En betinget logistisk modell over kodene hver gruppe av like posteringer kunne stått på, tilpasset på eksempelhovedbøker der en kjent
andel er flyttet (``bench.feilforinger``). Hver postering teller én gang. Bare andre frø enn dem ``bench.revisjon`` måler med.

Funnslag med fast sannsynlighet får andelen av treffene som var på en flyttet rad, og en hel praksis får vekter av hovedbøker der noen kontoer
og ansvar er ført galt hele året. Det som ikke kan måles slik (gyldighet, summer, navn), er satt for hånd og står merket i filen.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args
from unittest import mock

import numpy as np
import polars as pl

from bench.feilforinger import ALLE, habits, misplace
from bench.hovedbokdata import make, write_csv
from kontoplan.kodeverk import Kodeverk
from kontoplan.ledger import open_ledger, samle
from kontoplan.ledger.hovedbok import FELT, NAVN
from kontoplan.revisjon import vekter
from kontoplan.revisjon.dommer import Dommer, heard, judge_all
from kontoplan.revisjon.grunnlag import build
from kontoplan.revisjon.slag import SLAG
from kontoplan.revisjon.slag.praksis import evidence
from kontoplan.revisjon.treff import LIKELY
from kontoplan.revisjon.vane import ORD, SPOR, Revisjonsdimensjon, features
from kontoplan.revisjon.vekter import audit_weights, practice_weights
from kontoplan.svar import SPORDIMENSJONER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bench.feilforinger import Feil
    from bench.hovedbokdata import Postering
    from kontoplan.revisjon.grunnlag import Grunnlag

SEEDS = ((21, 31, 0.006), (22, 32, 0.01), (23, 33, 0.015), (24, 34, 0.01))
HABITS = ((25, 35), (26, 36), (27, 37), (28, 38))
RIDGE, ROUNDS = 1.0, 60
PRIOR = 40
"""Så mange treff teller det som er satt for hånd."""
MEASURED = ("R-ULOGISK", "R-FORBUDT", "R-MOTPART", "R-SERIE", "R-LONN", "R-NETTO", "R-FORTEGN", "R-DUBLETT")  # fmt: skip
OUT = Path(__file__).resolve().parent.parent / "models" / "revisor.json"
Matrix = tuple["NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.int64]"]


def main() -> None:
    """Lager hovedbøkene, tilpasser og skriver filen."""
    weights = json.loads(OUT.read_text(encoding="utf-8"))
    books = [
        _book(*misplace(make(book, 2026, 60_000), fro=seed, andel=share, miks=ALLE)) for book, seed, share in SEEDS
    ]
    for dimension in get_args(Revisjonsdimensjon):
        w = fit([_matrix(b.ground.grupper, b.ground.rader, dimension, b.heard.get(dimension), b.truth) for b in books])
        names = _names(dimension)
        weights[dimension] = {
            "spor": dict(zip(names, np.round(w[:-1], 3).tolist(), strict=True)),
            "fort": round(float(w[-1]), 3),
        }
        print(dimension, weights[dimension])
    _write(weights)
    weights["slag"] |= _chances(books, weights["slag"])
    weights["praksis"] = _habits()
    _write(weights)


@dataclass(frozen=True, slots=True)
class Bok:
    """En hovedbok med feil: grunnlaget, det tekstene sier, og posteringen slik den skulle vært, etter radnummer."""

    ground: Grunnlag
    heard: dict[str, pl.DataFrame]
    truth: dict[int, Postering]


def _book(posts: list[Postering], feil: Sequence[Feil]) -> Bok:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hovedbok.csv"
        write_csv(posts, path)
        with open_ledger(path) as bok:
            frame, _ = samle(bok, ("ark", *FELT, *NAVN))
            roles = frozenset(column.rolle for column in bok.kilde.kolonner)
    ground = build(frame, Kodeverk.for_aar(2026), None, path.name, roles)
    return Bok(ground, heard(ground), {item.at + 2: item.rett for item in feil})


def _write(weights: dict[str, object]) -> None:
    OUT.write_text(json.dumps(weights, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for cached in (audit_weights, practice_weights, vekter._chances):  # noqa: SLF001 - tallene er nye
        cached.cache_clear()


def _chances(books: Sequence[Bok], given: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """Andelen av treffene i hvert funnslag som er på en flyttet rad, der dommen ikke alt sier det, trukket mot det som er satt for hånd."""
    names = [name for name in given if name.split("/")[0] in MEASURED]
    markers = {name: at / 1000 for at, name in enumerate(given, 1)}
    hits: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for book in books:
        judged = judge_all(book.ground)
        known = _judged_rows(book.ground, judged)
        for slag in SLAG:
            if slag.id not in MEASURED:
                continue
            with mock.patch.object(vekter, "_chances", return_value=markers):
                found = slag.finn(book.ground, judged)
            rows = book.ground.rader["rad"].gather(found["nr"])
            for row, p in zip(rows, found["p"], strict=True):
                if row in known:
                    continue
                name = next(name for name, marker in markers.items() if abs(marker - p) < 1e-9)
                hits[name] += 1
                right[name] += row in book.truth
    result = {}
    for name in names:
        by_hand = float(str(given[name].get("satt", given[name]["p"])))
        p = round((right[name] + PRIOR * by_hand) / (hits[name] + PRIOR), 3)
        result[name] = {"p": p, "grunnlag": f"{right[name]} av {hits[name]} treff var flyttet", "satt": by_hand}
        print(name, result[name])
    return result


def _judged_rows(ground: Grunnlag, judged: Dommer) -> set[int]:
    """Radene dommen alt sier er feil; et funnslag til om dem sier ikke noe nytt."""
    doubted = [frame.filter(pl.col("galt") >= LIKELY)["gid"] for frame in judged.dommer.values()]
    return set(ground.rader.filter(pl.col("gid").is_in(pl.concat(doubted).implode()))["rad"])


def _habits() -> dict[str, dict[str, object]]:
    """Vektene for en gal praksis, av hovedbøker der noen kontoer og ansvar er ført galt hele året."""
    found: dict[str, list[tuple[float, bool]]] = {d: [] for d in SPORDIMENSJONER}
    for book, seed in HABITS:
        posts, wrong = habits(make(book, 2026, 60_000), fro=seed)
        read = _book(posts, ())
        judged = Dommer(read.heard, {}, 0)
        for dimension in SPORDIMENSJONER:
            for row in evidence(read.ground, judged, dimension).iter_rows(named=True):
                found[dimension].append(
                    (float(np.log(row["p_ny"] / row["p_egen"])), wrong.get(row["hva"]) == row["ny"])
                )
    result = {}
    for dimension, pairs in found.items():
        x, y = np.array([odds for odds, _ in pairs]), np.array([hit for _, hit in pairs], dtype=float)
        slope, low = _logistic(x, y)
        result[dimension] = {
            "vekt": round(slope, 3),
            "fort": round(-low, 3),
            "grunnlag": f"{int(y.sum())} av {len(y)} praksiser var gale",
        }
        print("praksis", dimension, result[dimension])
    return result


def _logistic(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Stigning (0–3) og konstant i en logistisk modell med én forklaring."""
    w = np.zeros(2)
    both = np.c_[x, np.ones(len(x))]
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-both @ w))
        grad = both.T @ (y - p) - RIDGE * np.array([w[0], 0.0])
        curve = both.T @ (both * (p * (1 - p))[:, None]) + RIDGE * np.diag([1.0, 1e-6])
        w = w + np.linalg.solve(curve, grad)
    return float(np.clip(w[0], 0, 3)), float(w[1])


def _names(dimension: Revisjonsdimensjon) -> list[str]:
    return [*(spor.navn for spor in SPOR[dimension]), "grunn", *ORD[dimension]]


def _true_code(row: int, booked: str, dimension: Revisjonsdimensjon, truth: dict[int, Postering]) -> str:
    if row not in truth:
        return booked
    konto, funksjon = truth[row].konto, truth[row].funksjon
    return {"art": konto[1:4], "funksjon": funksjon[:3], "klasse": "investering" if konto[0] == "0" else "drift"}[
        dimension
    ]


def _matrix(
    groups: pl.DataFrame,
    rows: pl.DataFrame,
    dimension: Revisjonsdimensjon,
    judged: pl.DataFrame | None,
    truth: dict[int, Postering],
) -> Matrix:
    found = features(groups, dimension, judged).with_columns(pl.col("kode").cast(pl.String))
    own = rows.select("rad", "gid", dimension)
    right = own.with_columns(
        pl.Series("kode", [_true_code(r, kode, dimension, truth) for r, _, kode in own.iter_rows()])
    )
    counted = right.group_by("gid", "kode").len()
    joined = found.join(counted, on=["gid", "kode"], how="left").sort("gid", "kode")
    x = np.c_[joined.select([f"f_{name}" for name in _names(dimension)]).to_numpy(), joined["fort"].to_numpy()].astype(
        float
    )
    return x, joined["len"].fill_null(0).to_numpy().astype(float), joined["gid"].to_numpy().astype(np.int64)


def fit(parts: list[Matrix]) -> NDArray[np.float64]:
    """Vektene som gjør de rette kodene mest rimelige, der ingen spor veier mindre enn 0 eller mer enn 1.

    Over 1 ville et spor telle mer enn det det selv har sett; det er bare rimelig fordi leverandører og tekster i eksempelhovedboken er
    ryddigere enn i en ekte. Spor som når en grense, holdes der, og resten tilpasses på nytt.
    """
    x = np.concatenate([part[0] for part in parts])
    y = np.concatenate([part[1] for part in parts])
    gid = np.concatenate([part[2] + 10_000_000 * at for at, part in enumerate(parts)])
    w, held = np.zeros(x.shape[1]), np.zeros(x.shape[1], dtype=bool)
    while True:
        w[~held] = _newton(x[:, ~held], y, gid, x[:, held] @ w[held])
        over = ~held & (np.arange(len(w)) < len(w) - 1) & ((w < 0) | (w > 1))
        if not over.any():
            return w
        w[over], held = np.clip(w[over], 0, 1), held | over


def _newton(
    x: NDArray[np.float64], y: NDArray[np.float64], gid: NDArray[np.int64], fixed: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Vektene for kolonnene i ``x`` når ``fixed`` er det de andre alt gir (Newton med halvering av steget)."""
    starts = np.flatnonzero(np.r_[True, gid[1:] != gid[:-1]])
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(gid)]))
    total = np.add.reduceat(y, starts)

    def value(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        s = x @ w + fixed
        top = np.maximum.reduceat(s, starts)
        odds = np.exp(s - top[group])
        norm = np.add.reduceat(odds, starts)
        return float((y * (s - top[group] - np.log(norm)[group])).sum() - RIDGE / 2 * w @ w), odds / norm[group]

    w = np.zeros(x.shape[1])
    current, p = value(w)
    for _ in range(ROUNDS):
        grad = x.T @ (y - p * total[group]) - RIDGE * w
        mean = np.add.reduceat(x * p[:, None], starts)
        curve = (x * (p * total[group])[:, None]).T @ x - (mean * total[:, None]).T @ mean + RIDGE * np.eye(len(w))
        step, scale = np.linalg.solve(curve, grad), 1.0
        while (new := value(w + scale * step))[0] < current and scale > 1e-6:
            scale /= 2
        w = w + scale * step
        if new[0] - current < 1e-4:
            break
        current, p = new
    return w


if __name__ == "__main__":
    main()
