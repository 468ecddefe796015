"""Innholdet i arbeidsboken: radene i arkene Kobling og Til gjennomgang med det som trengs for å lese avgjørelsen tilbake, og resten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.kobling import Kontorad
from kontoplan.nokkel import row_keys, split_key
from kontoplan.workbook.review import merged, review_groups
from kontoplan.workbook.splits import proposed_splits

if TYPE_CHECKING:
    from datetime import datetime

    from kontoplan.kobling import Kobling
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.workbook.lists import Valglister
    from kontoplan.workbook.splits import Fordelinger


@dataclass(frozen=True, slots=True)
class Linje(Kontorad):
    """En rad i arbeidsboken.

    Attributes:
        nokkel: Nøkkelen avgjørelsen leses tilbake med.
        valgliste: Hvor radens liste begynner i arket Valglister (1-basert).
        antall: Hvor mange rader i kontoplanen linjen gjelder.
    """

    nokkel: str = ""
    valgliste: int = 0
    antall: int = 1


@dataclass(frozen=True, slots=True)
class Innhold:
    """Alt som skal stå i arbeidsboken, ferdig ordnet.

    Attributes:
        kobling: Kontoene med vurderinger, og hva som er lest.
        kodeverk: Kodene og navnene på dem.
        alle: Alle kontoene i lest rekkefølge.
        gjennomgang: Kontoene som må ses på, viktigst først.
        fordelinger: Fordelingene reglene foreslår.
        naar: Når arbeidsboken er laget.
    """

    kobling: Kobling
    kodeverk: Kodeverk
    alle: tuple[Linje, ...]
    gjennomgang: tuple[Linje, ...]
    fordelinger: Fordelinger
    naar: datetime


def make_content(kobling: Kobling, kodeverk: Kodeverk, lister: Valglister, naar: datetime) -> Innhold:
    """Innholdet i arbeidsboken.

    En konto som står på flere rader, er én linje i gjennomgangen; avgjørelsen der gjelder kontoen på alle radene.
    """
    rader = kobling.rader
    keys = row_keys([rad.konto for rad in rader])
    review = []
    for group in review_groups(kobling):
        rad = merged([rader[at] for at in group])
        key = keys[group[0]] if len(group) == 1 else split_key(keys[group[0]]).konto
        review.append(Linje(rad.konto, rad.vurdering, key, lister.start(rad), len(group)))
    alle = tuple(Linje(rad.konto, rad.vurdering, key, lister.start(rad)) for rad, key in zip(rader, keys, strict=True))
    return Innhold(kobling, kodeverk, alle, tuple(review), proposed_splits(kobling, kodeverk), naar)
