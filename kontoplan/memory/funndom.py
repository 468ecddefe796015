"""Revisorens dom over et funn, og kjennetegnene den kan kjennes igjen på uten at noen tekst eller noe navn lagres."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from kontoplan.avgjorelse import Origin
from kontoplan.nokkel import digest
from kontoplan.text import fold
from kontoplan.text.personal import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

Dom = Literal["feil", "ikke feil"]
DOMMER: Final[dict[Dom, str]] = {"feil": "Feil", "ikke feil": "Ikke feil"}
"""Dommene slik de står i arbeidsboken."""
_FINDING: Final = 16
_TRACE: Final = 4
"""Så mange tegn av avtrykket lagres, 20 bit: nok til å kjenne igjen noe på samme konto, for lite til å finne tilbake til teksten."""
_LONGEST: Final = 400  # tegn av hver del som er med i et funns nøkkel
_CODE: Final = re.compile(r"(?=.*\d)[0-9A-Za-z._-]{1,20}")
_SEPARATOR: Final = "/"
_PARTS: Final = 5  # delene i ``tail``


@dataclass(frozen=True, slots=True)
class Kjennetegn:
    """Det en dom gjelder.

    Attributes:
        slag: Funnslaget.
        klasse: Kontoklassen (nummeret).
        funksjon: KOSTRA-funksjonen; tom når den ikke er kjent.
        art: KOSTRA-arten.
        konto: Kontoen hos kommunen.
        ansvar: Ansvaret hos kommunen; et som ikke ser ut som en kode, er bare et avtrykk.
        kjerne: Avtrykket av det teksten handler om; tomt når den ikke sier noe.
        leverandor: Avtrykket av leverandøren; tomt når den mangler.
    """

    slag: str
    klasse: str
    funksjon: str
    art: str
    konto: str
    ansvar: str
    kjerne: str
    leverandor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Funndom(Origin):
    """En dom.

    Attributes:
        funn: Nøkkelen til funnet (``Funnrad.id``); den samme når samme hovedbok revideres igjen.
        kjennetegn: Det den kan kjennes igjen på i en annen hovedbok.
        dom: Om funnet var en feil.
    """

    funn: str
    kjennetegn: Kjennetegn
    dom: Dom


@lru_cache(maxsize=65_536)
def trace(text: str) -> str:
    """Avtrykket av en tekst: fire tegn som mange tekster deler; tomt for tom tekst."""
    plain = _plain(text)
    return digest(_TRACE, plain) if plain else ""


def code(text: str) -> str:
    """Nummeret slik det kan lagres: det som ikke ser ut som en kode, kan være et navn, og blir et avtrykk."""
    clean = text.strip()
    if not clean or (_CODE.fullmatch(clean) and mask(clean) == clean):
        return clean
    short = trace(clean)
    return f"#{short}" if short else ""


def tail(klasse: str, funksjon: str, art: str, kjerne: str, leverandor: str) -> str:
    """Delen av nøkkelcellen som ikke kan leses av de andre cellene: kodene og avtrykkene."""
    return _SEPARATOR.join((klasse, funksjon, art, trace(kjerne), trace(leverandor)))


def tail_of(cell: str) -> str:
    """Halen i en nøkkelcelle; tom når cellen ikke er en slik nøkkel."""
    _, _, rest = cell.strip().partition(_SEPARATOR)
    return rest if rest.count(_SEPARATOR) == _PARTS - 1 else ""


@dataclass(frozen=True, slots=True)
class Funnrad:
    """Det som står på raden til et funn i arbeidsboken, og halen i nøkkelcellen; alt som tekst."""

    slag: str
    ark: str
    rad: str
    bilag: str
    belop: str
    konto: str
    ansvar: str
    tekst: str
    leverandor: str
    hale: str

    @property
    def nokkel(self) -> str:
        """Det som står i nøkkelcellen: 16 tegn som må passe med raden, og halen. Lagres aldri i minnet."""
        check = digest(_FINDING, *self._place, _plain(self.tekst), _plain(self.leverandor), self.hale)
        return f"{check}{_SEPARATOR}{self.hale}"

    @property
    def id(self) -> str:
        """Nøkkelen til funnet i minnet: 16 tegn, uten teksten og leverandøren, så de ikke kan prøves mot den."""
        return digest(_FINDING, *self._place, self.hale)

    @property
    def _place(self) -> Iterator[str]:
        """Hvilken postering det er, uten det som kan være om noen."""
        place = (self.slag, self.ark, self.rad, self.bilag, ore_text(self.belop), self.konto, self.ansvar)
        return map(_plain, place)

    @property
    def kjennetegn(self) -> Kjennetegn:
        """Det funnet kan kjennes igjen på i en annen hovedbok."""
        klasse, funksjon, art, kjerne, leverandor = self.hale.split(_SEPARATOR)
        return Kjennetegn(self.slag, klasse, funksjon, art, code(self.konto), code(self.ansvar), kjerne, leverandor)


def ore_text(kroner: str) -> str:
    """Beløpet i hele øre som tekst, uansett hvordan regnearket skrev det; det som ikke er et tall, som det står."""
    try:
        return str(round(float("".join(kroner.split()).replace(",", ".")) * 100))
    except (ValueError, OverflowError):
        return kroner


def _plain(text: str) -> str:
    """Bare bokstaver og sifre, så mellomrom, tegn regnearket ikke tar, og kutting ikke betyr noe."""
    return "".join(letter for letter in fold(text) if letter.isalnum())[:_LONGEST]
