"""Det et menneske har avgjort om en konto: svaret, hvem, når og hvor det sto."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - brukes av dataklassen ved kjøring
from typing import Literal

from kontoplan.sak import Andel, Dimensjon, Regnskap  # noqa: TC001 - det samme
from kontoplan.tall import exact_percent

Utfall = Literal["kode", "rapporteres ikke", "fordeles"]


@dataclass(frozen=True, slots=True)
class Svar:
    """Selve avgjørelsen.

    Attributes:
        utfall: Om kontoen har én kode, ikke rapporteres, eller fordeles på flere koder.
        kode: KOSTRA-koden (for balanse kapittelet); tom når den ikke er én.
        sektor: Sektoren for balansekontoer; tom når den ikke er avgjort.
        fordeling: Kodene med andeler (0–1) når beløpet fordeles; summen er 1.
    """

    utfall: Utfall
    kode: str = ""
    sektor: str = ""
    fordeling: tuple[Andel, ...] = ()

    @property
    def koder(self) -> tuple[str, ...]:
        """Kodene svaret peker på."""
        return tuple(a.kode for a in self.fordeling) if self.fordeling else (self.kode,) if self.kode else ()

    def __str__(self) -> str:
        """Svaret slik det leses: ``115``, ``10/320``, ``202: 60 %; 222: 40 %`` eller ``rapporteres ikke``."""
        if self.utfall == "fordeles":
            return "; ".join(f"{a.kode}: {share_text(a.andel)}" for a in self.fordeling)
        if self.utfall == "rapporteres ikke":
            return self.utfall
        return f"{self.kode}/{self.sektor}" if self.sektor else self.kode


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Hvem som bestemte noe, når, for hvilket regnskap, og hvor det sto: det samme for avgjørelser og dommer.

    Attributes:
        aar: Regnskapsåret det gjelder.
        regnskap: Hva slags regnskap.
        kommune: Hvem regnskapet tilhører; tom når det ikke er oppgitt.
        hvem: Hvem som bestemte; tom når det ikke er oppgitt.
        naar: Når det ble lært, med tidssone.
        kommentar: Begrunnelsen den som bestemte, skrev.
        fil: Arbeidsboken det sto i.
        ark: Arket.
        rad: Raden i arbeidsboken, 1-basert.
    """

    aar: int
    regnskap: Regnskap
    kommune: str
    hvem: str
    naar: datetime
    kommentar: str
    fil: str
    ark: str
    rad: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Avgjorelse(Origin):
    """En avgjørelse om én konto.

    Attributes:
        konto: Kontodelen av nøkkelen (``nokkel.account_key``).
        sammenheng: Sammenhengen avgjørelsen gjelder i (``nokkel.context_key``); tom når den gjelder kontoen uansett.
        dimensjon: Hva kontoen er.
        lokal_kode: Nummeret hos kommunen.
        lokal_navn: Navnet hos kommunen, uten det som kan være et fødselsnummer.
        svar: Det som ble avgjort.
    """

    konto: str
    sammenheng: str
    dimensjon: Dimensjon
    lokal_kode: str
    lokal_navn: str
    svar: Svar

    @property
    def tittel(self) -> str:
        """Nummer og navn på kontoen."""
        return f"{self.lokal_kode} {self.lokal_navn}".strip()


def share_text(andel: float | None) -> str:
    """Andelen i prosent uten unødige desimaler: ``60 %``, ``33,3333 %``; ``?`` når den ikke er gitt."""
    return "?" if andel is None else exact_percent(andel)
