"""Hva teksten på en postering taler for, etter de samme vitnene og den samme dommeren som ``koble`` bruker."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.evidence.aspect import about, weigh_words
from kontoplan.evidence.codes import codes
from kontoplan.evidence.wording import wording
from kontoplan.hearing import hear
from kontoplan.judge import weigh
from kontoplan.sak import Sak
from kontoplan.text import read
from kontoplan.weights import weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.evidence.rule import Ruling
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.svar import Spordimensjon

MOST: Final = 6_000
"""Så mange ulike tekster høres i hver dimensjon, de med størst beløp først."""
_BEARS, _MORE = 0.55, 0.1  # så mye sier et ord om funksjonen, og så mye mer enn om arten
_KEPT, _LEAST = 6, 0.01
Hort = tuple[str, str, float, str, str, str]
_SCHEMA = {
    "kjerne": pl.String,
    "kode": pl.String,
    "p": pl.Float64,
    "regel": pl.String,
    "hvorfor": pl.String,
    "kilde": pl.String,
}


def about_function(texts: Sequence[str], kodeverk: Kodeverk) -> dict[str, str]:
    """Teksten → ordene i den som handler om funksjonen; tekster uten slike ord er ikke med.

    Det meste som står på en postering, sier hva som er kjøpt. Da sier det ikke hvor det er brukt, selv om det likner på noe.
    """
    here, there = (wording(codes(kodeverk, d)) for d in ("funksjon", "art"))
    found = {}
    for text in texts:
        said = weigh_words(text.split(), here, there)
        if any(s.here >= _BEARS and s.here - s.there >= _MORE for s in said):
            found[text] = " ".join(about(said, 0.0))
    return found


def hear_texts(texts: Sequence[str], dimensjon: Spordimensjon, kodeverk: Kodeverk) -> list[Hort]:
    """Kodene hver tekst taler for.

    Args:
        texts: Ulike kjerner (``revisjon.tekst``), ikke tomme.
        dimensjon: Art eller funksjon.
        kodeverk: Kodene i året.

    Returns:
        Radene i rammen ``as_frame`` lager, de mest sannsynlige kodene først for hver tekst.
    """
    listed, fitted = codes(kodeverk, dimensjon), weights(dimensjon)
    witness = wording(listed)
    # Ett vitne om gangen for alle tekstene: det vitnet slår opp i, blir da liggende nær prosessoren.
    matches = [witness.compare(read(text)) for text in texts]
    hearings = [hear(Sak(text, dimensjon), own, None, listed, fitted) for text, own in zip(texts, matches, strict=True)]
    found: list[Hort] = []
    for text, hearing in zip(texts, hearings, strict=True):
        ruled = _ruled(hearing.ruling, dimensjon)
        for score in weigh(hearing.evidence, listed, fitted)[:_KEPT]:
            if score.sannsynlighet < _LEAST:
                break
            spoken = [e for e in hearing.evidence if e.kode == score.kode]
            said = max(spoken, key=lambda e: (bool(e.regel) and score.kode == ruled, e.weight), default=None)
            told = (said.regel if score.kode == ruled else "", said.message, said.kilde) if said else ("", "", "")
            found.append((text, score.kode, score.sannsynlighet, *told))
    return found


@contextmanager
def without_collector() -> Iterator[None]:
    """Ingenting i høringen peker i ring, og å lete etter ringer koster en sjettedel av tiden."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def as_frame(found: Sequence[Hort]) -> pl.DataFrame:
    """Ramme med ``kjerne``, ``kode``, ``p`` (sannsynligheten etter teksten alene), ``regel``, ``hvorfor`` og ``kilde``.

    ``regel`` er id-en når en regel gir akkurat den koden, ellers tom; ``hvorfor`` og ``kilde`` er regelens, ellers det tyngste beviset for koden.
    """
    return pl.DataFrame(found, schema=_SCHEMA, orient="row")


def _ruled(ruling: Ruling | None, dimensjon: Spordimensjon) -> str | None:
    """Den ene koden reglene gir; ``None`` når de ikke gir én, som når noe må avklares først."""
    return ruling.hits[0].outcome.code(dimensjon) if ruling and ruling.agreed else None
