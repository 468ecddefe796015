"""Hele treningen: korpus inn, klassifikatorer, dommer og rapport ut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

# Lastes her, så den som mangler tillegget, får vite det før noe er gjort.
import joblib
import scipy.optimize
import sklearn.linear_model

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.evidence.linear import pack
from kontoplan.training.corpus import corpus
from kontoplan.training.judge import as_json, train_all
from kontoplan.training.report import report
from kontoplan.weights import judgement
from kontoplan.workbook.atomic import check_target, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

REQUIRED = (joblib, scipy.optimize, sklearn.linear_model)
"""Bibliotekene i tillegget «trening»."""


def train_and_save(
    *,
    korpus: Path | None = None,
    til: Path | None = None,
    rapport: Path | None = None,
    overskriv: bool = False,
    progress: Callable[[str], None] = lambda _message: None,
) -> Iterator[str]:
    """Trener, skriver modellene og rapporten, og gir én setning per fil som er skrevet.

    Ingenting skrives før alt er regnet ut.

    Args:
        korpus: Mappen med korpuset; ``None`` er det som følger med.
        til: Mappen modellene skrives i; ``None`` er den programmet leser.
        rapport: HTML-filen rapporten skrives i.
        overskriv: Om en rapport som finnes, kan skrives over.
        progress: Kalles med en kort norsk setning for hvert steg.

    Raises:
        UserError: korpuset mangler eller er skadet, eller noe ikke kan skrives.
    """
    target = til or data_path("models")
    if not target.is_dir():
        raise UserError(f"Mappen {target} finnes ikke; opprett den eller velg en annen.", code="mangler-mappe")
    if rapport:
        check_target(rapport, overskriv=overskriv)
    trained = train_all(corpus(korpus), judgement(), progress)
    files = {f"klassifikator-{name}.npz": pack(model) for name, model in trained.models.items()}
    files["dommer.json"] = (json.dumps(as_json(trained.judgement), indent=2, ensure_ascii=False) + "\n").encode()
    page = report(trained).encode() if rapport else b""
    for name, content in files.items():
        write_bytes(target / name, content, overskriv=True)
        yield f"Skrev {target / name}."
    if rapport:
        write_bytes(rapport, page, overskriv=overskriv)
        yield f"Skrev {rapport}."
