"""Summer og rammer av hovedboken i én gjennomlesing, med regnskap over det som ikke ble lest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.errors import UserError
from kontoplan.ledger import hovedbok
from kontoplan.ledger.hovedbok import Lest, Ulest
from kontoplan.ledger.limits import MAX_ROWS, MAX_SHOWN_ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.ledger.hovedbok import Hovedbok

_MAX_ABS_ORE = 9e18
REPEATED = (
    "klasse",
    "konto",
    "funksjon",
    "ansvar",
    "prosjekt",
    "leverandor",
    "orgnr",
    "mva_kode",
    "ark",
    *hovedbok.NAVN,
)
"""Kolonner med få ulike verdier; de holdes som Categorical for å spare minne."""


def summer(
    bok: Hovedbok, nokler: Sequence[str], *, bare: pl.Expr | None = None, med_rader: bool = False
) -> tuple[pl.DataFrame, Lest]:
    """Sum og antall per kombinasjon av nøklene.

    Args:
        bok: En åpen hovedbok.
        nokler: Kolonnene det summeres på, blant ``hovedbok.FELT``.
        bare: Bare radene der uttrykket er sant; ``Lest`` gjelder alle radene uansett.
        med_rader: Ta også med hvilke rader det er, ark for ark: listene ``ark`` og ``rader`` (stigende radnumre per ark).

    Returns:
        Ramme med nøklene, ``belop_ore`` (Int64), ``antall`` og ``forste_rad``, sortert på nøklene; og hva lesingen ga.

    Raises:
        UserError: filen har for mange rader, summene er for store til å være ekte, eller ingen rader er lest.
    """
    read = bok.rader.filter(pl.col("feil").is_null())
    chosen = read if bare is None else read.filter(bare)
    sums = chosen.group_by([*nokler, *(["ark"] if med_rader else [])]).agg(
        pl.col("belop_ore").sum(),
        pl.len().alias("antall"),
        pl.col("rad").min().alias("forste_rad"),
        *([pl.col("rad").sort().alias("rader")] if med_rader else []),
    )
    frame, counted = _run(bok, sums)
    if med_rader:
        order = {ark: at for at, ark in enumerate(bok.kilde.ark)}
        by_sheet = frame.sort(pl.col("ark").replace_strict(order, default=0, return_dtype=pl.Int64), "forste_rad")
        totals = pl.col("belop_ore", "antall").sum(), pl.col("forste_rad").min(), pl.col("ark", "rader")
        frame = by_sheet.group_by(nokler, maintain_order=True).agg(*totals)
    return frame.sort(nokler, nulls_last=True), counted


def samle(bok: Hovedbok, kolonner: Sequence[str] | None = None) -> tuple[pl.DataFrame, Lest]:
    """Alle leste rader i minnet, i filens rekkefølge.

    Args:
        bok: En åpen hovedbok.
        kolonner: Kolonnene som trengs; ``None`` er alle i ``hovedbok.FELT``. ``rad`` og ``belop_ore`` er alltid med.

    Returns:
        Rammen, der kolonnene i ``REPEATED`` er Categorical, og hva lesingen ga.

    Raises:
        UserError: filen har for mange rader, summene er for store til å være ekte, eller ingen rader er lest.
    """
    wanted = ["rad", *(kolonner if kolonner is not None else ("ark", *hovedbok.FELT)), "belop_ore"]
    read = bok.rader.filter(pl.col("feil").is_null()).select(
        pl.col(name).cast(pl.Categorical) if name in REPEATED else pl.col(name) for name in dict.fromkeys(wanted)
    )
    return _run(bok, read)


def collect(bok: Hovedbok, wanted: Sequence[pl.LazyFrame]) -> list[pl.DataFrame]:
    """Rammene, lest i én gjennomgang av filen.

    Raises:
        UserError: filen kan ikke leses til endes.
    """
    try:
        return pl.collect_all(wanted, engine="streaming")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UserError(
            f"{bok.kilde.fil} kunne ikke leses til endes; eksporter hovedboken på nytt, gjerne som .xlsx eller som CSV i UTF-8.",
            code="hovedbok-uleselig",
        ) from error


def _run(bok: Hovedbok, wanted: pl.LazyFrame) -> tuple[pl.DataFrame, Lest]:
    ore = pl.col("belop_ore")
    counts = bok.rader.group_by("feil").agg(
        pl.len().alias("antall"),
        ore.sum().alias("sum"),
        ore.cast(pl.Float64).abs().sum().alias("abs"),
        pl.col("rad").bottom_k(MAX_SHOWN_ROWS).sort().alias("rader"),
        pl.col("avrundet").sum().alias("avrundet"),
        pl.col("dato").min().alias("forste"),
        pl.col("dato").max().alias("siste"),
        (pl.col("dato_tekst") & pl.col("dato").is_null()).sum().alias("uten_dato"),
    )
    frame, by_problem = collect(bok, [wanted, counts])
    counted = _counted(by_problem)
    _check(bok.kilde.fil, by_problem, counted)
    return frame, counted


def _counted(by_problem: pl.DataFrame) -> Lest:
    rows = {row["feil"]: row for row in by_problem.iter_rows(named=True)}
    read = rows.pop(None, None)
    empty = rows.pop(hovedbok.TOM, None)
    unread = tuple(
        Ulest(grunn, rows[grunn]["antall"], tuple(rows[grunn]["rader"]), rows[grunn]["sum"] or 0)
        for grunn in hovedbok.GRUNNER
        if grunn in rows
    )
    return Lest(
        rader=read["antall"] if read else 0,
        sum_ore=read["sum"] if read else 0,
        tomme=empty["antall"] if empty else 0,
        uleste=unread,
        avrundet=read["avrundet"] if read else 0,
        uten_dato=read["uten_dato"] if read else 0,
        forste_dato=read["forste"] if read else None,
        siste_dato=read["siste"] if read else None,
    )


def _check(fil: str, by_problem: pl.DataFrame, counted: Lest) -> None:
    if by_problem["antall"].sum() > MAX_ROWS:
        raise UserError(
            f"{fil} har flere enn {MAX_ROWS // 1_000_000} millioner rader; del filen opp etter periode og kjør hver del for seg.",
            code="hovedbok-for-stor",
        )
    if (by_problem["abs"].sum() or 0) > _MAX_ABS_ORE:
        raise UserError(
            f"Beløpene i {fil} er for store til å være et regnskap; kontroller at rett kolonne er valgt med --kolonner.",
            code="hovedbok-for-store-belop",
        )
    if not counted.rader:
        why = ", ".join(f"{u.grunn}: {u.antall}" for u in counted.uleste) or "filen har ingen rader under overskriften"
        raise UserError(
            f"Ingen rader i {fil} kunne leses som posteringer ({why}); kontroller overskriftene, eller oppgi kolonnene med --kolonner.",
            code="hovedbok-uten-rader",
        )
