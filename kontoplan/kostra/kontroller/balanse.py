"""Kontrollene 115, 120, 125 og 190: summene i balansen."""

from __future__ import annotations

from kontoplan.kostra.alvor import ERROR
from kontoplan.kostra.begreper import AKTIVA, BALANSE, FUNKSJON, MEMORIA, PASSIVA
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.sumkontroll import Sumkontroll, innenfor, over, under

_BALANSER = "årsregnskapene 0B, 0D, 0J, 0L, 0N og 0Q"

EIENDELER = Sumkontroll(
    nummer="115",
    emne="Eiendeler finnes",
    alvor=ERROR,
    gjelder=BALANSE & AKTIVA,
    summer={"eiendeler": AKTIVA},
    krav=(over("eiendeler"),),
    melding="Balansen mangler eiendeler: summen av kapittel 10–29 er {eiendeler}, men skal være over 0.",
    side=Side(
        hva="Balansen har eiendeler.",
        hvorfor="En balanse uten eiendeler er oftest et uttrekk der de er falt ut, eller der fortegnet er snudd.",
        formel="summen av kapittel 10–29 er større enn 0",
        gjelder=f"{_BALANSER}, og 0G. Kontrollen er taus når filen ikke har slike poster",
        rett="Kontroller at eiendelene er med i uttrekket, og at fortegnet er positivt.",
    ),
)
GJELD = Sumkontroll(
    nummer="120",
    emne="Gjeld og egenkapital finnes",
    alvor=ERROR,
    gjelder=BALANSE & PASSIVA,
    summer={"gjeld": PASSIVA},
    krav=(under("gjeld"),),
    melding="Balansen mangler gjeld og egenkapital: summen av kapittel 31–5990 er {gjeld}, men skal være under 0.",
    side=Side(
        hva="Balansen har gjeld og egenkapital.",
        hvorfor="En balanse uten gjeld og egenkapital er oftest et uttrekk der de er falt ut, eller der fortegnet er snudd.",
        formel="summen av kapittel 31–5999 er mindre enn 0",
        gjelder=f"{_BALANSER}, og 0G. Kontrollen er taus når filen ikke har slike poster",
        rett="Kontroller at gjeld og egenkapital er med i uttrekket, og at fortegnet er negativt.",
    ),
)
BALANSEN_GAR_OPP = Sumkontroll(
    nummer="125",
    emne="Balansen går opp",
    alvor=ERROR,
    gjelder=BALANSE,
    summer={"eiendeler": AKTIVA, "gjeld": PASSIVA},
    krav=(over("eiendeler"), under("gjeld"), innenfor(10)),
    melding="Balansen går ikke opp: eiendelene (kapittel 10–29) er {eiendeler}, gjeld og egenkapital (kapittel 31–5990) er {gjeld} og differansen {differanse}. Marginen er ±{margin}.",
    side=Side(
        hva="Eiendeler er lik gjeld og egenkapital.",
        hvorfor="Gjør de ikke det, mangler noe i uttrekket eller i regnskapet.",
        formel="eiendelene (kapittel 10–29) er større enn 0, gjeld og egenkapital (kapittel 31–5999) er mindre enn 0, og summen er mellom -10 og 10. Memoriakontiene holdes utenfor",
        gjelder=f"{_BALANSER}, og 0G. Slår også ut på en balanse med bare memoriaposter",
        rett="Finn posten som mangler. Kapitler utenfor intervallene (f.eks. 30) er ikke med i noen av summene; se funnene i 011. Avrunding til tusen kan gi noen få kroners avvik, ikke mer.",
    ),
)
MEMORIAKONTI = Sumkontroll(
    nummer="190",
    emne="Memoriakonti",
    alvor=ERROR,
    gjelder=BALANSE,
    summer={"memoria": MEMORIA & (FUNKSJON != "9999"), "motkonto": FUNKSJON == "9999"},
    krav=(innenfor(10),),
    melding="Memoriakontiene går ikke i null: memoriakontiene (9100–9998) er {memoria}, motkontoen (9999) er {motkonto} og differansen {differanse}. Marginen er ±{margin}.",
    side=Side(
        hva="Memoriakontiene og motkontoen 9999 er like store.",
        hvorfor="Ubrukte lånemidler og annen memoria føres utenfor balansen, med full motpost.",
        formel="summen av kapittel 9999 og de andre memoriakontiene (9100–9998) er mellom -10 og 10",
        gjelder=_BALANSER,
        rett="Kontroller at motposten på 9999 har motsatt fortegn og er like stor som summen av de andre.",
    ),
)

KONTROLLER = (EIENDELER, GJELD, BALANSEN_GAR_OPP, MEMORIAKONTI)
