from __future__ import annotations

from tabeller import listed

ART, FUNKSJON = listed("art"), listed("funksjon")


def test_gyldige_interne_og_utgatte_koder_er_hver_for_seg() -> None:
    for codes in (ART, FUNKSJON):
        assert codes.valid | codes.internal | codes.dead <= codes.known
        assert not codes.valid & codes.internal
        assert not codes.valid & codes.dead
        assert not codes.internal & codes.dead
        assert codes.size == len(codes.valid)
    assert {"290", "690", "790"} <= ART.internal
    assert "190" in FUNKSJON.internal


def test_arvingene_til_en_kode() -> None:
    assert FUNKSJON.heirs("202") == ("202",)
    assert FUNKSJON.heirs("254") == ("257", "258")
    assert FUNKSJON.heirs("190") == ("190",)
    assert listed("funksjon", 2023).heirs("254") == ("254",)
    assert all(FUNKSJON.heirs(kode) == (kode,) for kode in FUNKSJON.dead)


def test_setningen_om_gyldighet() -> None:
    assert FUNKSJON.validity("202") == "Funksjon 202 gjelder i 2026 (kommune)."
    assert "gikk ut etter" in ART.validity(min(ART.dead))
    assert FUNKSJON.validity("190")
