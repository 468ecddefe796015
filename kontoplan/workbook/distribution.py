"""Arbeidsboken fra ``fordel``: sammendrag, bilag, kontroll, funksjonene før og etter, og nøklene som er brukt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.fordeling.perioder import period_name
from kontoplan.workbook.book import FLEST_RADER, report
from kontoplan.workbook.distribution_summary import skriv_sammendrag
from kontoplan.workbook.layout import Stiler
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from kontoplan.fordeling.bilag import BruktNokkel, Funksjonssum, Kontroll, Linje
    from kontoplan.fordeling.fordeling import Fordeling

SAMMENDRAG, BILAG, KONTROLL, FUNKSJONER, BRUKT = "Sammendrag", "Bilag", "Kontroll", "Funksjoner", "Nøkler brukt"
_ORE = 100


def render(fordeling: Fordeling, *, naar: datetime | None = None) -> bytes:
    """Innholdet i arbeidsboken; samme fordeling og tidspunkt gir samme celler.

    Raises:
        UserError: bilagene har flere linjer enn et Excel-ark har plass til.
    """
    if len(fordeling.linjer) > FLEST_RADER:
        raise UserError(
            f"Fordelingen har {len(fordeling.linjer)} bilagslinjer, og et Excel-ark har plass til {FLEST_RADER}; fordel med «sum» i stedet for «art», eller for året i stedet for per måned.",
            code="for-mange-rader",
        )
    when = naar or datetime.now().astimezone()
    return report(
        len(fordeling.linjer),
        f"Fordeling {fordeling.aar}",
        "KOSTRA, fordeling, bilag",
        when,
        lambda bok: _ark(bok, fordeling, when),
    )


def _ark(bok: Workbook, fordeling: Fordeling, naar: datetime) -> None:
    stiler = Stiler(bok)
    ark = {navn: bok.add_worksheet(navn) for navn in (SAMMENDRAG, BILAG, KONTROLL, FUNKSJONER, BRUKT)}
    skriv_sammendrag(ark[SAMMENDRAG], fordeling, stiler, naar)
    skriv_tabell(ark[BILAG], _BILAG, fordeling.linjer, stiler, Tabellark("Bilagslinjer", 2, "Ingenting å fordele."))
    kontroll = [_Rad(k, period_name(k.periode, fordeling.aar, fordeling.per)) for k in fordeling.kontroll]
    skriv_tabell(ark[KONTROLL], _KONTROLL, kontroll, stiler, Tabellark("Enhetskontroll", 1, "Ingen enheter."))
    skriv_tabell(
        ark[FUNKSJONER],
        _FUNKSJONER,
        fordeling.funksjoner,
        stiler,
        Tabellark("Funksjonssummer", 1, "Ingen funksjoner er endret."),
    )
    brukt = [_Brukt(b, period_name(b.periode, fordeling.aar, fordeling.per)) for b in fordeling.brukt]
    skriv_tabell(ark[BRUKT], _BRUKT, brukt, stiler, Tabellark("BrukteNokler", 1, "Ingen nøkler er brukt."))
    ark[SAMMENDRAG].activate()


@dataclass(frozen=True, slots=True)
class _Rad:
    kontroll: Kontroll
    periode: str


@dataclass(frozen=True, slots=True)
class _Brukt:
    nokkel: BruktNokkel
    periode: str


_BILAG: tuple[Felt[Linje], ...] = (
    Felt("Bilag", lambda r: r.bilag, "kode", 8, 12),
    Felt("Dato", lambda r: f"{r.dato:%d.%m.%Y}", "tekst", 11, 11),
    Felt("Kontoklasse", lambda r: r.klasse, "tekst", 8, 12),
    Felt("Konto", lambda r: r.konto, "kode", 9, 16),
    Felt("Funksjon", lambda r: r.funksjon, "kode", 9, 16),
    Felt("Ansvar", lambda r: r.ansvar, "tekst", 9, 16),
    Felt("Prosjekt", lambda r: r.prosjekt, "tekst", 9, 16),
    Felt("Debet", lambda r: r.belop_ore / _ORE if r.belop_ore > 0 else None, "kroner", 16, 22),
    Felt("Kredit", lambda r: -r.belop_ore / _ORE if r.belop_ore < 0 else None, "kroner", 16, 22),
    Felt("Tekst", lambda r: r.tekst, "tekst", 30, 60),
)
_KONTROLL: tuple[Felt[_Rad], ...] = (
    Felt("Enhet", lambda r: r.kontroll.enhet, "navn", 24, 44),
    Felt("Periode", lambda r: r.periode, "tekst", 12, 22),
    Felt("Bilag", lambda r: r.kontroll.bilag, "kode", 8, 12),
    Felt("Før", lambda r: r.kontroll.for_ore / _ORE, "kroner", 16, 22),
    Felt("Mottatt fra andre enheter", lambda r: r.kontroll.mottatt_ore / _ORE, "kroner", 16, 22),
    Felt("Fordelt ut", lambda r: r.kontroll.ut_ore / _ORE, "kroner", 16, 22),
    Felt("Blir stående etter nøkkelen", lambda r: r.kontroll.blir_ore / _ORE, "kroner", 16, 22),
    Felt("Etter (skal være 0)", lambda r: r.kontroll.etter_ore / _ORE, "kroner", 16, 22),
)
_FUNKSJONER: tuple[Felt[Funksjonssum], ...] = (
    Felt("Funksjon", lambda r: r.funksjon, "kode", 10, 16),
    Felt("KOSTRA-navn", lambda r: r.navn, "brytes", 30, 60),
    Felt("Før", lambda r: r.for_ore / _ORE, "kroner", 18, 24),
    Felt("Fordelt", lambda r: r.endring_ore / _ORE, "kroner", 18, 24),
    Felt("Etter", lambda r: r.etter_ore / _ORE, "kroner", 18, 24),
)
_BRUKT: tuple[Felt[_Brukt], ...] = (
    Felt("Enhet", lambda r: r.nokkel.enhet, "navn", 24, 44),
    Felt("Periode", lambda r: r.periode, "tekst", 12, 22),
    Felt("Mottaker", lambda r: r.nokkel.mal, "brytes", 30, 50),
    Felt("Grunnlag", lambda r: float(r.nokkel.grunnlag) if r.nokkel.grunnlag is not None else None, "tall", 12, 16),
    Felt("Andel", lambda r: float(r.nokkel.andel) if r.nokkel.andel is not None else None, "noyaktig_andel", 12, 14),
    Felt("Beløp", lambda r: r.nokkel.belop_ore / _ORE, "kroner", 16, 22),
    Felt("Hvordan", lambda r: _way(r.nokkel), "brytes", 30, 60),
)


def _way(nokkel: BruktNokkel) -> str:
    """Hvor andelen kommer fra."""
    stays = "; blir stående på enheten" if nokkel.blir else ""
    if not nokkel.rad:
        return f"løst samtidig med enhetene den gir til og får fra{stays}"
    return f"rad {nokkel.rad} i arket {'Grunnlag' if nokkel.grunnlag is not None else 'Nøkler'}{stays}"
