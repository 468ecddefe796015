"""Forslag til rettelse: den gyldige koden der kodeverket kjenner den."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.kodeverk import Kodeverk
from kontoplan.kodeverk.vilkar import in_words
from kontoplan.kostra.format import BLANKE
from kontoplan.kostra.tegn import synlig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.kodeverk import Kode, Kodedimensjon
    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.sak import Regnskap

_SIFRE = {"funksjon": 3, "art": 3, "sektor": 3}
_BREDDE = {"funksjon": 4, "art": 3, "kapittel": 4, "sektor": 3}
_GRUPPE = 2
_ANDRE: dict[Regnskap, str] = {
    "kommune": "kommuner",
    "fylkeskommune": "fylkeskommuner",
    "sbdr-kommune": "kommunale særbedrifter",
    "sbdr-fylke": "fylkeskommunale særbedrifter",
    "kirke": "kirkelige fellesråd",
}
_ANDRE_KLASSER = {
    "drift": ("1", "3"),
    "investering": ("0", "4"),
    "balanse": ("2", "5"),
}


def kode(dimensjon: Kodedimensjon, felt: str, grunnlag: Grunnlag) -> str:
    """Hva en gjør med en kode som ikke er lov på skjemaet.

    Args:
        dimensjon: Hva slags kode det er.
        felt: Feltet slik det står i filen.
        grunnlag: Oppgaven og kodelistene.
    """
    found = felt.strip(BLANKE)
    lov = grunnlag.lovlige(dimensjon)
    if not found:
        return f"Feltet er tomt; sett inn {_bestemt(dimensjon)} posten hører til."
    if found in lov and found != felt:
        return f"Flytt koden til venstre i feltet, så det står «{found.ljust(_BREDDE[dimensjon])}»."
    padded = found.zfill(_SIFRE.get(dimensjon, 0))
    if padded != found and padded in lov:
        return f"Skriv koden med alle sifrene: {_named(dimensjon, padded, grunnlag.kodeverk)}."
    return " ".join(_explained(dimensjon, found, grunnlag)) or _nearest(dimensjon, found, grunnlag)


def _explained(dimensjon: Kodedimensjon, found: str, grunnlag: Grunnlag) -> Iterator[str]:
    kodeverk, lov = grunnlag.kodeverk, grunnlag.lovlige(dimensjon)
    known = kodeverk.kode(dimensjon, found)
    if internt := kodeverk.internt(dimensjon, found):
        yield internt.tekst
    elif known and known.til is not None and known.til < grunnlag.utgave:
        yield _ended(known, grunnlag)
    elif known and known.betinget:
        who = in_words(known.betinget)
        yield f"{_named(dimensjon, found, kodeverk)} er på skjema {grunnlag.oppgave.kode} {who[0].lower()}{who[1:]}."
        if others := _others(dimensjon, found):
            yield f"Ellers er koden for {others}."
    elif others := _others(dimensjon, found):
        yield f"Koden er for {others}, ikke for skjema {grunnlag.oppgave.kode}."
    successors = [k for k in kodeverk.etterfolgere(dimensjon, found) if k in lov]
    if successors:
        yield f"Bruk {' eller '.join(_named(dimensjon, k, kodeverk) for k in successors)}."


def _ended(known: Kode, grunnlag: Grunnlag) -> str:
    text = f"{known.dimensjon.capitalize()} {known.kode} {known.navn} gikk ut etter {known.til}."
    if known.til is not None and int(grunnlag.oppgave.aar) <= known.til:
        text += f" Koden gjaldt i {grunnlag.oppgave.aar}, men mottaket bruker listene for {grunnlag.utgave} for alle årganger."
    return text


def _nearest(dimensjon: Kodedimensjon, found: str, grunnlag: Grunnlag) -> str:
    group = sorted(k for k in grunnlag.lovlige(dimensjon) if k.startswith(found[:_GRUPPE]))
    if not group:
        return f"Finn {_bestemt(dimensjon)} posten hører til; «{synlig(found)}» finnes ikke i kodelistene."
    named = ", ".join(_named(dimensjon, k, grunnlag.kodeverk) for k in group)
    return f"«{synlig(found)}» finnes ikke i kodelistene. I samme gruppe er {named}."


def klasse(felt: str, grunnlag: Grunnlag) -> str:
    """Hvilken kontoklasse som er ment, når tallet hører til de andre skjemaene."""
    for navn, tall in grunnlag.oppgave.form.klasser.items():
        if felt in _ANDRE_KLASSER[navn]:
            return f"{navn.capitalize()} er kontoklasse {tall} på skjema {grunnlag.oppgave.kode}; bruk {tall}."
    return f"Bruk en av kontoklassene på skjema {grunnlag.oppgave.kode}."


def utgatt(funksjon: str, grunnlag: Grunnlag) -> str:
    """Hva en utgått funksjon ble til."""
    return " ".join(_explained("funksjon", funksjon, grunnlag))


def annen_klasse(navn: str, grunnlag: Grunnlag) -> str:
    """Flytting til drift eller investering, med tallet på skjemaet."""
    tall = grunnlag.oppgave.form.klasser.get(navn)
    return f"flytt posten til {navn}" + (f" (kontoklasse {tall})" if tall else "")


def _others(dimensjon: Kodedimensjon, found: str) -> str:
    """Hvem koden gjelder for uten vilkår, f.eks. ``fylkeskommuner``."""
    return ", ".join(navn for slag, navn in _ANDRE.items() if Kodeverk.for_aar(None, slag).finnes(dimensjon, found))


def _named(dimensjon: Kodedimensjon, found: str, kodeverk: Kodeverk) -> str:
    return f"{found} {kodeverk.navn(dimensjon, found)}".strip()


def _bestemt(dimensjon: str) -> str:
    return {"kapittel": "kapittelet", "funksjon": "funksjonen", "art": "arten", "sektor": "sektoren"}[dimensjon]
