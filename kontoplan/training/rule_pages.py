"""Lager ``docs/regler/``: en side per regel, og en innholdsliste per område.

Kjøres med ``python -m kontoplan.training.rule_pages MAPPE`` når reglene endres.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.rulebase.load import load_rules
from kontoplan.usecases.regelside import page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.rulebase.rule import Rule


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """Filnavn → innhold, med ``README.md`` som innholdsliste."""
    listed = sorted(rules, key=lambda rule: (rule.fil, rule.linje))
    found = {f"{rule.id}.md": page(rule) for rule in listed}
    return {"README.md": _contents(listed), **found}


def _contents(rules: list[Rule]) -> str:
    lines = [
        "# Reglene",
        "",
        "Sidene er laget av reglene i `rules/regler` ([regelspråket](../regelspraak.md)) og rettes der, ikke her.",
    ]
    for file, group in groupby(rules, key=lambda rule: rule.fil):
        lines += ["", f"## {file.removesuffix('.yaml')}", ""]
        lines += [f"- [{rule.tittel}]({rule.id}.md){'' if rule.godkjent else ' (utkast)'}" for rule in group]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Skriver sidene til mappen i første argument og sletter sider for regler som er borte."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    rules, problems = load_rules(data_path("rules/regler"))
    if problems:
        sys.exit("\n".join(map(str, problems)))
    found = pages(rules)
    for old in folder.glob("*.md"):
        if old.name not in found:
            old.unlink()
    for name, content in found.items():
        (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
