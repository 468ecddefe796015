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
        account_key(konto), "", konto.dimensjon, konto.lokal_kode, konto.lokal_navn, Svar("kode", kode), 2026,
        "kommune", "", "Kari", NAAR + timedelta(days=dager), "", "plan.koblet.xlsx", "Kobling", 2,
    )  # fmt: skip
    return replace(grunn, **andre)  # type: ignore[arg-type]
