"""En hovedbok eller et bilag slik det er lest til uttrekket: kilden, summene, og radene som ikke kom med."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.ledger import pick
from kontoplan.ledger.hovedbok import KAN_VAERE_POSTERING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kontoplan.ledger.hovedbok import Hovedbok, Kilde, Lest
    from kontoplan.rapportering.saldo import Del


@dataclass(frozen=True, slots=True)
class Innlest:
    """En lest fil.

    Attributes:
        kilde: Filen, og hvordan den er lest.
        lest: Hva lesingen ga.
        avviste: Radene bak delene som er avvist, med grunnen; kolonnene er de ``ledger.pick`` gir.
        uleste: Radene som kan være posteringer, men ikke lot seg lese.
    """

    kilde: Kilde
    lest: Lest
    avviste: pl.DataFrame = field(default_factory=pl.DataFrame, compare=False)
    uleste: pl.DataFrame = field(default_factory=pl.DataFrame, compare=False)


def with_rows(
    bok: Hovedbok, lest: Lest, deler: Iterable[Del], koder: Sequence[str], say: Callable[[str], None]
) -> Innlest:
    """Hovedboken med radene bak det som er avvist; leser filen en gang til når det er noen.

    Args:
        bok: Den åpne hovedboken.
        lest: Hva summeringen ga.
        deler: Delene av den.
        koder: Kolonnene den er summert på.
        say: Kalles med en kort norsk setning når filen leses igjen.
    """
    reasons: dict[tuple[str | int | None, ...], dict[str, None]] = {}
    for part in deler:
        if part.sted != "avvist":
            continue
        saldo = part.saldo
        values = {"klasse": saldo.klasse or None, "konto": saldo.konto or None, "funksjon": saldo.funksjon or None, "ansvar": saldo.ansvar or None, "maaned": saldo.maaned}  # fmt: skip
        reasons.setdefault(tuple(values[name] for name in koder), {})[part.grunn] = None
    if not (reasons or any(each.grunn in KAN_VAERE_POSTERING for each in lest.uleste)):
        return Innlest(bok.kilde, lest)
    say(f"Finner radene som ikke kom med, i {bok.kilde.fil}")
    columns = list(zip(*reasons, strict=True)) or [() for _ in koder]
    types = {name: pl.Int16() if name == "maaned" else pl.String() for name in koder}
    keys = pl.DataFrame(dict(zip(koder, columns, strict=True)), schema=types).with_columns(
        pl.Series("grunn", [" og ".join(each) for each in reasons.values()], pl.String)
    )
    return Innlest(bok.kilde, lest, *pick(bok, keys))


def other_years(bok: Innlest, aar: int) -> str:
    """Årene posteringene er fra, når ingen av dem kan være fra ``aar``; ellers tom."""
    first, last = bok.lest.forste_dato, bok.lest.siste_dato
    if first is None or last is None or first.year <= aar <= last.year:
        return ""
    return " til ".join(dict.fromkeys((str(first.year), str(last.year))))
