"""Kontroller laget av kombinasjonsreglene.

Hvilke koder det gjelder, står i ``rules/kodeverk/kombinasjoner.csv``, som også :meth:`Kodeverk.kombinasjon` bruker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.kostra.begreper import ART, BEVILGNING, DRIFT, FUNKSJON, INVESTERING
from kontoplan.kostra.postkontroll import Postkontroll

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kodeverk.regel import Regel
    from kontoplan.kostra.alvor import Alvorsregel
    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.kostra.kontroll import Aarsak, Side

_KLASSE = {"drift": DRIFT, "investering": INVESTERING, "begge": BEVILGNING}
_FUNKSJONSFELT = pl.col("funksjonsfelt")
_BREDDE = 4


def _brudd(regel: Regel, unntatt: frozenset[str], funksjon: pl.Expr, pad: int) -> pl.Expr:
    """Regelen som uttrykk; ``funksjon`` er feltet funksjonen leses av, og ``pad`` bredden kodene fylles ut til."""

    def member(dimensjon: str, koder: frozenset[str]) -> pl.Expr:
        if dimensjon == "art":
            return ART.is_in(sorted(koder))
        return funksjon.is_in(sorted(kode.ljust(pad) for kode in koder))

    own = member(regel.dimensjon, regel.koder - unntatt)
    other = member("art" if regel.dimensjon == "funksjon" else "funksjon", regel.krav_koder)
    if regel.krav == "forbudt":
        return own
    return own != other if regel.krav == "gjensidig" else own & ~other


def _regel(
    nummer: str, *, skjema: frozenset[str] = frozenset(), eksakt: bool = False
) -> Callable[[Grunnlag], pl.Expr | None]:
    """Utslag når en av reglene for kontrollen brytes.

    Args:
        nummer: Kontrollen i ``kombinasjoner.csv``.
        skjema: Skjemaene posten må ha; tom betyr alle bevilgningsskjema.
        eksakt: Om alle fire tegn i funksjonsfeltet må stemme.
    """
    funksjon, pad = (_FUNKSJONSFELT, _BREDDE) if eksakt else (FUNKSJON, 0)

    def vilkar(grunnlag: Grunnlag) -> pl.Expr | None:
        regler = grunnlag.regler(nummer)
        if not regler:
            return None
        unntatt = grunnlag.unntatt(nummer)
        brudd = pl.any_horizontal(_KLASSE[r.klasse] & _brudd(r, unntatt, funksjon, pad) for r in regler)
        return brudd & pl.col("skjema").is_in(sorted(skjema)) if skjema else brudd

    return vilkar


def regelkontroll(  # noqa: PLR0913 - det som skiller kontrollene
    nummer: str,
    emne: str,
    alvor: Alvorsregel,
    side: Side,
    *,
    aarsak: tuple[str, ...] = ("funksjon", "art"),
    rett: Callable[[Aarsak, Grunnlag], str] | None = None,
    skjema: frozenset[str] = frozenset(),
    eksakt: bool = False,
) -> Postkontroll:
    """En kontroll som følger reglene i ``kombinasjoner.csv``.

    Args:
        nummer: Kontrollens nummer, og reglenes.
        emne: Hva kontrollen gjelder.
        alvor: Hvor alvorlig et funn er.
        side: Forklaringen.
        aarsak: Feltene meldingen nevner.
        rett: Rettelsen, når den avhenger av posten eller skjemaet.
        skjema: Skjemaene posten må ha; tom betyr alle bevilgningsskjema.
        eksakt: Om alle fire tegn i funksjonsfeltet må stemme.
    """

    def melding(found: Aarsak, grunnlag: Grunnlag) -> str:
        funksjon, art = (found.get(navn) for navn in ("funksjon", "art"))
        text = grunnlag.regler(nummer)[0].text(funksjon, art)
        return text.partition(". ")[0].removesuffix(".") + "."  # hva en gjør, står i rettelsen

    return Postkontroll(
        nummer=nummer,
        emne=emne,
        alvor=alvor,
        vilkar=_regel(nummer, skjema=skjema, eksakt=eksakt),
        aarsak=aarsak,
        melding=melding,
        rettelse=rett or side.rett,
        belop="ikke-null",
        side=side,
    )
