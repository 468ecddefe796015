"""Avgrensningene: hva som hører hjemme på hver kode, med hverdagsord. Leses først når noen spør."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from kontoplan.kodeverk.kode import HELLER_ORD, Avgrensning, Grense
from kontoplan.kodeverk.tabell import read

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk.kode import Kodedimensjon
    from kontoplan.kodeverk.lister import Nokkel
    from kontoplan.kodeverk.tabell import Rad


@lru_cache(maxsize=8)
def load(rules: Path) -> dict[Nokkel, Avgrensning]:
    """Avgrensningene i ``rules/avgrensninger``, etter dimensjon og kode.

    Raises:
        UserError: en fil har feil; meldingen sier fil, linje og kolonne.
    """
    root = rules / "avgrensninger"
    kolonner = ("dimensjon", "kode", "forveksles_med", "merknad", "kilde", "sikkerhet")
    heads = {_key(row): row for row in read(root / "koder.csv", kolonner, unik=("dimensjon", "kode"))}
    inside: dict[Nokkel, list[str]] = {key: [] for key in heads}
    outside: dict[Nokkel, list[Grense]] = {key: [] for key in heads}
    phrases = read(root / "omfatter.csv", ("dimensjon", "kode", "tekst"), unik=("dimensjon", "kode", "tekst"))
    columns = ("dimensjon", "kode", "tekst")
    fields = itemgetter(*(phrases[0].plass[name] for name in columns)) if phrases else tuple
    for (
        row
    ) in phrases:  # sju tusen linjer, så feltene hentes under ett; det langsomme er bare til for å si hva som er galt
        dimensjon, kode, tekst = fields(row.verdier)
        key = (dimensjon, kode) if (dimensjon, kode) in inside else _known(row, heads)
        inside[key].append(tekst or row.tekst("tekst"))
    for row in read(root / "omfatter_ikke.csv", ("dimensjon", "kode", "tekst", "heller")):
        outside[_known(row, heads)].append(_grense(row, heads))
    return {key: _build(key, head, inside[key], outside[key]) for key, head in heads.items()}


def _build(key: Nokkel, head: Rad, omfatter: list[str], omfatter_ikke: list[Grense]) -> Avgrensning:
    dimensjon, kode = key
    return Avgrensning(
        dimensjon=cast("Kodedimensjon", dimensjon),
        kode=kode,
        omfatter=tuple(omfatter),
        omfatter_ikke=tuple(omfatter_ikke),
        forveksles_med=head.liste("forveksles_med"),
        merknad=head.liste("merknad"),
        kilde=head.tekst("kilde"),
        sikkerhet=head.felt("sikkerhet"),
    )


def _key(row: Rad) -> Nokkel:
    return row.dimensjon(), row.tekst("kode")


def _known(row: Rad, heads: dict[Nokkel, Rad]) -> Nokkel:
    key = (row.felt("dimensjon"), row.felt("kode"))
    if key not in heads:
        row.dimensjon()
        raise row.feil("kode", f"{key[0]} {key[1]} står ikke i koder.csv.", code="kodeverk-ukjent-kode")
    return key


def _grense(row: Rad, heads: dict[Nokkel, Rad]) -> Grense:
    heller = row.tekst("heller")
    if heller not in HELLER_ORD and (row.felt("dimensjon"), heller) not in heads:
        hva = f"«{heller}» er verken en kode i koder.csv eller et av ordene {', '.join(HELLER_ORD)}."
        raise row.feil("heller", hva, code="kodeverk-ukjent-kode")
    return Grense(row.tekst("tekst"), heller)
