"""Et trukket utvalg: rammen det er trukket i, og posteringene."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt

    from kontoplan.utvalg.plan import Metode
    from kontoplan.utvalg.populasjon import Utenfor

_ORE: Final = 100
_SEAL, _KEY = 16, 12


@dataclass(frozen=True, slots=True)
class Stratum:
    """En del av populasjonen det er trukket av for seg.

    Attributes:
        navn: Navnet, entydig i utvalget.
        minst_ore: Det minste absoluttbeløpet i den, i øre.
        storst_ore: Det største, i øre.
        antall: Antall posteringer.
        sum_ore: Summen av absoluttbeløpene, i øre.
        trukket: Antall posteringer som er trukket.
    """

    navn: str
    minst_ore: int
    storst_ore: int
    antall: int
    sum_ore: int
    trukket: int

    @property
    def fullt(self) -> bool:
        """Om alle posteringene er trukket, så det ikke er noen utvalgsfeil."""
        return self.trukket == self.antall


@dataclass(frozen=True, slots=True)
class Ramme:
    """Det en må vite om et utvalg for å evaluere det.

    Attributes:
        metode: Hvordan det er trukket.
        konfidens: Konfidensen, 0,5–0,999.
        vesentlighet_ore: Vesentlighetsgrensen, i øre.
        forventet_ore: Forventet feil, i øre.
        fro: Frøet.
        intervall_ore: Kronene hvert trekk står for, i øre; posteringer fra og med det er tatt fullt ut.
        start_ore: Den første kronen som er trukket (MUS), i øre; 0 for stratifisert.
        antall: Antall posteringer i populasjonen.
        sum_ore: Summen av absoluttbeløpene i populasjonen, i øre.
        utvalg: Antall posteringer i utvalget.
        hovedbok: Filnavnet.
        sha256: Sjekksummen av hovedboken.
        aar: Regnskapsåret.
        avgrensning: Det som sto etter ``--bare``; tom når alt var med.
        strata: Delene av populasjonen; for MUS de høye beløpene og resten.
    """

    metode: Metode
    konfidens: float
    vesentlighet_ore: int
    forventet_ore: int
    fro: int
    intervall_ore: int
    start_ore: int
    antall: int
    sum_ore: int
    utvalg: int
    hovedbok: str
    sha256: str
    aar: int
    avgrensning: str
    strata: tuple[Stratum, ...]

    @property
    def segl(self) -> str:
        """Et fingeravtrykk av alt i rammen; oppdager at noe er endret i arbeidsboken, men hindrer ingen som vil jukse."""
        content = (
            self.metode, self.konfidens, self.vesentlighet_ore, self.forventet_ore, self.fro, self.intervall_ore, self.start_ore, self.antall,
            self.sum_ore, self.utvalg, self.hovedbok, self.sha256, self.aar, self.avgrensning,
            *(value for part in self.strata for value in (part.navn, part.minst_ore, part.storst_ore, part.antall, part.sum_ore, part.trukket)),
        )  # fmt: skip
        return _digest(content, _SEAL)


def row_key(segl: str, nr: int, place: tuple[str, int], ore: int, treff: int, stratum: str) -> str:  # noqa: PLR0913, PLR0917 - én per celle
    """Nøkkelen til en rad i utvalget: endres når noe som betyr noe for evalueringen, endres."""
    return _digest((segl, nr, *place, ore, treff, stratum), _KEY)


def _digest(content: tuple[object, ...], length: int) -> str:
    """Fingeravtrykket av verdiene. Det må bli det samme i senere utgaver, ellers kan ikke gamle arbeidsbøker evalueres.

    Tekster er slik de kommer tilbake fra et regneark: uten blanke i endene og tegn som ikke kan skrives.
    """
    plain = ["".join(char for char in str(value) if char.isprintable()).strip() for value in content]
    return hashlib.sha256("\n".join(plain).encode(errors="replace")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Trekk:
    """En postering i utvalget.

    Attributes:
        nr: Løpenummeret i utvalget, fra 1.
        ark: Arket i hovedboken; tomt når formatet ikke har ark.
        rad: Radnummeret i hovedboken.
        ore: Beløpet, debet positivt, i øre.
        treff: Hvor mange av de trukne kronene som falt i posteringen (MUS); 1 ellers.
        stratum: Navnet på delen den er trukket av.
        hvorfor: Hvorfor den er med.
        tekst: Posteringsteksten med mulige fødselsnummer skjult; det samme gjelder leverandøren.
        klasse: Kontoklassen, som ``art`` og ``funksjon`` KOSTRA-koden den er ført på.
        omraade: Tjenesteområdet.
    """

    nr: int
    ark: str
    rad: int
    bilag: str
    dato: dt.date | None
    konto: str
    ansvar: str
    leverandor: str
    tekst: str
    klasse: str
    art: str
    funksjon: str
    omraade: str
    ore: int
    treff: int
    stratum: str
    hvorfor: str

    def as_dict(self) -> dict[str, object]:
        """Posteringen som JSON, beløp i kroner."""
        return {
            "nr": self.nr,
            "ark": self.ark or None,
            "rad": self.rad,
            "bilag": self.bilag or None,
            "dato": self.dato.isoformat() if self.dato else None,
            "konto": self.konto,
            "fort": {"kontoklasse": self.klasse, "funksjon": self.funksjon, "art": self.art},
            "tekst": self.tekst,
            "belop": self.ore / _ORE,
            "treff": self.treff,
            "stratum": self.stratum,
            "hvorfor": self.hvorfor,
        }


@dataclass(frozen=True, slots=True)
class Utvalg:
    """Et utvalg, og hva det er trukket av.

    Attributes:
        ramme: Planen og populasjonen i tall.
        faktor: Konfidensfaktoren utvalget er planlagt med.
        debet_ore: Posteringene i debet, i øre.
        kredit_ore: Posteringene i kredit, i øre (0 eller mindre).
        utenfor: Det som ikke er med i populasjonen.
        trekk: Posteringene, i rekkefølgen de står i hovedboken.
        merknader: Det en bør vite om utvalget.
    """

    ramme: Ramme
    faktor: float
    debet_ore: int
    kredit_ore: int
    utenfor: tuple[Utenfor, ...]
    trekk: tuple[Trekk, ...]
    merknader: tuple[str, ...] = ()

    @property
    def fullt(self) -> int:
        """Antall posteringer som er tatt med uansett trekning."""
        whole = {stratum.navn for stratum in self.ramme.strata if stratum.fullt}
        return sum(one.stratum in whole for one in self.trekk)

    @property
    def treff(self) -> int:
        """Antall trekk; en postering kan treffes flere ganger."""
        return sum(one.treff for one in self.trekk)

    def as_dict(self) -> dict[str, object]:
        """Utvalget som JSON, beløp i kroner."""
        frame = self.ramme
        return {
            "metode": frame.metode,
            "konfidens": frame.konfidens,
            "vesentlighet": frame.vesentlighet_ore / _ORE,
            "forventet_feil": frame.forventet_ore / _ORE,
            "fro": frame.fro,
            "konfidensfaktor": round(self.faktor, 4),
            "intervall": frame.intervall_ore / _ORE,
            "start": frame.start_ore / _ORE,
            "hovedbok": frame.hovedbok,
            "sha256": frame.sha256,
            "aar": frame.aar,
            "avgrensning": frame.avgrensning,
            "populasjon": {
                "antall": frame.antall,
                "belop": frame.sum_ore / _ORE,
                "debet": self.debet_ore / _ORE,
                "kredit": self.kredit_ore / _ORE,
            },
            "utenfor": [{"hva": one.hva, "antall": one.antall, "sum": one.sum_ore / _ORE} for one in self.utenfor],
            "strata": [
                {
                    "stratum": one.navn,
                    "minst": one.minst_ore / _ORE,
                    "storst": one.storst_ore / _ORE,
                    "antall": one.antall,
                    "belop": one.sum_ore / _ORE,
                    "trukket": one.trukket,
                }
                for one in frame.strata
            ],
            "rader": [one.as_dict() for one in self.trekk],
            "merknader": list(self.merknader),
        }
