"""Et oppdiktet 2027: bare data endres, slik docs/nytt-aar.md sier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kontoplan.kodeverk import Kodeverk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rules_2027(rules: Path) -> Path:
    root = rules / "kodeverk"
    _append(root / "aar.csv", "2027,oppdiktet,usikker")
    _replace(root / "gyldighet.csv", "art,140,0A|0C|0I|0K,2017,,", "art,140,0A|0C|0I|0K,2017,2026,")
    _replace(root / "gyldighet.csv", "art,140,0M|0P,2019,,", "art,140,0M|0P,2019,2026,")
    for kode in ("141", "142"):
        _append(root / "gyldighet.csv", f"art,{kode},0A|0C|0I|0K|0M|0P,2027,,,,oppdiktet,usikker")
        _append(root / "navn.csv", f"art,{kode},begge,Ny {kode},Ny {kode},2027,,oppdiktet,usikker")
    _append(root / "etterfolgere.csv", "art,140,141|142,2027,oppdiktet,antatt")
    _append(root / "navn.csv", "funksjon,202,kommune,Grunnskolen,Grunnskulen,2027,,oppdiktet,usikker")
    _append(
        root / "kombinasjoner.csv",
        "050,0A,investering,art,141,forbudt,,,feil,2027,,Art {art} hører bare hjemme i drift.,,oppdiktet,usikker",
    )
    return rules


def _append(path: Path, line: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nytt_ar_leses_uten_at_koden_endres(rules_2027: Path) -> None:
    new = Kodeverk.for_aar(rules=rules_2027)
    assert new.aar == Kodeverk.nyeste_aar(rules=rules_2027) == 2027
    assert not new.finnes("art", "140")
    assert new.etterfolgere("art", "140") == ("141", "142")
    assert new.forgjengere("art", "141") == ("140",)
    assert new.bare("art", "141") == "drift"
    assert new.finnes("funksjon", "202")
    assert new.navn("funksjon", "202") == "Grunnskolen"


def test_aret_for_er_som_det_var(rules_2027: Path) -> None:
    old = Kodeverk.for_aar(2026, rules=rules_2027)
    assert old.finnes("art", "140")
    assert not old.finnes("art", "141")
    assert old.sluttaar("art", "140") == 2026
    assert old.navn("funksjon", "202") == "Grunnskole"
    assert [k.kode for k in old.koder("art")] == [k.kode for k in Kodeverk.for_aar(2026).koder("art")]
