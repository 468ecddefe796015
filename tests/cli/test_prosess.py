"""Det som bare kan prøves på den installerte kommandoen: rør, tegnsett og det som skjer når prosessen avslutter."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

KOMMANDO = Path(sys.executable).with_name("kontoplan")
EKSEMPLER = Path(__file__).parents[2] / "eksempler"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="prøver noe som bare finnes på Linux")


def environment(**extra: str) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV", "NO_COLOR"))} | extra


def call(*args: str | bytes, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([KOMMANDO, *args], cwd=cwd, env=environment(**env), capture_output=True, check=False)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return Path(shutil.copy(EKSEMPLER / "demo-kommune-2026.xlsx", tmp_path / "plan.xlsx"))


def test_kommandoen_skriver_arbeidsboken_uten_farger_nar_svaret_gar_i_ror(plan: Path) -> None:
    done = call("koble", "plan.xlsx", cwd=plan.parent, PYTHONUTF8="1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b[" not in done.stdout
    assert plan.with_name("plan.koblet.xlsx").exists()


def test_no_color_respekteres_selv_nar_farger_er_tvunget_fram(plan: Path) -> None:
    done = call("vis", "202", cwd=plan.parent, NO_COLOR="1", FORCE_COLOR="1", PYTHONUTF8="1")
    assert done.returncode == 0
    assert b"\x1b[3" not in done.stdout


def test_feil_bruk_er_en_linje_og_exit_2(plan: Path) -> None:
    done = call("koble", "finnesikke.xlsx", cwd=plan.parent, PYTHONUTF8="1")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "kontoplan: Finner ikke filen finnesikke.xlsx; kontroller navnet og mappen.\n"


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_mottakeren_kan_slutte_a_lese(plan: Path, form: str) -> None:
    with subprocess.Popen(
        [KOMMANDO, "koble", str(plan), "--format", form],
        env=environment(PYTHONUTF8="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(1) in {b"{", b"["}
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@LINUX
def test_full_disk_er_en_setning(plan: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [KOMMANDO, "koble", plan, "--format", "jsonl"],
            env=environment(PYTHONUTF8="1"),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("kontoplan: Klarte ikke å lese eller skrive svaret;")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("tegnsett", ["ascii", "cp1252"])
def test_en_terminal_med_fa_tegn_far_svaret_likevel(plan: Path, tegnsett: str) -> None:
    done = call("koble", "plan.xlsx", "--ark", "Tjenester", cwd=plan.parent, PYTHONIOENCODING=tegnsett)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"plan.xlsx koblet til KOSTRA 2026" in done.stdout


@LINUX
def test_et_filnavn_som_ikke_er_utf8_gir_gyldig_json(plan: Path) -> None:
    name = os.fsencode(plan.parent) + b"/d\xe5rlig.xlsx"
    shutil.copy(plan, os.fsdecode(name))
    done = call(
        "koble", name, "--ark", "Tjenester", "--format", "jsonl", cwd=plan.parent, PYTHONIOENCODING="utf-8:strict"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert all(json.loads(line)["fil"] == "d\udce5rlig.xlsx" for line in done.stdout.splitlines())
