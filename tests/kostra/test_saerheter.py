"""Det som overrasker hos mottaket, og avgiverne med egne regler."""

from __future__ import annotations

import pytest
from poster import alvor, dom, linje, numre

from kontoplan import UserError, kontroller
from kontoplan.kostra.oppgave import Oppgave, lag_oppgave

POST = "1 202 010 5"


def test_ukjent_skjema_er_ett_fatalt_funn() -> None:
    rapport = kontroller(b"hva som helst", skjema="0X", aar=2026, region="340300")
    assert rapport.as_dict()["fatal"] is True
    assert [(f.kontroll, f.alvor, f.linjer) for f in rapport.funn] == [(None, "FATAL", ())]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\r\n\r\r\n"])
def test_en_tom_fil_er_feil_uten_funn(data: bytes) -> None:
    rapport = kontroller(data, skjema="0A", aar=2026, region="340300")
    assert (rapport.hoyeste, rapport.funn, rapport.omfang.sjekker) == ("ERROR", (), 0)
    assert "ingen linjer" in rapport.merknader[0]


def test_bare_nullposter_er_i_orden() -> None:
    rapport = dom("0A", "7 999 999 0", POST.replace("5", "0"))
    assert (rapport.hoyeste, rapport.omfang.nullposter) == ("OK", 2)


def test_ukjent_kontoklasse_regnes_som_investering() -> None:
    assert {"009", "040", "085", "095"} <= numre(dom("0A", "7 850 810 31"))
    assert "970" in dom("0A", "7 880 970 31").funn[-1].melding


def test_kvartalet_har_ingen_artsliste() -> None:
    assert "012" not in numre(dom("0AK1", "1 202 abc 5"))


def test_posten_avgjor_alvoret_med_sitt_eget_kvartal() -> None:
    assert alvor(dom("0A", "1 999 010 5", felt={"kvartal": "1"}), "010") == ["WARNING"]
    assert alvor(dom("0AK1", "1 999 010 5", felt={"kvartal": "4"}), "010") == ["ERROR"]
    assert alvor(dom("0G", "5 10 000 5", felt={"kvartal": "1"}), "013") == ["ERROR"]


def test_posten_avgjor_hva_slags_regnskap_den_er() -> None:
    assert "105" not in numre(dom("0F", "3 041 010 5"))
    assert "105" in numre(dom("0F", POST, felt={"skjema": "0A"}))


def test_fire_tegn_ma_stemme_for_kapittel_men_ikke_for_funksjon() -> None:
    assert "011" in numre(dom("0B", "2 10 000 5", felt={"funksjonsfelt": "  10"}))
    assert "010" not in numre(dom("0A", POST, felt={"funksjonsfelt": " 202"}))
    assert "035" in numre(dom("0A", "1 281 520 5", felt={"funksjonsfelt": " 281"}))
    assert "070" not in numre(dom("0A", "1 880 530 5", felt={"funksjonsfelt": " 880"}))


@pytest.mark.parametrize(
    ("felt", "verdi"),
    [
        ("12       ", 12),
        ("      +12", 12),
        ("     12  ", 12),
        ("      1 2", 0),
        ("     tolv", 0),
        ("       --", 0),
        ("         ", 0),
        ("       １２", 12),
        ("      12-", 0),
    ],
)
def test_ulovlige_belop_far_funn_og_teller_som_hos_mottaket(felt: str, verdi: int) -> None:
    rapport = dom("0A", POST, felt={"belop": felt})
    (funn,) = [f for f in rapport.funn if f.kontroll == "014"]
    assert funn.melding == f"Beløpsfeltet «{felt}» følger ikke formatet. Beløp: {verdi}."
    assert ("100" in numre(rapport)) == (verdi <= 0)


@pytest.mark.parametrize("felt", ["000000012", "      -12", "       -0", "999999999", "-99999999"])
def test_lovlige_belop(felt: str) -> None:
    assert "014" not in numre(dom("0A", POST, felt={"belop": felt}))


def test_store_summer_regnes_rett() -> None:
    poster = [f"1 {funksjon} 010 999999999" for funksjon in (201, 202, 211, 213)]
    assert "100" not in numre(dom("0A", *poster))  # 32 bit ville gitt et negativt tall


def test_oslo_har_fylkeskommunale_funksjoner_og_bydelene_sine_egne() -> None:
    for region, funksjon, lov in [
        ("340300", "520", False), ("030100", "520", True), ("030101", "520", True), ("030115", "691", True),
        ("030100", "691", False), ("030116", "691", False), ("030116", "520", False),
    ]:  # fmt: skip
        assert ("010" not in numre(dom("0A", f"1 {funksjon} 010 5", region=region))) == lov, (region, funksjon)
    assert "010" not in numre(dom("0AK1", "1 691 010 5", region="030100"))
    assert "010" in numre(dom("0AK1", "1 695 010 5", region="030100"))
    assert "010" in numre(dom("0AK1", "1 691 010 5", region="030101"))


def test_bydelenes_arter_er_bare_pa_0a_og_0m() -> None:
    assert "012" not in numre(dom("0A", "1 202 298 5", region="030101"))
    assert "012" not in numre(dom("0M", "3 202 798 5", region="030101"))
    assert "012" in numre(dom("0I", "3 202 298 5", region="030101"))


def test_bydelene_er_fritatt_for_summene() -> None:
    assert numre(dom("0A", "1 202 010 500", region="030101")) == set()
    assert {"105", "110", "130", "135"} <= numre(dom("0A", "1 202 010 500", region="030100"))


def test_longyearbyen_og_froya_mangler_frie_inntekter() -> None:
    assert not {"130", "135"} & numre(dom("0A", POST, region="211100"))
    assert {"130", "135"} & numre(dom("0A", POST, region="501400")) == {"130"}
    assert {"105"} <= numre(dom("0A", POST, region="211100"))


def test_lanefondene_har_art_921_i_drift_men_ikke_funksjon_850() -> None:
    assert "025" not in numre(dom("0I", "3 202 921 5", orgnr="958935420"))
    assert "025" in numre(dom("0I", "3 202 921 5", orgnr="987654321"))
    assert "025" in numre(dom("0I", "3 202 922 5", orgnr="958935420"))
    assert "025" not in numre(dom("0M", "3 202 921 5", region="300500"))
    assert "025" in numre(dom("0M", "3 202 921 5", region="330100"))
    assert "010" in numre(dom("0I", "3 850 810 5", orgnr="817920632"))


def test_flere_organisasjonsnumre_godtas() -> None:
    assert "007" not in numre(dom("0I", "3 202 010 5", orgnr="987654321,912345678"))
    assert "007" not in numre(dom("0I", "3 202 010 5", orgnr="912345678,987654321", felt={"orgnr": "987654321"}))
    assert "008" not in numre(dom("0I", "3 202 010 5", orgnr="912345678", felt={"foretaksnr": "912345678"}))


def test_foretaksnummeret_endrer_ikke_dommen_men_forklaringen() -> None:
    data = linje("3 202 010 5", "0I", {"orgnr": "987654321", "foretaksnr": "912345678"}).encode()
    rapport = kontroller(data, skjema="0I", aar=2026, region="340300", orgnr="987654321", foretaksnr="912345678")
    (funn,) = [f for f in rapport.funn if f.kontroll == "008"]
    assert funn.rettelse.startswith("Nummeret er det du har oppgitt som foretaksnummer")


def test_argangen_styrer_ikke_listene_men_det_blir_sagt() -> None:
    rapport = dom("0A", "1 202 270 5", aar=2025)
    (funn,) = [f for f in rapport.funn if f.kontroll == "012"]
    assert "Koden gjaldt i 2025, men mottaket bruker listene for 2026" in funn.rettelse
    assert "Bruk 271 " in funn.rettelse
    assert "eller 272 " in funn.rettelse
    assert "Filen gjelder 2025" in rapport.merknader[0]


def test_kvartal_kan_sta_i_skjemaet_eller_for_seg() -> None:
    ventet = Oppgave("0A", "1", "2026", "340300")
    for skjema, kvartal in (("0AK1", None), ("0ak1", " "), ("0A", 1), ("0AK1", "1")):
        assert lag_oppgave(skjema=skjema, aar="2026", region="340300", kvartal=kvartal) == ventet
    assert ventet.kode == "0AK1"


@pytest.mark.parametrize(
    ("argumenter", "kode"),
    [
        ({"aar": "26"}, "ugyldig-aar"),
        ({"region": "3403"}, "ugyldig-region"),
        ({"orgnr": "12345"}, "ugyldig-orgnr"),
        ({"kvartal": "5"}, "ugyldig-kvartal"),
        ({"skjema": "0AK1", "kvartal": "2"}, "ugyldig-kvartal"),
        ({"skjema": "0I", "kvartal": "1"}, "ugyldig-kvartal"),
    ],
)
def test_opplysninger_med_feil_form(argumenter: dict[str, str], kode: str) -> None:
    with pytest.raises(UserError) as feil:
        kontroller(b"", **{"skjema": "0A", "aar": 2026, "region": "340300"} | argumenter)  # type: ignore[arg-type]
    assert feil.value.code == kode


@pytest.mark.parametrize(
    ("post", "skjema", "sier"),
    [
        ("1 254 010 5", "0A", "Bruk 257 Hjemmetjenester"),
        ("1 202 10 5", "0A", "Skriv koden med alle sifrene: 010 Fastlønn."),
        (
            "1 520 010 5",
            "0A",
            "er på skjema 0A bare for Oslo kommune og bydelene. Ellers er koden for fylkeskommuner, ",
        ),
        ("1 190 010 5", "0A", "fordeles fullt ut"),
        ("1 476 010 5", "0C", "I samme gruppe er 470 "),
        ("3 202 010 5", "0A", "Drift er kontoklasse 1 på skjema 0A; bruk 1."),
        ("1 202 280 5", "0A", "flytt posten til investering (kontoklasse 0)"),
        ("4 202 590 5", "0I", "flytt posten til drift (kontoklasse 3)"),
        ("5 10 000 5", "0G", "Lovlige verdier: blankt."),
    ],
)
def test_rettelsen_foreslar_det_gyldige(post: str, skjema: str, sier: str) -> None:
    assert any(sier in funn.rettelse for funn in dom(skjema, post).funn), [f.rettelse for f in dom(skjema, post).funn]
