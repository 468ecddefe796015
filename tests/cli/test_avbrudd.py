"""Ctrl-C når som helst: én setning, exit 130, og ingen halve filer; og stolpen som vises imens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kontoplan import cli
from kontoplan.cli import progress

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="trenger en terminal av Unix-slaget")
MELDING = "kontoplan: Avbrutt; ingen fil er skrevet halvt."
ROT = Path(__file__).parents[2]
_FRIST = 60


@pytest.fixture(scope="module")
def stor_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """En kontoplan som tar noen sekunder å koble og skrive."""
    fil = tmp_path_factory.mktemp("stor") / "plan.csv"
    navn = ["Matvarer", "Strøm", "Kontormateriell", "Leie av biler", "Kurs og opplæring"]
    linjer = [f"1{115 + n % 5}{n % 10};{navn[n % 5]} {n}" for n in range(2_000)]
    fil.write_text("\n".join(["Art;Navn", *linjer]) + "\n", encoding="utf-8")
    return fil


def avbryt_ved(ord_: str, plan: Path) -> tuple[int, str]:
    """Starter ``koble`` i en terminal, trykker Ctrl-C når ordet vises, og gir utgangskoden og det terminalen viste."""
    vert, terminal = os.openpty()
    kommando = [sys.executable, "-m", "kontoplan", "koble", plan.name, "--uten-minne"]
    miljo = {**os.environ, "TERM": "xterm", "COLUMNS": "120", "PYTHONPATH": str(ROT)}
    prosess = subprocess.Popen(kommando, cwd=plan.parent, env=miljo, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    vist, sendt, slutt = b"", False, time.monotonic() + _FRIST
    while time.monotonic() < slutt:
        try:
            lest = os.read(vert, 65_536)
        except OSError:  # terminalen er lukket i den andre enden
            break
        if not lest:
            break
        vist += lest
        if not sendt and ord_.encode() in vist:
            prosess.send_signal(signal.SIGINT)
            sendt = True
    os.close(vert)
    assert sendt, vist.decode(errors="replace")
    return prosess.wait(_FRIST), vist.decode(errors="replace")


@pytest.mark.parametrize("ord_", ["Vurderer kontoer", "skriver arket", "pakker filen"])
def test_ctrl_c_gir_en_setning_og_ingen_halv_fil(ord_: str, stor_plan: Path) -> None:
    kode, vist = avbryt_ved(ord_, stor_plan)
    assert kode == 130
    assert MELDING in vist
    assert "Traceback" not in vist
    assert sorted(p.name for p in stor_plan.parent.iterdir()) == ["plan.csv"]


def test_ctrl_c_for_noe_er_vist(stor_plan: Path) -> None:
    kommando = [sys.executable, "-m", "kontoplan", "koble", stor_plan.name, "--uten-minne"]
    miljo = {**os.environ, "PYTHONPATH": str(ROT)}
    with subprocess.Popen(
        kommando, cwd=stor_plan.parent, env=miljo, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as prosess:
        time.sleep(0.6)
        prosess.send_signal(signal.SIGINT)
        _, feil = prosess.communicate(timeout=_FRIST)
    assert (prosess.returncode, feil.decode().strip()) == (130, MELDING)
    assert [p.name for p in stor_plan.parent.iterdir()] == ["plan.csv"]


def test_avbrudd_mens_programmet_lastes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def avbrutt(_args: list[str]) -> int:
        raise KeyboardInterrupt

    slutt: list[int] = []
    monkeypatch.setattr(cli, "run", avbrutt)
    monkeypatch.setattr(cli, "_leave", slutt.append)
    with pytest.raises(SystemExit):
        cli.main(["koble"])
    assert slutt == [130]
    assert capsys.readouterr().err == MELDING + "\n"


def test_stolpen_vises_bare_nar_det_tar_tid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.progress() as si:
        si("Leser")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress.progress() as si:
        slutt = time.monotonic() + 5
        while time.monotonic() < slutt and "12 av 40" not in (vist := capsys.readouterr().err):
            si("Vurderer kontoer: 12 av 40")
            time.sleep(0.05)
    assert "12 av 40" in vist
