from __future__ import annotations

import pytest

from kontoplan.text import fold, parts, read, stem


@pytest.mark.parametrize(
    ("tekst", "ord_"),
    [
        ("Arb.giv.avg.", ("arbeid", "giv", "avgift")),
        ("AGA", ("arbeidsgiveravgift",)),
        ("adm.utg.", ("administrasjonsutgifter",)),
        ("abonement", ("abonnement",)),
        ("ABONEMENT.0", ("abonnement",)),
        ("pensj.innsk.", ("pensjonsinnskudd",)),
        ("dr.utg", ("driftsutgifter",)),
        ("gateadresse.", ("gateadresse",)),
        ("Kjøp av abonnement.", ("kjøp", "av", "abonnement")),
        ("redn.", ("redning",)),
        ("Reinhaldsmateriell", ("renholdsmateriell",)),
        ("Heimesjukepleie", ("hjemmesykepleie",)),
        ("grunnskule", ("grunnskole",)),
        ("fast løn", ("fast", "lønn")),
        ("LØNN EKSTRAHJELP/ENGASJEMENT ", ("lønn", "ekstrahjelp", "engasjement")),
        ("Kjøp av IKT-utstyr", ("kjøp", "av", "ikt", "utstyr")),
        ("tjeneste 21140", ("tjeneste",)),
        ("1234", ()),
        ("", ()),
    ],
)
def test_navn_blir_til_ord_som_kan_sammenlignes(tekst: str, ord_: tuple[str, ...]) -> None:
    assert read(tekst).ord == ord_


def test_store_og_sma_bokstaver_gir_de_samme_ordene() -> None:
    assert read("FASTLØNN OG PENSJON").ord == read("Fastlønn og pensjon").ord


def test_korte_forkortelser_gjelder_bare_med_store_bokstaver() -> None:
    assert read("Avsetning EK").ord != read("Avsetning ek").ord
    assert read("Avsetning ek").ord == ("avsetning", "ek")


@pytest.mark.parametrize(
    ("tekst", "aar", "ord_"),
    [
        ("Konsulenthonorar (Utgår f.o.m 2025)", 2025, ("konsulenthonorar",)),
        ("Konsulenthonorar - utgår fra og med 2025", 2025, ("konsulenthonorar",)),
        ("Leasing (avvikles 2024)", 2024, ("leasing",)),
        ("Leasing, ikkje i bruk", None, ("leasing",)),
        ("Utgår: leasing, sperret i 2023", 2023, ("leasing",)),
        ("Utgår", None, ("utgår",)),
    ],
)
def test_merknader_om_at_kontoen_er_pa_vei_ut(tekst: str, aar: int | None, ord_: tuple[str, ...]) -> None:
    found = read(tekst)
    assert (found.utgaar, found.utgaar_aar, found.ord) == (True, aar, ord_)


def test_en_vanlig_konto_er_ikke_pa_vei_ut() -> None:
    found = read("Utgifter til skoleskyss")
    assert not found.utgaar
    assert found.utgaar_aar is None


@pytest.mark.parametrize(
    ("tekst", "koder"),
    [
        ("tjeneste 21140", ("21140",)),
        ("Overføring til 320 og 325", ("320", "325")),
        ("Budsjett 2024", ()),
        ("Konto 1989", ("1989",)),
        ("Beløp 12.345,67", ()),
        ("mva 25", ()),
    ],
)
def test_tall_i_navnet_er_koder_og_arstall_er_det_ikke(tekst: str, koder: tuple[str, ...]) -> None:
    assert read(tekst).koder == koder


@pytest.mark.parametrize(
    ("tekst", "ord_"),
    [
        ("Skolevegen 3", ("gateadresse",)),
        ("KIRKEBAKKEN 36B", ("gateadresse",)),
        ("Granlivegen 54 A-D", ("gateadresse",)),
        ("Storgt. 5", ("gateadresse",)),
        ("Strøm Storgata 15/17, 19", ("strøm", "gateadresse")),
        ("Kongens gate 12 og 14 vaktmester", ("gateadresse", "vaktmester")),
        ("Storgata 2024", ("storgata",)),
        ("Storgata 5,50", ("storgata",)),
        ("Fylkesvei 13", ("fylkesvei",)),
        ("Solhaugen 2", ("solhaugen",)),
        ("Legat 3", ("legat",)),
    ],
)
def test_en_gateadresse_er_ett_ord_uansett_hva_gaten_heter(tekst: str, ord_: tuple[str, ...]) -> None:
    assert read(tekst).ord == ord_


def test_husnummeret_er_ingen_kode() -> None:
    assert read("Storgata 123").koder == ()


@pytest.mark.parametrize(
    ("ordet", "ledd"),
    [
        ("kontorrekvisita", ("kontor", "rekvisita")),
        ("renholdsmateriell", ("renhold", "materiell")),
        ("lønnsutgifter", ("lønn", "utgifter")),
        ("skoleskyss", ("skole", "skyss")),
        ("skole", ()),
        ("xyzqwvbnmk", ()),
        ("kontor" * 11, ()),
        ("gateadresse", ()),
    ],
)
def test_sammensatte_ord_deles_i_ledd(ordet: str, ledd: tuple[str, ...]) -> None:
    assert parts(ordet) == ledd


@pytest.mark.parametrize(
    "ordene", [("vikar", "vikarer", "vikarene"), ("avgift", "avgifter", "avgiftene"), ("skole", "skolen", "skoler")]
)
def test_boyninger_har_samme_stamme(ordene: tuple[str, ...]) -> None:
    assert len({stem(ordet) for ordet in ordene}) == 1


@pytest.mark.parametrize(
    ("tekst", "brettet"),
    [
        ("MUSÉ\u00a0 A", "muse a"),
        ("A\u030arsverk", "årsverk"),
        ("blyant\u00adspisser", "blyantspisser"),
        ("IKT–utstyr", "ikt-utstyr"),
        ("Möbler", "møbler"),
        ("ﬁn", "fin"),
        ("\ud800x\x07y", "x y"),
    ],
)
def test_skrivemater_av_samme_tegn_blir_ett(tekst: str, brettet: str) -> None:
    assert fold(tekst) == brettet


@pytest.mark.parametrize(
    "bit", ["a", "1", "/", "a.", "redn. ", "\ud800", "é", "kontor ", "utgår ", "\x00", "北", "utgår\x20:", ":" * 9]
)
def test_hundre_kilobyte_leses_uten_feil(bit: str) -> None:
    tekst = "utgår" + bit * (100_000 // len(bit))
    assert read(tekst).ord
