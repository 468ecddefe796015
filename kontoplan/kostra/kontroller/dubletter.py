"""Kontroll 015: samme konto på flere linjer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.kostra.alvor import WARNING, Alvorsregel
from kontoplan.kostra.format import BLANKE
from kontoplan.kostra.funn import Funngruppe
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.samling import samle
from kontoplan.kostra.tegn import synlig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.kostra.grunnlag import Grunnlag

_KONTO = ("kontoklasse", "funksjon", "arten")


@dataclass(frozen=True, slots=True)
class Dublettkontroll:
    """Gir ett funn for hver konto som står på mer enn én linje."""

    nummer: str
    emne: str
    alvor: Alvorsregel
    side: Side

    def aktuell(self, _grunnlag: Grunnlag) -> pl.Expr:
        """Om noen konto kan stå flere ganger."""
        return pl.len() > 0

    def finn(self, kontoer: pl.DataFrame, grunnlag: Grunnlag) -> Iterator[Funngruppe]:
        """Ett funn per konto, i den rekkefølgen kontoene først står i filen."""
        frame = kontoer.select("kontoklasse", "funksjon", "linje", "belop", arten=pl.col("art").str.strip_chars(BLANKE))
        several = frame.filter(pl.col("linje").list.len().sum().over(_KONTO) > 1)
        if several.is_empty():
            return
        konto, slag = ("kapittel", "sektor") if grunnlag.oppgave.balanse else ("funksjon", "art")
        alvor = several.select(self.alvor.uttrykk(grunnlag.oppgave)).item()
        for samling in samle(several.explode("linje", "belop"), _KONTO):
            klasse, funksjon, art = (synlig(samling.verdi[navn]) for navn in _KONTO)
            yield Funngruppe(
                kontroll=self.nummer,
                emne=self.emne,
                alvor=alvor,
                melding=(
                    f"Kontoklasse «{klasse}», {konto} «{funksjon}» og {slag} «{art}» står på {len(samling.linjer)} linjer, "
                    f"til sammen {sum(samling.belop)}."
                ),
                rettelse=self.side.rett,
                linjer=samling.linjer,
                belop=samling.belop,
                samlet=True,
            )


DUBLETTER: Final = Dublettkontroll(
    nummer="015",
    emne="Dubletter",
    alvor=WARNING,
    side=Side(
        hva="Hver kombinasjon av kontoklasse, funksjon og art (kapittel og sektor) står på én linje.",
        hvorfor="To linjer på samme konto kan bety at noe er tatt med to ganger.",
        formel="to eller flere poster har samme kontoklasse, funksjon og art når blanke rundt er tatt bort; ett funn per konto",
        gjelder="alle skjema",
        rett="Sendes filen som den er, legger SSB beløpene sammen. Er linjene riktige, kan du slå dem sammen til én; er det samme beløpet tatt med to ganger, må den ene bort før innsending.",
    ),
)
KONTROLLER = (DUBLETTER,)
