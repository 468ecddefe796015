"""Mange spørsmål på én gang: fra en tekstfil eller et regneark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.chart.delimited import decode
from kontoplan.chart.files import load_sheets
from kontoplan.chart.limits import MAX_FILE_BYTES
from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk
from kontoplan.text import fold
from kontoplan.usecases.spor import answer, open_case

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kontoplan.chart.grid import Row
    from kontoplan.sak import Regnskap
    from kontoplan.svar import Svar

_HEADINGS = ("spørsmål", "sporsmal", "spørsmal", "tekst", "bilagstekst", "beskrivelse", "navn")
_TEXT_ENDINGS = {".txt", ".text", ".md", ""}
_EVERY = 200  # så ofte sies det fra om fremdriften


@dataclass(frozen=True, slots=True)
class Filsvar:
    """Svarene på spørsmålene i en fil: (radnummer, svar) i lest rekkefølge, og antall tomme rader."""

    svar: tuple[tuple[int, Svar], ...]
    tomme: int


def answer_file(
    path: Path,
    *,
    aar: int | None = None,
    regnskap: Regnskap = "kommune",
    progress: Callable[[str], None] | None = None,
) -> Filsvar:
    """Svarer på alle spørsmålene i en fil.

    En tekstfil har ett spørsmål per linje. Av et regneark leses det første arket som har innhold: kolonnen som heter
    «Spørsmål» eller «Tekst», ellers den første kolonnen med tekst.

    Raises:
        UserError: filen kan ikke leses eller har ingen spørsmål, eller året finnes ikke.
    """
    kodeverk = Kodeverk.for_aar(aar, regnskap)
    listed, empty = read_questions(path)
    found = []
    for at, (row, text) in enumerate(listed):
        if progress and at % _EVERY == 0:
            progress(f"Svarer på spørsmål {at + 1} av {len(listed)}")
        found.append((row, answer(open_case(text), kodeverk)))
    return Filsvar(tuple(found), empty)


def read_questions(path: Path) -> tuple[list[tuple[int, str]], int]:
    """Spørsmålene med radnummer, og antall tomme rader.

    Raises:
        UserError: filen kan ikke leses, eller har ingen spørsmål.
    """
    found = _from_text(path) if path.suffix.lower() in _TEXT_ENDINGS else _from_sheet(path)
    asked = [(row, text) for row, text in found if any(c.isalnum() for c in text)]
    if not asked:
        raise UserError(
            f"Fant ingen spørsmål i {path.name}; skriv ett per linje, eller i en kolonne som heter «Spørsmål».",
            code="ingen-sporsmal",
        )
    return asked, len(found) - len(asked)


def _from_text(path: Path) -> list[tuple[int, str]]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(f"{path.name} er for stor; del den i flere filer.", code="for-stor-fil")
        lines = decode(path.read_bytes()).splitlines()
    except FileNotFoundError:
        raise UserError(f"Finner ikke filen {path}; kontroller navnet og mappen.", code="finnes-ikke") from None
    except OSError as error:
        raise UserError(
            f"Kan ikke lese {path} ({error.strerror}); kontroller rettighetene, eller kopier filen til din egen disk.",
            code="lesefeil",
        ) from None
    return [(number, line.strip()) for number, line in enumerate(lines, 1)]


def _from_sheet(path: Path) -> list[tuple[int, str]]:
    sheets, _ = load_sheets(path)
    rows = next((sheet.rows for sheet in sheets if sheet.rows), ())
    column, start = _column(rows)
    return [(row.nr, row.text(column).strip()) for row in rows[start:]]


def _column(rows: Sequence[Row]) -> tuple[int, int]:
    """Kolonnen med spørsmålene, og hvor de begynner."""
    for at, row in enumerate(rows[:10]):
        names = [fold(row.text(column)) for column in range(len(row.cells))]
        heading = next((name for name in _HEADINGS if name in names), None)
        if heading:
            return names.index(heading), at + 1
    width = max((len(row.cells) for row in rows), default=0)
    wordy = [column for column in range(width) if any(any(c.isalpha() for c in r.text(column)) for r in rows)]
    return (wordy[0] if wordy else 0), 0
