"""Arkene i revisjonen om det som er slått av eller stilt på: Regler, Skjulte funn og Justering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.headings import BELOP, LEVERANDOR
from kontoplan.revisjon.slag import SLAG
from kontoplan.workbook.audit_findings import FUNN
from kontoplan.workbook.audit_summary import ALVORSFARGE
from kontoplan.workbook.table import Felt, Tabellark, column_of, skriv_tabell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.revisjon.funn import Funn
    from kontoplan.revisjon.justering import Bruk, Justert, Skjult
    from kontoplan.revisjon.revisjon import Revisjon
    from kontoplan.revisjon.treff import Funnslag
    from kontoplan.workbook.layout import Stiler

SKJULTE: Final = "Skjulte funn"
JUSTERING: Final = "Justering"
"""Arkene som bare er med når revisjonen er justert."""


def skriv_regler(ark: Worksheet, revisjon: Revisjon, stiler: Stiler) -> None:
    """Arket Regler: alle funnslagene, hvor mange funn de ga, og om de er slått av eller stilt på."""
    counts, tuned = revisjon.per_slag(), revisjon.justering
    hidden = tuned.skjult_per_slag() if tuned else {}
    fields: list[Felt[Funnslag]] = [
        Felt("Id", lambda s: s.id, "kode", 18, 22),
        Felt("Navn", lambda s: s.navn, "navn", 26, 36),
        Felt("Alvor", lambda s: s.alvor, "tekst", 11, 12),
        Felt("Funn", lambda s: counts.get(s.id, 0), "heltall", 8, 10),
    ]
    if tuned:
        fields += [
            Felt("Skjult", lambda s: hidden.get(s.id, 0), "heltall", 8, 10),
            Felt("Justert, og hvorfor", lambda s: "\n".join(_tuned(tuned, s.id)), "brytes", 30, 60),
        ]
    fields += [
        Felt("Hva det ses etter", lambda s: s.side, "brytes", 40, 70),
        Felt("Kilde", lambda s: s.kilde, "dempet", 26, 50),
        Felt("Side", lambda s: f"docs/revisjon.md#{s.id.lower()}", "dempet", 26, 46),
    ]
    skriv_tabell(ark, fields, SLAG, stiler, Tabellark("Funnslag", 2, "Ingen."))


def _tuned(tuned: Justert, kind: str) -> Iterator[str]:
    for using in tuned.for_slag(kind):
        entry = using.oppforing
        where = f" der {entry.der}" if entry.der else ""
        yield f"{entry.gjor}{where}: {entry.hvorfor}"


def skriv_skjulte(ark: Worksheet, tuned: Justert, stiler: Stiler) -> None:
    """Arket Skjulte funn: hvert av dem med linjen i justeringsfilen og grunnen."""
    why: list[Felt[Skjult]] = [
        Felt("Hvorfor det er skjult", lambda s: s.oppforing.grunn, "brytes", 30, 60),
        Felt("Av", lambda s: s.oppforing.hvem, "tekst", 8, 20),
        Felt("Linje", lambda s: s.oppforing.linje, "radnummer", 8, 8),
    ]
    at = column_of(FUNN, BELOP) + 1
    about = [_about(field) for field in FUNN]
    valg: Tabellark[Skjult] = Tabellark(
        "Skjulte",
        3,
        "Justeringen skjulte ingen funn.",
        6,
        skrives_ut=LEVERANDOR,
        status=lambda s: ALVORSFARGE[s.funn.alvor],
    )
    skriv_tabell(ark, [*about[:at], *why, *about[at:]], tuned.skjulte, stiler, valg)


def _about(field: Felt[Funn]) -> Felt[Skjult]:
    """Kolonnen om funnet, i en tabell over skjulte funn."""
    return Felt(
        field.overskrift, lambda s: field.verdi(s.funn), field.stil, field.smalest, field.bredest, hever=field.hever
    )


def skriv_justering(ark: Worksheet, tuned: Justert, stiler: Stiler) -> None:
    """Arket Justering: oppføringene i filen, hva hver av dem gjorde, og de som kan fjernes."""
    fields: list[Felt[Bruk]] = [
        Felt("Linje", lambda b: b.oppforing.linje, "radnummer", 8, 8),
        Felt("Gjelder", lambda b: b.oppforing.gjelder, "navn", 30, 60),
        Felt("Hva den gjør", lambda b: b.oppforing.gjor, "brytes", 20, 36),
        Felt("Funn", lambda b: b.treff, "heltall", 8, 10),
        Felt("Status", lambda b: b.status, "status", 22, 38),
        Felt("Grunn", lambda b: b.oppforing.grunn, "brytes", 30, 70),
        Felt("Av", lambda b: b.oppforing.hvem, "tekst", 8, 20),
        Felt("Gjelder til", lambda b: f"{b.oppforing.til:%d.%m.%Y}" if b.oppforing.til else "", "tekst", 12, 12),
    ]
    skriv_tabell(
        ark,
        fields,
        tuned.bruk,
        stiler,
        Tabellark(
            "Justeringen",
            2,
            f"{tuned.fil} har ingen oppføringer.",
            status=lambda b: "sikker" if b.virker else "usikker",
        ),
    )
