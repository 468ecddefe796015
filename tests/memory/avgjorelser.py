"""Avgjørelser til testene."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kontoplan.avgjorelse import Avgjorelse, Svar
from kontoplan.lesing import Konto
from kontoplan.nokkel import account_key

NAAR = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
MAT = Konto("plan.xlsx", "Art", 2, 0, "art", "11150", "Matvarer")


def avgjort(konto: Konto = MAT, kode: str = "115", *, dager: int = 0, **andre: object) -> Avgjorelse:
    """Kontoen avgjort til koden, av Kari for 2026, med mindre testen sier noe annet."""
    grunn = Avgjorelse(
        konto=account_key(konto), sammenheng="", dimensjon=konto.dimensjon, lokal_kode=konto.lokal_kode,
        lokal_navn=konto.lokal_navn, svar=Svar("kode", kode), aar=2026, regnskap="kommune", kommune="", hvem="Kari",
        naar=NAAR + timedelta(days=dager), kommentar="", fil="plan.koblet.xlsx", ark="Kobling", rad=2,
    )  # fmt: skip
    return replace(grunn, **andre)  # type: ignore[arg-type]
