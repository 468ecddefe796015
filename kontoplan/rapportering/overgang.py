"""Årsskiftet: fjorårets koder i årets, der det finnes én etterfølger; resten listes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kontoplan.kodeverk import Kodeverk
    from kontoplan.kodeverk.kode import Kodedimensjon
    from kontoplan.rapportering.saldo import Del


def restate(parts: Iterable[Del], kodeverk: Kodeverk, *, balanse: bool) -> Iterator[Del]:
    """Delene i kodene som gjelder i ``kodeverk``; en kode med flere etterfølgere, eller ingen, gjør delen avvist.

    Args:
        parts: Delene med fjorårets koder.
        kodeverk: Årets koder.
        balanse: Om kodene er kapittel og sektor.
    """
    first: Kodedimensjon = "kapittel" if balanse else "funksjon"
    second: Kodedimensjon = "sektor" if balanse else "art"
    for part in parts:
        if part.sted != "rapportert":
            yield part
            continue
        funksjon, why = _now(kodeverk, first, part.funksjon)
        art, also = _now(kodeverk, second, part.art)
        reason = " og ".join(filter(None, (why, also)))
        if reason:
            yield replace(part, sted="avvist", grunn=reason)
        else:
            yield replace(part, funksjon=funksjon, art=art)


def _now(kodeverk: Kodeverk, dimensjon: Kodedimensjon, kode: str) -> tuple[str, str]:
    """Koden som gjelder nå, eller hvorfor det ikke er én."""
    known = kodeverk.kode(dimensjon, kode)
    ended = kodeverk.sluttaar(dimensjon, kode)
    if known is None or ended is None or ended >= kodeverk.aar:
        return kode, ""
    after = kodeverk.etterfolgere(dimensjon, kode)
    if len(after) == 1:
        return after[0], ""
    if not after:
        return "", f"{dimensjon} {kode} gikk ut i {ended}, og etterfølgeren er ikke kjent"
    return (
        "",
        f"{dimensjon} {kode} er delt i {', '.join(after)}; koble kontoplanen med --aar {kodeverk.aar}, og avgjør eller fordel kontoen der",
    )
