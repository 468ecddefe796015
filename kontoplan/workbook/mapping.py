"""Arket Kobling: hver konto i lest rekkefølge, med kode, status, begrunnelse og hvor den ble lest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.status import STATUSER
from kontoplan.workbook.cells import percent, sentence
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kobling, Kontorad
    from kontoplan.kodeverk import Kodedimensjon, Kodeverk
    from kontoplan.sak import Andel, Dimensjon, Forslag
    from kontoplan.workbook.layout import Stiler

ARK = "Kobling"
DIMENSJONER: dict[Dimensjon, str] = {
    "art": "Art", "funksjon": "Funksjon", "ansvar": "Ansvar", "balanse": "Balanse",
}  # fmt: skip
_KODELISTE: dict[Dimensjon, Kodedimensjon] = {
    "art": "art", "funksjon": "funksjon", "ansvar": "funksjon", "balanse": "kapittel",
}  # fmt: skip
_FLEST_ALTERNATIVER = 3
_NEVNES = 0.005  # det som er mindre sannsynlig, er støy ved siden av en valgt kode
_VALG = Tabellark("KoblingKontoer", fast=2, tomt="Ingen kontoer ble lest; arket Sammendrag sier hva som er utelatt.")


def skriv_kobling(ark: Worksheet, kobling: Kobling, kodeverk: Kodeverk, stiler: Stiler) -> None:
    """Fyller arket Kobling."""
    skriv_tabell(ark, felter(kobling, kodeverk), kobling.rader, stiler, _VALG)


def felter(kobling: Kobling, kodeverk: Kodeverk) -> list[Felt]:
    """Kolonnene i arket; beløp og sektor er bare med når kontoplanen har dem."""
    return [*konto_felter(kobling), *svar_felter(kobling, kodeverk), *_grunn_felter(kodeverk), *kilde_felter()]


def konto_felter(kobling: Kobling) -> list[Felt]:
    """Kontoen slik den står hos kommunen."""
    alltid = [
        Felt("Lokal kode", lambda r: r.konto.lokal_kode, "kode", 8, 16),
        Felt("Lokalt navn", lambda r: r.konto.lokal_navn, "navn", 16, 38),
        Felt("Dimensjon", lambda r: DIMENSJONER[r.konto.dimensjon], "tekst", 10, 12),
        Felt("Kontekst", context, "dempet", 11, 28),
    ]
    return [*alltid, Felt("Beløp", amount, "belop", 14, 14)] if has_amounts(kobling) else alltid


def svar_felter(kobling: Kobling, kodeverk: Kodeverk) -> list[Felt]:
    """KOSTRA-koden og hvor sikker den er."""
    sektor = [
        Felt("Sektor", lambda r: r.vurdering.sektor, "kode", 9, 9),
        Felt("Sektornavn", lambda r: sector_name(r, kodeverk), "brytes", 14, 24),
    ]
    return [
        Felt("KOSTRA-kode", lambda r: r.vurdering.kode, "kode", 11, 12),
        Felt("KOSTRA-navn", lambda r: code_name(r, kodeverk), "brytes", 16, 32),
        *(sektor if any(r.konto.dimensjon == "balanse" for r in kobling.rader) else ()),
        Felt("Kontoklasse", lambda r: r.vurdering.kontoklasse, "tekst", 10, 10),
        Felt("Status", lambda r: STATUSER[r.vurdering.status].merke, "status", 13, 14),
        Felt("Sannsynlighet", probability, "sannsynlighet", 15, 15),
    ]


def kilde_felter() -> list[Felt]:
    """Hvor raden står i kommunens egen fil."""
    return [
        Felt("Fil", lambda r: r.konto.fil, "dempet", 8, 24),
        Felt("Ark", lambda r: r.konto.ark, "dempet", 8, 18),
        Felt("Rad", lambda r: r.konto.rad, "radnummer", 7, 8),
    ]


def _grunn_felter(kodeverk: Kodeverk) -> list[Felt]:
    return [
        Felt("Begrunnelse", reasons, "brytes", 24, 56),
        Felt("Kilde", sources, "dempet", 12, 44),
        Felt("Alternativer", lambda r: alternatives(r, kodeverk), "brytes", 16, 42),
        Felt("Flagg", flags, "brytes", 9, 32),
    ]


def has_amounts(kobling: Kobling) -> bool:
    """Om noen av kontoene har beløp."""
    return any(rad.konto.belop is not None for rad in kobling.rader)


def amount(rad: Kontorad) -> float | None:
    """Beløpet i kroner som tall til en celle."""
    belop = rad.konto.belop
    return float(belop) if belop is not None and belop.is_finite() else None


def context(rad: Kontorad) -> str:
    """Det som står rundt kontoen, ett ledd per linje."""
    return "\n".join(f"{navn.capitalize()}: {verdi}" for navn, verdi in rad.konto.kontekst.as_dict().items())


def probability(rad: Kontorad) -> float | None:
    """Sannsynligheten for koden; tom når det ikke er noen kode å være sikker på."""
    return rad.vurdering.sannsynlighet if rad.vurdering.kode is not None else None


def flags(rad: Kontorad) -> str:
    """Flaggenes meldinger, én per linje."""
    return "\n".join(sentence(flagg.melding) for flagg in rad.vurdering.flagg)


def reasons(rad: Kontorad) -> str:
    """Begrunnelsen, én setning per linje."""
    return "\n".join(sentence(ledd.melding) for ledd in rad.vurdering.begrunnelse)


def arguments(rad: Kontorad) -> str:
    """Bare det i begrunnelsen som taler for eller mot koden, én setning per linje."""
    return "\n".join(sentence(ledd.melding) for ledd in rad.vurdering.begrunnelse if ledd.bidrag)


def sources(rad: Kontorad) -> str:
    """Kildene det er vist til, hver av dem én gang."""
    return "\n".join(dict.fromkeys(ledd.kilde for ledd in rad.vurdering.begrunnelse if ledd.kilde))


def alternatives(rad: Kontorad, kodeverk: Kodeverk) -> str:
    """De andre kodene som er aktuelle, eller kodene beløpet skal fordeles på; én per linje."""
    if rad.vurdering.fordeling:
        return "\n".join(_share(andel, rad, kodeverk) for andel in rad.vurdering.fordeling)
    return "\n".join(
        _suggestion(forslag) for forslag in other_codes(rad)[:_FLEST_ALTERNATIVER] if forslag.sannsynlighet >= _NEVNES
    )


def other_codes(rad: Kontorad) -> list[Forslag]:
    """Forslagene som ikke allerede er valgt, beste først."""
    return [forslag for forslag in rad.vurdering.forslag if forslag.kode != rad.vurdering.kode]


def code_name(rad: Kontorad, kodeverk: Kodeverk) -> str:
    """Navnet på KOSTRA-koden; tomt uten kode."""
    kode = rad.vurdering.kode
    return kodeverk.navn(_KODELISTE[rad.konto.dimensjon], kode) if kode else ""


def sector_name(rad: Kontorad, kodeverk: Kodeverk) -> str:
    """Navnet på sektoren; tomt uten sektor."""
    return kodeverk.navn("sektor", rad.vurdering.sektor) if rad.vurdering.sektor else ""


def _suggestion(forslag: Forslag) -> str:
    return f"{forslag.kode} {forslag.navn} ({percent(forslag.sannsynlighet)})"


def _share(andel: Andel, rad: Kontorad, kodeverk: Kodeverk) -> str:
    navn = kodeverk.navn(_KODELISTE[rad.konto.dimensjon], andel.kode)
    hvor_mye = "etter nøkkel" if andel.andel is None else percent(andel.andel)
    return (
        f"{andel.kode} {navn}: {hvor_mye} ({andel.grunnlag})" if andel.grunnlag else f"{andel.kode} {navn}: {hvor_mye}"
    )
