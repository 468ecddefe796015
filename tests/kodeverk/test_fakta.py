from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk

if TYPE_CHECKING:
    from pathlib import Path


def test_190_ble_rapportert_til_og_med_2019_og_er_intern_etterpa() -> None:
    assert Kodeverk.for_aar(2019).finnes("funksjon", "190")
    assert not Kodeverk.for_aar(2019).intern("funksjon", "190")
    now = Kodeverk.for_aar(2020)
    assert not now.finnes("funksjon", "190")
    assert now.intern("funksjon", "190")
    assert now.sluttaar("funksjon", "190") == 2019
    assert now.etterfolgere("funksjon", "190") == ()


@pytest.mark.parametrize(
    ("dimensjon", "gammel", "nye"),
    [
        ("funksjon", "254", ("257", "258")),
        ("funksjon", "214", ("202",)),
        ("funksjon", "305", ("302",)),
        ("funksjon", "333", ("332",)),
        ("art", "270", ("271", "272")),
        ("art", "728", ("729",)),
        ("art", "548", ("540",)),
        ("art", "375", ("380",)),
        ("art", "690", ()),
        ("art", "490", ()),
        ("kapittel", "45", ("451", "452", "453", "454")),
    ],
)
def test_etterfolgere(dimensjon: str, gammel: str, nye: tuple[str, ...]) -> None:
    assert Kodeverk.for_aar(2026).etterfolgere(dimensjon, gammel) == nye  # type: ignore[arg-type]


def test_koden_har_ingen_etterfolger_mens_den_gjelder() -> None:
    assert Kodeverk.for_aar(2023).etterfolgere("funksjon", "254") == ()
    assert Kodeverk.for_aar(2025).etterfolgere("art", "270") == ()


def test_etterfolgere_folges_i_flere_ledd(rules: Path) -> None:
    with (rules / "kodeverk" / "etterfolgere.csv").open("a", encoding="utf-8") as file:
        file.write("art,490,270,2020,oppdiktet,antatt\n")
    assert Kodeverk.for_aar(2024, rules=rules).etterfolgere("art", "490") == ("270",)
    assert Kodeverk.for_aar(2026, rules=rules).etterfolgere("art", "490") == ("271", "272")


def test_etterfolgere_i_ring_stopper(rules: Path) -> None:
    with (rules / "kodeverk" / "etterfolgere.csv").open("a", encoding="utf-8") as file:
        file.write("art,490,690,2020,oppdiktet,antatt\nart,690,490,2020,oppdiktet,antatt\n")
    assert Kodeverk.for_aar(2026, rules=rules).etterfolgere("art", "490") == ()


def test_utskilte_koder() -> None:
    now = Kodeverk.for_aar(2026)
    assert now.avledet("art", "510") == ("512",)
    assert now.avledet_av("art", "912") == ("910",)
    assert Kodeverk.for_aar(2019).avledet("art", "510") == ()


def test_kirken_har_sin_egen_kontoplan() -> None:
    kirke = Kodeverk.for_aar(2026, "kirke")
    assert kirke.finnes("art", "270")
    assert kirke.navn("art", "790") == "Kalkulatoriske inntekter ved kommunal tjenesteyting"
    assert not kirke.intern("art", "790")
    assert kirke.kode("funksjon", "202") is None
    assert kirke.omfatter("art") == ()
    assert kirke.klasse("3") == "drift"


def test_koder_for_oslo_er_betingede() -> None:
    now = Kodeverk.for_aar(2026)
    assert not now.finnes("funksjon", "691")
    assert now.finnes("funksjon", "691", region="030105")
    assert not now.finnes("funksjon", "691", region="030100")
    assert now.finnes("funksjon", "701", region="030100")
    assert "691" in {k.kode for k in now.betingede("funksjon")}
    assert "691" not in {k.kode for k in now.koder("funksjon")}


def test_unntak_for_noen_fa_gjor_ikke_koden_betinget() -> None:
    sbdr = Kodeverk.for_aar(2026, "sbdr-kommune")
    assert sbdr.finnes("funksjon", "850")
    assert not sbdr.finnes("funksjon", "850", orgnr="958935420")
    assert not Kodeverk.for_aar(2021, "sbdr-kommune").finnes("funksjon", "850")


def test_fylkeskommunen_har_andre_funksjoner() -> None:
    fylke = Kodeverk.for_aar(2026, "fylkeskommune")
    assert fylke.finnes("funksjon", "722")
    assert fylke.kode("funksjon", "202") is None
    assert fylke.intern("funksjon", "490")
    assert fylke.etterfolgere("funksjon", "510") == ("511",)


@pytest.mark.parametrize(
    ("dimensjon", "kode", "nynorsk"),
    [
        ("kapittel", "33", "Konsernintern kortsiktig gjeld"),
        ("kapittel", "34", "Derivat"),
        ("art", "220", "Leige av driftsmiddel"),
    ],
)
def test_nynorske_navn_som_var_ombyttet(dimensjon: str, kode: str, nynorsk: str) -> None:
    found = Kodeverk.for_aar(2026).kode(dimensjon, kode)  # type: ignore[arg-type]
    assert found is not None
    assert found.nynorsk == nynorsk


def test_navn_som_ikke_er_funnet_star_slik_med_sikkerheten() -> None:
    found = Kodeverk.for_aar(2026).kode("sektor", "640")
    assert found is not None
    assert found.navn.startswith("(navn ikke funnet")
    assert found.sikkerhet == "kunnskap"


def test_ukjent_ar_og_regnskap() -> None:
    with pytest.raises(
        UserError, match="Regnskapsåret 2016 finnes ikke i kodelistene; velg et år fra 2017 til 2026"
    ) as error:
        Kodeverk.for_aar(2016)
    assert error.value.code == "ukjent-aar"
    with pytest.raises(UserError, match="Regnskapet «bydel» er ukjent; velg ett av kommune") as error:
        Kodeverk.for_aar(2026, "bydel")  # type: ignore[arg-type]
    assert error.value.code == "ukjent-regnskap"


def test_samme_ar_gir_samme_objekt() -> None:
    assert Kodeverk.for_aar() is Kodeverk.for_aar()
    assert Kodeverk.for_aar().aar == Kodeverk.nyeste_aar() == 2026
