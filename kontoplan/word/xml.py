"""Det python-docx ikke har egne metoder for, og det den bruker for lang tid på når dokumentet har titusen avsnitt.

python-docx slår opp formatet på nytt for hvert avsnitt og hvert ledd, og det tar det meste av et minutt for en håndbok. Her
settes id-en rett inn. Alle tekster går inn som tekst i XML-treet og kan aldri bli noe annet.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

name = cache(qn)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Et element i Words navnerom, f.eks. ``element("w:br", type="column")``."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(name(f"w:{key}"), value)
    return made


def paragraph(style: str, *children: BaseOxmlElement, new_page: bool = False) -> BaseOxmlElement:
    """Et avsnitt med formatet som har denne id-en, og det som skal stå i det."""
    made, properties = element("w:p"), element("w:pPr")
    properties.append(element("w:pStyle", val=style))
    if new_page:
        properties.append(element("w:pageBreakBefore"))
    made.extend((properties, *children))
    return made


def run(*children: BaseOxmlElement, style: str = "", bold: bool = False) -> BaseOxmlElement:
    """Et ledd med det som skal stå i det."""
    made = element("w:r")
    if style or bold:
        properties = element("w:rPr")
        if style:
            properties.append(element("w:rStyle", val=style))
        if bold:
            properties.append(element("w:b"))
        made.append(properties)
    made.extend(children)
    return made


def text(words: str, tag: str = "w:t") -> BaseOxmlElement:
    """Teksten, med mellomrommene i begynnelsen og slutten."""
    made = element(tag)
    made.text = words
    made.set(name("xml:space"), "preserve")
    return made


def field_mark(kind: str) -> BaseOxmlElement:
    """``begin``, ``separate`` eller ``end`` for et felt."""
    return run(element("w:fldChar", fldCharType=kind))


def field_code(code: str) -> BaseOxmlElement:
    """Koden i et felt, f.eks. ``PAGE``."""
    return run(text(f" {code} ", "w:instrText"))


def field(code: str, shown: str) -> tuple[BaseOxmlElement, ...]:
    """Et helt felt, med teksten det viser til det blir oppdatert."""
    return field_mark("begin"), field_code(code), field_mark("separate"), run(text(shown)), field_mark("end")


def link(target: str, *runs: BaseOxmlElement) -> BaseOxmlElement:
    """Leddene som en lenke til bokmerket ``target`` i dokumentet."""
    made = element("w:hyperlink", anchor=target, history="1")
    made.extend(runs)
    return made


def bookmark(number: int, mark: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """Begynnelsen og slutten av et bokmerke; numrene må være ulike i dokumentet."""
    return element("w:bookmarkStart", id=str(number), name=mark), element("w:bookmarkEnd", id=str(number))
