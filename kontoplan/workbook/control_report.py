"""Kontrollrapporten som arbeidsbok: dommen, årsakene og hvert funn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from kontoplan import __version__
from kontoplan.errors import UserError
from kontoplan.kostra.sammendrag import ORD, deler, dom, hva, omfang
from kontoplan.workbook.atomic import write_bytes
from kontoplan.workbook.book import FLEST_RADER, report
from kontoplan.workbook.cells import row_ranges
from kontoplan.workbook.control_origin import FIELDS, origin_lines
from kontoplan.workbook.layout import PAPIR_A4, Stiler, lines_needed, row_height, sideoppsett, skriv_celle
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kostra.funn import Funn, Funngruppe
    from kontoplan.kostra.rapport import Kontrollrapport
    from kontoplan.kostra.sammendrag import Kontrolldel
    from kontoplan.sak import Status
    from kontoplan.workbook.control_origin import Opphavslinje

ARK: Final = ("Sammendrag", "Årsaker", "Funn")
HOVEDBOK: Final = "Hovedbok"
"""Arket som er med når uttrekket er laget av en hovedbok."""
_FARGE: Final[dict[str, Status]] = {"FATAL": "utgatt", "ERROR": "utgatt", "WARNING": "usikker", "INFO": "internt"}
"""Fargene er de samme som statusene i de andre arbeidsbøkene: rødt må rettes, gult bør ses på."""
_TEKSTBREDDE, _TABELLRAD = 76, 6


def write_control_workbook(rapport: Kontrollrapport, path: Path, *, overskriv: bool = False) -> None:
    """Skriver rapporten som en Excel-arbeidsbok med arkene i ``ARK``.

    Raises:
        UserError: filen finnes fra før, kan ikke skrives, eller rapporten har flere funn enn et Excel-ark.
    """
    write_bytes(path, render(rapport, naar=datetime.now().astimezone()), overskriv=overskriv)


def render(rapport: Kontrollrapport, *, naar: datetime) -> bytes:
    """Innholdet i arbeidsboken.

    Raises:
        UserError: rapporten har flere funn enn et Excel-ark har rader.
    """
    origins = list(origin_lines(rapport))
    if (most := max(rapport.antall(), len(origins))) > FLEST_RADER:
        raise UserError(
            f"Rapporten har {most} {'funn' if most == rapport.antall() else 'linjer med rader i hovedboken'}, og et Excel-ark har plass til {FLEST_RADER}; "
            "skriv den som .html, eller bruk --format jsonl.",
            code="for-mange-rader",
        )
    return report(
        most, f"Kontroll av {rapport.fil}", "KOSTRA, kontroll", naar, lambda bok: _fill(bok, rapport, origins, naar)
    )


def _fill(bok: Workbook, rapport: Kontrollrapport, origins: list[Opphavslinje], naar: datetime) -> None:
    stiler = Stiler(bok)
    sammendrag, aarsaker, funn = (bok.add_worksheet(navn) for navn in ARK)
    _summary(sammendrag, rapport, stiler, naar)
    skriv_tabell(
        aarsaker,
        _cause_fields(),
        rapport.grupper,
        stiler,
        Tabellark("Aarsaker", 2, "Ingen funn.", status=lambda g: _FARGE[g.alvor]),
    )
    found = list(rapport.hvert_funn())
    skriv_tabell(
        funn,
        _finding_fields(rapport),
        found,
        stiler,
        Tabellark("Funnene", 3, "Ingen funn.", 3, status=lambda f: _FARGE[f.alvor]),
    )
    if origins:
        skriv_tabell(bok.add_worksheet(HOVEDBOK), FIELDS, origins, stiler, Tabellark("Hovedbokrader", 3, "", 3))


def _cause_fields() -> list[Felt[Funngruppe]]:
    return [
        Felt("Kontroll", lambda g: g.kontroll, "kode", 9, 9),
        Felt("Alvor", lambda g: _alvor(g.alvor), "status", 14, 18),
        Felt("Emne", lambda g: g.emne, "brytes", 18, 28),
        Felt("Funn", lambda g: g.antall, "heltall", 8, 10),
        Felt("Hva er galt", lambda g: g.melding, "brytes", 40, 60),
        Felt("Hva du gjør", lambda g: g.rettelse, "brytes", 40, 60),
        Felt("Linjer", lambda g: row_ranges(g.linjer), "brytes", 14, 40),
        Felt("Beløp til sammen", lambda g: sum(g.belop) if g.belop else None, "belop", 14, 16),
        Felt("Med i summene, linje", lambda g: row_ranges(g.poster), "dempet", 14, 40),
        Felt("Lovlige verdier", lambda g: ", ".join(g.lovlige), "tekst", 14, 40),
    ]


def _finding_fields(rapport: Kontrollrapport) -> list[Felt[Funn]]:
    def origin(funn: Funn) -> str:
        return str(funn.opphav) if funn.opphav else "\n".join(str(rapport.opphav[n - 1]) for n in funn.linjer)

    return [
        Felt("Kontroll", lambda f: f.kontroll, "kode", 9, 9),
        Felt("Alvor", lambda f: _alvor(f.alvor), "status", 14, 18),
        Felt("Linje", lambda f: f.linjer[0] if len(f.linjer) == 1 else row_ranges(f.linjer), "radnummer", 8, 20),
        Felt("Hva er galt", lambda f: f.melding, "brytes", 40, 70),
        Felt("Hva du gjør", lambda f: f.rettelse, "brytes", 40, 70),
        *([Felt("Kommer fra", origin, "brytes", 14, 50)] if _has_origin(rapport) else []),
    ]


def _has_origin(rapport: Kontrollrapport) -> bool:
    return bool(rapport.opphav) or any(gruppe.opphav for gruppe in rapport.grupper)


def _alvor(alvor: str) -> str:
    return f"{ORD[alvor].symbol} {ORD[alvor].en.capitalize()}"


def _summary(ark: Worksheet, rapport: Kontrollrapport, stiler: Stiler, naar: datetime) -> None:
    """Arket Sammendrag: dommen, hva som er kontrollert, og antall funn per kontroll."""
    for kolonne, bredde in enumerate((2, 18, 20, 12, _TEKSTBREDDE)):
        ark.set_column(kolonne, kolonne, bredde)
    ark.set_row(0, 34)
    skriv_celle(ark, 0, 1, f"Kontroll av {rapport.fil or 'filuttrekk'}", stiler.hent("tittel"))
    skriv_celle(ark, 1, 1, hva(rapport), stiler.hent("undertittel"))
    skriv_celle(
        ark,
        2,
        1,
        f"{omfang(rapport)}. Laget {naar:%d.%m.%Y kl. %H.%M} med kontoplan {__version__}.",
        stiler.hent("undertittel"),
    )
    verdict = stiler.hent("status", "sikker" if rapport.kan_sendes else "utgatt")
    ark.merge_range(4, 1, 4, 4, "", verdict)
    skriv_celle(ark, 4, 1, f"{'✓' if rapport.kan_sendes else '✗'} {dom(rapport)}", verdict)
    for kolonne, text in enumerate(("Kontroll", "Alvor", "Funn", "Emne"), 1):
        skriv_celle(ark, _TABELLRAD, kolonne, text, stiler.hent("hode_tall" if text == "Funn" else "hode"))
    found = deler(rapport)
    for rad, del_ in enumerate(found, _TABELLRAD + 1):
        _control(ark, rad, del_, stiler)
    for rad, merknad in enumerate(rapport.merknader, _TABELLRAD + len(found) + 2):
        skriv_celle(ark, rad, 4, merknad, stiler.hent("dempet"))
        ark.set_row(rad, row_height(lines_needed(merknad, _TEKSTBREDDE)))
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)


def _control(ark: Worksheet, rad: int, del_: Kontrolldel, stiler: Stiler) -> None:
    skriv_celle(ark, rad, 1, del_.nummer, stiler.hent("kode"))
    skriv_celle(ark, rad, 2, _alvor(del_.alvor), stiler.hent("status", _FARGE[del_.alvor]))
    skriv_celle(ark, rad, 3, del_.antall, stiler.hent("heltall"))
    skriv_celle(ark, rad, 4, del_.emne, stiler.hent("brytes"))
