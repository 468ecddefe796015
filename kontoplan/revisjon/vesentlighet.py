"""Hva et funn betyr: beløpet mot tjenesteområdets og kommunens utgifter, og summene per område."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.kodeverk.grupper import gruppe_av, grupper

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kontoplan.revisjon.funn import Funn
    from kontoplan.revisjon.grunnlag import Grunnlag

UTENFOR: Final = "Utenfor tjenesteområdene"
"""Skatt, finans, interne funksjoner og andre funksjoner som ikke hører til noe tjenesteområde."""
_NOTICEABLE = 2e-6
_GROSS = "01234"  # artsseriene i brutto utgifter: lønn, kjøp og overføringer, uten finansutgifter
_NET = "01234678"  # artsseriene i netto driftsutgifter, i tillegg til avskrivningene; finans og avsetninger er ikke med (kunnskap)
_DEPRECIATION = "59"


@dataclass(frozen=True, slots=True)
class Omraade:
    """Et tjenesteområde i regnskapet.

    Attributes:
        navn: Navnet, eller ``UTENFOR``.
        brutto_ore: Brutto utgifter (artsserie 0–4) i drift og investering, i øre.
        netto_ore: Netto driftsutgifter: artsserie 0–4 og 6–8 og avskrivningene (59) i drift, i øre.
        funn: Antall rader med funn.
        trolig_galt_ore: Summen av sannsynlighet ganger beløp på radene med funn, i øre; summer som ikke går opp, er ikke med.
        retting_ore: Hva netto driftsutgifter ventes å endre seg med om forslagene følges: sannsynlighet ganger beløp for rader som
            flyttes hit eller bort, mellom drift og investering, eller er ført to ganger, i øre.
    """

    navn: str
    brutto_ore: int
    netto_ore: int
    funn: int = 0
    trolig_galt_ore: int = 0
    retting_ore: int = 0


def area_of(funksjon: str) -> str:
    """Tjenesteområdet en funksjon hører til."""
    group = gruppe_av("funksjon", funksjon)
    return group.navn if group else UTENFOR


def area_names() -> tuple[str, ...]:
    """Tjenesteområdene i fast rekkefølge, og til slutt det som ikke hører til noe område."""
    return (*(g.navn for g in grupper("funksjon")), UTENFOR)


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


def noticeable(rows: pl.DataFrame) -> float:
    """Den minste ventede feilen (sannsynlighet ganger beløp) som er verdt å se på når feilen er lite sannsynlig, i øre.

    To milliondeler av brutto utgifter (artsserie 0–4) i radene: i et regnskap på én milliard er det 2 000 kroner.
    """
    return _NOTICEABLE * float(rows.filter(pl.col("art").str.head(1).is_in(list(_GROSS)))["belop_ore"].sum())


def scale(ground: Grunnlag) -> Vekt:
    """Målestokken for en hovedbok."""
    sums = ground.rader.group_by("klasse", "funksjon", "art").agg(pl.col("belop_ore").sum())
    spent = sums.filter(pl.col("art").str.slice(0, 1).is_in(list(_GROSS))).select("funksjon", "belop_ore")
    net = [(f, ore) for klasse, f, art, ore in sums.iter_rows() if klasse == "drift" and _in_net(art)]
    brutto = _by_area(spent.iter_rows())
    return Vekt(sum(brutto.values()), brutto, _by_area(net))


def _in_net(art: str) -> bool:
    """Om arten er med i netto driftsutgifter."""
    return art.startswith((*_NET, _DEPRECIATION))


def _by_area(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for funksjon, ore in rows:
        found[area_of(funksjon)] += ore
    return dict(found)


def areas(found: Sequence[Funn], vekt: Vekt, drift: str, dobbelt: Collection[str] = ()) -> tuple[Omraade, ...]:
    """Områdene i regnskapet, med det funnene på rader til sammen sier.

    En rad teller én gang, med det mest sannsynlige funnet; i rettingen med det mest sannsynlige som endrer netto driftsutgifter.

    Args:
        found: Funnene.
        vekt: Målestokken.
        drift: Kontoklassen for drift; bare den er med i netto driftsutgifter.
        dobbelt: Funnslagene der rettingen er at beløpet går ut.
    """
    counts: dict[str, int] = defaultdict(int)
    wrong: dict[str, float] = defaultdict(float)
    moved: dict[str, float] = defaultdict(float)
    on_rows = [item for item in found if not item.sum]
    for item in _one_per_row(on_rows):
        counts[item.omraade] += 1
        wrong[item.omraade] += item.sannsynlighet * abs(item.ore)
    changes = {id(item): change for item in on_rows if (change := _change(item, drift, gone=item.funn in dobbelt))}
    for item in _one_per_row(item for item in on_rows if id(item) in changes):
        for area, ore in changes[id(item)]:
            moved[area] += item.sannsynlighet * ore
    return tuple(
        Omraade(n, vekt.brutto.get(n, 0), vekt.netto.get(n, 0), counts[n], round(wrong[n]), round(moved[n]))
        for n in area_names()
        if n in vekt.brutto or n in vekt.netto or counts[n] or moved[n]
    )


def _one_per_row(found: Iterable[Funn]) -> Iterable[Funn]:
    """Det mest sannsynlige funnet på hver rad."""
    best: dict[tuple[str, int], Funn] = {}
    for item in found:
        key = (item.ark, item.rad)
        if key not in best or item.sannsynlighet > best[key].sannsynlighet:
            best[key] = item
    return best.values()


def _change(item: Funn, drift: str, *, gone: bool) -> list[tuple[str, int]]:
    """Hvor mye netto driftsutgifter endres i hvert område når funnet rettes, i øre; tom når ingenting endres."""
    after = {**item.fort, **item.foreslatt}
    goal = area_of(item.foreslatt["funksjon"]) if "funksjon" in item.foreslatt else item.omraade
    out = [(item.omraade, -item.ore)] if _counted(item.fort, drift) else []
    back = [(goal, item.ore)] if _counted(after, drift) and not gone else []
    return [] if out and back and goal == item.omraade else out + back


def _counted(codes: Mapping[str, str], drift: str) -> bool:
    return codes.get("kontoklasse") == drift and _in_net(codes.get("art", ""))
