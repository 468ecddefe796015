"""Kontoene i en koblet arbeidsbok: hva hver rad fikk, og hva mennesker har avgjort om den."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kontoplan.headings import (
    AVGJORELSE,
    DIMENSJON,
    HVA_MA_AVGJORES,
    KONTEKST,
    KOSTRA_KODE,
    LOKAL_KODE,
    LOKALT_NAVN,
    NOKKEL,
    SEKTOR,
    STATUS,
)
from kontoplan.nokkel import Nokkel, split_key
from kontoplan.readback.decisions import DIMENSIONS
from kontoplan.readback.sheets import has_table, lines
from kontoplan.status import STATUSER
from kontoplan.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.readback.sheets import Bok, Linje
    from kontoplan.sak import Dimensjon, Status

REQUIRED: Final = (DIMENSJON, LOKAL_KODE, LOKALT_NAVN, KOSTRA_KODE, STATUS)
"""Overskriftene en tabell med koblede kontoer har."""
OPTIONAL: Final = (SEKTOR, NOKKEL, AVGJORELSE, KONTEKST, HVA_MA_AVGJORES)
STATUSES: Final[dict[str, Status]] = {fold(word.merke): word.status for word in STATUSER.values()}
"""Statusene slik arbeidsboken skriver dem, foldet."""
UNSETTLED: Final = "ikke avklart"

Identitet = tuple["Dimensjon", str, str]
"""Det som er likt for samme konto i to filer: dimensjon, nummer og navn, de to siste slik ``fold`` gir dem."""


@dataclass(frozen=True, slots=True)
class Lestrad:
    """En rad om en konto.

    Attributes:
        status: Statusen programmet ga; ``None`` når cellen ikke er en av statusene.
        kode: KOSTRA-koden programmet satte; tom når det ikke satte noen.
        sektor: Sektoren, for balansekontoer.
        kontekst: Det som sto rundt kontoen, f.eks. ``Ansvar: 200 Plan``.
        sporsmal: Hva som må avgjøres; tom når arket ikke sier det.
        avgjorelse: Det et menneske har avgjort i arbeidsboken; går foran alt det andre.
    """

    status: Status | None
    kode: str
    sektor: str
    kontekst: str
    sporsmal: str
    avgjorelse: Avgjorelse | None

    @property
    def tekst(self) -> str:
        """Svaret slik det leses, f.eks. ``115``, ``10/320``, ``rapporteres ikke`` eller ``ikke avklart``."""
        if self.avgjorelse:
            answer = self.avgjorelse.svar
            keep = answer.utfall == "kode" and not answer.sektor  # bare kapittelet er avgjort; sektoren er som før
            return str(replace(answer, sektor=self.sektor) if keep else answer)
        if self.kode:
            return f"{self.kode}/{self.sektor}" if self.sektor else self.kode
        return plain_status(self.status)

    @property
    def koder(self) -> tuple[str, ...]:
        """KOSTRA-kodene svaret peker på."""
        return self.avgjorelse.svar.koder if self.avgjorelse else (self.kode,) if self.kode else ()


@dataclass(frozen=True, slots=True)
class Lestkonto:
    """En konto med radene den står på; nummer og navn slik de står på den første."""

    dimensjon: Dimensjon
    lokal_kode: str
    lokal_navn: str
    rader: tuple[Lestrad, ...]

    @property
    def identitet(self) -> Identitet:
        """Det kontoen kjennes igjen på."""
        return identity(self.dimensjon, self.lokal_kode, self.lokal_navn)


def identity(dimensjon: Dimensjon, lokal_kode: str, lokal_navn: str) -> Identitet:
    """Kontoen slik den sammenlignes fra år til år."""
    return dimensjon, fold(lokal_kode), fold(lokal_navn)


def is_linked(bok: Bok) -> bool:
    """Om arbeidsboken har en tabell slik ``koble`` skriver den."""
    return has_table(bok, REQUIRED)


def read_accounts(bok: Bok, decided: Iterable[Avgjorelse]) -> tuple[Lestkonto, ...]:
    """Kontoene i arbeidsboken i lest rekkefølge, hver av dem én gang.

    En avgjørelse for raden går foran en for kontoen, og begge foran forslaget. Rader som ikke har en kjent dimensjon,
    eller verken nummer eller navn, er ikke kontoer.
    """
    answers = {Nokkel(d.konto, d.sammenheng): d for d in decided}
    found: dict[Identitet, list[Lestrad]] = defaultdict(list)
    shown: dict[Identitet, tuple[str, str]] = {}
    for line in lines(bok, REQUIRED, OPTIONAL):
        dimension = DIMENSIONS.get(fold(line[DIMENSJON]))
        if dimension and (line[LOKAL_KODE] or line[LOKALT_NAVN]):
            who = identity(dimension, line[LOKAL_KODE], line[LOKALT_NAVN])
            found[who].append(_row(line, dimension, answers))
            shown.setdefault(who, (line[LOKAL_KODE], line[LOKALT_NAVN]))
    return tuple(Lestkonto(who[0], *shown[who], tuple(rows)) for who, rows in found.items())


def _row(line: Linje, dimension: Dimensjon, answers: Mapping[Nokkel, Avgjorelse]) -> Lestrad:
    key = split_key(line[NOKKEL])
    return Lestrad(
        STATUSES.get(fold(line[STATUS])),
        line[KOSTRA_KODE],
        line[SEKTOR] if dimension == "balanse" else "",
        line[KONTEKST],
        line[HVA_MA_AVGJORES],
        answers.get(key) or answers.get(key._replace(sammenheng="")),
    )


def plain_status(status: Status | None) -> str:
    """Det som står i stedet for en kode når kontoen ikke har en."""
    return {"internt": "rapporteres ikke", "fordeles": "fordeles"}.get(status or "", UNSETTLED)


def unread_rows(bok: Bok) -> tuple[str, ...]:
    """Cellene der en rad skulle hatt en dimensjon, f.eks. ``Kobling!C12``; radene er ikke lest som kontoer.

    En rad med bare én utfylt celle er en setning til leseren, ikke en konto.
    """
    found = (line for line in lines(bok, REQUIRED) if fold(line[DIMENSJON]) not in DIMENSIONS)
    return tuple(line.sted(DIMENSJON) for line in found if sum(bool(line[name]) for name in REQUIRED) > 1)
