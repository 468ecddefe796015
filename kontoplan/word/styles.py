"""Formatene, sideoppsettet, språket og egenskapene til dokumentet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from kontoplan import __version__
from kontoplan.usecases.haandbok_tekst import title
from kontoplan.word.pages import DARK, GREY, REGISTER, REGISTER_HEADING, STYLES, TEXT_WIDTH, TOC
from kontoplan.word.toc import COLUMNS, column_width
from kontoplan.word.xml import element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle

    from kontoplan.usecases.haandbok_modell import Haandbok
    from kontoplan.word.pages import Style

_FONT: Final = "Arial"
_LANGUAGE: Final = "nb-NO"
_A4: Final = (595.3, 841.9)
_SIDE: Final = (_A4[0] - TEXT_WIDTH) / 2
_TOP: Final = 68.0
_BOTTOM: Final = 58.0
_LARGE: Final = 14
SPACER: Final = "Sideskift"
"""Avsnittet foran en tabell som begynner på ny side."""
LINK: Final = "Kontolenke"


def prepare(document: Document, bok: Haandbok) -> dict[str, str]:
    """Gjør et nytt dokument klart: A4, språk, formater og egenskaper. Gir id-en til hvert format."""
    section = document.sections[0]
    section.page_width, section.page_height = Pt(_A4[0]), Pt(_A4[1])
    section.left_margin = section.right_margin = Pt(_SIDE)
    section.top_margin, section.bottom_margin = Pt(_TOP), Pt(_BOTTOM)
    section.header_distance = section.footer_distance = Pt(30)
    _defaults(document)
    for style in STYLES:
        _define(document, style)
    for name in ("Header", "Footer"):
        _plain(document, name, 8)
    _plain(document, SPACER, 1)
    _plain(document, "TOC Heading", 20)
    link = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(DARK)
    _properties(document, bok)
    _drop_thumbnail(document)
    return {style.name: style.style_id for style in document.styles if style.name}


def set_columns(section: Section, number: int, gap: float) -> None:
    """Antall spalter i seksjonen, med like brede mellomrom."""
    columns = section._sectPr.find(qn("w:cols"))  # noqa: SLF001 - python-docx har ikke spalter
    for name, value in (("num", str(number)), ("space", str(int(gap * 20)))):
        columns.set(qn(f"w:{name}"), value)


def _defaults(document: Document) -> None:
    """Skrift og språk for alt som ikke sier noe annet."""
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for tag in ("w:rFonts", "w:lang"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    properties.insert(0, element("w:rFonts", ascii=_FONT, hAnsi=_FONT, cs=_FONT, eastAsia=_FONT))
    properties.append(element("w:lang", val=_LANGUAGE, eastAsia=_LANGUAGE, bidi="ar-SA"))
    for old in document.settings.element.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), _LANGUAGE)


def _define(document: Document, style: Style) -> None:
    made = _style(document, style.name)
    made.base_style = None if style.name == "Normal" else document.styles["Normal"]
    _font(made, style.size, bold=style.bold, colour=style.colour)
    layout = made.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.line)
    layout.space_before, layout.space_after = Pt(style.before), Pt(style.after)
    layout.left_indent, layout.first_line_indent = Pt(style.indent), Pt(-style.hanging)
    layout.keep_with_next, layout.widow_control = style.keep, False
    if style.hanging:
        layout.tab_stops.add_tab_stop(Pt(style.indent))
    if style in {*TOC, REGISTER, REGISTER_HEADING}:
        edge = column_width(1 if style in TOC else COLUMNS)
        layout.tab_stops.add_tab_stop(Pt(edge), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if style.outline:
        made.element.get_or_add_pPr().append(element("w:outlineLvl", val=str(style.outline - 1)))


def _plain(document: Document, name: str, size: float) -> None:
    """Et format uten avstander: topp- og bunntekst, sideskift foran tabeller, overskriften over innholdet."""
    made = _style(document, name)
    made.base_style = document.styles["Normal"]
    made.paragraph_format.tab_stops.clear_all()
    _font(made, size, bold=size > _LARGE, colour=DARK if size > _LARGE else GREY)
    layout = made.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size * 1.3)
    layout.space_before, layout.space_after = Pt(0), Pt(size * 0.4 if size > _LARGE else 0)


def _style(document: Document, name: str) -> ParagraphStyle:
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    return cast("ParagraphStyle", document.styles[name])


def _font(style: ParagraphStyle, size: float, *, bold: bool, colour: str) -> None:
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    if fonts is not None:  # formatene i malen bruker temaets skrift
        style.element.rPr.remove(fonts)
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)


def _drop_thumbnail(document: Document) -> None:
    """Tar bort bildet av malen python-docx begynner med."""
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]


def _properties(document: Document, bok: Haandbok) -> None:
    said = document.core_properties
    said.title = f"Konteringshåndbok for {title(bok)}"
    said.subject = f"Hvor kommunens kontoer brukes, med KOSTRA-kode og kilde, {bok.aar}"
    said.author = bok.kommune or "kontoplan"
    said.keywords = "kontering, KOSTRA, kontoplan, håndbok"
    said.comments = f"Laget med kontoplan {__version__}"
    said.language = _LANGUAGE
    said.created = said.modified = bok.naar
    said.last_modified_by = "kontoplan"
