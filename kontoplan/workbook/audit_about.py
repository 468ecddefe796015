"""Arket Om i revisjonen: hva som er lest, hvordan det er vurdert, og hva tallene betyr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.headings import DOM, KOMMUNE, REGNSKAP, REGNSKAPSAR, REGNSKAPSTYPE
from kontoplan.revisjon.sammendrag import GRENSENE
from kontoplan.tall import count, thousands
from kontoplan.utvalg.skjema import METODER, OM_UTVALGET
from kontoplan.workbook.about import foundation, laget
from kontoplan.workbook.cells import row_ranges
from kontoplan.workbook.layout import PAPIR_A4, lines_needed, row_height, sideoppsett, skriv_celle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.revisjon.revisjon import Revisjon
    from kontoplan.workbook.layout import Stiler

_BREDDER = (30, 96)
_PROBABILITY = (
    "For føringer der tekst, regel eller egen praksis taler for en annen kode: en modell veier det teksten sier (vitnene og dommeren fra «koble») mot hvordan "
    "dere selv fører samme tekst, leverandør og ansvar. Den er tilpasset på en hovedbok laget av åpne data der en kjent andel er flyttet, så tallene er anslag. "
    "For de andre funnslagene er sannsynligheten fast per slag. Tidligere dommer kommer i tillegg."
)

_VERDICTS = (
    f"Velg Feil eller Ikke feil i kolonnen {DOM} i arket Funn, lagre, og kjør: kontoplan laer DENNE-FILEN.xlsx. Neste revisjon av den samme kommunen senker eller "
    "hever det samme, og det som likner, litt mindre. Du kan sortere og filtrere; la overskriftene og den skjulte kolonnen Nøkkel være."
)
_PRIVACY = (
    "Det som kan være fødselsnummer, er skjult i alle ark. «laer» lagrer dommen, kodene og et avtrykk på fire tegn av tekst og leverandør, aldri teksten eller "
    "navnet. Kommentaren lagres som den er, så ikke skriv om enkeltpersoner der."
)


def skriv_om(ark: Worksheet, revisjon: Revisjon, stiler: Stiler, naar: datetime) -> None:
    """Fyller arket."""
    for kolonne, bredde in enumerate(_BREDDER):
        ark.set_column(kolonne, kolonne, bredde)
    skriv_celle(ark, 0, 0, "Om revisjonen", stiler.hent("tittel"))
    ark.set_row(0, 30)
    for rad, (name, text) in enumerate((*about_lines(revisjon, naar), ("Dommene dine", _VERDICTS)), 2):
        skriv_celle(ark, rad, 0, name, stiler.hent("navn"))
        skriv_celle(ark, rad, 1, text, stiler.hent("brytes"))
        ark.set_row(rad, row_height(lines_needed(text, _BREDDER[1])))
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)


def about_lines(revisjon: Revisjon, naar: datetime) -> Iterator[tuple[str, str]]:
    """Navn og tekst, linje for linje; det samme i arbeidsboken og på nettsiden."""
    kilde, lest = revisjon.kilde, revisjon.lest
    yield "Hovedbok", f"{kilde.fil} ({kilde.form}{', ' + ', '.join(kilde.ark) if kilde.ark else ''})"
    yield (
        "KOSTRA-kodene",
        f"Etter koblingen {revisjon.kobling}"
        if revisjon.kobling
        else "Lest av kontonumrene; det er ikke brukt noen kobling",
    )
    if revisjon.kommune:
        yield KOMMUNE, revisjon.kommune
    yield REGNSKAPSAR, str(revisjon.aar)
    yield REGNSKAPSTYPE, REGNSKAP[revisjon.regnskap].capitalize()
    yield "Leste rader", thousands(lest.rader)
    yield "Kolonner", ", ".join(f"{k.rolle}: {k.bokstav} «{k.overskrift}»" for k in kilde.kolonner)
    yield "Skrivemåte", ", ".join(kilde.oppsett)
    for unread in lest.uleste:
        yield f"Ikke lest: {unread.grunn}", f"{count(unread.antall, 'rad', 'rader')}, rad {row_ranges(unread.rader)}"
    yield "Sannsynlig feil", _PROBABILITY
    yield (
        "Vesentlighet",
        (
            "Beløpet delt på det geometriske snittet av tjenesteområdets og hele regnskapets brutto utgifter (artsserie 0–4, drift og investering). "
            "Områdene er tjenesteområdene i Kvalitetsindeksen 2023; funksjoner utenfor dem måles mot hele regnskapet."
        ),
    )
    yield (
        "Risiko og rekkefølge",
        "Sannsynlighet ganger vesentlighet. Funn som er mer sannsynlig feil enn rett, står først.",
    )
    yield (
        "Trolig feilført",
        "Summen av sannsynlighet ganger beløp; hver rad teller én gang, med det mest sannsynlige funnet. Et funn på en hel praksis teller med hele beløpet. Summer som ikke går opp (interne koder, merverdiavgift), er ikke med.",
    )
    yield (
        "Ventet endring i netto",
        (
            "Hva rettingene ville gjort med netto driftsutgifter (artsserie 0–4 og 6–8 og avskrivninger i drift), ganget med sannsynligheten: det som flyttes "
            "mellom funksjoner, mellom drift og investering, og det som er ført to ganger."
        ),
    )
    yield (
        "Bidrag i log-odds",
        "Det sannsynligheten er satt sammen av: pluss taler for at føringen er feil, minus for at den er rett. Summen er log-odds for sannsynligheten.",
    )
    yield "Risikomatrisen", GRENSENE
    if revisjon.utvalg:
        sample = revisjon.utvalg.ramme
        drawn = f"{thousands(sample.utvalg)} av {count(sample.antall, 'postering', 'posteringer')}, trukket {METODER[sample.metode]} med frø {sample.fro}."
        yield "Utvalg", f"{drawn} Parametrene og hvordan det er trukket, står i arket {OM_UTVALGET} i arbeidsboken."
    yield "Personvern", _PRIVACY
    yield "Bygger på", f"{foundation()} · {laget(naar)}"
