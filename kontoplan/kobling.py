"""Resultatet av å koble en kontoplan: hver konto med sin vurdering."""

from __future__ import annotations

from dataclasses import dataclass

from kontoplan.endring import Endringer  # noqa: TC001 - brukes av dataklassen ved kjøring
from kontoplan.lesing import Konto, Lesing  # noqa: TC001 - brukes av dataklassene ved kjøring
from kontoplan.sak import Regnskap, Vurdering, shown
from kontoplan.status import STATUSER


@dataclass(frozen=True, slots=True)
class Kontorad:
    """En konto og dommerens vurdering av den."""

    konto: Konto
    vurdering: Vurdering

    @property
    def venter(self) -> bool:
        """Om kontoen venter på et menneske: statusen krever det, eller den har flagg; ikke når alle andelene er bestemt."""
        shares = self.vurdering.fordeling
        divided = self.vurdering.status == "fordeles" and shares and all(share.andel is not None for share in shares)
        return (STATUSER[self.vurdering.status].avgjores and not divided) or bool(self.vurdering.flagg)

    def as_dict(self) -> dict[str, object]:
        """Raden slik ``kontoplan koble --format jsonl`` skriver den."""
        konto, svar = self.konto, self.vurdering
        return {
            "fil": konto.fil,
            "ark": konto.ark,
            "rad": konto.rad,
            "dimensjon": konto.dimensjon,
            "lokal_kode": konto.lokal_kode,
            "lokal_navn": konto.lokal_navn,
            "kontekst": konto.kontekst.as_dict(),
            "kode": svar.kode,
            "sektor": svar.sektor,
            "kontoklasse": svar.kontoklasse,
            "status": svar.status,
            "sannsynlighet": shown(svar.sannsynlighet),
            "forslag": [f.as_dict() for f in svar.forslag],
            "fordeling": [a.as_dict() for a in svar.fordeling],
            "flagg": [f.as_dict() for f in svar.flagg],
            "begrunnelse": [b.as_dict() for b in svar.begrunnelse],
        }


@dataclass(frozen=True, slots=True)
class Kobling:
    """En hel kontoplan koblet til KOSTRA for et år og et slags regnskap.

    ``kommune`` er tom når den ikke er oppgitt, og ``endringer`` er ``None`` når ingen tidligere kobling er oppgitt.
    """

    aar: int
    regnskap: Regnskap
    rader: tuple[Kontorad, ...]
    lesing: Lesing
    kommune: str = ""
    endringer: Endringer | None = None

    def as_dict(self) -> list[dict[str, object]]:
        """Ett objekt per rad, i lest rekkefølge."""
        return [rad.as_dict() for rad in self.rader]
