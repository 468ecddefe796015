"""Kontoer fra kontoplaner som linjer i korpuset: ekte dokumenter, og konstruerte planer skrevet av kjennskap."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.sak import Kontekst
from kontoplan.training.line import CONSTRUCTED, HARD, Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon

_OPEN, _OWN = "NLOD 2.0", "MIT"
_CONSTRUCTED_FILES: Final[dict[str, tuple[Dimensjon, str]]] = {
    "art_a.csv": ("art", CONSTRUCTED),
    "funksjon_b.csv": ("funksjon", CONSTRUCTED),
    "ansvar_b.csv": ("ansvar", CONSTRUCTED),
    "art_c.csv": ("art", HARD),
    "funksjon_c.csv": ("funksjon", CONSTRUCTED),
    "ansvar_c.csv": ("ansvar", CONSTRUCTED),
}


def documents(folder: Path, kodeverk: Kodeverk) -> Iterator[Line]:
    """Kontoene i ``art_dev.csv`` og ``funksjon_dev.csv``; de uten entydig kode i året er ikke med."""
    for national in ("art", "funksjon"):
        listed = codes(kodeverk, "art" if national == "art" else "funksjon")
        for row in _rows(folder / f"{national}_dev.csv"):
            own = row[f"{national}_fasit"]
            truth = row[f"{national}_fasit_2026"] or (own if own in listed.internal else "")
            if truth:
                yield Line(
                    _dimension(national, row["kilde"]),
                    row["lokal_navn"],
                    (truth,),
                    f"dokument {row['kilde']}",
                    kodeverk.aar,
                    _OPEN,
                    municipality(row["kilde"]),
                    row["lokal_kode"],
                    row.get("kontoklasse") or "",
                    _around(row.get("kontekst") or ""),
                )


def constructed(folder: Path, kodeverk: Kodeverk) -> Iterator[Line]:
    """Kontoene i de konstruerte kontoplanene i ``konstruert/``."""
    for name, (dimension, origin) in _CONSTRUCTED_FILES.items():
        yield from chart(folder / "konstruert" / name, dimension, origin, kodeverk)


def chart(path: Path, dimension: Dimensjon, origin: str, kodeverk: Kodeverk) -> Iterator[Line]:
    """Kontoene i en konstruert kontoplan, i formatet ``bench/data/konstruert/README.md`` beskriver."""
    listed = codes(kodeverk, NATIONAL[dimension])
    for row in _rows(path):
        truth = tuple(k for k in row["koder"].split("|") if k in listed.valid | listed.internal)
        if truth:
            heading = Kontekst(overskrift=row["kontekst"].replace("|", "/"))
            yield Line(
                dimension, row["lokal_navn"], truth, origin, kodeverk.aar, _OWN, row["kommune"],
                row["lokal_kode"], row.get("kontoklasse") or "", heading,
            )  # fmt: skip


def balance(folder: Path, kodeverk: Kodeverk) -> Iterator[Line]:
    """Kontoene i de konstruerte balansekontoplanene i ``balanse_konstruert.csv``."""
    listed = codes(kodeverk, NATIONAL["balanse"])
    for row in _rows(folder / "balanse_konstruert.csv"):
        if row["kapittel_fasit"] in listed.valid:
            yield Line(
                "balanse", row["lokal_navn"], (row["kapittel_fasit"],), CONSTRUCTED, kodeverk.aar, _OWN,
                municipality(row["kilde"]), row["lokal_kode"], "", Kontekst(overskrift=row["overskrift"]),
            )  # fmt: skip


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _dimension(national: str, kilde: str) -> Dimensjon:
    if national == "art":
        return "art"
    return "ansvar" if kilde.endswith("(ansvar)") else "funksjon"


def municipality(kilde: str) -> str:
    """Kommunen en kilde kommer fra; kilder fra samme kommune holdes utenfor sammen."""
    return " ".join(word for word in kilde.partition("(")[0].split() if not word.isdigit())


def _around(text: str) -> Kontekst:
    """``"teneste: Grunnskule; ansvar: Kvåle skule"`` som sammenheng; annen tekst er en overskrift."""
    parts = dict(part.strip().split(": ", 1) for part in text.replace("|", "/").split(";") if ": " in part)
    known = {"tjeneste": parts.get("teneste", ""), "ansvar": parts.get("ansvar", "")}
    return Kontekst(**known) if any(known.values()) else Kontekst(overskrift=text.replace("|", "/"))
