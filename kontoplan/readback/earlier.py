"""En tidligere koblet arbeidsbok lest som det den er: kontoene, kodene de fikk, og det som ble avgjort."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kontoplan.avgjorelse import Avgjorelse, Svar
from kontoplan.errors import UserError
from kontoplan.headings import (
    AVGJORELSE,
    DIMENSJON,
    KOSTRA_KODE,
    LOKAL_KODE,
    LOKALT_NAVN,
    NOKKEL,
    SEKTOR,
    STATUS,
)
from kontoplan.kodeverk import Kodeverk
from kontoplan.nokkel import Nokkel, split_key
from kontoplan.readback.decisions import DIMENSIONS, Kilde, has_decisions, read_decisions
from kontoplan.readback.sheets import has_table, lines, open_book
from kontoplan.status import STATUSER
from kontoplan.text import fold
from kontoplan.text.personal import mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kontoplan.readback.sheets import Bok, Linje
    from kontoplan.sak import Dimensjon, Regnskap, Status

_REQUIRED: Final = (DIMENSJON, LOKAL_KODE, LOKALT_NAVN, KOSTRA_KODE, STATUS)
_OPTIONAL: Final = (SEKTOR, NOKKEL, AVGJORELSE)
_STATUSES: Final[dict[str, Status]] = {fold(word.merke): word.status for word in STATUSER.values()}
UNSETTLED: Final = "ikke avklart"

Identitet = tuple["Dimensjon", str, str]
"""Det som er likt for samme konto i to filer: dimensjon, nummer og navn, de to siste slik ``fold`` gir dem."""


@dataclass(frozen=True, slots=True)
class Tidligkonto:
    """En konto i den tidligere arbeidsboken, med kodene den fikk på radene sine."""

    dimensjon: Dimensjon
    lokal_kode: str
    lokal_navn: str
    svar: frozenset[str]
    koder: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tidligere:
    """En tidligere kobling.

    Attributes:
        fil: Arbeidsboken.
        aar: Året den gjelder; ``None`` når den ikke sier det.
        kontoer: Kontoene i den.
        avgjorelser: Det som ble avgjort i den, eller alt var avgjort da den ble skrevet.
        merknader: Det brukeren bør vite.
    """

    fil: str
    aar: int | None
    kontoer: dict[Identitet, Tidligkonto]
    avgjorelser: tuple[Avgjorelse, ...]
    merknader: tuple[str, ...]


def identity(dimensjon: Dimensjon, lokal_kode: str, lokal_navn: str) -> Identitet:
    """Kontoen slik den sammenlignes fra år til år."""
    return dimensjon, fold(lokal_kode), fold(lokal_navn)


def read_earlier(path: Path, *, regnskap: Regnskap, nyeste: int, kommune: str) -> Tidligere:
    """Leser en arbeidsbok fra ``koble``.

    Args:
        path: Arbeidsboken.
        regnskap: Regnskapet det sammenlignes med.
        nyeste: Året det sammenlignes med; en arbeidsbok som ikke sier sitt år, leses som fra året før.
        kommune: Kommunen avgjørelsene gjelder nå.

    Raises:
        UserError: filen kan ikke leses, er ikke en koblet kontoplan, eller gjelder et annet slags regnskap.
    """
    bok = open_book(path)
    if not has_table(bok, _REQUIRED):
        raise UserError(
            f"{bok.fil} er ikke en koblet kontoplan; oppgi en arbeidsbok som «kontoplan koble» har skrevet, etter --mot.",
            code="ikke-koblet",
        )
    said = bok.egenskaper
    if said.regnskap not in {None, regnskap}:
        raise UserError(
            f"{bok.fil} gjelder regnskapet {said.regnskap}, ikke {regnskap}; oppgi --regnskap {said.regnskap}, eller en annen arbeidsbok.",
            code="ulikt-regnskap",
        )
    kodeverk = Kodeverk.for_aar(said.aar or max(nyeste - 1, Kodeverk.alle_aar()[0]), regnskap)
    kilde = Kilde(kodeverk, kommune, datetime.fromtimestamp(path.stat().st_mtime).astimezone())
    decided, notes = _decided(bok, kilde)
    carried = tuple(_carried(bok, kilde, {Nokkel(d.konto, d.sammenheng) for d in decided}))
    accounts = _accounts(bok, {Nokkel(d.konto, d.sammenheng): d.svar for d in decided})
    return Tidligere(bok.fil, said.aar, accounts, (*carried, *decided), notes)


def _decided(bok: Bok, kilde: Kilde) -> tuple[Sequence[Avgjorelse], tuple[str, ...]]:
    if not has_decisions(bok):
        return (), ()
    taken = read_decisions(bok, kilde)
    if not taken.problemer:
        return taken.avgjorelser, ()
    number = len(taken.problemer)
    which = "Én avgjørelse" if number == 1 else f"{number} avgjørelser"
    note = f"{which} i {bok.fil} kan ikke brukes; «kontoplan laer {bok.fil}» sier hvorfor."
    return taken.avgjorelser, (note,)


def _carried(bok: Bok, kilde: Kilde, decided: set[Nokkel]) -> Iterator[Avgjorelse]:
    """Det som alt var avgjort da arbeidsboken ble skrevet, og som ingen har avgjort på nytt i den."""
    for line in lines(bok, _REQUIRED, _OPTIONAL):
        key, dimension = split_key(line[NOKKEL]), DIMENSIONS.get(fold(line[DIMENSJON]))
        kept = _STATUSES.get(fold(line[STATUS])) == "avgjort" and line[KOSTRA_KODE] and not line[AVGJORELSE]
        if kept and key.konto and dimension and key not in decided:
            decided.add(key)
            yield _as_decision(line, key, dimension, kilde)


def _as_decision(line: Linje, key: Nokkel, dimensjon: Dimensjon, kilde: Kilde) -> Avgjorelse:
    return Avgjorelse(
        key.konto, key.sammenheng, dimensjon, mask(line[LOKAL_KODE]), mask(line[LOKALT_NAVN]),
        Svar("kode", line[KOSTRA_KODE], line[SEKTOR] if dimensjon == "balanse" else ""),
        kilde.kodeverk.aar, kilde.kodeverk.regnskap, kilde.kommune, "", kilde.naar, "", line.fil, line.ark, line.rad,
    )  # fmt: skip


def _accounts(bok: Bok, decided: dict[Nokkel, Svar]) -> dict[Identitet, Tidligkonto]:
    """Kontoene med svarene de fikk; en avgjørelse for raden går foran en for kontoen, og begge foran forslaget."""
    answers: dict[Identitet, dict[str, tuple[str, ...]]] = defaultdict(dict)
    shown: dict[Identitet, Linje] = {}
    for line in lines(bok, _REQUIRED, _OPTIONAL):
        dimension = DIMENSIONS.get(fold(line[DIMENSJON]))
        if dimension is None or not (line[LOKAL_KODE] or line[LOKALT_NAVN]):
            continue
        who = identity(dimension, line[LOKAL_KODE], line[LOKALT_NAVN])
        key = split_key(line[NOKKEL])
        answer = decided.get(key) or decided.get(key._replace(sammenheng=""))
        text, codes = _answer(line, answer, dimension)
        answers[who][text] = codes
        shown.setdefault(who, line)
    return {
        who: Tidligkonto(
            who[0], shown[who][LOKAL_KODE], shown[who][LOKALT_NAVN],
            frozenset(found), frozenset(kode for codes in found.values() for kode in codes),
        )
        for who, found in answers.items()
    }  # fmt: skip


def _answer(line: Linje, decided: Svar | None, dimensjon: Dimensjon) -> tuple[str, tuple[str, ...]]:
    if decided:
        return str(decided), decided.koder
    if kode := line[KOSTRA_KODE]:
        return (f"{kode}/{line[SEKTOR]}" if dimensjon == "balanse" and line[SEKTOR] else kode), (kode,)
    return plain_status(_STATUSES.get(fold(line[STATUS]))), ()


def plain_status(status: Status | None) -> str:
    """Det som står i stedet for en kode når kontoen ikke har en."""
    return {"internt": "rapporteres ikke", "fordeles": "fordeles"}.get(status or "", UNSETTLED)
