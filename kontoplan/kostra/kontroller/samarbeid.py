"""Kontrollene 170–185: interkommunalt og interfylkeskommunalt samarbeid går i null."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kontoplan.kostra.alvor import ERROR
from kontoplan.kostra.begreper import BYDEL, DRIFT, FUNKSJON, FYLKE, INVESTERING, KOMMUNE
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.kontroller.omfang import IKKE_BYDEL
from kontoplan.kostra.sumkontroll import Sumkontroll, innenfor

SAMARBEID_INVESTERING = Sumkontroll(
    nummer="170",
    emne="Interkommunalt samarbeid i investering",
    alvor=ERROR,
    gjelder=KOMMUNE & INVESTERING & ~BYDEL & (FUNKSJON == "290"),
    summer={"samarbeid": pl.lit(value=True)},
    krav=(innenfor(30),),
    melding="Funksjon 290 i investering er {samarbeid}, men skal gå i null. Marginen er ±{margin}.",
    nevn=True,
    side=Side(
        hva="Interkommunalt samarbeid (290) i investering går i null.",
        hvorfor="Vertskommunen samler utgiftene på 290 og fordeler dem på deltakerne og på egne tjenester.",
        formel="summen av funksjon 290 i investering er mellom -30 og 30",
        gjelder=f"årsregnskapene 0A og 0M. {IKKE_BYDEL}",
        rett="Fordel det som står igjen på 290: deltakernes andel som refusjon, og kommunens egen andel til tjenestefunksjonen.",
    ),
)
SAMARBEID_DRIFT = replace(
    SAMARBEID_INVESTERING,
    nummer="175",
    emne="Interkommunalt samarbeid i drift",
    gjelder=KOMMUNE & DRIFT & ~BYDEL & (FUNKSJON == "290"),
    melding=SAMARBEID_INVESTERING.melding.replace("i investering", "i drift"),
    side=replace(
        SAMARBEID_INVESTERING.side,
        hva="Interkommunalt samarbeid (290) i drift går i null.",
        formel="summen av funksjon 290 i drift er mellom -30 og 30",
    ),
)
FYLKESSAMARBEID_INVESTERING = replace(
    SAMARBEID_INVESTERING,
    nummer="180",
    emne="Interfylkeskommunalt samarbeid i investering",
    gjelder=FYLKE & INVESTERING & (FUNKSJON == "465"),
    melding="Funksjon 465 i investering er {samarbeid}, men skal gå i null. Marginen er ±{margin}.",
    side=Side(
        hva="Interfylkeskommunalt samarbeid (465) i investering går i null.",
        hvorfor="Vertsfylkeskommunen samler utgiftene på 465 og fordeler dem på deltakerne og på egne tjenester.",
        formel="summen av funksjon 465 i investering er mellom -30 og 30",
        gjelder="årsregnskapene 0C og 0P",
        rett="Fordel det som står igjen på 465: deltakernes andel som refusjon, og fylkeskommunens egen andel til tjenestefunksjonen.",
    ),
)
FYLKESSAMARBEID_DRIFT = replace(
    FYLKESSAMARBEID_INVESTERING,
    nummer="185",
    emne="Interfylkeskommunalt samarbeid i drift",
    gjelder=FYLKE & DRIFT & (FUNKSJON == "465"),
    melding=FYLKESSAMARBEID_INVESTERING.melding.replace("i investering", "i drift"),
    side=replace(
        FYLKESSAMARBEID_INVESTERING.side,
        hva="Interfylkeskommunalt samarbeid (465) i drift går i null.",
        formel="summen av funksjon 465 i drift er mellom -30 og 30",
    ),
)

KONTROLLER = (
    SAMARBEID_INVESTERING,
    SAMARBEID_DRIFT,
    FYLKESSAMARBEID_INVESTERING,
    FYLKESSAMARBEID_DRIFT,
)
