"""Kontrollene 003–009 og 014: det som står i hvert felt, mot oppgaven og mot formatet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.kostra import rettelse
from kontoplan.kostra.alvor import ERROR
from kontoplan.kostra.format import BLANKE
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.oppgave import BLANKT_ORGNR, klassenavn
from kontoplan.kostra.postkontroll import Postkontroll

if TYPE_CHECKING:
    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.kostra.kontroll import Aarsak

_ALLE = "alle skjema, hver post"
_SAMME = "Alle postene i en fil hører til samme innsending, og mottaket legger dem inn under det avsenderen har valgt."


def _orgnr(grunnlag: Grunnlag) -> list[str]:
    return list(grunnlag.oppgave.orgnr) or [BLANKT_ORGNR]


def _rett_orgnr(grunnlag: Grunnlag) -> str:
    return " eller ".join(grunnlag.oppgave.orgnr) or "blankt"


def _foretak(aarsak: Aarsak, grunnlag: Grunnlag) -> str:
    given = grunnlag.oppgave.foretaksnr
    if given and aarsak["foretaksnr"] == given:
        return (
            "Nummeret er det du har oppgitt som foretaksnummer, men mottaket godtar bare blankt felt eller "
            f"organisasjonsnummeret ({_rett_orgnr(grunnlag)}). La feltet stå blankt."
        )
    if grunnlag.oppgave.orgnr:
        return f"La feltet stå blankt, eller sett inn organisasjonsnummeret {_rett_orgnr(grunnlag)}."
    return "La feltet stå blankt."


_SIFFERFEIL = (
    (re.compile(r""), "Feltet er tomt. Skriv beløpet i hele tusen kroner, eller ta bort posten."),
    (re.compile(r"-?\d+"), "Beløpet skal stå helt til høyre, med sifrene 0–9 og uten mellomrom bak."),
    (re.compile(r"\+.*"), "Ta bort plusstegnet; beløp uten fortegn er positive."),
    (re.compile(r".*[.,].*"), "Rund av til hele tusen kroner, uten desimaler og tusenskille."),
    (re.compile(r"[^-]+-"), "Sett minustegnet foran beløpet, helt inntil første siffer."),
    (re.compile(r"-\s+\d+"), "Sett minustegnet helt inntil første siffer."),
    (re.compile(r"-?\d+(\s+\d+)+"), "Ta bort mellomrommene inne i beløpet."),
    (re.compile(r".*", re.DOTALL), "Skriv beløpet med sifre, til høyre i feltet."),
)
"""Hva en gjør med et beløpsfelt som ikke kan brukes; første treff gjelder."""


def _rett_belop(felt: str) -> str:
    return next(text for pattern, text in _SIFFERFEIL if pattern.fullmatch(felt.strip(BLANKE)))


SKJEMA = Postkontroll(
    nummer="003",
    emne="Skjema",
    alvor=ERROR,
    vilkar=lambda g: pl.col("skjema") != g.oppgave.skjema,
    aarsak=("skjema",),
    melding="Posten har skjema «{skjema}», men filen sendes inn som {oppgave.kode}.",
    rettelse="Rett posisjon 1–2 til {oppgave.skjema}, eller flytt posten til riktig fil.",
    side=Side(
        hva="Skjemaet i posten er det filen sendes inn som.",
        hvorfor=_SAMME,
        formel="posisjon 1–2 ≠ de to første tegnene i skjemaet avsenderen har valgt",
        gjelder=_ALLE,
        rett="Rett skjemaet i posten, eller velg riktig skjema i innsendingen. Kvartalsfiler bruker også bare to tegn (0A).",
    ),
)
AARGANG = Postkontroll(
    nummer="004",
    emne="Årgang",
    alvor=ERROR,
    vilkar=lambda g: pl.col("aargang") != g.oppgave.aar,
    aarsak=("aargang",),
    melding="Posten har årgang «{aargang}», men filen sendes inn for {oppgave.aar}.",
    rettelse="Rett posisjon 3–6 til {oppgave.aar}.",
    side=Side(
        hva="Årgangen i posten er regnskapsåret filen sendes inn for.",
        hvorfor=_SAMME,
        formel="posisjon 3–6 ≠ årgangen avsenderen har valgt",
        gjelder=_ALLE,
        rett="Rett årgangen i uttrekket. Står det feil år på alle postene, er uttrekket oftest laget for feil periode.",
    ),
)
KVARTAL = Postkontroll(
    nummer="005",
    emne="Kvartal",
    alvor=ERROR,
    vilkar=lambda g: pl.col("kvartal") != g.oppgave.kvartal,
    aarsak=("kvartal",),
    melding="Posten har kvartal «{kvartal}», men for {oppgave.kode} skal feltet være «{oppgave.kvartal}».",
    rettelse="Rett posisjon 7 til «{oppgave.kvartal}» (mellomrom betyr årsregnskap).",
    side=Side(
        hva="Kvartalet i posten er kvartalet filen sendes inn for; i årsregnskapet er feltet blankt.",
        hvorfor=_SAMME,
        formel="posisjon 7 ≠ kvartalet avsenderen har valgt",
        gjelder=_ALLE,
        rett="Bruk mellomrom i årsregnskapet og 1–4 i kvartalsregnskapet.",
    ),
)
REGION = Postkontroll(
    nummer="006",
    emne="Region",
    alvor=ERROR,
    vilkar=lambda g: pl.col("region") != g.oppgave.region,
    aarsak=("region",),
    melding="Posten har region «{region}», men filen sendes inn for {oppgave.region}.",
    rettelse="Rett posisjon 8–13 til {oppgave.region}.",
    side=Side(
        hva="Regionen i posten er den avsenderen rapporterer for.",
        hvorfor=_SAMME,
        formel="posisjon 8–13 ≠ regionen avsenderen har valgt",
        gjelder=_ALLE,
        rett="Bruk kommunenummer og 00, fylkesnummer og 0000, eller bydelens nummer (030101–030115). Ser nummeret kjent ut, er det ofte det gamle, fra før en sammenslåing eller deling.",
    ),
)
ORGNR = Postkontroll(
    nummer="007",
    emne="Organisasjonsnummer",
    alvor=ERROR,
    vilkar=lambda g: ~pl.col("orgnr").is_in(_orgnr(g)),
    aarsak=("orgnr",),
    melding=lambda a, g: f"Posten har organisasjonsnummer «{a['orgnr']}», men det skal være {_rett_orgnr(g)}.",
    rettelse=lambda _, g: (
        f"Rett posisjon 14–22 til {_rett_orgnr(g)}."
        + ("" if g.oppgave.orgnr else " Hører filen til et foretak, må organisasjonsnummeret oppgis (--orgnr).")
    ),
    side=Side(
        hva="Organisasjonsnummeret i posten er avgiverens.",
        hvorfor=f"{_SAMME} Nummeret skiller særbedrifter i samme kommune fra hverandre.",
        formel="posisjon 14–22 ≠ organisasjonsnummeret avsenderen har oppgitt; er det ikke oppgitt, skal feltet være blankt",
        gjelder=f"{_ALLE}. Nummeret brukes på 0F, 0G, 0I, 0J, 0K og 0L, og skal være blankt på de andre når avsenderen ikke har oppgitt noe.",
        rett="Rett nummeret i uttrekket, eller oppgi riktig nummer i innsendingen.",
    ),
)
FORETAKSNR = Postkontroll(
    nummer="008",
    emne="Foretaksnummer",
    alvor=ERROR,
    vilkar=lambda g: ~pl.col("foretaksnr").is_in([BLANKT_ORGNR, *g.oppgave.orgnr]),
    aarsak=("foretaksnr",),
    melding="Posten har foretaksnummer «{foretaksnr}». Feltet brukes ikke på regnskapsskjemaene.",
    rettelse=_foretak,
    side=Side(
        hva="Foretaksnummeret er blankt, eller det samme som organisasjonsnummeret.",
        hvorfor="Feltet brukes ikke på regnskapsskjemaene. Står det noe der, er uttrekket trolig forskjøvet.",
        formel="posisjon 23–31 er verken blankt eller lik organisasjonsnummeret avsenderen har oppgitt",
        gjelder=_ALLE,
        rett="La feltet stå blankt.",
    ),
)
KONTOKLASSE = Postkontroll(
    nummer="009",
    emne="Kontoklasse",
    alvor=ERROR,
    vilkar=lambda g: ~pl.col("kontoklasse").is_in(g.klasser()),
    aarsak=("kontoklasse",),
    melding=lambda a, g: f"Kontoklasse «{a['kontoklasse']}» finnes ikke på skjema {g.oppgave.kode}.",
    rettelse=lambda a, g: rettelse.klasse(a["kontoklasse"], g),
    lovlige=lambda g: [*klassenavn(g.oppgave.form.klasser), *g.klasser()[len(g.oppgave.form.klasser) :]],
    side=Side(
        hva="Kontoklassen er en av dem skjemaet bruker.",
        hvorfor="Kontoklassen sier om posten er drift, investering eller balanse. Kassen (0A–0D) bruker andre tall enn særbedrifter, konsern og kirke, og forveksles lett.",
        formel="posisjon 32 er ikke blant skjemaets kontoklasser",
        gjelder=f"{_ALLE}. 0A og 0C: 1 drift, 0 investering. 0B og 0D: 2. 0F, 0I, 0K, 0M og 0P: 3 drift, 4 investering. 0G, 0J, 0L, 0N og 0Q: 5. Kvartalsbalansen godtar også Z, z og ~.",
        rett="Bruk skjemaets egne tall. Merk at en post med ukjent kontoklasse på et bevilgningsskjema regnes som investering i de andre kontrollene.",
    ),
)
BELOP = Postkontroll(
    nummer="014",
    emne="Beløp",
    alvor=ERROR,
    vilkar=lambda _: pl.col("ulovlig").is_not_null(),
    aarsak=("ulovlig",),
    melding="Beløpsfeltet «{ulovlig}» følger ikke formatet.",
    rettelse=lambda a, _: _rett_belop(a["ulovlig"]),
    side=Side(
        hva="Beløpet er et helt tall i tusen kroner, til høyre i feltet.",
        hvorfor="Beløp som ikke kan leses, blir 0 i summene, og da stemmer ikke de andre kontrollene.",
        formel="posisjon 40–48 er ikke blanke, så eventuelt ett minustegn, så minst ett siffer helt ut. Venstrestilte beløp og beløp med plusstegn gir funn, men regnes likevel med",
        gjelder=_ALLE,
        rett="Skriv bare sifre, med minustegn helt inntil første siffer, uten desimaler og tusenskille. Største beløp er 999999999, minste er -99999999.",
    ),
)

KONTROLLER = (SKJEMA, AARGANG, KVARTAL, REGION, ORGNR, FORETAKSNR, KONTOKLASSE, BELOP)
