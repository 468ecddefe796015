"""Tilpasser vektene i ``models/revisor.json``: hvor mye hvert spor sier om at en postering er ført feil.

    python -m bench.revisjon_vekter

En betinget logistisk modell over kodene hver gruppe av like posteringer kunne stått på, tilpasset på eksempelhovedbøker der en kjent
andel er flyttet (``bench.feilforinger``). Hver postering teller én gang. Bare andre frø enn dem ``bench.revisjon`` måler med.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

import numpy as np
import polars as pl

from bench.feilforinger import misplace
from bench.hovedbokdata import make, write_csv
from kontoplan.kodeverk import Kodeverk
from kontoplan.ledger import open_ledger, samle
from kontoplan.revisjon.dommer import heard
from kontoplan.revisjon.grunnlag import build
from kontoplan.revisjon.vane import SPOR, Revisjonsdimensjon, features

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEEDS = ((21, 31, 0.006), (22, 32, 0.01), (23, 33, 0.015))
RIDGE, ROUNDS = 1.0, 60
OUT = Path(__file__).resolve().parent.parent / "models" / "revisor.json"
Matrix = tuple["NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.int64]"]


def main() -> None:
    """Lager hovedbøkene, tilpasser og skriver filen."""
    parts: dict[str, list[Matrix]] = {dimension: [] for dimension in get_args(Revisjonsdimensjon)}
    kodeverk = Kodeverk.for_aar(2026)
    for book, seed, share in SEEDS:
        posts, feil = misplace(make(book, 2026, 60_000), fro=seed, andel=share)
        truth = {item.at + 2: item.rett for item in feil}
        with TemporaryDirectory() as folder:
            path = Path(folder) / "hovedbok.csv"
            write_csv(posts, path)
            with open_ledger(path) as bok:
                frame, _ = samle(bok)
        ground = build(frame, kodeverk, None, path.name, frozenset())
        judged = heard(ground)
        for dimension, found in parts.items():
            found.append(_matrix(ground.grupper, ground.rader, dimension, judged.get(dimension), truth))
    weights = {}
    for dimension, found in parts.items():
        w = fit(found)
        names = _names(dimension)
        weights[dimension] = {
            "spor": dict(zip(names, np.round(w[:-1], 3).tolist(), strict=True)),
            "fort": round(float(w[-1]), 3),
        }
        print(dimension, weights[dimension])
    OUT.write_text(json.dumps(weights, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _names(dimension: Revisjonsdimensjon) -> list[str]:
    return [*(spor.navn for spor in SPOR[dimension]), "grunn", *(["dom"] if dimension != "klasse" else [])]


def _true_code(row: int, booked: str, dimension: Revisjonsdimensjon, truth: dict[int, object]) -> str:
    if row not in truth:
        return booked
    post = truth[row]
    konto, funksjon = post.konto, post.funksjon  # type: ignore[attr-defined]
    return {"art": konto[1:4], "funksjon": funksjon[:3], "klasse": "investering" if konto[0] == "0" else "drift"}[
        dimension
    ]


def _matrix(
    groups: pl.DataFrame,
    rows: pl.DataFrame,
    dimension: Revisjonsdimensjon,
    judged: pl.DataFrame | None,
    truth: dict[int, object],
) -> Matrix:
    found = features(groups, dimension, judged)
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
