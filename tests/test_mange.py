from __future__ import annotations

from kontoplan.kodeverk import Kodeverk
from kontoplan.sak import Kontekst, Sak
from kontoplan.usecases import mange
from kontoplan.usecases.mange import judge_many

KODEVERK = Kodeverk.for_aar(2026)
SAKER = [
    Sak("Matvarer", "art"),
    Sak("Nes skole", "ansvar"),
    Sak("Matvarer", "art"),
    Sak("Matvarer", "art", kontekst=Kontekst(overskrift="Salg")),
]


def test_hver_forskjellig_sak_vurderes_en_gang_og_far_sin_dimensjon() -> None:
    found = judge_many(SAKER, KODEVERK)
    assert list(found) == list(dict.fromkeys(SAKER))
    assert found[SAKER[0]].kode == "115"
    assert found[SAKER[1]].kode == "202"


def test_flere_prosesser_gir_det_samme_som_en(monkeypatch) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    alone = judge_many(SAKER, KODEVERK, workers=1)
    monkeypatch.setattr(mange, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(mange, "_PART", 2)
    assert judge_many(SAKER, KODEVERK, workers=2) == alone
