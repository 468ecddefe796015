"""Kontrollene 010–013: om koden er på listen for skjemaet, og om en utgått kode fortsatt brukes i kvartalet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.kostra import rettelse
from kontoplan.kostra.alvor import POSTENS_KVARTAL, SEKTOR, WARNING
from kontoplan.kostra.begreper import BALANSE, BEVILGNING, FUNKSJON
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.postkontroll import Postkontroll

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.kostra.kontroll import Aarsak

_LISTER = "Mottaket bruker listene for det nyeste året uansett hvilken årgang filen har."
_OSLO = (
    "Oslo (030100) kan også bruke fylkeskommunale funksjoner på 0A, 0I og 0M, og bydelene dessuten 691–696. Lånefondene i "
    "Trøndelag, Drammen, Oslo og Bergen kan ikke bruke 850 på 0I. I kvartalene godtas plassholderne Z, z og ~ og de utgåtte "
    "190 og 254."
)


def _utenfor(dimensjon: Kodedimensjon, felt: str, bredde: int) -> Callable[[Grunnlag], pl.Expr | None]:
    """Utslag når koden ikke er på listen; ``bredde`` er feltets bredde når alle tegn må stemme, ellers 0."""
    gjelder = BEVILGNING if dimensjon in {"funksjon", "art"} else BALANSE
    kode = pl.col(felt) if bredde else FUNKSJON

    def vilkar(grunnlag: Grunnlag) -> pl.Expr | None:
        lov = grunnlag.lovlige(dimensjon)
        return gjelder & ~kode.is_in(sorted(k.ljust(bredde) for k in lov)) if lov else None

    return vilkar


def _melding(dimensjon: Kodedimensjon, felt: str) -> Callable[[Aarsak, Grunnlag], str]:
    def melding(aarsak: Aarsak, grunnlag: Grunnlag) -> str:
        oppgave = grunnlag.oppgave
        hvem = f" for region {oppgave.region}" if dimensjon == "funksjon" else ""
        return f"{dimensjon.capitalize()} «{aarsak[felt]}» finnes ikke på skjema {oppgave.kode}{hvem}."

    return melding


def _kodekontroll(nummer: str, dimensjon: Kodedimensjon, felt: str, bredde: int, side: Side) -> Postkontroll:
    return Postkontroll(
        nummer=nummer,
        emne=dimensjon.capitalize(),
        alvor=SEKTOR if dimensjon == "sektor" else POSTENS_KVARTAL,
        vilkar=_utenfor(dimensjon, felt, bredde),
        aarsak=(felt,),
        melding=_melding(dimensjon, felt),
        rettelse=lambda a, g: rettelse.kode(dimensjon, a[felt], g),
        lovlige=lambda g: sorted(k or "blankt" for k in g.lovlige(dimensjon)),
        side=side,
    )


FUNKSJONSLISTE = _kodekontroll(
    "010",
    "funksjon",
    "funksjonsfelt",
    0,
    Side(
        hva="Funksjonen finnes på skjemaet for denne avgiveren.",
        hvorfor="Funksjonen sier hvilken tjeneste pengene gikk til. Utgåtte og lokale funksjoner kan ikke plasseres i statistikken.",
        formel="funksjonen (uten blanke rundt) er ikke på listen",
        gjelder=f"bevilgningsregnskap. {_OSLO} {_LISTER}",
        rett="Bruk en gyldig funksjon. Er koden gått ut, foreslår programmet etterfølgeren når den er kjent. 190 og andre interne enheter fordeles fullt ut før rapportering.",
    ),
)
KAPITTELLISTE = _kodekontroll(
    "011",
    "kapittel",
    "funksjonsfelt",
    4,
    Side(
        hva="Kapittelet finnes på balanseskjemaet.",
        hvorfor="Kapittelet sier hva slags eiendel, gjeld eller egenkapital posten er.",
        formel="de fire tegnene i kapittelfeltet er ikke på listen (koden må stå til venstre)",
        gjelder=f"balanse. Kvartalsbalansen godtar også Z, z, ~ og blankt felt. {_LISTER}",
        rett="Bruk et gyldig kapittel, skrevet fra venstre i feltet.",
    ),
)
ARTSLISTE = _kodekontroll(
    "012",
    "art",
    "art",
    3,
    Side(
        hva="Arten finnes på skjemaet for denne avgiveren.",
        hvorfor="Arten sier hva slags utgift eller inntekt posten er. Interne arter (290, 690, 790) og utgåtte arter rapporteres ikke.",
        formel="de tre tegnene i artsfeltet er ikke på listen",
        gjelder=f"bevilgningsregnskap, ikke kvartal (der har mottaket ingen artsliste). Artene 298, 379 og 798 gjelder bare Oslos bydeler på 0A og 0M. {_LISTER}",
        rett="Bruk en gyldig art med tre sifre. Er arten gått ut, foreslår programmet etterfølgeren når den er kjent.",
    ),
)
SEKTORLISTE = _kodekontroll(
    "013",
    "sektor",
    "art",
    3,
    Side(
        hva="Sektoren finnes på balanseskjemaet; på 0G er feltet blankt.",
        hvorfor="Sektoren sier hvem fordringen eller gjelden er hos.",
        formel="de tre tegnene i sektorfeltet er ikke på listen",
        gjelder=f"balanse. Kvartalsbalansen godtar også Z, z og ~. {_LISTER}",
        rett="Bruk en gyldig sektor med tre sifre; 000 når sektor ikke er aktuell. På 0G skal feltet være tre mellomrom.",
    ),
)
UTGATT = Postkontroll(
    nummer="010",
    emne="Utgått funksjon i kvartalet",
    alvor=WARNING,
    vilkar=lambda g: BEVILGNING & FUNKSJON.is_in(sorted(g.utgatte())) if g.utgatte() else None,
    aarsak=("funksjon",),
    melding="Funksjon {funksjon} er utgått, men godtas inntil videre i kvartalene.",
    rettelse=lambda a, g: rettelse.utgatt(a["funksjon"], g),
    side=Side(
        hva="Utgåtte funksjoner som mottaket fortsatt godtar i kvartalsregnskapet.",
        hvorfor="Avgiverne skal få tid til å legge om, men årsregnskapet godtar ikke kodene.",
        formel="bevilgningsregnskap, og funksjonen er 190 eller 254",
        gjelder="0AK1–0AK4 og 0CK1–0CK4; kommer i tillegg til de andre kontrollene",
        rett="Gå over til dagens funksjoner før årsregnskapet: 254 er delt i 257 og 258, og 190 fordeles fullt ut.",
    ),
)

KONTROLLER = (FUNKSJONSLISTE, KAPITTELLISTE, ARTSLISTE, SEKTORLISTE)
