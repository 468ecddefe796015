"""Vilkår på en kode: hvem den gjelder for, f.eks. ``region=030100|030101-030115`` eller ``orgnr!=817920632``."""

from __future__ import annotations

_KJENTE = {
    "region=030100|030101-030115": "Oslo kommune og bydelene",
    "region=030101-030115": "Oslos bydeler",
    "orgnr!=817920632|921234554|958935420|964338531": "lånefondene i Trøndelag, Drammen, Oslo og Bergen",
}


def excludes(vilkar: str) -> bool:
    """Om vilkåret bare unntar noen (``!=``); koden gjelder da for alle andre."""
    return "!=" in vilkar


def holds(vilkar: str, *, region: str = "", orgnr: str = "") -> bool:
    """Om vilkåret er oppfylt for en avgiver.

    Args:
        vilkar: Vilkåret slik det står i ``gyldighet.csv``; tomt gjelder alle.
        region: Regionnummer, seks sifre.
        orgnr: Organisasjonsnummer, ni sifre.
    """
    if not vilkar:
        return True
    felt, _, values = vilkar.partition("=")
    value = region if felt.rstrip("!") == "region" else orgnr
    member = any(_within(value, part) for part in values.split("|"))
    return member != felt.endswith("!")


def in_words(vilkar: str) -> str:
    """Vilkåret i klartekst, f.eks. «Bare for Oslos bydeler»."""
    felt, _, values = vilkar.partition("=")
    word = "Ikke for" if felt.endswith("!") else "Bare for"
    if known := _KJENTE.get(vilkar):
        return f"{word} {known}"
    name = "region" if felt.startswith("region") else "organisasjonsnummer"
    return f"{word} {name} {values.replace('|', ', ').replace('-', '–')}"


def _within(value: str, part: str) -> bool:
    first, _, last = part.partition("-")
    return len(value) == len(first) and first <= value <= (last or first)
