"""Gyldighetsvitnet: hva kodeverket sier om koder i kontoklassen kontoen står i."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.sak import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kontoplan.evidence.codes import Codes


def testify(kandidater: Iterable[str], listed: Codes, kontoklasse: str | None, weight: float) -> Iterator[Evidence]:
    """Taler med ``weight`` (negativ) mot koder som ikke er lov i kontoklassen; tier når klassen er ukjent."""
    klasse = listed.kodeverk.klasse(kontoklasse) if kontoklasse else None
    if klasse not in {"drift", "investering"} or listed.dimensjon not in {"art", "funksjon"}:
        return
    for kode in kandidater:
        only = listed.kodeverk.bare(listed.dimensjon, kode)
        if only is not None and only != klasse:
            source = next((r.kilde for r in listed.kodeverk.regler(listed.dimensjon, kode)), "")
            message = f"{listed.dimensjon.capitalize()} {kode} hører bare hjemme i {only}, men kontoen står i {klasse}."
            yield Evidence("gyldighet", kode, weight, message, source)
