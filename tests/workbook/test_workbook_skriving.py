"""Filen skrives helt eller ikke i det hele tatt, og feil sier hva en gjør."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from lillevik import KODEVERK, kobling, rad

from kontoplan.errors import UserError
from kontoplan.workbook import write_workbook
from kontoplan.workbook.atomic import write_bytes


def test_finnes_fra_for_uten_overskriv(tmp_path: Path) -> None:
    fil = tmp_path / "ut.xlsx"
    fil.write_bytes(b"gammel")
    with pytest.raises(UserError, match="bruk --overskriv eller velg et annet navn") as feil:
        write_workbook(kobling(rad()), fil, kodeverk=KODEVERK)
    assert feil.value.code == "finnes-fra-for"
    assert fil.read_bytes() == b"gammel"


def test_overskriv_erstatter_hele_filen(tmp_path: Path) -> None:
    fil = tmp_path / "ut.xlsx"
    fil.write_bytes(b"gammel")
    write_workbook(kobling(rad()), fil, kodeverk=KODEVERK, overskriv=True)
    assert fil.read_bytes().startswith(b"PK")
    assert list(tmp_path.iterdir()) == [fil]


def test_mappen_mangler(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="finnes ikke") as feil:
        write_workbook(kobling(rad()), tmp_path / "borte" / "ut.xlsx", kodeverk=KODEVERK)
    assert feil.value.code == "mangler-mappe"


def test_navnet_ma_slutte_pa_xlsx(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"slutter på \.xlsx") as feil:
        write_workbook(kobling(rad()), tmp_path / "ut.csv", kodeverk=KODEVERK)
    assert feil.value.code == "feil-endelse"


@pytest.mark.parametrize(
    ("ved_lukking", "kode"),
    [
        (OSError(errno.ENOSPC, "full"), "full-disk"),
        (PermissionError(errno.EACCES, "nei"), "ingen-skrivetilgang"),
        (OSError(errno.EIO, "feil"), "kan-ikke-skrive"),
        (KeyboardInterrupt(), None),
    ],
)
def test_avbrudd_midt_i_lar_den_gamle_filen_sta(
    ved_lukking: BaseException, kode: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fil = tmp_path / "ut.xlsx"
    fil.write_bytes(b"gammel")

    def stopp(_nummer: int) -> None:
        raise ved_lukking

    monkeypatch.setattr(os, "fsync", stopp)
    with pytest.raises((UserError, KeyboardInterrupt)) as feil:
        write_bytes(fil, b"ny", overskriv=True)
    assert getattr(feil.value, "code", None) == kode
    assert fil.read_bytes() == b"gammel"
    assert list(tmp_path.iterdir()) == [fil]


def test_filen_er_apen_i_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fil = tmp_path / "ut.xlsx"
    fil.write_bytes(b"gammel")

    def apen(*_: object) -> None:
        raise PermissionError(errno.EACCES, "i bruk")

    monkeypatch.setattr(Path, "replace", apen)
    with pytest.raises(UserError, match="lukk filen hvis den er åpen i Excel") as feil:
        write_bytes(fil, b"ny", overskriv=True)
    assert feil.value.code == "fil-i-bruk"
    assert list(tmp_path.iterdir()) == [fil]
