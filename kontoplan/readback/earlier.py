"""En tidligere koblet arbeidsbok lest som det den er: kontoene, kodene de fikk, og det som ble avgjort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

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
from kontoplan.readback.accounts import OPTIONAL, REQUIRED, STATUSES, is_linked, read_accounts
from kontoplan.readback.decisions import DIMENSIONS, Kilde, has_decisions, read_decisions
from kontoplan.readback.sheets import lines, open_book
from kontoplan.text import fold
from kontoplan.text.personal import mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kontoplan.readback.accounts import Identitet, Lestkonto
    from kontoplan.readback.sheets import Bok, Linje
    from kontoplan.sak import Dimensjon, Regnskap


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
    if not is_linked(bok):
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
    accounts = {konto.identitet: _account(konto) for konto in read_accounts(bok, decided)}
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
    for line in lines(bok, REQUIRED, OPTIONAL):
        key, dimension = split_key(line[NOKKEL]), DIMENSIONS.get(fold(line[DIMENSJON]))
        kept = STATUSES.get(fold(line[STATUS])) == "avgjort" and line[KOSTRA_KODE] and not line[AVGJORELSE]
        if kept and key.konto and dimension and key not in decided:
            decided.add(key)
            yield _as_decision(line, key, dimension, kilde)


def _as_decision(line: Linje, key: Nokkel, dimensjon: Dimensjon, kilde: Kilde) -> Avgjorelse:
    return Avgjorelse(
        konto=key.konto,
        sammenheng=key.sammenheng,
        dimensjon=dimensjon,
        lokal_kode=mask(line[LOKAL_KODE]),
        lokal_navn=mask(line[LOKALT_NAVN]),
        svar=Svar("kode", line[KOSTRA_KODE], line[SEKTOR] if dimensjon == "balanse" else ""),
        aar=kilde.kodeverk.aar,
        regnskap=kilde.kodeverk.regnskap,
        kommune=kilde.kommune,
        hvem="",
        naar=kilde.naar,
        kommentar="",
        fil=line.fil,
        ark=line.ark,
        rad=line.rad,
    )


def _account(konto: Lestkonto) -> Tidligkonto:
    answers = [rad.tekst for rad in konto.rader]
    found = (kode for rad in konto.rader for kode in rad.koder)
    return Tidligkonto(konto.dimensjon, konto.lokal_kode, konto.lokal_navn, frozenset(answers), frozenset(found))
