"""Finner overskriftsraden i en hovedbok og hvilken kolonne som er hva."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kontoplan.chart.grid import letter
from kontoplan.chart.headers import classify, compact
from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.ledger.hovedbok import NAVN
from kontoplan.lesing import Kolonne

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.ledger.hovedbok import Slag

ROLES = (
    "klasse", "konto", "funksjon", "ansvar", "prosjekt", "belop", "debet", "kredit", "saldo", "fortegn",
    "bilag", "dato", "periode", "tekst", "leverandor", "orgnr", "mva_kode",
    *NAVN,
)  # fmt: skip
EXAMPLE = "konto=A,ansvar=B,funksjon=C,belop=D"
_MAX_HEADER_ROW = 60
_CODE_RANK = {"art": ("konto", 1), "konto": ("konto", 2), "balanse": ("konto", 4)}
_NAMED = {"art": "kontonavn", "konto": "kontonavn", "ansvar": "ansvarsnavn"}
_SAME_NAME = ("funksjon", "ansvar", "prosjekt")
_KOSTRA_RANK = 8
_BALANCE_STARTS = ("regnskap", "rekneskap", "saldo", "hittil", "forbruk")
_CLEAR_BALANCE = 2

Record = tuple[int, "Sequence[str]"]
"""Radnummer og cellene som tekst."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Rolle → kolonne (0-basert), overskriften på hver kolonne, og raden overskriften står på (0 når den mangler)."""

    at: Mapping[str, int]
    headings: tuple[str, ...]
    header_row: int

    @property
    def slag(self) -> Slag:
        """En liste uten bilag og dato er summer per konto."""
        return "hovedbok" if {"bilag", "dato"} & set(self.at) else "saldobalanse"

    def described(self) -> tuple[Kolonne, ...]:
        """Kolonnene slik brukeren får se dem."""
        found = sorted((column, role) for role, column in self.at.items())
        return tuple(Kolonne(role, letter(c), self.headings[c] if c < len(self.headings) else "") for c, role in found)


@lru_cache(maxsize=1)
def _own_words() -> dict[str, tuple[str, int]]:
    with data_path("rules/hovedbok/overskrifter.csv").open(encoding="utf-8", newline="") as stream:
        return {compact(line["ord"]): (line["rolle"], int(line["rang"])) for line in csv.DictReader(stream)}


@lru_cache(maxsize=4096)
def role_of(text: str) -> tuple[str, int] | None:
    """Rollen overskriften gir kolonnen, og hvor godt den passer (1 er best); ``None`` når den ikke brukes.

    >>> role_of("Bokført beløp"), role_of("Art"), role_of("Kontonavn"), role_of("Merknad")
    (('belop', 1), ('konto', 1), ('kontonavn', 1), None)
    """
    own = _own_words().get(compact(text))
    if own:
        return own
    heading = classify(text)
    if heading.role == "klasse":
        return "klasse", 1
    if heading.role == "belop" and compact(text).startswith(_BALANCE_STARTS):
        return "saldo", 4
    if heading.role == "navn" and heading.dim in _NAMED:
        return _NAMED[heading.dim], 1
    if heading.role not in {"kode", "kostra"}:
        return None
    role, rank = (heading.dim, 1) if heading.dim in _SAME_NAME else _CODE_RANK.get(heading.dim, ("", 0))
    return (role, rank if heading.role == "kode" else _KOSTRA_RANK) if role else None


def find_columns(records: Sequence[Record], fil: str, given: Mapping[str, int]) -> Columns:
    """Kolonnene i tabellen; de brukeren har oppgitt, går foran dem overskriftene gir.

    Args:
        records: De første radene i tabellen.
        fil: Filnavnet, til feilmeldingene.
        given: Rolle → kolonne (0-basert) fra ``--kolonner``.

    Raises:
        UserError: konto- eller beløpskolonnen mangler, eller flere kolonner er like gode som beløp.
    """
    best: tuple[int, dict[str, list[tuple[int, int]]], Record] | None = None
    for record in records[:_MAX_HEADER_ROW]:
        roles = _roles_in(record)
        if roles and (best is None or len(roles) > best[0]):
            best = (len(roles), roles, record)
    _, roles, (row, headings) = best or (0, {}, (0, ()))
    at = _choose(roles, fil, given, headings)
    missing = [word for word, found in (("konto (art)", "konto" in at), ("beløp", _has_amount(at))) if not found]
    if missing:
        raise UserError(
            f"Fant ikke kolonnen med {' og '.join(missing)} i {fil}; sett overskrifter som «Konto», «Funksjon» og «Beløp» over kolonnene, "
            f'eller oppgi dem med --kolonner "{EXAMPLE}".',
            code="hovedbok-mangler-kolonne",
        )
    return Columns(at, tuple(headings), row)


def _has_amount(at: Mapping[str, int]) -> bool:
    return bool({"belop", "debet", "kredit", "saldo"} & set(at))


def _roles_in(record: Record) -> dict[str, list[tuple[int, int]]]:
    """Rolle → (rang, kolonne) for cellene i raden."""
    roles: dict[str, list[tuple[int, int]]] = {}
    for column, text in enumerate(record[1]):
        found = role_of(text.strip()) if text else None
        if found:
            roles.setdefault(found[0], []).append((found[1], column))
    return roles


def _choose(
    roles: dict[str, list[tuple[int, int]]], fil: str, given: Mapping[str, int], headings: Sequence[str]
) -> dict[str, int]:
    if _has_amount(given):
        roles = {role: found for role, found in roles.items() if role not in {"belop", "debet", "kredit", "saldo"}}
    taken = set(given.values())
    ranked = {role: sorted(f for f in found if f[1] not in taken) for role, found in roles.items() if role not in given}
    at = {role: found[0][1] for role, found in ranked.items() if found} | dict(given)
    amount = _amount_role(at, ranked)
    for role in {"belop", "debet", "kredit", "saldo"} & set(at) - amount:
        del at[role]
    for role in amount & set(ranked):
        same = [column for rank, column in ranked[role] if rank == ranked[role][0][0]]
        if len(same) > 1:
            raise UserError(
                f"{fil} har flere kolonner som kan være beløpet ({', '.join(f'{letter(c)} «{headings[c]}»' for c in same)}); "
                f'velg en av dem med --kolonner, f.eks. --kolonner "{role}={letter(same[0])}".',
                code="hovedbok-flere-belop",
            )
    return at


def _amount_role(at: Mapping[str, int], ranked: Mapping[str, list[tuple[int, int]]]) -> set[str]:
    """Beløpet er beløpskolonnen, ellers debet minus kredit; i en saldobalanse er den utgående saldoen det vi skal ha."""
    listing = bool({"bilag", "dato"} & set(at))
    clear = "saldo" in at and ("saldo" not in ranked or ranked["saldo"][0][0] <= _CLEAR_BALANCE)
    if "saldo" in at and not listing and clear:
        return {"saldo"}
    if "belop" in at:
        return {"belop"}
    if {"debet", "kredit"} & set(at):
        return {"debet", "kredit"} & set(at)
    return {"saldo"} if "saldo" in at and (not listing or "saldo" not in ranked) else set()
