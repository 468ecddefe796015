"""Kommunens egne kontoer for en KOSTRA-kode, og hvilken av dem en tekst hører til etter ordene i navnet."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from kontoplan.evidence.codes import NATIONAL
from kontoplan.text import read
from kontoplan.usecases.haandbok_modell import Egen, Henvist

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kontoplan.kodeverk import Kodedimensjon, Kodeverk
    from kontoplan.sak import Dimensjon
    from kontoplan.usecases.haandbok_kontoer import Avklart

_LISTED = 3  # så mange kontoer nevnes når ingen av dem passer best


class Egne:
    """Kommunens kontoer slått opp på KOSTRA-koden.

    Attributes:
        kodeverk: Navnene på kodene.
        konto: Stedet hver konto har i håndboken.
    """

    def __init__(self, kontoer: Sequence[Avklart], kodeverk: Kodeverk) -> None:
        self.kodeverk = kodeverk
        self.konto: Mapping[Avklart, Egen] = {
            konto: Egen(konto.nummer, konto.navn, f"konto{at}") for at, konto in enumerate(kontoer, 1)
        }
        self._by_code: dict[tuple[Dimensjon, str], list[Egen]] = defaultdict(list)
        for konto, own in self.konto.items():
            if konto.kode:
                self._by_code[konto.dimensjon, konto.kode].append(own)

    def kontoer(self, dimensjon: Dimensjon, kode: str) -> tuple[Egen, ...]:
        """Kontoene med koden, etter nummer."""
        return tuple(self._by_code.get((dimensjon, kode), ()))

    def henvist(self, dimensjon: Dimensjon, kode: str, tekst: str = "") -> Henvist:
        """Koden med kommunens kontoer; bare den ene når navnet på den passer best med ``tekst``."""
        own = self.kontoer(dimensjon, kode)
        best = best_named(tekst, own) if tekst else None
        listed = (best,) if best else own[:_LISTED]
        return Henvist(kode, self.kodeverk.navn(NATIONAL[dimensjon], kode), listed, len(own) - len(listed))


def local(dimensjon: Kodedimensjon) -> Dimensjon | None:
    """Dimensjonen i kontoplanen en nasjonal kode hører til."""
    found: dict[Kodedimensjon, Dimensjon] = {"art": "art", "funksjon": "funksjon", "kapittel": "balanse"}
    return found.get(dimensjon)


def best_named(tekst: str, kontoer: Sequence[Egen]) -> Egen | None:
    """Den ene kontoen som har flest ord felles med teksten; ``None`` når ingen eller flere har det.

    Ord alle kontoene har, teller ikke.
    """
    if len(kontoer) < 2:  # noqa: PLR2004 - én konto er svaret
        return next(iter(kontoer), None)
    names = [_stems(konto.navn) for konto in kontoer]
    common = frozenset.intersection(*names)
    wanted = _stems(tekst) - common
    scores = [len(wanted & name) for name in names]
    top = max(scores)
    return kontoer[scores.index(top)] if top and scores.count(top) == 1 else None


def distinct(phrases: Iterable[str]) -> tuple[str, ...]:
    """Frasene uten skrivemåter av det samme; forkortelser («komm.avg.») er for maskinen og tas ikke med."""
    found: dict[object, str] = {}
    for phrase in phrases:
        if not phrase.endswith("."):
            found.setdefault(tuple(sorted(set(read(phrase).stammer))) or phrase, phrase)
    return tuple(found.values())


@lru_cache(maxsize=16_384)
def _stems(text: str) -> frozenset[str]:
    found = read(text)
    return frozenset((*found.stammer, *found.ledd))
