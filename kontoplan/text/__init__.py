"""Norsk hovedbokspråk til sammenlignbare ord: forkortelser, nynorsk, sammensetninger og gamle ord.

Veien er ``read`` → ``Tekst``: ordrett tekst inn, kanoniske bokmålsord, stammer og ordledd ut. Alt annet i programmet
sammenligner tekst gjennom denne, så en konto og en regel alltid er behandlet likt.
"""

from __future__ import annotations

from kontoplan.text.fold import fold
from kontoplan.text.read import Tekst, read
from kontoplan.text.words import canonical, parts, stem

__all__ = ["Tekst", "canonical", "fold", "parts", "read", "stem"]
