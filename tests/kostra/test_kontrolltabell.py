"""Hver kontroll med treff, nesten treff og beløpet null.

Nesten treff skiller seg fra treffet på den ene tingen kontrollen ser på. Beløpet null er skrevet ``00`` der en post må
komme forbi nullfilteret (bare ``0`` tas bort); for kontrollene på felter betyr null at posten er tatt bort.
"""

from __future__ import annotations

import pytest
from poster import alvor, dom, numre

from kontoplan.kostra.kontroller import KONTROLLER, REKKEFOLGE, UTGATT

# kontroll, skjema, treff, alvor, nesten treff, beløpet null
POSTER = [
    ("009", "0A", "3 202 010 5", "ERROR", "1 202 010 5", "3 202 010 0"),
    ("009", "0I", "1 202 010 5", "ERROR", "3 202 010 5", "1 202 010 0"),
    ("009", "0B", "Z 10 000 5", "ERROR", "2 10 000 5", "Z 10 000 0"),
    ("009", "0BK1", "X 10 000 5", "ERROR", "Z 10 000 5", "X 10 000 0"),
    ("010", "0A", "1 254 010 5", "ERROR", "1 257 010 5", "1 254 010 0"),
    ("010", "0C", "1 202 010 5", "ERROR", "1 520 010 5", "1 202 010 0"),
    ("010", "0C", "1 850 810 5", "ERROR", "1 870 810 5", "1 850 810 0"),
    ("010", "0F", "3 202 010 5", "ERROR", "3 041 010 5", "3 202 010 0"),
    ("010", "0I", "3 800 870 5", "ERROR", "3 870 500 5", "3 800 870 0"),
    ("010", "0AK1", "1 101 010 5", "WARNING", "1 100 010 5", "1 101 010 0"),
    ("010", "0AK4", "1 101 010 5", "ERROR", "1 Z 010 5", "1 101 010 0"),
    ("010", "0CK2", "1 202 010 5", "WARNING", "1 850 810 5", "1 202 010 0"),
    (UTGATT, "0AK1", "1 254 010 5", "WARNING", "1 257 010 5", "1 254 010 0"),
    (UTGATT, "0CK4", "1 190 010 5", "WARNING", "1 520 010 5", "1 190 010 0"),
    ("011", "0B", "2 25 000 5", "ERROR", "2 24 000 5", "2 25 000 0"),
    ("011", "0G", "5 25 . 5", "ERROR", "5 24 . 5", "5 25 . 0"),
    ("011", "0DK3", "2 25 000 5", "WARNING", "2 . 000 5", "2 25 000 0"),
    ("012", "0A", "1 202 270 5", "ERROR", "1 202 272 5", "1 202 270 0"),
    ("012", "0A", "1 202 298 5", "ERROR", "1 202 300 5", "1 202 298 0"),
    ("012", "0F", "3 041 820 5", "ERROR", "3 041 830 5", "3 041 820 0"),
    ("013", "0B", "2 10 111 5", "ERROR", "2 10 110 5", "2 10 111 0"),
    ("013", "0G", "5 10 000 5", "ERROR", "5 10 . 5", "5 10 000 0"),
    ("013", "0BK3", "2 10 . 5", "WARNING", "2 10 z 5", "2 10 . 0"),
    ("016", "0B", "2 5900 000 -1", "ERROR", "2 5900 000 1", "2 5900 000 -0"),
    ("016", "0L", "5 5970 000 -1", "ERROR", "5 5990 000 -1", "5 5970 000 -0"),
    ("016", "0BK1", "2 5970 000 -1", "ERROR", "2 5970 000 1", "2 5970 000 -0"),
    ("020", "0A", "1 841 729 5", "ERROR", "0 841 729 5", "1 841 729 00"),
    ("020", "0CK2", "1 841 729 5", "WARNING", "0 841 729 5", "1 841 729 00"),
    ("020", "0CK3", "1 841 729 5", "ERROR", "0 841 729 5", "1 841 729 00"),
    ("025", "0A", "1 202 280 5", "ERROR", "0 202 280 5", "1 202 280 00"),
    ("025", "0C", "1 520 921 5", "ERROR", "1 520 920 5", "1 520 921 00"),
    ("025", "0F", "3 041 285 5", "ERROR", "4 041 285 5", "3 041 285 00"),
    ("025", "0F", "3 041 970 5", "ERROR", "3 041 912 5", "3 041 970 00"),
    ("025", "0AK1", "1 202 529 5", "WARNING", "1 202 280 5", "1 202 529 00"),
    ("030", "0A", "1 202 285 5", "INFO", "1 202 280 5", "1 202 285 00"),
    ("030", "0AK4", "1 202 660 5", "INFO", "0 202 660 5", "1 202 660 00"),
    ("035", "0A", "1 202 520 5", "WARNING", "1 281 520 5", "1 202 520 00"),
    ("035", "0C", "1 520 920 5", "WARNING", "1 701 920 5", "1 520 920 00"),
    ("035", "0AK4", "1 283 520 5", "WARNING", "1 325 520 5", "1 283 520 00"),
    ("040", "0A", "0 850 810 5", "ERROR", "1 850 810 5", "0 850 810 00"),
    ("040", "0AK1", "0 860 990 5", "WARNING", "0 850 810 5", "0 860 990 00"),
    ("045", "0A", "0 100 230 5", "INFO", "0 120 230 5", "0 100 230 00"),
    ("045", "0CK1", "0 471 230 5", "INFO", "0 472 230 5", "0 471 230 00"),
    ("050", "0A", "0 202 879 5", "ERROR", "0 202 880 5", "0 202 879 00"),
    ("050", "0A", "0 202 070 5", "ERROR", "1 202 070 5", "0 202 070 00"),
    ("050", "0F", "4 041 570 5", "ERROR", "4 041 600 5", "4 041 570 00"),
    ("050", "0AK2", "0 202 875 5", "WARNING", "0 202 070 5", "0 202 875 00"),
    ("055", "0A", "0 202 900 5", "INFO", "1 202 900 5", "0 202 900 00"),
    ("060", "0A", "0 202 729 5", "ERROR", "0 841 729 5", "0 202 729 00"),
    ("060", "0AK1", "0 202 729 5", "WARNING", "1 202 729 5", "0 202 729 00"),
    ("065", "0A", "1 899 010 5", "ERROR", "1 899 980 5", "1 899 010 00"),
    ("065", "0P", "4 880 589 5", "ERROR", "4 899 589 5", "4 880 589 00"),
    ("065", "0CK1", "1 880 989 5", "WARNING", "1 899 989 5", "1 880 989 00"),
    ("070", "0A", "1 202 530 5", "ERROR", "1 880 530 5", "1 202 530 00"),
    ("070", "0CK2", "0 870 530 5", "WARNING", "0 880 530 5", "0 870 530 00"),
    ("075", "0A", "1 202 878 5", "ERROR", "1 800 878 5", "1 202 878 00"),
    ("075", "0M", "3 840 870 5", "ERROR", "3 800 870 5", "3 840 870 00"),
    ("075", "0AK1", "1 202 870 5", "WARNING", "1 202 877 5", "1 202 870 00"),
    ("080", "0A", "1 850 800 5", "ERROR", "1 840 800 5", "1 850 800 00"),
    ("080", "0CK2", "1 870 800 5", "WARNING", "1 840 800 5", "1 870 800 00"),
    ("081", "0A", "1 850 700 5", "WARNING", "1 850 850 5", "1 850 700 00"),
    ("081", "0I", "3 850 700 5", "WARNING", "3 850 450 5", "3 850 700 00"),
    ("081", "0AK2", "1 850 700 5", "WARNING", "1 850 810 5", "1 850 700 00"),
    ("081", "0AK3", "1 850 700 5", "ERROR", "1 202 700 5", "1 850 700 00"),
    ("200", "0F", "3 089 010 5", "ERROR", "3 089 830 5", "3 089 010 0"),
    ("200", "0F", "3 089 560 00", "ERROR", "3 089 550 00", "3 089 560 0"),
]  # fmt: skip

# kontroll, skjema, treff, alvor, nesten treff, beløpet null (flere poster skilles med komma)
SUMMER = [
    ("085", "0A", "0 202 599 -1", "ERROR", "0 202 599 1", "0 202 600 00", "ERROR"),
    ("090", "0C", "0 520 600 1", "ERROR", "0 520 600 -1", "0 520 600 00", "ERROR"),
    ("095", "0I", "4 202 230 31", "ERROR", "4 202 230 30", "4 202 230 00", None),
    ("095", "0F", "4 041 230 5,4 041 910 -36", "ERROR", "4 041 230 5,4 041 910 -35", "4 041 230 00", None),
    ("100", "0A", "1 202 010 -1", "ERROR", "1 202 010 1", "1 202 010 00", "ERROR"),
    ("100", "0CK4", "1 520 010 -1", "WARNING", "1 520 010 1", "1 520 010 00", "WARNING"),
    ("105", "0A", "1 202 600 1", "ERROR", "1 202 600 -1", "1 202 600 00", "ERROR"),
    ("105", "0AK1", "1 202 600 1", "WARNING", "1 202 600 -1", "1 202 600 00", "WARNING"),
    ("110", "0K", "3 520 010 50,3 520 600 -19", "ERROR", "3 520 010 50,3 520 600 -20", "3 520 010 00", "ERROR"),
    ("110", "0F", "3 041 010 5", "ERROR", "3 041 010 5,3 041 830 -1", "3 041 010 00", "ERROR"),
    ("113", "0F", "3 041 010 5,3 041 830 1", "ERROR", "3 041 010 5,3 041 830 -1", "3 041 830 00", "ERROR"),
    ("115", "0B", "2 10 000 -1", "ERROR", "2 10 000 1", "2 10 000 00", "ERROR"),
    ("115", "0G", "5 29 . -1", "ERROR", "5 29 . 1", "5 29 . 00", "ERROR"),
    ("120", "0D", "2 31 000 1", "ERROR", "2 31 000 -1", "2 31 000 00", "ERROR"),
    ("120", "0N", "5 5990 000 1", "ERROR", "5 5990 000 -1", "5 5990 000 00", "ERROR"),
    ("125", "0B", "2 10 000 50,2 31 000 -39", "ERROR", "2 10 000 50,2 31 000 -40", "2 10 000 00", "ERROR"),
    ("125", "0Q", "5 9100 000 5,5 9999 000 -5", "ERROR", "5 10 000 5,5 31 000 -5,5 9100 000 90", "5 9100 000 00", "ERROR"),
    ("130", "0A", "1 800 870 1", "ERROR", "1 800 870 -1", "1 800 870 00", "ERROR"),
    ("130", "0CK1", "1 870 870 -1", "WARNING", "1 800 870 -1", "1 800 870 00", "WARNING"),
    ("135", "0M", "3 840 810 -1", "ERROR", "3 840 800 -1", "3 840 800 00", "ERROR"),
    ("135", "0AK2", "1 840 800 1", "WARNING", "1 840 800 -1", "1 840 800 00", "WARNING"),
    ("140", "0A", "1 880 570 31", "ERROR", "1 880 570 30", "1 880 570 00", None),
    ("140", "0F", "3 089 570 50,4 089 970 -19", "ERROR", "3 089 570 50,4 089 970 -20", "4 089 970 00", None),
    ("143", "0F", "3 041 590 50,3 041 990 -19", "ERROR", "3 041 590 50,3 041 990 -20", "3 041 590 00", None),
    ("145", "0A", "1 860 990 5,1 860 990 -5", "ERROR", "1 860 990 5", "1 860 990 00", "ERROR"),
    ("145", "0K", "3 860 990 5,3 860 990 -5", "INFO", "3 860 990 -1", "3 860 990 00", "INFO"),
    ("150", "0C", "1 520 590 5,1 520 590 -5", "ERROR", "1 520 590 5", "1 520 590 00", "ERROR"),
    ("150", "0I", "3 202 590 5,3 202 590 -5", "INFO", "3 870 590 5,3 870 590 -5", "3 202 590 00", "INFO"),
    ("155", "0A", "1 202 590 31", "ERROR", "1 202 590 31,1 860 990 -1", "1 202 590 00", None),
    ("160", "0A", "1 870 590 1", "ERROR", "1 202 590 1", "1 870 590 00", None),
    ("165", "0A", "1 202 990 -1", "ERROR", "1 860 990 -1", "1 202 990 00", None),
    ("170", "0A", "0 290 230 31", "ERROR", "0 290 230 30", "0 290 230 00", None),
    ("175", "0M", "3 290 010 -31", "ERROR", "3 290 010 -30", "3 290 010 00", None),
    ("180", "0C", "0 465 230 31", "ERROR", "0 465 230 30", "0 465 230 00", None),
    ("185", "0P", "3 465 010 31", "ERROR", "3 465 010 30", "3 465 010 00", None),
    ("190", "0J", "5 9100 000 50,5 9999 000 -39", "ERROR", "5 9100 000 50,5 9999 000 -40", "5 9999 000 00", None),
    ("210", "0F", "3 041 380 31", "ERROR", "3 041 380 31,3 041 780 -1", "3 041 380 00", None),
    ("215", "0F", "4 045 390 31", "ERROR", "4 089 390 31", "4 045 390 00", None),
    ("220", "0F", "3 041 465 31", "ERROR", "3 041 465 31,3 042 865 -1", "3 041 465 00", None),
]  # fmt: skip
BYDEL = [
    ("126", "0A", "1 202 298 11", "WARNING", "1 202 298 11,1 202 798 -1", "1 202 298 00"),
    ("127", "0M", "4 202 798 -11", "WARNING", "4 202 798 -11,4 202 298 1", "4 202 798 00"),
]


def har(rapport: object, kontroll: str) -> bool:
    emne = KONTROLLER[kontroll].emne
    return any((g.kontroll, g.emne) == (kontroll[:3], emne) for g in rapport.grupper)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kontroll", "skjema", "treff", "ventet", "nesten", "null"), POSTER)
def test_en_post(  # noqa: PLR0913, PLR0917 - kolonnene i tabellen
    kontroll: str, skjema: str, treff: str, ventet: str, nesten: str, null: str
) -> None:
    rapport = dom(skjema, treff)
    assert har(rapport, kontroll)
    assert [f.linjer for f in rapport.funn if f.kontroll == kontroll[:3]] == [(1,)]
    assert alvor(rapport, kontroll[:3]) == [ventet]
    assert not har(dom(skjema, nesten), kontroll)
    assert not har(dom(skjema, null), kontroll)


@pytest.mark.parametrize(("kontroll", "skjema", "treff", "ventet", "nesten", "null", "ved_null"), SUMMER)
def test_en_sum(  # noqa: PLR0913, PLR0917 - kolonnene i tabellen
    kontroll: str, skjema: str, treff: str, ventet: str, nesten: str, null: str, ved_null: str | None
) -> None:
    rapport = dom(skjema, *treff.split(","))
    assert alvor(rapport, kontroll) == [ventet]
    assert [f.linjer for f in rapport.funn if f.kontroll == kontroll] == [()]
    assert kontroll not in numre(dom(skjema, *nesten.split(",")))
    assert alvor(dom(skjema, null), kontroll) == ([ved_null] if ved_null else [])


@pytest.mark.parametrize(("kontroll", "skjema", "treff", "ventet", "nesten", "null"), BYDEL)
def test_en_sum_i_en_bydel(  # noqa: PLR0913, PLR0917 - kolonnene i tabellen
    kontroll: str, skjema: str, treff: str, ventet: str, nesten: str, null: str
) -> None:
    assert alvor(dom(skjema, treff, region="030101"), kontroll) == [ventet]
    assert kontroll not in numre(dom(skjema, *nesten.split(","), region="030101"))
    assert kontroll not in numre(dom(skjema, null, region="030101"))
    assert kontroll not in numre(dom(skjema, treff, region="030100"))


FELTER = [
    ("003", "skjema", "0C", "0A"),
    ("004", "aargang", "2025", "2026"),
    ("005", "kvartal", "1", " "),
    ("006", "region", "340301", "340300"),
    ("007", "orgnr", "987654321", ""),
    ("008", "foretaksnr", "987654321", ""),
    ("014", "belop", "      5,5", "        5"),
]


@pytest.mark.parametrize(("kontroll", "felt", "galt", "rett"), FELTER)
def test_et_felt(kontroll: str, felt: str, galt: str, rett: str) -> None:
    post = "1 202 010 5"
    assert alvor(dom("0A", post, felt={felt: galt}), kontroll) == ["ERROR"]
    assert kontroll not in numre(dom("0A", post, felt={felt: rett}))
    assert kontroll not in numre(
        dom("0A", post, felt={"belop": "        0"} | ({felt: galt} if felt != "belop" else {}))
    )


def test_dubletter() -> None:
    post = "1 202 010 5"
    (funn,) = [f for f in dom("0A", post, "1 213 010 5", post, post).funn if f.kontroll == "015"]
    assert (funn.alvor, funn.linjer) == ("WARNING", (1, 3, 4))
    assert funn.melding.endswith("står på 3 linjer, til sammen 15. Beløpene: 5, 5, 5.")
    assert "015" not in numre(dom("0A", post, "1 202 020 5"))
    assert "015" not in numre(dom("0A", post, "0 202 010 5"))
    assert "015" not in numre(dom("0A", post, "1 202 010 0"))
    assert "015" in numre(dom("0A", post, "1 202 010 00"))


def test_alle_kontroller_som_kjores_har_en_rad_her() -> None:
    provd = {rad[0] for rad in (*POSTER, *SUMMER, *BYDEL, *FELTER)} | {"015"}
    assert provd == set(KONTROLLER)
    assert {nummer for liste in REKKEFOLGE.values() for nummer in liste} == set(KONTROLLER)
    assert {slag: len(liste) for slag, liste in REKKEFOLGE.items()} == {"aar": 52, "kirke": 29, "kvartal": 33}
