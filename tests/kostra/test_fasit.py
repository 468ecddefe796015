from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kontoplan import kontroller

MAPPE = Path(__file__).parent / "fasit"
FASIT = [json.loads(line) for line in (MAPPE / "fasit.jsonl").read_text(encoding="utf-8").splitlines()]


def test_hele_fasiten_er_med() -> None:
    assert sorted(f["fil"] for f in FASIT) == sorted(p.name for p in MAPPE.glob("*.dat"))
    assert len(FASIT) == 40


@pytest.mark.parametrize("fasit", FASIT, ids=lambda f: f"{f['fil'][:4]}-{f['gruppe']}")
def test_dommen_er_den_samme_som_hos_ssb(fasit: dict[str, object]) -> None:
    argumenter = {navn: fasit[navn] for navn in ("skjema", "aar", "region", "orgnr", "kvartal")}
    rapport = kontroller(MAPPE / str(fasit["fil"]), **argumenter)  # type: ignore[arg-type]
    ventet = fasit["funn"]
    assert isinstance(ventet, list)
    assert [(f.kontroll, f.alvor, list(f.linjer)) for f in rapport.funn] == [
        (f["kontroll"], f["alvor"], f["linjer"]) for f in ventet
    ]
    assert (rapport.hoyeste, rapport.fatal) == (fasit["hoyeste"], fasit["hoyeste"] == "FATAL")
    assert rapport.omfang.sjekker == fasit["sjekker"]
    for funn, fra_ssb in zip(rapport.funn, ventet, strict=True):
        assert set(fra_ssb.get("tall", ())) <= {int(tall) for tall in re.findall(r"-?\b\d+\b", funn.melding)}
