"""Eksemplene vektene tilpasses på: kontoer fra ekte dokumenter med den rette KOSTRA-koden."""

from __future__ import annotations

import csv
import hashlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.evidence.codes import codes
from kontoplan.evidence.wording import wording
from kontoplan.sak import Sak
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kontoplan.evidence.wording import Match
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon


@dataclass(frozen=True, slots=True)
class Example:
    """En konto med kjent svar: kilden (kommune og dokument), nummeret, navnet og den rette koden."""

    kilde: str
    dimensjon: Dimensjon
    nummer: str
    navn: str
    kontoklasse: str | None
    fasit: str
    matches: tuple[Match, ...]

    @property
    def sak(self) -> Sak:
        """Eksemplet som en sak."""
        return Sak(self.navn, self.dimensjon, self.nummer, self.kontoklasse)


def load_examples(folder: Path, kodeverk: Kodeverk) -> list[Example]:
    """Eksemplene i ``art_dev.csv`` og ``funksjon_dev.csv``; kontoer uten entydig kode i året er ikke med."""
    examples: list[Example] = []
    for national in ("art", "funksjon"):
        listed = codes(kodeverk, "art" if national == "art" else "funksjon")
        compare = wording(listed).compare
        with (folder / f"{national}_dev.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                own = row[f"{national}_fasit"]
                truth = row[f"{national}_fasit_2026"] or (own if own in listed.internal else "")
                if truth:
                    name = row["lokal_navn"]
                    examples.append(
                        Example(
                            kilde=row["kilde"],
                            dimensjon=_dimension(national, row["kilde"]),
                            nummer=row["lokal_kode"],
                            navn=name,
                            kontoklasse=row.get("kontoklasse") or None,
                            fasit=truth,
                            matches=compare(read(name)),
                        )
                    )
    return examples


def _dimension(national: str, kilde: str) -> Dimensjon:
    if national == "art":
        return "art"
    return "ansvar" if kilde.endswith("(ansvar)") else "funksjon"


def municipality(kilde: str) -> str:
    """Kommunen en kilde kommer fra; kilder fra samme kommune holdes utenfor sammen."""
    return " ".join(word for word in kilde.partition("(")[0].split() if not word.isdigit())


def tables(examples: Sequence[Example]) -> Iterator[tuple[tuple[str, Dimensjon], list[Example]]]:
    """Eksemplene delt i tabeller: kilde og dimensjon."""

    def key(example: Example) -> tuple[str, Dimensjon]:
        return example.kilde, example.dimensjon

    for table, group in itertools.groupby(sorted(examples, key=key), key=key):
        yield table, list(group)


def fingerprint(folder: Path) -> str:
    """Sjekksum av dataene vektene er tilpasset på."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*_dev.csv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
