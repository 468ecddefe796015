"""En fil der hver linje er gal på sin måte: alt er med, men ikke alt i minnet samtidig."""

from __future__ import annotations

from poster import dom, linje

from kontoplan.kostra.postkontroll import FLEST_AARSAKER
from kontoplan.usecases.kontroller import kontroller

_OVER = 300


def test_alle_funn_er_de_samme_men_gruppene_er_faerre() -> None:
    antall = FLEST_AARSAKER + _OVER
    numbers = [str(900_000_000 + (at * 7) % antall) for at in range(antall)]
    lines = [linje(f"3 202 010 {at + 1}", "0I", {"orgnr": orgnr}) for at, orgnr in enumerate(numbers)]
    # De første årsakene kommer igjen til slutt, og skal til gruppene sine.
    data = "\n".join([*lines, *lines[:2]]).encode()
    rapport = kontroller(data, skjema="0I", aar=2026, region="340300", orgnr="958935420")
    groups = [gruppe for gruppe in rapport.grupper if gruppe.kontroll == "007"]
    assert len(groups) == FLEST_AARSAKER + 1
    assert list(groups[0].linjer) == [1, antall + 1]
    assert groups[-1].antall == _OVER
    found = [funn for funn in rapport.funn if funn.kontroll == "007"]
    assert [funn.linjer for funn in found] == [(n,) for n in range(1, antall + 3)]
    for at, funn in enumerate(found[:antall]):
        own = f"Posten har organisasjonsnummer «{numbers[at]}», men det skal være 958935420. Beløp: {at + 1}."
        assert (funn.melding, funn.rettelse) == (own, "Rett posisjon 14–22 til 958935420.")


def test_de_lovlige_verdiene_star_ved_hvert_funn() -> None:
    codes = [f"{a}{b}{c}" for a in "!#%&" for b in "abcdefghijklmnopqrstu" for c in "ABCDEFGHIJKLMNOP"]
    rapport = dom("0A", *(f"1 202 {code} 5" for code in codes))
    found = [funn for funn in rapport.funn if funn.kontroll == "012"]
    assert len(found) == len(codes) > FLEST_AARSAKER
    assert all(f"«{code}»" in funn.melding for code, funn in zip(codes, found, strict=True))
    assert len({funn.rettelse.partition(" Lovlige verdier: ")[2] for funn in found}) == 1
