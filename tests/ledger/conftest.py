from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kontoplan.ledger import open_ledger, samle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kontoplan.ledger.hovedbok import Kilde, Lest

Result = tuple[list[dict[str, Any]], "Lest", "Kilde"]


@pytest.fixture
def read() -> Callable[..., Result]:
    """Leser en fil helt: radene som oppslag, hva lesingen ga, og kilden."""

    def call(path: Path, **options: str | list[str]) -> Result:
        with open_ledger(path, **options) as bok:  # type: ignore[arg-type]
            frame, lest = samle(bok)
            return frame.to_dicts(), lest, bok.kilde

    return call


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, *, encoding: str = "utf-8", name: str = "hovedbok.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write
