"""Revisjonen som nettside: sammendraget, risikomatrisen, tjenesteområdene og funnene med det som taler for hvert av dem."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from kontoplan import __version__
from kontoplan.html.page import page_with_script
from kontoplan.revisjon.funn import ALVOR
from kontoplan.revisjon.sammendrag import GRENSENE, bidrag, etter_alvor, forslag, koder, matrise, mest_trolig_galt
from kontoplan.revisjon.slag import BY_ID, SLAG
from kontoplan.revisjon.treff import kroner
from kontoplan.tall import count, percent, thousands
from kontoplan.workbook.about import laget
from kontoplan.workbook.atomic import write_bytes
from kontoplan.workbook.audit_about import about_lines

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.revisjon.funn import Funn
    from kontoplan.revisjon.revisjon import Revisjon

FLEST: Final = 2_000
"""Så mange funn vises, de med størst risiko; flere gjør siden tung å åpne. Resten telles, og står i arbeidsboken og i ``jsonl``."""


def write_audit_page(revisjon: Revisjon, path: Path, *, overskriv: bool = False) -> None:
    """Skriver revisjonen som én HTML-fil.

    Raises:
        UserError: filen finnes fra før, eller kan ikke skrives.
    """
    content = render(revisjon, naar=datetime.now().astimezone())
    write_bytes(path, content.encode("utf-8", errors="replace"), overskriv=overskriv)


def render(revisjon: Revisjon, *, naar: datetime) -> str:
    """Nettsiden; alt som kommer fra hovedboken, er tekst og aldri HTML."""
    areas = mest_trolig_galt(revisjon.omraader)
    shown = revisjon.funn[:FLEST]
    counts = revisjon.per_slag()
    hidden = revisjon.justering.skjulte if revisjon.justering else ()
    several = len(revisjon.kilde.ark) > 1
    return page_with_script(
        "audit_report",
        revisjon=revisjon,
        funn=shown,
        utelatt=len(revisjon.funn) - len(shown),
        alvor=etter_alvor(revisjon),
        matrise=matrise(revisjon.funn),
        grensene=GRENSENE,
        omraader=revisjon.omraader,
        stolper=[(area, 100 * area.trolig_galt_ore / areas[0].trolig_galt_ore) for area in areas],
        slag=[(kind, counts[kind.id]) for kind in SLAG],
        skjulte=hidden[:FLEST],
        skjulte_utelatt=max(0, len(hidden) - FLEST),
        navn={kind.id: kind.navn for kind in SLAG},
        valg=_choices(revisjon),
        om=list(about_lines(revisjon, naar)),
        laget=laget(naar),
        versjon=__version__,
        bidrag=bidrag,
        sted=lambda finding: _place(finding, sheet=several),
        kroner=kroner,
        koder=koder,
        forslag=forslag,
        prosent=percent,
        promille=_permille,
        antall=count,
        tusen=thousands,
    )


def _choices(revisjon: Revisjon) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    """Det funnene kan filtreres på: feltet, og verdiene som finnes med navnet de vises med."""
    kinds = {f.funn for f in revisjon.funn}
    areas = {f.omraade for f in revisjon.funn}
    levels = {f.alvor for f in revisjon.funn}
    return (
        ("alvor", [(level, level) for level in ALVOR if level in levels]),
        ("slag", [(kind.id, kind.navn) for kind in BY_ID.values() if kind.id in kinds]),
        ("omraade", [(area.navn, area.navn) for area in revisjon.omraader if area.navn in areas]),
    )


def _place(finding: Funn, *, sheet: bool) -> str:
    """Hvor raden står: ``Ark1, rad 12, bilag 4711, 01.02.2026``; for en sum raden med det største beløpet."""
    parts = [
        finding.ark if sheet else "",
        f"rad {finding.rad}",
        f"bilag {finding.bilag}" if finding.bilag else "",
        f"{finding.dato:%d.%m.%Y}" if finding.dato else "",
    ]
    return ("størst på " if finding.sum else "") + ", ".join(part for part in parts if part)


def _permille(share: float) -> str:
    """Vesentligheten i promille med to sifre som betyr noe: ``0,25 ‰``."""
    value = share * 1000
    decimals = 0 if value >= 10 else 1 if value >= 1 else 2  # noqa: PLR2004 - promille
    if not value:
        return "0"
    return "< 0,01 ‰" if value < 0.005 else f"{value:.{decimals}f} ‰".replace(".", ",")  # noqa: PLR2004 - under det halve av siste desimal
