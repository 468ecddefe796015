"""Kontrollene 113, 143 og 200–220, som bare gjelder kirkelige fellesråd (0F)."""

from __future__ import annotations

import polars as pl

from kontoplan.kostra.alvor import ERROR
from kontoplan.kostra.begreper import ART, BEVILGNING, DRIFT, FUNKSJON, TALL
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.postkontroll import Postkontroll
from kontoplan.kostra.sumkontroll import Sumkontroll, innenfor, under

_TJENESTE = TALL.is_between(41, 45)
_GJELDER = "0F"


def _par(nummer: str, hva: str, arter: tuple[str, str], side: Side, *, gjelder: pl.Expr = BEVILGNING) -> Sumkontroll:
    """To arter som skal oppheve hverandre på tjenestefunksjonene."""
    inn, ut = (ART.eq(art) for art in arter)
    return Sumkontroll(
        nummer=nummer,
        emne=hva,
        alvor=ERROR,
        gjelder=gjelder & _TJENESTE,
        summer={"inn": inn, "ut": ut},
        krav=(innenfor(30),),
        melding=f"{hva} går ikke i null: art {arter[0]} er {{inn}}, art {arter[1]} er {{ut}} og differansen {{differanse}}. Marginen er ±{{margin}}.",
        side=side,
    )


TILSKUDD = Sumkontroll(
    nummer="113",
    emne="Tilskudd fra kommunen",
    alvor=ERROR,
    gjelder=DRIFT,
    summer={"tilskudd": ART == "830"},
    krav=(under("tilskudd"),),
    melding="Tilskuddet fra kommunen mangler: summen av art 830 i drift er {tilskudd}, men skal være under 0.",
    side=Side(
        hva="Driftsregnskapet har tilskudd fra kommunen.",
        hvorfor="Kommunen plikter å dekke fellesrådets lovpålagte utgifter.",
        formel="summen av art 830 i drift er mindre enn 0",
        gjelder=_GJELDER,
        rett="Kontroller at kommunens tilskudd er ført på art 830, og at fortegnet er negativt.",
    ),
)
AVSKRIVNINGER = _par(
    "143",
    "Avskrivninger og motpost",
    ("590", "990"),
    Side(
        hva="Avskrivningene og motposten er like store.",
        hvorfor="Avskrivninger skal ikke påvirke resultatet; motposten nuller dem ut.",
        formel="summen av art 590 og art 990 på funksjon 041–045 i drift er mellom -30 og 30",
        gjelder=_GJELDER,
        rett="Finn avskrivningen som mangler motpost, eller motposten som mangler avskrivning. Kirken fører begge på samme funksjon.",
    ),
    gjelder=DRIFT,
)
FINANSIERING = Postkontroll(
    nummer="200",
    emne="Finansieringsfunksjonen 089",
    alvor=ERROR,
    vilkar=lambda g: (
        BEVILGNING
        & (FUNKSJON == "089")
        & ~pl.col("arttall").is_in(sorted(int(kode) for regel in g.regler("200") for kode in regel.krav_koder))
    ),
    aarsak=("art",),
    melding="Art {art} kan ikke brukes på funksjon 089, som bare er for finansiering.",
    lovlige=lambda g: sorted(kode for regel in g.regler("200") for kode in regel.krav_koder),
    side=Side(
        hva="På funksjon 089 står bare finansarter, kommunens tilskudd og årsavslutning.",
        hvorfor="Funksjonen er for finansiering; utgifter og inntekter hører til 041–045.",
        formel="funksjonen er 089, og arten er ikke en gyldig art i 500–580, 830 eller 900–980",
        gjelder=f"{_GJELDER}, uansett beløp",
        rett="Bytt art, eller flytt posten til funksjonen (041–045) den gjelder.",
    ),
)
INTERNT = _par(
    "210",
    "Internt kjøp og salg",
    ("380", "780"),
    Side(
        hva="Internt kjøp (380) og salg (780) er like store.",
        hvorfor="Fellesrådet kan ikke kjøpe noe av seg selv som det ikke også har solgt.",
        formel="summen av art 380 og art 780 på funksjon 041–045 er mellom -30 og 30",
        gjelder=_GJELDER,
        rett="Finn det interne kjøpet eller salget som mangler motpost.",
    ),
)
KALKULATORISK = _par(
    "215",
    "Kalkulatoriske utgifter og inntekter",
    ("390", "790"),
    Side(
        hva="Kalkulatoriske utgifter (390) og inntekter (790) ved kommunal tjenesteyting er like store.",
        hvorfor="De viser verdien av tjenester kommunen yter uten betaling, og skal ikke påvirke resultatet.",
        formel="summen av art 390 og art 790 på funksjon 041–045 er mellom -30 og 30",
        gjelder=_GJELDER,
        rett="Før den kalkulatoriske inntekten like stor som utgiften.",
    ),
)
INNSAMLET = _par(
    "220",
    "Overføring av innsamlede midler",
    ("465", "865"),
    Side(
        hva="Interne overføringer av innsamlede midler ut (465) og inn (865) er like store.",
        hvorfor="Midler som flyttes internt, er verken utgift eller inntekt samlet sett.",
        formel="summen av art 465 og art 865 på funksjon 041–045 er mellom -30 og 30",
        gjelder=_GJELDER,
        rett="Finn overføringen som bare er ført på den ene siden.",
    ),
)

KONTROLLER = (TILSKUDD, AVSKRIVNINGER, FINANSIERING, INTERNT, KALKULATORISK, INNSAMLET)
