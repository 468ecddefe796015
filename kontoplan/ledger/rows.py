"""Utvalgte rader av hovedboken, hver for seg: de som har bestemte koder, og de som ikke lot seg lese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.ledger.hovedbok import KAN_VAERE_POSTERING, UTEN_KJENT_BELOP
from kontoplan.ledger.personnavn import unnamed
from kontoplan.ledger.skjult import masked
from kontoplan.ledger.totals import REPEATED, collect

if TYPE_CHECKING:
    from kontoplan.ledger.hovedbok import Hovedbok

_SHOWN = ("ark", "rad", "bilag", "dato", "klasse", "konto", "funksjon", "ansvar", "tekst", "belop_ore")


def pick(bok: Hovedbok, koder: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Radene med kodene, og radene som kan være posteringer, men ikke lot seg lese.

    Args:
        bok: En åpen hovedbok.
        koder: En rad per kombinasjon av noen av kolonnene i ``hovedbok.FELT``, og ``grunn``, som følger med til radene.

    Returns:
        To rammer i filens rekkefølge: ``ark``, ``rad``, ``bilag``, ``dato``, ``klasse``, ``konto``, ``funksjon``, ``ansvar``,
        ``tekst`` (uten fødselsnummer og kjente personnavn), ``belop_ore`` og ``grunn``.

    Raises:
        UserError: filen kan ikke leses en gang til.
    """
    names = [name for name in koder.columns if name != "grunn"]
    read = bok.rader.filter(pl.col("feil").is_null()).join(koder.lazy(), on=names, nulls_equal=True)
    unread = bok.rader.filter(pl.col("feil").is_in(sorted(KAN_VAERE_POSTERING))).rename({"feil": "grunn"})
    known = pl.when(~pl.col("grunn").is_in(sorted(UTEN_KJENT_BELOP))).then("belop_ore")  # kolonnen kan være en annen
    unread = unread.with_columns(belop_ore=known)
    shown = [pl.col(n).cast(pl.Categorical) if n in REPEATED else pl.col(n) for n in _SHOWN]
    found, others = collect(bok, [frame.select(*shown, pl.col("grunn")) for frame in (read, unread)])
    return _presented(bok, found), _presented(bok, others)


def _presented(bok: Hovedbok, rows: pl.DataFrame) -> pl.DataFrame:
    order = {ark: at for at, ark in enumerate(bok.kilde.ark)}
    by_sheet = pl.col("ark").cast(pl.String).replace_strict(order, default=0, return_dtype=pl.Int64)
    return rows.sort(by_sheet, "rad").with_columns(unnamed(masked(pl.col("tekst"))))
