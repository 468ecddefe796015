"""Parametrene og strataene i et utvalg, lest tilbake av arbeidsboken og kontrollert mot seglet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast, get_args

from kontoplan.chart.amounts import parse_amount
from kontoplan.errors import UserError
from kontoplan.readback.sheets import lines
from kontoplan.utvalg import skjema
from kontoplan.utvalg.plan import LEAST_CONFIDENCE, MOST_CONFIDENCE, Metode
from kontoplan.utvalg.utvalg import Ramme, Stratum

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kontoplan.readback.sheets import Bok

_STRATA: Final = (skjema.STRATUM, skjema.MINST, skjema.STORST, skjema.I_STRATUMET, skjema.KRONER, skjema.AV_STRATUMET)
_ORE: Final = 100
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_EITHER: Final = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})+")
"""«1.234» er et tall med tre desimaler, eller tusenskille."""


def read_frame(bok: Bok) -> Ramme:
    """Rammen i arbeidsboken.

    Raises:
        UserError: en parameter eller et stratum mangler eller kan ikke leses, eller seglet stemmer ikke.
    """
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
        vesentlighet_ore=values.amount(skjema.VESENTLIGHET),
        forventet_ore=values.amount(skjema.FORVENTET),
        fro=values.number(skjema.FRO),
        intervall_ore=values.amount(skjema.INTERVALL),
        start_ore=values.amount(skjema.START),
        antall=values.number(skjema.ANTALL),
        sum_ore=values.amount(skjema.SUM),
        utvalg=values.number(skjema.TRUKKET),
        hovedbok=values.text(skjema.HOVEDBOK),
        sha256=values.text(skjema.SHA256),
        aar=values.number(skjema.AAR),
        avgrensning=said.get(skjema.AVGRENSNING, ""),
        strata=tuple(_strata(bok)),
    )
    if values.text(skjema.SEGL) != frame.segl or not _possible(frame):
        raise UserError(
            f"Tallene i arket «{skjema.OM_UTVALGET}» eller «{skjema.STRATA}» i {bok.fil} er endret etter at utvalget ble trukket; "
            "hent dem tilbake fra en kopi, eller trekk utvalget på nytt med samme frø. Vil du bruke en annen grense, oppgi --vesentlighet eller --konfidens.",
            code="evaluer-endret-parameter",
        )
    return frame


def _possible(frame: Ramme) -> bool:
    """Om tallene kan høre sammen, også når noen har laget et nytt segl."""
    return (
        LEAST_CONFIDENCE <= frame.konfidens <= MOST_CONFIDENCE
        and min(frame.vesentlighet_ore, frame.intervall_ore, frame.utvalg) > 0
        and all(0 <= part.trukket <= part.antall and 0 < part.minst_ore <= part.storst_ore for part in frame.strata)
        and (frame.metode == "mus" or all(part.trukket for part in frame.strata))
        and len({part.navn for part in frame.strata}) == len(frame.strata)
        and sum(part.trukket for part in frame.strata) == frame.utvalg
    )


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

    def number(self, name: str) -> int:
        number = whole(self.text(name))
        if number is None:
            raise self.fault(name)
        return number

    def amount(self, name: str) -> int:
        found = ore(self.text(name))
        if found is None:
            raise self.fault(name)
        return found

    def share(self, name: str) -> float:
        try:
            return float(self.text(name))
        except ValueError:
            raise self.fault(name) from None


def _strata(bok: Bok) -> Iterator[Stratum]:
    for line in lines(bok, _STRATA):
        amounts = [ore(line[name]) for name in (skjema.MINST, skjema.STORST, skjema.KRONER)]
        size, drawn = (whole(line[name]) for name in (skjema.I_STRATUMET, skjema.AV_STRATUMET))
        least, largest, total = amounts
        if least is None or largest is None or total is None or size is None or drawn is None:
            raise UserError(
                f"{bok.fil}, {line.sted(skjema.STRATUM)}: stratumet «{line[skjema.STRATUM]}» kan ikke leses; hent arket tilbake fra en kopi.",
                code="evaluer-stratum",
            )
        yield Stratum(line[skjema.STRATUM], least, largest, size, total, drawn)


def ore(text: str) -> int | None:
    """Beløpet i øre; ``None`` når teksten ikke er et beløp med høyst to desimaler, eller punktumet i den kan være begge deler."""
    number = None if _EITHER.fullmatch(text) else parse_amount(text)
    return int(number * _ORE) if number is not None and number * _ORE == int(number * _ORE) else None


def whole(text: str) -> int | None:
    """Et helt tall fra 0; ``None`` når teksten ikke er det."""
    return int(text) if _NUMBER.fullmatch(text) else None
