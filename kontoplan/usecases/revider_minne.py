"""Dommene i minnet som skal brukes i en revisjon: kommunens egne, og andres bare når det er bedt om."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.memory import Minne
from kontoplan.memory.store import same_kommune
from kontoplan.memory.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kontoplan.memory.funndom import Funndom
    from kontoplan.sak import Regnskap


def remember_verdicts(
    minne: str | Path | None, kommune: str, regnskap: Regnskap, ogsaa_fra: Sequence[str]
) -> tuple[list[Funndom], list[str]]:
    """Dommene, eldste først, og det brukeren bør vite om dem som ikke brukes.

    Raises:
        UserError: minnet kan ikke leses.
    """
    if minne is None:
        return [], []
    store = Minne(minne)
    if not store.finnes:
        return [], [f"Minnet {store.path} finnes ikke ennå, så ingen tidligere dommer er brukt."]
    wanted = {same_kommune(name) for name in (kommune, *ogsaa_fra)}
    every = verdicts(store, regnskap)
    found = [v for v in every if same_kommune(v.kommune) in wanted]
    notes = [f"Brukte {len(found)} tidligere dommer fra minnet {store.path}."] if found else []
    there = {same_kommune(v.kommune) for v in every}
    notes += [
        f"Minnet har ingen dommer for {name}; sjekk navnet i --ogsaa-fra."
        for name in ogsaa_fra
        if same_kommune(name) not in there
    ]
    others = sorted({v.kommune or "en kommune uten navn" for v in every if same_kommune(v.kommune) not in wanted})
    if others and not found:
        which = f"for {kommune}" if kommune else "uten navn på kommunen"
        notes.append(
            f"Minnet har ingen dommer {which}, bare for {', '.join(others)}; de er ikke brukt. Velg med --kommune, eller ta dem med med --ogsaa-fra."
        )
    return found, notes
