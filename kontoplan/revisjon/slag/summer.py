"""Summer som skal gå i null: serviceenheter, interne arter og merverdiavgift mot kompensasjon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from kontoplan.revisjon.samling import gathered
from kontoplan.revisjon.slag.parametre import MVA_ANDEL, MVA_BELOP
from kontoplan.revisjon.treff import hits, kroner, none
from kontoplan.revisjon.vekter import chance

if TYPE_CHECKING:
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag

_LEAST: Final = 50_000
"""Øre: under 500 kroner blir null i rapporten, som er i hele tusen."""
_VAT, _COMPENSATION = "429", "729"
_CONCERNS: Final = "841"
_SHOWN = 3
_LIABLE: Final = ("340", "345", "350", "353", "354", "355")
_VAT_SOURCE: Final = "DIB 2016 og Arena 2013 (artene); at de møtes per funksjon, er allmenn kunnskap"


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
    """Ett treff per kontoklasse der året eller en måned ikke er null, på raden med det største beløpet."""
    complete = ground.rader["maaned"].max() in {None, 12}
    rows = ground.rader.filter(which)
    parts = [
        _class_sum(group, name, why, complete=complete) for _, group in rows.group_by("klasse", maintain_order=True)
    ]
    return pl.concat([none(), *parts])


def _class_sum(rows: pl.DataFrame, name: str, why: tuple[str, str], *, complete: bool) -> pl.DataFrame:
    """Året som helhet; går det i null, månedene som ikke gjør det."""
    ore, klasse = int(rows["belop_ore"].sum()), rows["klasse"][0]
    dated = rows.filter(pl.col("maaned").is_not_null())
    months = dated.group_by("maaned").agg(pl.col("belop_ore").sum().alias("sum")).filter(pl.col("sum").abs() >= _LEAST)
    if abs(ore) >= _LEAST:
        until = "" if complete else " Hovedboken går ikke til desember, så det kan være fordelt senere."
        message = f"{name} i {klasse} står med {kroner(ore)} kroner og skal gå i null.{_listed(months)}{until} {why[0]}"
        p = chance("R-INTERN/aar" if complete else "R-INTERN/underveis")
    elif len(months):
        message = f"{name} i {klasse} går i null for året, men ikke i hver måned.{_listed(months)} Fordeles det bare ved årets slutt, er det i orden."
        ore, p = max(map(abs, months["sum"].to_list())), chance("R-INTERN/periode")
    else:
        return none()
    return hits(_largest(rows), p=p, melding=message.strip(), kilde=why[1], ore=float(ore))


def _largest(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.sort(pl.col("belop_ore").abs(), "nr", descending=[True, False]).head(1)


def _listed(months: pl.DataFrame) -> str:
    """Månedene som bidrar mest til at summen ikke er null."""
    if not len(months):
        return ""
    largest = months.sort(pl.col("sum").abs(), "maaned", descending=[True, False])
    shown = ", ".join(f"måned {month} ({kroner(ore)})" for month, ore in largest.head(_SHOWN).iter_rows())
    return f" {len(largest)} av månedene går ikke opp, mest {shown}."


def compensation(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Kompensasjonsberettiget merverdiavgift (429) og kompensasjonen (729) som ikke møtes."""
    vat = ground.rader.filter(pl.col("art").is_in([_VAT, _COMPENSATION]))
    invested = vat.filter(pl.col("klasse") == "investering")
    drift = vat.filter((pl.col("klasse") == "drift") & (pl.col("funksjon") != ""))
    parts = []
    for (funksjon,), group in drift.group_by("funksjon", maintain_order=True):
        only_income = not len(group.filter(pl.col("art") == _VAT))
        if only_income and not _unmet(ground, pl.concat([invested, group])) and len(invested):
            text = f"Kompensasjonen for investering ({kroner(int(group['belop_ore'].sum()))} kroner) står på funksjon {funksjon} i drift; den hører til art 729 på funksjon {_CONCERNS} i investering."
            source = "SSB kontrollprogram for KOSTRA, kontroll 060"
            parts.append(
                hits(
                    _largest(group), p=chance("R-MVA"), melding=text, kilde=source, ore=float(group["belop_ore"].sum())
                )
            )
            invested = invested.clear()
        else:
            parts.append(_out_of_step(ground, group, f"på funksjon {funksjon} i drift"))
    parts.append(_out_of_step(ground, invested, "i investering"))
    return pl.concat([none(), *parts])


def _unmet(ground: Grunnlag, rows: pl.DataFrame) -> int:
    """Det merverdiavgiften og kompensasjonen skiller, i øre; null når det er så lite at det er periodisering."""
    ore = int(rows["belop_ore"].sum() or 0)
    paid = int(rows.filter(pl.col("art") == _VAT)["belop_ore"].sum() or 0)
    return ore if abs(ore) >= max(ground.verdi(MVA_BELOP) * 100, ground.verdi(MVA_ANDEL) * abs(paid)) else 0


def _out_of_step(ground: Grunnlag, rows: pl.DataFrame, where: str) -> pl.DataFrame:
    ore = _unmet(ground, rows)
    if not ore:
        return none()
    paid = int(rows.filter(pl.col("art") == _VAT)["belop_ore"].sum() or 0)
    message = f"Merverdiavgift på 429 ({kroner(paid)}) og kompensasjon på 729 ({kroner(ore - paid)}) {where} skiller seg med {kroner(ore)} kroner."
    return hits(_largest(rows), p=chance("R-MVA"), melding=message, ore=float(ore), kilde=_VAT_SOURCE)


def taxable(ground: Grunnlag, _judged: Dommer) -> pl.DataFrame:
    """Merverdiavgift med kompensasjon på tjenester som selges med avgift; der er den fradrag, og ikke en utgift."""
    rows = ground.rader.filter(
        pl.col("art").is_in([_VAT, _COMPENSATION]) & pl.col("funksjon").is_in(_LIABLE)
    ).with_columns(
        pl.format(
            "Art {} er ført på funksjon {}, som selges med merverdiavgift; da er avgiften fradrag i avgiftsregnskapet, og det er ingen kompensasjon.",
            "art",
            "funksjon",
        ).alias("melding")
    )
    one = gathered(rows, ["klasse", "funksjon", "art"], 2)
    return hits(
        one,
        p=chance("R-MVA-PLIKTIG"),
        melding=pl.col("melding"),
        ore=pl.col("ore"),
        kilde="Allmenn kunnskap om merverdiavgift i kommuner",
    )
