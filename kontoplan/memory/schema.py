"""Tabellene i minnet. Utløsere i selve filen hindrer at noe endres eller slettes, uansett hvem som åpner den."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

APPLICATION_ID: Final = 0x4B505231
"""Merket i filhodet som sier at filen er et kontoplan-minne («KPR1»)."""
VERSION: Final = 2


def _columns(fields: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {kind} NOT NULL" for name, kind in fields.items())


_FIELDS: Final = {
    "konto": "TEXT",
    "sammenheng": "TEXT",
    "dimensjon": "TEXT",
    "lokal_kode": "TEXT",
    "lokal_navn": "TEXT",
    "utfall": "TEXT",
    "kode": "TEXT",
    "sektor": "TEXT",
    "fordeling": "TEXT",
    "aar": "INTEGER",
    "regnskap": "TEXT",
    "kommune": "TEXT",
    "hvem": "TEXT",
    "naar": "TEXT",
    "kommentar": "TEXT",
    "fil": "TEXT",
    "ark": "TEXT",
    "rad": "INTEGER",
}
_VERDICT: Final = {
    **dict.fromkeys(
        ("funn", "slag", "klasse", "funksjon", "art", "konto", "ansvar", "kjerne", "leverandor", "dom"), "TEXT"
    ),
    "aar": "INTEGER",
    **dict.fromkeys(("regnskap", "kommune", "hvem", "naar", "kommentar", "fil", "ark"), "TEXT"),
    "rad": "INTEGER",
}
VERDICT_COLUMNS: Final = tuple(_VERDICT)
"""Feltene i en dom over et funn; ``kjerne`` og ``leverandor`` er avtrykk på fire tegn, aldri tekst."""
COLUMNS: Final = tuple(_FIELDS)
"""Feltene i en avgjørelse, i rekkefølge; ``fordeling`` er JSON: ``[["202", 0.6, "timer"], …]``."""


_ENTRY = "id INTEGER PRIMARY KEY, runde INTEGER NOT NULL REFERENCES runde(id)"
_TABLES: Final[Mapping[int, Mapping[str, str]]] = {
    1: {
        "runde": "id INTEGER PRIMARY KEY, naar TEXT NOT NULL, hva TEXT NOT NULL, fil TEXT NOT NULL",
        "avgjorelse": f"{_ENTRY}, {_columns(_FIELDS)}",
        "angret": "runde INTEGER PRIMARY KEY REFERENCES runde(id), naar TEXT NOT NULL",
    },
    2: {"dom": f"{_ENTRY}, {_columns(_VERDICT)}"},
}
"""Tabellene, etter utgaven av minnet de kom i."""
_INDEXES: Final = {"avgjorelse", "dom"}


def entry_tables(version: int) -> tuple[str, ...]:
    """Tabellene med innhold som kan angres, i et minne av denne utgaven."""
    return ("avgjorelse", "dom") if version >= 2 else ("avgjorelse",)  # noqa: PLR2004 - dommene kom i utgave 2


def statements(since: int = 0) -> list[str]:
    """Setningene som lager et tomt minne, eller det som er kommet til etter utgaven ``since``."""
    if since >= VERSION:
        return []
    tables = {name: columns for at, added in _TABLES.items() if at > since for name, columns in added.items()}
    guards = [
        f"CREATE TRIGGER {table}_{action} BEFORE {action} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'minnet legges bare til'); END"
        for table in tables
        for action in ("UPDATE", "DELETE")
    ]
    return [
        *(f"CREATE TABLE {name} ({columns})" for name, columns in tables.items()),
        *(f"CREATE INDEX {name}_kommune ON {name}(kommune, regnskap)" for name in tables if name in _INDEXES),
        *guards,
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {VERSION}",
    ]
