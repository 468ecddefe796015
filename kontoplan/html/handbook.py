"""Konteringshåndboken som nettside: én fil, søkbar uten nett, og til å skrive ut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan import __version__
from kontoplan.html.page import page_with_script
from kontoplan.usecases.haandbok_modell import KODEORD, KUNNSKAP
from kontoplan.usecases.haandbok_tekst import facts_line, intro, made, sentence, title
from kontoplan.workbook.atomic import write_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.usecases.haandbok_modell import Haandbok


def write_handbook(bok: Haandbok, path: Path, *, overskriv: bool = False) -> None:
    """Skriver håndboken som én HTML-fil.

    Raises:
        UserError: filen finnes fra før, eller kan ikke skrives.
    """
    write_bytes(path, render(bok).encode(), overskriv=overskriv)


def render(bok: Haandbok) -> str:
    """Nettsiden. Bare programmets eget skript og stilark kan kjøre; summene av dem står i siden."""
    return page_with_script(
        "handbook",
        bok=bok,
        tittel=title(bok),
        laget=made(bok),
        tall=facts_line(bok),
        innledning=intro(bok),
        kodeord=KODEORD,
        kunnskap=KUNNSKAP,
        setning=sentence,
        versjon=__version__,
    )
