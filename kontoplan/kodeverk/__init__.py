"""Kodelistene med år: hvilke koder som finnes, hva de heter, hva de ble til, og hva de ikke kan brukes sammen med."""

from __future__ import annotations

from kontoplan.kodeverk.kode import (
    KODEDIMENSJONER,
    Avgrensning,
    Brudd,
    Frase,
    Grense,
    Intern,
    Klasse,
    Kode,
    Kodedimensjon,
    Kontonummer,
)
from kontoplan.kodeverk.oppslag import Kodeverk
from kontoplan.kodeverk.regel import Regel

__all__ = [
    "KODEDIMENSJONER",
    "Avgrensning",
    "Brudd",
    "Frase",
    "Grense",
    "Intern",
    "Klasse",
    "Kode",
    "Kodedimensjon",
    "Kodeverk",
    "Kontonummer",
    "Regel",
]
