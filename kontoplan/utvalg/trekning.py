"""Å trekke et utvalg av en populasjon etter en plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.utvalg import mus, strata
from kontoplan.utvalg.utvalg import Ramme, Trekk, Utvalg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from kontoplan.utvalg.plan import Plan
    from kontoplan.utvalg.populasjon import Populasjon
    from kontoplan.utvalg.utvalg import Stratum

_MANY: Final = 1000


def sample(  # noqa: PLR0913 - ett navn for hver ting som følger utvalget
    plan: Plan,
    population: Populasjon,
    *,
    hovedbok: str,
    sha256: str,
    aar: int,
    kontoklasse: Callable[[str], str] = str,
) -> Utvalg:
    """Utvalget; samme plan og samme populasjon gir samme utvalg.

    Args:
        plan: Planen.
        population: Populasjonen.
        hovedbok: Filnavnet.
        sha256: Sjekksummen av filen.
        aar: Regnskapsåret.
        kontoklasse: Kontoklassen til ``drift`` og ``investering``.
    """
    rows, total = population.rader, population.sum_ore
    interval = min(plan.intervall_ore, total)
    if plan.metode == "mus":
        start = mus.start_of(plan.fro, interval)
        drawn = mus.draw(rows, interval, start)
        parts = mus.strata(rows, drawn, interval)
    else:
        start = 0
        drawn, parts = strata.draw(rows, interval, plan.fro, per_omraade=plan.per_omraade)
    frame = Ramme(
        plan.metode, plan.konfidens, plan.vesentlighet_ore, plan.forventet_ore, plan.fro, interval, start,
        population.antall, total, drawn.height, hovedbok, sha256, aar, ", ".join(map(str, plan.bare)), parts,
    )  # fmt: skip
    why = {part.navn: _why(part, frame) for part in parts}
    return Utvalg(
        frame,
        plan.faktor,
        population.debet_ore,
        population.kredit_ore,
        population.utenfor,
        tuple(
            _taken(nr, row, why, kontoklasse(row["klasse"]))
            for nr, row in enumerate(population.details(drawn).iter_rows(named=True), 1)
        ),
        tuple(_notes(frame, plan)),
    )


def _why(part: Stratum, frame: Ramme) -> str:
    if part.minst_ore >= frame.intervall_ore:
        return "Fullt: beløpet er minst ett intervall"
    if frame.metode == "mus":
        return "Intervall: en trukket krone falt her"
    if part.fullt:
        return f"Fullt: alle i «{part.navn}»"
    return f"Tilfeldig: {part.trukket} av {part.antall} i «{part.navn}»"


def _taken(nr: int, row: Mapping[str, Any], why: Mapping[str, str], klasse: str) -> Trekk:
    return Trekk(
        nr=nr, ark=row["ark"], rad=row["rad"], bilag=row["bilag"], dato=row["dato"], konto=row["konto"],
        ansvar=row["ansvar"], leverandor=row["leverandor"], tekst=row["tekst"], klasse=klasse, art=row["art"],
        funksjon=row["funksjon"], omraade=row["omraade"], ore=row["belop_ore"], treff=row["treff"],
        stratum=row["stratum"], hvorfor=why[row["stratum"]],
    )  # fmt: skip


def _notes(frame: Ramme, plan: Plan) -> Iterator[str]:
    if frame.sum_ore <= frame.vesentlighet_ore:
        yield "Hele populasjonen er mindre enn vesentlighetsgrensen, så den kan ikke ha vesentlig feil for høyt; utvalget sier lite."
    elif frame.utvalg == frame.antall:
        yield "Vesentlighetsgrensen er så lav at hele populasjonen er trukket."
    elif frame.utvalg > _MANY:
        yield "Utvalget er stort. Avgrens populasjonen med --bare (f.eks. bare kjøp, art=100-299) når resten revideres på annen måte."
    if plan.metode == "mus":
        yield "Posteringer som er ført for lavt, har mindre sjanse for å bli trukket enn de burde, og det som ikke er ført, kan ikke trekkes."
