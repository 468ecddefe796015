"""Det et funnslag kan stilles på i justeringsfilen: grensene det ser etter med, og hva de er når ingen sier noe annet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Parameter:
    """En grense et funnslag har.

    Attributes:
        slag: Funnslaget.
        navn: Navnet i justeringsfilen.
        standard: Verdien når ingen sier noe annet; kroner, andel (0–1) eller antall.
        minst: Den minste verdien som er lov.
        mest: Den største.
        hva: Hva den betyr.
    """

    slag: str
    navn: str
    standard: float
    minst: float
    mest: float
    hva: str


_MOST_KRONER: Final = 1e12
DUBLETT_FRA: Final = Parameter("R-DUBLETT", "fra_belop", 1000, 0, _MOST_KRONER, "minste beløp det ses på, i kroner")
FORTEGN_FRA: Final = Parameter("R-FORTEGN", "fra_belop", 1000, 0, _MOST_KRONER, "minste beløp det ses på, i kroner")
FORTEGN_SJELDEN: Final = Parameter(
    "R-FORTEGN", "sjelden", 0.03, 0.001, 0.5, "høyeste andel av posteringene på arten som står den veien"
)
FORTEGN_ANTALL: Final = Parameter("R-FORTEGN", "minst_antall", 20, 2, 1e6, "så mange posteringer må arten ha")
MVA_BELOP: Final = Parameter("R-MVA", "avvik_belop", 1000, 1, _MOST_KRONER, "minste avvik, i kroner")
MVA_ANDEL: Final = Parameter("R-MVA", "avvik_andel", 0.01, 0, 1, "minste avvik, som andel av merverdiavgiften")
SMAA_GRENSE: Final = Parameter(
    "R-SMAA-INVESTERING", "grense", 100_000, 1, _MOST_KRONER, "grensen for en investering, i kroner"
)
STOR_GRENSE: Final = Parameter(
    "R-STOR-DRIFT", "grense", 100_000, 1, _MOST_KRONER, "grensen for en investering, i kroner"
)
PARAMETRE: Final = (
    DUBLETT_FRA,
    FORTEGN_FRA,
    FORTEGN_SJELDEN,
    FORTEGN_ANTALL,
    MVA_BELOP,
    MVA_ANDEL,
    SMAA_GRENSE,
    STOR_GRENSE,
)
"""Alle, i rekkefølgen de står i malen."""
