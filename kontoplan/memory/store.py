"""Minnet: lærer, husker og angrer avgjørelser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.memory.file import reading, version, writing
from kontoplan.memory.rows import BadRowError, from_row, to_row
from kontoplan.memory.schema import COLUMNS, entry_tables
from kontoplan.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.sak import Regnskap

_ACTIVE = "SELECT * FROM avgjorelse WHERE runde NOT IN (SELECT runde FROM angret) ORDER BY id"


@dataclass(frozen=True, slots=True)
class Runde:
    """Én gang noe ble lagt til i minnet.

    Attributes:
        nummer: Løpenummeret, det en oppgir for å angre den.
        naar: Når.
        hva: ``laer``, ``dommer`` (over funn i en revisjon) eller ``importer``.
        fil: Filen det kom fra.
        antall: Hvor mange avgjørelser eller dommer den la til.
        angret: Når den ble angret; ``None`` når den gjelder.
    """

    nummer: int
    naar: datetime
    hva: str
    fil: str
    antall: int
    angret: datetime | None = None


@dataclass(frozen=True, slots=True)
class Laert:
    """Hva som skjedde da noe ble lært.

    Attributes:
        nye: Avgjørelsene som ble lagt til.
        endret: De av dem som sier noe annet enn før, hver med det som gjaldt før.
        uendret: Hvor mange som sto der fra før.
        runde: Nummeret på runden; ``None`` når ingenting ble lagt til.
    """

    nye: tuple[Avgjorelse, ...]
    endret: tuple[tuple[Avgjorelse, Avgjorelse], ...]
    uendret: int
    runde: int | None


class Minne:
    """Et minne i en fil. Hvert kall åpner og lukker filen, så flere prosesser kan bruke den samtidig.

    Args:
        path: Filen; den lages første gang noe skal huskes.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    @property
    def finnes(self) -> bool:
        """Om minnet er laget."""
        return self.path.exists()

    def avgjorelser(self, kommune: str | None = None, regnskap: Regnskap | None = None) -> list[Avgjorelse]:
        """Avgjørelsene som gjelder, eldste først; uten ``kommune`` eller ``regnskap`` for alle.

        Raises:
            UserError: filen kan ikke leses, eller er ikke et minne.
        """
        if not self.finnes:
            return []
        with reading(self.path) as db:
            found = self._active(db)
        wanted = None if kommune is None else same_kommune(kommune)
        return [
            d
            for d in found
            if wanted in {None, same_kommune(d.kommune)} and (regnskap is None or d.regnskap == regnskap)
        ]

    def kommuner(self) -> list[str]:
        """Kommunene det finnes avgjørelser for, sortert; tom tekst er dem som er lært uten navn på kommunen."""
        return sorted({d.kommune for d in self.avgjorelser()})

    def runder(self) -> list[Runde]:
        """Alle gangene noe er lagt til, eldste først, også dem som er angret."""
        if not self.finnes:
            return []
        with reading(self.path) as db:
            return _rounds(db)

    def laer(self, decisions: Sequence[Avgjorelse], fil: str, naar: datetime) -> Laert:
        """Legger til avgjørelsene som ikke står der fra før, alle eller ingen.

        En avgjørelse står der fra før når det siste som er avgjort for kontoen i samme år, er det samme av samme
        person og med samme kommentar.

        Raises:
            UserError: minnet kan ikke skrives.
        """
        with writing(self.path) as db:
            newest = {_subject(d): d for d in self._active(db)}
            fresh = [d for d in decisions if _said(newest.get(_subject(d))) != _said(d)]
            number = _add(db, fresh, "laer", fil, naar)
        changed = [(d, old) for d in fresh if (old := newest.get(_subject(d))) and old.svar != d.svar]
        return Laert(tuple(fresh), tuple(changed), len(decisions) - len(fresh), number)

    def importer(self, decisions: Sequence[Avgjorelse], fil: str, naar: datetime) -> Laert:
        """Legger til avgjørelser fra en annen fil med den tiden de selv har; de som står der fra før, hoppes over.

        Raises:
            UserError: minnet kan ikke skrives.
        """
        with writing(self.path) as db:
            known = {tuple(to_row(d).values()) for d in self._active(db)}
            fresh = []
            for decision in decisions:
                row = tuple(to_row(decision).values())
                if row not in known:
                    known.add(row)
                    fresh.append(decision)
            number = _add(db, fresh, "importer", fil, naar)
        return Laert(tuple(fresh), (), len(decisions) - len(fresh), number)

    def angre(self, nummer: int | None, naar: datetime) -> Runde:
        """Angrer en runde (den siste som gjelder, når ``nummer`` er ``None``) ved å legge til at den er angret.

        Raises:
            UserError: runden finnes ikke, er alt angret, eller det er ingenting å angre.
        """
        if not self.finnes:
            raise _nothing(self.path)
        with writing(self.path) as db:
            rounds = {r.nummer: r for r in _rounds(db)}
            standing = [r.nummer for r in rounds.values() if r.angret is None]
            if nummer is None and not standing:
                raise _nothing(self.path)
            chosen = standing[-1] if nummer is None else nummer
            if chosen not in rounds:
                raise UserError(
                    f"Runde {chosen} finnes ikke i {self.path}; «kontoplan minne vis» viser rundene.",
                    code="ukjent-runde",
                )
            if chosen not in standing:
                raise UserError(f"Runde {chosen} er alt angret.", code="alt-angret")
            db.execute("INSERT INTO angret VALUES (?, ?)", (chosen, naar.isoformat(timespec="seconds")))
        return rounds[chosen]

    def _active(self, db: sqlite3.Connection) -> list[Avgjorelse]:
        try:
            found = [from_row(dict(row)) for row in db.execute(_ACTIVE)]
        except BadRowError as error:
            raise UserError(
                f"Minnet {self.path} har en avgjørelse som ikke kan leses ({error}); hent det tilbake fra en kopi.",
                code="skadet-minne",
            ) from error
        return sorted(found, key=lambda d: (d.aar, d.naar))  # stabil: lagt til sist, kommer sist


def same_kommune(name: str) -> str:
    """Navnet slik kommuner sammenlignes: ``"Lillevik kommune"`` og ``"LILLEVIK"`` er den samme."""
    return fold(name).removesuffix(" kommune").removesuffix(" fylkeskommune").strip()


def _subject(decision: Avgjorelse) -> tuple[object, ...]:
    """Hva en avgjørelse gjelder: kommunen, regnskapet, året og kontoen."""
    return (
        same_kommune(decision.kommune),
        decision.regnskap,
        decision.aar,
        decision.konto,
        decision.sammenheng,
    )


def _said(decision: Avgjorelse | None) -> tuple[object, ...] | None:
    if decision is None:
        return None
    row = to_row(decision)
    return decision.svar, row["hvem"], row["kommentar"]


def _add(db: sqlite3.Connection, decisions: Iterable[Avgjorelse], what: str, fil: str, naar: datetime) -> int | None:
    return add_round(db, "avgjorelse", COLUMNS, [to_row(d) for d in decisions], (what, fil, naar))


def add_round(
    db: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str | int]],
    about: tuple[str, str, datetime],
) -> int | None:
    """Legger radene til i en ny runde, og gir nummeret på den; ``None`` når det ikke er noen rader.

    ``about`` er hva som ble gjort, filen det kom fra, og når.
    """
    if not rows:
        return None
    what, fil, naar = about
    when = naar.isoformat(timespec="seconds")
    number = db.execute("INSERT INTO runde (naar, hva, fil) VALUES (?, ?, ?)", (when, what, fil)).lastrowid
    fields = ", ".join(f":{name}" for name in columns)
    insert = f"INSERT INTO {table} (runde, {', '.join(columns)}) VALUES (:runde, {fields})"  # noqa: S608 - faste navn
    db.executemany(insert, [{"runde": number, **row} for row in rows])
    return number


def _rounds(db: sqlite3.Connection) -> list[Runde]:
    counted = " + ".join(
        f"(SELECT count(*) FROM {table} WHERE runde = runde.id)"  # noqa: S608 - faste navn
        for table in entry_tables(version(db))
    )
    found = db.execute(
        f"SELECT runde.id, runde.naar, hva, fil, {counted} AS antall, angret.naar AS angret "  # noqa: S608 - faste navn
        "FROM runde LEFT JOIN angret ON angret.runde = runde.id ORDER BY runde.id"
    )
    return [_round(row) for row in found]


def _round(row: sqlite3.Row) -> Runde:
    undone = datetime.fromisoformat(row["angret"]) if row["angret"] else None
    return Runde(row["id"], datetime.fromisoformat(row["naar"]), row["hva"], row["fil"], row["antall"], undone)


def _nothing(path: Path) -> UserError:
    return UserError(f"Det er ingenting å angre i minnet {path}.", code="ingenting-a-angre")
