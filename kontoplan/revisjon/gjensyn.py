"""Det som er vurdert som feil før, og føres likt igjen uten at noe i årets hovedbok taler mot det lenger.

Føres noe galt hele året, blir det kommunens egen praksis, og da ser ingen av funnslagene det. En revisor som har sagt at det er feil, skal likevel få det igjen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.memory.funndom import Kjennetegn, code, trace
from kontoplan.revisjon.minne import TEMA
from kontoplan.revisjon.slag import BY_ID
from kontoplan.revisjon.slag.foring import LEAST
from kontoplan.revisjon.treff import hits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kontoplan.memory.funndom import Funndom
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.funn import Funn
    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.revisjon.treff import Funnslag

GJENSYN: Final = frozenset({*TEMA, "R-DRIFT-INVESTERING"})
"""Slagene som er tvil om koden, og derfor gjelder hver gang det samme føres likt. En dublett eller et fortegn gjelder bare den ene posteringen."""
_WHY: Final = "Ingenting annet i denne hovedboken taler tydelig mot føringen."
_FIELDS: Final = ("klasse", "funksjon_lest", "art_lest", "konto", "ansvar", "kjerne", "leverandor")


def seen_before(ground: Grunnlag, verdicts: Iterable[Funndom]) -> list[Funnslag]:
    """Funnslag som gir posteringene som er ført slik noen har vurdert som feil, med sannsynligheten på grensen for å være et funn.

    Args:
        ground: Grunnlaget.
        verdicts: Kommunens egne dommer, eldste først; er de like mange av hvert slag om det samme, gir de ingenting.
    """
    said: dict[Kjennetegn, list[Funndom]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.kjennetegn.slag in GJENSYN:
            said[_doubt(verdict.kjennetegn)].append(verdict)
    wrong = {
        about: known[-1].kjennetegn.slag
        for about, known in said.items()
        if sum(1 if v.dom == "feil" else -1 for v in known) > 0
    }
    found = _postings(ground, wrong) if wrong else {}
    return [_again(BY_ID[kind], found[kind]) for kind in BY_ID if kind in found]


def _doubt(about: Kjennetegn) -> Kjennetegn:
    """Kjennetegnene med det tvilen gjelder i stedet for funnslaget."""
    return replace(about, slag=TEMA.get(about.slag, about.slag))


def _postings(ground: Grunnlag, wrong: Mapping[Kjennetegn, str]) -> dict[str, pl.DataFrame]:
    """Føringene (``_FIELDS``) som har et av kjennetegnene, per funnslag."""
    numbers = {"drift": ground.kodeverk.kontoklasse("drift"), "investering": ground.kodeverk.kontoklasse("investering")}
    likely = ground.rader.filter(
        pl.col("art_lest").is_in([about.art for about in wrong])
        & pl.col("funksjon_lest").is_in([about.funksjon for about in wrong])
    )
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in likely.select(_FIELDS).unique(maintain_order=True).iter_rows():
        klasse, funksjon, art, konto, ansvar, kjerne, leverandor = row
        codes = (numbers[klasse], funksjon, art, code(konto), code(ansvar), trace(kjerne), trace(leverandor))
        for tema in {about.slag for about in wrong}:
            if kind := wrong.get(Kjennetegn(tema, *codes)):
                found[kind].append(row)
    return {kind: pl.DataFrame(rows, schema=_FIELDS, orient="row") for kind, rows in found.items()}


def _again(kind: Funnslag, postings: pl.DataFrame) -> Funnslag:
    def find(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
        return hits(ground.rader.join(postings, on=_FIELDS, how="semi", maintain_order="left"), p=LEAST, melding=_WHY)

    return replace(kind, finn=find)


def only_new(found: Sequence[Funn], again: Iterable[Funn]) -> Iterator[Funn]:
    """Funnene i ``again`` på rader der det ikke alt er et funn om det samme."""
    told = {_place(finding) for finding in found}
    return (finding for finding in again if _place(finding) not in told)


def _place(finding: Funn) -> tuple[str, int, str]:
    return finding.ark, finding.rad, TEMA.get(finding.funn, finding.funn)
