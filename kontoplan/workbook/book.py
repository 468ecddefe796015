"""En ny arbeidsbok i minnet, med innstillingene som gjør at tekst alltid forblir tekst."""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BytesIO

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
