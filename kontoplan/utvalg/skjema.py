"""Navnene arbeidsboken med et utvalg er avtalt med: ark, overskrifter og parametre som både skrives ut og leses tilbake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.memory.funndom import DOMMER

if TYPE_CHECKING:
    from kontoplan.utvalg.plan import Metode

UTVALG: Final = "Utvalg"
OM_UTVALGET: Final = "Om utvalget"
STRATA: Final = "Strata"

NR: Final = "Nr"
TREFF: Final = "Treff"
STRATUM: Final = "Stratum"
REVIDERT: Final = "Revidert beløp"

FEIL: Final = DOMMER["feil"]
IKKE_FEIL: Final = DOMMER["ikke feil"]

METODER: Final[dict[Metode, str]] = {"mus": "etter beløp (MUS)", "stratifisert": "stratifisert"}
"""Hvordan det er trukket, i en setning."""

PARAMETER: Final = "Parameter"
VERDI: Final = "Verdi"
METODE: Final = "Metode"
KONFIDENS: Final = "Konfidens"
VESENTLIGHET: Final = "Vesentlighetsgrense"
FORVENTET: Final = "Forventet feil"
FAKTOR: Final = "Konfidensfaktor"
INTERVALL: Final = "Intervall"
START: Final = "Første krone"
FRO: Final = "Frø"
ANTALL: Final = "Posteringer i populasjonen"
SUM: Final = "Kroner i populasjonen"
TRUKKET: Final = "Posteringer i utvalget"
HOVEDBOK: Final = "Hovedbok"
SHA256: Final = "Hovedbokens SHA-256"
AAR: Final = "Regnskapsår for utvalget"
AVGRENSNING: Final = "Avgrensning"
SEGL: Final = "Segl"

MINST: Final = "Minste beløp"
STORST: Final = "Største beløp"
I_STRATUMET: Final = "Posteringer"
KRONER: Final = "Kroner"
AV_STRATUMET: Final = "Trukket"
