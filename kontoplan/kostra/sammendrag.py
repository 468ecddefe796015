"""Rapporten i korte ord: om filen kan sendes, og funnene samlet per kontroll. Brukes av terminalen, HTML og Excel."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kontoplan.kostra.funn import ALVOR
from kontoplan.kostra.kjoring import RECORDLENGDE, SIDE_001
from kontoplan.kostra.kontroller import KONTROLLER
from kontoplan.tall import count

if TYPE_CHECKING:
    from kontoplan.kostra.funn import Funngruppe
    from kontoplan.kostra.kontroll import Side
    from kontoplan.kostra.rapport import Kontrollrapport


@dataclass(frozen=True, slots=True)
class Alvorsord:
    """Hvordan en alvorlighet vises.

    Attributes:
        symbol: Ett tegn som skiller den fra de andre uten farge.
        en: Ordet for ett funn.
        flere: Ordet for flere.
        betyr: Hva den betyr for den som skal sende filen.
    """

    symbol: str
    en: str
    flere: str
    betyr: str


ORD: Final = {
    "FATAL": Alvorsord(
        "✗", "uleselig linje", "uleselige linjer", "Filen kan ikke leses, og resten er ikke kontrollert."
    ),
    "ERROR": Alvorsord("✗", "feil", "feil", "Må rettes; mottaket tar ikke imot filen."),
    "WARNING": Alvorsord("!", "advarsel", "advarsler", "Bør ses på, men hindrer ikke innsending."),
    "INFO": Alvorsord("i", "opplysning", "opplysninger", "Uvanlig, men hindrer ikke innsending."),
}

_FOR_FILEN: Final = (
    "Funnet da uttrekket ble laget av hovedboken. Mottaket ser det ikke, men tallene det får, blir feil."
)


@dataclass(frozen=True, slots=True)
class Kontrolldel:
    """Alle funnene av én kontroll.

    Attributes:
        nummer: Kontrollnummeret; tomt når skjemaet er ukjent.
        emne: Hva kontrollen gjelder.
        alvor: Det alvorligste funnet.
        antall: Antall funn.
        grupper: Funnene etter årsak.
        side: Forklaringen; ``None`` når kontrollen ikke har noen side.
    """

    nummer: str
    emne: str
    alvor: str
    antall: int
    grupper: tuple[Funngruppe, ...]
    side: Side | None

    @property
    def betyr(self) -> str:
        """Hva alvorligheten betyr for den som skal sende filen; det mottaket aldri får se, har sin egen forklaring."""
        return ORD[self.alvor].betyr if self.nummer or self.alvor == "FATAL" else _FOR_FILEN


def deler(rapport: Kontrollrapport) -> tuple[Kontrolldel, ...]:
    """Funnene samlet per kontroll, i mottakets rekkefølge."""
    found = []
    for (nummer, emne), same in groupby(rapport.grupper, key=lambda gruppe: (gruppe.kontroll, gruppe.emne)):
        grupper = tuple(same)
        worst = min((gruppe.alvor for gruppe in grupper), key=ALVOR.index)
        antall = sum(gruppe.antall for gruppe in grupper)
        found.append(Kontrolldel(nummer or "", emne, worst, antall, grupper, _side(nummer, emne)))
    return tuple(found)


def dom(rapport: Kontrollrapport) -> str:
    """Om filen kan sendes inn, i én setning."""
    counted = [
        count(antall, ordet.en, ordet.flere) for alvor, ordet in ORD.items() if (antall := rapport.antall(alvor))
    ]
    listed = " og ".join([", ".join(counted[:-1]), counted[-1]] if len(counted) > 1 else counted)
    if not rapport.omfang.sjekker:
        return "Filen er tom og kan ikke sendes inn."
    if rapport.fatal:
        return f"Filen kan ikke leses: {listed if rapport.omfang.linjer else 'skjemaet finnes ikke'}."
    if not rapport.kan_sendes:
        return f"Filen kan ikke sendes inn: {listed}."
    return f"Filen kan sendes inn. Den har {listed}." if counted else "Filen kan sendes inn. Ingen funn."


def hva(rapport: Kontrollrapport) -> str:
    """Hva filen er kontrollert som, f.eks. ``0A 2026, region 340300``."""
    oppgave = rapport.oppgave
    orgnr = f", orgnr {' eller '.join(oppgave.orgnr)}" if oppgave.orgnr else ""
    return f"{oppgave.kode} {oppgave.aar}, region {oppgave.region}{orgnr}"


def omfang(rapport: Kontrollrapport) -> str:
    """Hvor mye som er kontrollert."""
    sizes = rapport.omfang
    if rapport.fatal:
        return count(sizes.linjer, "linje", "linjer")
    return f"{count(sizes.poster, 'post', 'poster')} kontrollert, {count(sizes.sjekker, 'sjekk', 'sjekker')}"


def _side(nummer: str | None, emne: str) -> Side | None:
    if nummer == RECORDLENGDE[0]:
        return SIDE_001
    return next((k.side for k in KONTROLLER.values() if (k.nummer, k.emne) == (nummer, emne)), None)
