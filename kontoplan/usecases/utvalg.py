"""Å trekke et utvalg av posteringene i en revisjon."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.revisjon.vesentlighet import area_of
from kontoplan.tall import thousands
from kontoplan.utvalg.populasjon import Utenfor, population
from kontoplan.utvalg.trekning import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kontoplan.ledger.hovedbok import Kilde, Lest
    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.utvalg.plan import Plan
    from kontoplan.utvalg.utvalg import Utvalg


def draw(plan: Plan, ground: Grunnlag, lest: Lest, path: Path) -> Utvalg:
    """Utvalget av posteringene i drift og investering.

    Args:
        plan: Planen.
        ground: Posteringene med kodene.
        lest: Hva lesingen av hovedboken ga.
        path: Hovedboken; sjekksummen av den følger utvalget.

    Raises:
        UserError: det er ingen posteringer med beløp å trekke av.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return sample(
        plan,
        population(ground.rader, plan.bare, area_of, _outside(ground, lest)),
        hovedbok=path.name,
        sha256=digest,
        aar=ground.kodeverk.aar,
        kontoklasse=lambda name: ground.kodeverk.kontoklasse("investering" if name == "investering" else "drift"),
    )


def check_postings(kilde: Kilde) -> None:
    """Nekter å trekke av noe annet enn posteringer.

    Raises:
        UserError: filen er summer per konto.
    """
    if kilde.slag == "saldobalanse":
        raise UserError(
            f"Utvalget trekkes av posteringer, men {kilde.fil} er summer per konto; oppgi hovedboken, med bilag og dato.",
            code="utvalg-saldobalanse",
        )


def _outside(ground: Grunnlag, lest: Lest) -> Iterator[Utenfor]:
    """Det som er lest uten å være i drift eller investering, og det som ikke er lest."""
    rest = lest.sum_ore - int(ground.rader["belop_ore"].sum())
    what = "i balansen: motpostene til drift og investering"
    if ground.uplassert:
        what = f"i balansen ({thousands(ground.balanse)}), eller uten kjent KOSTRA-art ({thousands(ground.uplassert)})"
    yield Utenfor(what, ground.balanse + ground.uplassert, rest)
    for unread in lest.uleste:
        yield Utenfor(f"ikke lest: {unread.grunn}", unread.antall, unread.belop_ore)
