"""Justeringen brukt på funnene: hva som er igjen, hva som er skjult og hvorfor, og oppføringene som ikke lenger gjør noe."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kontoplan.revisjon.funn import Funn
    from kontoplan.revisjon.justering.oppforing import Justering, Oppforing


@dataclass(frozen=True, slots=True)
class Skjult:
    """Et funn som er skjult, og oppføringen som skjulte det."""

    funn: Funn
    oppforing: Oppforing


@dataclass(frozen=True, slots=True)
class Bruk:
    """Hvordan det gikk med en oppføring.

    Attributes:
        oppforing: Oppføringen.
        treff: Antall funn den skjulte eller ga et annet alvor; et funn flere ville skjult, teller hos alle.
        gikk_ut: Om den bare gjaldt tidligere år, og derfor ikke er brukt.
    """

    oppforing: Oppforing
    treff: int
    gikk_ut: bool

    @property
    def status(self) -> str:
        """Med ord: ``brukt``, ``treffer ikke lenger noe`` eller ``gikk ut 2025``."""
        if self.gikk_ut and self.oppforing.til:
            return f"gikk ut {self.oppforing.til:%d.%m.%Y}, og er ikke brukt"
        return "brukt" if self.virker else "treffer ikke lenger noe"

    @property
    def virker(self) -> bool:
        """Om den traff noe, eller stiller en grense; hva en grense gjør, kan ikke telles."""
        return bool(self.treff or (self.oppforing.stilt and not self.gikk_ut))


@dataclass(frozen=True, slots=True)
class Justert:
    """Det justeringen gjorde.

    Attributes:
        fil: Justeringsfilen.
        funn: Funnene som er igjen, i samme rekkefølge.
        skjulte: Funnene som er skjult.
        bruk: Oppføringene i filens rekkefølge.
    """

    fil: str
    funn: tuple[Funn, ...]
    skjulte: tuple[Skjult, ...]
    bruk: tuple[Bruk, ...]

    @property
    def merknader(self) -> Iterator[str]:
        """Det brukeren bør vite: hvor mye som er skjult, og oppføringene som kan fjernes."""
        if self.skjulte:
            using = sum(b.virker for b in self.bruk)
            yield f"{len(self.skjulte)} funn er skjult av justeringen {self.fil} ({using} av {len(self.bruk)} oppføringer er i bruk)."
        for b in self.bruk:
            if not b.virker:
                yield f"{self.fil}, linje {b.oppforing.linje} ({b.oppforing.gjelder}): {b.status}; fjern oppføringen, eller rett den."

    def skjult_per_slag(self) -> Counter[str]:
        """Antall skjulte funn per slag."""
        return Counter(s.funn.funn for s in self.skjulte)

    def for_slag(self, slag: str) -> Iterator[Bruk]:
        """Oppføringene som gjelder et funnslag, og som ikke er gått ut."""
        return (b for b in self.bruk if not b.gikk_ut and (not b.oppforing.slag or slag in b.oppforing.slag))

    def as_dict(self) -> dict[str, object]:
        """Oppsummeringen til JSON; de skjulte funnene som i grensesnittet, hver med linjen og grunnen."""
        return {
            "fil": self.fil,
            "oppforinger": [
                {
                    "linje": b.oppforing.linje,
                    "gjelder": b.oppforing.gjelder,
                    "gjor": b.oppforing.gjor,
                    "grunn": b.oppforing.grunn,
                    "hvem": b.oppforing.hvem or None,
                    "treff": b.treff,
                    "status": b.status,
                }
                for b in self.bruk
            ],
            "skjulte": [
                s.funn.as_dict() | {"linje": s.oppforing.linje, "grunn": s.oppforing.hvorfor} for s in self.skjulte
            ],
        }


def adjust(found: Iterable[Funn], tuning: Justering, aar: int) -> Justert:
    """Funnene etter justeringen.

    Den første oppføringen som skjuler et funn, står som grunnen. Av flere som gir et annet alvor, gjelder den siste.

    Args:
        found: Funnene.
        tuning: Justeringsfilen.
        aar: Regnskapsåret; en oppføring som gikk ut før det, brukes ikke.
    """
    live = [(at, entry) for at, entry in enumerate(tuning.oppforinger) if not entry.gikk_ut(aar)]
    counts = [0] * len(tuning.oppforinger)
    kept: list[Funn] = []
    hidden: list[Skjult] = []
    for finding in found:
        hits = [(at, entry) for at, entry in live if entry.treffer(finding)]
        hiding = [(at, entry) for at, entry in hits if entry.skjuler(finding)]
        severe = [] if hiding else [(at, entry) for at, entry in hits if entry.alvor not in {None, finding.alvor}]
        for at, _ in hiding or severe:
            counts[at] += 1
        if hiding:
            hidden.append(Skjult(finding, hiding[0][1]))
        else:
            kept.append(_with_severity(finding, [entry for _, entry in severe]))
    using = tuple(Bruk(entry, counts[at], entry.gikk_ut(aar)) for at, entry in enumerate(tuning.oppforinger))
    return Justert(tuning.fil, tuple(kept), tuple(hidden), using)


def _with_severity(finding: Funn, entries: Sequence[Oppforing]) -> Funn:
    """Funnet med alvoret den siste oppføringen gir, og grunnen i meldingen."""
    for entry in reversed(entries):
        if entry.alvor:
            told = f"Alvoret er satt til {entry.alvor} av justeringen: {entry.hvorfor.rstrip('.')}."
            return replace(finding, alvor=entry.alvor, melding=f"{finding.melding} {told}")
    return finding
