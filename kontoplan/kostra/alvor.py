"""Hvor alvorlig et funn er. I kvartalene er mottaket mildere, og noen ganger teller postens eget kvartalsfelt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kostra.funn import Alvor
    from kontoplan.kostra.oppgave import Oppgave


@dataclass(frozen=True, slots=True)
class Alvorsregel:
    """En regel for alvorlighet.

    Attributes:
        tekst: Regelen i ord.
        uttrykk: Alvorligheten for hver konto, gitt oppgaven.
    """

    tekst: str
    uttrykk: Callable[[Oppgave], pl.Expr]


def _fast(alvor: Alvor) -> Alvorsregel:
    return Alvorsregel(alvor, lambda _: pl.lit(alvor))


def _etter_oppgave(tekst: str, mild: Callable[[Oppgave], bool], mildt: Alvor, strengt: Alvor) -> Alvorsregel:
    return Alvorsregel(tekst, lambda oppgave: pl.lit(mildt if mild(oppgave) else strengt))


def _etter_post(oppgave: Oppgave) -> pl.Expr:
    if oppgave.skjema == "0G":
        return pl.lit("ERROR")
    return _POSTENS_KVARTAL


_POSTENS_KVARTAL = pl.when(pl.col("kvartal").is_in(["1", "2", "3"])).then(pl.lit("WARNING")).otherwise(pl.lit("ERROR"))

FATAL: Final = _fast("FATAL")
ERROR: Final = _fast("ERROR")
WARNING: Final = _fast("WARNING")
INFO: Final = _fast("INFO")
KVARTAL_1_2: Final = _etter_oppgave(
    "ERROR; WARNING i kvartal 1 og 2", lambda o: o.kvartal in {"1", "2"}, "WARNING", "ERROR"
)
POSTENS_KVARTAL: Final = Alvorsregel(
    "ERROR; WARNING når posten selv har kvartal 1, 2 eller 3", lambda _: _POSTENS_KVARTAL
)
SEKTOR: Final = Alvorsregel(
    "ERROR; WARNING når posten selv har kvartal 1, 2 eller 3, men alltid ERROR på 0G", _etter_post
)
BARE_AARET: Final = _etter_oppgave(
    "ERROR i årsregnskapet, WARNING i kvartalene", lambda o: o.er_kvartal, "WARNING", "ERROR"
)
KVARTAL_3_4: Final = _etter_oppgave(
    "WARNING; ERROR i kvartal 3 og 4", lambda o: o.kvartal not in {"3", "4"}, "WARNING", "ERROR"
)
REGIONALE: Final = _etter_oppgave("ERROR på 0A, 0C, 0M og 0P, ellers INFO", lambda o: not o.regional, "INFO", "ERROR")
