"""Om en funksjon kan ta imot fordelte utgifter: den må finnes, gjelde i året og ikke selv være intern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.errors import UserError

if TYPE_CHECKING:
    from kontoplan.fordeling.nokler import Grunnlag, Mottak, Nokler
    from kontoplan.kodeverk import Kodeverk

_DIGITS = 3


def national(kodeverk: Kodeverk, funksjon: str) -> str | None:
    """KOSTRA-funksjonen en lokal funksjon begynner med; ``None`` når den ikke begynner med noen kjent kode."""
    for kode in (funksjon, funksjon[:_DIGITS]):
        if kodeverk.kode("funksjon", kode):
            return kode
    return None


def is_internal(kodeverk: Kodeverk, funksjon: str) -> bool:
    """Om den lokale funksjonen er en intern enhet som skal gå i null, som 190."""
    kode = national(kodeverk, funksjon)
    return kode is not None and kodeverk.intern("funksjon", kode)


def check_receivers(nokler: Nokler, kodeverk: Kodeverk) -> None:
    """Kontrollerer alle mottakende funksjoner.

    Raises:
        UserError: en funksjon er ukjent, utgått eller intern; med arket og raden.
    """
    for sheet, lines in (("Nøkler", nokler.mottak), ("Grunnlag", nokler.grunnlag)):
        for line in lines:
            if line.mal.funksjon:
                _check(nokler.fil, sheet, line, kodeverk)


def _check(fil: str, sheet: str, line: Mottak | Grunnlag, kodeverk: Kodeverk) -> None:
    where = f"{fil}, arket «{sheet}», rad {line.rad}"
    lokal = line.mal.funksjon
    kode = national(kodeverk, line.kostra or lokal)
    shown = lokal if lokal.startswith(kode or "") else f"{lokal} ({kode})"
    if kode is None:
        raise UserError(
            f"{where}: funksjonen {line.kostra or lokal} begynner ikke med noen kjent KOSTRA-funksjon; skriv KOSTRA-koden i kolonnen «KOSTRA-funksjon».",
            code="fordel-ukjent-mottaker",
        )
    if kodeverk.intern("funksjon", kode):
        raise UserError(
            f"{where}: funksjon {lokal} er selv en intern enhet ({kode} {kodeverk.navn('funksjon', kode)}) og kan ikke få fordelte utgifter; "
            "fordel til funksjonene som bruker tjenesten, eller oppgi enheten i «Til enhet».",
            code="fordel-intern-mottaker",
        )
    ends = kodeverk.sluttaar("funksjon", kode)
    if ends is not None and ends < kodeverk.aar:
        after = kodeverk.etterfolgere("funksjon", kode)
        instead = f"bruk {' eller '.join(after)}" if after else "velg en funksjon som gjelder"
        raise UserError(f"{where}: funksjon {shown} gikk ut etter {ends}; {instead}.", code="fordel-utgatt-mottaker")
    found = kodeverk.kode("funksjon", kode)
    if found is not None and found.fra is not None and found.fra > kodeverk.aar:
        raise UserError(
            f"{where}: funksjon {shown} gjelder først fra {found.fra}; velg en som gjelder i {kodeverk.aar}.",
            code="fordel-utgatt-mottaker",
        )
