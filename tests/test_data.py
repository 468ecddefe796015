from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kontoplan import data
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("navn", ["rules", "models", "rules/kodeverk/navn.csv", "models/dommer.json"])
def test_datafilene_finnes(navn: str) -> None:
    assert data.data_path(navn).exists()


def test_data_i_pakken_gar_foran_kodelageret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, checkout = tmp_path / "_data", tmp_path / "lager"
    for root in (package, checkout):
        (root / "rules").mkdir(parents=True)
    (checkout / "rules" / "bare_her.csv").touch()
    monkeypatch.setattr(data, "_ROOTS", (package, checkout))
    assert data.data_path("rules") == package / "rules"
    assert data.data_path("rules/bare_her.csv") == checkout / "rules" / "bare_her.csv"


def test_en_fil_som_mangler_sier_hva_en_gjor() -> None:
    with pytest.raises(UserError) as error:
        data.data_path("rules/finnesikke.csv")
    assert error.value.code == "mangler-datafil"
    assert (
        error.value.message == "Datafilen rules/finnesikke.csv mangler i installasjonen; installer kontoplan på nytt."
    )
