"""Kontrollene 145–165: avskrivningene og motposten."""

from __future__ import annotations

import polars as pl

from kontoplan.kostra.alvor import ERROR, REGIONALE
from kontoplan.kostra.begreper import ART, BYDEL, DRIFT, FUNKSJON, TALL
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.kontroller.omfang import BEV
from kontoplan.kostra.sumkontroll import NULL, ULIK_NULL, Sumkontroll, innenfor

_TJENESTE = TALL.is_between(100, 799)

MOTPOST = Sumkontroll(
    nummer="145",
    emne="Motpost avskrivninger",
    alvor=REGIONALE,
    gjelder=DRIFT & ~BYDEL & (FUNKSJON == "860") & (ART == "990"),
    summer={"motpost": pl.lit(value=True)},
    krav=(ULIK_NULL,),
    melding="Motpost avskrivninger (funksjon 860, art 990) er {motpost}, men skal ikke være 0.",
    nevn=True,
    side=Side(
        hva="Motposten til avskrivningene er ført.",
        hvorfor="Avskrivningene skal nøytraliseres på funksjon 860, så de ikke påvirker resultatet.",
        formel="summen av funksjon 860 med art 990 i drift er ikke 0",
        gjelder=f"{BEV}. Kontrollen sier bare fra når det finnes poster som opphever hverandre; mangler de helt, er det 155 som sier fra",
        rett="Kontroller postene på funksjon 860 og art 990; motposten skal være negativ og like stor som avskrivningene.",
    ),
)
AVSKRIVNINGER = Sumkontroll(
    nummer="150",
    emne="Avskrivninger",
    alvor=REGIONALE,
    gjelder=DRIFT & ~BYDEL & _TJENESTE & (ART == "590"),
    summer={"avskrivninger": pl.lit(value=True)},
    krav=(ULIK_NULL,),
    melding="Avskrivningene på tjenestefunksjonene (funksjon 100–799, art 590) er {avskrivninger}, men skal ikke være 0.",
    nevn=True,
    side=Side(
        hva="Avskrivningene er ført på tjenestefunksjonene.",
        hvorfor="Avskrivningene viser hva bruken av anleggene koster hver tjeneste.",
        formel="summen av funksjon 100–799 med art 590 i drift er ikke 0",
        gjelder=f"{BEV}. Kontrollen sier bare fra når det finnes poster som opphever hverandre; mangler de helt, er det 155 som sier fra",
        rett="Kontroller avskrivningene på art 590; de skal være positive og stå på funksjonen som bruker anlegget.",
    ),
)
AVSKRIVNINGER_MOT_MOTPOST = Sumkontroll(
    nummer="155",
    emne="Avskrivninger mot motpost",
    alvor=ERROR,
    gjelder=DRIFT & ~BYDEL,
    summer={"avskrivninger": _TJENESTE & (ART == "590"), "motpost": (FUNKSJON == "860") & (ART == "990")},
    krav=(innenfor(30),),
    melding="Avskrivninger og motpost stemmer ikke: avskrivningene (funksjon 100–799, art 590) er {avskrivninger}, motposten (funksjon 860, art 990) er {motpost} og differansen {differanse}. Marginen er ±{margin}.",
    side=Side(
        hva="Avskrivningene og motposten er like store.",
        hvorfor="Avskrivninger skal ikke påvirke resultatet; motposten nuller dem ut.",
        formel="summen av funksjon 100–799 med art 590 og funksjon 860 med art 990 i drift er mellom -30 og 30",
        gjelder=BEV,
        rett="Finn avskrivningen som mangler motpost, eller motposten som mangler avskrivning. Avskrivninger på funksjon 800–899 og motpost på andre funksjoner enn 860 telles ikke med her.",
    ),
)
AVSKRIVNINGER_FEIL = Sumkontroll(
    nummer="160",
    emne="Avskrivninger på feil funksjon",
    alvor=ERROR,
    gjelder=DRIFT & ~BYDEL & TALL.is_between(800, 899) & (ART == "590"),
    summer={"avskrivninger": pl.lit(value=True)},
    krav=(NULL,),
    melding="Avskrivninger for {avskrivninger} er ført på finansielle funksjoner (800–899); de skal stå på tjenestefunksjonene.",
    nevn=True,
    side=Side(
        hva="Avskrivninger (590) står ikke på de finansielle funksjonene.",
        hvorfor="Avskrivningen hører til tjenesten som bruker anlegget.",
        formel="summen av funksjon 800–899 med art 590 i drift er 0",
        gjelder=BEV,
        rett="Flytt avskrivningene til funksjonen som bruker anlegget.",
    ),
)
MOTPOST_FEIL = Sumkontroll(
    nummer="165",
    emne="Motpost avskrivninger på feil funksjon",
    alvor=ERROR,
    gjelder=DRIFT & ~BYDEL & (FUNKSJON != "860") & (ART == "990"),
    summer={"motpost": pl.lit(value=True)},
    krav=(NULL,),
    melding="Motpost avskrivninger for {motpost} er ført på andre funksjoner enn 860.",
    nevn=True,
    side=Side(
        hva="Motpost avskrivninger (990) står bare på funksjon 860.",
        hvorfor="Motposten skal nulle ut avskrivningene samlet, ikke på hver tjeneste.",
        formel="summen av art 990 på andre funksjoner enn 860 i drift er 0",
        gjelder=BEV,
        rett="Flytt motposten til funksjon 860.",
    ),
)

KONTROLLER = (
    MOTPOST,
    AVSKRIVNINGER,
    AVSKRIVNINGER_MOT_MOTPOST,
    AVSKRIVNINGER_FEIL,
    MOTPOST_FEIL,
)
