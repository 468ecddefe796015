"""Alle kontrollene, og hvilke som kjøres for hvert slag innsending.

En kontroll legges til slik: beskriv den i filen for familien sin (eller i en ny fil), ta den med i filens
``KONTROLLER``, og sett nummeret inn der den skal kjøres i ``REKKEFOLGE``. Siden i ``docs/kontroller`` lages av
``python -m kontoplan.training.control_pages docs/kontroller``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.kostra.kontroller import (
    avskrivninger,
    balanse,
    bevilgning,
    dubletter,
    faste_par,
    felt,
    kirke,
    klasser,
    koder,
    samarbeid,
)

if TYPE_CHECKING:
    from kontoplan.kostra.kontroll import Kontroll
    from kontoplan.kostra.oppgave import Slag

UTGATT: Final = "010-utgatt"
"""Id-en til den andre kontrollen med nummer 010."""

_FAMILIER: Final[tuple[tuple[Kontroll, ...], ...]] = (
    felt.KONTROLLER,
    koder.KONTROLLER,
    dubletter.KONTROLLER,
    klasser.KONTROLLER,
    faste_par.KONTROLLER,
    bevilgning.KONTROLLER,
    avskrivninger.KONTROLLER,
    samarbeid.KONTROLLER,
    balanse.KONTROLLER,
    kirke.KONTROLLER,
)

KONTROLLER: Final[dict[str, Kontroll]] = {
    **{kontroll.nummer: kontroll for familie in _FAMILIER for kontroll in familie},
    UTGATT: koder.UTGATT,
}
"""Kontrollene etter id; id-en er nummeret, unntatt for ``010-utgatt``."""

_FELLES = "003 004 005 006 007 008 009 010 011 012 013 014 015"
_KOMBINASJONER = "016 020 025 030 035 040 045 050 055 060 065 070 075 080 100 105 130 135"

REKKEFOLGE: Final[dict[Slag, tuple[str, ...]]] = {
    "aar": tuple(
        f"{_FELLES} {_KOMBINASJONER} 081 085 090 095 110 115 120 125 126 127 140 145 150 155 160 165 170 175 180 185 190".split()
    ),
    "kirke": tuple(f"{_FELLES} 025 050 095 100 105 110 113 115 120 125 140 143 200 210 215 220".split()),
    "kvartal": tuple(f"{_FELLES} {_KOMBINASJONER} {UTGATT} 081".split()),
}
"""Kontrollene som kjøres for hvert slag, i mottakets rekkefølge. 001 kjøres først og er i ``kjoring``."""
