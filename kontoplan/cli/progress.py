"""Fremdrift på stderr, så stdout bare har svaret."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Gir en funksjon som viser hva programmet holder på med; stille når stderr ikke er en terminal."""
    if not sys.stderr.isatty():
        yield lambda _message: None
        return
    from rich.console import Console  # noqa: PLC0415 - lastes bare for mennesker

    with Console(stderr=True).status("Begynner …", spinner="line") as status:
        yield lambda message: status.update(f"{message} …")
