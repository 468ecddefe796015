"""Justeringen av en revisjon: funnslag som er slått av eller stilt på, og funn som er skjult, hver med sin grunn."""

from kontoplan.revisjon.justering.bruk import Bruk, Justert, Skjult, adjust
from kontoplan.revisjon.justering.fil import read_tuning
from kontoplan.revisjon.justering.oppforing import Justering, Oppforing

__all__ = ["Bruk", "Justering", "Justert", "Oppforing", "Skjult", "adjust", "read_tuning"]
