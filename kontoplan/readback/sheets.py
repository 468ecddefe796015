"""Finner tabellene i en arbeidsbok brukeren har arbeidet i: etter overskriftene, hvor de enn står og hva arkene heter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.chart.files import load_sheets
from kontoplan.chart.grid import letter
from kontoplan.chart.problems import uncalculated
from kontoplan.errors import UserError
from kontoplan.readback.properties import Egenskaper, read_properties
from kontoplan.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kontoplan.chart.grid import Row, Sheet

_HEADER_DEPTH = 100  # så langt ned letes det etter overskriftene


@dataclass(frozen=True, slots=True)
class Linje:
    """En rad under overskriftene.

    Attributes:
        fil: Arbeidsboken.
        ark: Arket.
        rad: Radnummeret, 1-basert.
        tekster: Det som står i hver kolonne vi ba om, etter overskriften; tom tekst når cellen er tom.
        kolonner: Bokstaven til hver av kolonnene.
    """

    fil: str
    ark: str
    rad: int
    tekster: Mapping[str, str]
    kolonner: Mapping[str, str]

    def __getitem__(self, overskrift: str) -> str:
        """Teksten i kolonnen; tom når kolonnen mangler."""
        return self.tekster.get(overskrift, "")

    def sted(self, overskrift: str) -> str:
        """Cellen slik regnearket skriver den, f.eks. ``Kobling!L12``."""
        return f"{self.ark}!{self.kolonner.get(overskrift, 'A')}{self.rad}"


@dataclass(frozen=True, slots=True)
class Bok:
    """En arbeidsbok: arkene og det den sier om seg selv."""

    fil: str
    ark: tuple[Sheet, ...]
    egenskaper: Egenskaper


def open_book(path: Path) -> Bok:
    """Leser arbeidsboken.

    Raises:
        UserError: filen mangler, er ikke et regneark, er skadet, kryptert eller for stor.
    """
    sheets, _ = load_sheets(path)
    return Bok(path.name, sheets, read_properties(path, sheets))


def lines(bok: Bok, required: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Linje]:
    """Radene i alle tabellene som har overskriftene ``required``; også skjulte og filtrerte rader.

    Raises:
        UserError: en overskrift står to ganger i samme tabell, eller en celle er en formel som ikke er regnet ut.
    """
    for sheet in bok.ark:
        header = _header(sheet, required)
        if header is None:
            continue
        columns = _columns(sheet, header, (*required, *optional))
        letters = {name: letter(at) for name, at in columns.items()}
        _calculated(sheet, header.nr, set(columns.values()))
        for row in sheet.rows:
            if row.nr > header.nr:
                texts = {name: row.text(at).strip() for name, at in columns.items()}
                if any(texts.values()):
                    yield Linje(bok.fil, sheet.name, row.nr, texts, letters)


def has_table(bok: Bok, required: Sequence[str]) -> bool:
    """Om noe ark har en tabell med overskriftene."""
    return any(_header(sheet, required) for sheet in bok.ark)


def _header(sheet: Sheet, required: Sequence[str]) -> Row | None:
    wanted = {fold(name) for name in required}
    for row in sheet.rows[:_HEADER_DEPTH]:
        if wanted <= {fold(str(cell)) for cell in row.cells if isinstance(cell, str)}:
            return row
    return None


def _columns(sheet: Sheet, header: Row, names: Sequence[str]) -> dict[str, int]:
    found = [fold(cell) if isinstance(cell, str) else "" for cell in header.cells]
    times = Counter(found)
    for name in names:
        if times[fold(name)] > 1:
            raise UserError(
                f"Arket «{sheet.name}» i {sheet.fil} har to kolonner med overskriften «{name}» (rad {header.nr}); "
                "gi den ene et annet navn.",
                code="to-like-overskrifter",
            )
    return {name: found.index(fold(name)) for name in names if fold(name) in found}


def _calculated(sheet: Sheet, header: int, columns: set[int]) -> None:
    cells = [(nr, at) for nr, at in sheet.hints.uncalculated if nr > header and at in columns]
    if cells:
        raise uncalculated(sheet, *min(cells))
