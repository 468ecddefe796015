"""Feilene en bruker kan rette når filen lot seg åpne: feil ark, ingen tabell, formler uten verdi."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.chart.grid import letter
from kontoplan.chart.headers import STRUCTURAL
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.chart.columns import Layout
    from kontoplan.chart.grid import Sheet
    from kontoplan.chart.tables import Block
    from kontoplan.lesing import Utelatt


def choose_sheets(loaded: Sequence[tuple[Sheet, ...]], ark: Sequence[str] | None) -> list[tuple[Sheet, ...]]:
    """Arkene som skal leses i hver fil; store og små bokstaver er like gode.

    Raises:
        UserError: et av arkene finnes ikke i noen av filene.
    """
    if not ark:
        return list(loaded)
    wanted = {name.strip().casefold() for name in ark}
    existing = [sheet.name for sheets in loaded for sheet in sheets]
    known = {name.strip().casefold() for name in existing}
    for name in ark:
        if name.strip().casefold() not in known:
            raise UserError(
                f"Arket «{name}» finnes ikke i {_files(loaded)}; arkene er {', '.join(f'«{n}»' for n in existing)}.",
                code="ukjent-ark",
            )
    return [tuple(s for s in sheets if s.name.strip().casefold() in wanted) for sheets in loaded]


def _files(loaded: Sequence[tuple[Sheet, ...]]) -> str:
    return " eller ".join(dict.fromkeys(s.fil for sheets in loaded for s in sheets)) or "filen"


def check_formulas(block: Block, layout: Layout) -> None:
    """Stopper når nummer- eller navnekolonnen er formler som aldri er regnet ut.

    Raises:
        UserError: minst én slik celle i en kolonne med nummer eller navn.
    """
    if not block.sheet.hints.uncalculated or not block.rows:
        return
    columns = {c for unit in layout.units for c in unit.columns()}
    columns.update(c for c, head in block.heads.items() if head.heading.role in STRUCTURAL)
    first, last = block.rows[0].nr, block.rows[-1].nr
    cells = ((nr, c) for nr, c in block.sheet.hints.uncalculated if c in columns and first <= nr <= last)
    hit = min(cells, default=None)
    if hit:
        raise uncalculated(block.sheet, *hit)


def uncalculated(sheet: Sheet, row: int, column: int) -> UserError:
    """Feilen for en celle med en formel som aldri er regnet ut; ``row`` er 1-basert og ``column`` 0-basert."""
    return UserError(
        f"Arket «{sheet.name}» i {sheet.fil} har formler som ikke er regnet ut (først i {letter(column)}{row}); "
        "åpne filen i Excel eller LibreOffice, lagre den og prøv igjen.",
        code="formler-uten-verdi",
    )


def no_accounts(sheets: Sequence[Sheet], *, headed: bool, skipped: Sequence[Utelatt], project: str) -> UserError:
    """Feilen for en fil uten en eneste konto, med det som trolig er grunnen."""
    fil = sheets[0].fil
    names = ", ".join(f"«{sheet.name}»" for sheet in sheets)
    for sheet in sheets:
        if sheet.hints.uncalculated:
            return uncalculated(sheet, *min(sheet.hints.uncalculated))
    if not any(sheet.rows for sheet in sheets):
        return UserError(
            f"{fil} har ingen utfylte celler ({names}); eksporter kontoplanen på nytt.", code="tom-arbeidsbok"
        )
    if any(u.grunn == project and u.fil == fil for u in skipped):
        return UserError(
            f"{fil} har bare prosjekter ({names}), og de har ikke KOSTRA-kode; oppgi filen med arter, funksjoner, ansvar eller balanse.",
            code="bare-prosjekter",
        )
    if headed:
        return UserError(
            f"{fil} har overskrifter, men ingen kontoer under dem ({names}); eksporter kontoplanen med radene.",
            code="bare-overskrifter",
        )
    return UserError(
        f"Fant ingen kontotabell i {fil} ({names}); sett overskrifter som «Konto» og «Navn» over kolonnene, "
        'eller oppgi dem med --kolonner "kode=A,navn=B".',
        code="ingen-overskrift",
    )
