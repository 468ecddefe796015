"""Tabellene i minnet. Utløsere i selve filen hindrer at noe endres eller slettes, uansett hvem som åpner den."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x4B505231
"""Merket i filhodet som sier at filen er et kontoplan-minne («KPR1»)."""
VERSION: Final = 1

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
COLUMNS: Final = tuple(_FIELDS)
"""Feltene i en avgjørelse, i rekkefølge; ``fordeling`` er JSON: ``[["202", 0.6, "timer"], …]``."""


def statements() -> list[str]:
    """Setningene som lager et tomt minne."""
    fields = ", ".join(f"{name} {kind} NOT NULL" for name, kind in _FIELDS.items())
    tables = {
        "runde": "id INTEGER PRIMARY KEY, naar TEXT NOT NULL, hva TEXT NOT NULL, fil TEXT NOT NULL",
        "avgjorelse": f"id INTEGER PRIMARY KEY, runde INTEGER NOT NULL REFERENCES runde(id), {fields}",
        "angret": "runde INTEGER PRIMARY KEY REFERENCES runde(id), naar TEXT NOT NULL",
    }
    guards = [
        f"CREATE TRIGGER {table}_{action} BEFORE {action} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'minnet legges bare til'); END"
        for table in tables
        for action in ("UPDATE", "DELETE")
    ]
    return [
        *(f"CREATE TABLE {name} ({columns})" for name, columns in tables.items()),
        "CREATE INDEX avgjorelse_kommune ON avgjorelse(kommune, regnskap)",
        *guards,
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {VERSION}",
    ]
