"""Finner programmets datafiler, både i et kodelager og når pakken er installert."""

from __future__ import annotations

from pathlib import Path

from kontoplan.errors import UserError

_PACKAGE = Path(__file__).resolve().parent
# Hjulet legger rules/ og models/ i kontoplan/_data; i et kodelager ligger de ved siden av pakken.
_ROOTS = (_PACKAGE / "_data", _PACKAGE.parent)


def data_path(name: str) -> Path:
    """Stien til en datafil eller -mappe, f.eks. ``data_path("rules/kodeverk/navn.csv")``.

    Raises:
        UserError: filen finnes ikke, altså er installasjonen ufullstendig.
    """
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise UserError(
        f"Datafilen {name} mangler i installasjonen; installer kontoplan på nytt.",
        code="mangler-datafil",
    )
