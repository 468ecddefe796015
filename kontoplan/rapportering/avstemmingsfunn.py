"""Det som er galt før kontrollene: det som ikke kom med i uttrekket, det interne som ikke går i null, og rader som ikke er lest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kontoplan.fordeling.bilag import norske_kroner
from kontoplan.kostra.funn import Funngruppe
from kontoplan.ledger.hovedbok import GJENTATT, SUMLINJE, UTEN_KJENT_BELOP
from kontoplan.rapportering.opphav import origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.rapportering.innlest import Innlest
    from kontoplan.rapportering.saldo import Del
    from kontoplan.rapportering.uttrekk import Uttrekk

AVVIST, INTERNT, ULEST = "Ikke med i uttrekket", "Internt går ikke i null", "Rader som ikke er lest"
_HARMLESS = frozenset({SUMLINJE, GJENTATT})


def findings(uttrekk: Uttrekk) -> tuple[Funngruppe, ...]:
    """Funnene uten kontrollnummer, det største først. Det som er ``ERROR``, hindrer også ``rapporter``."""
    return (*_rejected(uttrekk), *_internal(uttrekk), *_unread(uttrekk))


def _rejected(uttrekk: Uttrekk) -> Iterator[Funngruppe]:
    by_reason: dict[str, list[Del]] = defaultdict(list)
    for part in uttrekk.avviste:
        by_reason[part.grunn].append(part)
    for reason, parts in sorted(by_reason.items(), key=lambda item: -sum(abs(part.ore) for part in item[1])):
        number = sum(part.saldo.antall for part in parts)
        yield Funngruppe(
            kontroll=None,
            emne=AVVIST,
            alvor="ERROR",
            melding=f"{_count(number, 'postering', 'posteringer')} på til sammen {norske_kroner(sum(part.ore for part in parts))} kr er ikke med: {reason}.",
            rettelse=f"Avgjør det i {uttrekk.kobling}, eller ta kontoen med i kontoplanen og koble på nytt.",
            samlet=True,
            opphav=origin(parts, uttrekk.kilde),
        )


def _internal(uttrekk: Uttrekk) -> Iterator[Funngruppe]:
    for total in uttrekk.interne:
        if total.ore:
            yield Funngruppe(
                kontroll=None,
                emne=INTERNT,
                alvor="ERROR",
                melding=f"{total.setning[:1].upper()}{total.setning[1:]}.",
                rettelse="Finn posteringen som mangler motpost; er det funksjon 190, fordel den med «kontoplan fordel».",
                samlet=True,
                opphav=origin(total.poster, uttrekk.kilde),
            )


def _unread(uttrekk: Uttrekk) -> Iterator[Funngruppe]:
    for bok in uttrekk.boker:
        yield from _unread_in(bok)


def _unread_in(bok: Innlest) -> Iterator[Funngruppe]:
    for unread in bok.lest.uleste:
        more = " …" if unread.antall > len(unread.rader) else ""
        amount = f" med {norske_kroner(unread.belop_ore)} kr" if unread.belop_ore else ""
        yield Funngruppe(
            kontroll=None,
            emne=ULEST,
            alvor="ERROR" if unread.grunn in UTEN_KJENT_BELOP else "INFO" if unread.grunn in _HARMLESS else "WARNING",
            melding=f"{_count(unread.antall, 'rad', 'rader')} i {bok.kilde.fil}{amount} er ikke lest ({unread.grunn}): rad {', '.join(map(str, unread.rader))}{more}.",
            rettelse="Er det posteringer, rett dem i hovedboken, eller oppgi kolonnene med --kolonner.",
            samlet=True,
        )


def _count(antall: int, en: str, flere: str) -> str:
    return f"{antall} {en if antall == 1 else flere}"
