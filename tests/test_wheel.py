"""Hjulet skal virke alene: bygget, installert i et tomt miljø og kjørt langt fra kodelageret."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest

from kontoplan import __version__, headings

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "eksempler/demo-kommune-2026.xlsx"

pytestmark = pytest.mark.skipif(find_spec("pip") is None, reason="pip mangler i miljøet")


class Installed(NamedTuple):
    """Hjulet, miljøet det er installert i, og en tom mappe å kjøre i."""

    wheel: Path
    environment: Path
    here: Path

    def script(self, name: str) -> str:
        return str(self.environment / Path(sysconfig.get_path("scripts")).name / name)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        return call((self.script("kontoplan"), *args), self.here)


def call(command: Sequence[str], here: Path) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_", "COVERAGE"))}
    env |= {"PYTHONIOENCODING": "utf-8", "COLUMNS": "120"}
    return subprocess.run(command, cwd=here, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Avhengighetene lånes fra miljøet testene kjører i; kontoplan selv kommer bare fra hjulet."""
    top = tmp_path_factory.mktemp("hjul")
    done = call((sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(top), str(ROOT)), top)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = top.glob("*.whl")
    environment = top / "miljø"
    venv.create(environment, with_pip=False, symlinks=os.name != "nt")
    found = Installed(wheel, environment, top / "et annet sted")
    found.here.mkdir()
    paths = sysconfig.get_paths(vars={"base": str(environment), "platbase": str(environment)})
    # En linje i en .pth legger mappen sist i søkestien; .pth-filer inne i mappen (den redigerbare installasjonen) leses ikke.
    lent = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (Path(paths["purelib"]) / "avhengigheter.pth").write_text("\n".join(lent) + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", found.script("python"), "install", "--quiet")
    done = call((*pip, "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check", str(wheel)), top)
    assert done.returncode == 0, done.stdout + done.stderr
    return found


def test_the_wheel_has_the_data_and_nothing_else(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = set(archive.namelist())
    data = {f"kontoplan/_data/{p.relative_to(ROOT).as_posix()}" for d in ("rules", "models") for p in files(ROOT / d)}
    assert data <= names
    assert {"kontoplan/py.typed", f"kontoplan-{__version__}.dist-info/licenses/LICENSE"} <= names
    assert {name.partition("/")[0] for name in names} == {"kontoplan", f"kontoplan-{__version__}.dist-info"}
    assert [name for name in names if "test" in name or name.endswith(".pyc")] == []


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_program_comes_from_the_wheel(installed: Installed) -> None:
    done = call((installed.script("python"), "-c", "import kontoplan; print(kontoplan.__file__)"), installed.here)
    assert Path(done.stdout.strip()).is_relative_to(installed.environment)
    assert installed.run("--version").stdout == f"kontoplan {__version__}\n"


def test_vis_works_from_the_wheel(installed: Installed) -> None:
    done = installed.run("vis", "202")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Grunnskole" in done.stdout
    assert "222 Skolelokaler" in done.stdout


def test_koble_works_from_the_wheel(installed: Installed) -> None:
    shutil.copy(DEMO, installed.here / DEMO.name)
    done = installed.run("koble", DEMO.name)
    assert (done.returncode, done.stderr) == (0, "")
    result = f"{DEMO.stem}.koblet.xlsx"
    assert f"Skrevet til {result}" in done.stdout
    book = openpyxl.load_workbook(installed.here / result, read_only=True)
    assert book.sheetnames == [name for name in headings.ARK if name != headings.ENDRINGER]
    book.close()
    again = installed.run("koble", DEMO.name)
    assert again.returncode == 2
    assert "finnes fra før" in again.stderr


def test_kontroller_works_from_the_wheel(installed: Installed) -> None:
    line = f"0A2026 340300{'':18}1202 010{5:9d}\n"
    (installed.here / "0A.dat").write_text(line, encoding="ascii")
    done = installed.run("kontroller", "0A.dat", "--skjema", "0A", "--region", "340300", "-o", "rapport.html")
    assert (done.returncode, done.stderr) == (1, "")
    assert "Filen kan ikke sendes inn" in done.stdout
    assert "Filen kan ikke sendes inn" in (installed.here / "rapport.html").read_text(encoding="utf-8")
