"""Funnene i en revisjon: hvilken postering, hva som taler mot føringen, hvor sannsynlig det er feil, og hva det betyr."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kontoplan.sak import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

Alvor = Literal["FEIL", "ADVARSEL", "INFO"]
ALVOR: Final[tuple[Alvor, ...]] = ("FEIL", "ADVARSEL", "INFO")
"""Alvorlighetene, verst først."""
_ORE = 100


@dataclass(frozen=True, slots=True)
class Bidrag:
    """Det én ting taler for at føringen er feil med, i log-odds; negativt taler for at den er rett."""

    hva: str
    vekt: float


@dataclass(frozen=True, slots=True)
class Funn:
    """Ett funn på én rad, eller på en sum som ikke går opp.

    Attributes:
        funn: Id-en til funnslaget, f.eks. ``R-TEKST-ART``.
        alvor: ``FEIL`` (kan ikke stå slik), ``ADVARSEL`` (trolig galt) eller ``INFO`` (verdt et blikk).
        fil: Filnavnet.
        ark: Arket; tomt når formatet ikke har ark.
        rad: Radnummeret i kilden; for en sum raden med det største beløpet i den.
        bilag: Bilagsnummeret; tomt når det ikke er oppgitt.
        dato: Bilagsdatoen når den er kjent.
        fort: Slik det er ført: ``kontoklasse``, ``funksjon`` og ``art`` (KOSTRA-koder).
        foreslatt: Kodene som foreslås i stedet; tom når ingenting kan foreslås.
        konto: Kontoen slik den står i hovedboken.
        ansvar: Ansvaret slik det står.
        tekst: Posteringsteksten med mulige fødselsnummer skjult.
        leverandor: Leverandøren slik den står, også med fødselsnummer skjult.
        ore: Beløpet i øre; for en sum det den avviker med.
        sannsynlighet: Sannsynligheten (0–1) for at føringen er feil.
        vesentlighet: Det geometriske snittet av beløpets andel av tjenesteområdets og av hele regnskapets brutto utgifter (0–).
        omraade: Tjenesteområdet det er ført på; tomt når funksjonen ikke hører til noe område.
        melding: Hva som taler mot føringen.
        kilde: Hvor regelen står; tom når det er kommunens egen praksis som er grunnen.
        sum: Om funnet gjelder en sum, og ikke føringen på raden.
        kjerne: Det teksten handler om (``tekst.core``).
        uenige_dommer: Om tidligere dommer over dette, eller over noe som likner, er uenige.
        bidrag: Det sannsynligheten er satt sammen av; summen er log-odds for den. Tom når sannsynligheten er fast for funnslaget.
    """

    funn: str
    alvor: Alvor
    fil: str
    ark: str
    rad: int
    bilag: str
    dato: dt.date | None
    fort: Mapping[str, str]
    foreslatt: Mapping[str, str]
    konto: str
    ansvar: str
    tekst: str
    leverandor: str
    ore: int
    sannsynlighet: float
    vesentlighet: float
    omraade: str
    melding: str
    kilde: str
    sum: bool = False
    kjerne: str = ""
    uenige_dommer: bool = False
    bidrag: tuple[Bidrag, ...] = ()

    @property
    def belop(self) -> float:
        """Beløpet i kroner."""
        return self.ore / _ORE

    @property
    def risiko(self) -> float:
        """Sannsynlighet ganger konsekvens; det funnene er rangert etter."""
        return self.sannsynlighet * self.vesentlighet

    def as_dict(self) -> dict[str, object]:
        """Feltene slik grensesnittet lover dem."""
        return {
            "funn": self.funn,
            "alvor": self.alvor,
            "fil": self.fil,
            "ark": self.ark or None,
            "rad": self.rad,
            "bilag": self.bilag or None,
            "fort": dict(self.fort),
            "foreslatt": dict(self.foreslatt),
            "belop": self.belop,
            "sannsynlighet": shown(self.sannsynlighet),
            "vesentlighet": float(f"{self.vesentlighet:.3g}"),
            "melding": self.melding,
            "kilde": self.kilde,
        }
