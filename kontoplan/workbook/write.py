"""Setter arbeidsboken sammen, ark for ark, og skriver den ferdige filen."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from kontoplan import __version__, headings
from kontoplan.errors import UserError
from kontoplan.headings import FILER_EGENSKAP
from kontoplan.workbook.atomic import check_target, write_bytes
from kontoplan.workbook.book import FLEST_RADER, LENGSTE_EGENSKAP, new_book, set_identity
from kontoplan.workbook.cells import safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from xlsxwriter import Workbook

    from kontoplan.kobling import Kobling
    from kontoplan.kodeverk import Kodeverk


def write_workbook(
    kobling: Kobling,
    path: Path,
    *,
    kodeverk: Kodeverk,
    overskriv: bool = False,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Skriver koblingen som en Excel-arbeidsbok; arkene er de i ``headings``.

    Args:
        kobling: Kontoene med vurderinger.
        path: Filen som skal skrives; navnet slutter på ``.xlsx``.
        kodeverk: Navnene på kodene.
        overskriv: Om en fil som finnes fra før, skal erstattes.
        progress: Kalles med en kort norsk setning for hvert steg.

    Raises:
        UserError: filen kan ikke skrives, finnes fra før, eller kontoplanen har flere rader enn et Excel-ark.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError(
            f"Resultatet er en Excel-arbeidsbok; gi {path.name} et navn som slutter på .xlsx.", code="feil-endelse"
        )
    check_target(path, overskriv=overskriv)
    say = progress or (lambda _melding: None)
    content = render(kobling, kodeverk, naar=datetime.now().astimezone(), say=lambda what: say(f"{path.name}: {what}"))
    write_bytes(path, content, overskriv=overskriv)


def render(kobling: Kobling, kodeverk: Kodeverk, *, naar: datetime, say: Callable[[str], None] | None = None) -> bytes:
    """Innholdet i arbeidsboken; samme inndata og tidspunkt gir samme celler.

    Raises:
        UserError: kontoplanen har flere rader enn et Excel-ark.
    """
    if len(kobling.rader) > FLEST_RADER:
        raise UserError(
            f"Kontoplanen har {len(kobling.rader)} kontoer, og et Excel-ark har plass til {FLEST_RADER}; koble færre ark om gangen.",
            code="for-mange-rader",
        )
    innhold = BytesIO()
    with new_book(innhold, len(kobling.rader)) as bok:
        _egenskaper(bok, kobling, naar)
        _ark(bok, kobling, kodeverk, naar, say or (lambda _melding: None))
    return innhold.getvalue()


@contextmanager
def _without_ring_search() -> Iterator[None]:
    """Lar være å lete etter ringer i en million celler som ikke har noen; det tar en tidel av tiden."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _ark(bok: Workbook, kobling: Kobling, kodeverk: Kodeverk, naar: datetime, say: Callable[[str], None]) -> None:
    # Importeres først når en arbeidsbok skal skrives.
    from kontoplan.workbook import (  # noqa: PLC0415
        about,
        changes,
        codebook,
        content,
        layout,
        lists,
        mapping,
        review_sheet,
        rules,
        splits,
        summary,
    )

    stiler = layout.Stiler(bok)
    names = list(headings.ARK)
    if kobling.endringer:
        names.insert(names.index(headings.KOBLING), headings.ENDRINGER)
    ark = {navn: bok.add_worksheet(navn) for navn in names}
    lister = lists.Valglister(kodeverk)
    say("ordner radene")
    innhold = content.make_content(kobling, kodeverk, lister, naar)
    summary.Sammendrag(bok, ark[headings.SAMMENDRAG], innhold, stiler).skriv()
    review_sheet.skriv_gjennomgang(ark[headings.GJENNOMGANG], innhold, stiler)
    say(f"skriver arket {headings.KOBLING}")
    mapping.skriv_kobling(ark[headings.KOBLING], innhold, stiler)
    if kobling.endringer:
        changes.skriv_endringer(ark[headings.ENDRINGER], kobling.endringer, stiler)
    splits.skriv_fordelinger(ark[headings.FORDELINGER], innhold, stiler)
    codebook.skriv_kodeverk(ark[headings.KODEVERK], innhold, stiler)
    rules.skriv_regler(ark[headings.REGLER], innhold, stiler)
    about.skriv_om(ark[headings.OM], innhold, stiler)
    say("pakker filen")
    lister.skriv(bok, ark[headings.VALGLISTER], innhold.fordelinger.navn)


def _egenskaper(bok: Workbook, kobling: Kobling, naar: datetime) -> None:
    filer = ", ".join(dict.fromkeys(tabell.fil for tabell in kobling.lesing.tabeller))
    bok.set_properties(
        {
            "title": f"Kontoplan koblet til KOSTRA {kobling.aar}",
            "subject": f"KOSTRA-koder for {len(kobling.rader)} kontoer, {kobling.regnskap}",
            "keywords": "KOSTRA, kontoplan, kobling",
            "comments": f"Laget med kontoplan {__version__}",
            "created": naar,
        }
    )
    set_identity(bok, kobling.aar, kobling.regnskap, kobling.kommune)
    bok.set_custom_property(FILER_EGENSKAP, safe_text(filer)[:LENGSTE_EGENSKAP], "text")
