"""De blinde kontoplanene: ingenting læres av dem, og det programmet er sikkert på, er rett."""

from __future__ import annotations

import pytest

from bench.blind import FILES, FOLDER, answers
from kontoplan.kodeverk import Kodeverk
from kontoplan.training.charts import chart
from kontoplan.training.corpus import corpus
from kontoplan.training.line import CONSTRUCTED
from kontoplan.training.metrics import measure
from kontoplan.weights import judgement


def test_ingen_blind_kommune_er_i_korpuset() -> None:
    kodeverk = Kodeverk.for_aar()
    places = {
        line.splitt
        for dimension, name in FILES.items()
        for line in chart(FOLDER / name, dimension, CONSTRUCTED, kodeverk)
    }
    assert len(places) == 3
    assert places.isdisjoint(line.splitt for line in corpus())


@pytest.mark.parametrize("shown", [True, False])
def test_det_som_er_sikkert_er_rett(*, shown: bool) -> None:
    found = [p for p in answers(Kodeverk.for_aar()) if p.shown is shown]
    for dimension in ("art", "funksjon"):
        own = [p for p in found if p.example.line.dimensjon == dimension]
        m = measure(own, judgement().dimensjoner[dimension])
        assert m.precision is not None
        assert m.precision >= 0.99
        assert m.sure >= 0.7
        assert m.top1 >= 0.95
