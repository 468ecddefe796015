"""Revisjonen som arbeidsbok: sammendrag med risikomatrise, funnene, områdene, hva det er sett etter, og hva som er lest."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from kontoplan.errors import UserError
from kontoplan.utvalg.skjema import OM_UTVALGET, STRATA, UTVALG
from kontoplan.workbook.atomic import write_bytes
from kontoplan.workbook.audit_about import skriv_om
from kontoplan.workbook.audit_findings import skriv_funn
from kontoplan.workbook.audit_summary import skriv_sammendrag
from kontoplan.workbook.audit_tuning import JUSTERING, SKJULTE, skriv_justering, skriv_regler, skriv_skjulte
from kontoplan.workbook.book import FLEST_RADER, report, set_identity
from kontoplan.workbook.layout import Stiler
from kontoplan.workbook.sample_about import skriv_om_utvalget
from kontoplan.workbook.sample_sheet import skriv_strata, skriv_utvalg
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter import Workbook

    from kontoplan.revisjon.revisjon import Revisjon
    from kontoplan.revisjon.vesentlighet import Omraade

ARK: Final = ("Sammendrag", "Funn", "Områder", "Regler", "Om")
"""Arkene som alltid er med, i rekkefølge."""
_ORE = 100


def sheets(revisjon: Revisjon) -> tuple[str, ...]:
    """Arkene i rekkefølge; de om utvalget og justeringen bare når det er et."""
    at = ARK.index("Regler")
    sample = (UTVALG, OM_UTVALGET, STRATA) if revisjon.utvalg else ()
    tuning = (SKJULTE, JUSTERING) if revisjon.justering else ()
    return (*ARK[:at], *sample, *tuning, *ARK[at:])


def write_audit_workbook(revisjon: Revisjon, path: Path, *, overskriv: bool = False) -> None:
    """Skriver revisjonen som arbeidsbok.

    Raises:
        UserError: filen finnes fra før, kan ikke skrives, eller revisjonen har flere funn enn et Excel-ark har plass til.
    """
    write_bytes(path, render(revisjon), overskriv=overskriv)


def render(revisjon: Revisjon, *, naar: datetime | None = None) -> bytes:
    """Innholdet i arbeidsboken; samme revisjon og tidspunkt gir samme celler.

    Raises:
        UserError: revisjonen har flere funn, eller et større utvalg, enn et Excel-ark har plass til.
    """
    drawn = len(revisjon.utvalg.trekk) if revisjon.utvalg else 0
    if drawn > FLEST_RADER:
        raise UserError(
            f"Utvalget er på {drawn} posteringer, og et Excel-ark har plass til {FLEST_RADER}; avgrens det med --bare, eller se på --vesentlighet.",
            code="for-mange-rader",
        )
    if len(revisjon.funn) > FLEST_RADER:
        raise UserError(
            f"Revisjonen har {len(revisjon.funn)} funn, og et Excel-ark har plass til {FLEST_RADER}; bruk --format jsonl, eller del hovedboken opp etter periode.",
            code="for-mange-rader",
        )
    when = naar or datetime.now().astimezone()
    return report(
        max(len(revisjon.funn), drawn),
        f"Revisjon {revisjon.aar}",
        "KOSTRA, revisjon",
        when,
        lambda bok: _fill(bok, revisjon, when),
    )


def _fill(bok: Workbook, revisjon: Revisjon, naar: datetime) -> None:
    set_identity(bok, revisjon.aar, revisjon.regnskap, revisjon.kommune)
    stiler = Stiler(bok)
    ark = {navn: bok.add_worksheet(navn) for navn in sheets(revisjon)}
    skriv_funn(ark["Funn"], revisjon.funn, stiler)
    skriv_tabell(
        ark["Områder"], _OMRAADER, revisjon.omraader, stiler, Tabellark("Omraadene", 1, "Ingen tjenesteområder.")
    )
    skriv_regler(ark["Regler"], revisjon, stiler)
    if revisjon.utvalg:
        skriv_utvalg(ark[UTVALG], revisjon.utvalg, revisjon.funn, stiler)
        skriv_om_utvalget(ark[OM_UTVALGET], revisjon.utvalg, stiler)
        skriv_strata(ark[STRATA], revisjon.utvalg, stiler)
    if revisjon.justering:
        skriv_skjulte(ark[SKJULTE], revisjon.justering, stiler)
        skriv_justering(ark[JUSTERING], revisjon.justering, stiler)
    skriv_sammendrag(bok, ark["Sammendrag"], revisjon, stiler, naar)
    skriv_om(ark["Om"], revisjon, stiler, naar)
    ark["Sammendrag"].activate()


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
