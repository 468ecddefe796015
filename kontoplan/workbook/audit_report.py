"""Revisjonen som arbeidsbok: sammendrag med risikomatrise, funnene, områdene, hva det er sett etter, og hva som er lest."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from kontoplan import __version__
from kontoplan.errors import UserError
from kontoplan.revisjon.slag import BY_ID, SLAG
from kontoplan.workbook.audit_about import skriv_om
from kontoplan.workbook.audit_summary import ALVORSFARGE, skriv_sammendrag
from kontoplan.workbook.book import FLEST_RADER, new_book
from kontoplan.workbook.layout import Stiler
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter import Workbook

    from kontoplan.revisjon.funn import Funn
    from kontoplan.revisjon.revisjon import Revisjon
    from kontoplan.revisjon.treff import Funnslag
    from kontoplan.revisjon.vesentlighet import Omraade

ARK: Final = ("Sammendrag", "Funn", "Områder", "Regler", "Om")
_ORE = 100


def render(revisjon: Revisjon, *, naar: datetime | None = None) -> bytes:
    """Innholdet i arbeidsboken; samme revisjon og tidspunkt gir samme celler.

    Raises:
        UserError: revisjonen har flere funn enn et Excel-ark har plass til.
    """
    if len(revisjon.funn) > FLEST_RADER:
        raise UserError(
            f"Revisjonen har {len(revisjon.funn)} funn, og et Excel-ark har plass til {FLEST_RADER}; bruk --format jsonl, eller del hovedboken opp etter periode.",
            code="for-mange-rader",
        )
    innhold = BytesIO()
    when = naar or datetime.now().astimezone()
    with new_book(innhold, len(revisjon.funn)) as bok:
        bok.set_properties(
            {
                "title": f"Revisjon {revisjon.aar}",
                "keywords": "KOSTRA, revisjon",
                "comments": f"Laget med kontoplan {__version__}",
                "created": when,
            }
        )
        _fill(bok, revisjon, when)
    return innhold.getvalue()


def _fill(bok: Workbook, revisjon: Revisjon, naar: datetime) -> None:
    stiler = Stiler(bok)
    sammendrag, funn, omraader, regler, om = (bok.add_worksheet(navn) for navn in ARK)
    skriv_tabell(
        funn,
        _FUNN,
        revisjon.funn,
        stiler,
        Tabellark(
            "Funnene", 3, "Ingen funn.", 6, skrives_ut="Hva som taler for det", status=lambda f: ALVORSFARGE[f.alvor]
        ),
    )
    skriv_tabell(omraader, _OMRAADER, revisjon.omraader, stiler, Tabellark("Omraadene", 1, "Ingen tjenesteområder."))
    counts = revisjon.per_slag()
    skriv_tabell(regler, _kind_fields(counts), SLAG, stiler, Tabellark("Funnslag", 2, "Ingen."))
    skriv_sammendrag(bok, sammendrag, revisjon, stiler, naar)
    skriv_om(om, revisjon, stiler, naar)
    sammendrag.activate()


def _codes(codes: Mapping[str, str]) -> str:
    return " / ".join(codes[name] for name in ("kontoklasse", "funksjon", "art") if codes.get(name))


def _proposed(funn: Funn) -> str:
    return ", ".join(f"{name} {kode}" for name, kode in funn.foreslatt.items())


_FUNN: Final[tuple[Felt[Funn], ...]] = (
    Felt("Alvor", lambda f: f.alvor, "status", 11, 12),
    Felt("Rad", lambda f: f.rad, "radnummer", 7, 9),
    Felt("Bilag", lambda f: f.bilag, "kode", 9, 14),
    Felt("Hva", lambda f: BY_ID[f.funn].navn, "navn", 22, 30),
    Felt("Beløp", lambda f: f.belop, "kroner", 14, 18),
    Felt("Ført på (klasse / funksjon / art)", lambda f: _codes(f.fort), "kode", 16, 18),
    Felt("Foreslått", _proposed, "kode", 12, 30),
    Felt("Sannsynlig feil", lambda f: f.sannsynlighet, "sannsynlighet", 12, 12),
    Felt("Risiko", lambda f: f.risiko, "noyaktig_andel", 11, 12),
    Felt("Tekst", lambda f: f.tekst, "brytes", 22, 36),
    Felt("Leverandør", lambda f: f.leverandor, "brytes", 16, 26),
    Felt("Hva som taler for det", lambda f: f.melding, "brytes", 44, 70),
    Felt("Konto", lambda f: f.konto, "kode", 9, 14),
    Felt("Ansvar", lambda f: f.ansvar, "tekst", 9, 14),
    Felt("Dato", lambda f: f"{f.dato:%d.%m.%Y}" if f.dato else "", "tekst", 11, 11),
    Felt("Område", lambda f: f.omraade, "tekst", 16, 26),
    Felt("Vesentlighet", lambda f: f.vesentlighet, "noyaktig_andel", 12, 13),
    Felt("Kilde", lambda f: f.kilde, "dempet", 20, 50),
    Felt("Id", lambda f: f.funn, "tekst", 14, 22),
    Felt("Ark", lambda f: f.ark, "tekst", 8, 20),
)
_OMRAADER: Final[tuple[Felt[Omraade], ...]] = (
    Felt("Område", lambda o: o.navn, "navn", 22, 30),
    Felt("Brutto utgifter", lambda o: o.brutto_ore / _ORE, "belop", 16, 20),
    Felt("Netto driftsutgifter", lambda o: o.netto_ore / _ORE, "belop", 16, 20),
    Felt("Rader med funn", lambda o: o.funn, "heltall", 10, 12),
    Felt("Trolig feilført", lambda o: o.trolig_galt_ore / _ORE, "belop", 14, 18),
    Felt(
        "Av brutto utgifter",
        lambda o: o.trolig_galt_ore / o.brutto_ore if o.brutto_ore > 0 else None,
        "noyaktig_andel",
        12,
        14,
    ),
    Felt("Ventet endring i netto driftsutgifter", lambda o: o.retting_ore / _ORE, "belop", 16, 22),
)


def _kind_fields(counts: Mapping[str, int]) -> tuple[Felt[Funnslag], ...]:
    return (
        Felt("Id", lambda s: s.id, "kode", 18, 22),
        Felt("Navn", lambda s: s.navn, "navn", 26, 36),
        Felt("Alvor", lambda s: s.alvor, "tekst", 11, 12),
        Felt("Funn", lambda s: counts.get(s.id, 0), "heltall", 8, 10),
        Felt("Hva det ses etter", lambda s: s.side, "brytes", 40, 70),
        Felt("Kilde", lambda s: s.kilde, "dempet", 26, 50),
    )
