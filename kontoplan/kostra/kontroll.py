"""De to slagene kontroller: en som ser på hver post, og en som ser på summer. Begge er data."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import polars as pl

from kontoplan.kostra.funn import Funngruppe
from kontoplan.kostra.tegn import synlig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kontoplan.kostra.alvor import Alvorsregel
    from kontoplan.kostra.grunnlag import Grunnlag

Aarsak = dict[str, str]
Tall = Literal["I", "q"]


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

    def finn(self, kontoer: pl.DataFrame, grunnlag: Grunnlag) -> Iterator[Funngruppe]:
        """Funnene i postene."""


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
        rettelse: Hva en gjør, på samme måte; tom når det er det samme som på siden.
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

    def finn(self, kontoer: pl.DataFrame, grunnlag: Grunnlag) -> Iterator[Funngruppe]:
        """Funnene, samlet etter årsak i den rekkefølgen årsakene først forekommer."""
        vilkar = self.vilkar(grunnlag)
        if vilkar is None:
            return
        hits = kontoer.filter(vilkar)
        if hits.is_empty():
            return
        rows = hits.select(*self.aarsak, "linje", "belop", alvor=self.alvor.uttrykk(grunnlag.oppgave))
        rows = rows.explode("linje", "belop")
        if self.belop != "alle":
            rows = rows.filter(pl.col("belop") != 0 if self.belop == "ikke-null" else pl.col("belop") < 0)
        lovlige = tuple(self.lovlige(grunnlag))
        for row in samle(rows, (*self.aarsak, "alvor")):
            aarsak = {navn: row[navn] for navn in self.aarsak}
            yield Funngruppe(
                kontroll=self.nummer,
                emne=self.emne,
                alvor=row["alvor"],
                melding=skriv(self.melding, aarsak, grunnlag),
                rettelse=skriv(self.rettelse or self.side.rett, aarsak, grunnlag),
                linjer=tett(row["linje"], "I"),
                belop=tett(row["belop"], "q"),
                lovlige=lovlige,
            )


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


def samle(rows: pl.DataFrame, keys: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Postene samlet på ``keys``, hver gruppe med linjene stigende, og gruppene etter sin første linje."""
    grouped = rows.sort("linje").group_by(keys, maintain_order=True).agg("linje", "belop")
    for row in grouped.iter_slices(1):
        yield {name: row[name][0] for name in row.columns}


def tett(tall: pl.Series, slag: Tall) -> array[int]:
    """Tallene som en tett tabell; to millioner linjenumre tar da åtte megabyte og ikke åtti."""
    found = array(slag)
    found.frombytes(tall.cast(pl.UInt32 if slag == "I" else pl.Int64).to_numpy().tobytes())
    return found


def skriv(tekst: str | Callable[[Aarsak, Grunnlag], str], aarsak: Aarsak, grunnlag: Grunnlag) -> str:
    """Teksten med det som står i posten satt inn; usynlige tegn skrives som koden sin."""
    if not isinstance(tekst, str):
        return tekst(aarsak, grunnlag)
    oppgave = grunnlag.oppgave
    shown = {navn: synlig(verdi) for navn, verdi in aarsak.items()}
    return tekst.format(**shown, oppgave=oppgave)


def _nevnt(rows: pl.DataFrame) -> str:
    """Hvilke funksjoner og linjer en sum kommer fra."""
    parts = [
        f"funksjon {synlig(row['funksjon'])} (linje {', '.join(map(str, row['linje']))})"
        for row in samle(rows.select("funksjon", "linje", "belop").explode("linje", "belop"), ("funksjon",))
    ]
    return f"Postene: {', '.join(parts)}." if parts else ""
