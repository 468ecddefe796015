# ruff: noqa: INP001 - et skript, ikke en pakke
"""Lager bildene i denne mappen på nytt: terminalen og arbeidsboken etter en ekte kjøring på ``eksempler/``, og revisjonen.

Revisjonen er nettsiden av eksempelhovedboken med noen feilførte posteringer (``bench.hovedbokdata``, ``bench.feilforinger``).

Kjør ``.venv/bin/python docs/bilder/lag.py`` fra roten av kodelageret når utskriften eller arbeidsboken har fått nytt
utseende. Trenger LibreOffice (``soffice``), Chromium og Poppler (``pdftoppm``, ``pdftotext``) på maskinen.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

_HER = Path(__file__).resolve().parent
_ROT = _HER.parent.parent
_EKSEMPEL = _ROT / "eksempler" / "demo-kommune-2026.xlsx"
_HOVEDBOK = """
import sys
from pathlib import Path
from bench.feilforinger import MIKS, misplace
from bench.hovedbokdata import make, write_csv
posteringer, _ = misplace(make(1, 2026, 20_000), fro=11, andel=0.005, serier=0.25, miks=MIKS)
write_csv(posteringer, Path(sys.argv[1]))
"""
_SIDEBREDDE, _SIDEHOYDE = 1180, 1030
_BREDDE = 108
_SKALA = 1
_VERKTOY = ("soffice", "chromium", "pdftoppm", "pdftotext")
_SKRIFT = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_STORRELSE = re.compile(r'viewBox="0 0 (?P<bredde>[\d.]+) (?P<hoyde>[\d.]+)"')


class Utsnitt(NamedTuple):
    """En del av en side i arbeidsboken: tekst som finnes bare på den siden, oppløsning (dpi) og ramme (piksler)."""

    navn: str
    tekst: str
    dpi: int
    ramme: tuple[int, int, int, int]


_UTSNITT = (
    Utsnitt("sammendrag", "Kontoplanen koblet til KOSTRA", 120, (50, 45, 1230, 625)),
    Utsnitt("gjennomgang", "Hva må avgjøres", 95, (38, 48, 1500, 560)),
)


def main() -> None:
    """Kjører programmet på demoen og lager hvert bilde."""
    if mangler := [navn for navn in _VERKTOY if shutil.which(navn) is None]:
        sys.exit(
            f"Bildene kan ikke lages: {', '.join(mangler)} mangler på maskinen; installer LibreOffice, Chromium og Poppler."
        )
    with TemporaryDirectory() as mappe:
        plass = Path(mappe)
        shutil.copy(_EKSEMPEL, plass)
        koble = ["koble", _EKSEMPEL.name]
        _terminal(_run(plass, koble), "kontoplan koble " + _EKSEMPEL.name, "terminal", plass)
        _terminal(_run(plass, ["vis", "254"]), "kontoplan vis 254", "vis", plass)
        _arbeidsbok(plass / f"{_EKSEMPEL.stem}.koblet.xlsx", plass)
        _revisjon(plass)


def _run(plass: Path, args: list[str], *, koder: frozenset[int] = frozenset({0})) -> str:
    """Utskriften slik den kommer i en terminal som er ``_BREDDE`` tegn bred, med fargekoder.

    ``koder`` er utgangskodene som er i orden.
    """
    miljo = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    miljo |= {"FORCE_COLOR": "1", "COLUMNS": str(_BREDDE), "TERM": "xterm-256color"}
    kommando = [sys.executable, "-m", "kontoplan", *args]
    ferdig = subprocess.run(kommando, cwd=plass, env=miljo, check=False, capture_output=True, text=True)  # noqa: S603
    if ferdig.returncode not in koder:
        sys.exit(ferdig.stderr)
    return ferdig.stdout


def _terminal(utskrift: str, tittel: str, navn: str, plass: Path) -> None:
    """Tegner utskriften som et terminalvindu."""
    konsoll = Console(
        record=True, width=_BREDDE, file=(plass / "stille").open("w", encoding="utf-8"), force_terminal=True
    )
    konsoll.print(Text.from_ansi(utskrift.rstrip("\n")))
    # Skriftene i malen hentes fra nettet; maskinens egen skrift med fast bredde holder.
    svg = _SKRIFT.sub("", konsoll.export_svg(title=tittel)).replace("Fira Code", "DejaVu Sans Mono")
    storrelse = _STORRELSE.search(svg)
    assert storrelse is not None  # noqa: S101 - malen til Rich har alltid en størrelse
    bredde, hoyde = (round(float(storrelse[del_])) for del_ in ("bredde", "hoyde"))
    side = plass / f"{navn}.html"
    stil = "<style>body{margin:0}svg{display:block}</style>"
    side.write_text(f"<!doctype html><meta charset='utf-8'>{stil}{svg}", encoding="utf-8")
    _skjermbilde(side, navn, bredde, hoyde, plass)


def _revisjon(plass: Path) -> None:
    """Reviderer eksempelhovedboken, og tar bilde av det øverste på nettsiden."""
    bok, side = plass / "hovedbok.csv", plass / "revisjon.html"
    miljo = {**os.environ, "PYTHONPATH": str(_ROT)}
    subprocess.run([sys.executable, "-c", _HOVEDBOK, str(bok)], cwd=_ROT, env=miljo, check=True)  # noqa: S603
    _run(plass, ["revider", bok.name, "--aar", "2026", "-o", side.name], koder=frozenset({0, 1}))
    _skjermbilde(side, "revisjon", _SIDEBREDDE, _SIDEHOYDE, plass)


def _skjermbilde(side: Path, navn: str, bredde: int, hoyde: int, plass: Path) -> None:
    _call(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--user-data-dir={plass / 'chromium'}", f"--force-device-scale-factor={_SKALA}",
        f"--window-size={bredde},{hoyde}", f"--screenshot={_HER / navn}.png", side.as_uri(),
    )  # fmt: skip


def _arbeidsbok(bok: Path, plass: Path) -> None:
    """Skriver arbeidsboken ut som PDF og klipper ut et utsnitt av hver side som skal vises."""
    _call(
        "soffice",
        f"-env:UserInstallation={(plass / 'lo').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        plass,
        bok,
    )
    pdf = bok.with_suffix(".pdf")
    sider = _call("pdftotext", pdf, "-").split("\f")
    for utsnitt in _UTSNITT:
        nummer = next(nr for nr, side in enumerate(sider, 1) if utsnitt.tekst in side)
        x, y, bredde, hoyde = utsnitt.ramme
        _call(
            "pdftoppm", "-png", "-singlefile", "-r", utsnitt.dpi, "-f", nummer, "-l", nummer,
            "-x", x, "-y", y, "-W", bredde, "-H", hoyde, pdf, _HER / utsnitt.navn,
        )  # fmt: skip


def _call(*kommando: object) -> str:
    return subprocess.run([str(ledd) for ledd in kommando], check=True, capture_output=True, text=True).stdout  # noqa: S603


if __name__ == "__main__":
    main()
