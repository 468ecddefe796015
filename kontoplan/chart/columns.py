"""Hvilke kolonner som er nummer, navn, ansvar, tjeneste, klasse og beløp, etter overskrift og innhold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kontoplan.chart.headers import NONE, Heading, classify
from kontoplan.chart.split_cell import is_code, split_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.chart.grid import Row
    from kontoplan.chart.tables import Block

SAMPLE = 1500
MAJORITY = 0.5
TYPE_SHARE = 0.9
TYPES = frozenset({"konto", "art", "funksjon", "ansvar", "balanse", "prosjekt"})


@dataclass(frozen=True, slots=True)
class Stats:
    """Hva en kolonne inneholder: antall utfylte, numre, «nummer navn», tekster, tallceller og ulike verdier."""

    filled: int = 0
    codes: int = 0
    splits: int = 0
    texts: int = 0
    numbers: int = 0
    unique: int = 0
    types: int = 0

    def share(self, count: int) -> float:
        """Andelen (0–1) av de utfylte cellene."""
        return count / self.filled if self.filled else 0.0


@dataclass(frozen=True, slots=True)
class Unit:
    """Kolonnene én dimensjon står i.

    Attributes:
        dim: ``konto``, ``art``, ``funksjon``, ``ansvar``, ``balanse``, ``prosjekt``, eller tom når overskriften ikke sier det.
        code: Kolonnen med nummeret, ``None`` når tabellen ikke har numre.
        name: Kolonnen med navnet, ``None`` når navnet står i samme celle eller mangler.
        both: Nummer og navn står i samme celle.
        stem: Ordet kolonnene deler.
    """

    dim: str
    code: int | None = None
    name: int | None = None
    both: bool = False
    stem: str = ""

    def columns(self) -> tuple[int, ...]:
        """Kolonnene enheten bruker."""
        return tuple(c for c in (self.code, self.name) if c is not None)


@dataclass(frozen=True, slots=True)
class Layout:
    """Tabellens kolonner etter rolle."""

    units: tuple[Unit, ...]
    klasse: int | None = None
    belop: int | None = None
    overskrift: tuple[int, ...] = ()
    merknad: tuple[int, ...] = ()
    type: int | None = None
    other: dict[int, str] = field(default_factory=dict)
    one: bool = False
    """Bare den første enheten gir kontoer; de andre er kontekst (brukeren har oppgitt ``kode``)."""


def column_stats(rows: Iterable[Row], column: int) -> Stats:
    """Teller opp kolonnen."""
    filled = codes = splits = texts = numbers = types = 0
    seen: set[str] = set()
    for row in rows:
        text = row.text(column)
        if not text:
            continue
        filled += 1
        seen.add(text)
        if not isinstance(row.cells[column], str):
            numbers += 1
        if is_code(text):
            codes += 1
        elif split_cell(text):
            splits += 1
        else:
            texts += any(char.isalpha() for char in text)
            types += len(text) < 20 and _is_type(text)  # noqa: PLR2004 - dimensjonsord er korte
    return Stats(filled, codes, splits, texts, numbers, len(seen), types)


def _is_type(text: str) -> bool:
    heading = classify(text)
    return heading.alone and heading.dim in TYPES


def sample(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Høyst ``SAMPLE`` rader, jevnt fordelt."""
    step = max(1, -(-len(rows) // SAMPLE))
    return rows[::step]


def find_layout(block: Block) -> Layout:
    """Kolonnene i tabellen; ``units`` er tom når verken overskrifter eller innhold viser numre eller navn."""
    rows = sample(block.rows)
    columns = range(block.first, block.last + 1)
    stats = {c: column_stats(rows, c) for c in columns}
    heads = {c: block.heads[c].heading if c in block.heads else NONE for c in columns}
    layout = _by_heading(heads, stats)
    if layout.type is not None:
        heads[layout.type] = Heading("type")
    units = _coded_units(heads, stats, layout.type)
    units = _kostra_fallback(units, heads, stats)
    if not units and not any(heads[c].role == "navn" for c in columns):
        units = _by_content(stats, heads)
    units, spare = _attach_names(units, heads, stats)
    units = _attach_unheaded(units, heads, stats, layout)
    units = _drop_empty(units, stats)
    used = {c for unit in units for c in unit.columns()}
    merknad = tuple(sorted({*layout.merknad, *(c for c in spare if c not in used)}))
    return replace(layout, units=tuple(units), merknad=merknad)


def _by_heading(heads: dict[int, Heading], stats: dict[int, Stats]) -> Layout:
    """Rollene som overskriften alene avgjør."""
    klasse = [c for c, h in heads.items() if h.role == "klasse" and stats[c].filled]
    belop = [c for c, h in heads.items() if h.role == "belop" and stats[c].filled]
    types = [
        c
        for c, h in heads.items()
        if stats[c].filled and stats[c].share(stats[c].types) > TYPE_SHARE and h.dim in {"", *TYPES}
    ]
    context = {
        field: tuple(c for c, h in heads.items() if h.role == "kontekst" and h.dim == field and stats[c].filled)
        for field in ("overskrift", "merknad")
    }
    other = {c: h.role for c, h in heads.items() if h.role in {"annet", "kostra", "kostranavn"}}
    return Layout(
        (), klasse[0] if klasse else None, belop[0] if belop else None, context["overskrift"], context["merknad"],
        types[0] if types else None, other,
    )  # fmt: skip


def _coded_units(heads: dict[int, Heading], stats: dict[int, Stats], type_column: int | None) -> list[Unit]:
    """Én enhet for hver kolonne overskriften sier har nummer; innholdet sier om den har nummer, navn eller begge."""
    units: list[Unit] = []
    for column, heading in heads.items():
        found = stats[column]
        if heading.role != "kode" or column == type_column:
            continue
        if not found.filled:
            units.append(Unit(heading.dim, None, None, both=False, stem=heading.stem))
        elif found.share(found.splits) >= MAJORITY:
            units.append(Unit(heading.dim, column, None, both=True, stem=heading.stem))
        elif found.share(found.codes) >= MAJORITY or not heading.alone:
            units.append(Unit(heading.dim, column, None, stem=heading.stem))
        elif any(u.dim == heading.dim and u.name is None and u.code is not None for u in units):
            spot = next(i for i, u in enumerate(units) if u.dim == heading.dim and u.name is None)
            units[spot] = replace(units[spot], name=column)
        else:
            units.append(Unit(heading.dim, None, column, stem=heading.stem))
    return _merge_same_stem(units)


def _merge_same_stem(units: list[Unit]) -> list[Unit]:
    """Slår sammen «Konto» med navn og «Konto» med nummer når de deler stamme."""
    merged: list[Unit] = []
    for unit in units:
        spot = next((i for i, u in enumerate(merged) if u.stem == unit.stem and u.dim == unit.dim), None)
        if spot is None:
            merged.append(unit)
            continue
        other = merged[spot]
        if other.code is None and unit.name is None:
            merged[spot] = replace(other, code=unit.code, both=unit.both)
        elif other.name is None and unit.code is None:
            merged[spot] = replace(other, name=unit.name)
        else:
            merged.append(unit)
    return merged


def _kostra_fallback(units: list[Unit], heads: dict[int, Heading], stats: dict[int, Stats]) -> list[Unit]:
    """KOSTRA-kolonnen er kontoens nummer når tabellen ikke har noe eget nummer (en kontoplan i rene KOSTRA-koder)."""
    if any(u.dim not in {"ansvar", "prosjekt"} for u in units):
        return units
    for column, heading in heads.items():
        if heading.role == "kostra" and stats[column].filled and not units:
            both = stats[column].share(stats[column].splits) >= MAJORITY
            return [*units, Unit(heading.dim, column, None, both=both, stem=heading.stem)]
    return units


def _by_content(stats: dict[int, Stats], heads: dict[int, Heading]) -> list[Unit]:
    """Tabell uten overskrift: første kolonne med numre, eller med nummer og navn i samme celle."""
    most = max((s.filled for s in stats.values()), default=0)
    most_text = max((s.filled for s in stats.values() if s.share(s.texts) >= MAJORITY), default=0)
    for column, found in stats.items():
        if heads[column].role or found.filled < MAJORITY * most or found.filled < 2:  # noqa: PLR2004 - én rad er ingen tabell
            continue
        if found.share(found.splits) >= MAJORITY:
            return [Unit("", column, None, both=True)]
        has_text = most_text and most_text >= MAJORITY * found.filled
        if found.share(found.codes) >= MAJORITY and found.unique > MAJORITY * found.filled and has_text:
            return [Unit("", column, None)]
    return []


def _attach_names(
    units: list[Unit], heads: dict[int, Heading], stats: dict[int, Stats]
) -> tuple[list[Unit], list[int]]:
    """Gir enhetene navnekolonnene sine; de som ikke hører til noen enhet kommer tilbake som fritekst."""
    spare: list[int] = []
    names = [(c, h) for c, h in heads.items() if h.role == "navn" and stats[c].filled]
    for column, heading in sorted(names, key=lambda item: not item[1].dim):
        spot = _owner(units, column, heading)
        if spot is not None:
            units[spot] = replace(units[spot], name=column)
        elif not units or (heading.dim and all(u.dim != heading.dim for u in units)):
            both = stats[column].share(stats[column].splits) >= MAJORITY
            units.append(
                Unit(heading.dim, column if both else None, None if both else column, both=both, stem=heading.stem)
            )
        elif not any(u.name is not None or u.both for u in units if u.dim not in {"ansvar", "prosjekt"}):
            units.append(Unit("", None, column))
        else:
            spare.append(column)
    return units, spare


def _owner(units: list[Unit], column: int, heading: Heading) -> int | None:
    """Enheten en navnekolonne hører til: samme stamme, samme dimensjon, ellers nærmeste nummer til venstre uten navn."""
    free = [(i, u) for i, u in enumerate(units) if u.name is None and not u.both]
    if heading.dim:
        same = [i for i, u in free if u.stem == heading.stem] or [i for i, u in free if u.dim == heading.dim]
        if not same and heading.dim in {"konto", "art", "balanse"}:
            same = [i for i, u in free if u.dim in {"konto", "art", "balanse", ""}]
        return same[0] if same else next((i for i, u in free if not u.dim), None)
    left = [(i, u) for i, u in free if u.code is not None and u.code < column]
    if left:
        return max(left, key=lambda item: item[1].code or 0)[0]
    return free[0][0] if free else None


def _attach_unheaded(
    units: list[Unit], heads: dict[int, Heading], stats: dict[int, Stats], layout: Layout
) -> list[Unit]:
    """Kolonner uten kjent overskrift som ser ut som navn, hører til nummeret til venstre for seg."""
    used = {c for u in units for c in u.columns()} | {
        *layout.overskrift,
        *layout.merknad,
        layout.klasse,
        layout.belop,
        layout.type,
    }
    for i, unit in enumerate(units):
        if unit.name is not None or unit.both or unit.code is None:
            continue
        own = stats[unit.code]
        fits = [
            c for c, s in stats.items()
            if not heads[c].role and c not in used and s.share(s.texts) >= MAJORITY and s.filled >= 0.4 * own.filled
        ]  # fmt: skip
        right = [c for c in fits if c > unit.code]
        nearest = (right or fits[::-1])[:1]
        if nearest:
            units[i] = replace(unit, name=nearest[0])
            used.add(nearest[0])
    return units


def _drop_empty(units: list[Unit], stats: dict[int, Stats]) -> list[Unit]:
    """Enheter uten en eneste utfylt kolonne finnes bare som overskrift; dimensjonen går til navnekolonnen uten egen."""
    kept = [u for u in units if any(stats[c].filled for c in u.columns())]
    empty = [u for u in units if u not in kept]
    main = next((u for u in empty if u.dim not in {"ansvar", "prosjekt"}), None)
    return [replace(u, dim=main.dim) if main and not u.dim else u for u in kept]
