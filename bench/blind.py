"""Treff på kontoplaner ingen har lært av eller rettet etter, med modellene som følger med.

Kjøres med ``python -m bench.blind`` (med ``--feil`` også de gale svarene). Filene i ``bench/data/blind`` er ikke i korpuset
og skal aldri komme dit; er reglene først rettet etter feilene i dem, må de byttes med nye.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.treff import report
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.evidence.model import model_witness
from kontoplan.kodeverk import Kodeverk
from kontoplan.training.charts import chart
from kontoplan.training.examples import examples
from kontoplan.training.line import CONSTRUCTED
from kontoplan.training.metrics import is_sure
from kontoplan.training.predict import predict
from kontoplan.weights import judgement

if TYPE_CHECKING:
    from kontoplan.sak import Dimensjon
    from kontoplan.training.predict import Prediction

FOLDER: Final = Path(__file__).resolve().parent / "data" / "blind"
FILES: Final[dict[Dimensjon, str]] = {"art": "art_d.csv", "funksjon": "funksjon_d.csv", "ansvar": "ansvar_d.csv"}


def answers(kodeverk: Kodeverk) -> list[Prediction]:
    """Svarene på alle kontoene, med nummeret vist og skjult."""
    lines = [
        line for dimension, name in FILES.items() for line in chart(FOLDER / name, dimension, CONSTRUCTED, kodeverk)
    ]
    fitted = judgement().dimensjoner
    return predict(
        examples(lines, kodeverk),
        kodeverk,
        fitted.__getitem__,
        lambda example: model_witness(codes(kodeverk, NATIONAL[example.line.dimensjon])),
    )


def main() -> None:
    """Skriver tabellen, og feilene når det er bedt om dem."""
    found = answers(Kodeverk.for_aar())
    report(found, judgement())
    if "--feil" in sys.argv[1:]:
        for p in sorted((p for p in found if not p.right and not p.shown), key=lambda p: -p.probability):
            line, sure = p.example.line, is_sure(p, judgement().dimensjoner[p.example.line.dimensjon])
            said = ", ".join(f"{s.kode} {s.sannsynlighet:.2f}" for s in p.scores[:3])
            print(f"{line.splitt} {line.dimensjon} «{line.tekst}» {'|'.join(line.koder)} → {said}{' SIKKER' * sure}")


if __name__ == "__main__":
    main()
