"""Det som er kjent om retningen og den andre parten, og artene det taler mot."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read
from kontoplan.sak import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.evidence.codes import Codes
    from kontoplan.sak import Kontekst

EXPENSE_SERIES = "012345"
"""Første siffer i arter som er utgifter."""
_PARTIES = {
    "stat": "staten",
    "fylke": "fylkeskommunen",
    "kommune": "en annen kommune",
    "privat": "en privat part",
    "konsern": "et foretak eller IKS kommunen selv er med i",
}


def retning(art: str) -> str:
    """``utgift`` eller ``inntekt`` etter artsserien (KOSTRA-forskriften, vedlegg 1)."""
    return "utgift" if art[:1] in EXPENSE_SERIES else "inntekt"


@cache
def counterparties() -> dict[str, str]:
    """Artene som gjelder én bestemt part → parten (``rules/sporsmal/motpart.csv``)."""
    rows = read(data_path("rules/sporsmal/motpart.csv"), ("art", "mottaker", "kilde", "sikkerhet"), unik=("art",))
    return {row.tekst("art"): row.valg("mottaker", tuple(_PARTIES)) for row in rows}


def testify(kontekst: Kontekst, listed: Codes, weight: float) -> Iterator[Evidence]:
    """Taler med ``weight`` (negativ) mot arter i feil retning og med en annen part; tier om det som ikke er kjent."""
    if listed.dimensjon != "art" or not (kontekst.retning or kontekst.mottaker):
        return
    parties = counterparties()
    for kode in sorted(listed.valid | listed.internal):
        if kontekst.retning and retning(kode) != kontekst.retning:
            yield Evidence("gyldighet", kode, weight, f"Art {kode} er en {retning(kode)}, og det er ikke dette.")
        party = parties.get(kode)
        if kontekst.mottaker and party and party != kontekst.mottaker:
            other = _PARTIES[kontekst.mottaker]
            yield Evidence("gyldighet", kode, weight, f"Art {kode} gjelder {_PARTIES[party]}, og den andre er {other}.")
