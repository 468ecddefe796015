"""Grovere grupper av koder: artsseriene og tjenesteområdene, fra ``rules/kodeverk/grupper.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk.kode import Kodedimensjon

_KOLONNER = ("dimensjon", "gruppe", "navn", "koder", "kilde", "sikkerhet")
_HEL_KODE = 3  # sifre; en kortere «kode» er begynnelsen på flere


@dataclass(frozen=True, slots=True)
class Gruppe:
    """En gruppe koder.

    Attributes:
        gruppe: Nummeret i kilden (``"1-2"`` for en artsserie, ``"9"`` for et tjenesteområde).
        navn: Navnet, f.eks. «Pleie og omsorg».
        koder: Kodene i gruppen; korte koder er begynnelsen på flere (``"6"`` er alle artene i serie 6).
        kilde: Hvor inndelingen står.
    """

    dimensjon: Kodedimensjon
    gruppe: str
    navn: str
    koder: tuple[str, ...]
    kilde: str

    def has(self, kode: str) -> bool:
        """Om koden er i gruppen."""
        return any(kode == own or (len(own) < _HEL_KODE and kode.startswith(own)) for own in self.koder)


@lru_cache(maxsize=4)
def grupper(dimensjon: Kodedimensjon, rules: Path | None = None) -> tuple[Gruppe, ...]:
    """Gruppene i en dimensjon; tom når den ikke har noen.

    Raises:
        UserError: filen har feil; meldingen sier linje og kolonne.
    """
    rows = read((rules or data_path("rules")) / "kodeverk" / "grupper.csv", _KOLONNER, unik=("dimensjon", "gruppe"))
    return tuple(
        Gruppe(dimensjon, row.tekst("gruppe"), row.tekst("navn"), row.liste("koder"), row.tekst("kilde"))
        for row in rows
        if row.dimensjon() == dimensjon
    )


@lru_cache(maxsize=1024)
def gruppe_av(dimensjon: Kodedimensjon, kode: str) -> Gruppe | None:
    """Gruppen koden er i; ``None`` når den ikke er i noen."""
    return next((group for group in grupper(dimensjon) if group.has(kode)), None)
