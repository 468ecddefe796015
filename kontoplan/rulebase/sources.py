"""Kildene reglene viser til, slik de skrives til en leser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.rulebase.document import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kontoplan.rulebase.rule import Kildested


def load_sources(path: Path) -> dict[str, str]:
    """Nøkkel → tittel, utgiver og dato for kildene i ``rules/kilder.yaml``."""
    document = load(path)
    if not isinstance(document, dict):
        return {}
    return {key: _title(entry) for key, entry in document.items() if isinstance(entry, dict)}


def _title(entry: dict[str, str]) -> str:
    by = [part for part in (entry.get("utgiver", ""), entry.get("dato") or entry.get("aar", "")) if part != "ingen"]
    return f"{entry.get('tittel', '')} ({', '.join(by)})"


def place(kilde: Kildested, sources: Mapping[str, str]) -> str:
    """Kilden og avsnittet en regel er hentet fra."""
    title = sources.get(kilde.dok, kilde.dok)
    return f"{title}: {kilde.avsnitt}" if kilde.avsnitt else title
