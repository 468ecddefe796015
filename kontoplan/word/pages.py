"""Avsnittene i dokumentet før de skrives, og fordelingen av dem på sider.

Sidene brytes her og ikke av Word: hvert avsnitt har fast linjehøyde, og en side fylles aldri helt. Derfor er sidetallene i
innholdsfortegnelsen rette også før feltene er oppdatert, i Word og i LibreOffice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kontoplan.word.measure import lines, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PAGE: Final = 694.0
"""Høyden som fylles på en side, i punkt; satsflaten er litt høyere."""
TEXT_WIDTH: Final = 482.0
_BELOW: Final = 8.0  # luften under en tabell
_SHORT: Final = 0.4  # andelen av en side en gruppe kan ta og likevel alltid stå samlet


@dataclass(frozen=True, slots=True)
class Style:
    """Et avsnittsformat; alle mål er punkt.

    Attributes:
        line: Fast linjehøyde.
        keep: Om det alltid står sammen med neste avsnitt.
        level: Nivået i innholdsfortegnelsen; 0 for det som ikke er med der.
        outline: Nivået i navigasjonsruten for det som ikke er en overskrift i innholdsfortegnelsen.
        indent: Innrykk fra venstre; med ``hanging`` står en merkelapp til venstre for det.
    """

    name: str
    size: float
    line: float
    before: float = 0
    after: float = 0
    indent: float = 0
    hanging: float = 0
    bold: bool = False
    colour: str = "1B2430"
    keep: bool = False
    level: int = 0
    outline: int = 0


DARK: Final = "1F3A5F"
GREY: Final = "55606E"
TITLE: Final = Style("Title", 30, 38, 190, 10, bold=True, colour=DARK)
SUBTITLE: Final = Style("Subtitle", 14, 19, 0, 6, colour=GREY)
H1: Final = Style("Heading 1", 20, 26, 0, 8, bold=True, colour=DARK, keep=True, level=1)
H2: Final = Style("Heading 2", 13, 17, 14, 3, bold=True, colour=DARK, keep=True, level=2)
H3: Final = Style("Heading 3", 11, 14, 8, 1, bold=True, keep=True, level=3)
LETTER: Final = Style("Ordliste bokstav", 11, 14, 6, 1, bold=True, colour=DARK, keep=True, outline=2)
SECTION: Final = Style("Seksjonstittel", 20, 26, 0, 8, bold=True, colour=DARK, keep=True, outline=1)
META: Final = Style("Kontostatus", 8.5, 11, 0, 3, colour=GREY, keep=True)
BODY: Final = Style("Brødtekst", 10, 14, 0, 6)
FIELD: Final = Style("Kontofelt", 9, 11.5, 0, 2, indent=84, hanging=84)
SOURCE: Final = Style("Kilde", 9, 12, 0, 3, indent=28, hanging=28)
WORD: Final = Style("Ordliste", 8, 10, 0, 0.5, indent=8, hanging=8)
CELL: Final = Style("Tabelltekst", 9, 11.5)
HEADER_CELL: Final = Style("Tabelloverskrift", 9, 11.5, bold=True, colour=DARK)
TOC: Final = (
    Style("toc 1", 10.5, 14, 6, 1, bold=True, colour=DARK),
    Style("toc 2", 9, 12, 0, 0, indent=10),
)
REGISTER: Final = Style("Kontoregister", 8.5, 11)
REGISTER_HEADING: Final = Style("Kontoregister kapittel", 9.5, 13, 5, 1, bold=True, colour=DARK)
STYLES: Final = (
    TITLE, SUBTITLE, H1, H2, H3, LETTER, SECTION, META, BODY, FIELD, SOURCE, WORD, CELL, HEADER_CELL, REGISTER, REGISTER_HEADING, *TOC,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bit:
    """Et stykke tekst; ``link`` er bokmerket det fører til."""

    text: str
    bold: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Et avsnitt, eller en tabell når ``rows`` er satt.

    Attributes:
        label: Merkelappen foran teksten, i feltene.
        mark: Bokmerket på avsnittet.
        glued: Om det alltid står sammen med avsnittet foran.
        rows: Radene i tabellen, den første er overskriften; hver celle er et avsnitt.
        widths: Bredden av kolonnene i punkt.
    """

    style: Style
    bits: tuple[Bit, ...] = ()
    label: str = ""
    mark: str = ""
    glued: bool = False
    rows: tuple[tuple[Block, ...], ...] = ()
    widths: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """Teksten uten merkelapp."""
        return "".join(bit.text for bit in self.bits)

    def height(self, room: float = TEXT_WIDTH) -> float:
        """Høyden i punkt når den har ``room`` punkt å stå på."""
        style = self.style
        if self.rows:
            return sum(_row_height(row, self.widths) for row in self.rows) + _BELOW
        number = lines(((b.text, b.bold or style.bold) for b in self.bits), room - style.indent, style.size)
        if self.label and width(self.label, style.size, bold=True) > style.hanging:
            number += 1
        return style.before + number * style.line + style.after


CELL_PADDING: Final = 5.0


def _row_height(row: Sequence[Block], widths: Sequence[float]) -> float:
    return max(cell.height(room - 2 * CELL_PADDING) for cell, room in zip(row, widths, strict=True)) + 5


@dataclass(slots=True)
class Page:
    """Avsnittene på en side."""

    blocks: list[Block] = field(default_factory=list)


def paginate(blocks: Iterable[Block]) -> list[Page]:
    """Fordeler avsnittene på sider; en overskrift står aldri alene nederst, og første nivå begynner på ny side."""
    pages: list[Page] = []
    used = PAGE
    for unit in _units(_short_together(blocks)):
        for part in _fitted(unit, PAGE - used):
            height = sum(block.height() for block in part)
            if used + height > PAGE or part[0].style is H1:
                pages.append(Page())
                used = 0.0
            pages[-1].blocks += part
            used += height
    return pages


def _units(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Det som må stå sammen: overskrifter med det første under dem, og det som er limt til det foran."""
    unit: list[Block] = []
    for block in blocks:
        if unit and not unit[-1].style.keep and not block.glued:
            yield unit
            unit = []
        unit.append(block)
    if unit:
        yield unit


def _short_together(blocks: Iterable[Block]) -> Iterator[Block]:
    """Limer sammen alt under en overskrift på andre nivå når det er kort, så det ikke deles på to sider."""
    for _, group in groupby(_numbered(blocks), key=lambda pair: pair[0]):
        found = [block for _, block in group]
        whole = found[0].style is H2 and sum(block.height() for block in found) <= PAGE * _SHORT
        yield from (replace(block, glued=True) if whole and at else block for at, block in enumerate(found))


def _numbered(blocks: Iterable[Block]) -> Iterator[tuple[int, Block]]:
    """Avsnittene med nummeret på overskriften de står under."""
    number = 0
    for block in blocks:
        number += block.style in {H1, H2}
        yield number, block


def _fitted(unit: list[Block], left: float) -> Iterator[list[Block]]:
    """Enheten som den er, eller, for en tabell, i stykker som får plass på hver sin side, alle med overskriftsraden."""
    table = unit[-1]
    if not table.rows:
        yield unit
        return
    above = unit[:-1]
    header, *rows = table.rows
    room = (PAGE if above and above[0].style is H1 else left) - sum(block.height() for block in above)
    piece: list[tuple[Block, ...]] = []
    for row in rows:
        if replace(table, rows=(header, *piece, row)).height() > room and (piece or room < PAGE - 1):
            if piece or above:
                yield [*above, *([replace(table, rows=(header, *piece))] if piece else [])]
            above, piece, room = [], [], PAGE
        piece.append(row)
    yield [*above, replace(table, rows=(header, *piece))]
