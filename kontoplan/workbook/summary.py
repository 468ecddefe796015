"""Arket Sammendrag: hva som er lest, hvordan det gikk, hva som er utelatt, og hva en bør se på først."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.headings import (
    AVGJORELSE,
    DIMENSJONER,
    FORDELES,
    FORDELINGER,
    GJENNOMGANG,
    KOBLING,
    REGNSKAP,
    SAMMENDRAG,
)
from kontoplan.status import STATUSER
from kontoplan.tall import count
from kontoplan.workbook.about import foundation, laget
from kontoplan.workbook.cells import enumerate_words, row_ranges, sentence
from kontoplan.workbook.figures import tally
from kontoplan.workbook.layout import PAPIR_A4, Celle, Stiler, lines_needed, row_height, sideoppsett, skriv_celle
from kontoplan.workbook.summary_chart import DIAGRAMTEKST, statusdiagram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kontorad
    from kontoplan.lesing import Tabell
    from kontoplan.sak import Flagg, Status
    from kontoplan.workbook.content import Innhold

_MERKE, _TEKST, _TALL = 1, 2, 3
_VIKTIGSTE = 5
_DIAGRAMRAD, _DIAGRAMRADER = 5, 13
_SMALEST_DIAGRAM, _PIKSLER = 420, 7.4  # piksler, og piksler per tegn i kolonnebredden
_TEKSTBREDDE = 76
_STEG = (
    (
        f"Gå til arket {GJENNOMGANG}, ta radene ovenfra, og velg koden i kolonnen {AVGJORELSE}. Nedtrekkslisten har radens egne "
        "alternativer først. En konto du ikke har bestemt deg for, lar du stå tom."
    ),
    f"Skal beløpet deles, velger du {FORDELES} og setter navnet på fordelingen i kolonnen ved siden av. Andelene fyller du ut i arket {FORDELINGER}.",
    f"Vil du endre en konto som ikke står der, gjør du det i arket {KOBLING}. Du kan sortere, filtrere og sette inn kolonner i begge.",
    "Lagre arbeidsboken, og kjør «kontoplan laer» på den. Avgjørelsene huskes da til neste gang kontoplanen kobles.",
)


class Sammendrag:
    """Skriver arket ovenfra og ned; hver metode er en seksjon.

    Args:
        bok: Arbeidsboken, til diagrammet.
        ark: Arket som fylles.
        innhold: Alt som skal stå i arbeidsboken.
        stiler: Arbeidsbokens stiler.
    """

    def __init__(self, bok: Workbook, ark: Worksheet, innhold: Innhold, stiler: Stiler) -> None:
        self._bok, self._ark, self._innhold, self._stiler = bok, ark, innhold, stiler
        self._kobling = innhold.kobling
        self._tall = tally(innhold.kobling)
        self._rad = 0

    def skriv(self) -> None:
        """Fyller hele arket."""
        self._bredder()
        self._tittel()
        self._forst()
        self._neste()
        self._statuser()
        if self._tall.belop:
            self._belop()
        self._lest()
        self._utelatt()
        sideoppsett(self._ark, PAPIR_A4, gjenta_overskrift=False)

    def _bredder(self) -> None:
        self._ark.set_column(0, 0, 2)
        self._ark.set_column(_MERKE, _MERKE, 24)
        self._ark.set_column(_TEKST, _TEKST, _TEKSTBREDDE)
        self._ark.set_column(_TALL, _TALL + 6, self._tallbredde)

    def _tittel(self) -> None:
        kobling = self._kobling
        filer = list(dict.fromkeys(tabell.fil for tabell in kobling.lesing.tabeller))
        self._ark.set_row(0, 34)
        self._celle(_MERKE, "Kontoplanen koblet til KOSTRA", "tittel")
        self._ned()
        innhold = count(self._tall.sum, "konto", "kontoer")
        fra = f" fra {enumerate_words(filer)}" if filer else ""
        self._celle(_MERKE, f"{REGNSKAP[kobling.regnskap].capitalize()} {kobling.aar} · {innhold}{fra}", "undertittel")
        self._ned()
        self._celle(_MERKE, f"{laget(self._innhold.naar)} · {foundation()}", "undertittel")
        self._ned(2)

    def _forst(self) -> None:
        self._seksjon("Se på dette først")
        if self._innhold.gjennomgang:
            self._viktigst(self._innhold.gjennomgang)
        else:
            self._linje("Alt er klart", "Ingen kontoer venter på en avgjørelse.", "status", "brytes", status="sikker")
        # Diagrammet står til høyre for denne seksjonen og trenger plassen sin.
        self._rad = max(self._rad + 1, _DIAGRAMRAD + _DIAGRAMRADER)

    def _viktigst(self, rader: Sequence[Kontorad]) -> None:
        for status in sorted({rad.vurdering.status for rad in rader}, key=lambda s: STATUSER[s].haster):
            antall = sum(rad.vurdering.status == status for rad in rader)
            self._linje(STATUSER[status].merke, _review_line(status, antall), "status", "brytes", status=status)
        for eksempel, flagg, antall in _flag_groups(rader):
            self._linje("Flagg", _flag_line(eksempel, flagg, antall), "kode", "brytes")
        viktigst = [f"{_label(rad)} ({STATUSER[rad.vurdering.status].navn.lower()})" for rad in rader[:_VIKTIGSTE]]
        self._linje("Viktigst", sentence(enumerate_words(viktigst)), "kode", "brytes")
        self._lenke(
            GJENNOMGANG, f"Gå til arket {GJENNOMGANG}: {count(len(rader), 'konto', 'kontoer')} å ta stilling til"
        )

    def _neste(self) -> None:
        self._seksjon("Slik går du videre")
        for nummer, steg in enumerate(_STEG, 1):
            self._linje(f"Steg {nummer}", steg, "kode", "brytes")
        self._ned()

    def _statuser(self) -> None:
        tall = self._tall
        self._seksjon("Kontoer etter status")
        dimensjoner = [DIMENSJONER[d] for d in tall.dimensjoner]
        self._hode("Status", "Hva den betyr", ["Antall", "Andel", *dimensjoner])
        forste = self._rad
        for status in tall.statuser:
            antall = tall.kontoer(status)
            self._celle(_MERKE, STATUSER[status].merke, "status", status)
            self._celle(_TEKST, STATUSER[status].forklaring, "brytes")
            self._tallrad([antall, _share(antall, tall.sum)], ("heltall", "andel"))
            self._tallrad([tall.kontoer(status, d) for d in tall.dimensjoner], ("heltall",), fra=_TALL + 2)
            self._ned()
        self._sumrad([tall.sum, 1.0 if tall.sum else None, *(tall.kontoer(None, d) for d in tall.dimensjoner)])
        self._diagram(forste)
        self._ned()

    def _diagram(self, forste: int) -> None:
        kolonner = self._siste - _TALL + 1
        diagram = statusdiagram(self._bok, SAMMENDRAG, forste, self._tall.statuser)
        diagram.set_size({"width": max(_SMALEST_DIAGRAM, kolonner * self._tallbredde * _PIKSLER), "height": 236})
        self._ark.insert_chart(_DIAGRAMRAD, _TALL, diagram, {"description": DIAGRAMTEKST, "x_offset": 8, "y_offset": 4})

    def _belop(self) -> None:
        tall = self._tall
        self._seksjon("Beløp etter status (kroner)")
        # Samme krone kan stå både under en art og under en funksjon; derfor ingen sum på tvers.
        forklaring = "Summen av beløpene slik de står i kilden, for hver dimensjon for seg"
        self._hode("Status", forklaring, [DIMENSJONER[d] for d in tall.dimensjoner])
        for status in [s for s in tall.statuser if tall.kontoer(s)]:
            self._celle(_MERKE, STATUSER[status].merke, "status", status)
            self._celle(_TEKST, None, "brytes")
            self._tallrad([tall.kroner(status, d) for d in tall.dimensjoner], ("belop",))
            self._ned()
        self._sumrad([tall.kroner(None, d) for d in tall.dimensjoner], andel=False)
        self._ned()

    def _lest(self) -> None:
        lesing = self._kobling.lesing
        if self._tall.belop:
            self._ark.set_h_pagebreaks([self._rad])
        self._seksjon("Lest")
        if not lesing.tabeller:
            self._linje("Ingen tabeller", "Ingen tabeller med kontoer ble funnet.", "kode", "brytes")
        else:
            self._hode("Ark", "Hva som ble kjent igjen", ["Kontoer"])
        for nummer, tabell in enumerate(lesing.tabeller):
            kontoer = sum(konto.tabell == nummer for konto in lesing.kontoer)
            self._celle(_MERKE, self._sted(tabell.fil, tabell.ark), "navn")
            self._celle(_TEKST, _table_line(tabell), "brytes")
            self._hoyde(_table_line(tabell))
            self._celle(_TALL, kontoer, "heltall")
            self._ned()
        self._lenke(KOBLING, f"Gå til arket {KOBLING}: alle kontoene i den rekkefølgen de står i kilden")
        self._ned()

    def _utelatt(self) -> None:
        lesing = self._kobling.lesing
        self._seksjon("Utelatt, og hvorfor")
        if not lesing.utelatt:
            self._linje("Ingenting", "Alle rader er lest som kontoer.", "kode", "brytes")
        else:
            self._hode("Ark", "Grunn og radnumre", ["Rader"])
        for utelatt in lesing.utelatt:
            self._celle(_MERKE, self._sted(utelatt.fil, utelatt.ark), "navn")
            rader = f"\nRad {row_ranges(utelatt.rader)}" if utelatt.rader else ""
            self._celle(_TEKST, sentence(utelatt.grunn) + rader, "brytes")
            self._hoyde(sentence(utelatt.grunn) + rader)
            self._celle(_TALL, len(utelatt.rader) or None, "heltall")
            self._ned()
        for merknad in lesing.merknader:
            self._linje("Merknad", sentence(merknad), "kode", "brytes")

    def _sted(self, fil: str, ark: str) -> str:
        flere = len({tabell.fil for tabell in self._kobling.lesing.tabeller}) > 1
        return f"{fil}\n{ark}" if flere else ark

    def _seksjon(self, tittel: str) -> None:
        self._ark.set_row(self._rad, 24)
        for kolonne in range(_MERKE, self._siste + 1):
            self._celle(kolonne, tittel if kolonne == _MERKE else None, "seksjon")
        self._ned()

    @property
    def _tallbredde(self) -> int:
        return 14 if self._tall.belop else 10

    @property
    def _siste(self) -> int:
        return _TALL + 1 + len(self._tall.dimensjoner)

    def _hode(self, merke: str, tekst: str, tall: list[str]) -> None:
        self._celle(_MERKE, merke, "hode")
        self._celle(_TEKST, tekst, "hode")
        for kolonne, overskrift in enumerate(tall, _TALL):
            self._celle(kolonne, overskrift, "hode_tall")
        self._ned()

    def _sumrad(self, verdier: list[Celle], *, andel: bool = True) -> None:
        self._celle(_MERKE, "Sum", "sum_tekst")
        self._celle(_TEKST, None, "sum_tekst")
        for kolonne, verdi in enumerate(verdier, _TALL):
            self._celle(kolonne, verdi, "sum_andel" if andel and kolonne == _TALL + 1 else "sum_tall")
        self._ned()

    def _tallrad(self, verdier: list[Celle], stiler: tuple[str, ...], fra: int = _TALL) -> None:
        for nummer, verdi in enumerate(verdier):
            self._celle(fra + nummer, verdi, stiler[min(nummer, len(stiler) - 1)])

    def _linje(self, merke: str, tekst: str, stil: str, tekststil: str, status: Status | None = None) -> None:
        self._celle(_MERKE, merke, stil, status)
        self._celle(_TEKST, tekst, tekststil)
        self._hoyde(tekst)
        self._ned()

    def _lenke(self, ark: str, tekst: str) -> None:
        self._celle(_MERKE, "", "tekst")
        self._ark.write_url(self._rad, _TEKST, f"internal:'{ark}'!A1", self._stiler.hent("lenke"), tekst)
        self._ned()

    def _celle(self, kolonne: int, verdi: Celle, stil: str, status: Status | None = None) -> None:
        skriv_celle(self._ark, self._rad, kolonne, verdi, self._stiler.hent(stil, status))

    def _hoyde(self, tekst: str) -> None:
        self._ark.set_row(self._rad, row_height(lines_needed(tekst, _TEKSTBREDDE)))

    def _ned(self, rader: int = 1) -> None:
        self._rad += rader


def _share(antall: int, av: int) -> float | None:
    return antall / av if antall and av else None


def _label(rad: Kontorad) -> str:
    return f"{rad.konto.lokal_kode} {rad.konto.lokal_navn}".strip()


def _review_line(status: Status, antall: int) -> str:
    ordet = STATUSER[status]
    if not ordet.avgjores:
        return f"{count(antall, 'konto', 'kontoer')} med flagg, selv om statusen er «{ordet.navn.lower()}»."
    return f"{count(antall, 'konto', 'kontoer')}. {ordet.forklaring}"


def _flag_groups(rader: Sequence[Kontorad]) -> list[tuple[Kontorad, Flagg, int]]:
    grupper: dict[str, list[tuple[Kontorad, Flagg]]] = {}
    for rad in rader:
        for flagg in rad.vurdering.flagg:
            grupper.setdefault(flagg.id, []).append((rad, flagg))
    return [(*funn[0], len(funn)) for funn in sorted(grupper.values(), key=len, reverse=True)]


def _flag_line(eksempel: Kontorad, flagg: Flagg, antall: int) -> str:
    hvor_mange = count(antall, "konto", "kontoer")
    return f"{hvor_mange} med flagget «{flagg.id}», blant dem {_label(eksempel)}: {sentence(flagg.melding)}"


def _table_line(tabell: Tabell) -> str:
    kolonner = enumerate_words([f"{k.bokstav} «{k.overskrift}» = {k.rolle}" for k in tabell.kolonner])
    grunn = f"\n{sentence(tabell.grunn)}" if tabell.grunn else ""
    return f"Rad {tabell.forste_rad}–{tabell.siste_rad}. Kolonner: {sentence(kolonner)}{grunn}"
