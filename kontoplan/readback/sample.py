"""Et revidert utvalg lest tilbake: parametrene, strataene og radene, med kontroll av at ingenting er endret."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast, get_args

from kontoplan.chart.amounts import parse_amount
from kontoplan.errors import UserError
from kontoplan.headings import BELOP, BILAG, DOM, FUNN_ARK, KOMMENTAR, NOKKEL, RAD
from kontoplan.memory.funndom import DOMMER
from kontoplan.readback.sheets import has_table, lines, open_book
from kontoplan.readback.verdicts import WORDS
from kontoplan.text import fold
from kontoplan.text.personal import mask
from kontoplan.utvalg import skjema
from kontoplan.utvalg.evaluering import Vurdert
from kontoplan.utvalg.plan import Metode
from kontoplan.utvalg.utvalg import Ramme, Stratum, row_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kontoplan.readback.sheets import Bok, Linje

_ROWS: Final = (skjema.NR, RAD, BELOP, skjema.TREFF, skjema.STRATUM, DOM, skjema.REVIDERT)
_ALSO: Final = (BILAG, FUNN_ARK, KOMMENTAR, NOKKEL)
_STRATA: Final = (skjema.STRATUM, skjema.MINST, skjema.STORST, skjema.I_STRATUMET, skjema.KRONER, skjema.AV_STRATUMET)
_ORE: Final = 100
_SHOWN: Final = 5
_LONGEST: Final = 40  # tegn av en celle som vises i en feil
_EITHER: Final = re.compile(
    r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})+"
)  # «1.234» er et tall med tre desimaler, eller tusenskille


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
    frame = _frame(bok)
    found = list(lines(bok, _ROWS, _ALSO))
    numbered = _numbered(bok.fil, found, frame.utvalg)
    parts = {part.navn for part in frame.strata}
    return Utfylt(bok.fil, frame, tuple(_row(line, nr, frame.segl, parts) for nr, line in sorted(numbered.items())))


def _frame(bok: Bok) -> Ramme:
    """Rammen, når seglet stemmer."""
    said: dict[str, str] = {}
    for line in lines(bok, (skjema.PARAMETER, skjema.VERDI)):
        said.setdefault(line[skjema.PARAMETER], line[skjema.VERDI])
    values = _Verdier(bok.fil, said)
    kind = values.text(skjema.METODE)
    if kind not in get_args(Metode):
        raise values.fault(skjema.METODE)
    frame = Ramme(
        metode=cast("Metode", kind),
        konfidens=values.share(skjema.KONFIDENS),
        vesentlighet_ore=values.ore(skjema.VESENTLIGHET),
        forventet_ore=values.ore(skjema.FORVENTET),
        fro=values.whole(skjema.FRO),
        intervall_ore=values.ore(skjema.INTERVALL),
        start_ore=values.ore(skjema.START),
        antall=values.whole(skjema.ANTALL),
        sum_ore=values.ore(skjema.SUM),
        utvalg=values.whole(skjema.TRUKKET),
        hovedbok=values.text(skjema.HOVEDBOK),
        sha256=values.text(skjema.SHA256),
        aar=values.whole(skjema.AAR),
        avgrensning=said.get(skjema.AVGRENSNING, ""),
        strata=tuple(_strata(bok)),
    )
    if values.text(skjema.SEGL) != frame.segl:
        raise UserError(
            f"Tallene i arket «{skjema.OM_UTVALGET}» eller «{skjema.STRATA}» i {bok.fil} er endret etter at utvalget ble trukket; "
            "hent dem tilbake fra en kopi, eller trekk utvalget på nytt med samme frø. Vil du bruke en annen grense, oppgi --vesentlighet eller --konfidens.",
            code="evaluer-endret-parameter",
        )
    return frame


class _Verdier:
    """Parametrene i arbeidsboken; hver gir en feil med navnet når den mangler eller ikke kan leses."""

    def __init__(self, fil: str, said: Mapping[str, str]) -> None:
        self._fil, self._said = fil, said

    def fault(self, name: str) -> UserError:
        """Feilen for en parameter som mangler eller ikke kan leses."""
        what = f"er «{self._said[name]}» og kan ikke leses" if self._said.get(name) else "mangler"
        return UserError(
            f"Parameteren «{name}» i arket «{skjema.OM_UTVALGET}» i {self._fil} {what}; hent arket tilbake fra en kopi, eller trekk utvalget på nytt med samme frø.",
            code="evaluer-mangler-parameter",
        )

    def text(self, name: str) -> str:
        value = self._said.get(name, "")
        if not value:
            raise self.fault(name)
        return value

    def whole(self, name: str) -> int:
        text = self.text(name)
        if not text.isdecimal():
            raise self.fault(name)
        return int(text)

    def ore(self, name: str) -> int:
        ore = _ore(self.text(name))
        if ore is None:
            raise self.fault(name)
        return ore

    def share(self, name: str) -> float:
        try:
            return float(self.text(name))
        except ValueError:
            raise self.fault(name) from None


def _strata(bok: Bok) -> Iterator[Stratum]:
    for line in lines(bok, _STRATA):
        amounts = [_ore(line[name]) for name in (skjema.MINST, skjema.STORST, skjema.KRONER)]
        counts = [line[name] for name in (skjema.I_STRATUMET, skjema.AV_STRATUMET)]
        least, largest, total = amounts
        if least is None or largest is None or total is None or not all(text.isdecimal() for text in counts):
            raise UserError(
                f"{bok.fil}, {line.sted(skjema.STRATUM)}: stratumet «{line[skjema.STRATUM]}» kan ikke leses; hent arket tilbake fra en kopi.",
                code="evaluer-stratum",
            )
        yield Stratum(line[skjema.STRATUM], least, largest, int(counts[0]), total, int(counts[1]))


def _numbered(fil: str, found: Sequence[Linje], wanted: int) -> dict[int, Linje]:
    """Radene etter løpenummer, når alle er der én gang."""
    for line in found:
        if not line[skjema.NR].isdecimal():
            raise UserError(
                f"{fil}, {line.sted(skjema.NR)}: raden mangler løpenummeret i kolonnen {skjema.NR}; hent det tilbake, eller slett raden når den ikke hører til utvalget.",
                code="evaluer-uten-nummer",
            )
    numbers = [int(line[skjema.NR]) for line in found]
    twice = [nr for nr, times in Counter(numbers).items() if times > 1]
    if twice:
        places = ", ".join(line.sted(skjema.NR) for line in found if int(line[skjema.NR]) == twice[0])
        raise UserError(
            f"Nr {twice[0]} i {fil} står flere steder ({places}); behold én rad for hver, og ta bort kopier av arket.",
            code="evaluer-to-ganger",
        )
    missing = [nr for nr in range(1, wanted + 1) if nr not in set(numbers)]
    if missing:
        raise UserError(
            f"{_listed(missing, 'Nr')} mangler i utvalget i {fil}; alle {wanted} må være med, for ellers sier utvalget ikke noe om resten. Hent radene tilbake fra en kopi.",
            code="evaluer-mangler-rad",
        )
    return dict(zip(numbers, found, strict=True))


def _row(line: Linje, nr: int, segl: str, parts: set[str]) -> Vurdert:
    amount, row, hits, part = _ore(line[BELOP]), line[RAD], line[skjema.TREFF], line[skjema.STRATUM]
    numbers = row.isdecimal() and hits.isdecimal() and part in parts
    if (
        not numbers
        or not amount
        or line[NOKKEL] != row_key(segl, nr, (line[FUNN_ARK], int(row)), amount, int(hits), part)
    ):
        raise UserError(
            f"{line.fil}, {line.sted(skjema.NR)}: raden er endret etter at utvalget ble trukket ({BELOP}, {RAD}, {FUNN_ARK}, {skjema.TREFF}, {skjema.STRATUM} "
            f"eller den skjulte kolonnen {NOKKEL}); hent den tilbake fra en kopi.",
            code="evaluer-endret-rad",
        )
    return Vurdert(
        nr,
        line[FUNN_ARK],
        int(row),
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
    amount = _ore(text) if text else None
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


def _ore(text: str) -> int | None:
    """Beløpet i øre; ``None`` når teksten ikke er et beløp med høyst to desimaler, eller punktumet i den kan være begge deler."""
    number = None if _EITHER.fullmatch(text) else parse_amount(text)
    return int(number * _ORE) if number is not None and number * _ORE == int(number * _ORE) else None


def _listed(numbers: Sequence[int], name: str) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return f"{name} {shown}" + (f" og {len(numbers) - _SHOWN} til" if len(numbers) > _SHOWN else "")
