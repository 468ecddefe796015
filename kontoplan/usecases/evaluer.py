"""Å evaluere et revidert utvalg."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kontoplan.errors import UserError
from kontoplan.readback.sample import read_sample
from kontoplan.utvalg.beregning import evaluate
from kontoplan.utvalg.plan import read_confidence, read_limit

if TYPE_CHECKING:
    from kontoplan.utvalg.evaluering import Evaluering

_SHOWN: Final = 8


def evaluer(
    fil: str | Path, *, vesentlighet: str | None = None, konfidens: str | None = None, forelopig: bool = False
) -> Evaluering:
    """Evaluerer et utvalg revisor har fylt ut.

    Args:
        fil: Arbeidsboken fra ``revider --utvalg``, med svarene.
        vesentlighet: En annen grense enn utvalget er planlagt med, i kroner; ``None`` bruker den.
        konfidens: En annen konfidens, som andel eller prosent.
        forelopig: Regn selv om rader gjenstår; da blir det ingen konklusjon om at posteringene kan godtas.

    Raises:
        UserError: arbeidsboken kan ikke leses eller er endret, et svar sier mot seg selv, eller rader gjenstår.
    """
    filled = read_sample(Path(fil))
    missing = [one.sted for one in filled.rader if one.revidert_ore is None]
    if missing and not forelopig:
        shown = ", ".join(missing[:_SHOWN]) + (f" og {len(missing) - _SHOWN} til" if len(missing) > _SHOWN else "")
        raise UserError(
            f"{len(missing)} av {len(filled.rader)} rader i utvalget i {filled.fil} er ikke vurdert ({shown}); fyll dem ut, eller bruk --forelopig.",
            code="evaluer-ikke-ferdig",
        )
    return evaluate(
        filled.ramme,
        filled.rader,
        fil=filled.fil,
        konfidens=filled.ramme.konfidens if konfidens is None else read_confidence(konfidens),
        vesentlighet_ore=filled.ramme.vesentlighet_ore if vesentlighet is None else read_limit(vesentlighet),
    )
