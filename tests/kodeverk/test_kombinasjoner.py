from __future__ import annotations

import pytest

from kontoplan.kodeverk import Kodeverk


def controls(
    kontoklasse: str, funksjon: str | None, art: str | None, aar: int = 2026, regnskap: str = "kommune"
) -> list[str]:
    kodeverk = Kodeverk.for_aar(aar, regnskap)  # type: ignore[arg-type]
    return [b.kontroll for b in kodeverk.kombinasjon(kontoklasse=kontoklasse, funksjon=funksjon, art=art)]


@pytest.mark.parametrize(
    ("kontoklasse", "funksjon", "art", "ventet"),
    [
        ("1", "202", "010", []),
        ("1", "841", "729", ["020"]),
        ("0", "841", "729", []),
        ("0", "222", "729", ["060"]),
        ("1", "222", "729", []),
        ("1", "202", "280", ["025"]),
        ("1", "202", "660", ["030"]),
        ("1", "202", "520", ["035"]),
        ("1", "281", "520", []),
        ("0", "202", "520", []),
        ("0", "800", "500", ["040"]),
        ("0", "100", "200", ["045"]),
        ("0", "202", "590", ["050"]),
        ("0", "202", "620", ["055"]),
        ("1", "899", "589", []),
        ("1", "899", "010", ["065"]),
        ("0", "202", "980", ["065"]),
        ("1", "870", "530", ["070"]),
        ("1", "202", "871", ["075"]),
        ("1", "800", "871", []),
        ("1", "840", "877", []),
        ("1", "850", "800", ["080", "081"]),
        ("1", "850", "810", []),
        ("2", "899", "010", []),
        ("9", "841", "010", []),
    ],
)
def test_kombinasjon(kontoklasse: str, funksjon: str, art: str, ventet: list[str]) -> None:
    assert controls(kontoklasse, funksjon, art) == ventet


def test_meldingen_nevner_kodene() -> None:
    (brudd,) = Kodeverk.for_aar().kombinasjon(kontoklasse="0", funksjon="222", art="729")
    assert brudd.alvor == "feil"
    assert brudd.melding == "Art 729 går i investering bare sammen med funksjon 841, ikke med 222."


def test_det_som_ikke_er_oppgitt_gir_ikke_utslag() -> None:
    assert controls("1", None, "589") == []
    assert controls("1", "899", None) == []
    assert controls("1", None, "280") == ["025"]
    assert controls("1", "841", None) == ["020"]


def test_reglene_folger_aret() -> None:
    assert controls("1", "202", "874", 2022) == ["075"]
    assert controls("1", "202", "875", 2024) == ["075"]
    assert controls("1", "281", "520", 2024) == ["035"]
    assert controls("1", "202", "878", 2024) == []
    assert controls("1", "202", "878", 2025) == ["075"]


def test_reglene_folger_skjemaet() -> None:
    assert controls("3", "841", "729", regnskap="sbdr-kommune") == ["020"]
    assert controls("3", "870", "871", regnskap="sbdr-kommune") == []
    assert controls("4", "042", "590", regnskap="kirke") == ["050"]
    assert controls("3", "089", "010", regnskap="kirke") == ["200"]
    assert controls("3", "899", "010", regnskap="kirke") == []


def test_koder_som_bare_er_lov_ett_sted() -> None:
    now = Kodeverk.for_aar()
    assert now.bare("funksjon", "841") == "investering"
    assert now.bare("art", "512") == "investering"
    assert now.bare("art", "590") == "drift"
    assert now.bare("funksjon", "202") is None
    assert now.bare("art", "660") is None  # bare ulogisk, ikke forbudt
    assert now.bare("art", "729") is None


def test_kontoklasser() -> None:
    now = Kodeverk.for_aar()
    assert [now.klasse(k) for k in "0123"] == ["investering", "drift", "balanse", None]
    assert Kodeverk.for_aar(2026, "sbdr-fylke").kontoklasse("balanse") == "5"
