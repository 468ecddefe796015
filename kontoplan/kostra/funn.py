"""Funnene: hva som er galt, hvor, og hva en gjør med det."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kontoplan.kostra.opphav import Opphav

Alvor = Literal["FATAL", "ERROR", "WARNING", "INFO"]
ALVOR: Final[tuple[Alvor, ...]] = ("FATAL", "ERROR", "WARNING", "INFO")
"""Alvorlighetene, verst først."""
HINDRER: Final[frozenset[str]] = frozenset({"FATAL", "ERROR"})
"""Alvorlighetene som hindrer innsending."""


def _linjer() -> array[int]:
    return array("I")


@dataclass(frozen=True, slots=True)
class Funn:
    """Ett funn slik mottaket teller dem: ett per post, per gruppe av like poster, eller per sum.

    Attributes:
        kontroll: Kontrollnummeret; ``None`` når skjemaet er ukjent.
        alvor: ``FATAL``, ``ERROR``, ``WARNING`` eller ``INFO``.
        linjer: Linjenumrene, 1-baserte; tom for summer.
        melding: Hva som er galt, med beløpene (tusen kroner).
        rettelse: Hva en gjør med det.
        opphav: Radene i hovedboken bak funnet, når uttrekket er laget av en; står i meldingen i ``as_dict``.
    """

    kontroll: str | None
    alvor: Alvor
    linjer: tuple[int, ...]
    melding: str
    rettelse: str
    opphav: Opphav | None = None

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {
            "kontroll": self.kontroll,
            "alvor": self.alvor,
            "linjer": list(self.linjer),
            "melding": f"{self.melding} Fra {self.opphav}." if self.opphav else self.melding,
            "rettelse": self.rettelse,
        }


@dataclass(frozen=True, slots=True)
class Funngruppe:
    """Alle funn av én kontroll med samme årsak.

    Attributes:
        kontroll: Kontrollnummeret; ``None`` når skjemaet er ukjent, og for det som gikk galt da uttrekket ble laget.
        emne: Hva kontrollen gjelder.
        alvor: Alvorligheten.
        melding: Hva som er galt.
        rettelse: Hva en gjør med det.
        linjer: Linjene funnene gjelder, stigende.
        belop: Beløpet på hver av linjene (tusen kroner); tom når det ikke har noe med saken å gjøre.
        samlet: Om linjene til sammen er ett funn; ellers er hver linje et funn.
        poster: Linjene som er med i en sum det er noe galt med; tom for andre kontroller.
        lovlige: Kodene som er lov i feltet, når det er det saken gjelder.
        opphav: Radene i hovedboken, når funnet ikke gjelder noen linje i filen.
        tekst: Meldingen og rettelsen for hver linje (0-basert), når de er forskjellige; ellers ``None``.
    """

    kontroll: str | None
    emne: str
    alvor: Alvor
    melding: str
    rettelse: str
    linjer: array[int] = field(default_factory=_linjer)
    belop: tuple[int, ...] | array[int] = ()
    samlet: bool = False
    poster: array[int] = field(default_factory=_linjer)
    lovlige: tuple[str, ...] = ()
    opphav: Opphav | None = None
    tekst: Callable[[int], tuple[str, str]] | None = None

    @property
    def antall(self) -> int:
        """Hvor mange funn gruppen er."""
        return 1 if self.samlet else len(self.linjer)

    @property
    def hele_rettelsen(self) -> str:
        """Rettelsen med de lovlige kodene."""
        return f"{self.rettelse}{self._lovlig}"

    @property
    def _lovlig(self) -> str:
        return f" Lovlige verdier: {', '.join(self.lovlige)}." if self.lovlige else ""

    def funn(self) -> Iterator[Funn]:
        """Funnene, ett om gangen."""
        melding, rettelse, lovlig = self.melding, self.hele_rettelsen, self._lovlig
        if self.samlet:
            tail = f" Beløpene: {', '.join(map(str, self.belop))}." if self.belop else ""
            yield Funn(self.kontroll, self.alvor, tuple(self.linjer), self.melding + tail, rettelse)
            return
        for at, linje in enumerate(self.linjer):
            tail = f" Beløp: {self.belop[at]}." if self.belop else ""
            if self.tekst:
                melding, own = self.tekst(at)
                rettelse = f"{own}{lovlig}"
            yield Funn(self.kontroll, self.alvor, (linje,), melding + tail, rettelse)
