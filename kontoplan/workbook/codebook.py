"""Arket Kodeverk: alle kodene som gjelder i året, og de som bare finnes i kommunens eget regnskap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.headings import DIMENSJON, KODE, RAPPORTERES_IKKE
from kontoplan.kodeverk.vilkar import in_words
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kodeverk import Kode, Kodedimensjon, Kodeverk
    from kontoplan.workbook.content import Innhold
    from kontoplan.workbook.layout import Stiler

_LISTER: tuple[Kodedimensjon, ...] = ("art", "funksjon", "kapittel", "sektor")


@dataclass(frozen=True, slots=True)
class Koderad:
    """En kode slik den står i arket."""

    kode: Kode
    kontoklasse: str
    merknad: str
    kilde: str


def skriv_kodeverk(ark: Worksheet, innhold: Innhold, stiler: Stiler) -> None:
    """Fyller arket Kodeverk."""
    felter: list[Felt[Koderad]] = [
        Felt(DIMENSJON, lambda r: r.kode.dimensjon.capitalize(), "tekst", 12, 14),
        Felt(KODE, lambda r: r.kode.kode, "kode", 9, 10),
        Felt("Navn", lambda r: r.kode.navn, "brytes", 30, 70),
        Felt("Navn på nynorsk", lambda r: r.kode.nynorsk, "dempet", 24, 60),
        Felt("Kontoklasse", lambda r: r.kontoklasse, "tekst", 18, 20),
        Felt("Gjelder fra", lambda r: r.kode.fra, "radnummer", 13, 13),
        Felt("Merknad", lambda r: r.merknad, "brytes", 24, 60),
        Felt("Kilde til navnet", lambda r: r.kilde, "dempet", 24, 60),
    ]
    rader = [rad for dimensjon in _LISTER for rad in _codes(innhold.kodeverk, dimensjon)]
    valg: Tabellark[Koderad] = Tabellark("KoderIAaret", fast=3, tomt="Kodelistene har ingen koder for året.")
    skriv_tabell(ark, felter, rader, stiler, valg)


def _codes(kodeverk: Kodeverk, dimensjon: Kodedimensjon) -> list[Koderad]:
    interne = [k for k in kodeverk.kjente(dimensjon) if kodeverk.intern(dimensjon, k.kode)]
    listed = [*kodeverk.koder(dimensjon), *kodeverk.betingede(dimensjon), *interne]
    return [_row(kodeverk, kode) for kode in sorted(listed, key=lambda k: k.kode)]


def _row(kodeverk: Kodeverk, kode: Kode) -> Koderad:
    bare = kodeverk.bare(kode.dimensjon, kode.kode) if kode.dimensjon in {"art", "funksjon"} else None
    intern = kodeverk.internt(kode.dimensjon, kode.kode)
    merknad = (
        f"{RAPPORTERES_IKKE}. {intern.tekst}" if intern else f"{in_words(kode.betinget)}." if kode.betinget else ""
    )
    kilde = kode.kilde if kode.sikkerhet == "kilde" else f"{kode.kilde} ({kode.sikkerhet})".strip()
    return Koderad(kode, f"bare {bare}" if bare else "", merknad, kilde)
