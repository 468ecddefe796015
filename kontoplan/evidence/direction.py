"""Det som er kjent om retningen og den andre parten, og artene det taler mot."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read
from kontoplan.sak import Evidence
from kontoplan.text import read as read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.evidence.codes import Codes
    from kontoplan.sak import Kontekst

EXPENSE_SERIES = "012345"
"""Første siffer i arter som er utgifter."""
_LEVELS = re.compile(r" / |;")
_HEADS = {"inntekt": "inntekt", "utgift": "utgift", "kostnad": "utgift"}
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


@lru_cache(maxsize=4096)
def from_heading(overskrift: str) -> str:
    """``utgift`` eller ``inntekt`` når overskriften sier hva kontoene under den er; tom når den ikke gjør det.

    Den innerste overskriften som sier noe, gjelder («Drift / Inntekter»). Ordet må være det sammensetningen handler om
    («driftsinntekter», men ikke «inntektssikring»), og en overskrift som nevner begge, sier ingenting.
    """
    for part in reversed(_LEVELS.split(overskrift)):
        stems = read_text(part).stammer
        said = {way for ending, way in _HEADS.items() if any(stem.endswith(ending) for stem in stems)}
        if said:
            return said.pop() if len(said) == 1 else ""
    return ""


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
            yield Evidence(
                "gyldighet", kode, weight, f"Art {kode} er en {retning(kode)}, og dette er en {kontekst.retning}."
            )
        party = parties.get(kode)
        if kontekst.mottaker and party and party != kontekst.mottaker:
            other = _PARTIES[kontekst.mottaker]
            yield Evidence("gyldighet", kode, weight, f"Art {kode} gjelder {_PARTIES[party]}, og den andre er {other}.")
