"""Evaluering av et revidert utvalg: kjent og anslått feil, øvre grense og konklusjon, for høyt og for lavt hver for seg."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from kontoplan.utvalg.utvalg import Ramme, Stratum

Konklusjon = Literal["godtas", "uavklart", "godtas ikke", "foreløpig"]
_ORE: Final = 100


@dataclass(frozen=True, slots=True)
class Vurdert:
    """En rad i utvalget slik revisor har fylt den ut.

    Attributes:
        nr: Løpenummeret i utvalget.
        ark: Arket i hovedboken.
        rad: Radnummeret i hovedboken.
        bilag: Bilagsnummeret.
        ore: Det bokførte beløpet, i øre.
        stratum: Delen av populasjonen den er trukket av.
        revidert_ore: Det rette beløpet, i øre; lik ``ore`` når raden er riktig, og ``None`` når den ikke er vurdert.
        kommentar: Revisors kommentar, med mulige fødselsnummer skjult.
        sted: Cellen i arbeidsboken, f.eks. ``Utvalg!J12``.
    """

    nr: int
    ark: str
    rad: int
    bilag: str
    ore: int
    stratum: str
    revidert_ore: int | None
    kommentar: str
    sted: str

    @property
    def feil_ore(self) -> int:
        """Det som er ført for høyt (positivt) eller for lavt (negativt), målt på absoluttbeløpet, i øre; 0 når raden ikke er vurdert."""
        if self.revidert_ore is None:
            return 0
        return self.ore - self.revidert_ore if self.ore > 0 else self.revidert_ore - self.ore

    @property
    def andel(self) -> float:
        """Feilen som andel av det bokførte (tainting); negativ når det er ført for lavt."""
        return self.feil_ore / abs(self.ore)


@dataclass(frozen=True, slots=True)
class Feil:
    """En feil, og hva den står for i populasjonen (i øre, for lavt er negativt); lik feilen selv der alt er tatt med."""

    rad: Vurdert
    bidrag_ore: int


@dataclass(frozen=True, slots=True)
class Retning:
    """Feilen den ene veien, alle beløp i øre og ikke negative.

    Attributes:
        antall: Antall rader med feil.
        kjent_ore: Feilen på radene i utvalget.
        anslatt_ore: Den anslåtte feilen i populasjonen.
        grunn_ore: Grunnpresisjonen.
        tillegg_ore: Tillegget for at feilene som er funnet, kan være flere.
        grense_ore: Den øvre grensen: anslaget, grunnpresisjonen og tillegget, rundet opp, men høyst alt det er trukket av.
    """

    antall: int
    kjent_ore: int
    anslatt_ore: int
    grunn_ore: int
    tillegg_ore: int
    grense_ore: int

    def as_dict(self) -> dict[str, object]:
        """Retningen som JSON, beløp i kroner."""
        return {
            "antall": self.antall,
            "kjent": self.kjent_ore / _ORE,
            "anslatt": self.anslatt_ore / _ORE,
            "grunnpresisjon": self.grunn_ore / _ORE,
            "tillegg": self.tillegg_ore / _ORE,
            "ovre_grense": self.grense_ore / _ORE,
        }


@dataclass(frozen=True, slots=True)
class Stratumsvar:
    """Det som ble funnet i ett stratum; anslagene i øre."""

    stratum: Stratum
    vurdert: int
    feil: int
    for_hoyt_ore: int
    for_lavt_ore: int


@dataclass(frozen=True, slots=True)
class Evaluering:
    """Svaret på om posteringene kan godtas.

    Attributes:
        fil: Arbeidsboken.
        ramme: Utvalget.
        konfidens: Konfidensen grensene er regnet med.
        vesentlighet_ore: Grensen de er sammenlignet med, i øre.
        vurdert: Antall rader som er vurdert.
        mangler: Cellene som ikke er fylt ut.
        for_hoyt: Det som er ført for høyt.
        for_lavt: Det som er ført for lavt.
        strata: Svarene per stratum.
        feil: Feilene, det de står for størst først.
        konklusjon: Utfallet.
        melding: Konklusjonen som en setning eller to.
        merknader: Det en bør vite om evalueringen.
    """

    fil: str
    ramme: Ramme
    konfidens: float
    vesentlighet_ore: int
    vurdert: int
    mangler: tuple[str, ...]
    for_hoyt: Retning
    for_lavt: Retning
    strata: tuple[Stratumsvar, ...]
    feil: tuple[Feil, ...]
    konklusjon: Konklusjon
    melding: str
    merknader: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Evalueringen som JSON, beløp i kroner."""
        return {
            "fil": self.fil,
            "hovedbok": self.ramme.hovedbok,
            "metode": self.ramme.metode,
            "konfidens": self.konfidens,
            "vesentlighet": self.vesentlighet_ore / _ORE,
            "populasjon": {"antall": self.ramme.antall, "belop": self.ramme.sum_ore / _ORE},
            "rader": self.ramme.utvalg,
            "vurdert": self.vurdert,
            "mangler": list(self.mangler),
            "for_hoyt": self.for_hoyt.as_dict(),
            "for_lavt": self.for_lavt.as_dict(),
            "strata": [
                {
                    "stratum": one.stratum.navn,
                    "antall": one.stratum.antall,
                    "trukket": one.stratum.trukket,
                    "vurdert": one.vurdert,
                    "feil": one.feil,
                    "anslatt_for_hoyt": one.for_hoyt_ore / _ORE,
                    "anslatt_for_lavt": one.for_lavt_ore / _ORE,
                }
                for one in self.strata
            ],
            "feil": [
                {
                    "nr": one.rad.nr,
                    "ark": one.rad.ark or None,
                    "rad": one.rad.rad,
                    "bilag": one.rad.bilag or None,
                    "belop": one.rad.ore / _ORE,
                    "revidert": (one.rad.revidert_ore or 0) / _ORE,
                    "feil": one.rad.feil_ore / _ORE,
                    "andel": round(one.rad.andel, 4),
                    "bidrag": one.bidrag_ore / _ORE,
                }
                for one in self.feil
            ],
            "konklusjon": self.konklusjon,
            "melding": self.melding,
            "merknader": list(self.merknader),
        }
