"""Kontoplan: hvor en kommunes kontoer hører hjemme i KOSTRA.

Det som er her, er grensesnittet mot Python. Det lastes først når det brukes, så ``import kontoplan`` er lett.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontoplan.errors import UserError
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.usecases.koble import koble
    from kontoplan.usecases.kontroller import kontroller
    from kontoplan.usecases.laer import laer
    from kontoplan.usecases.revider import revider
    from kontoplan.usecases.spor import spor

__version__ = "0.1.0"

__all__ = ["Kodeverk", "UserError", "__version__", "koble", "kontroller", "laer", "revider", "spor"]

_WHERE = {
    "Kodeverk": "kontoplan.kodeverk",
    "UserError": "kontoplan.errors",
    "koble": "kontoplan.usecases.koble",
    "kontroller": "kontoplan.usecases.kontroller",
    "laer": "kontoplan.usecases.laer",
    "revider": "kontoplan.usecases.revider",
    "spor": "kontoplan.usecases.spor",
}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_WHERE[name]), name)
    globals()[name] = value
    return value
