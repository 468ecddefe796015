"""Kombinasjonsreglene: hvilke funksjoner, arter og kontoklasser som ikke går sammen.

Reglene selv er data i ``rules/kodeverk/kombinasjoner.csv`` (SSBs kontroller 020–081, og 025, 050 og 200 for kirken).
Hver regel sier: når koden står i klassen, så er den forbudt, eller den går bare sammen med noen koder i den andre
dimensjonen, eller (``gjensidig``) de to gruppene går bare sammen med hverandre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from kontoplan.kodeverk.kode import Alvor, Brudd
from kontoplan.kodeverk.tabell import read

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk.kode import Klasse
    from kontoplan.kodeverk.tabell import Rad

Krav = Literal["forbudt", "bare", "gjensidig"]
_KOLONNER = (
    "kontroll",
    "skjema",
    "klasse",
    "dimensjon",
    "koder",
    "krav",
    "krav_dimensjon",
    "krav_koder",
    "alvor",
    "aar_fra",
    "aar_til",
    "melding",
    "merknad",
    "kilde",
    "sikkerhet",
)


@dataclass(frozen=True, slots=True)
class Regel:
    """Én kombinasjonsregel.

    Attributes:
        kontroll: SSBs kontrollnummer, f.eks. ``"020"``.
        skjema: Skjemaene regelen gjelder.
        klasse: ``drift``, ``investering`` eller ``begge``.
        dimensjon: Dimensjonen som utløser regelen (``funksjon`` eller ``art``).
        koder: Kodene som utløser den.
        krav: ``forbudt`` (kan ikke stå i klassen), ``bare`` (krever en av ``krav_koder``) eller ``gjensidig``.
        krav_koder: Kodene i den andre dimensjonen; tom ved ``forbudt``.
        alvor: ``feil`` (kan ikke sendes inn) eller ``ulogisk`` (mottaket spør).
        fra: Første regnskapsår regelen er kjent for.
        til: Siste regnskapsår; ``None`` når den fortsatt gjelder.
        melding: Setningen til brukeren, med ``{funksjon}`` og ``{art}`` der kodene skal stå.
        merknad: Unntak og historikk som ikke kan avgjøres av kodene alene.
        kilde: Hvor regelen står.
    """

    kontroll: str
    skjema: frozenset[str]
    klasse: str
    dimensjon: str
    koder: frozenset[str]
    krav: Krav
    krav_koder: frozenset[str]
    alvor: Alvor
    fra: int
    til: int | None
    melding: str
    merknad: str
    kilde: str

    def applies(self, klasse: Klasse | None) -> bool:
        """Om regelen gjelder i denne klassen; ukjent klasse gir bare regler som gjelder begge."""
        return klasse != "balanse" and self.klasse in {"begge", klasse}

    def broken(self, funksjon: str | None, art: str | None) -> bool:
        """Om paret bryter regelen; en dimensjon som ikke er oppgitt, kan ikke bryte noe."""
        own, other = (funksjon, art) if self.dimensjon == "funksjon" else (art, funksjon)
        if own is None:
            return False
        if self.krav == "forbudt":
            return own in self.koder
        if other is None:
            return False
        if self.krav == "gjensidig":
            return (own in self.koder) != (other in self.krav_koder)
        return own in self.koder and other not in self.krav_koder

    def text(self, funksjon: str | None, art: str | None) -> str:
        """Meldingen med kodene satt inn."""
        return self.melding.format(funksjon=funksjon or "–", art=art or "–")

    def brudd(self, funksjon: str | None, art: str | None) -> Brudd:
        """Bruddet slik brukeren får se det."""
        return Brudd(self.kontroll, self.alvor, self.text(funksjon, art))


def load_regler(path: Path) -> tuple[Regel, ...]:
    """Reglene i filen, i rekkefølge.

    Raises:
        UserError: filen har feil, med fil, linje og kolonne.
    """
    return tuple(_regel(row) for row in read(path, _KOLONNER))


def _regel(row: Rad) -> Regel:
    krav = row.valg("krav", ("forbudt", "bare", "gjensidig"))
    dimensjon = row.valg("dimensjon", ("funksjon", "art"))
    other = "" if krav == "forbudt" else {"funksjon": "art", "art": "funksjon"}[dimensjon]
    row.valg("krav_dimensjon", (other,))
    if other:
        row.tekst("krav_koder")
    fra, til = row.periode()
    melding = row.tekst("melding")
    try:
        melding.format(funksjon="", art="")
    except (KeyError, IndexError, ValueError) as error:
        hva = "meldingen kan bare ha feltene {funksjon} og {art}."
        raise row.feil("melding", hva, code="kodeverk-melding") from error
    row.tekst("koder")
    return Regel(
        kontroll=row.tekst("kontroll"),
        skjema=frozenset(row.liste("skjema")),
        klasse=row.valg("klasse", ("drift", "investering", "begge")),
        dimensjon=dimensjon,
        koder=frozenset(row.liste("koder")),
        krav=cast("Krav", krav),
        krav_koder=frozenset(row.liste("krav_koder")),
        alvor=cast("Alvor", row.valg("alvor", ("feil", "ulogisk"))),
        fra=fra if fra is not None else 0,
        til=til,
        melding=melding,
        merknad=row.felt("merknad"),
        kilde=row.tekst("kilde"),
    )
