"""En liten kobling med alle statuser, og kodeverket den er laget for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kontoplan.kobling import Kobling, Kontorad
from kontoplan.kodeverk import Kodeverk
from kontoplan.lesing import Kolonne, Konto, Lesing, Tabell, Utelatt
from kontoplan.sak import Andel, Begrunnelse, Flagg, Forslag, Kontekst, Vurdering

KODEVERK = Kodeverk.for_aar(2026, "kommune")


def rad(nummer: int = 1, *, konto: dict[str, object] | None = None, **svar: object) -> Kontorad:
    """En konto med fornuftige verdier der testen ikke sier noe annet."""
    grunn = Konto("plan.xlsx", "Art", nummer, 0, "art", "00300", "Ekstrahjelp", None, Kontekst(overskrift="Lønn"))
    forslag = (Forslag("030", "Lønn til ekstrahjelp", 0.97), Forslag("020", "Lønn til vikarer", 0.02))
    begrunnelse = (Begrunnelse("nummer", "Nummeret er 0 + 030 + 0", "Veilederen 2026"),)
    vurdering = Vurdering("030", "sikker", 0.97, forslag, begrunnelse)
    return Kontorad(replace(grunn, **(konto or {})), replace(vurdering, **svar))


def kobling(*rader: Kontorad) -> Kobling:
    """Rader som en hel kobling, med en tabell, noe utelatt og en merknad."""
    tabell = Tabell("plan.xlsx", "Art", 2, 40, (Kolonne("kode", "A", "Konto"),), ("art",))
    utelatt = (Utelatt("plan.xlsx", "Art", "Sumrader", (5, 6, 7, 12)),)
    return Kobling(
        2026, "kommune", rader, Lesing(tuple(r.konto for r in rader), (tabell,), utelatt, ("Kolonne C er skjult",))
    )


def alle_statuser() -> Kobling:
    """Én konto per status, en med flagg og en i balansen."""
    ingen = {"kode": None, "sannsynlighet": 0.0, "forslag": ()}
    return kobling(
        rad(2),
        rad(3, status="usikker", sannsynlighet=0.7, konto={"belop": Decimal(1000)}),
        rad(4, status="tvetydig", sannsynlighet=0.5, konto={"belop": Decimal(-90000)}),
        rad(5, status="fordeles", **ingen, fordeling=(Andel("202", None, "timer"), Andel("215", 0.25, ""))),
        rad(6, status="internt", **ingen),
        rad(
            7,
            status="utgatt",
            kode="271",
            forslag=(Forslag("271", "Innleie", 0.6), Forslag("272", "Andre", 0.4)),
            flagg=(Flagg("utgatt", "Art 270 gikk ut etter 2025. Bruk 271 eller 272."),),
        ),
        rad(8, status="ukjent", **ingen),
        rad(9, status="avgjort", sannsynlighet=1.0),
        rad(10, flagg=(Flagg("nummer-mot-navn", "Nummeret peker på 120"),)),
        rad(11, kode="10", sektor="320", konto={"dimensjon": "balanse", "lokal_kode": "21032001"}),
    )
