"""Det som skal til for at eksempelhovedboken kan rapporteres: årsavslutningen, og avgjørelsene i koblingen.

Kilden er en rapport og ikke et avsluttet regnskap: internsalget går ikke opp mot internkjøpet, det interkommunale samarbeidet (290) går
ikke i null, og investeringen og driften er ikke gjort opp. Bilagene her er laget, og sier det i teksten. De endrer bare ``make demo-hovedbok``.

    python -m bench.hovedbokslutt demo-plan.koblet.xlsx   # fyller ut Avgjørelse på kontoene koble er i tvil om
"""

from __future__ import annotations

import argparse
import datetime as dt
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from bench.hovedbokdata import Postering
from kontoplan.headings import AVGJORELSE, DIMENSJON, LOKAL_KODE, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_INTERNAL = ("290", "690", "790")
_HOST, _ADMIN = "29000", "12000"
_CODE = {"Art": slice(1, 4), "Funksjon": slice(3)}
_OPEN = ("Usikker", "Tvetydig", "Ukjent", "Utgått")
Line = tuple[str, str, str, str, int]
"""Konto, kontonavn, ansvar, funksjon og øre."""


def year_end(posts: Iterable[Postering], aar: int) -> list[Postering]:
    """Bilagene som gjør opp året; hvert går i null.

    Internhandelen på 290 og det som ellers ikke møtes, omposteres til ekte arter; egen andel av samarbeidet flyttes til 120;
    overskuddet i investeringen settes av, og resultatet i driften avsluttes på 899.
    """
    posts = list(posts)
    number = max(post.bilag for post in posts)
    found: list[Postering] = []
    for step in (_host_trade, _other_trade, _own_share, _investment, _result):
        lines = [line for line in step([*posts, *found]) if line[-1]]
        number += bool(lines)
        found += [
            Postering(number, dt.date(aar, 12, 31), konto, navn, ansvar, "", funksjon, "", f"Konstruert årsavslutning: {navn}", "", "", "", ore, -1)
            for konto, navn, ansvar, funksjon, ore in lines
        ]  # fmt: skip
    return found


def _host_trade(posts: list[Postering]) -> Iterator[Line]:
    ore = sum(post.ore for post in posts if post.funksjon == _HOST and post.konto[1:4] in _INTERNAL)
    yield "12900", "Internkjøp", "790", _HOST, -ore
    yield "13509", "Kjøp frå kommunar", "790", _HOST, ore


def _other_trade(posts: list[Postering]) -> Iterator[Line]:
    ore = sum(post.ore for post in posts if post.konto[0] == "1" and post.konto[1:4] in _INTERNAL)
    yield "17900", "Internsal", "640", _ADMIN, -ore
    yield "16509", "Anna avgiftspliktig sal", "640", _ADMIN, ore


def _own_share(posts: list[Postering]) -> Iterator[Line]:
    ore = sum(post.ore for post in posts if post.funksjon == _HOST)
    yield "17509", "Refusjon frå kommunar", "790", _HOST, -ore
    yield "13509", "Kjøp frå kommunar", "640", _ADMIN, ore


def _investment(posts: list[Postering]) -> Iterator[Line]:
    ore = sum(post.ore for post in posts if len(post.konto) == 5 and post.konto[0] == "0")
    if ore < 0:
        yield "05500", "Avsetjing til bundne fond", "900", "88000", -ore
    else:
        yield "09500", "Bruk av bundne fond", "900", "88000", -ore
    yield "25500080", "Bundne investeringsfond", "", "", ore


def _result(posts: list[Postering]) -> Iterator[Line]:
    ore = sum(post.ore for post in posts if len(post.konto) == 5 and post.konto[0] == "1")
    if ore > 0:
        yield "19800", "Meirforbruk", "900", "89900", -ore
        yield "25900080", "Meirforbruk i driftsrekneskapen", "", "", ore
    else:
        yield "15400", "Avsetjing til disposisjonsfond", "900", "88000", -ore
        yield "25600080", "Disposisjonsfond", "", "", ore


def decide(path: Path) -> int:
    """Avgjør artene og funksjonene ``koble`` er i tvil om, slik en ville gjort i Excel: koden kontonummeret bærer. Gir antallet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tar ikke vare på alt utseendet
        book = openpyxl.load_workbook(path)
    sheet = book["Kobling"]
    at = {cell.value: cell.column for cell in sheet[1]}
    decided = 0
    for row in range(2, sheet.max_row + 1):
        kode, dimension, status = (str(sheet.cell(row, at[name]).value) for name in (LOKAL_KODE, DIMENSJON, STATUS))
        if dimension in _CODE and any(word in status for word in _OPEN):
            sheet.cell(row, at[AVGJORELSE]).value = kode[_CODE[dimension]]
            decided += 1
    book.save(path)
    return decided


def main() -> None:
    """Fyller ut avgjørelsene i en koblet arbeidsbok."""
    parser = argparse.ArgumentParser(description="Avgjør kontoene i koblingen av eksempelhovedboken.")
    parser.add_argument("kobling", type=Path)
    path = parser.parse_args().kobling
    print(f"{path}: {decide(path)} kontoer avgjort etter kontonummeret")


if __name__ == "__main__":
    main()
