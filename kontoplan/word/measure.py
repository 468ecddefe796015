"""Hvor mange linjer en tekst tar i Arial, så innholdsfortegnelsen kan ha rette sidetall før Word har regnet dem ut.

Breddene er tegnbreddene i Helvetica/Arial i tusendeler av skriftstørrelsen, slik de er kjent fra skriftens metrikk (AFM).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDTHS: Final[dict[int, str]] = {
    191: "'",
    222: "ijl",
    278: " .,:;/ft![]I|·\u00a0",
    333: "-()r`«»„“”‘’",
    355: '"',
    500: "ckszvxyJ",
    556: "abdeghnopqu0123456789?§$_LåéäèàôòüïæLøóöáñ–",
    584: "+<>=~",
    611: "FTZø",
    667: "ABEKPSVXYÅ&ÉÄ",
    722: "CDHNRUwÜ",
    778: "GOQØÖ",
    833: "mM",
    889: "%æ",
    944: "W",
    1000: "Æ…—→@",
}
_WIDTH: Final = {char: width for width, chars in _WIDTHS.items() for char in chars}
_UNKNOWN = 1000
_BOLD = 1.08
_SAFETY = 1.02  # heller én linje for mye enn én for lite


@lru_cache(maxsize=32_768)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Bredden av teksten i punkt; aldri for liten."""
    units = sum(_WIDTH.get(char, _UNKNOWN) for char in text)
    return units / 1000 * size * _SAFETY * (_BOLD if bold else 1.0)


def lines(parts: Iterable[tuple[str, bool]], room: float, size: float) -> int:
    """Antall linjer ledd av tekst (tekst, fet) tar når linjen er ``room`` punkt bred; ord lengre enn linjen deles."""
    count, left = 1, room
    for need, glued in _words(parts, size):
        if need > left and left < room and not glued:
            count, left = count + 1, room
        extra = int(need // room) if need > room else int(need > left)
        count += extra
        left = room - need % room if extra else left - need
    return count


def _words(parts: Iterable[tuple[str, bool]], size: float) -> Iterator[tuple[float, bool]]:
    """Bredden av hvert ord med mellomrommet etter, og om det henger sammen med det foran."""
    glued = False
    for text, bold in parts:
        space = width(" ", size, bold=bold)
        words = text.split(" ")
        for at, word in enumerate(words):
            last = at == len(words) - 1
            if word:
                yield width(word, size, bold=bold) + (0 if last else space), glued
            glued = last and bool(word)
