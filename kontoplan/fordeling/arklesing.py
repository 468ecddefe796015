"""Et ark i nøkkelarbeidsboken som rader: finner overskriften, og sier fra med ark, rad og kolonne når noe er galt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kontoplan.chart.amounts import parse_amount
from kontoplan.chart.grid import as_text, letter
from kontoplan.chart.headers import compact
from kontoplan.errors import UserError
from kontoplan.fordeling.skjema import ARKNAVN, KOLONNER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.chart.grid import Row, Sheet

_HEADER_ROWS = 20
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Ark:
    """Et lest ark.

    Attributes:
        fil: Filnavnet.
        navn: Arknavnet slik det står.
        kolonner: Rolle → kolonne (0-basert).
        andre: Overskrift → kolonne for kolonnene som ikke er kjent.
        rader: Dataradene.
    """

    fil: str
    navn: str
    kolonner: dict[str, int]
    andre: dict[str, int]
    rader: tuple[Row, ...]

    def text(self, row: Row, rolle: str) -> str:
        """Cellen som tekst; tom når kolonnen mangler."""
        return row.text(self.kolonner[rolle]).strip() if rolle in self.kolonner else ""

    def error(self, row: int, column: int | None, message: str, code: str) -> UserError:
        """Feilen med plasseringen foran."""
        where = f"{letter(column)}{row}" if column is not None else f"rad {row}"
        return UserError(f"{self.fil}, arket «{self.navn}», {where}: {message}", code=code)

    def number(self, row: Row, column: int) -> Fraction | None:
        """Tallet i cellen, eksakt slik det er skrevet: «0,25», «25 %», «1/3». ``None`` når cellen er tom.

        Raises:
            UserError: cellen er ikke et tall.
        """
        value = row.cells[column] if column < len(row.cells) else None
        text = as_text(value).strip()
        if not text:
            return None
        fraction = re.fullmatch(r"(\d+)\s*/\s*(\d+)", text)
        if fraction and int(fraction[2]):
            return Fraction(int(fraction[1]), int(fraction[2]))
        percent = text.endswith("%")
        amount = parse_amount(text.removesuffix("%").strip()) if isinstance(value, str) else parse_amount(value)
        if amount is None:
            raise self.error(
                row.nr, column, f"«{text}» er ikke et tall; skriv f.eks. 0,25, 25 % eller 1/4.", "fordel-ikke-tall"
            )
        return Fraction(amount) / (_PERCENT if percent else 1)


def find_sheet(sheets: Sequence[Sheet], slag: str, *, need: bool) -> Ark | None:
    """Arket av slaget, med kolonnene funnet; ``None`` når det mangler og ikke må finnes.

    Raises:
        UserError: arket mangler, eller har ingen overskriftsrad.
    """
    sheet = next((s for s in sheets if s.name.strip().casefold() in ARKNAVN[slag]), None)
    fil = sheets[0].fil if sheets else "nøklene"
    if sheet is None:
        if need:
            raise UserError(
                f"{fil} mangler arket «{slag}»; lag en tom nøkkelarbeidsbok med «kontoplan fordel --mal MAL.xlsx» og fyll den ut.",
                code="fordel-mangler-ark",
            )
        return None
    words = {compact(word): c.rolle for c in KOLONNER[slag] for word in (c.overskrift, *c.ogsa)}
    best: tuple[int, int, dict[str, int]] = (0, 0, {})
    for at, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        found: dict[str, int] = {}
        for column in range(len(row.cells)):
            role = words.get(compact(row.text(column)))
            if role:
                found.setdefault(role, column)
        if len(found) > best[0]:
            best = (len(found), at, found)
    count, at, found = best
    if not count:
        names = ", ".join(c.overskrift for c in KOLONNER[slag])
        raise UserError(
            f"{fil}, arket «{sheet.name}»: fant ingen overskriftsrad; overskriftene er {names}.",
            code="fordel-mangler-overskrift",
        )
    header = sheet.rows[at]
    others = {header.text(c).strip(): c for c in header.filled(0, len(header.cells) - 1) if c not in found.values()}
    ark = Ark(fil, sheet.name, found, others, sheet.rows[at + 1 :])
    _check_formulas(sheet, ark)
    return ark


def _check_formulas(sheet: Sheet, ark: Ark) -> None:
    used = {*ark.kolonner.values(), *ark.andre.values()}
    cells = [cell for cell in sheet.hints.uncalculated if cell[1] in used]
    if cells:
        row, column = min(cells)
        raise ark.error(
            row,
            column,
            "formelen er ikke regnet ut; åpne filen i Excel eller LibreOffice, lagre den og prøv igjen.",
            "formler-uten-verdi",
        )
