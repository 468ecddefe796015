"""Kontrollene som ser på hver post: et uttrykk over kontoene, og ett funn for hver post som oppfyller det."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from kontoplan.kostra.funn import Funngruppe
from kontoplan.kostra.kontroll import skriv
from kontoplan.kostra.samling import samle
from kontoplan.kostra.tegn import synlig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kontoplan.kostra.alvor import Alvorsregel
    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.kostra.kontroll import Aarsak, Side


@dataclass(frozen=True, slots=True, eq=False)
class Postkontroll:
    """Gir ett funn for hver post som oppfyller et vilkår.

    Attributes:
        nummer: Mottakets nummer.
        emne: Hva kontrollen gjelder.
        alvor: Hvor alvorlig et funn er.
        side: Forklaringen.
        vilkar: Uttrykket over kontoene som gir utslag; ``None`` når kontrollen ikke gjelder oppgaven.
        aarsak: Kolonnene som sier hva som er galt; poster med samme verdier samles i én gruppe.
        melding: Meldingen, som tekst med årsakens kolonner i klammer, eller en funksjon.
        rettelse: Hva en gjør, på samme måte, men feltene er som de står; tom når det er det samme som på siden.
        lovlige: Hva som er lov i feltet, når det er det saken gjelder.
        belop: Hvilke beløp som teller: ``alle``, ``ikke-null`` eller ``negative``.
    """

    nummer: str
    emne: str
    alvor: Alvorsregel
    side: Side
    vilkar: Callable[[Grunnlag], pl.Expr | None]
    aarsak: tuple[str, ...]
    melding: str | Callable[[Aarsak, Grunnlag], str]
    rettelse: str | Callable[[Aarsak, Grunnlag], str] = ""
    lovlige: Callable[[Grunnlag], Sequence[str]] = lambda _: ()
    belop: Literal["alle", "ikke-null", "negative"] = "alle"

    def aktuell(self, grunnlag: Grunnlag) -> pl.Expr | None:
        """Om noen konto oppfyller vilkåret."""
        vilkar = self.vilkar(grunnlag)
        return None if vilkar is None else vilkar.any()

    def finn(self, kontoer: pl.DataFrame, grunnlag: Grunnlag) -> Iterator[Funngruppe]:
        """Funnene, samlet etter årsak i den rekkefølgen årsakene først forekommer."""
        vilkar = self.vilkar(grunnlag)
        if vilkar is None:
            return
        rows = kontoer.filter(vilkar).select(*self.aarsak, "linje", "belop", alvor=self.alvor.uttrykk(grunnlag.oppgave))
        rows = rows.explode("linje", "belop")
        if self.belop != "alle":
            rows = rows.filter(pl.col("belop") != 0 if self.belop == "ikke-null" else pl.col("belop") < 0)
        lovlige = tuple(self.lovlige(grunnlag))
        for samling in samle(rows, (*self.aarsak, "alvor")):
            aarsak = {navn: samling.verdi[navn] for navn in self.aarsak}
            synlige = {navn: synlig(verdi) for navn, verdi in aarsak.items()}
            yield Funngruppe(
                kontroll=self.nummer,
                emne=self.emne,
                alvor=samling.verdi["alvor"],
                melding=skriv(self.melding, synlige, grunnlag),
                rettelse=skriv(self.rettelse or self.side.rett, aarsak, grunnlag),
                linjer=samling.linjer,
                belop=samling.belop,
                lovlige=lovlige,
            )
