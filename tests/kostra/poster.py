"""Poster skrevet kort i testene, og dommen over dem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan import kontroller
from kontoplan.kostra.format import FELTER, LENGDE

if TYPE_CHECKING:
    from kontoplan.kostra.rapport import Kontrollrapport

BREDDE = {felt.navn: felt.lengde for felt in FELTER}


def linje(post: str, skjema: str, felt: dict[str, str]) -> str:
    """En linje av «kontoklasse funksjon art beløp», med punktum for blankt felt; ``felt`` overstyrer enkeltfelter.

    Kvartalsskjemaet (``0AK1``) gir kvartalet sitt, og beløpet settes til høyre.
    """
    klasse, funksjon, art, belop = (part if part != "." else "" for part in post.split())
    values = {
        "skjema": skjema[:2],
        "aargang": "2026",
        "kvartal": skjema[3:] or " ",
        "region": "340300",
        "orgnr": "",
        "foretaksnr": "",
        "kontoklasse": klasse,
        "funksjonsfelt": funksjon,
        "art": art,
        "belop": belop.rjust(BREDDE["belop"]),
    } | felt
    text = "".join(values[f.navn].ljust(f.lengde) for f in FELTER)
    assert len(text) == LENGDE, post
    return text


def dom(
    skjema: str,
    *poster: str,
    region: str = "340300",
    orgnr: str | None = None,
    aar: int = 2026,
    felt: dict[str, str] | None = None,
) -> Kontrollrapport:
    """Dommen over poster skrevet som i :func:`linje`; ``felt`` er enkeltfelter som avviker fra oppgaven."""
    own = {"region": region, "orgnr": orgnr.split(",")[0] if orgnr else "", "aargang": str(aar)} | (felt or {})
    data = "".join(f"{linje(post, skjema, own)}\n" for post in poster).encode()
    return kontroller(data, skjema=skjema, aar=aar, region=region, orgnr=orgnr)


def numre(rapport: Kontrollrapport) -> set[str | None]:
    """Kontrollene som har funn."""
    return {funn.kontroll for funn in rapport.funn}


def alvor(rapport: Kontrollrapport, kontroll: str) -> list[str]:
    """Alvoret i hvert funn av en kontroll."""
    return [funn.alvor for funn in rapport.funn if funn.kontroll == kontroll]
