"""Det arbeidsboken og nettsiden viser av en revisjon: antall etter alvor, risikomatrisen, områdene og kodene i ord."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontoplan.revisjon.funn import ALVOR
from kontoplan.revisjon.treff import LIKELY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.revisjon.funn import Alvor, Funn
    from kontoplan.revisjon.revisjon import Revisjon
    from kontoplan.revisjon.vesentlighet import Omraade

MATERIAL: Final = 0.001
"""Fra denne vesentligheten er et funn vesentlig."""
_SEEN: Final = 0.05
GRENSENE: Final = (
    "Trolig feil er en sannsynlighet på minst 50 %. Vesentlig er minst én promille av det geometriske snittet av tjenesteområdets og hele "
    "regnskapets brutto utgifter."
)
BETYR: Final[dict[Alvor, str]] = {
    "FEIL": "kan ikke stå slik",
    "ADVARSEL": "trolig feil; se på bilaget",
    "INFO": "mindre sannsynlig feil enn rett, men verdt et blikk",
}


@dataclass(frozen=True, slots=True)
class Alvorsrad:
    """Funnene av én alvorlighet: antallet, summen av beløpene på radene i øre (hver rad én gang), og hva den betyr."""

    alvor: Alvor
    antall: int
    ore: int
    betyr: str


@dataclass(frozen=True, slots=True)
class Rute:
    """En rute i risikomatrisen: hvor mange funn det er der, og hva en bør gjøre med dem."""

    antall: int
    rad: str


@dataclass(frozen=True, slots=True)
class Matriserad:
    """En rad i risikomatrisen: hvor sannsynlige funnene er, og rutene for lite og mye vesentlig."""

    navn: str
    lite: Rute
    mye: Rute


def etter_alvor(revisjon: Revisjon) -> tuple[Alvorsrad, ...]:
    """En rad per alvorlighet, verst først."""
    rows = []
    for alvor in ALVOR:
        same = [f for f in revisjon.funn if f.alvor == alvor]
        money = sum({(f.ark, f.rad): abs(f.ore) for f in same}.values())
        rows.append(Alvorsrad(alvor, len(same), money, BETYR[alvor]))
    return tuple(rows)


def matrise(funn: Sequence[Funn]) -> tuple[Matriserad, Matriserad]:
    """Risikomatrisen: sannsynlighet nedover, det sannsynlige øverst, og vesentlighet bortover."""
    likely = [f for f in funn if f.sannsynlighet >= LIKELY]
    unlikely = [f for f in funn if f.sannsynlighet < LIKELY]
    return (
        _row("Trolig feil", likely, "Rettes fortløpende", "Se på disse først"),
        _row("Mindre sannsynlig", unlikely, "Kan vente", "Ta stikkprøver"),
    )


def _row(navn: str, funn: Sequence[Funn], little: str, much: str) -> Matriserad:
    material = sum(f.vesentlighet >= MATERIAL for f in funn)
    return Matriserad(navn, Rute(len(funn) - material, little), Rute(material, much))


def mest_trolig_galt(omraader: Sequence[Omraade]) -> tuple[Omraade, ...]:
    """Områdene der noe trolig er feilført, mest først."""
    return tuple(sorted((o for o in omraader if o.trolig_galt_ore), key=lambda o: -o.trolig_galt_ore))


def koder(codes: Mapping[str, str]) -> str:
    """Kodene i rekkefølgen kontoklasse / funksjon / art."""
    return " / ".join(codes[name] for name in ("kontoklasse", "funksjon", "art") if codes.get(name))


def bidrag(funn: Funn) -> tuple[tuple[str, str], ...]:
    """Det sannsynligheten er satt sammen av, i log-odds med fortegn, og hva det er; det som ville blitt vist som 0,0, er ikke med."""
    seen = (part for part in funn.bidrag if abs(part.vekt) >= _SEEN)
    return tuple((f"{part.vekt:+.1f}".replace(".", ",").replace("-", "−"), part.hva) for part in seen)


def forslag(funn: Funn) -> str:
    """Det som foreslås: ``funksjon 202, art 115``."""
    return ", ".join(f"{name} {kode}" for name, kode in funn.foreslatt.items())
