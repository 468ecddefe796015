"""Den ferdige fordelingen: alt som trengs for å skrive bilagene, kontrollen og kvitteringen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.fordeling.bilag import kroner

if TYPE_CHECKING:
    from kontoplan.fordeling.bilag import BruktNokkel, Funksjonssum, Kontroll, Linje
    from kontoplan.fordeling.nokler import Nokler
    from kontoplan.fordeling.perioder import Per
    from kontoplan.fordeling.rekkefolge import Trinn
    from kontoplan.ledger.hovedbok import Kilde, Lest
    from kontoplan.sak import Regnskap


@dataclass(frozen=True, slots=True)
class Fordeling:
    """Svaret på ``fordel``.

    Attributes:
        aar: Regnskapsåret.
        regnskap: Hva slags regnskap.
        per: Om det er fordelt for året, kvartalet eller måneden.
        kilde: Hovedboken.
        lest: Hva lesingen av den ga.
        nokler: Nøklene.
        linjer: Bilagslinjene; hvert bilag går i null.
        kontroll: Regnskapet for hver enhet og periode.
        brukt: Mottakerne og hva de fikk.
        funksjoner: Summen på hver funksjon før og etter.
        trinn: Rekkefølgen enhetene ble fordelt i.
        merknader: Det brukeren bør vite.
    """

    aar: int
    regnskap: Regnskap
    per: Per
    kilde: Kilde
    lest: Lest
    nokler: Nokler
    linjer: tuple[Linje, ...]
    kontroll: tuple[Kontroll, ...]
    brukt: tuple[BruktNokkel, ...]
    funksjoner: tuple[Funksjonssum, ...]
    trinn: tuple[Trinn, ...]
    merknader: tuple[str, ...]

    @property
    def antall_bilag(self) -> int:
        """Antall bilag."""
        return len({linje.bilag for linje in self.linjer})

    def as_dict(self) -> dict[str, object]:
        """Alt slik ``kontoplan fordel --format json`` skriver det; beløp i kroner som tekst, eksakt."""
        return {
            "aar": self.aar,
            "regnskap": self.regnskap,
            "per": self.per,
            "hovedbok": {
                "fil": self.kilde.fil,
                "rader": self.lest.rader,
                "sum": kroner(self.lest.sum_ore),
                "uleste": [{"grunn": u.grunn, "antall": u.antall, "rader": list(u.rader)} for u in self.lest.uleste],
            },
            "linjer": [linje.as_dict() for linje in self.linjer],
            "kontroll": [
                {
                    "enhet": k.enhet,
                    "periode": k.periode,
                    "bilag": k.bilag or None,
                    "for": kroner(k.for_ore),
                    "mottatt": kroner(k.mottatt_ore),
                    "ut": kroner(k.ut_ore),
                    "blir": kroner(k.blir_ore),
                    "etter": kroner(k.etter_ore),
                }
                for k in self.kontroll
            ],
            "merknader": list(self.merknader),
        }
