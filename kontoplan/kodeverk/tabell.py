"""Leser CSV-filene i ``rules/`` og melder feil med fil, linje og kolonne."""

from __future__ import annotations

import csv
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kontoplan.errors import UserError
from kontoplan.kodeverk.kode import KODEDIMENSJONER, Kodedimensjon

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SIKKERHET = ("kilde", "delvis", "kunnskap", "antatt", "usikker")


def tabellfeil(fil: str, linje: int, kolonne: str, hva: str, *, code: str) -> UserError:
    """En feil i regelfilene, sagt slik at en finner stedet."""
    return UserError(f"{fil}, linje {linje}, kolonnen «{kolonne}»: {hva} Rett filen og prøv igjen.", code=code)


class Rad(NamedTuple):
    """Én linje i en regelfil.

    Attributes:
        fil: Filnavnet.
        linje: Linjenummeret, 1-basert.
        plass: Hvor hver kolonne står; delt av alle linjene.
        verdier: Feltene i rekkefølge.
    """

    fil: str
    linje: int
    plass: dict[str, int]
    verdier: list[str]

    def felt(self, kolonne: str) -> str:
        """Feltet slik det står."""
        return self.verdier[self.plass[kolonne]]

    def feil(self, kolonne: str, hva: str, *, code: str) -> UserError:
        """Feil på denne linjen."""
        return tabellfeil(self.fil, self.linje, kolonne, hva, code=code)

    def tekst(self, kolonne: str) -> str:
        """Feltet, som ikke kan være tomt."""
        if value := self.felt(kolonne):
            return value
        raise self.feil(kolonne, "feltet er tomt, men må fylles ut.", code="kodeverk-mangler-verdi")

    def valg(self, kolonne: str, lovlige: Iterable[str]) -> str:
        """Feltet, som må være en av de lovlige verdiene."""
        value = self.felt(kolonne)
        if value in lovlige:
            return value
        names = ", ".join(f"«{name}»" if name else "tomt felt" for name in lovlige)
        raise self.feil(kolonne, f"«{value}» er ikke lov; bruk {names}.", code="kodeverk-ukjent-verdi")

    def dimensjon(self, kolonne: str = "dimensjon") -> Kodedimensjon:
        """Feltet som kodedimensjon."""
        value = self.felt(kolonne)
        for dimensjon in KODEDIMENSJONER:
            if value == dimensjon:
                return dimensjon
        raise self.feil(
            kolonne,
            f"dimensjonen «{value}» finnes ikke; bruk {', '.join(KODEDIMENSJONER)}.",
            code="kodeverk-ukjent-dimensjon",
        )

    def aar(self, kolonne: str) -> int | None:
        """Feltet som årstall; ``None`` når det er tomt."""
        if not (value := self.felt(kolonne)):
            return None
        if len(value) == len("2026") and value.isascii() and value.isdigit():
            return int(value)
        raise self.feil(kolonne, f"«{value}» er ikke et årstall med fire sifre.", code="kodeverk-aarstall")

    def periode(self, fra: str = "aar_fra", til: str = "aar_til") -> tuple[int | None, int | None]:
        """Første og siste år, der siste ikke kan komme før første."""
        start, end = self.aar(fra), self.aar(til)
        if start is not None and end is not None and end < start:
            raise self.feil(til, f"siste år {end} kommer før første år {start}.", code="kodeverk-aarstall")
        return start, end

    def liste(self, kolonne: str) -> tuple[str, ...]:
        """Feltet delt ved ``|``; tomt felt gir tom tuppel."""
        value = self.felt(kolonne)
        return tuple(value.split("|")) if value else ()


def read(path: Path, kolonner: tuple[str, ...], *, unik: tuple[str, ...] = ()) -> tuple[Rad, ...]:
    """Linjene i en regelfil.

    Args:
        path: CSV-fil i UTF-8 med kolonnenavn på første linje.
        kolonner: Kolonnene som må finnes; andre kolonner er tillatt.
        unik: Kolonnene som til sammen ikke kan gjentas.

    Raises:
        UserError: filen mangler, mangler en kolonne, har en linje med feil antall felt, ukjent sikkerhet eller en
            gjentatt nøkkel.
    """
    fil = path.name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"Regelfilen {path} kan ikke leses som UTF-8-tekst; installer kontoplan på nytt eller rett filen.",
            code="kodeverk-uleselig",
        ) from error
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    for kolonne in kolonner:
        if kolonne not in header:
            raise tabellfeil(fil, 1, kolonne, "kolonnen mangler.", code="kodeverk-mangler-kolonne")
    plass = {name: i for i, name in enumerate(header)}
    rows = []
    for values in reader:
        if len(values) != len(header):
            raise tabellfeil(
                fil,
                reader.line_num,
                header[min(len(values), len(header) - 1)],
                f"linjen har {len(values)} felt, men overskriften har {len(header)}.",
                code="kodeverk-antall-felt",
            )
        rows.append(Rad(fil, reader.line_num, plass, values))
    _check_common(rows, unik, has_sikkerhet="sikkerhet" in kolonner)
    return tuple(rows)


def _check_common(rows: list[Rad], unik: tuple[str, ...], *, has_sikkerhet: bool) -> None:
    """Sjekker det som gjelder alle filer: kjent sikkerhet og ingen gjentatt nøkkel."""
    if has_sikkerhet:
        for row in rows:
            row.valg("sikkerhet", SIKKERHET)
    if not rows or not unik:
        return
    key_of = itemgetter(*(rows[0].plass[name] for name in unik))
    seen: dict[object, int] = {}
    for row in rows:
        first = seen.setdefault(key_of(row.verdier), row.linje)
        if first != row.linje:
            what = " ".join(row.felt(name) for name in unik if row.felt(name))
            raise row.feil(unik[-1], f"«{what}» står også på linje {first}.", code="kodeverk-dobbel")
