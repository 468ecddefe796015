"""Konteringshåndboken som Word-dokument."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from kontoplan.usecases.haandbok_kontoer import by_number
from kontoplan.usecases.haandbok_tekst import title
from kontoplan.word import content
from kontoplan.word.document import Writer
from kontoplan.word.pages import REGISTER, REGISTER_HEADING, TOC, paginate
from kontoplan.word.toc import COLUMNS, Entry, page_count
from kontoplan.workbook.atomic import write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kontoplan.usecases.haandbok_modell import Haandbok
    from kontoplan.word.pages import Block, Page

_WORDS = "Ordliste: ord og konto"
_WORDS_MARK = "ordliste"
_COVER = 1


def write_handbook(bok: Haandbok, path: Path, *, overskriv: bool = False) -> None:
    """Skriver håndboken som ``.docx``.

    Raises:
        UserError: filen finnes fra før, eller kan ikke skrives.
    """
    write_bytes(path, render(bok), overskriv=overskriv)


def render(bok: Haandbok) -> bytes:
    """Innholdet i dokumentet.

    Sidene settes opp først, så innholdsfortegnelsen vet hvor hver overskrift havner.
    """
    parts = [(kapittel.tittel, paginate(content.chapter(kapittel))) for kapittel in bok.kapitler]
    parts += [
        ("Kontoer som ikke er avklart", paginate(content.unsettled(bok))),
        ("Kilder", paginate(content.sources(bok))),
    ]
    parts = [(name, pages) for name, pages in parts if pages]
    guide = paginate(content.guide(bok))
    blank, accounts = _entries(parts, bok, 0), _register(parts, bok, 0)
    first = _COVER + len(guide) + page_count(blank, 1) + page_count(accounts, COLUMNS) + 1

    writer = Writer(bok)
    writer.cover(content.front(bok))
    writer.pages(guide, fresh=True)
    writer.contents(_entries(parts, bok, first))
    writer.register(_register(parts, bok, first))
    for name, pages in parts:
        writer.section(f"{name} · {title(bok)}")
        writer.pages(pages, fresh=False)
    if bok.ordliste:
        writer.section(f"{_WORDS} · {title(bok)}")
        writer.words(_WORDS, _WORDS_MARK, content.words(bok))
    target = BytesIO()
    writer.document.save(target)
    return target.getvalue()


def _entries(parts: Sequence[tuple[str, Sequence[Page]]], bok: Haandbok, first: int) -> list[Entry]:
    """Linjene i innholdet, når det første kapittelet begynner på side ``first``."""
    found = [
        Entry(TOC[block.style.level - 1], block.text, block.mark, page)
        for page, block in _placed(parts, first)
        if 0 < block.style.level <= len(TOC)
    ]
    last = first + sum(len(pages) for _, pages in parts)
    return [*found, Entry(TOC[0], _WORDS, _WORDS_MARK, last)] if bok.ordliste else found


def _register(parts: Sequence[tuple[str, Sequence[Page]]], bok: Haandbok, first: int) -> list[Entry]:
    """Hver konto med siden den står på, etter nummer i hvert kapittel."""
    pages = {block.mark: page for page, block in _placed(parts, first) if block.mark}
    found: list[Entry] = []
    for kapittel in bok.kapitler:
        mark = content.chapter_mark(kapittel)
        found.append(Entry(REGISTER_HEADING, kapittel.tittel, mark, pages[mark]))
        own = sorted((konto.egen for konto in kapittel.kontoer), key=lambda egen: by_number(egen.nummer, egen.navn))
        found += [Entry(REGISTER, egen.tittel, egen.anker, pages[egen.anker]) for egen in own]
    return found


def _placed(parts: Sequence[tuple[str, Sequence[Page]]], first: int) -> Iterator[tuple[int, Block]]:
    """Hvert avsnitt, også i tabellene, med sidetallet."""
    every = (page for _, pages in parts for page in pages)
    for number, page in enumerate(every, first):
        for block in page.blocks:
            yield number, block
            yield from ((number, cell) for row in block.rows for cell in row)
