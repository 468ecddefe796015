"""Fremdrift på stderr, så stdout bare har svaret."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from threading import Lock, Timer
from time import monotonic
from typing import TYPE_CHECKING

from kontoplan.tall import thousands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Sekunder før noe vises; det som går raskere, trenger ingen stolpe."""

_COUNT = re.compile(r"(\d+) av (?:omtrent )?(\d+)")
_SURE_AFTER = 0.5  # sekunder et steg må ha vart før farten sier noe
_WORTH_SAYING = 10  # per sekund; det som teller langsommere, er steg og ikke rader
_MINUTE, _HOUR = 60, 3600


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Gir en funksjon som viser hva programmet holder på med; stille når stderr ikke er en terminal.

    Stolpen kommer først når arbeidet har tatt over ett sekund. Den fylles når meldingen sier «12 av 40», med farten og tiden
    som er igjen av steget, og går ellers fram og tilbake.
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


class Pace:
    """Farten i det steget som går: antall per sekund, og tiden som er igjen."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._step = ""
        self._start = (0.0, 0)

    def tell(self, message: str) -> str:
        """Meldingen med farten og tiden som er igjen, når den teller noe og steget har vart litt."""
        count = _COUNT.search(message)
        if count is None:
            self._step = ""
            return message
        now, done, total = self._clock(), int(count[1]), int(count[2])
        if message[: count.start()] != self._step:
            self._step, self._start = message[: count.start()], (now, done)
        seconds, moved = now - self._start[0], done - self._start[1]
        if seconds < _SURE_AFTER or moved <= 0:
            return message
        speed = moved / seconds
        fast = f"{thousands(speed)} per sekund, " if speed >= _WORTH_SAYING else ""
        return f"{message} ({fast}{_duration(max(0, total - done) / speed)} igjen)"


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.1f} t".replace(".", ",")


class _Bar:
    """Stolpen; ``say`` kan kalles før den vises, og fra flere tråder."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._message = "Begynner"
        self._shown: tuple[Progress, TaskID] | None = None
        self._closed = False
        self._pace = Pace()

    def say(self, message: str) -> None:
        """Husker meldingen, og viser den når stolpen er oppe."""
        self._message = self._pace.tell(message)
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
