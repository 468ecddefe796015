"""Kodene vitnene kan peke på i én dimensjon, og hvilke koder en utgått kode betyr i dag."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodedimensjon, Kodeverk
    from kontoplan.sak import Dimensjon

# Lokale kontoer av fire slag; et ansvar er en lokal måte å dele inn funksjonene på.
NATIONAL: Final[dict[Dimensjon, Kodedimensjon]] = {
    "art": "art",
    "funksjon": "funksjon",
    "ansvar": "funksjon",
    "balanse": "kapittel",
}


@dataclass(frozen=True, eq=False)
class Codes:
    """En nasjonal kodeliste sett fra vitnene.

    Attributes:
        kodeverk: Kodeverket for et år og et slags regnskap.
        dimensjon: ``art``, ``funksjon``, ``kapittel`` eller ``sektor``.
    """

    kodeverk: Kodeverk
    dimensjon: Kodedimensjon

    @cached_property
    def size(self) -> int:
        """Antall gyldige koder."""
        return len(self.kodeverk.koder(self.dimensjon))

    @cached_property
    def valid(self) -> frozenset[str]:
        """Kodene som kan rapporteres."""
        return frozenset(k.kode for k in self.kodeverk.koder(self.dimensjon))

    @cached_property
    def internal(self) -> frozenset[str]:
        """Kodene som bare finnes lokalt og ikke rapporteres."""
        return frozenset(k for k in self.known if self.kodeverk.intern(self.dimensjon, k)) - self.valid

    @cached_property
    def dead(self) -> frozenset[str]:
        """Utgåtte koder uten kjent etterfølger."""
        return frozenset(k for k in self.known - self.valid - self.internal if self.heirs(k) == (k,))

    @cached_property
    def unreported(self) -> frozenset[str]:
        """Kodene et nummer kan peke på uten at noe skal rapporteres: de interne og de utgåtte uten etterfølger."""
        return self.internal | self.dead

    @cached_property
    def possible(self) -> frozenset[str]:
        """Kodene en sak kan ende på: de som kan rapporteres, og de i :attr:`unreported`."""
        return self.valid | self.unreported

    @cached_property
    def known(self) -> frozenset[str]:
        """Alle koder et lokalt nummer kan vise til: gyldige, interne og utgåtte."""
        listed = (*self.kodeverk.koder(self.dimensjon), *self.kodeverk.utgatte(self.dimensjon))
        return frozenset(k.kode for k in listed)

    def current(self, kode: str) -> bool:
        """Om koden er i bruk i året, i rapporten eller bare lokalt."""
        return self.kodeverk.finnes(self.dimensjon, kode) or self.kodeverk.intern(self.dimensjon, kode)

    def heirs(self, kode: str) -> tuple[str, ...]:
        """Koden selv når den er i bruk, ellers det som kom i stedet; koden selv når ingenting gjorde det."""
        if self.current(kode):
            return (kode,)
        return self.kodeverk.etterfolgere(self.dimensjon, kode) or (kode,)

    def split_off(self, kode: str) -> tuple[str, ...]:
        """Koder som er skilt ut av en kode som ennå gjelder (``510`` → ``512``)."""
        return self.kodeverk.avledet(self.dimensjon, kode) if self.current(kode) else ()

    def ended(self, kode: str) -> bool:
        """Om koden er gått ut før året og ikke lenger brukes, heller ikke lokalt."""
        last = self.kodeverk.sluttaar(self.dimensjon, kode)
        return last is not None and last < self.kodeverk.aar and not self.current(kode)

    def expiry(self, kode: str) -> str:
        """Setningen som sier når en kode gikk ut, og hva som kom i stedet."""
        last = self.kodeverk.sluttaar(self.dimensjon, kode)
        heirs = self.kodeverk.etterfolgere(self.dimensjon, kode)
        after = f"Bruk {' eller '.join(heirs)}." if heirs else "Ingen etterfølger er kjent."
        return f"{self.dimensjon.capitalize()} {kode} gikk ut{f' etter {last}' if last else ''}. {after}"

    def validity(self, kode: str) -> str:
        """Setningen som sier om koden kan rapporteres i året."""
        year, kind = self.kodeverk.aar, self.kodeverk.regnskap
        if kode in self.valid:
            return f"{self.dimensjon.capitalize()} {kode} gjelder i {year} ({kind})."
        local = self.kodeverk.internt(self.dimensjon, kode)
        if local is not None:
            return local.tekst
        return f"{self.dimensjon.capitalize()} {kode} gikk ut etter {self.kodeverk.sluttaar(self.dimensjon, kode)} uten kjent etterfølger."


@lru_cache(maxsize=32)
def codes(kodeverk: Kodeverk, dimensjon: Kodedimensjon) -> Codes:
    """Kodelisten for et kodeverk og en dimensjon; lages én gang."""
    return Codes(kodeverk, dimensjon)
