"""Det et funnslag gir: en ramme med ett treff per rad, og ordene om kommunens egen praksis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.tall import thousands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.funn import Alvor
    from kontoplan.revisjon.grunnlag import Grunnlag

LIKELY: Final = 0.5
"""Fra denne sannsynligheten er en føring mer sannsynlig feil enn rett."""
SKJEMA: Final[Mapping[str, pl.DataType]] = {
    "nr": pl.UInt32(),
    "p": pl.Float64(),
    "ny_klasse": pl.String(),
    "ny_funksjon": pl.String(),
    "ny_art": pl.String(),
    "melding": pl.String(),
    "kilde": pl.String(),
    "ore": pl.Int64(),
    "bidrag": pl.List(pl.Struct({"hva": pl.String, "vekt": pl.Float64})),
}
"""Kolonnene i et treff: raden (``Grunnlag.rader``), sannsynligheten, forslagene (tomme når det ikke er noe), setningen, kilden, beløpet
når det gjelder en sum (ellers null), og det sannsynligheten er satt sammen av (null når den er fast for slaget)."""


@dataclass(frozen=True, slots=True)
class Funnslag:
    """En ting revisjonen ser etter.

    Attributes:
        id: Id-en i rapporten, f.eks. ``R-GYLDIG``.
        alvor: Hvor alvorlig et sikkert funn er; et som ikke er mer sannsynlig enn ikke, er bare ``INFO``.
        navn: Kort navn.
        side: Hva som ses etter, og når det ikke er galt likevel.
        kilde: Hvor regelen står.
        finn: Gir treffene som en ramme med ``SKJEMA``.
        sum: Om treffene gjelder summer, og ikke føringen på raden.
        dobbelt: Om rettingen er at beløpet går ut, fordi det er ført to ganger.
    """

    id: str
    alvor: Alvor
    navn: str
    side: str
    kilde: str
    finn: Callable[[Grunnlag, Dommer], pl.DataFrame]
    sum: bool = False
    dobbelt: bool = False

    def alvor_ved(self, p: float) -> Alvor:
        """Alvoret for et funn med sannsynligheten ``p``: det som ikke er mer sannsynlig feil enn rett, er bare ``INFO``."""
        return self.alvor if p >= LIKELY else "INFO"


def hits(frame: pl.DataFrame, **columns: pl.Expr | str | float | None) -> pl.DataFrame:
    """Rammen med kolonnene i ``SKJEMA``; de som ikke er gitt, er tomme."""
    empty: dict[str, object] = {name: "" for name, kind in SKJEMA.items() if kind == pl.String()} | {
        "ore": None,
        "bidrag": None,
    }
    chosen = {**empty, "nr": pl.col("nr"), **columns}
    return frame.select(
        (value if isinstance(value, pl.Expr) else pl.lit(value)).cast(SKJEMA[name]).alias(name)
        for name, value in ((name, chosen[name]) for name in SKJEMA)
    )


def none() -> pl.DataFrame:
    """Ingen treff."""
    return pl.DataFrame(schema=dict(SKJEMA))


def listed_values(values: Sequence[str]) -> pl.Series:
    """Tekstene som en kolonne."""
    return pl.Series(values, dtype=pl.String)


def kroner(ore: int) -> str:
    r"""Beløpet i kroner slik folk leser det.

    >>> kroner(-123456789)
    '−1\xa0234\xa0568'
    """
    sign = "−" if ore < 0 else ""
    return sign + thousands(abs(ore) / 100)
