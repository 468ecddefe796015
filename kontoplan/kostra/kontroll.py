"""Det alle kontroller har felles: siden som forklarer dem, og hvordan meldinger skrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from kontoplan.kostra.alvor import Alvorsregel
    from kontoplan.kostra.funn import Funngruppe
    from kontoplan.kostra.grunnlag import Grunnlag

Aarsak = dict[str, str]
"""Kolonnene som sier hva som er galt med en post, og verdiene i dem."""


@dataclass(frozen=True, slots=True)
class Side:
    """Teksten på kontrollens egen side.

    Attributes:
        hva: Hva kontrollen ser etter.
        hvorfor: Hvorfor den finnes.
        formel: Hvordan den regner.
        gjelder: Hvem den gjelder.
        rett: Hvordan en retter det.
    """

    hva: str
    hvorfor: str
    formel: str
    gjelder: str
    rett: str


class Kontroll(Protocol):
    """Det alle kontroller har felles."""

    @property
    def nummer(self) -> str:
        """Mottakets nummer på kontrollen."""

    @property
    def emne(self) -> str:
        """Hva kontrollen gjelder."""

    @property
    def alvor(self) -> Alvorsregel:
        """Hvor alvorlig et funn er."""

    @property
    def side(self) -> Side:
        """Forklaringen."""

    def aktuell(self, grunnlag: Grunnlag) -> pl.Expr | None:
        """Et uttrykk som er sant når kontrollen kan ha funn; ``None`` når den ikke gjelder oppgaven."""

    def finn(self, kontoer: pl.DataFrame, grunnlag: Grunnlag) -> Iterator[Funngruppe]:
        """Funnene i postene."""


def skriv(tekst: str | Callable[[Aarsak, Grunnlag], str], aarsak: Aarsak, grunnlag: Grunnlag) -> str:
    """Teksten med årsaken og oppgaven satt inn."""
    if isinstance(tekst, str):
        return tekst.format(**aarsak, oppgave=grunnlag.oppgave)
    return tekst(aarsak, grunnlag)
