from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poster import linje

from kontoplan import kontroller
from kontoplan.kostra.les import les_linjer
from kontoplan.kostra.tegn import decode, synlig

A, B = linje("1 202 010 5", "0A", {}), linje("1 202 600 -5", "0A", {})
BITER = st.sampled_from(
    [
        b"\n",
        b"\r",
        b"\x00",
        b"\x01",
        b"\t",
        b" ",
        b'"',
        b"\xef\xbb\xbf",
        b"\xed\xa0\xbd",
        b"\xf0\x9f\x98\x80",
        b"\xe5",
        b"a",
    ]
)
BYTER = st.one_of(st.binary(max_size=200), st.lists(BITER, max_size=60).map(b"".join))


def enheter(data: bytes) -> int:
    """Lengden Java ville gitt, regnet på en annen måte: halvdeler av tegn blir ett erstatningstegn."""
    return len(decode(data))


@given(BYTER)
def test_linjene_er_de_samme_som_ved_a_dele_teksten(data: bytes) -> None:
    ventet = [line for line in (line.strip("\r") for line in decode(data).split("\n")) if line]
    assert les_linjer(data).to_list() == ventet


@given(st.text(max_size=50))
def test_gyldig_tekst_har_lengden_i_utf16_og_kan_vises(tekst: str) -> None:
    data = tekst.encode("utf-8", errors="replace")
    assert enheter(data) == len(data.decode().encode("utf-16-le")) // 2
    if data.decode().isprintable():
        assert synlig(decode(data)) == data.decode()


@pytest.mark.parametrize(
    ("data", "antall"),
    [
        (b"\xe5", 1), (b"\xe5\xe6\xf8", 3), (b"\xc0\x80", 2), (b"\xe2\x82A", 2), (b"\xf0\x9f\x98A", 2),
        (b"\xed\xa0\x80", 1), (b"\xed\xa0A", 2), (b"\xed\xa0", 1), (b"\xed\xa0\xbd\xed\xb8\x80", 2), (b"\xf4\x90\x80\x80", 4),
        (b"\xf0\x9f\x98\x80", 2), (b"\xff\xfe", 2),
    ],
)  # fmt: skip
def test_ulovlige_byte_teller_som_i_java(data: bytes, antall: int) -> None:
    assert enheter(data) == antall


@pytest.mark.parametrize(
    ("data", "lengder"),
    [
        (f"\ufeff{A}\n{B}".encode(), {1: 49}),
        (f"{A}\r\n\r\n{B}\r\n".encode(), {}),
        (f"{A}\r{B}".encode(), {1: 97}),
        (f"{A}\r\r\n\r{B}".encode(), {}),
        (f"{A}\n{B[:-1]}\x00\n".encode(), {}),
        (f"{A}\n{B[:20]}\t{B[21:]}\n".encode(), {2: 48}),
        (f"{A} \n{B[1:]}".encode(), {1: 49, 2: 47}),
        (A.encode("utf-16"), {1: 98}),
        (A[:-1].encode() + b"\xe5", {}),
        (f"{A[:13]}å{A[14:]}".encode("latin-1"), {}),
        ((A[:46] + "😀").encode(), {}),
        ((A[:47] + "😀").encode(), {1: 49}),
        (b" " * 48, {}),
    ],
)
def test_recordlengden(data: bytes, lengder: dict[int, int]) -> None:
    rapport = kontroller(data, skjema="0A", aar=2026, region="340300")
    assert rapport.fatal == bool(lengder)
    if lengder:
        assert {f.linjer[0]: int(f.melding.split()[3]) for f in rapport.funn} == lengder
        assert {f.kontroll for f in rapport.funn} == {"001"}


def test_bom_og_tabulator_blir_forklart() -> None:
    def rettelse(data: bytes) -> str:
        return kontroller(data, skjema="0A", aar=2026, region="340300").funn[0].rettelse

    assert "usynlig merke (BOM)" in rettelse(f"\ufeff{A}".encode())
    assert "Bytt tabulatorene" in rettelse(f"{A[:20]}\t{A[21:]}".encode())
    assert "Fyll ut med mellomrom" in rettelse(A[:-1].encode())
    assert "Ta bort 2 tegn" in rettelse(f"{A}  ".encode())
    assert "CR uten LF" in rettelse(f"{A}\r{A}".encode())
    assert "ikke ren tekst" in rettelse(f"{A}\n".encode("utf-16-le"))
    assert "ikke ren tekst" in rettelse(b"\x00" * 1000)


def test_usynlige_tegn_og_tegn_utenfor_grunnplanet_vises_trygt() -> None:
    felt = {"skjema": "\x1b[", "orgnr": "\x1b[31m😀xx", "funksjonsfelt": "a😀 ", "art": "\u202e\x00\u00a0"}
    data = linje("\x07 202 010 5", "0A", {}).replace("0A", felt["skjema"], 1)
    data = data[:13] + felt["orgnr"] + data[22:32] + felt["funksjonsfelt"] + felt["art"] + data[39:]
    for skjema in ("0A", "0B", "0AK1"):
        rapport = kontroller(data.encode(), skjema=skjema, aar=2026, region="340300")
        assert not rapport.fatal
        for funn in rapport.funn:
            assert (funn.melding + funn.rettelse).replace("\u00a0", "x").isprintable()
    assert "«\\u001b[31m😀xx»" in " ".join(f.melding for f in rapport.funn)
