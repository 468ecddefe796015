"""Kontrollene som ser på summer: hvilke poster som legges sammen, og hva summene må oppfylle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.kostra.funn import Funngruppe
from kontoplan.kostra.samling import samle, tett
from kontoplan.kostra.tegn import synlig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kontoplan.kostra.alvor import Alvorsregel
    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.kostra.kontroll import Side


@dataclass(frozen=True, slots=True)
class Krav:
    """Noe summene må oppfylle.

    Attributes:
        tekst: Kravet i ord.
        holder: Om det er oppfylt, gitt summene ved navn.
        margin: Hvor mye summene kan avvike, når kravet har en margin.
    """

    tekst: str
    holder: Callable[[Mapping[str, int]], bool]
    margin: int | None = None


def over(navn: str) -> Krav:
    """Summen må være større enn null."""
    return Krav(f"{navn} over 0", lambda s: s[navn] > 0)


def under(navn: str) -> Krav:
    """Summen må være mindre enn null."""
    return Krav(f"{navn} under 0", lambda s: s[navn] < 0)


def innenfor(margin: int) -> Krav:
    """Summene må til sammen være null, på ``margin`` tusen kroner nær."""
    return Krav(f"differansen mellom -{margin} og {margin}", lambda s: abs(sum(s.values())) <= margin, margin)


ULIK_NULL = Krav("summen ulik 0", lambda s: sum(s.values()) != 0)
NULL = Krav("summen lik 0", lambda s: sum(s.values()) == 0)


@dataclass(frozen=True, slots=True, eq=False)
class Sumkontroll:
    """Gir ett funn når summene av noen poster ikke oppfyller kravene.

    Attributes:
        nummer: Mottakets nummer.
        emne: Hva kontrollen gjelder.
        alvor: Hvor alvorlig et funn er.
        side: Forklaringen.
        gjelder: Postene som må finnes for at kontrollen skal si noe.
        summer: Summene ved navn: hvilke av postene som legges sammen.
        krav: Det som må gjelde; alle må være oppfylt.
        melding: Meldingen med summene, ``differanse`` og ``margin`` i klammer.
        nevn: Om linjene og funksjonene bak summen skal nevnes i meldingen.
    """

    nummer: str
    emne: str
    alvor: Alvorsregel
    side: Side
    gjelder: pl.Expr
    summer: Mapping[str, pl.Expr]
    krav: tuple[Krav, ...]
    melding: str
    nevn: bool = False

    def aktuell(self, _grunnlag: Grunnlag) -> pl.Expr:
        """Om det finnes poster kontrollen gjelder."""
        return self.gjelder.any()

    def finn(self, kontoer: pl.DataFrame, grunnlag: Grunnlag) -> Iterator[Funngruppe]:
        """Ett funn, eller ingen når kravene holder eller ingen poster er med."""
        utvalg = kontoer.filter(self.gjelder)
        if utvalg.is_empty():
            return
        summer = utvalg.select(**{navn: pl.col("sum").filter(hva).sum() for navn, hva in self.summer.items()}).row(
            0, named=True
        )
        brutt = [krav for krav in self.krav if not krav.holder(summer)]
        if not brutt:
            return
        med = utvalg.filter(pl.any_horizontal(self.summer.values()) & (pl.col("sum") != 0))
        linjer = med["linje"].explode().sort()
        margin = next((krav.margin for krav in self.krav if krav.margin is not None), 0)
        text = self.melding.format(**summer, differanse=sum(summer.values()), margin=margin)
        if len(self.krav) > 1:
            text += f" Det som ikke holder: {', '.join(krav.tekst for krav in brutt)}."
        yield Funngruppe(
            kontroll=self.nummer,
            emne=self.emne,
            alvor=utvalg.select(self.alvor.uttrykk(grunnlag.oppgave).first()).item(),
            melding=f"{text} {_nevnt(med)}".strip() if self.nevn else text,
            rettelse=self.side.rett,
            samlet=True,
            poster=tett(linjer, "I"),
        )


def _nevnt(rows: pl.DataFrame) -> str:
    """Hvilke funksjoner og linjer en sum kommer fra."""
    parts = [
        f"funksjon {synlig(samling.verdi['funksjon'])} (linje {', '.join(map(str, samling.linjer))})"
        for samling in samle(rows.select("funksjon", "linje", "belop").explode("linje", "belop"), ("funksjon",))
    ]
    return f"Postene: {', '.join(parts)}." if parts else ""
