"""Tekst som trygt kan stå i en celle, og tall og radnumre slik folk leser dem."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kontoplan.tall import thousands

if TYPE_CHECKING:
    from collections.abc import Sequence

MAKS_TEGN = 32_767
"""Excels grense for én celle, i UTF-16-enheter."""

_ULOVLIG = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UVANLIG = re.compile(f"{_ULOVLIG.pattern}|\r")
_LINJESKIFT = re.compile("\r\n?")


@lru_cache(maxsize=16_384)
def safe_text(text: str) -> str:
    """Teksten uten tegn XML forbyr, med ett slags linjeskift, og kuttet med et synlig merke hvis den er for lang."""
    clean = _LINJESKIFT.sub("\n", _ULOVLIG.sub("", text)) if _UVANLIG.search(text) else text
    return _as_written(_cut(clean))


def sentence(text: str) -> str:
    """Teksten som en hel setning med skilletegn til slutt."""
    stripped = text.strip()
    return stripped if not stripped or stripped[-1] in ".!?…" else f"{stripped}."


def enumerate_words(words: Sequence[str], *, sist: str = "og") -> str:
    """Ordene som oppramsing: ``a, b og c``."""
    if len(words) < 2:  # noqa: PLR2004 - én eller ingen trenger ikke bindeord
        return "".join(words)
    return f"{', '.join(words[:-1])} {sist} {words[-1]}"


def row_ranges(rader: Sequence[int]) -> str:
    """Radnumrene i sammenhengende løp: ``1–3, 7``."""
    ordered = sorted(set(rader))
    if not ordered:
        return ""
    breaks = [i for i, (a, b) in enumerate(pairwise(ordered), 1) if b != a + 1]
    runs = [ordered[a:b] for a, b in pairwise([0, *breaks, len(ordered)])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _cut(text: str) -> str:
    if len(text) <= MAKS_TEGN // 2 or _units(text) <= MAKS_TEGN:
        return text
    mark = f" … [kuttet av kontoplan: teksten er på {thousands(len(text))} tegn]"
    kept = text.encode("utf-16-le")[: 2 * (MAKS_TEGN - len(mark))].decode("utf-16-le", errors="ignore")
    return kept + mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _as_written(text: str) -> str:
    # XlsxWriter skriver en tekst på formen <r>…</r> rett inn i XML-en som formatert tekst. Derfor pakkes slik tekst inn
    # som ett formatert ledd med teksten selv, så den leses tilbake uendret og aldri tolkes.
    if not (text.startswith("<r>") and text.endswith("</r>")):
        return text
    wrapped = f'<r><t xml:space="preserve">{escape(text)}</t></r>'
    return wrapped if len(wrapped) <= MAKS_TEGN else text.removeprefix("<")
