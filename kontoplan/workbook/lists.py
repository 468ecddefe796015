"""Nedtrekkslistene: radens egne alternativer først, så alle kodene som gjelder i året.

Excel tar bare 255 tegn i en liste som står i selve regelen, og en regel per rad følger ikke med når tabellen sorteres. Derfor
står listene under hverandre i et skjult ark, og hver rad har nummeret på linjen der listen dens begynner. Én regel for
hele kolonnen slår opp med det nummeret, så listen følger raden. Rader med de samme alternativene deler liste, og rader som
er klare og bare har én aktuell kode, deler en ring av kodene som begynner på deres egen.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kontoplan.evidence.codes import NATIONAL
from kontoplan.headings import FORDELES, FORDELINGER, RAPPORTERES_IKKE, VALGLISTER
from kontoplan.status import STATUSER
from kontoplan.workbook.cells import safe_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kontorad
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Dimensjon

_FORSTE = 2  # første linje under overskriften, 1-basert
_FLEST = 1_000
"""Flest lister med radens egne alternativer; blir det flere, får resten listen uten."""
# Navn i arbeidsboken: betingede formater kan ikke vise rett til et annet ark i alle utgaver av Excel, men til et navn.
_VALG_NAVN, _ANTALL_NAVN = "Valgene", "Valgantall"
FORDELING_NAVN = "Fordelingsnavn"
_UTEN_KODE = (FORDELES, RAPPORTERES_IKKE)

_Nokkel = tuple["Dimensjon", str | None, tuple[str, ...]]


class Valglister:
    """Samler listene etter hvert som radene spør om dem.

    Args:
        kodeverk: Kodene som gjelder, og navnene på dem.
    """

    def __init__(self, kodeverk: Kodeverk) -> None:
        self._kodeverk = kodeverk
        self._starter: dict[_Nokkel, int] = {}
        self._linjer: list[str] = []
        self._lengder: dict[int, int] = {}
        self._delte: set[tuple[Dimensjon, str | None]] = set()
        self._alle = cache(self._codes)

    def start(self, rad: Kontorad) -> int:
        """Den 1-baserte linjen i arket der radens liste begynner."""
        svar = rad.vurdering
        koder = tuple(dict.fromkeys(([svar.kode] if svar.kode else []) + [f.kode for f in svar.forslag]))
        shared = len(koder) == 1 and not STATUSER[svar.status].avgjores
        key = (rad.konto.dimensjon, svar.sektor, koder)
        if key not in self._starter and (shared or len(self._starter) >= _FLEST):
            self._share(*key[:2])
            key = key if key in self._starter else (*key[:2], ())
        if key not in self._starter:
            self._starter[key] = self._add(*key)
        return self._starter[key]

    @property
    def antall_linjer(self) -> int:
        """Hvor mange linjer listene tar i alt."""
        return len(self._linjer)

    def valg(self, start: int) -> list[str]:
        """Valgene i listen som begynner på den 1-baserte linjen."""
        forste = start - _FORSTE
        return self._linjer[forste : forste + self._lengder[start]]

    def skriv(self, bok: Workbook, ark: Worksheet, fordelinger: Sequence[str]) -> None:
        """Fyller arket: valgene i kolonne A, antallet ved begynnelsen av hver liste i B, fordelingene i D."""
        bok.define_name(_VALG_NAVN, f"={VALGLISTER}!$A$1")
        bok.define_name(_ANTALL_NAVN, f"={VALGLISTER}!$B:$B")
        if fordelinger:
            bok.define_name(FORDELING_NAVN, f"={VALGLISTER}!$D$2:$D${len(fordelinger) + 1}")
        for kolonne, overskrift in ((0, "Valg i nedtrekkslistene"), (1, "Antall"), (3, FORDELINGER)):
            ark.write_string(0, kolonne, overskrift)
        for nummer, valg in enumerate(self._linjer, _FORSTE - 1):
            ark.write_string(nummer, 0, valg)
        for start, antall in self._lengder.items():
            ark.write_number(start - 1, 1, antall)
        for nummer, navn in enumerate(fordelinger, 1):
            ark.write_string(nummer, 3, safe_text(navn))
        ark.set_column(0, 0, 60)
        ark.hide()

    def _add(self, dimensjon: Dimensjon, sektor: str | None, koder: tuple[str, ...]) -> int:
        forst = [choice(self._kodeverk, dimensjon, kode, sektor) for kode in koder]
        valg = list(dict.fromkeys([*forst, *_UTEN_KODE, *self._alle(dimensjon, sektor).values()]))
        start = len(self._linjer) + _FORSTE
        self._linjer += valg
        self._lengder[start] = len(valg)
        return start

    def _share(self, dimensjon: Dimensjon, sektor: str | None) -> None:
        """Én ring av kodene: listen for en kode begynner på koden og går rundt til den foran."""
        if (dimensjon, sektor) in self._delte:
            return
        self._delte.add((dimensjon, sektor))
        alle = self._alle(dimensjon, sektor)
        start = len(self._linjer) + _FORSTE
        for nummer, kode in enumerate(alle):
            self._starter.setdefault((dimensjon, sektor, (kode,)), start + nummer)
            self._lengder[start + nummer] = len(alle) + len(_UTEN_KODE)
        self._linjer += [*alle.values(), *_UTEN_KODE, *list(alle.values())[:-1]]

    def _codes(self, dimensjon: Dimensjon, sektor: str | None) -> dict[str, str]:
        gyldige = self._kodeverk.koder(NATIONAL[dimensjon])
        return {kode.kode: choice(self._kodeverk, dimensjon, kode.kode, sektor) for kode in gyldige}


def choice(kodeverk: Kodeverk, dimensjon: Dimensjon, kode: str, sektor: str | None) -> str:
    """Koden slik den står i listen: ``115 Matvarer``, og for balanse ``16/890 Andre kortsiktige fordringer``."""
    navn = kodeverk.navn(NATIONAL[dimensjon], kode)
    hele = f"{kode}/{sektor}" if dimensjon == "balanse" and sektor else kode
    return f"{hele} {navn}".rstrip()


def list_formula(celle: str) -> str:
    """Formelen som finner listen, når ``celle`` er adressen til nummeret på raden (``$Z2``)."""
    return f"=OFFSET({_VALG_NAVN},{celle}-1,0,INDEX({_ANTALL_NAVN},{celle}),1)"
