"""Å se på minnet, ta det med seg, og angre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.memory import Minne
from kontoplan.memory.place import default_path
from kontoplan.memory.transfer import from_csv, to_csv
from kontoplan.text import fold

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.memory import Laert, Runde


@dataclass(frozen=True, slots=True)
class Innhold:
    """Det som står i et minne: avgjørelsene som gjelder, og rundene de kom i."""

    path: Path
    avgjorelser: tuple[Avgjorelse, ...]
    runder: tuple[Runde, ...]


def se(minne: Path | None, *, kommune: str | None = None, sok: str = "") -> Innhold:
    """Det som står i minnet, for én kommune (``None`` for alle) og kontoer som har ``sok`` i nummeret eller navnet.

    Raises:
        UserError: minnet finnes ikke eller kan ikke leses.
    """
    store = existing(minne)
    wanted = fold(sok)
    found = (d for d in store.avgjorelser(kommune) if wanted in fold(d.tittel))
    return Innhold(store.path, tuple(found), tuple(store.runder()))


def eksporter(minne: Path | None, *, kommune: str | None = None) -> tuple[bytes, int]:
    """Avgjørelsene som gjelder, som CSV, og hvor mange det er.

    Raises:
        UserError: minnet finnes ikke eller kan ikke leses.
    """
    found = existing(minne).avgjorelser(kommune)
    return to_csv(found), len(found)


def importer(minne: Path | None, fil: Path) -> tuple[Laert, Path]:
    """Legger avgjørelsene i en CSV-fil til i minnet, som lages når det ikke finnes; alle eller ingen.

    Raises:
        UserError: filen kan ikke leses, eller har en rad som ikke er en avgjørelse.
    """
    try:
        content = fil.read_bytes()
    except OSError as error:
        raise UserError(
            f"Kan ikke lese {fil} ({error.strerror}); kontroller navnet og mappen.", code="finnes-ikke"
        ) from error
    store = Minne(minne or default_path())
    return store.importer(from_csv(content, fil.name), fil.name, datetime.now().astimezone()), store.path


def angre(minne: Path | None, nummer: int | None) -> Runde:
    """Angrer en runde; den siste som gjelder, når ``nummer`` er ``None``.

    Raises:
        UserError: minnet finnes ikke, eller runden finnes ikke eller er alt angret.
    """
    return existing(minne).angre(nummer, datetime.now().astimezone())


def existing(minne: Path | None) -> Minne:
    """Minnet som er oppgitt, eller brukerens eget.

    Raises:
        UserError: det er ikke laget.
    """
    store = Minne(minne or default_path())
    if not store.finnes:
        raise UserError(
            f"Minnet {store.path} finnes ikke; det lages første gang du kjører «kontoplan laer».", code="uten-minne"
        )
    return store
