"""En koblet arbeidsbok til testene, og det en bruker kan finne på å gjøre med den."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from typing import TYPE_CHECKING, Self

import openpyxl
import pytest

from kontoplan import Kodeverk, koble
from kontoplan.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

PLAN = """Konto;Navn;Beløp
11150;Matvarer;1000
11800;Strøm;2000
12602;Matvarer til kantine;300
14990;Diverse;400
13700;Kjøp fra andre;500
10100;Fastlønn;600
12000;Ymse innkjøp;700
"""
SOFFICE = shutil.which("soffice")


def koblet(mappe: Path, plan: str = PLAN, *, aar: int = 2026, kommune: str = "", navn: str = "plan") -> Path:
    """Skriver kontoplanen som CSV, kobler den, og gir arbeidsboken."""
    (mappe / f"{navn}.csv").write_text(plan, encoding="utf-8")
    kobling = koble(mappe / f"{navn}.csv", aar=aar, kommune=kommune)
    target = mappe / f"{navn}.koblet.xlsx"
    write_workbook(kobling, target, kodeverk=Kodeverk.for_aar(aar), overskriv=True)
    return target


class Bok:
    """En arbeidsbok åpnet til redigering; lagres når den forlates."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with warnings.catch_warnings():  # openpyxl kjenner ikke Excels nyere datastolper og sier fra om det
            warnings.simplefilter("ignore", UserWarning)
            self.bok = openpyxl.load_workbook(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.bok.save(self.path)

    def ark(self, navn: str = "Kobling") -> Worksheet:
        return self.bok[navn]

    def kolonner(self, navn: str = "Kobling", overskriftsrad: int = 1) -> dict[str, int]:
        return {c.value: c.column for c in self.ark(navn)[overskriftsrad] if c.value}

    def rad(self, konto: str, navn: str = "Kobling") -> int:
        column = self.kolonner(navn)["Lokal kode"]
        return next(r for r in range(2, self.ark(navn).max_row + 1) if self.ark(navn).cell(r, column).value == konto)

    def avgjor(self, konto: str, navn: str = "Kobling", **verdier: object) -> None:
        """Fyller ut raden; nøklene er overskriftene med små bokstaver og understrek."""
        columns = {name.lower().replace(" ", "_"): at for name, at in self.kolonner(navn).items()}
        for name, value in verdier.items():
            self.ark(navn).cell(self.rad(konto, navn), columns[name]).value = value  # type: ignore[assignment]

    def rader(self, navn: str = "Kobling") -> list[list[object]]:
        return [[c.value for c in row] for row in self.ark(navn).iter_rows(min_row=2)]

    def skriv(self, rader: list[list[object]], navn: str = "Kobling") -> None:
        for nr, row in enumerate(rader, 2):
            for at, value in enumerate(row, 1):
                self.ark(navn).cell(nr, at).value = value  # type: ignore[assignment]


def avgjort(path: Path, svar: Mapping[str, object], ark: str = "Kobling") -> Path:
    """Arbeidsboken med avgjørelser: konto → det som står i kolonnen Avgjørelse."""
    with Bok(path) as bok:
        for konto, value in svar.items():
            bok.avgjor(konto, ark, avgjørelse=value, avgjort_av="Kari")
    return path


def libreoffice(path: Path, endelse: str) -> Path:
    """Arbeidsboken åpnet og lagret av LibreOffice."""
    if SOFFICE is None:
        pytest.skip("LibreOffice er ikke installert")
    out = path.parent / "libreoffice"
    profile = f"-env:UserInstallation={(path.parent / 'profil').as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", endelse, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / f"{path.stem}.{endelse}"
