"""Resultatet av en revisjon."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.revisjon.funn import ALVOR

if TYPE_CHECKING:
    from kontoplan.ledger.hovedbok import Kilde, Lest
    from kontoplan.revisjon.funn import Alvor, Funn
    from kontoplan.revisjon.justering import Justert
    from kontoplan.revisjon.vesentlighet import Omraade
    from kontoplan.sak import Regnskap
    from kontoplan.utvalg.utvalg import Utvalg


@dataclass(frozen=True, slots=True)
class Revisjon:
    """Alt som ble funnet, og hva som er sett på.

    Attributes:
        aar: Regnskapsåret.
        regnskap: Hva slags regnskap.
        kilde: Hovedboken.
        lest: Hva lesingen ga.
        kobling: Filen med koblingen; tom når kodene er lest av kontonumrene.
        revidert: Antall posteringer i drift og investering.
        balanse: Antall rader i balansen; de er ikke revidert.
        funn: Funnene, størst risiko først.
        omraader: Tjenesteområdene, i fast rekkefølge.
        kommune: Hvem hovedboken tilhører; tom når det ikke er oppgitt.
        merknader: Det en bør vite om revisjonen.
        justering: Hva justeringsfilen gjorde, med funnene den skjulte; ``None`` når ingen er brukt.
        utvalg: Posteringene som er trukket til revisjon; ``None`` når det ikke er bedt om.
    """

    aar: int
    regnskap: Regnskap
    kilde: Kilde
    lest: Lest
    kobling: str
    revidert: int
    balanse: int
    funn: tuple[Funn, ...]
    omraader: tuple[Omraade, ...]
    merknader: tuple[str, ...]
    justering: Justert | None = None
    utvalg: Utvalg | None = None
    kommune: str = ""

    def antall(self, alvor: Alvor) -> int:
        """Antall funn av en alvorlighet."""
        return sum(funn.alvor == alvor for funn in self.funn)

    @property
    def har_feil(self) -> bool:
        """Om noe funn er av alvor FEIL."""
        return any(funn.alvor == ALVOR[0] for funn in self.funn)

    def per_slag(self) -> Counter[str]:
        """Antall funn per slag."""
        return Counter(funn.funn for funn in self.funn)

    def as_dict(self) -> list[dict[str, object]]:
        """Ett objekt per funn, slik grensesnittet lover dem."""
        return [funn.as_dict() for funn in self.funn]
