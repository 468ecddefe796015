"""Skriver et filuttrekk: poster til byte i det faste formatet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.errors import UserError
from kontoplan.kostra.format import BELOP, FELTER
from kontoplan.kostra.oppgave import BLANKT_ORGNR, MED_ORGNR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.kostra.oppgave import Oppgave

_KOLONNER = {"kontoklasse": pl.String, "funksjon": pl.String, "art": pl.String, "belop": pl.Int64}
_FELT = {"kontoklasse": "kontoklasse", "funksjon": "funksjonsfelt", "art": "art"}
_BREDDE = {felt.navn: felt.lengde for felt in FELTER}


@dataclass(frozen=True, slots=True)
class Post:
    """En post før den blir en linje.

    Attributes:
        kontoklasse: Tallet skjemaet bruker.
        funksjon: Funksjon, i balansen kapittel.
        art: Art, i balansen sektor.
        belop: Hele tusen kroner; inntekter, gjeld og egenkapital er negative.
        opphav: Hvor posten kommer fra; vises ved funn, men skrives ikke.
    """

    kontoklasse: str
    funksjon: str
    art: str
    belop: int
    opphav: object = None


def tabell(poster: Iterable[Post]) -> pl.DataFrame:
    """Postene som tabell, til :func:`skriv`."""
    rows = [(p.kontoklasse, p.funksjon, p.art, p.belop) for p in poster]
    return pl.DataFrame(rows, schema=_KOLONNER, orient="row")


def skriv(poster: pl.DataFrame, oppgave: Oppgave) -> bytes:
    """Filuttrekket for en oppgave, én linje per rad.

    Args:
        poster: Kolonnene ``kontoklasse``, ``funksjon`` (kapittel), ``art`` (sektor) og ``belop`` (tusen kroner).
        oppgave: Det som skal stå først i hver post; organisasjonsnummeret er med på skjemaene som bruker det.

    Raises:
        UserError: en kode eller et beløp er for langt for feltet sitt.
    """
    orgnr = oppgave.orgnr[0] if oppgave.orgnr and oppgave.skjema in MED_ORGNR else BLANKT_ORGNR
    head = f"{oppgave.skjema}{oppgave.aar}{oppgave.kvartal}{oppgave.region}{orgnr}{BLANKT_ORGNR}"
    cells = [pl.col(navn).str.pad_end(_BREDDE[felt]) for navn, felt in _FELT.items()]
    amount = pl.col("belop").cast(pl.String).str.pad_start(BELOP.lengde)
    _check(poster)
    lines = poster.select(post=pl.concat_str(pl.lit(head), *cells, amount))["post"]
    return "".join(f"{line}\n" for line in lines).encode()


def _check(poster: pl.DataFrame) -> None:
    for navn, felt in {**_FELT, "belop": "belop"}.items():
        text = poster[navn].cast(pl.String)
        wrong = text.is_null() | (text.str.len_chars() > _BREDDE[felt]) | text.str.contains(r"[^ -~]")
        if at := wrong.arg_true().to_list():
            raise UserError(
                f"Post {at[0] + 1} har {'beløp' if felt == 'belop' else navn} «{text[at[0]]}», som ikke får plass i et felt på {_BREDDE[felt]} tegn; "
                "rett den og prøv igjen.",
                code="post-for-lang",
            )
