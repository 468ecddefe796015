"""En ny arbeidsbok i minnet, med innstillingene som gjør at tekst alltid forblir tekst."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kontoplan import __version__
from kontoplan.headings import AAR_EGENSKAP, KOMMUNE_EGENSKAP, REGNSKAP_EGENSKAP, VERSJON_EGENSKAP
from kontoplan.workbook.cells import safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from xlsxwriter import Workbook

    from kontoplan.sak import Regnskap

FLEST_RADER = 1_048_575
"""Excels radgrense, uten overskriften."""
LENGSTE_EGENSKAP = 255
"""Excels grense for en egenskap, i tegn."""
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


def set_identity(bok: Workbook, aar: int, regnskap: Regnskap, kommune: str) -> None:
    """Året, regnskapet og kommunen i filens egenskaper, der ``readback.properties`` leser dem tilbake."""
    bok.set_custom_property(AAR_EGENSKAP, aar, "number")
    bok.set_custom_property(REGNSKAP_EGENSKAP, regnskap, "text")
    if kommune:
        bok.set_custom_property(KOMMUNE_EGENSKAP, safe_text(kommune)[:LENGSTE_EGENSKAP], "text")
    bok.set_custom_property(VERSJON_EGENSKAP, __version__, "text")


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
