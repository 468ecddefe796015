"""Et revidert utvalg lest tilbake: radene, med kontroll av at ingen mangler eller er endret."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, islice
from typing import TYPE_CHECKING, Final

from kontoplan.errors import UserError
from kontoplan.headings import BELOP, BILAG, DOM, FUNN_ARK, KOMMENTAR, NOKKEL, RAD
from kontoplan.memory.funndom import DOMMER
from kontoplan.readback.sample_frame import ore, read_frame, whole
from kontoplan.readback.sheets import has_table, lines, open_book
from kontoplan.readback.verdicts import WORDS
from kontoplan.text import fold
from kontoplan.text.personal import mask
from kontoplan.utvalg import skjema
from kontoplan.utvalg.evaluering import Vurdert
from kontoplan.utvalg.utvalg import row_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kontoplan.readback.sheets import Linje
    from kontoplan.utvalg.utvalg import Ramme

_ROWS: Final = (skjema.NR, RAD, BELOP, skjema.TREFF, skjema.STRATUM, DOM, skjema.REVIDERT)
_ALSO: Final = (BILAG, FUNN_ARK, KOMMENTAR, NOKKEL)
_SHOWN: Final = 5
_LONGEST: Final = 40  # tegn av en celle som vises i en feil


@dataclass(frozen=True, slots=True)
class Utfylt:
    """En utvalgsarbeidsbok slik revisor har fylt den ut.

    Attributes:
        fil: Arbeidsboken.
        ramme: Planen og populasjonen i tall.
        rader: Radene etter løpenummer.
    """

    fil: str
    ramme: Ramme
    rader: tuple[Vurdert, ...]


def read_sample(path: Path) -> Utfylt:
    """Leser arbeidsboken, uansett rekkefølge på ark, rader og kolonner.

    Raises:
        UserError: filen kan ikke leses eller har ikke noe utvalg; parametre eller rader mangler eller er endret; eller et svar kan ikke leses
            eller sier mot seg selv.
    """
    bok = open_book(path)
    if not has_table(bok, _ROWS):
        raise UserError(
            f"{bok.fil} har ikke noe utvalg; oppgi arbeidsboken fra «kontoplan revider HOVEDBOK --utvalg … -o {bok.fil}», med overskriftene slik de var.",
            code="evaluer-uten-utvalg",
        )
    frame = read_frame(bok)
    found = list(lines(bok, _ROWS, _ALSO))
    numbered = _numbered(bok.fil, found, frame.utvalg)
    parts = {part.navn for part in frame.strata}
    return Utfylt(bok.fil, frame, tuple(_row(line, nr, frame.segl, parts) for nr, line in sorted(numbered.items())))


def _numbered(fil: str, found: Sequence[Linje], wanted: int) -> dict[int, Linje]:
    """Radene etter løpenummer, når alle er der én gang."""
    numbers: dict[int, Linje] = {}
    for line in found:
        nr = whole(line[skjema.NR])
        if nr is None:
            raise UserError(
                f"{fil}, {line.sted(skjema.NR)}: raden mangler løpenummeret i kolonnen {skjema.NR}; hent det tilbake, eller slett raden når den ikke hører til utvalget.",
                code="evaluer-uten-nummer",
            )
        if nr in numbers:
            raise UserError(
                f"Nr {nr} i {fil} står flere steder ({numbers[nr].sted(skjema.NR)}, {line.sted(skjema.NR)}); behold én rad for hver, og ta bort kopier av arket.",
                code="evaluer-to-ganger",
            )
        numbers[nr] = line
    gone = wanted - sum(1 <= nr <= wanted for nr in numbers)
    if gone:
        shown = ", ".join(str(nr) for nr in islice((nr for nr in count(1) if nr not in numbers), min(gone, _SHOWN)))
        more = f" og {gone - _SHOWN} til" if gone > _SHOWN else ""
        raise UserError(
            f"Nr {shown}{more} mangler i utvalget i {fil}; alle {wanted} må være med, for ellers sier utvalget ikke noe om resten. Hent radene tilbake fra en kopi.",
            code="evaluer-mangler-rad",
        )
    return numbers


def _row(line: Linje, nr: int, segl: str, parts: set[str]) -> Vurdert:
    amount, row, hits, part = (
        ore(line[BELOP]) or 0,
        whole(line[RAD]) or 0,
        whole(line[skjema.TREFF]) or 0,
        line[skjema.STRATUM],
    )
    key = row_key(segl, nr, (line[FUNN_ARK], row), amount, hits, part)
    if not (amount and row and hits and part in parts) or line[NOKKEL] != key:
        raise UserError(
            f"{line.fil}, {line.sted(skjema.NR)}: raden er endret etter at utvalget ble trukket ({BELOP}, {RAD}, {FUNN_ARK}, {skjema.TREFF}, {skjema.STRATUM} "
            f"eller den skjulte kolonnen {NOKKEL}); hent den tilbake fra en kopi.",
            code="evaluer-endret-rad",
        )
    return Vurdert(
        nr,
        line[FUNN_ARK],
        row,
        line[BILAG],
        amount,
        part,
        _audited(line, amount),
        mask(line[KOMMENTAR]),
        line.sted(DOM),
    )


def _audited(line: Linje, booked: int) -> int | None:
    """Det rette beløpet; ``None`` når raden ikke er vurdert."""
    text = line[skjema.REVIDERT]
    amount = ore(text) if text else None
    if text and amount is None:
        shown = mask(text)[:_LONGEST]
        told = f"«{shown}» er ikke et beløp med høyst to desimaler; skriv bare tall, uten punktum mellom tusenene."
        raise _odd(line, skjema.REVIDERT, told)
    if not line[DOM]:
        return amount
    verdict = WORDS.get(fold(line[DOM]))
    if verdict is None:
        told = f"«{mask(line[DOM])[:_LONGEST]}» er ikke en dom; velg «{skjema.IKKE_FEIL}» eller «{skjema.FEIL}»."
        raise _odd(line, DOM, told)
    if verdict == "ikke feil" and amount is None:
        return booked
    if verdict == "feil" and amount is None:
        told = "men det rette beløpet mangler; skriv det, og 0 når ingenting hører hjemme på kontoen."
    elif verdict == "feil" and amount == booked:
        told = "men det rette beløpet er likt det bokførte; rett det ene."
    elif verdict == "ikke feil" and amount != booked:
        told = "men det rette beløpet er et annet enn det bokførte; rett det ene."
    else:
        return amount
    raise _odd(line, skjema.REVIDERT, f"raden er «{DOMMER[verdict]}», {told}")


def _odd(line: Linje, column: str, why: str) -> UserError:
    return UserError(f"{line.fil}, {line.sted(column)} (nr {line[skjema.NR]}): {why}", code="evaluer-svar")
