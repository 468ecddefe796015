"""Regelbasen mot departementets og veilederens egne avgjørelser (``bench/data/brev_dev.jsonl``).

Kjøres med ``python -m bench.brev``. En avgjørelse er besvart rett når reglene i hver dimensjon den gjelder, gir de samme
kodene (hele mengden når beløpet deles), og ved «avhenger» når de stiller et spørsmål eller viser alternativene. Måles to
ganger: på kodene i 2026, og på kodene for sitt eget år.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontoplan.rulebase.match import winners
from kontoplan.rulebase.store import rulebase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.rulebase.match import Hit

DATA = Path(__file__).resolve().parent / "data" / "brev_dev.jsonl"
DIMENSIONS = ("funksjon", "art")
NEWEST = 2026
FIRST = 1998  # KOSTRA gjaldt for de første kommunene fra regnskapsåret 1998


def cases() -> list[dict[str, Any]]:
    """Avgjørelsene."""
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def verdict(case: dict[str, Any], aar: int, wanted: dict[str, list[str]] | None) -> str:
    """``rett``, ``feil`` med det som ble svart, eller ``ikke målt`` når fasiten ikke har noe svar for året."""
    if wanted is None:
        return "ikke målt"
    hits = rulebase().hits(case["sporsmal"], aar=aar, regnskap="kommune")
    won = {d: winners(hits, d) for d in DIMENSIONS}
    depends = case["type"] == "avhenger"
    asked = any(h.outcome.avklaring or h.outcome.fordeling for d in DIMENSIONS for h in won[d])
    if not any(wanted.values()):
        return "rett" if asked or not hits else "feil: svarer uten å spørre"
    for dimension in DIMENSIONS:
        codes = {k for h in won[dimension] for k in h.outcome.alternatives(dimension)}
        if not wanted[dimension]:
            continue
        if depends and (asked or codes) and codes >= set(wanted[dimension]):
            continue
        if codes != set(wanted[dimension]):
            return f"feil: {dimension} {sorted(codes) or 'ingen'} ≠ {wanted[dimension]} ({_ids(won[dimension])})"
    return "rett"


def _ids(hits: tuple[Hit, ...]) -> str:
    return ", ".join(h.rule.id for h in hits) or "ingen regel"


def results(*, original: bool) -> Iterator[tuple[str, str, str]]:
    """(id, spørsmål, dom) for hver avgjørelse."""
    for case in cases():
        aar = max(case["aar"], FIRST) if original else NEWEST
        yield case["id"], case["sporsmal"], verdict(case, aar, case["svar_original" if original else "svar_2026"])


def main() -> None:
    """Skriver andelen rette, og hver som ikke er det."""
    for original in (False, True):
        found = list(results(original=original))
        measured = [f for f in found if f[2] != "ikke målt"]
        right = sum(f[2] == "rett" for f in measured)
        name = "kodene for sitt eget år" if original else f"kodene i {NEWEST}"
        print(f"{name}: {right} av {len(measured)} rett ({right / len(measured):.1%})")
        for identity, question, answer in measured:
            if answer != "rett":
                print(f"  {identity} «{question}» {answer}")


if __name__ == "__main__":
    main()
