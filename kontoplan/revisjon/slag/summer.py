"""Summer som skal gå i null: serviceenheter, interne arter og merverdiavgift mot kompensasjon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.revisjon.slag.parametre import MVA_ANDEL, MVA_BELOP
from kontoplan.revisjon.treff import hits, kroner, none

if TYPE_CHECKING:
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag

_LEAST: Final = 100  # øre; under en krone er avrunding
_CERTAIN, _PARTIAL = 0.97, 0.3
_VAT, _COMPENSATION = "429", "729"
_SHOWN = 3


def internal_functions(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Interne funksjoner (190) som ikke går i null."""
    codes = [
        kode for kode in ground.rader["funksjon"].unique().sort() if kode and ground.kodeverk.intern("funksjon", kode)
    ]
    parts = [
        _sum(ground, pl.col("funksjon") == kode, f"Funksjon {kode}", _reason(ground, "funksjon", kode))
        for kode in codes
    ]
    return pl.concat([none(), *parts])


def internal_arts(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Interne arter (290 og 790, og 690) som til sammen ikke går i null."""
    present = {kode for kode in ground.rader["art"].unique() if kode and ground.kodeverk.intern("art", kode)}
    parts = []
    for codes in (("290", "790"), ("690",)):
        used = [kode for kode in codes if kode in present]
        if used:
            name = f"Art {' og '.join(used)}" + (" til sammen" if len(used) > 1 else "")
            parts.append(_sum(ground, pl.col("art").is_in(used), name, _reason(ground, "art", used[0])))
    return pl.concat([none(), *parts])


def _reason(ground: Grunnlag, dimension: str, kode: str) -> tuple[str, str]:
    local = ground.kodeverk.internt("art" if dimension == "art" else "funksjon", kode)
    return (local.tekst, local.kilde) if local else ("", "")


def _sum(ground: Grunnlag, which: pl.Expr, name: str, why: tuple[str, str]) -> pl.DataFrame:
    """Ett treff per kontoklasse der summen ikke er null, på raden med det største beløpet."""
    complete = ground.rader["maaned"].max() in {None, 12}
    rows = ground.rader.filter(which)
    found = rows.group_by("klasse").agg(
        pl.col("belop_ore").sum().alias("sum"),
        pl.col("nr").sort_by(pl.col("belop_ore").abs(), descending=True, maintain_order=True).first(),
    )
    parts = []
    for klasse, ore, nr in found.filter(pl.col("sum").abs() >= _LEAST).sort("klasse").iter_rows():
        periods = _periods(rows.filter(pl.col("klasse") == klasse))
        until = "" if complete else " Hovedboken går ikke til desember, så det kan være fordelt senere."
        message = f"{name} i {klasse} står med {kroner(ore)} kroner og skal gå i null.{periods}{until} {why[0]}"
        parts.append(
            pl.DataFrame(
                {
                    "nr": [nr],
                    "p": [_CERTAIN if complete else _PARTIAL],
                    "melding": [message.strip()],
                    "kilde": [why[1]],
                    "ore": [ore],
                }
            )
        )
    return pl.concat([none(), *(hits(part, **{c: pl.col(c) for c in part.columns if c != "nr"}) for part in parts)])


def _periods(rows: pl.DataFrame) -> str:
    """Månedene som bidrar mest til at summen ikke er null."""
    months = rows.filter(pl.col("maaned").is_not_null()).group_by("maaned").agg(pl.col("belop_ore").sum().alias("sum"))
    largest = months.filter(pl.col("sum").abs() >= _LEAST).sort(pl.col("sum").abs(), "maaned", descending=[True, False])
    if not len(largest):
        return ""
    shown = ", ".join(f"måned {month} ({kroner(ore)})" for month, ore in largest.head(_SHOWN).iter_rows())
    return f" {len(largest)} av månedene går ikke opp, mest {shown}."


def compensation(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Kompensasjonsberettiget merverdiavgift (429) og kompensasjonen (729) som ikke møtes."""
    vat = ground.rader.filter(pl.col("art").is_in([_VAT, _COMPENSATION]))
    drift = vat.filter((pl.col("klasse") == "drift") & (pl.col("funksjon") != ""))
    parts = [
        _out_of_step(ground, group, f"på funksjon {funksjon} i drift")
        for (funksjon,), group in drift.group_by("funksjon", maintain_order=True)
    ]
    parts.append(_out_of_step(ground, vat.filter(pl.col("klasse") == "investering"), "i investering"))
    return pl.concat([none(), *parts])


def _out_of_step(ground: Grunnlag, rows: pl.DataFrame, where: str) -> pl.DataFrame:
    ore = int(rows["belop_ore"].sum() or 0)
    paid = int(rows.filter(pl.col("art") == _VAT)["belop_ore"].sum() or 0)
    # Under tusen kroner eller én prosent er periodisering, om ikke justeringen sier noe annet.
    if abs(ore) < max(ground.verdi(MVA_BELOP) * 100, ground.verdi(MVA_ANDEL) * abs(paid)):
        return none()
    first = rows.sort(pl.col("belop_ore").abs(), "nr", descending=[True, False]).head(1)
    message = f"Merverdiavgift på 429 ({kroner(paid)}) og kompensasjon på 729 ({kroner(ore - paid)}) {where} skiller seg med {kroner(ore)} kroner."
    return hits(
        first,
        p=0.6,
        melding=message,
        ore=float(ore),
        kilde="DIB 2016 og Arena 2013 (artene); at de møtes per funksjon, er allmenn kunnskap",
    )
