"""Hva lesingen av tekst avhenger av; lagre som er regnet ut av lest tekst, må lages på nytt når noe av det endres."""

from __future__ import annotations

from pathlib import Path

from kontoplan.data import data_path


def reading_sources() -> tuple[Path, ...]:
    """Ordlistene i ``rules/ord`` og koden som leser tekst, i fast rekkefølge."""
    return (*sorted(data_path("rules/ord").glob("*.csv")), *sorted(Path(__file__).parent.glob("*.py")))
