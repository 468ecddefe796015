"""Lister av tekst som rene tall, slik lagrene i ``models/`` har dem: én linje per tekst."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


def blob(lines: Iterable[str]) -> NDArray[np.uint8]:
    """Tekstene som byte; ingen av dem kan ha linjeskift."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def lines(packed: NDArray[np.uint8]) -> tuple[str, ...]:
    """Tekstene som :func:`blob` pakket."""
    return tuple(packed.tobytes().decode().split("\n"))
