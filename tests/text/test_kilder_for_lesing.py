from __future__ import annotations

from kontoplan.data import data_path
from kontoplan.text.sources import reading_sources


def test_alle_ordlistene_lesingen_bruker_gjor_lagrene_gamle_nar_de_endres() -> None:
    """Før sto ``hele_ord.csv`` ikke i fingeravtrykket til frasene, så gamle fraser ble brukt etter en endring."""
    lists = {path for path in reading_sources() if path.suffix == ".csv"}
    assert lists == set(data_path("rules/ord").glob("*.csv"))
    assert data_path("rules/ord/hele_ord.csv") in lists
    assert any(path.name == "read.py" for path in reading_sources())
