"""En koblet arbeidsbok lest som oppslag: lokal kode til KOSTRA-svar, slik det står når alt er avgjort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kontoplan.avgjorelse import Svar
from kontoplan.errors import UserError
from kontoplan.headings import (
    AVGJORELSE,
    DIMENSJON,
    KONTOKLASSE,
    KOSTRA_KODE,
    LOKAL_KODE,
    LOKALT_NAVN,
    NOKKEL,
    SEKTOR,
    STATUS,
)
from kontoplan.kodeverk import Kodeverk
from kontoplan.nokkel import Nokkel, split_key
from kontoplan.readback.accounts import REQUIRED, STATUSES, is_linked
from kontoplan.readback.decisions import DIMENSIONS, Kilde, has_decisions, read_decisions
from kontoplan.readback.sheets import lines, open_book
from kontoplan.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kontoplan.readback.sheets import Bok, Linje
    from kontoplan.sak import Dimensjon, Regnskap

_OPTIONAL: Final = (SEKTOR, NOKKEL, AVGJORELSE, KONTOKLASSE)
_SETTLED: Final = frozenset({"sikker", "avgjort"})


@dataclass(frozen=True, slots=True)
class Plassering:
    """Hvor en lokal kode hører hjemme.

    Attributes:
        dimensjon: Hva koden er.
        lokal_kode: Koden slik den står.
        lokal_navn: Navnet slik det står.
        svar: Det som gjelder; ``None`` når et menneske må avgjøre det først.
        forslag: Programmets forslag når ``svar`` mangler; ``None`` når det ikke har noe.
        klasse: KOSTRA-kontoklassen; tom når den ikke er kjent.
        sted: Cellen i arbeidsboken, f.eks. ``Kobling!A12``.
    """

    dimensjon: Dimensjon
    lokal_kode: str
    lokal_navn: str
    svar: Svar | None
    forslag: Svar | None
    klasse: str
    sted: str


@dataclass(frozen=True, slots=True)
class Kart:
    """Hele koblingen.

    Attributes:
        fil: Arbeidsboken.
        aar: Året den gjelder; ``None`` når den ikke sier det.
        plasseringer: Dimensjon og lokal kode → plassering.
    """

    fil: str
    aar: int | None
    plasseringer: Mapping[tuple[Dimensjon, str], Plassering]

    def finn(self, dimensjon: Dimensjon, lokal_kode: str) -> Plassering | None:
        """Plasseringen av en lokal kode; nuller foran som regneark har tatt bort, gjør ingen forskjell."""
        return self.plasseringer.get((dimensjon, lokal_kode)) or self.plasseringer.get((dimensjon, _bare(lokal_kode)))


def _bare(kode: str) -> str:
    return f"0{kode.lstrip('0')}"


def read_mapping(path: Path, *, regnskap: Regnskap, aar: int) -> Kart:
    """Leser koblingen.

    Args:
        path: Arbeidsboken ``koble`` skrev, med avgjørelsene.
        regnskap: Regnskapet den skal gjelde.
        aar: Året den gjelder når den ikke sier det selv.

    Raises:
        UserError: filen er ikke en koblet kontoplan, gjelder et annet regnskap, en avgjørelse kan ikke leses, eller en lokal kode har ulike svar.
    """
    bok = open_book(path)
    if not is_linked(bok):
        raise UserError(
            f"{bok.fil} er ikke en koblet kontoplan; oppgi arbeidsboken fra «kontoplan koble» etter --kobling.",
            code="ikke-koblet",
        )
    said = bok.egenskaper
    if said.regnskap not in {None, regnskap}:
        raise UserError(
            f"{bok.fil} gjelder regnskapet {said.regnskap}, men skjemaet er for {regnskap}; oppgi en kobling av rett kontoplan.",
            code="ulikt-regnskap",
        )
    kodeverk = Kodeverk.for_aar(said.aar or aar, regnskap)
    decided = _decided(bok, Kilde(kodeverk, "", datetime.now().astimezone()))
    found: dict[tuple[Dimensjon, str], Plassering] = {}
    for line in lines(bok, REQUIRED, _OPTIONAL):
        dimension = DIMENSIONS.get(fold(line[DIMENSJON]))
        if dimension and line[LOKAL_KODE]:
            _add(found, _placed(line, dimension, decided, kodeverk), bok.fil)
    by_number: dict[tuple[Dimensjon, str], list[Plassering]] = {}
    for (dimension, kode), placed in found.items():
        by_number.setdefault((dimension, _bare(kode)), []).append(placed)
    bare = {key: same[0] for key, same in by_number.items() if len(same) == 1 and key not in found}
    return Kart(bok.fil, said.aar, found | bare)


def _decided(bok: Bok, kilde: Kilde) -> dict[Nokkel, Svar]:
    if not has_decisions(bok):
        return {}
    taken = read_decisions(bok, kilde)
    if taken.problemer:
        first = taken.problemer[0]
        raise UserError(
            f"{bok.fil}, {first.sted}: {first.melding} «kontoplan laer {bok.fil}» viser alle ({len(taken.problemer)}).",
            code="ugyldig-avgjorelse",
        )
    return {Nokkel(d.konto, d.sammenheng): d.svar for d in taken.avgjorelser}


def _placed(line: Linje, dimension: Dimensjon, decided: Mapping[Nokkel, Svar], kodeverk: Kodeverk) -> Plassering:
    key = split_key(line[NOKKEL])
    answer = decided.get(key) or decided.get(key._replace(sammenheng=""))
    status = STATUSES.get(fold(line[STATUS]))
    sector = line[SEKTOR] if dimension == "balanse" else ""
    proposed = Svar("kode", line[KOSTRA_KODE], sector) if line[KOSTRA_KODE] else None
    if answer is None and status == "internt":
        answer = Svar("rapporteres ikke", line[KOSTRA_KODE])
    elif answer is None and status in _SETTLED:
        answer = proposed
    elif answer and answer.utfall == "kode" and dimension == "balanse" and not answer.sektor:
        answer = Svar("kode", answer.kode, sector)
    klasse = kodeverk.kontoklasse("balanse") if dimension == "balanse" else line[KONTOKLASSE]
    return Plassering(dimension, line[LOKAL_KODE], line[LOKALT_NAVN], answer, proposed, klasse, line.sted(LOKAL_KODE))


def _add(found: dict[tuple[Dimensjon, str], Plassering], placed: Plassering, fil: str) -> None:
    """Samme lokale kode på flere rader må ha samme svar; en rad uten svar retter seg etter en som har det."""
    key = (placed.dimensjon, placed.lokal_kode)
    same = found.setdefault(key, placed)
    if same is placed:
        return
    if not same.klasse and placed.klasse:  # arket Til gjennomgang har ikke kontoklassen
        same = found[key] = replace(same, klasse=placed.klasse)
    if placed.svar is None:
        return
    if same.svar is None:
        found[key] = replace(placed, klasse=placed.klasse or same.klasse)
    elif str(same.svar) != str(placed.svar):
        raise UserError(
            f"{fil}: {placed.dimensjon} {placed.lokal_kode} har svaret «{same.svar}» i {same.sted} og «{placed.svar}» i {placed.sted}; avgjør den likt på begge radene.",
            code="ulike-svar",
        )
