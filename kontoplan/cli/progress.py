"""Fremdrift på stderr, så stdout bare har svaret."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Sekunder før noe vises; det som går raskere, trenger ingen stolpe."""

_COUNT = re.compile(r"(\d+) av (\d+)")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Gir en funksjon som viser hva programmet holder på med; stille når stderr ikke er en terminal.

    Stolpen kommer først når arbeidet har tatt over ett sekund. Den fylles når meldingen sier «12 av 40», og går ellers fram
    og tilbake.
    """
    if not sys.stderr.isatty():
        yield lambda _message: None
        return
    bar = _Bar()
    timer = Timer(PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar.say
    finally:
        timer.cancel()
        bar.close()


class _Bar:
    """Stolpen; ``say`` kan kalles før den vises."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._message = "Begynner"
        self._shown: tuple[Progress, TaskID] | None = None
        self._closed = False

    def say(self, message: str) -> None:
        """Husker meldingen, og viser den når stolpen er oppe."""
        self._message = message
        if self._shown:
            self._update(*self._shown)

    def show(self) -> None:
        """Viser stolpen; Rich lastes først her, så korte kjøringer ikke venter på den."""
        from rich.console import Console  # noqa: PLC0415 - lastes bare når noe tar tid
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - det samme

        with self._lock:
            if self._closed:
                return
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            task = bar.add_task(self._message, total=None)
            bar.start()
            self._shown = (bar, task)
            self._update(bar, task)

    def close(self) -> None:
        """Tar bort stolpen."""
        with self._lock:
            self._closed = True
            if self._shown:
                self._shown[0].stop()

    def _update(self, bar: Progress, task: TaskID) -> None:
        count = _COUNT.search(self._message)
        done, total = (int(count[1]), int(count[2])) if count else (0, None)
        bar.update(task, description=self._message, completed=done, total=total, refresh=True)
