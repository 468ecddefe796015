from __future__ import annotations

import pytest

from kontoplan.data import data_path
from kontoplan.kostra.kontroller import KONTROLLER
from kontoplan.training.control_pages import pages

MAPPE = data_path("rules").parent / "docs" / "kontroller"


def test_sidene_er_ferske() -> None:
    found = pages()
    assert {path.name for path in MAPPE.glob("*.md")} == set(found)
    stale = [name for name, content in found.items() if (MAPPE / name).read_text(encoding="utf-8") != content]
    assert stale == []


@pytest.mark.parametrize("navn", KONTROLLER)
def test_hver_kontroll_har_en_side_som_forklarer_alt(navn: str) -> None:
    side = pages()[f"{navn}.md"]
    for part in ("**Hva:**", "**Hvorfor:**", "**Gjelder:**", "**Kjøres for:**", "**Alvor:**", "**Slik retter du:**"):
        assert part in side
    assert ".." not in side.replace("...", "")
