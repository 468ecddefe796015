"""Kolonnene slik brukeren oppgir dem: ``kode=A,navn=B,ansvar=C``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.chart.columns import MAJORITY, Layout, Unit, column_stats, sample
from kontoplan.chart.grid import column_index, letter
from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.chart.tables import Block

_UNIT_ROLES = {
    "kode": ("", "code"), "navn": ("", "name"),
    "konto": ("konto", "code"), "kontonavn": ("konto", "name"), "art": ("art", "code"), "artsnavn": ("art", "name"),
    "tjeneste": ("funksjon", "code"), "tjenestenavn": ("funksjon", "name"), "funksjon": ("funksjon", "code"), "funksjonsnavn": ("funksjon", "name"),
    "ansvar": ("ansvar", "code"), "ansvarsnavn": ("ansvar", "name"), "balanse": ("balanse", "code"),
}  # fmt: skip
_OTHER_ROLES = ("klasse", "belop", "overskrift", "merknad")
ROLES = (*_UNIT_ROLES, *_OTHER_ROLES)
_ALIASES = {"beløp": "belop", "nummer": "kode", "namn": "navn", "teneste": "tjeneste", "tenestenamn": "tjenestenavn"}
EXAMPLE = "kode=A,navn=B,ansvar=C"


@dataclass(frozen=True, slots=True)
class Override:
    """Rolle → kolonnenummer (0-basert), slik brukeren oppga dem."""

    columns: dict[str, int]


def parse_columns(given: str | Mapping[str, str] | None) -> Override | None:
    """Leser brukerens kolonner.

    Raises:
        UserError: skrivemåten er feil, rollen er ukjent, eller kolonnen er ikke en bokstav.
    """
    if given is None:
        return None
    letters = read_roles(given, ROLES, _ALIASES, EXAMPLE)
    columns: dict[str, int] = {}
    for role, column in letters.items():
        if not re.fullmatch(r"[A-Za-z]{1,3}", column):
            raise UserError(
                f'«{column}» i --kolonner er ikke en kolonnebokstav; skriv bokstaven over kolonnen i regnearket, f.eks. --kolonner "{EXAMPLE}".',
                code="ukjent-kolonne",
            )
        columns[role] = column_index(column)
    if not set(columns) & set(_UNIT_ROLES):
        raise UserError(
            f'--kolonner mangler kolonnen med nummer eller navn; skriv f.eks. --kolonner "{EXAMPLE}".',
            code="kolonner-mangler-kode",
        )
    return Override(columns)


def read_roles(
    given: str | Mapping[str, str], roles: Sequence[str], aliases: Mapping[str, str], example: str
) -> dict[str, str]:
    """Rolle → kolonnen slik brukeren skrev den, av ``rolle=kolonne,rolle=kolonne``.

    Args:
        given: Det brukeren skrev, som tekst eller som oppslag.
        roles: Rollene som finnes.
        aliases: Andre skrivemåter av rollene, med små bokstaver.
        example: Et eksempel til feilmeldingene.

    Raises:
        UserError: skrivemåten er feil, rollen er ukjent, eller en rolle står to ganger.
    """
    pairs = (
        list(given.items())
        if not isinstance(given, str)
        else [_pair(part, example) for part in given.split(",") if part.strip()]
    )
    found: dict[str, str] = {}
    for role_given, column in pairs:
        role = aliases.get(role_given.strip().casefold(), role_given.strip().casefold())
        if role not in roles:
            raise UserError(
                f'Kolonnerollen «{role_given.strip()}» i --kolonner finnes ikke; bruk {", ".join(roles)}, f.eks. --kolonner "{example}".',
                code="ukjent-kolonnerolle",
            )
        if role in found:
            raise UserError(
                f"Rollen «{role}» står to ganger i --kolonner; oppgi hver rolle én gang.", code="kolonne-to-ganger"
            )
        found[role] = column.strip()
    return found


def _pair(part: str, example: str) -> tuple[str, str]:
    role, equals, column = part.partition("=")
    if not equals or not role.strip() or not column.strip():
        raise UserError(
            f'«{part.strip()}» i --kolonner er ikke på formen rolle=kolonne; skriv f.eks. --kolonner "{example}".',
            code="ugyldig-kolonner",
        )
    return role, column


def layout_of(override: Override, block: Block) -> Layout:
    """Kolonnene brukeren har oppgitt, som tabellens oppsett.

    Raises:
        UserError: en kolonne ligger utenfor arket.
    """
    sheet = block.sheet
    for role, column in override.columns.items():
        if column >= sheet.width:
            raise UserError(
                f"Arket «{sheet.name}» i {sheet.fil} har kolonnene A–{letter(max(0, sheet.width - 1))}, men --kolonner sier {role}={letter(column)}; "
                "oppgi en bokstav innenfor, eller velg arket med --ark.",
                code="kolonne-utenfor",
            )
    found: dict[str, dict[str, int]] = {}
    for role, column in override.columns.items():
        if role in _UNIT_ROLES:
            dim, part = _UNIT_ROLES[role]
            found.setdefault(dim, {})[part] = column
    main_given = "" in found
    units = []
    for dim, parts in found.items():
        code, name = parts.get("code"), parts.get("name")
        stats = column_stats(sample(block.rows), code) if code is not None else None
        both = stats is not None and name is None and stats.share(stats.splits) >= MAJORITY
        if stats is not None and name is None and not both and stats.share(stats.texts) > MAJORITY:
            code, name = None, code
        units.append(Unit(dim, code, name, both=both))
    if main_given:
        units.sort(key=lambda u: u.dim != "")
    columns = override.columns
    return Layout(
        tuple(units), columns.get("klasse"), columns.get("belop"),
        tuple(c for r, c in columns.items() if r == "overskrift"), tuple(c for r, c in columns.items() if r == "merknad"),
        one=main_given,
    )  # fmt: skip
