"""Å se på minnet, ta det med seg, og angre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.memory import Minne
from kontoplan.memory.place import default_path
from kontoplan.memory.store import same_kommune
from kontoplan.memory.transfer import from_csv, holds_verdicts, to_csv, verdicts_from_csv, verdicts_to_csv
from kontoplan.memory.verdicts import import_verdicts, verdicts
from kontoplan.text import fold

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.memory import Laert, Runde
    from kontoplan.memory.funndom import Funndom
    from kontoplan.memory.verdicts import Dommerlaert


@dataclass(frozen=True, slots=True)
class Innhold:
    """Det som står i et minne: avgjørelsene og dommene over funn som gjelder, og rundene de kom i."""

    path: Path
    avgjorelser: tuple[Avgjorelse, ...]
    runder: tuple[Runde, ...]
    dommer: tuple[Funndom, ...] = ()


def se(minne: Path | None, *, kommune: str | None = None, sok: str = "") -> Innhold:
    """Det som står i minnet, for én kommune (``None`` for alle), og kontoer som har ``sok`` i nummeret eller navnet.

    Dommer tas med når ``sok`` er tomt, eller står i kontonummeret eller funnslaget.

    Raises:
        UserError: minnet finnes ikke eller kan ikke leses.
    """
    store = existing(minne)
    wanted = fold(sok)
    found = (d for d in store.avgjorelser(kommune) if wanted in fold(d.tittel))
    judged = (v for v in _verdicts(store, kommune) if wanted in fold(f"{v.kjennetegn.slag} {v.kjennetegn.konto}"))
    return Innhold(store.path, tuple(found), tuple(store.runder()), tuple(judged))


def _verdicts(store: Minne, kommune: str | None) -> list[Funndom]:
    return [v for v in verdicts(store) if kommune is None or same_kommune(v.kommune) == same_kommune(kommune)]


def eksporter(minne: Path | None, *, kommune: str | None = None) -> tuple[bytes, int]:
    """Avgjørelsene som gjelder, som CSV, og hvor mange det er.

    Raises:
        UserError: minnet finnes ikke eller kan ikke leses.
    """
    found = existing(minne).avgjorelser(kommune)
    return to_csv(found), len(found)


def eksporter_dommer(minne: Path | None, *, kommune: str | None = None) -> tuple[bytes, int]:
    """Dommene over funn som gjelder, som CSV, og hvor mange det er.

    Raises:
        UserError: minnet finnes ikke eller kan ikke leses.
    """
    found = _verdicts(existing(minne), kommune)
    return verdicts_to_csv(found), len(found)


def importer(minne: Path | None, fil: Path) -> tuple[Laert | Dommerlaert, Path]:
    """Legger avgjørelsene eller dommene i en CSV-fil til i minnet, som lages når det ikke finnes; alle eller ingen.

    Raises:
        UserError: filen kan ikke leses, eller har en rad som ikke er en avgjørelse eller en dom.
    """
    try:
        content = fil.read_bytes()
    except OSError as error:
        raise UserError(
            f"Kan ikke lese {fil} ({error.strerror}); kontroller navnet og mappen.", code="finnes-ikke"
        ) from error
    store = Minne(minne or default_path())
    now = datetime.now().astimezone()
    if holds_verdicts(content):
        return import_verdicts(store, verdicts_from_csv(content, fil.name), fil.name, now), store.path
    return store.importer(from_csv(content, fil.name), fil.name, now), store.path


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
