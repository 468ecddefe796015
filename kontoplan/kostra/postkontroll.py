"""Kontrollene som ser på hver post: et uttrykk over kontoene, og ett funn for hver post som oppfyller det."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import polars as pl

from kontoplan.kostra.funn import Funngruppe
from kontoplan.kostra.kontroll import skriv
from kontoplan.kostra.samling import samle, tett
from kontoplan.kostra.tegn import synlig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kontoplan.kostra.alvor import Alvorsregel
    from kontoplan.kostra.funn import Alvor
    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.kostra.kontroll import Aarsak, Side

FLEST_AARSAKER: Final = 1_000
"""Så mange årsaker får hver sin gruppe; i en fil med flere er resten én gruppe, så to millioner årsaker ikke fyller minnet."""


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
        keys = (*self.aarsak, "alvor")
        rows, rest = _split(rows, keys)
        for samling in samle(rows, keys):
            melding, rettelse = self._tekst(samling.verdi, grunnlag)
            yield Funngruppe(
                kontroll=self.nummer,
                emne=self.emne,
                alvor=samling.verdi["alvor"],
                melding=melding,
                rettelse=rettelse,
                linjer=samling.linjer,
                belop=samling.belop,
                lovlige=lovlige,
            )
        for (alvor,), same in rest.group_by("alvor", maintain_order=True):
            yield self._rest(same, grunnlag, lovlige, alvor)

    def _tekst(self, verdier: dict[str, Any], grunnlag: Grunnlag) -> tuple[str, str]:
        """Meldingen og rettelsen for en årsak."""
        aarsak = {navn: verdier[navn] for navn in self.aarsak}
        synlige = {navn: synlig(verdi) for navn, verdi in aarsak.items()}
        return skriv(self.melding, synlige, grunnlag), skriv(self.rettelse or self.side.rett, aarsak, grunnlag)

    def _rest(self, rows: pl.DataFrame, grunnlag: Grunnlag, lovlige: tuple[str, ...], alvor: Alvor) -> Funngruppe:
        """Postene etter de første årsakene, som én gruppe; teksten til hver lages først når den vises."""
        values = rows.select(self.aarsak)
        example, _ = self._tekst(values.row(0, named=True), grunnlag)
        return Funngruppe(
            kontroll=self.nummer,
            emne=self.emne,
            alvor=alvor,
            melding=f"Det samme er galt på flere poster, hver med sin årsak. Den første av dem: {example}",
            rettelse=self.side.rett,
            linjer=tett(rows["linje"], "I"),
            belop=tett(rows["belop"], "q"),
            lovlige=lovlige,
            tekst=lambda at: self._tekst(values.row(at, named=True), grunnlag),
        )


def _split(rows: pl.DataFrame, keys: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Postene med de første årsakene, og resten i linjerekkefølge."""
    if rows.height <= FLEST_AARSAKER:
        return rows, rows.clear()
    causes = rows.group_by(keys).agg(pl.col("linje").min()).sort("linje").drop("linje")
    first, others = causes.head(FLEST_AARSAKER), causes.slice(FLEST_AARSAKER)
    if others.is_empty():
        return rows, rows.clear()
    of = (rows.join(each, on=keys, how="semi", nulls_equal=True) for each in (first, others))
    return next(of), next(of).sort("linje")
