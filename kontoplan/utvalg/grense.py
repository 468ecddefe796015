"""Den øvre feilgrensen av det som er funnet i et utvalg (Stringer)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kontoplan.utvalg.faktor import confidence_factor

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Grense:
    """Feilen i den delen av populasjonen som ikke er tatt fullt ut, i øre.

    Attributes:
        anslag: Det beste anslaget: summen av det hver feil står for.
        grunn: Grunnpresisjonen: det en må regne med selv om ingenting er funnet.
        tillegg: Det som kommer til fordi feilene som er funnet, også kan være flere.
    """

    anslag: float
    grunn: float
    tillegg: float

    @property
    def ovre(self) -> float:
        """Den øvre grensen."""
        return self.anslag + self.grunn + self.tillegg


def upper_limit(bidrag: Sequence[float], storst: float, konfidens: float) -> Grense:
    """Stringers grense: hver feil ganget opp med økningen i konfidensfaktoren, de største feilene først.

    ``storst · [F(0) + Σ (F(j) − F(j − 1)) · t(j)]``, der ``t`` er bidragene delt på ``storst``, ordnet fra størst til minst. For MUS er ``storst``
    intervallet og ``t`` feilandelene (tainting).

    Args:
        bidrag: Det hver feil står for i populasjonen (over 0), i øre.
        storst: Det en trukket postering høyst kan stå for, i øre. Er et bidrag større, brukes det.
        konfidens: Andel mellom 0 og 1.
    """
    ranked = sorted(bidrag, reverse=True)
    unit = max([storst, *ranked[:1]])
    factors = [confidence_factor(found, konfidens) for found in range(len(ranked) + 1)]
    extra = sum((factors[at] - factors[at - 1] - 1) * one for at, one in enumerate(ranked, 1))
    return Grense(sum(ranked), unit * factors[0], extra)
