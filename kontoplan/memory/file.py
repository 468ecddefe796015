"""Åpner minnefilen: lager den når den skal skrives, kjenner den igjen når den skal leses, og forklarer feilene."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.memory.schema import APPLICATION_ID, VERSION, statements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAIT = 30.0  # sekunder en annen prosess får på seg til å skrive ferdig
_FULL, _BUSY, _READ_ONLY = {"SQLITE_FULL"}, {"SQLITE_BUSY", "SQLITE_LOCKED"}, {"SQLITE_READONLY", "SQLITE_CANTOPEN"}


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """En forbindelse til et minne som finnes; en fil uten noe i er et minne uten avgjørelser.

    Raises:
        UserError: filen er ikke et minne, er skadet, eller er laget av en nyere utgave.
    """
    with _explained(path), closing(_connect(path, "rw")) as db:
        if _empty(db):  # programmet ble stoppet før den første skrivingen var ferdig
            for statement in ("BEGIN", *statements(0)):
                db.execute(statement)
        _check(db, path)
        yield db


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """En transaksjon i minnet, som lages når det ikke finnes; alt blir skrevet, eller ingenting.

    Andre som skriver samtidig, venter til denne er ferdig.

    Raises:
        UserError: mappen kan ikke lages, filen kan ikke skrives eller er ikke et minne, eller noen andre holder den.
    """
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_connect(path, "rwc")) as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                if not _empty(db):
                    _check(db, path)
                for statement in statements(version(db)):
                    db.execute(statement)
                _check(db, path)
                yield db
            except BaseException:
                db.rollback()
                raise
            db.execute("COMMIT")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # Vanlig journal og ikke WAL: minnet er da én fil som kan kopieres, og den kan ligge på en nettverksdisk.
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=_WAIT, isolation_level=None)
    try:
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        db.close()
        raise
    db.row_factory = sqlite3.Row
    return db


def _empty(db: sqlite3.Connection) -> bool:
    return not _pragma(db, "application_id") and not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()


def _check(db: sqlite3.Connection, path: Path) -> None:
    if _pragma(db, "application_id") != APPLICATION_ID:
        raise UserError(f"{path} er ikke et kontoplan-minne; oppgi en annen fil med --minne.", code="ikke-minne")
    if _pragma(db, "user_version") > VERSION:
        raise UserError(
            f"Minnet {path} er laget med en nyere utgave av kontoplan; oppgrader programmet.", code="nyere-minne"
        )


def version(db: sqlite3.Connection) -> int:
    """Utgaven minnet er laget i; 0 når det er tomt."""
    return _pragma(db, "user_version")


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Feil fra SQLite og disken som én setning til brukeren."""
    try:
        yield
    except sqlite3.Error as error:
        raise _as_user_error(error, path) from error
    except OSError as error:
        raise UserError(
            f"Kan ikke bruke minnet {path} ({error.strerror or error}); oppgi en annen fil med --minne.",
            code="minne-utilgjengelig",
        ) from error


def _as_user_error(error: sqlite3.Error, path: Path) -> UserError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if any(name.startswith(known) for known in _BUSY):
        return UserError(
            f"Minnet {path} er opptatt i et annet program; prøv igjen når det er ferdig.", code="minne-opptatt"
        )
    if any(name.startswith(known) for known in _FULL):
        return UserError(f"Det er ikke plass på disken til minnet {path}; frigjør plass.", code="full-disk")
    if any(name.startswith(known) for known in _READ_ONLY):
        return UserError(
            f"Kan ikke åpne eller skrive minnet {path}; kontroller rettighetene, eller oppgi en annen fil med --minne.",
            code="minne-utilgjengelig",
        )
    return UserError(
        f"Minnet {path} er skadet eller er ikke et kontoplan-minne; oppgi en annen fil med --minne, eller hent det tilbake fra en kopi.",
        code="skadet-minne",
    )
