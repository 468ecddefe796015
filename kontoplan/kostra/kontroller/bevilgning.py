"""Kontrollene 085–110 og 126–140: om bevilgningsregnskapet har det det skal ha, og går i null."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kontoplan.kostra.alvor import BARE_AARET, ERROR, WARNING
from kontoplan.kostra.begreper import (
    ART,
    BEVILGNING,
    BYDEL,
    DRIFT,
    FROYA,
    FUNKSJON,
    INNTEKT,
    INVESTERING,
    LONGYEARBYEN,
    REGIONAL,
    UTGIFT,
)
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.kontroller.omfang import IKKE_BYDEL
from kontoplan.kostra.sumkontroll import Sumkontroll, innenfor, over, under

_REGIONALE = f"0A, 0C, 0M og 0P, også i kvartalene. {IKKE_BYDEL}"
_BEV_OG_KIRKE = f"årsregnskapene 0A, 0C, 0F, 0I, 0K, 0M og 0P. {IKKE_BYDEL}"
_TAUS = "Kontrollen er taus når filen ikke har slike poster i det hele tatt"
_NULLSUM = {"utgifter": UTGIFT, "inntekter": ~UTGIFT}
_SKJEV = "Utgifter og inntekter i {hva} går ikke i null: utgiftene er {{utgifter}}, inntektene {{inntekter}} og differansen {{differanse}}. Marginen er ±{{margin}}."

UTGIFTER_INVESTERING = Sumkontroll(
    nummer="085",
    emne="Utgifter i investering",
    alvor=ERROR,
    gjelder=REGIONAL & INVESTERING & ~BYDEL,
    summer={"utgifter": UTGIFT},
    krav=(over("utgifter"),),
    melding="Investeringsregnskapet mangler utgifter: summen av art 010–599 er {utgifter}, men skal være over 0.",
    side=Side(
        hva="Investeringsregnskapet har utgifter.",
        hvorfor="Et investeringsregnskap uten utgifter er oftest et uttrekk der utgiftene er falt ut.",
        formel="summen av utgiftene (art 010–599) i investering er større enn 0",
        gjelder=f"årsregnskapene 0A, 0C, 0M og 0P. {IKKE_BYDEL}. {_TAUS}",
        rett="Kontroller at utgiftene i investering er med i uttrekket, og at fortegnet er positivt.",
    ),
)
INNTEKTER_INVESTERING = Sumkontroll(
    nummer="090",
    emne="Inntekter i investering",
    alvor=ERROR,
    gjelder=REGIONAL & INVESTERING & ~BYDEL,
    summer={"inntekter": INNTEKT},
    krav=(under("inntekter"),),
    melding="Investeringsregnskapet mangler inntekter: summen av art 600–999 er {inntekter}, men skal være under 0.",
    side=Side(
        hva="Investeringsregnskapet har inntekter eller annen finansiering.",
        hvorfor="Investeringer må finansieres. Mangler finansieringen, er uttrekket oftest ikke helt.",
        formel="summen av inntektene (art 600–999) i investering er mindre enn 0",
        gjelder=f"årsregnskapene 0A, 0C, 0M og 0P. {IKKE_BYDEL}. {_TAUS}",
        rett="Kontroller at finansieringen (bruk av lån, tilskudd, overføring fra drift) er med i uttrekket, og at fortegnet er negativt.",
    ),
)
INVESTERING_I_NULL = Sumkontroll(
    nummer="095",
    emne="Investeringsregnskapet går i null",
    alvor=ERROR,
    gjelder=INVESTERING & ~BYDEL,
    summer=_NULLSUM,
    krav=(innenfor(30),),
    melding=_SKJEV.format(hva="investering"),
    side=Side(
        hva="Utgifter og finansiering i investering er like store.",
        hvorfor="Investeringsregnskapet avsluttes i null; det som mangler, føres som udekket på funksjon 899.",
        formel="summen av utgiftene (art 010–599) og av alt annet i investering er mellom -30 og 30",
        gjelder=_BEV_OG_KIRKE,
        rett="Finn posten som mangler eller står med feil fortegn. Er differansen et helt udekket eller udisponert beløp, mangler årsavslutningen på funksjon 899.",
    ),
)
UTGIFTER_DRIFT = Sumkontroll(
    nummer="100",
    emne="Utgifter i drift",
    alvor=BARE_AARET,
    gjelder=DRIFT & ~BYDEL,
    summer={"utgifter": UTGIFT},
    krav=(over("utgifter"),),
    melding="Driftsregnskapet mangler utgifter: summen av art 010–599 er {utgifter}, men skal være over 0.",
    side=Side(
        hva="Driftsregnskapet har utgifter.",
        hvorfor="Et driftsregnskap uten utgifter er oftest et uttrekk der utgiftene er falt ut.",
        formel="summen av utgiftene (art 010–599) i drift er større enn 0",
        gjelder=f"0A, 0C, 0F, 0I, 0K, 0M og 0P, også i kvartalene. {IKKE_BYDEL}. {_TAUS}",
        rett="Kontroller at utgiftene er med i uttrekket, og at fortegnet er positivt.",
    ),
)
INNTEKTER_DRIFT = Sumkontroll(
    nummer="105",
    emne="Inntekter i drift",
    alvor=BARE_AARET,
    gjelder=REGIONAL & DRIFT & ~BYDEL,
    summer={"inntekter": INNTEKT},
    krav=(under("inntekter"),),
    melding="Driftsregnskapet mangler inntekter: summen av art 600–999 er {inntekter}, men skal være under 0.",
    side=Side(
        hva="Driftsregnskapet har inntekter.",
        hvorfor="Et driftsregnskap uten inntekter er oftest et uttrekk der inntektene er falt ut.",
        formel="summen av inntektene (art 600–999) i drift er mindre enn 0",
        gjelder=f"{_REGIONALE}. {_TAUS}. Kontrollen kjøres også på 0F, 0I og 0K, men slår aldri ut der",
        rett="Kontroller at inntektene er med i uttrekket, og at fortegnet er negativt.",
    ),
)
DRIFT_I_NULL = Sumkontroll(
    nummer="110",
    emne="Driftsregnskapet går i null",
    alvor=ERROR,
    gjelder=DRIFT & ~BYDEL,
    summer=_NULLSUM,
    krav=(over("utgifter"), under("inntekter"), innenfor(30)),
    melding=_SKJEV.format(hva="drift"),
    side=Side(
        hva="Driftsregnskapet har både utgifter og inntekter, og de er like store.",
        hvorfor="Driftsregnskapet avsluttes i null; mer- eller mindreforbruket føres på funksjon 899.",
        formel="utgiftene (art 010–599) er større enn 0, resten er mindre enn 0, og summen er mellom -30 og 30",
        gjelder=f"{_BEV_OG_KIRKE}. {_TAUS}",
        rett="Finn posten som mangler eller står med feil fortegn. Er differansen årets resultat, mangler årsavslutningen på funksjon 899.",
    ),
)
BYDEL_DRIFT = Sumkontroll(
    nummer="126",
    emne="Oslos interne arter i drift",
    alvor=WARNING,
    gjelder=BYDEL & DRIFT,
    summer={"kjop": ART == "298", "salg": ART == "798"},
    krav=(innenfor(10),),
    melding="De Oslo-interne artene i drift går ikke i null: art 298 er {kjop}, art 798 er {salg} og differansen {differanse}. Marginen er ±{margin}.",
    side=Side(
        hva="Bydelens Oslo-interne kjøp (298) og salg (798) i drift er like store.",
        hvorfor="Artene er for handel mellom Oslos egne enheter og skal gå mot hverandre.",
        formel="summen av art 298 og art 798 i drift er mellom -10 og 10",
        gjelder="Oslos bydeler (region 0301 og de to siste sifrene ikke 00), årsregnskapet",
        rett="Finn det interne kjøpet eller salget som mangler motpost.",
    ),
)
BYDEL_INVESTERING = replace(
    BYDEL_DRIFT,
    nummer="127",
    emne="Oslos interne arter i investering",
    gjelder=BYDEL & INVESTERING,
    melding=BYDEL_DRIFT.melding.replace("i drift", "i investering"),
    side=replace(
        BYDEL_DRIFT.side,
        hva="Bydelens Oslo-interne kjøp (298) og salg (798) i investering er like store.",
        formel="summen av art 298 og art 798 i investering er mellom -10 og 10",
    ),
)
SKATTEINNTEKTER = Sumkontroll(
    nummer="130",
    emne="Skatteinntekter",
    alvor=BARE_AARET,
    gjelder=REGIONAL & DRIFT & ~BYDEL & (pl.col("region") != LONGYEARBYEN),
    summer={"skatt": (FUNKSJON == "800") & (ART == "870")},
    krav=(under("skatt"),),
    melding="Driftsregnskapet mangler skatteinntekter: funksjon 800 med art 870 er {skatt}, men skal være under 0.",
    side=Side(
        hva="Driftsregnskapet har skatteinntekter.",
        hvorfor="Alle kommuner og fylkeskommuner har skatt på inntekt og formue.",
        formel="summen av funksjon 800 med art 870 i drift er mindre enn 0",
        gjelder=f"{_REGIONALE}. Longyearbyen (211100) er unntatt",
        rett="Kontroller at skatten er ført på funksjon 800 og art 870, og at fortegnet er negativt.",
    ),
)
RAMME = Sumkontroll(
    nummer="135",
    emne="Rammetilskudd",
    alvor=BARE_AARET,
    gjelder=REGIONAL & DRIFT & ~BYDEL & ~pl.col("region").is_in([LONGYEARBYEN, FROYA]),
    summer={"ramme": (FUNKSJON == "840") & (ART == "800")},
    krav=(under("ramme"),),
    melding="Driftsregnskapet mangler rammetilskudd: funksjon 840 med art 800 er {ramme}, men skal være under 0.",
    side=Side(
        hva="Driftsregnskapet har rammetilskudd.",
        hvorfor="Rammetilskuddet går til alle kommuner og fylkeskommuner, med få unntak.",
        formel="summen av funksjon 840 med art 800 i drift er mindre enn 0",
        gjelder=f"{_REGIONALE}. Longyearbyen (211100) og Frøya (501400) er unntatt",
        rett="Kontroller at rammetilskuddet er ført på funksjon 840 og art 800, og at fortegnet er negativt.",
    ),
)
OVERFORING = Sumkontroll(
    nummer="140",
    emne="Overføring fra drift til investering",
    alvor=ERROR,
    gjelder=BEVILGNING & ~BYDEL,
    summer={"fra": DRIFT & (ART == "570"), "til": ~DRIFT & (ART == "970")},
    krav=(innenfor(30),),
    melding="Overføringen fra drift stemmer ikke: art 570 i drift er {fra}, art 970 i investering er {til} og differansen {differanse}. Marginen er ±{margin}.",
    side=Side(
        hva="Det som er overført fra drift (570), er mottatt i investering (970).",
        hvorfor="Overføringen er to sider av samme sak og skal være like stor.",
        formel="summen av art 570 i drift og art 970 i investering er mellom -30 og 30",
        gjelder=_BEV_OG_KIRKE,
        rett="Finn overføringen som bare er ført på den ene siden, eller står med feil fortegn.",
    ),
)

KONTROLLER = (
    UTGIFTER_DRIFT,
    INNTEKTER_DRIFT,
    SKATTEINNTEKTER,
    RAMME,
    UTGIFTER_INVESTERING,
    INNTEKTER_INVESTERING,
    INVESTERING_I_NULL,
    DRIFT_I_NULL,
    BYDEL_DRIFT,
    BYDEL_INVESTERING,
    OVERFORING,
)
