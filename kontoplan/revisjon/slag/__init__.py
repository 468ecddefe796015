"""Alt revisjonen ser etter. Et nytt slag er en funksjon som gir treff (``revisjon.treff``), og en linje her og i ``docs/revisjon.md``."""

from __future__ import annotations

from typing import Final

from kontoplan.revisjon.slag import forbudt, foring, gyldig, kombinasjon, rader, summer
from kontoplan.revisjon.treff import Funnslag

_OWN = "Kommunens egne posteringer"
_JUDGE = "Reglene og frasene med hver sin kilde, veid av dommeren"
_SSB = "SSB kontrollprogram for KOSTRA"

SLAG: Final[tuple[Funnslag, ...]] = (
    Funnslag(
        "R-GYLDIG",
        "FEIL",
        "Kode som ikke gjelder",
        "Arten eller funksjonen er gått ut, gjelder ikke ennå, eller finnes ikke.",
        "Kodelistene for året",
        gyldig.expired,
    ),
    Funnslag(
        "R-KOMBINASJON",
        "FEIL",
        "Ugyldig kombinasjon",
        "Kontoklasse, funksjon og art som SSB avviser sammen.",
        _SSB,
        kombinasjon.refused,
    ),
    Funnslag(
        "R-FORBUDT",
        "ADVARSEL",
        "Ikke lov etter en regel",
        "En regel sier at dette ikke skal føres slik.",
        "Regelen",
        forbudt.forbidden,
    ),
    Funnslag("R-ULOGISK", "ADVARSEL", "Ulogisk kombinasjon", "Kombinasjoner SSB spør om.", _SSB, kombinasjon.illogical),
    Funnslag(
        "R-REGEL",
        "ADVARSEL",
        "En regel sier en annen art",
        "Teksten treffer en regel som gir en annen art.",
        "Regelen",
        foring.doubted("art", "regel"),
    ),
    Funnslag(
        "R-REGEL-FUNKSJON",
        "ADVARSEL",
        "En regel sier en annen funksjon",
        "Teksten treffer en regel som gir en annen funksjon.",
        "Regelen",
        foring.doubted("funksjon", "regel"),
    ),
    Funnslag(
        "R-TEKST-ART",
        "ADVARSEL",
        "Teksten taler for en annen art",
        "Ordene i teksten hører til en annen art.",
        _JUDGE,
        foring.doubted("art", "tekst"),
    ),
    Funnslag(
        "R-TEKST-FUNKSJON",
        "ADVARSEL",
        "Teksten taler for en annen funksjon",
        "Ordene i teksten hører til en annen funksjon.",
        _JUDGE,
        foring.doubted("funksjon", "tekst"),
    ),
    Funnslag(
        "R-VANE-ART",
        "ADVARSEL",
        "Annen art enn dere ellers bruker",
        "Samme tekst, leverandør eller ansvar er ellers ført på en annen art.",
        _OWN,
        foring.doubted("art", "vane"),
    ),
    Funnslag(
        "R-VANE-FUNKSJON",
        "ADVARSEL",
        "Annen funksjon enn dere ellers bruker",
        "Samme ansvar, leverandør eller tekst er ellers ført på en annen funksjon.",
        _OWN,
        foring.doubted("funksjon", "vane"),
    ),
    Funnslag(
        "R-DRIFT-INVESTERING",
        "ADVARSEL",
        "Drift eller investering",
        "Det samme er ellers ført i den andre kontoklassen.",
        _OWN,
        foring.doubted("klasse"),
    ),
    Funnslag(
        "R-FORTEGN",
        "ADVARSEL",
        "Fortegn mot arten",
        "Inntekt i debet eller utgift i kredit, uten at noe rettes.",
        "Artsserien i KOSTRA-forskriften, vedlegg 1",
        rader.wrong_side,
    ),
    Funnslag(
        "R-DUBLETT",
        "ADVARSEL",
        "Mulig dobbeltføring",
        "Samme leverandør, beløp og fakturanummer, eller samme dato og tekst, på to bilag.",
        _OWN,
        rader.duplicates,
        dobbelt=True,
    ),
    Funnslag(
        "R-INTERN-FUNKSJON",
        "FEIL",
        "Intern funksjon går ikke i null",
        "Serviceenheter (190) skal være fordelt fullt ut.",
        "Oppsummeringsbrev 18.12.1997 (KAD)",
        summer.internal_functions,
        sum=True,
    ),
    Funnslag(
        "R-INTERN-ART",
        "FEIL",
        "Interne arter møtes ikke",
        "Internkjøp (290) og internsalg (790), og fordelte utgifter (690), skal gå i null.",
        "DIB fagnytt om KOSTRA-veileder 2016",
        summer.internal_arts,
        sum=True,
    ),
    Funnslag(
        "R-MVA",
        "ADVARSEL",
        "Merverdiavgift og kompensasjon",
        "429 og 729 skal møtes per funksjon i drift, og til sammen i investering.",
        "DIB 2016; Arena 2013; kunnskap",
        summer.compensation,
        sum=True,
    ),
    Funnslag(
        "R-FODSELSNUMMER",
        "ADVARSEL",
        "Fødselsnummer i tekst",
        "Elleve siffer som kan være et fødselsnummer.",
        "",
        rader.personal_numbers,
    ),
)
"""Registeret, i rekkefølgen de står i rapporten."""
BY_ID: Final = {slag.id: slag for slag in SLAG}
