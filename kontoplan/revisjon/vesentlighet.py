"""Hva et funn betyr: beløpet mot tjenesteområdets og kommunens utgifter, og summene per område."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.kodeverk.grupper import grupper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kontoplan.revisjon.funn import Funn
    from kontoplan.revisjon.grunnlag import Grunnlag

UTENFOR: Final = "Utenfor tjenesteområdene"
"""Skatt, finans, interne funksjoner og andre funksjoner som ikke hører til noe tjenesteområde."""
_GROSS = "01234"  # artsseriene i brutto utgifter: lønn, kjøp og overføringer, uten finansutgifter


@dataclass(frozen=True, slots=True)
class Omraade:
    """Et tjenesteområde i regnskapet.

    Attributes:
        navn: Navnet, eller ``UTENFOR``.
        brutto_ore: Brutto utgifter (artsserie 0–4) i drift og investering, i øre.
        netto_ore: Netto driftsutgifter: alle arter i drift, i øre.
        funn: Antall rader med funn.
        trolig_galt_ore: Summen av sannsynlighet ganger beløp på radene med funn, i øre.
        retting_ore: Hva netto driftsutgifter ventes å endre seg med om forslagene følges: sannsynlighet ganger beløp for rader som
            flyttes hit eller bort, i øre.
    """

    navn: str
    brutto_ore: int
    netto_ore: int
    funn: int = 0
    trolig_galt_ore: int = 0
    retting_ore: int = 0


def area_of(funksjon: str) -> str:
    """Tjenesteområdet en funksjon hører til."""
    return next((g.navn for g in grupper("funksjon") if g.has(funksjon)), UTENFOR)


@dataclass(frozen=True, slots=True)
class Vekt:
    """Målestokken: brutto utgifter i hele regnskapet, og i hvert område, i øre."""

    total: int
    brutto: dict[str, int]
    netto: dict[str, int]

    def materiality(self, ore: int, omraade: str) -> float:
        """Det geometriske snittet av beløpets andel av området og av hele regnskapet; utenfor områdene bare av hele regnskapet."""
        total = max(self.total, 1)
        area = total if omraade == UTENFOR else max(self.brutto.get(omraade, 0), 1)
        return abs(ore) / sqrt(total * area)


def scale(ground: Grunnlag) -> Vekt:
    """Målestokken for en hovedbok."""
    rows = ground.rader.filter(pl.col("funksjon") != "")
    spent = (
        rows.filter(pl.col("art").str.slice(0, 1).is_in(list(_GROSS)))
        .group_by("funksjon")
        .agg(pl.col("belop_ore").sum())
    )
    net = rows.filter(pl.col("klasse") == "drift").group_by("funksjon").agg(pl.col("belop_ore").sum())
    brutto, netto = _by_area(spent.iter_rows()), _by_area(net.iter_rows())
    return Vekt(sum(brutto.values()), brutto, netto)


def _by_area(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for funksjon, ore in rows:
        found[area_of(funksjon)] += ore
    return dict(found)


def areas(found: Sequence[Funn], vekt: Vekt, drift: str) -> tuple[Omraade, ...]:
    """Områdene i regnskapet, med det funnene på rader til sammen sier; en rad teller én gang, med det mest sannsynlige funnet.

    ``drift`` er kontoklassen for drift; bare den er med i netto driftsutgifter.
    """
    best: dict[tuple[str, int], Funn] = {}
    for item in found:
        key = (item.ark, item.rad)
        if not item.sum and (key not in best or item.sannsynlighet > best[key].sannsynlighet):
            best[key] = item
    counts: dict[str, int] = defaultdict(int)
    wrong: dict[str, float] = defaultdict(float)
    moved: dict[str, float] = defaultdict(float)
    for item in best.values():
        counts[item.omraade] += 1
        wrong[item.omraade] += item.sannsynlighet * abs(item.ore)
        expected = item.sannsynlighet * item.ore
        goal = item.foreslatt.get("funksjon")
        if goal and item.fort.get("kontoklasse") == drift:
            moved[item.omraade] -= expected
            moved[area_of(goal)] += expected
    names = [g.navn for g in grupper("funksjon")] + [UTENFOR]
    return tuple(
        Omraade(n, vekt.brutto.get(n, 0), vekt.netto.get(n, 0), counts[n], round(wrong[n]), round(moved[n]))
        for n in names
        if n in vekt.brutto or n in vekt.netto or counts[n] or moved[n]
    )
