"""Dommene over funn i revisjoner, i minnet: lagt til alle eller ingen, og lest tilbake."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from kontoplan.errors import UserError
from kontoplan.memory.file import reading, version, writing
from kontoplan.memory.funndom import Dom, Funndom, Kjennetegn
from kontoplan.memory.rows import (
    BadRowError,
    origin_from_row,
    origin_to_row,
    read_matching,
    read_one_of,
)
from kontoplan.memory.schema import VERDICT_COLUMNS, entry_tables
from kontoplan.memory.store import add_round, same_kommune

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kontoplan.memory.store import Minne
    from kontoplan.sak import Regnskap

_TABLE: Final = "dom"
_ACTIVE: Final = "SELECT * FROM dom WHERE runde NOT IN (SELECT runde FROM angret) ORDER BY id"
_KEY, _KIND = re.compile(r"[A-Z2-7]{16}"), re.compile(r"[A-Z0-9ÆØÅ-]{1,40}")
_TRACE, _CODE = re.compile(r"(?:[A-Z2-7]{4})?"), re.compile(r"[0-9A-Za-z._-]{0,20}|#[A-Z2-7]{4}")


@dataclass(frozen=True, slots=True)
class Dommerlaert:
    """Hva som skjedde da dommene i en arbeidsbok ble lært.

    Attributes:
        nye: Dommene som ble lagt til.
        endret: De av dem som sier noe annet enn før om det samme funnet, hver med det som gjaldt før.
        uendret: Hvor mange som sto der fra før.
        runde: Nummeret på runden; ``None`` når ingenting ble lagt til.
    """

    nye: tuple[Funndom, ...]
    endret: tuple[tuple[Funndom, Funndom], ...]
    uendret: int
    runde: int | None


def verdicts(store: Minne, regnskap: Regnskap | None = None) -> list[Funndom]:
    """Dommene som gjelder, eldste først: for hvert funn bare den siste.

    Raises:
        UserError: filen kan ikke leses, eller er ikke et minne.
    """
    if not store.finnes:
        return []
    with reading(store.path) as db:
        found = _newest(_active(db, store))
    return [v for v in found.values() if regnskap in {None, v.regnskap}]


def learn_verdicts(store: Minne, said: Sequence[Funndom], fil: str, naar: datetime) -> Dommerlaert:
    """Legger til dommene som ikke står der fra før, alle eller ingen.

    Raises:
        UserError: minnet kan ikke skrives.
    """
    with writing(store.path) as db:
        newest = _newest(_active(db, store))
        fresh = [v for v in said if _said(newest.get(_subject(v))) != _said(v)]
        number = add_round(db, _TABLE, VERDICT_COLUMNS, [to_row(v) for v in fresh], ("dommer", fil, naar))
    changed = tuple((v, old) for v in fresh if (old := newest.get(_subject(v))) and old.dom != v.dom)
    return Dommerlaert(tuple(fresh), changed, len(said) - len(fresh), number)


def import_verdicts(store: Minne, said: Sequence[Funndom], fil: str, naar: datetime) -> Dommerlaert:
    """Legger til dommer fra en annen fil med den tiden de selv har; de som står der fra før, hoppes over.

    Raises:
        UserError: minnet kan ikke skrives.
    """
    with writing(store.path) as db:
        known = {tuple(to_row(v).values()) for v in _active(db, store)}
        fresh = list({row: v for v in said if (row := tuple(to_row(v).values())) not in known}.values())
        number = add_round(db, _TABLE, VERDICT_COLUMNS, [to_row(v) for v in fresh], ("importer", fil, naar))
    return Dommerlaert(tuple(fresh), (), len(said) - len(fresh), number)


def to_row(verdict: Funndom) -> dict[str, str | int]:
    """Dommen som feltene i ``schema.VERDICT_COLUMNS``."""
    about = verdict.kjennetegn
    return {
        "funn": verdict.funn,
        "slag": about.slag,
        "klasse": about.klasse,
        "funksjon": about.funksjon,
        "art": about.art,
        "konto": about.konto,
        "ansvar": about.ansvar,
        "kjerne": about.kjerne,
        "leverandor": about.leverandor,
        "dom": verdict.dom,
        **origin_to_row(verdict),
    }


def from_row(row: Mapping[str, Any]) -> Funndom:
    """Dommen i en rad.

    Raises:
        BadRowError: et felt mangler eller har en verdi det ikke kan ha.
    """
    dom: Dom = read_one_of(row, "dom", get_args(Dom))
    return Funndom(
        funn=read_matching(row, "funn", _KEY),
        kjennetegn=Kjennetegn(
            slag=read_matching(row, "slag", _KIND),
            **{name: read_matching(row, name, _CODE) for name in ("klasse", "funksjon", "art", "konto", "ansvar")},
            **{name: read_matching(row, name, _TRACE) for name in ("kjerne", "leverandor")},
        ),
        dom=dom,
        **origin_from_row(row),
    )


def _active(db: sqlite3.Connection, store: Minne) -> list[Funndom]:
    if _TABLE not in entry_tables(version(db)):
        return []
    try:
        found = [from_row(dict(row)) for row in db.execute(_ACTIVE)]
    except BadRowError as error:
        raise UserError(
            f"Minnet {store.path} har en dom som ikke kan leses ({error}); hent det tilbake fra en kopi.",
            code="skadet-minne",
        ) from error
    return sorted(found, key=lambda v: v.naar)  # stabil: lagt til sist, kommer sist


def _newest(found: Sequence[Funndom]) -> dict[tuple[object, ...], Funndom]:
    newest: dict[tuple[object, ...], Funndom] = {}
    for verdict in found:
        newest.pop(_subject(verdict), None)  # så den siste også kommer sist
        newest[_subject(verdict)] = verdict
    return newest


def _subject(verdict: Funndom) -> tuple[object, ...]:
    """Funnet dommen gjelder: kommunen, regnskapet, året og nøkkelen."""
    return same_kommune(verdict.kommune), verdict.regnskap, verdict.aar, verdict.funn


def _said(verdict: Funndom | None) -> tuple[object, ...] | None:
    if verdict is None:
        return None
    row = to_row(verdict)
    return verdict.dom, row["hvem"], row["kommentar"]
