"""Det en kontroll trenger å vite om oppgaven: hvilke koder som er lov, hva de heter, og hva utgåtte koder ble til."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kontoplan.kodeverk import Kodeverk, skjemalister
from kontoplan.kodeverk.skjemalister import BLANK

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodedimensjon
    from kontoplan.kodeverk.regel import Regel
    from kontoplan.kostra.oppgave import Oppgave

# Kombinasjonsreglene er like for alle skjema av samme slag; her er ett som står i dem alle.
_SKJEMA = {"aar": "0A", "kirke": "0F", "kvartal": "0A"}


class Grunnlag:
    """Oppgaven med kodelistene som gjelder for den; leses når de trengs.

    Listene er alltid de nyeste. Mottaket har bare ett sett, uansett hvilken årgang filen har.

    Args:
        oppgave: Oppgaven filen kontrolleres mot.
    """

    def __init__(self, oppgave: Oppgave) -> None:
        self.oppgave = oppgave
        self._lovlige: dict[str, frozenset[str]] = {}
        self._regler: dict[str, tuple[Regel, ...]] = {}

    @cached_property
    def utgave(self) -> int:
        """Regnskapsåret kodelistene gjelder for."""
        return Kodeverk.nyeste_aar()

    @cached_property
    def kodeverk(self) -> Kodeverk:
        """Kodeverket med navn og etterfølgere."""
        return Kodeverk.for_aar(None, self.oppgave.regnskap)

    def lovlige(self, dimensjon: Kodedimensjon) -> frozenset[str]:
        """Kodene som er lov på skjemaet for avgiveren; tom når skjemaet ikke har noen liste. Blankt felt er ``""``."""
        if dimensjon not in self._lovlige:
            found = skjemalister.koder(dimensjon, self.oppgave.liste, self.oppgave.avgiver)
            self._lovlige[dimensjon] = frozenset("" if kode == BLANK else kode for kode in found)
        return self._lovlige[dimensjon]

    def klasser(self) -> list[str]:
        """Kontoklassene som er lov på skjemaet, drift før investering."""
        own = list(self.oppgave.form.klasser.values())
        return [*own, *sorted(skjemalister.tillegg("kontoklasse", self.oppgave.liste, self.oppgave.avgiver))]

    def utgatte(self) -> frozenset[str]:
        """Utgåtte funksjoner som kvartalsskjemaet likevel godtar inntil videre."""
        return skjemalister.utgatte(self.oppgave.liste)

    def regler(self, kontroll: str) -> tuple[Regel, ...]:
        """Kombinasjonsreglene for en kontroll; kvartalene har sine egne der de avviker fra året."""
        if kontroll not in self._regler:
            slag = self.oppgave.slag
            own = skjemalister.kombinasjonsregler(kontroll, "0AK") if slag == "kvartal" else ()
            self._regler[kontroll] = own or skjemalister.kombinasjonsregler(kontroll, _SKJEMA[slag])
        return self._regler[kontroll]

    def unntatt(self, kontroll: str) -> frozenset[str]:
        """Kodene avgiveren er fritatt for i kontrollen."""
        return skjemalister.unntatt(kontroll, self.oppgave.liste, self.oppgave.avgiver)
