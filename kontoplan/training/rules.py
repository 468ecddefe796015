"""Lager ``models/regler.json``: reglene i ``rules/regler`` ferdig lest.

Kjøres med ``python -m kontoplan.training.rules`` når regler, ordlister eller koden som leser tekst endres.
"""

from __future__ import annotations

import sys

from kontoplan.data import data_path
from kontoplan.rulebase.load import load_rules
from kontoplan.rulebase.store import save


def main() -> None:
    """Leser reglene og skriver lageret; skriver feilene og går ut med 1 når det er noen."""
    folder = data_path("rules/regler")
    rules, problems = load_rules(folder)
    if problems:
        sys.exit("\n".join(map(str, problems)))
    save(rules, folder, data_path("models") / "regler.json")


if __name__ == "__main__":
    main()
