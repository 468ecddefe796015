"""Kjører kontrollene: først recordlengden (001), så resten i mottakets rekkefølge når alle linjene har rett lengde."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.kodeverk.skjemalister import skjemaer
from kontoplan.kostra.alvor import FATAL
from kontoplan.kostra.begreper import bruk
from kontoplan.kostra.format import LENGDE
from kontoplan.kostra.funn import Funngruppe
from kontoplan.kostra.grunnlag import Grunnlag
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.kontroller import KONTROLLER, REKKEFOLGE
from kontoplan.kostra.les import les_linjer, les_poster
from kontoplan.kostra.oppgave import KVARTALSSKJEMA, MED_ORGNR
from kontoplan.kostra.rapport import Kontrollrapport, Omfang
from kontoplan.kostra.samling import samle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.kostra.oppgave import Oppgave

_BOM = b"\xef\xbb\xbf"
RECORDLENGDE: Final = ("001", "Recordlengde", FATAL)
SIDE_001: Final = Side(
    hva="Hver linje er på nøyaktig 48 tegn, uten tabulator.",
    hvorfor="Feltene finnes på faste plasser. Er linjen for kort eller lang, leses beløp og koder på feil sted.",
    formel="lengden er ikke 48 tegn når CR i endene er tatt bort, eller linjen har tabulator. Tomme linjer telles ikke. Filen leses som UTF-8, og tegn utenfor grunnplanet teller som to",
    gjelder="alle skjema. Har kontrollen funn, kjøres ingen av de andre",
    rett="Fyll ut med mellomrom til 48 tegn, og bytt ut tabulatorer. Lagre filen som ren tekst uten BOM (i Windows: ANSI, eller «UTF-8» uten «med BOM»).",
)


def kontroller_byte(data: bytes, oppgave: Oppgave, *, fil: str = "", opphav: Sequence[object] = ()) -> Kontrollrapport:
    """Rapporten for innholdet i et filuttrekk; enhver rekke av byte gir en rapport.

    Args:
        data: Innholdet i filen.
        oppgave: Det filen kontrolleres mot.
        fil: Navnet som skal stå i rapporten.
        opphav: Hvor hver linje kommer fra, når uttrekket er laget av noe annet.
    """
    if not oppgave.kjent:
        return Kontrollrapport(oppgave, fil, (_ukjent_skjema(oppgave),), Omfang(0, 0, 0, 1))
    linjer = les_linjer(data)
    grupper = tuple(_recordlengde(linjer, bom=data.startswith(_BOM)))
    if grupper:
        return Kontrollrapport(oppgave, fil, grupper, Omfang(len(linjer), 0, 0, 1), opphav=tuple(opphav))
    poster = les_poster(linjer)
    grunnlag = Grunnlag(oppgave)
    rekkefolge = REKKEFOLGE[oppgave.slag]
    grupper = tuple(_finn(bruk(poster), grunnlag, rekkefolge)) if poster.antall else ()
    omfang = Omfang(len(linjer), poster.antall, poster.nullposter, len(linjer) + poster.antall * len(rekkefolge))
    return Kontrollrapport(oppgave, fil, grupper, omfang, tuple(_merknader(grunnlag, omfang)), tuple(opphav))


def _finn(kontoer: pl.DataFrame, grunnlag: Grunnlag, rekkefolge: Sequence[str]) -> Iterator[Funngruppe]:
    """Funnene i rekkefølge; hvilke kontroller som er aktuelle, spørres det om i ett."""
    asked = {nummer: KONTROLLER[nummer].aktuell(grunnlag) for nummer in rekkefolge}
    relevant = kontoer.select(**{nummer: uttrykk for nummer, uttrykk in asked.items() if uttrykk is not None})
    for nummer, svar in relevant.row(0, named=True).items():
        if svar:
            yield from KONTROLLER[nummer].finn(kontoer, grunnlag)


def _ukjent_skjema(oppgave: Oppgave) -> Funngruppe:
    year = ", ".join(skjemaer())
    quarter = ", ".join(f"{skjema}K1" for skjema in KVARTALSSKJEMA)
    return Funngruppe(
        kontroll=None,
        emne="Ukjent skjema",
        alvor="FATAL",
        melding=f"Skjemaet «{oppgave.kode}» finnes ikke, så filen er ikke kontrollert.",
        rettelse=f"Velg et av {year} for året, eller {quarter} og så videre for kvartalene.",
        samlet=True,
    )


def _recordlengde(linjer: pl.Series, *, bom: bool) -> Iterator[Funngruppe]:
    frame = pl.DataFrame({"post": linjer}).select(
        linje=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32),
        belop=pl.lit(0),
        lengde=pl.col("post").str.len_chars(),
        tabulator=pl.col("post").str.contains("\t", literal=True),
        cr=pl.col("post").str.contains("\r", literal=True),
        nul=pl.col("post").str.contains("\0", literal=True),
    )
    nummer, emne, _ = RECORDLENGDE
    wrong = frame.filter((pl.col("lengde") != LENGDE) | pl.col("tabulator"))
    for samling in samle(wrong, ("lengde", "tabulator", "cr", "nul")):
        lengde, tabulator, cr, nul = samling.verdi.values()
        what = f"Linjen er på {lengde} tegn" + (" og har tabulator" if tabulator else "")
        yield Funngruppe(
            kontroll=nummer,
            emne=emne,
            alvor="FATAL",
            melding=f"{what}; en post er på {LENGDE} tegn, og resten av filen er derfor ikke kontrollert.",
            rettelse=_tegnrettelse(cr=cr, nul=nul)
            or _lengderettelse(lengde, tabulator=tabulator, bom=bom and samling.linjer[0] == 1),
            linjer=samling.linjer,
        )


def _tegnrettelse(*, cr: bool, nul: bool) -> str:
    """Hva en gjør når det ikke er lengden som er årsaken; tomt når det er den."""
    if nul:
        return "Filen har tegnet NUL og er ikke ren tekst (kanskje UTF-16, eller en arbeidsbok); lagre uttrekket som ren tekst i ANSI eller UTF-8."
    if cr:
        return "Linjen har CR uten LF, som mottaket ikke regner som linjeskift; lagre filen med vanlige linjeskift (LF eller CRLF)."
    return ""


def _lengderettelse(lengde: int, *, tabulator: bool, bom: bool) -> str:
    if bom and lengde == LENGDE + 1:
        return "Filen begynner med et usynlig merke (BOM), som mottaket teller med; lagre filen på nytt uten BOM."
    if tabulator:
        return "Bytt tabulatorene med mellomrom, så hvert felt står på plassen sin."
    if lengde < LENGDE:
        return f"Fyll ut med mellomrom til {LENGDE} tegn; beløpet skal slutte i posisjon {LENGDE}."
    return f"Ta bort {lengde - LENGDE} tegn; beløpet skal slutte i posisjon {LENGDE}."


def _merknader(grunnlag: Grunnlag, omfang: Omfang) -> Iterator[str]:
    oppgave = grunnlag.oppgave
    if not omfang.linjer:
        yield "Filen har ingen linjer med innhold, og mottaket regner det som en feil."
    if omfang.nullposter:
        yield f"Poster med beløpet 0 er ikke kontrollert, som hos mottaket: {omfang.nullposter}."
    if oppgave.aar != str(grunnlag.utgave):
        yield (
            f"Filen gjelder {oppgave.aar}, men er kontrollert mot kodelistene og reglene for {grunnlag.utgave}, "
            "fordi mottaket bruker dem for alle årganger."
        )
    if oppgave.skjema in MED_ORGNR and not oppgave.orgnr:
        yield f"Skjema {oppgave.kode} skal ha organisasjonsnummer; oppgi det med --orgnr."
    for nummer in oppgave.orgnr:
        if nummer[0] not in "89":
            yield f"Organisasjonsnummeret {nummer} begynner ikke med 8 eller 9; innsendingstjenesten godtar det ikke."
