"""Sektorvitnet: hvilken sektor et balansenummer, en kolonne eller ordene i navnet sier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.rulebase.balance import balance
from kontoplan.rulebase.match import Words
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.rulebase.balance import Sektorord

CERTAIN = 3  # et ord med denne styrken navngir motparten, og andre ord teller ikke
NAMED = 2  # ord med minst denne styrken sier hvem motparten er, og kan motsi et nummer
_WIDTH = 3
_CODE = re.compile(r"(\d{3})(?:[\s:.–-].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Det ordene sier om sektoren: én kode når de er enige, flere når de ikke er det, ingen når de tier.

    Attributes:
        koder: Sektorene ordene peker på.
        ord: Ordet som veide tyngst; tomt når kapittelet alene avgjorde.
        styrke: Hvor mye ordet sier (0–3, se ``Sektorord``).
        kilde: Hvor det er hentet fra.
    """

    koder: tuple[str, ...] = ()
    ord: str = ""
    styrke: int = 0
    kilde: str = ""

    @property
    def kode(self) -> str | None:
        """Sektoren når ordene er enige om én."""
        return self.koder[0] if len(self.koder) == 1 else None


def in_column(overskrift: str, valid: frozenset[str]) -> str | None:
    """Sektorkoden i en sektorkolonne eller en overskrift («320», «320 Banker»); ``None`` når ingen er en gyldig kode.

    Et tall som står alene, kan ha mistet nuller foran (``80`` for 080).
    """
    for piece in (p.strip() for p in overskrift.split(" / ")):
        found = _CODE.fullmatch(piece)
        code = piece.zfill(_WIDTH) if piece.isascii() and piece.isdigit() else found[1] if found else ""
        if code in valid:
            return code
    return None


def spoken(tekst: str, kapittel: str, valid: frozenset[str]) -> Spoken:
    """Det ordene i teksten sier om sektoren på kapittelet.

    Et ord som navngir motparten, teller alene; ellers må ordene være enige. Et ord viker for et lengre som har det i seg
    («bank» for «kommunalbank»).
    """
    words = Words.of(read(tekst))
    said = [w for w in balance().sektorord if w.sektor in valid and w.applies(kapittel, words)]
    if not said:
        return Spoken()
    top = max(w.styrke for w in said)
    best = _longest([w for w in said if w.styrke == top or 0 < w.styrke <= top < CERTAIN])
    codes = tuple(dict.fromkeys(w.sektor for w in best))
    return Spoken(codes, best[0].ord.strip("*"), top, best[0].kilde)


def _longest(said: Sequence[Sektorord]) -> list[Sektorord]:
    """Ordene uten dem som er en del av et lengre; et ord som bare gjelder noen kapitler, går foran det samme ordet ellers."""

    def gives_way(word: Sektorord) -> bool:
        own = word.ord.strip("*").casefold()
        return any(
            own in other.ord.strip("*").casefold() and len(own) < len(other.ord.strip("*")) for other in said
        ) or any(own == other.ord.strip("*").casefold() and other.kapitler and not word.kapitler for other in said)

    return sorted((w for w in said if not gives_way(w)), key=lambda w: (-len(w.ord), w.ord))
