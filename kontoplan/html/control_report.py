"""Kontrollrapporten som nettside."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kontoplan import __version__
from kontoplan.fordeling.bilag import norske_kroner
from kontoplan.html.page import page
from kontoplan.kostra.sammendrag import ORD, deler, dom, hva, omfang
from kontoplan.tall import count
from kontoplan.workbook.atomic import write_bytes
from kontoplan.workbook.cells import row_ranges

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kostra.opphav import Radsamling
    from kontoplan.kostra.rapport import Kontrollrapport

_MAL = "control_report.html.j2"
_FLEST_I_TABELL = 1_000
"""Så mange linjer får hver sin rad; flere vises som intervaller, men alle er med."""
_FLEST_RADER = 200
"""Så mange rader vises for hver konto, for radene bak en sum er ofte hele hovedboken; alle står i arbeidsboken."""


def write_control_page(rapport: Kontrollrapport, path: Path, *, overskriv: bool = False) -> None:
    """Skriver rapporten som én HTML-fil.

    Raises:
        UserError: filen finnes fra før, eller kan ikke skrives.
    """
    content = render(rapport, naar=datetime.now().astimezone())
    write_bytes(path, content.encode("utf-8", errors="replace"), overskriv=overskriv)


def render(rapport: Kontrollrapport, *, naar: datetime) -> str:
    """Nettsiden; alt som kommer fra filen, er tekst og aldri HTML."""
    return page(
        _MAL,
        rapport=rapport,
        deler=deler(rapport),
        dom=dom(rapport),
        hva=hva(rapport),
        omfang=omfang(rapport),
        ord=ORD,
        count=count,
        intervaller=row_ranges,
        flest=_FLEST_I_TABELL,
        kroner=norske_kroner,
        rader=_rows,
        versjon=__version__,
        naar=f"{naar:%d.%m.%Y kl. %H.%M}",
    )


def _rows(samling: Radsamling) -> str:
    """Radene til en konto, ark for ark; de mange telles."""
    shown = []
    for ark, rader in samling.plasser:
        more = (
            f" … ({count(len(rader), 'rad', 'rader')}; alle står i rapporten som .xlsx)"
            if len(rader) > _FLEST_RADER
            else ""
        )
        shown.append(f"{f'{ark}: ' if ark else ''}{row_ranges(rader[:_FLEST_RADER])}{more}")
    return "; ".join(shown)
