"""Arket Om: hva arbeidsboken er laget av, og hvordan en fyller den ut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan import __version__
from kontoplan.evidence.model import fingerprint
from kontoplan.headings import (
    ANDEL,
    AVGJORELSE,
    AVGJORT_AV,
    ENDRINGER,
    FORDELES,
    FORDELING,
    FORDELINGER,
    GJENNOMGANG,
    KOBLING,
    KODEVERK,
    KOMMENTAR,
    KOMMUNE,
    NOKKEL,
    RAPPORTERES_IKKE,
    REGLER,
    REGNSKAP,
    REGNSKAPSAR,
    REGNSKAPSTYPE,
    SAMMENDRAG,
)
from kontoplan.rulebase.store import rulebase
from kontoplan.workbook.layout import PAPIR_A4, Stiler, lines_needed, row_height, sideoppsett, skriv_celle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from xlsxwriter.worksheet import Worksheet

    from kontoplan.kobling import Kobling
    from kontoplan.workbook.content import Innhold

_MAANEDER = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_KORT = 12  # så mange tegn av et fingeravtrykk vises i sammendraget
_TEKSTBREDDE = 100

_ARKENE = (
    (SAMMENDRAG, "Hva som er lest, hvordan det gikk, og hva du bør se på først."),
    (
        GJENNOMGANG,
        "Bare kontoene et menneske må ta stilling til, de viktigste først: stort beløp ganger stor usikkerhet.",
    ),
    (
        ENDRINGER,
        "Bare når du har sammenlignet med en tidligere kobling: hva som er nytt, borte og endret, og hvem kodeendringene rammer.",
    ),
    (KOBLING, "Alle kontoene i den rekkefølgen de står hos dere."),
    (FORDELINGER, "Beløp som deles på flere koder, med andelene. Nederst er det tomme rader til egne fordelinger."),
    (KODEVERK, "Alle KOSTRA-kodene som gjelder i året."),
    (REGLER, "Reglene som er brukt, hva de sier, og hvor det står."),
)
_UTFYLLING = (
    (AVGJORELSE, "Velg i listen, eller skriv bare koden («115»; for balanse kapittel og sektor, «16/890»). Tom celle betyr ikke avgjort."),
    (RAPPORTERES_IKKE, "Velges for kontoer som bare finnes i deres eget regnskap."),
    (FORDELES, f"Velges når beløpet hører hjemme på flere koder. Sett navnet på en fordeling i kolonnen {FORDELING}, eller skriv den rett inn: «202: 60 %; 222: 40 %»."),
    (FORDELINGER, f"Én rad for hver kode, med samme navn i kolonnen {FORDELING}. Kolonnen {ANDEL} skal bli 100 % til sammen for hvert navn."),
    (f"{KOMMENTAR}, {AVGJORT_AV}", "Valgfritt. Følger avgjørelsen når den huskes. Skriv ikke fødselsnummer eller annet om enkeltpersoner."),
    ("Varseltegn ⚠", "Koden finnes ikke i listen for raden, eller andelene blir ikke 100 %. Kontoen kan ikke leses tilbake slik."),
    ("Sortering og filter", f"Du kan sortere, filtrere, slette rader og sette inn kolonner. La overskriftene og den skjulte kolonnen {NOKKEL} være; det er den som kjenner igjen kontoen."),
    ("To ark", f"En konto kan stå både i {GJENNOMGANG} og i {KOBLING}. Det holder å avgjøre den ett sted. Står den på flere rader hos dere, gjelder avgjørelsen i {GJENNOMGANG} alle."),
)  # fmt: skip


def laget(naar: datetime) -> str:
    """Når og med hvilken utgave av programmet arbeidsboken er laget."""
    tid = f"{naar.day}. {_MAANEDER[naar.month - 1]} {naar.year} kl. {naar:%H.%M}"
    return f"Laget {tid} med kontoplan {__version__}"


def foundation() -> str:
    """Regelbasen og modellen svarene bygger på, kort."""
    return f"regelbase {_fingerprints()[0][1][:_KORT]} · modell {_fingerprints()[1][1][:_KORT]}"


def _fingerprints() -> tuple[tuple[str, str], ...]:
    """Fingeravtrykkene av det svarene bygger på; like fingeravtrykk gir like svar."""
    return (("Regelbase", rulebase().fingerprint), ("Modell", fingerprint()))


def skriv_om(ark: Worksheet, innhold: Innhold, stiler: Stiler) -> None:
    """Fyller arket Om."""
    ark.set_column(0, 0, 26)
    ark.set_column(1, 1, _TEKSTBREDDE)
    ark.set_row(0, 34)
    skriv_celle(ark, 0, 0, "Om arbeidsboken", stiler.hent("tittel"))
    skriv_celle(ark, 1, 0, laget(innhold.naar), stiler.hent("undertittel"))
    rad = _seksjon(ark, 3, "Hva den bygger på", _bygger_pa(innhold.kobling), stiler)
    rad = _seksjon(ark, rad, "Slik fyller du ut", _UTFYLLING, stiler)
    rad = _seksjon(ark, rad, "Arkene", _ARKENE, stiler)
    _seksjon(ark, rad, "Når du er ferdig", _ferdig(), stiler)
    sideoppsett(ark, PAPIR_A4, gjenta_overskrift=False)


def _bygger_pa(kobling: Kobling) -> list[tuple[str, str]]:
    filer = dict.fromkeys(tabell.fil for tabell in kobling.lesing.tabeller)
    return [
        ("Filer", "\n".join(filer) or "Ingen"),
        *([(KOMMUNE, kobling.kommune)] if kobling.kommune else []),
        (REGNSKAPSAR, str(kobling.aar)),
        (REGNSKAPSTYPE, REGNSKAP[kobling.regnskap].capitalize()),
        ("Program", f"kontoplan {__version__}"),
        *((navn, f"Fingeravtrykk {verdi}") for navn, verdi in _fingerprints()),
    ]


def _ferdig() -> list[tuple[str, str]]:
    return [
        ("Husk avgjørelsene", "kontoplan laer DENNE-FILEN.xlsx"),
        (
            "Neste år",
            "kontoplan koble NY-KONTOPLAN.xlsx --mot DENNE-FILEN.xlsx viser hva som er nytt, borte eller endret.",
        ),
        (
            "Personvern",
            "Alt er laget på din egen maskin. Filen inneholder det som sto i kontoplanen, og sendes ikke noe sted.",
        ),
    ]


def _seksjon(ark: Worksheet, rad: int, tittel: str, linjer: Iterable[tuple[str, str]], stiler: Stiler) -> int:
    """Skriver seksjonen fra den 0-baserte raden; gir raden der neste begynner."""
    ark.set_row(rad, 24)
    skriv_celle(ark, rad, 0, tittel, stiler.hent("seksjon"))
    skriv_celle(ark, rad, 1, None, stiler.hent("seksjon"))
    for rad, (merke, tekst) in enumerate(linjer, rad + 1):  # noqa: B020, PLR1704 - raden etter den siste er svaret
        skriv_celle(ark, rad, 0, merke, stiler.hent("navn"))
        skriv_celle(ark, rad, 1, tekst, stiler.hent("brytes"))
        ark.set_row(rad, row_height(lines_needed(tekst, _TEKSTBREDDE)))
    return rad + 2
