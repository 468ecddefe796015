"""Kodelistene med år: hvilke koder som finnes, hva de heter, hva de ble til, og hva de ikke kan brukes sammen med."""

from __future__ import annotations

from kontoplan.kodeverk.kode import (
    HELLER_ORD,
    KODEDIMENSJONER,
    Avgrensning,
    Brudd,
    Frase,
    Grense,
    Intern,
    Klasse,
    Kode,
    Kodedimensjon,
)
from kontoplan.kodeverk.lister import Lenke
from kontoplan.kodeverk.oppslag import Kodeverk
from kontoplan.kodeverk.regel import Regel

__all__ = [
    "HELLER_ORD",
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
    "Lenke",
    "Regel",
]
