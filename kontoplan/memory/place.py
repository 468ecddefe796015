"""Hvor minnet ligger når brukeren ikke sier noe annet."""

from __future__ import annotations

import os
from pathlib import Path

FILE_NAME, VARIABLE = "minne.db", "KONTOPLAN_MINNE"


def own_memory() -> Path | None:
    """Brukerens eget minne når det er laget, ellers ``None``."""
    path = default_path()
    return path if path.exists() else None


def default_path() -> Path:
    """``minne.db`` i mappen operativsystemet har satt av til programmets data, eller det ``KONTOPLAN_MINNE`` sier."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen)
    from platformdirs import user_data_path  # noqa: PLC0415 - trengs bare når stien ikke er oppgitt

    return Path(user_data_path("kontoplan", appauthor=False)) / FILE_NAME
