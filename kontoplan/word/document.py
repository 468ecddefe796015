"""Skriver avsnittene til et Word-dokument med topp- og bunntekst, innholdsfortegnelse, tabeller og bokmerker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt

from kontoplan.usecases.haandbok_tekst import title
from kontoplan.word import xml
from kontoplan.word.pages import CELL_PADDING, FIELD, H1, SECTION, SOURCE, TEXT_WIDTH, Bit, Block
from kontoplan.word.styles import LINK, SPACER, prepare, set_columns
from kontoplan.word.toc import COLUMNS, GAP, column_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section

    from kontoplan.usecases.haandbok_modell import Haandbok
    from kontoplan.word.pages import Page
    from kontoplan.word.toc import Entry

_TOC_CODE: Final = r'TOC \o "1-2" \h \z'
_WORD_COLUMNS: Final = 3
_LABELLED: Final = (FIELD, SOURCE)
_TWIPS: Final = 20  # per punkt


class Writer:
    """Ett dokument under arbeid.

    Attributes:
        document: Dokumentet i python-docx.
    """

    def __init__(self, bok: Haandbok) -> None:
        self.document = Document()
        self._ids = prepare(self.document, bok)
        self._body = self.document.element.body
        self._bookmarks = 0
        self._title = title(bok)
        self._footer(self.document.sections[0])

    def cover(self, blocks: Iterable[Block]) -> None:
        """Forsiden, uten topp- og bunntekst."""
        self.document.sections[0].different_first_page_header_footer = True
        for block in blocks:
            self._block(block)

    def pages(self, pages: Sequence[Page], *, fresh: bool) -> None:
        """Sidene; hver ny side begynner med et sideskift, den første bare når ``fresh``."""
        for number, page in enumerate(pages):
            for at, block in enumerate(page.blocks):
                self._block(block, new_page=at == 0 and (fresh or number > 0))

    def section(self, header: str, *, columns: int = 1) -> None:
        """Begynner på en ny seksjon, på ny side, med sin egen topptekst."""
        made = self._new_section(WD_SECTION.NEW_PAGE, columns)
        made.header.is_linked_to_previous = False
        made.header.paragraphs[0].text = header

    def _new_section(self, start: WD_SECTION, columns: int) -> Section:
        made: Section = self.document.add_section(start)
        made.different_first_page_header_footer = False
        set_columns(made, columns, GAP)
        closing = self._body[-2]  # python-docx lukker den forrige seksjonen med et tomt avsnitt
        closing.pPr.insert(0, xml.element("w:pStyle", val=self._ids[SPACER]))
        return made

    def contents(self, entries: Sequence[Entry]) -> None:
        """Innholdsfortegnelsen: et ekte felt som kan oppdateres, fylt ut med de rette sidetallene."""
        self.section(self._title)
        self._append(xml.paragraph(self._ids["TOC Heading"], xml.run(xml.text("Innhold"))))
        starts = column_starts(entries, 1)
        for at, entry in enumerate(entries):
            made = xml.paragraph(self._ids[entry.style.name], new_page=at in starts)
            if at == 0:
                made.extend((xml.field_mark("begin"), xml.field_code(_TOC_CODE), xml.field_mark("separate")))
            made.append(_entry(entry))
            if at == len(entries) - 1:
                made.append(xml.field_mark("end"))
            self._append(made)

    def register(self, entries: Sequence[Entry]) -> None:
        """Kontoene med sidetall, i spalter; sidetallene er felt."""
        self.section(self._title, columns=COLUMNS)
        self._block(Block(SECTION, (Bit("Kontoregister"),)))
        starts = column_starts(entries, COLUMNS)
        for at, entry in enumerate(entries):
            made = xml.paragraph(self._ids[entry.style.name])
            if at in starts:
                made.append(xml.run(xml.element("w:br", type="column")))
            made.append(_entry(entry))
            self._append(made)

    def words(self, heading: str, mark: str, blocks: Iterable[Block]) -> None:
        """Ordlisten, i spalter."""
        self._block(Block(H1, (Bit(heading),), mark=mark))
        self._new_section(WD_SECTION.CONTINUOUS, _WORD_COLUMNS)
        for block in blocks:
            self._block(block)

    def _append(self, made: BaseOxmlElement) -> None:
        self._body[-1].addprevious(made)  # sist i dokumentet står egenskapene til den siste seksjonen

    def _block(self, block: Block, *, new_page: bool = False) -> None:
        if not block.rows:
            self._append(self._paragraph(block, new_page=new_page))
            return
        if new_page:
            self._append(xml.paragraph(self._ids[SPACER], new_page=True))
        self._append(self._table(block))

    def _paragraph(self, block: Block, *, new_page: bool = False) -> BaseOxmlElement:
        made = xml.paragraph(self._ids[block.style.name], new_page=new_page)
        content = list(self._runs(block))
        if block.mark:
            self._bookmarks += 1
            start, end = xml.bookmark(self._bookmarks, block.mark)
            content = [start, *content, end]
        made.extend(content)
        return made

    def _runs(self, block: Block) -> Iterator[BaseOxmlElement]:
        if block.style in _LABELLED:
            if block.label:
                yield xml.run(xml.text(block.label), bold=True)
            yield xml.run(xml.element("w:tab"))
        for bit in block.bits:
            if bit.link:
                yield xml.link(bit.link, xml.run(xml.text(bit.text), style=self._ids[LINK], bold=bit.bold))
            elif bit.text:
                yield xml.run(xml.text(bit.text), bold=bit.bold)

    def _table(self, block: Block) -> BaseOxmlElement:
        table, properties, grid = xml.element("w:tbl"), xml.element("w:tblPr"), xml.element("w:tblGrid")
        properties.append(xml.element("w:tblStyle", val=self._ids["Table Grid"]))
        properties.append(xml.element("w:tblW", w=_twips(sum(block.widths)), type="dxa"))
        properties.append(xml.element("w:tblLayout", type="fixed"))
        margins = xml.element("w:tblCellMar")
        margins.extend(xml.element(f"w:{side}", w=_twips(CELL_PADDING), type="dxa") for side in ("left", "right"))
        properties.append(margins)
        properties.append(xml.element("w:tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1"))
        grid.extend(xml.element("w:gridCol", w=_twips(width)) for width in block.widths)
        table.extend((properties, grid, *(self._row(block, at) for at in range(len(block.rows)))))
        return table

    def _row(self, block: Block, at: int) -> BaseOxmlElement:
        row, properties = xml.element("w:tr"), xml.element("w:trPr")
        properties.append(xml.element("w:cantSplit"))
        if at == 0:
            properties.append(xml.element("w:tblHeader"))
        row.append(properties)
        for content, width in zip(block.rows[at], block.widths, strict=True):
            cell, shape = xml.element("w:tc"), xml.element("w:tcPr")
            shape.append(xml.element("w:tcW", w=_twips(width), type="dxa"))
            if at == 0:
                shape.append(xml.element("w:shd", val="clear", color="auto", fill="E9EEF5"))
            cell.extend((shape, self._paragraph(content)))
            row.append(cell)
        return row

    def _footer(self, section: Section) -> None:
        footer = section.footer.paragraphs[0]
        footer.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        footer.add_run(f"Konteringshåndbok · {self._title}\tSide ")
        footer._p.extend((*xml.field("PAGE", "1"), xml.run(xml.text(" av ")), *xml.field("NUMPAGES", "1")))  # noqa: SLF001 - python-docx har ikke felt


def _entry(entry: Entry) -> BaseOxmlElement:
    """En linje i innholdet eller registeret: en lenke, med sidetallet som felt."""
    words = xml.run(xml.text(entry.text), xml.element("w:tab"))
    return xml.link(entry.mark, words, *xml.field(rf"PAGEREF {entry.mark} \h", str(entry.page)))


def _twips(points: float) -> str:
    return str(round(points * _TWIPS))
