"""Tidligere dommer over funn: en «Ikke feil» om det samme senker et funn, en «Feil» hever det, og det som bare likner, teller mindre.

Vekten er i log-odds og kommer i tillegg til det sannsynligheten alt er satt sammen av. Bare det nærmeste teller: er det samme dømt, ses det
ikke på det som likner. Er dommene uenige, veier de hverandre opp, og det sies.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING, Final, Literal, get_args

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.evidence.memory import by_whom
from kontoplan.ledger.personnavn import is_hidden
from kontoplan.memory.funndom import DOMMER, Funnrad, tail
from kontoplan.memory.store import same_kommune
from kontoplan.revisjon.funn import Bidrag
from kontoplan.revisjon.slag import BY_ID
from kontoplan.tall import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kontoplan.memory.funndom import Funndom, Kjennetegn
    from kontoplan.revisjon.funn import Funn

Likhet = Literal["samme", "tekst", "leverandor", "sted"]
"""Hvor nær en tidligere dom er, nærmest først."""
TEMA: Final[Mapping[str, str]] = {
    "R-REGEL": "art",
    "R-TEKST-ART": "art",
    "R-VANE-ART": "art",
    "R-SERIE": "art",
    "R-LONN": "art",
    "R-MOTPART": "art",
    "R-REGEL-FUNKSJON": "funksjon",
    "R-TEKST-FUNKSJON": "funksjon",
    "R-VANE-FUNKSJON": "funksjon",
}
"""Slagene som tviler på det samme av ulike grunner: en dom over ett av dem gjelder dem alle. De andre er hvert sitt tema."""
_ACROSS: Final[frozenset[Likhet]] = frozenset({"tekst", "leverandor"})  # konto og ansvar er kommunens egne nummer
_TOLD: Final[Mapping[Likhet, str]] = {
    "samme": "Det samme",
    "tekst": "Noe som likner (samme tekst og kode)",
    "leverandor": "Noe som likner (samme leverandør og kode)",
    "sted": "Noe som likner (samme ansvar og kode)",
}
_PRACTICE: Final = "R-PRAKSIS"
_CODES: Final = ("funksjon", "art")
_EDGE: Final = 1e-9

Key = tuple[str, ...]


@cache
def recall_weights() -> Mapping[Likhet, float]:
    """Vekten av en dom, i log-odds, etter hvor nær den er (``models/revisjonsminne.json``).

    Raises:
        UserError: vektfilen er skadet.
    """
    path = data_path("models/revisjonsminne.json")
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))["vekt"]
        return {name: float(raw[name]) for name in get_args(Likhet)}
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"Vektfilen {path.name} er skadet ({error}); installer kontoplan på nytt.", code="skadet-vektfil"
        ) from error


def row_of(funn: Funn) -> Funnrad:
    """Funnet slik det kjennes igjen i arbeidsboken og i minnet."""
    fort = funn.fort
    # En praksis gjelder bare den ene koden; den andre er tilfeldig for raden som viser den.
    funksjon, art = (
        "" if funn.funn == _PRACTICE and name not in funn.foreslatt else fort.get(name, "") for name in _CODES
    )
    hale = tail(fort.get("kontoklasse", ""), funksjon, art, funn.kjerne, funn.leverandor)
    return Funnrad(
        funn.funn,
        funn.ark,
        str(funn.rad),
        funn.bilag,
        str(funn.belop),
        funn.konto,
        funn.ansvar,
        funn.tekst,
        funn.leverandor,
        hale,
    )


class Husket:
    """Dommene som kan brukes på en hovedbok, klare til å slås opp i.

    Args:
        verdicts: Dommene, eldste først.
        kommune: Kommunen hovedboken tilhører; dommer fra andre brukes bare på det som er likt overalt.
        aar: Regnskapsåret.

    Attributes:
        egne: Kommunens egne dommer.
    """

    def __init__(self, verdicts: Sequence[Funndom], kommune: str, aar: int) -> None:
        self.egne = [v for v in verdicts if same_kommune(v.kommune) == same_kommune(kommune)]
        self._findings: dict[str, list[Funndom]] = defaultdict(list)
        self._near: dict[Key, list[Funndom]] = defaultdict(list)
        for verdict in verdicts:
            own = same_kommune(verdict.kommune) == same_kommune(kommune)
            if own and verdict.aar == aar:
                self._findings[verdict.funn].append(verdict)
            total = bool((kind := BY_ID.get(verdict.kjennetegn.slag)) and kind.sum)
            for likhet, key in _keys(verdict.kjennetegn, total=total):
                if own or likhet in _ACROSS:
                    self._near[likhet, *key].append(verdict)

    def recall(self, funn: Funn) -> tuple[Likhet, Sequence[Funndom]] | None:
        """De nærmeste dommene, eldste først, og hvor nære de er; ``None`` når det ikke er noen."""
        row = row_of(funn)
        if self._findings and (said := self._findings.get(row.id)):
            return "samme", said
        for likhet, key in _keys(row.kjennetegn, total=funn.sum):
            if said := self._near.get((likhet, *key)):
                return likhet, said
        return None

    def weigh(self, funn: Funn) -> Funn:
        """Funnet med det tidligere dommer gjør med sannsynligheten og alvoret, og med grunnen i meldingen."""
        found = self.recall(funn)
        if found is None:
            return funn
        likhet, said = found
        wrong = sum(v.dom == "feil" for v in said)
        right = len(said) - wrong
        weight = recall_weights()[likhet] * (wrong - right) / len(said)
        parts = funn.bidrag or (Bidrag("fast for funnslaget", _log_odds(funn.sannsynlighet)),)
        if weight:
            parts = (*parts, Bidrag("tidligere dommer", weight))
        p = 1 / (1 + exp(-sum(part.vekt for part in parts))) if weight else funn.sannsynlighet
        return replace(
            funn,
            sannsynlighet=p,
            alvor=BY_ID[funn.funn].alvor_ved(p),
            bidrag=parts if weight else funn.bidrag,
            melding=f"{_sentence(likhet, said, funn.sannsynlighet, p)} {funn.melding}",
            uenige_dommer=bool(wrong and right),
        )


def _keys(about: Kjennetegn, *, total: bool) -> Iterator[tuple[Likhet, Key]]:
    """Nøklene noe kan kjennes igjen på, nærmest først.

    En sum kjennes bare på koden, ikke på raden som viser den, og en praksis på koden og kontoen og teksten eller ansvaret.
    """
    if about.slag == _PRACTICE:
        what = (about.konto, about.kjerne) if about.art else (about.ansvar,)
        yield "samme", (about.slag, about.klasse, about.funksjon, about.art, *what)
        return
    tema = TEMA.get(about.slag, about.slag)
    doubted = {"art": (about.art,), "funksjon": (about.funksjon,)}.get(tema, (about.art, about.funksjon))
    code = (tema, about.klasse, *doubted)
    if total:
        yield "sted", (tema, about.klasse, about.funksjon)
        return
    yield "samme", (*code, about.art, about.funksjon, about.konto, about.ansvar, about.kjerne, about.leverandor)
    if about.kjerne:
        yield "tekst", (*code, about.kjerne)
    if about.leverandor and not is_hidden(about.leverandor):
        yield "leverandor", (*code, about.leverandor)
    if about.ansvar:
        yield "sted", (*code, about.ansvar)


def _sentence(likhet: Likhet, said: Sequence[Funndom], before: float, after: float) -> str:
    last = said[-1]
    where = f" i {last.kommune}" if last.kommune and likhet != "samme" else ""
    note = f" («{last.kommentar}»)" if last.kommentar else ""
    who = f"«{DOMMER[last.dom]}»{by_whom(last)} for {last.aar}{where}{note}"
    wrong = sum(v.dom == "feil" for v in said)
    right = len(said) - wrong
    if wrong and right:
        told = f"{_TOLD[likhet]} er vurdert ulikt, {wrong} × «Feil» og {right} × «Ikke feil», sist {who}"
    else:
        told = f"{_TOLD[likhet]} er vurdert som {who}" + (f", og {len(said)} ganger i alt" if len(said) > 1 else "")
    if before == after:
        return f"{told}; de veier hverandre opp."
    first, then = percent(before), percent(after)
    if first == then:
        return f"{told}; sannsynligheten var {first} fra før."
    return f"{told}; sannsynligheten er satt {'opp' if after > before else 'ned'} fra {first} til {then}."


def _log_odds(p: float) -> float:
    inside = min(1 - _EDGE, max(_EDGE, p))
    return log(inside / (1 - inside))
