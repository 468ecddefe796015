"""En linje i korpuset, og filene linjene ligger i."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import astuple, dataclass, field, fields
from typing import TYPE_CHECKING, Final, cast

from kontoplan.errors import UserError
from kontoplan.sak import Kontekst
from kontoplan.workbook.atomic import write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kontoplan.sak import Dimensjon

CONSTRUCTED: Final = "konstruert"
HARD: Final = "konstruert vanskelig"
CASE: Final = "tilfelle"
KINDS: Final = {"ekte": "ekte", "konstruert": "konstruerte", "vanskelig": "konstruerte og vanskelige"}
"""Slagene kontoplaner en :class:`Line` kan være fra, med navnet i flertall."""
_KIND_OF: Final = {CONSTRUCTED: "konstruert", HARD: "vanskelig"}
_BETWEEN = "|"  # mellom koder, og mellom felt i sammenhengen


@dataclass(frozen=True, slots=True)
class Line:
    """En tekst med kodene den kan høre til.

    Attributes:
        dimensjon: Hva teksten er navnet på.
        tekst: Ordrett.
        koder: Kodene, best først når de er rangert; flere når mer enn én er rett.
        opphav: Hvor linjen kommer fra: ``navn``, ``omfatter``, ``omfatter ikke``, ``tilfelle`` med regelens id,
            ``dokument``, ``konstruert``, eller ``konstruert vanskelig`` når kontoplanen er skrevet for å være det.
        aar: Året kodene gjelder for; 2026 når kodene er dagens.
        lisens: Lisensen linjen kan deles under.
        splitt: Kommunen eller dokumentet linjen kommer fra; tom når den ikke kommer fra et.
        nummer: Det lokale nummeret.
        kontoklasse: Kontoklassen kilden oppgir.
        kontekst: Det som står rundt i kilden.
    """

    dimensjon: Dimensjon
    tekst: str
    koder: tuple[str, ...]
    opphav: str
    aar: int
    lisens: str
    splitt: str = ""
    nummer: str = ""
    kontoklasse: str = ""
    kontekst: Kontekst = field(default_factory=Kontekst)

    @property
    def source(self) -> str:
        """Det linjen deler særheter med: kommunen eller dokumentet, ellers bare linjen selv."""
        return self.splitt or f"{self.opphav}: {self.tekst}"

    @property
    def charted(self) -> bool:
        """Om linjen er en konto i en kontoplan, ekte eller konstruert."""
        return bool(self.splitt)

    @property
    def case(self) -> bool:
        """Om linjen er et tilfelle i en regel."""
        return self.opphav.startswith(CASE)

    @property
    def kind(self) -> str:
        """Hva slags kontoplan linjen er en konto i, som i :data:`KINDS`; tom når den ikke er det."""
        return _KIND_OF.get(self.opphav, "ekte") if self.charted else ""

    @property
    def real(self) -> bool:
        """Om linjen er en konto i et ekte dokument."""
        return self.kind == "ekte"


def fingerprint(lines: Iterable[Line]) -> str:
    """Sjekksum av linjene, i rekkefølge."""
    return hashlib.sha256(repr([astuple(line) for line in lines]).encode()).hexdigest()[:16]


def write_lines(path: Path, lines: Sequence[Line]) -> None:
    """Skriver linjene som CSV, helt eller ikke."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f.name for f in fields(Line)])
    for line in lines:
        context = _BETWEEN.join(f"{name}={value}" for name, value in line.kontekst.as_dict().items())
        writer.writerow([
            line.dimensjon, line.tekst, _BETWEEN.join(line.koder), line.opphav, line.aar, line.lisens, line.splitt,
            line.nummer, line.kontoklasse, context,
        ])  # fmt: skip
    write_bytes(path, out.getvalue().encode(), overskriv=True)


def read_lines(path: Path) -> list[Line]:
    """Leser linjene i en korpusfil.

    Raises:
        UserError: filen mangler en kolonne eller har en verdi som ikke kan leses; meldingen sier linjen.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found = []
        for row in reader:
            try:
                found.append(_line(row))
            except (KeyError, TypeError, ValueError) as error:
                raise UserError(
                    f"{path.name}, linje {reader.line_num}, kan ikke leses ({error}); lag korpuset på nytt.",
                    code="skadet-korpus",
                ) from error
    return found


def _line(row: dict[str, str]) -> Line:
    context = dict(part.split("=", 1) for part in row["kontekst"].split(_BETWEEN) if part)
    return Line(
        cast("Dimensjon", row["dimensjon"]),
        row["tekst"],
        tuple(row["koder"].split(_BETWEEN)),
        row["opphav"],
        int(row["aar"]),
        row["lisens"],
        row["splitt"],
        row["nummer"],
        row["kontoklasse"],
        Kontekst(**context),
    )
