"""En ny arbeidsbok i minnet, med innstillingene som gjør at tekst alltid forblir tekst."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kontoplan import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from xlsxwriter import Workbook

FLEST_RADER = 1_048_575
"""Excels radgrense, uten overskriften."""
_FLEST_I_MINNET = 5_000
_VALG = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd.mm.yyyy",
}


def report(rader: int, tittel: str, nokkelord: str, naar: datetime, fill: Callable[[Workbook], None]) -> bytes:
    """En rapport som arbeidsbok: med tittel, nøkkelord og tidspunkt, og arkene ``fill`` lager.

    ``rader`` er omtrent hvor mange rader den får; store arbeidsbøker mellomlagres som filer.
    """
    innhold = BytesIO()
    with new_book(innhold, rader) as bok:
        about = {"title": tittel, "keywords": nokkelord, "created": naar}
        bok.set_properties(about | {"comments": f"Laget med kontoplan {__version__}"})
        fill(bok)
    return innhold.getvalue()


@contextmanager
def new_book(innhold: BytesIO, rader: int) -> Iterator[Workbook]:
    """En arbeidsbok som ligger ferdig i ``innhold`` når blokken er slutt.

    Små arbeidsbøker går fortest i minnet. Store mellomlagres som filer i en egen mappe, som blir borte også ved avbrudd.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - tung import, bare når en arbeidsbok skal skrives

    with TemporaryDirectory(prefix="kontoplan-", ignore_cleanup_errors=True) as mappe:
        bok = Workbook(innhold, _VALG | {"tmpdir": mappe, "in_memory": rader <= _FLEST_I_MINNET})
        yield bok
        bok.close()
