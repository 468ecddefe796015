"""Varianter av en tekst, så klassifikatoren lærer språket og ikke én kommunes skrivemåte.

Hver tekst får de samme variantene hver gang. Store bokstaver, nynorsk og kjente forkortelser er ikke her: de leses til
de samme ordene av ``text``. Det som er her, er det lesingen ikke kan rette: avkorting, skrivefeil, ord i annen
rekkefølge, sammensetninger som er delt, og årstall og tillegg bak navnet.
"""

from __future__ import annotations

import random
import zlib
from typing import TYPE_CHECKING

from kontoplan.text import parts, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KINDS = 2  # varianter per tekst
_SHORT, _LONG = 5, 30  # ord kortere enn dette kortes ikke; gamle systemer kuttet navn ved 30 tegn
_CUT = (0.5, 0.8)


def variants(tekst: str) -> Iterator[str]:
    """Inntil to varianter av teksten, forskjellige fra den selv og fra hverandre."""
    chance = random.Random(zlib.crc32(tekst.encode()))  # noqa: S311 - ikke til noe hemmelig
    made = {tekst}
    for change in chance.sample(_CHANGES, k=_KINDS):
        changed = change(tekst, chance)
        if changed not in made and read(changed).ord:
            made.add(changed)
            yield changed


def _cut_words(tekst: str, chance: random.Random) -> str:
    """«Vedlikehold bygninger» → «Vedlikeh. bygninger»."""
    words = tekst.split()
    long = [at for at, word in enumerate(words) if len(word) > _SHORT and word.isalpha()]
    if long:
        at = chance.choice(long)
        words[at] = words[at][: max(3, int(len(words[at]) * chance.uniform(*_CUT)))] + "."
    return " ".join(words)


def _cut_end(tekst: str, chance: random.Random) -> str:
    return tekst[: chance.randint(int(_LONG * _CUT[0]), _LONG)].rstrip()


def _typo(tekst: str, chance: random.Random) -> str:
    """Én bokstav borte, doblet eller byttet med naboen, inne i et ord."""
    inside = [at for at in range(1, len(tekst) - 1) if tekst[at - 1 : at + 2].isalpha()]
    if not inside:
        return tekst
    at = chance.choice(inside)
    changed = chance.choice(("", tekst[at] * 2, tekst[at + 1] + tekst[at]))
    return tekst[:at] + changed + tekst[at + (2 if len(changed) == 2 and changed[0] != changed[1] else 1) :]  # noqa: PLR2004


def _reordered(tekst: str, chance: random.Random) -> str:
    words = tekst.split()
    chance.shuffle(words)
    return " ".join(words)


def _split_compound(tekst: str, chance: random.Random) -> str:
    """«kontorrekvisita» → «kontor rekvisita»."""
    words = list(read(tekst).ord)
    compounds = [at for at, word in enumerate(words) if parts(word)]
    if compounds:
        at = chance.choice(compounds)
        words[at] = " ".join(parts(words[at]))
    return " ".join(words)


def _tagged(tekst: str, chance: random.Random) -> str:
    return tekst + chance.choice((" 2", " 2024", " (ny)", " m/mva", " - felles", " diverse", " utgår 2020", " m.m."))


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _cut_words, _cut_end, _typo, _reordered, _split_compound, _tagged,
)  # fmt: skip
