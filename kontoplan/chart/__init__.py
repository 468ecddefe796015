"""Leser kommunenes kontoplaner: finner tabellene, kolonnene og dimensjonen, og gir ut kontoene."""

from __future__ import annotations

from kontoplan.chart.read import read_charts

__all__ = ["read_charts"]
