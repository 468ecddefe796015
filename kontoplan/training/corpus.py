"""Korpuset klassifikatoren lærer av: hver linje er en tekst med kodene den hører til, og hvor den kommer fra.

Bygges med ``python -m kontoplan.training.corpus bench/data`` av kodenavnene, avgrensningene, regelbasens tilfeller og
kontoer fra kontoplaner, og ligger i ``models/korpus``. Linjer fra en kontoplan bærer navnet på kommunen eller dokumentet
(``splitt``), så alt fra det samme stedet kan holdes utenfor når noe måles.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.evidence.codes import codes
from kontoplan.evidence.wording import phrases
from kontoplan.kodeverk import Kodeverk
from kontoplan.rulebase.load import load_rules
from kontoplan.sak import Dimensjon, Regnskap
from kontoplan.training.charts import balance, constructed, documents
from kontoplan.training.line import CASE, Line, read_lines, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kontoplan.evidence.codes import Codes
    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.rulebase.rule import Rule

KORPUS: Final = "models/korpus"
_OWN, _OPEN = "MIT", "NLOD 2.0"
# Navnet på en dimensjon i korpuset der den nasjonale kodelisten heter noe annet.
_LOCAL: Final[dict[Kodedimensjon, Dimensjon]] = {"art": "art", "funksjon": "funksjon", "kapittel": "balanse"}


def build(folder: Path) -> list[Line]:
    """Alle linjene, uten gjentakelser, i fast rekkefølge."""
    rules, problems = load_rules(data_path("rules/regler"))
    if problems:
        raise UserError(str(problems[0]), code="feil-i-regler")
    found: dict[object, Line] = {}
    for kind in get_args(Regnskap):
        kodeverk = Kodeverk.for_aar(regnskap=kind)
        for national in _LOCAL:
            listed = codes(kodeverk, national)
            for line in (*_described(listed), *_cases(rules, listed)):
                found.setdefault((line.dimensjon, line.tekst, line.koder, line.opphav), line)
    kommune = Kodeverk.for_aar()
    lines = [*found.values(), *documents(folder, kommune), *constructed(folder, kommune), *balance(folder, kommune)]
    return sorted(lines, key=lambda line: get_args(Dimensjon).index(line.dimensjon))


def _described(listed: Codes) -> Iterator[Line]:
    """Navnene på kodene, det som hører hjemme på dem, og det som ikke gjør det med koden det hører hjemme på."""
    dimension, year = _LOCAL[listed.dimensjon], listed.kodeverk.aar
    for kode, phrase, is_name in phrases(listed):
        if current := _current([kode], listed):
            origin, licence = ("navn", _OPEN) if is_name else ("omfatter", _OWN)
            yield Line(dimension, phrase, current, origin, year, licence)
    for described in listed.kodeverk.koder(listed.dimensjon):
        boundary = listed.kodeverk.avgrensning(listed.dimensjon, described.kode)
        for grense in boundary.omfatter_ikke if boundary else ():
            if current := _current([grense.heller], listed):
                yield Line(dimension, grense.tekst, current, "omfatter ikke", year, _OWN)


def _cases(rules: Iterable[Rule], listed: Codes) -> Iterator[Line]:
    """Tilfellene i de godkjente reglene som gjelder i dag, med koden de skal gi."""
    year, national = listed.kodeverk.aar, listed.dimensjon
    for rule in rules:
        if rule.godkjent and rule.applies(year, listed.kodeverk.regnskap):
            for case in rule.tilfeller:
                if case.treff and case.aar is None:
                    said = dict(case.gir).get(national) or rule.outcome(year).alternatives(national)
                    if current := _current(said, listed):
                        yield Line(_LOCAL[national], case.tekst, current, f"{CASE} {rule.id}", year, _OWN)


def _current(said: Iterable[str], listed: Codes) -> tuple[str, ...]:
    """Kodene som er i bruk i dag; utgåtte koder er byttet med etterfølgerne."""
    heirs = [heir for kode in said if kode in listed.known for heir in listed.heirs(kode) if listed.current(heir)]
    return tuple(dict.fromkeys(heirs))


def save(lines: Iterable[Line], folder: Path) -> None:
    """Skriver én fil per dimensjon."""
    folder.mkdir(exist_ok=True)
    by_dimension: dict[str, list[Line]] = {dimension: [] for dimension in get_args(Dimensjon)}
    for line in lines:
        by_dimension[line.dimensjon].append(line)
    for dimension, own in by_dimension.items():
        write_lines(folder / f"{dimension}.csv", own)


def corpus(folder: Path | None = None) -> list[Line]:
    """Linjene i ``models/korpus`` (eller en annen mappe).

    Raises:
        UserError: en fil mangler eller kan ikke leses.
    """
    root = folder or data_path(KORPUS)
    missing = next((d for d in get_args(Dimensjon) if not (root / f"{d}.csv").is_file()), None)
    if missing:
        raise UserError(
            f"Korpuset i {root} mangler {missing}.csv; lag det med python -m kontoplan.training.corpus.",
            code="mangler-korpus",
        )
    return [line for dimension in get_args(Dimensjon) for line in read_lines(root / f"{dimension}.csv")]


def main() -> None:
    """Bygger korpuset av dataene i mappen som er oppgitt."""
    save(build(Path(sys.argv[1])), data_path("models") / "korpus")


if __name__ == "__main__":
    main()
