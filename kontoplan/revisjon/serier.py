"""Hva teksten taler for av artsserier: lønn, varer og tjenester, kjøp, overføringer, finans eller inntekt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.revisjon.dommer import Dommer

LONN, VARER, KJOP, OVERFORING, FINANS, INNTEKT = "lønn", "varer", "kjøp", "overføring", "finans", "inntekt"
NAVN: Final[Mapping[str, str]] = {
    LONN: "lønn og sosiale utgifter (serie 0)",
    VARER: "varer og tjenester i egen produksjon (serie 1 og 2)",
    KJOP: "kjøp som erstatter egen produksjon (serie 3)",
    OVERFORING: "overføringer uten motytelse (serie 4)",
    FINANS: "finans (serie 5 og 9)",
    INNTEKT: "inntekt (serie 6–8)",
}
"""Seriene slik de omtales (KOSTRA-forskriften vedlegg 1; ``rules/kodeverk/grupper.csv``)."""
_BY_DIGIT: Final = dict(zip("0123456789", (LONN, VARER, VARER, KJOP, OVERFORING, FINANS, *[INNTEKT] * 3, FINANS), strict=True))  # fmt: skip


def series(art: pl.Expr) -> pl.Expr:
    """Artsserien en art hører til; tom når det ikke er noen art."""
    return art.str.head(1).replace_strict(_BY_DIGIT, default="", return_dtype=pl.String)


def leaning(judged: Dommer) -> pl.DataFrame:
    """Det hver tekst taler for.

    Returns:
        En rad per kjerne og serie: ``kjerne``, ``taler`` (serien), ``p_serie`` (sannsynligheten etter teksten), og for den arten i serien
        teksten taler mest for: ``beste``, ``p_beste``, ``regel``, ``hvorfor`` og ``grunnkilde``.
    """
    found = judged.tekster.get("art")
    if found is None:
        return pl.DataFrame(schema=dict.fromkeys(("kjerne", "taler", "beste", "regel", "hvorfor", "grunnkilde"), pl.String) | dict.fromkeys(("p_serie", "p_beste"), pl.Float64))  # fmt: skip
    sorted_ = found.sort("kjerne", "p", "kode", descending=[False, True, False])
    return sorted_.group_by("kjerne", series(pl.col("kode")).alias("taler"), maintain_order=True).agg(
        pl.col("p").sum().alias("p_serie"),
        pl.col("kode").first().alias("beste"),
        pl.col("p").first().alias("p_beste"),
        pl.col("regel").first(),
        pl.col("hvorfor").first(),
        pl.col("kilde").first().alias("grunnkilde"),
    )
