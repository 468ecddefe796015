"""Å koble en kontoplan: les den, hør vitnene om hver konto, og la dommeren avgjøre."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.chart import read_charts
from kontoplan.errors import UserError
from kontoplan.evidence import number
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.evidence.memory import Memory
from kontoplan.evidence.wording import wording
from kontoplan.hearing import hear, judge
from kontoplan.kobling import Kobling, Kontorad
from kontoplan.kodeverk import Kodeverk
from kontoplan.memory import Minne
from kontoplan.memory.store import same_kommune
from kontoplan.readback.earlier import read_earlier
from kontoplan.sak import Sak
from kontoplan.sectors import assign
from kontoplan.text import read
from kontoplan.usecases.endringer import compare
from kontoplan.weights import weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.lesing import Konto
    from kontoplan.sak import Regnskap, Vurdering

_TELL_EVERY = 250  # kontoer mellom hver gang fremdriften fortelles


def koble(  # noqa: PLR0913 - navnene er grensesnittet
    *filer: str | Path,
    aar: int | None = None,
    regnskap: Regnskap = "kommune",
    ark: Sequence[str] | None = None,
    kolonner: str | Mapping[str, str] | None = None,
    minne: str | Path | None = None,
    kommune: str = "",
    mot: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Kobling:
    """Kobler lokale kontoplaner til KOSTRA.

    Args:
        filer: Arbeidsbøker eller tekstfiler (.xlsx .xlsm .xls .ods .csv .tsv).
        aar: Regnskapsår; ``None`` er det nyeste i kodeverket.
        regnskap: Hva slags regnskap.
        ark: Bare disse arkene.
        kolonner: Overstyrer gjenkjenningen av kolonner, f.eks. ``"kode=A,navn=B"``.
        minne: Minnet med tidligere avgjørelser; ``None`` bruker ingen. En fil som ikke finnes, er et tomt minne.
        kommune: Hvem kontoplanen tilhører. Bare avgjørelser som er lært for den samme, brukes.
        mot: En tidligere koblet arbeidsbok å sammenligne med; det som er avgjort i den, gjelder også her.
        progress: Kalles med en kort norsk setning for hvert steg.

    Returns:
        Én rad per konto, i lest rekkefølge.

    Raises:
        UserError: en fil kan ikke leses eller er oppgitt to ganger, året finnes ikke, eller minnet er skadet.
    """
    paths = [Path(f) for f in filer]
    _once(paths)
    kodeverk = Kodeverk.for_aar(aar, regnskap)
    known, notes = remember(minne, kommune, regnskap)
    before = None
    if mot is not None:
        before = read_earlier(Path(mot), regnskap=regnskap, nyeste=kodeverk.aar, kommune=kommune)
        known = sorted((*known, *before.avgjorelser), key=lambda d: (d.aar, d.naar))
        notes += before.merknader
    lesing = read_charts(paths, ark=ark, kolonner=kolonner, kodeverk=kodeverk, progress=progress)
    if progress:
        progress(f"Vurderer {len(lesing.kontoer)} kontoer")
    answers = judge_accounts(lesing.kontoer, kodeverk, Memory(known, kodeverk.aar) if known else None, progress)
    lesing = replace(lesing, merknader=(*lesing.merknader, *notes))
    rader = tuple(Kontorad(konto, svar) for konto, svar in zip(lesing.kontoer, answers, strict=True))
    changes = compare(before, rader, kodeverk) if before else None
    return Kobling(kodeverk.aar, regnskap, rader, lesing, kommune, changes)


def remember(minne: str | Path | None, kommune: str, regnskap: Regnskap) -> tuple[list[Avgjorelse], list[str]]:
    """Avgjørelsene i minnet for kommunen og regnskapet, og det brukeren bør vite om dem som ikke brukes."""
    if minne is None:
        return [], []
    store = Minne(minne)
    if not store.finnes:
        return [], [f"Minnet {store.path} finnes ikke ennå, så ingen tidligere avgjørelser er brukt."]
    found = store.avgjorelser(kommune, regnskap)
    others = [name for name in store.kommuner() if same_kommune(name) != same_kommune(kommune)]
    if found or not others:
        return found, [f"Brukte {len(found)} tidligere avgjørelser fra minnet {store.path}."] if found else []
    named = ", ".join(name or "en kommune uten navn" for name in others)
    which = f"for {kommune}" if kommune else "uten navn på kommunen"
    return [], [f"Minnet har ingen avgjørelser {which}, bare for {named}; de er ikke brukt. Velg med --kommune."]


def _once(paths: Sequence[Path]) -> None:
    """Nekter når samme fil er oppgitt to ganger; da ville hver konto telle dobbelt."""
    for at, path in enumerate(paths):
        if path.resolve() in {other.resolve() for other in paths[:at]}:
            raise UserError(f"{path} er oppgitt to ganger; oppgi hver fil én gang.", code="samme-fil")


def judge_accounts(
    kontoer: Sequence[Konto],
    kodeverk: Kodeverk,
    known: Memory | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Vurdering]:
    """Vurderingen av hver konto, i samme rekkefølge; ``known`` er det som er avgjort før.

    Kontoer i samme tabell og dimensjon deler tallmønster, så de vurderes sammen.
    """
    counted = _counter(len(kontoer), progress)
    tables: dict[tuple[int, str], list[int]] = defaultdict(list)
    for at, konto in enumerate(kontoer):
        tables[konto.tabell, konto.dimensjon].append(at)
    answers: dict[int, Vurdering] = {}
    for members in tables.values():
        answers.update(
            zip(members, _judge_table([kontoer[at] for at in members], kodeverk, known, counted), strict=True)
        )
    return [answers[at] for at in range(len(kontoer))]


def _counter(total: int, progress: Callable[[str], None] | None) -> Callable[[], None]:
    """En funksjon som kalles én gang per vurdert konto, og sier fra en gang iblant."""
    done = 0

    def counted() -> None:
        nonlocal done
        done += 1
        if progress and done % _TELL_EVERY == 0:
            progress(f"Vurderer kontoer: {done} av {total}")

    return counted


def _judge_table(
    kontoer: Sequence[Konto], kodeverk: Kodeverk, known: Memory | None, counted: Callable[[], None]
) -> list[Vurdering]:
    dimensjon = kontoer[0].dimensjon
    listed = codes(kodeverk, NATIONAL[dimensjon])
    witness = wording(listed)
    compared = {navn: witness.compare(read(navn)) for navn in {k.lokal_navn for k in kontoer}}
    rows = [number.Row(k.lokal_kode, compared[k.lokal_navn]) for k in kontoer]
    fitted = weights(dimensjon)
    pattern = number.infer(rows, listed, fitted.palitelighet, fitted.likhet)
    cache: dict[tuple[object, ...], Vurdering] = {}
    answers = []
    for konto in kontoer:
        recalled = known.recall(konto) if known else None
        key = (konto.lokal_kode, konto.lokal_navn, konto.kontoklasse, konto.kontekst, recalled)
        if key not in cache:
            sak = Sak(konto.lokal_navn, dimensjon, konto.lokal_kode, konto.kontoklasse, konto.kontekst)
            hearing = hear(sak, compared[konto.lokal_navn], pattern, listed, fitted, recalled=recalled)
            cache[key] = judge(hearing, listed, fitted)
        answers.append(cache[key])
        counted()
    return assign(kontoer, answers, pattern, kodeverk) if dimensjon == "balanse" else answers
