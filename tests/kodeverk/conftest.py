from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kontoplan.data import data_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """En kopi av regelmappen som testen kan endre."""
    target = tmp_path / "rules"
    for name in ("kodeverk", "avgrensninger"):
        shutil.copytree(data_path("rules") / name, target / name)
    return target
