"""Håndboken: hver konto er der én gang, i kommunens egne numre, og dokumentene tåler det som står i arbeidsboken."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from boker import SOFFICE, Bok, avgjort, koblet
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kontoplan import UserError
from kontoplan.cli.app import app
from kontoplan.html.handbook import render as render_html
from kontoplan.usecases.haandbok import haandbok
from kontoplan.usecases.haandbok_kontoer import by_number, shown
from kontoplan.usecases.haandbok_ord import alphabetical, letter
from kontoplan.word.handbook import render as render_word
from kontoplan.word.measure import lines, width
from kontoplan.word.pages import BODY, CELL, FIELD, H1, H2, H3, META, PAGE, Bit, Block, paginate

if TYPE_CHECKING:
    from kontoplan.usecases.haandbok_modell import Gruppe, Haandbok

PLAN = """Konto;Navn
11150;Matvarer
11151;Bevertning møter
11200;Annet forbruksmateriell
11800;Strøm
12602;Matvarer til kantine
13700;Kjøp fra andre
10100;Fastlønn
10200;Lønn til vikarer
12000;Ymse innkjøp
12100;<script>alert(1)</script> leasing av biler
11400;=HYPERLINK("http://ond.example";"Annonser")
11850;Forsikring 01017012345
11300;Telefon\u202egnp.exe
12900;Internkjøp
14990;Diverse
"""
KODER = {
    "11150": "115", "11151": "115", "11200": "120", "11800": "180", "12602": "260", "13700": "370", "10100": "010",
    "10200": "020", "12000": "", "12100": "210", "11400": "140", "11850": "185", "11300": "130", "12900": "", "14990": "190",
}  # fmt: skip
NUMMER = tuple(line.split(";")[0] for line in PLAN.splitlines()[1:])
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


@pytest.fixture(scope="module")
def arbeidsbok(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mappe = tmp_path_factory.mktemp("haandbok")
    path = avgjort(koblet(mappe, PLAN, kommune="Lillevik"), {"12602": "115", "14990": "Rapporteres ikke"})
    with Bok(path) as bok:
        bok.bok.remove(bok.ark("Til gjennomgang"))
        for nummer, kode in KODER.items():  # testene skal ikke hvile på hva dommeren mener om navnene
            word = "✓ Sikker" if kode else {"12900": "○ Internt"}.get(nummer, "! Ukjent")
            bok.avgjor(nummer, status=word, **{"kostra-kode": kode})
        bok.avgjor("13700", avgjørelse="Fordeles", fordeling="370: 60 %; 350: 40 %")
        bok.avgjor("11800", avgjørelse="180", kommentar="Nettleie føres også her")
    return path


@pytest.fixture(scope="module")
def bok(arbeidsbok: Path) -> Haandbok:
    return haandbok(arbeidsbok)


@pytest.fixture(scope="module")
def word(bok: Haandbok) -> bytes:
    return render_word(bok)


@pytest.fixture(scope="module")
def side(bok: Haandbok) -> str:
    return render_html(bok)


def group(bok: Haandbok, kode: str) -> Gruppe:
    return next(g for kapittel in bok.kapitler for g in kapittel.grupper if g.kode == kode)


def settled(bok: Haandbok) -> list[str]:
    return [konto.egen.nummer for konto in bok.kontoer]


def waiting(bok: Haandbok) -> list[str]:
    return [rad.tittel.split()[0] for rad in bok.uavklart if rad.konto is None]


def test_hver_konto_er_med_noyaktig_en_gang(bok: Haandbok) -> None:
    assert Counter([*settled(bok), *waiting(bok)]) == Counter(NUMMER)


def test_kontoene_staar_under_koden_de_har_etter_nummer(bok: Haandbok) -> None:
    assert [konto.egen.nummer for konto in group(bok, "115").kontoer] == ["11150", "11151", "12602"]


def test_det_som_ikke_er_avklart_staar_for_seg_med_hva_som_maa_avgjores(bok: Haandbok) -> None:
    assert waiting(bok) == ["12000"]
    assert (bok.uavklart[0].status, bool(bok.uavklart[0].hva)) == ("! Ukjent", True)


def test_avgjorelser_er_skilt_fra_forslag(bok: Haandbok) -> None:
    decided = {konto.egen.nummer for konto in bok.kontoer if konto.avgjort}
    assert decided == {"12602", "14990", "13700", "11800"}
    assert (bok.avgjort, bok.forslag) == (4, len(bok.kontoer) - 4)


def test_det_som_ikke_rapporteres_og_det_som_fordeles_har_sin_plass(bok: Haandbok) -> None:
    other = {g.navn: [k.egen.nummer for k in g.kontoer] for k in bok.kapitler for g in k.grupper if not g.kode}
    assert other == {"Rapporteres ikke til KOSTRA": ["12900", "14990"], "Fordeles på flere koder": ["13700"]}
    assert next(k.svar for k in bok.kontoer if k.egen.nummer == "13700") == "370: 60 %; 350: 40 %"


def test_henvisninger_er_i_kommunens_egne_numre(bok: Haandbok) -> None:
    facts = group(bok, "115").fakta
    assert facts
    there = {one.heller.kode: one.heller for one in facts.ikke}
    assert [own.nummer for own in there["120"].egne] == ["11200"]
    assert there["105"].egne == ()  # kommunen har ingen konto for 105


def test_det_kommunen_har_skrevet_folger_kontoen(bok: Haandbok) -> None:
    assert next(k.merknad for k in bok.kontoer if k.egen.nummer == "11800") == "Nettleie føres også her"


def test_ord_i_kontonavnet_avgjor_hvilken_konto_en_frase_passer_paa(bok: Haandbok) -> None:
    fits = {konto.egen.nummer: konto.passer for konto in group(bok, "115").kontoer}
    assert "bevertning" in fits["11151"]
    assert "bevertning" not in fits["11150"]


def test_ordlisten_er_norsk_og_viser_til_kontoer_som_finnes(bok: Haandbok) -> None:
    words = [entry.ord for entry in bok.ordliste]
    assert words == sorted(words, key=alphabetical)
    assert "kaffe" in words
    anchors = {konto.egen.anker for konto in bok.kontoer}
    assert {own.anker for entry in bok.ordliste for _, there in entry.treff for own in there.egne} <= anchors


def test_norsk_rekkefolge() -> None:
    assert sorted(["å", "z", "ø", "Æ", "a"], key=alphabetical) == ["a", "z", "Æ", "ø", "å"]
    assert (letter("ålesund"), letter("«bil»"), letter("3D-print")) == ("Å", "B", "0–9")


def test_allmenn_kunnskap_er_merket(bok: Haandbok, side: str) -> None:
    known = [one for k in bok.kapitler for g in k.grupper if g.fakta for one in (*g.fakta.eksempler, *g.fakta.avhenger)]
    assert any(one.kunnskap for one in known)
    assert "(allmenn kunnskap)" in side
    assert all(one.kilde for one in known)


def test_numrene_i_hakeparentes_finnes_i_kildelisten(bok: Haandbok, side: str) -> None:
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", side)}
    assert cited == set(range(1, len(bok.kilder) + 1))
    assert all(kilde.count("(") == kilde.count(")") for kilde in bok.kilder)


def test_en_avgjorelse_som_ikke_kan_brukes_stopper_haandboken(arbeidsbok: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(arbeidsbok, tmp_path / "feil.xlsx"))
    avgjort(copy, {"11200": "9999"})
    with pytest.raises(UserError, match=r"Kobling!\w+\d+ \(11200 Annet forbruksmateriell\)"):
        haandbok(copy)


def test_en_kode_som_er_gaatt_ut_er_ikke_avklart(tmp_path: Path) -> None:
    path = avgjort(koblet(tmp_path, "Konto;Navn\n12700;Konsulenter\n11150;Matvarer\n", aar=2025), {"12700": "270"})
    assert "12700" in settled(haandbok(path))
    later = haandbok(path, aar=2026)
    assert waiting(later) == ["12700"]
    assert "gikk ut etter 2025" in later.uavklart[0].hva
    assert ["Arbeidsboken gjelder 2025" in note for note in later.merknader] == [True]


def test_rader_uten_dimensjon_blir_sagt_fra_om(arbeidsbok: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(arbeidsbok, tmp_path / "ny.xlsx"))
    with Bok(copy) as bok:
        bok.ark().cell(bok.rad("11150"), bok.kolonner()["Dimensjon"]).value = "Noe annet"
    assert any("uten kjent dimensjon" in note for note in haandbok(copy).merknader)


def test_andre_filer_avvises(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    with pytest.raises(UserError, match="er ikke en koblet kontoplan"):
        haandbok(tmp_path / "plan.csv")


# Word


def headings(document: Any, level: int) -> list[str]:  # noqa: ANN401 - python-docx sitt dokument
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def test_word_har_hver_konto_som_overskrift(bok: Haandbok, word: bytes) -> None:
    document = Document(BytesIO(word))
    assert Counter(headings(document, 3)) == Counter(konto.egen.tittel for konto in bok.kontoer)
    assert headings(document, 1) == ["Arter", "Kontoer som ikke er avklart", "Kilder", "Ordliste: ord og konto"]


def test_word_har_sprak_egenskaper_og_felt(word: bytes) -> None:
    document = Document(BytesIO(word))
    said = document.core_properties
    assert (said.language, said.author) == ("nb-NO", "Lillevik")
    assert "Konteringshåndbok for Lillevik" in said.title
    default = document.styles.element.find(".//w:rPrDefault/w:rPr/w:lang", W)
    assert default.get(qn("w:val")) == "nb-NO"
    codes = [e.text.strip() for e in document.element.body.iter(qn("w:instrText"))]
    assert codes[0].startswith("TOC ")
    footer = "".join(p._p.xml for p in document.sections[0].footer.paragraphs)  # noqa: SLF001 - feltene har ikke noe annet navn
    assert " PAGE " in footer
    assert " NUMPAGES " in footer


def test_lenkene_i_word_forer_til_ett_sted(word: bytes) -> None:
    body = Document(BytesIO(word)).element.body
    marks = Counter(e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart")))
    links = {e.get(qn("w:anchor")) for e in body.iter(qn("w:hyperlink"))}
    assert set(marks.values()) == {1}
    assert links <= set(marks)
    assert all(re.fullmatch(r"[a-zæøå][\wæøå]{0,39}", mark) for mark in marks)


def test_tabellene_gjentar_overskriftsraden(word: bytes) -> None:
    tables = Document(BytesIO(word)).tables
    assert tables
    assert all(table.rows[0]._tr.find("w:trPr/w:tblHeader", W) is not None for table in tables)  # noqa: SLF001 - det samme


def test_ingenting_i_word_hentes_utenfra(word: bytes) -> None:
    parts = Document(BytesIO(word)).part.package.iter_parts()
    assert not [rel for part in parts for rel in part.rels.values() if rel.is_external]


@pytest.mark.skipif(
    SOFFICE is None or not (Path(SOFFICE).resolve().parent / "libswlo.so").exists(), reason="LibreOffice Writer mangler"
)
def test_sidetallene_er_rette_naar_libreoffice_setter_sidene(word: bytes, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext mangler")
    assert SOFFICE
    (tmp_path / "bok.docx").write_bytes(word)
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = [
        SOFFICE,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "bok.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = subprocess.run(["pdftotext", "-layout", str(tmp_path / "bok.pdf"), "-"], check=True, capture_output=True)  # noqa: S607 - programmet finnes på stien
    pages = [re.sub(r"\s", "", page) for page in text.stdout.decode().split("\f")]
    listed = [p.text for p in Document(BytesIO(word)).paragraphs if p.style.name in {"toc 1", "toc 2", "Kontoregister"}]
    assert listed
    wrong = [
        line
        for line in listed
        if re.sub(r"\s", "", line.rpartition("\t")[0]) not in pages[int(line.rpartition("\t")[2]) - 1]
    ]
    assert wrong == []


# Nettsiden


def test_fremmed_tekst_blir_aldri_html(side: str) -> None:
    assert "<script>alert" not in side
    assert "&lt;script&gt;alert(1)&lt;/script&gt; leasing av biler" in side
    assert side.count("<script>") == 1


def test_bare_programmets_eget_skript_kan_kjore(side: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', side)
    script = re.search(r"<script>(.*)</script>", side, re.DOTALL)
    style = re.search(r"<style>(.*)</style>", side, re.DOTALL)
    assert policy
    assert script
    assert style
    for text in (script[1], style[1]):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert not re.search(r'(?:src|href)="(?!#)', side)


def test_id_er_paa_nettsiden_er_ulike_og_lenkene_finnes(side: str) -> None:
    ids = Counter(re.findall(r' id="([^"]+)"', side))
    assert set(ids.values()) == {1}
    assert set(re.findall(r'href="#([^"]+)"', side)) <= set(ids)


def test_personnummer_og_skjulte_tegn_vises_ikke(side: str, word: bytes) -> None:
    text = "".join(e.text or "" for e in Document(BytesIO(word)).element.body.iter(qn("w:t")))
    for shown_text in (side, text):
        assert "01017012345" not in shown_text
        assert "\u202e" not in shown_text


# Sidene og teksten


BLOCKS = st.lists(
    st.builds(
        lambda style, text, bold: Block(style, (Bit(text, bold=bold),)),
        st.sampled_from([H1, H2, H3, META, FIELD, BODY]),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=300),
        st.booleans(),
    ),
    max_size=40,
)


@given(BLOCKS)
def test_sidene_har_alt_i_rekkefolge_og_ingen_side_er_for_full(blocks: list[Block]) -> None:
    pages = paginate([*blocks, Block(BODY, (Bit("slutt"),))])
    placed = [block for page in pages for block in page.blocks]
    assert [b.text for b in placed] == [*(b.text for b in blocks), "slutt"]
    kept = sum(block.style.keep for block in blocks)
    for page in pages:
        assert not page.blocks[-1].style.keep
        assert sum(b.height() for b in page.blocks) <= PAGE or kept > 10  # mange overskrifter på rad må stå sammen


@given(st.lists(st.text("abcæøå ", max_size=120), min_size=1, max_size=60))
def test_en_lang_tabell_deles_med_overskriftsraden_paa_hver_side(texts: list[str]) -> None:
    rows = tuple((Block(CELL, (Bit(text),)),) for text in ("Overskrift", *texts))
    pages = paginate([Block(H1, (Bit("Tabell"),)), Block(CELL, rows=rows, widths=(120.0,))])
    tables = [block for page in pages for block in page.blocks if block.rows]
    assert all(table.rows[0] == rows[0] for table in tables)
    assert [row for table in tables for row in table.rows[1:]] == list(rows[1:])
    assert all(sum(b.height() for b in page.blocks) <= PAGE for page in pages)


@given(st.text(max_size=200), st.floats(20, 500))
def test_flere_linjer_naar_det_er_trangere(text: str, room: float) -> None:
    number = lines([(text, False)], room, 9)
    assert number >= 1
    assert number * room >= width(text, 9) * 0.5 - room
    assert lines([(text, False)], room * 2, 9) <= number


@given(st.text())
def test_det_som_vises_er_en_linje_uten_styretegn(text: str) -> None:
    clean = shown(text)
    assert not re.search("[\x00-\x1f\u200b-\u200f\u202a-\u202e]", clean)
    assert len(clean) <= 180
    assert shown(clean) == clean


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8))))
def test_alle_numre_kan_sorteres(pairs: list[tuple[str, str]]) -> None:
    assert len(sorted(pairs, key=lambda pair: by_number(*pair))) == len(pairs)


# Kommandoen


def run(*words: str) -> Any:  # noqa: ANN401 - Typers resultat
    return CliRunner().invoke(app, ["haandbok", *words])


@pytest.mark.parametrize("endelse", ["docx", "html"])
def test_kommandoen_skriver_og_skriver_ikke_over(arbeidsbok: Path, tmp_path: Path, endelse: str) -> None:
    target = tmp_path / f"bok.{endelse}"
    target.write_text("mitt", encoding="utf-8")
    refused = run(str(arbeidsbok), "-o", str(target))
    assert isinstance(refused.exception, UserError)
    assert target.read_text(encoding="utf-8") == "mitt"
    done = run(str(arbeidsbok), "-o", str(target), "--overskriv")
    assert done.exit_code == 0, done.output
    assert "4 avgjort av kommunen" in done.output
    assert target.stat().st_size > 10_000
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("navn", ["bok.pdf", "bok"])
def test_andre_endelser_avvises(arbeidsbok: Path, tmp_path: Path, navn: str) -> None:
    refused = run(str(arbeidsbok), "-o", str(tmp_path / navn))
    assert isinstance(refused.exception, UserError)
    assert ".docx eller .html" in str(refused.exception)


def test_navnet_paa_forsiden_kan_settes(arbeidsbok: Path) -> None:
    assert haandbok(arbeidsbok, kommune="Storvik kommune").kommune == "Storvik kommune"
