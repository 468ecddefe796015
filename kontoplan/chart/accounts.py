"""Fra kontorader til ``Konto``: dimensjon, klasse, kontekst og beløp."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from kontoplan.chart.amounts import parse_amount
from kontoplan.chart.candidates import Candidate, primary_units
from kontoplan.chart.dimension import Surroundings, balance_groups, decide
from kontoplan.chart.headers import classify, kontoklasse_in
from kontoplan.chart.split_cell import join_code
from kontoplan.lesing import Konto
from kontoplan.sak import Kontekst

if TYPE_CHECKING:
    from kontoplan.chart.columns import Layout, Unit
    from kontoplan.chart.tables import Block
    from kontoplan.chart.vocabulary import Vocabulary
    from kontoplan.sak import Dimensjon

NAME_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Reading:
    """Tolkningen av en tabell: enhetene med endelig dimensjon, hvilke som gir kontoer, grunnen og balansegruppene."""

    units: tuple[Unit, ...]
    primary: tuple[int, ...]
    grunn: str
    balance: frozenset[str]
    klasse: str | None


def interpret(block: Block, layout: Layout, found: list[Candidate], vocab: Vocabulary, *, sbdr: bool) -> Reading:
    """Avgjør dimensjonene i tabellen og hvilke kontoer i den som er balanse."""
    around = Surroundings(block.sheet.name, PurePath(block.sheet.fil).stem, block.titles)
    step = max(1, len(found) // NAME_SAMPLE)
    layout = _settle_generic(layout, found[::step], vocab)
    primary = primary_units(layout)
    units = list(layout.units)
    reasons = []
    for i in primary:
        dim, why = decide(units[i].dim, around, [c.parts[i] for c in found[::step]], vocab)
        units[i] = replace(units[i], dim=dim)
        reasons.append(why)
    said = kontoklasse_in(block.sheet.name) == "2" or any(kontoklasse_in(title) == "2" for title in block.titles)
    balance: frozenset[str] = frozenset()
    if units[primary[0]].dim == "art" and layout.units[primary[0]].dim in {"konto", "art", ""}:
        pairs = [c.parts[primary[0]] for c in found]
        balance = balance_groups(pairs, vocab, said=said, sbdr=sbdr)
    return Reading(tuple(units), primary, "; ".join(dict.fromkeys(reasons)), balance, _title_klasse(block))


def _settle_generic(layout: Layout, found: list[Candidate], vocab: Vocabulary) -> Layout:
    """Avgjør hver enhet for seg når flere har overskrifter som ikke sier dimensjonen («Dim1», «Dim2»)."""
    generic = [i for i, unit in enumerate(layout.units) if not unit.dim]
    if len(generic) < 2 or layout.one:  # noqa: PLR2004 - én avgjøres av teksten rundt tabellen
        return layout
    units = list(layout.units)
    for i in generic:
        dim, _ = decide("", Surroundings("", "", ()), [c.parts[i] for c in found], vocab)
        units[i] = replace(units[i], dim=dim)
    return replace(layout, units=tuple(units))


def _title_klasse(block: Block) -> str | None:
    """Klassen arknavnet eller nærmeste tittel nevner."""
    found = [kontoklasse_in(text) for text in (*reversed(block.titles), block.sheet.name)]
    return next((klasse for klasse in found if klasse), None)


def make_accounts(
    block: Block, layout: Layout, reading: Reading, found: list[Candidate], tabell: int
) -> tuple[list[Konto], list[int]]:
    """Kontoene i leserekkefølge (art først, så funksjon), og radnumrene til prosjekter som er hoppet over."""
    accounts: list[Konto] = []
    projects: list[int] = []
    for candidate in found:
        belop = None
        if layout.belop is not None and layout.belop < len(candidate.row.cells):
            belop = parse_amount(candidate.row.cells[layout.belop])
        for i in reading.primary:
            code, name = candidate.parts[i]
            if not code and not name:
                continue
            dim = _dimension(layout, reading, candidate, i)
            if dim == "prosjekt":
                projects.append(candidate.row.nr)
                continue
            accounts.append(
                Konto(
                    fil=block.sheet.fil,
                    ark=block.sheet.name,
                    rad=candidate.row.nr,
                    tabell=tabell,
                    dimensjon=cast("Dimensjon", dim),
                    lokal_kode=code,
                    lokal_navn=name,
                    kontoklasse=candidate.klasse or reading.klasse,
                    kontekst=_context(layout, reading, candidate, i),
                    belop=belop,
                )
            )
    return accounts, projects


def _dimension(layout: Layout, reading: Reading, candidate: Candidate, unit: int) -> str:
    dim = reading.units[unit].dim
    if layout.type is not None:
        said = classify(candidate.row.text(layout.type)).dim
        dim = {"konto": "art", "": dim}.get(said, said)
    code = candidate.parts[unit][0].lstrip("-. ")
    if dim == "art" and (code[:1] in reading.balance or (candidate.klasse == "2" and code[:1] in {"", "2"})):
        return "balanse"
    return dim


def _context(layout: Layout, reading: Reading, candidate: Candidate, own: int) -> Kontekst:
    """Konteksten for kontoen: ansvar, den andre dimensjonen, overskriften og merknaden."""
    fields = {key: value for key, value in candidate.context.items() if not key.startswith("enhet")}
    names = {"ansvar": "ansvar", "funksjon": "tjeneste", "art": "art", "konto": "art"}
    for i, unit in enumerate(reading.units):
        target = names.get(unit.dim)
        text = join_code(*candidate.parts[i]) or candidate.context.get(f"enhet{i}", "")
        if i != own and target and text and unit.dim != reading.units[own].dim:
            fields[target] = text
    row = candidate.row
    headings = [
        *(t for c in layout.overskrift if (t := row.text(c))),
        *([candidate.heading] if candidate.heading else []),
    ]
    notes = [t for c in layout.merknad if (t := row.text(c))]
    return Kontekst(
        ansvar=fields.get("ansvar", ""),
        tjeneste=fields.get("tjeneste", ""),
        art=fields.get("art", ""),
        overskrift=" / ".join(headings),
        merknad=" / ".join(notes),
    )
