"""Det et menneske fyller ut: nedtrekkslister, nøkler, fordelinger, og merker på det som ikke går opp."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lillevik import KODEVERK, alle_statuser, kobling, rad

from kontoplan.kodeverk import Kodeverk
from kontoplan.nokkel import account_key, row_keys
from kontoplan.sak import Andel, Begrunnelse, Forslag, Kontekst
from kontoplan.workbook import write_workbook
from kontoplan.workbook.lists import Valglister
from kontoplan.workbook.rules import used_rules

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from kontoplan.kobling import Kobling

# openpyxl kjenner ikke Excels nyere datastolper og sier fra om det.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
_FYLLES_UT = ["Avgjørelse", "Fordeling", "Kommentar", "Avgjort av"]


def _bok(innhold: Kobling, mappe: Path) -> openpyxl.Workbook:
    write_workbook(innhold, mappe / "ut.xlsx", kodeverk=KODEVERK, overskriv=True)
    return openpyxl.load_workbook(mappe / "ut.xlsx")


def _rader(ark: Worksheet) -> list[dict[str, object]]:
    overskrifter = [celle.value for celle in ark[1]]
    return [dict(zip(overskrifter, rad, strict=True)) for rad in ark.iter_rows(min_row=2, values_only=True)]


def _valg(bok: openpyxl.Workbook, linje: object) -> list[object]:
    """Listen en rad får, slått opp som nedtrekkslisten gjør det."""
    assert isinstance(linje, int)
    ark = bok["Valglister"]
    antall = ark.cell(linje, 2).value
    return [ark.cell(linje + at, 1).value for at in range(antall)]


@pytest.mark.parametrize("navn", ["Til gjennomgang", "Kobling"])
def test_kolonnene_som_fylles_ut_er_tomme_og_tekst(navn: str, tmp_path: Path) -> None:
    ark = _bok(alle_statuser(), tmp_path)[navn]
    for rad_ in _rader(ark):
        assert [rad_[kolonne] for kolonne in _FYLLES_UT] == [None] * 4
    kolonner = [celle.column for celle in ark[1] if celle.value in _FYLLES_UT]
    assert kolonner == list(range(kolonner[0], kolonner[0] + 4))
    bokstaver = [ark.cell(1, kolonne).column_letter for kolonne in kolonner]
    assert {ark.column_dimensions[b].number_format for b in bokstaver} == {"@"}  # «010» blir ikke til 10


@pytest.mark.parametrize("navn", ["Til gjennomgang", "Kobling"])
def test_listen_folger_raden_og_har_alternativene_forst(navn: str, tmp_path: Path) -> None:
    bok = _bok(alle_statuser(), tmp_path)
    ark = bok[navn]
    (regel,) = [r for r in ark.data_validations.dataValidation if "OFFSET" in (r.formula1 or "")]
    bokstav = next(c.column_letter for c in ark[1] if c.value == "Avgjørelse")
    liste = next(c.column_letter for c in ark[1] if c.value == "Valgliste")
    assert str(regel.sqref) == f"{bokstav}2:{bokstav}{ark.max_row}"
    assert regel.formula1 == f"OFFSET(Valgene,${liste}2-1,0,INDEX(Valgantall,${liste}2),1)"
    assert len(regel.formula1) <= 255
    navn = {n: bok.defined_names[n].attr_text for n in ("Valgene", "Valgantall")}
    assert navn == {"Valgene": "Valglister!$A$1", "Valgantall": "Valglister!$B:$B"}
    assert not regel.showErrorMessage  # bare koden, uten navn, er også lov
    tvetydig = next(r for r in _rader(ark) if r["Status"] == "↔ Tvetydig")
    valg = _valg(bok, tvetydig["Valgliste"])
    assert valg[:4] == ["030 Lønn til ekstrahjelp", "020 Lønn til vikarer", "Fordeles", "Rapporteres ikke"]


def test_hver_liste_har_alle_gyldige_koder_en_gang_og_radens_egen_forst() -> None:
    lister = Valglister(KODEVERK)
    koder = [kode.kode for kode in KODEVERK.koder("art")]
    for kode in koder:
        klar = rad(kode=kode, forslag=(Forslag(kode, "", 0.99),))
        apen = replace(klar, vurdering=replace(klar.vurdering, status="usikker"))
        for konto in (klar, apen):
            valg = lister.valg(lister.start(konto))
            assert valg[0].split(" ")[0] == kode
            assert sorted(v.split(" ")[0] for v in valg) == sorted([*koder, "Fordeles", "Rapporteres"])


def test_lister_med_de_samme_alternativene_deles_og_antallet_er_begrenset() -> None:
    lister = Valglister(KODEVERK)
    koder = [kode.kode for kode in KODEVERK.koder("art")]
    starter = set()
    for a in koder:
        for b in koder:
            forslag = (Forslag(a, "", 0.5), Forslag(b, "", 0.4))
            starter.add(lister.start(rad(kode=a, forslag=forslag, status="tvetydig")))
    assert len(starter) <= 1_000 + len(koder)
    assert lister.antall_linjer < 150_000


def test_balanse_har_kapittel_og_sektor(tmp_path: Path) -> None:
    balanse = rad(
        kode="16", sektor="890", forslag=(Forslag("16", "", 0.9), Forslag("13", "", 0.1)), status="tvetydig",
        konto={"dimensjon": "balanse", "lokal_kode": "21689001"},
    )  # fmt: skip
    bok = _bok(kobling(balanse), tmp_path)
    valg = _valg(bok, _rader(bok["Kobling"])[0]["Valgliste"])
    assert valg[:2] == ["16/890 Andre kortsiktige fordringer", "13/890 Kundefordringer"]
    assert "10/890 Bankinnskudd og kontanter" in valg


def test_nokkelen_er_radens_og_i_gjennomgangen_kontoens(tmp_path: Path) -> None:
    felles = {"status": "usikker", "sannsynlighet": 0.5}
    innhold = kobling(
        rad(2, **felles, konto={"kontekst": Kontekst(ansvar="100")}),
        rad(3, **felles, konto={"kontekst": Kontekst(ansvar="200")}),
        rad(4, **felles, konto={"lokal_kode": "00310"}),
    )
    bok = _bok(innhold, tmp_path)
    kontoer = [r.konto for r in innhold.rader]
    assert [r["Nøkkel"] for r in _rader(bok["Kobling"])] == row_keys(kontoer)
    gjennomgang = {r["Lokal kode"]: r["Nøkkel"] for r in _rader(bok["Til gjennomgang"])}
    assert gjennomgang == {"00300": account_key(kontoer[0]), "00310": row_keys(kontoer)[2]}


def test_nokkelen_star_sist_og_skjult(tmp_path: Path) -> None:
    for navn in ("Til gjennomgang", "Kobling"):
        ark = _bok(alle_statuser(), tmp_path)[navn]
        assert [c.value for c in ark[1]][-2:] == ["Nøkkel", "Valgliste"]
        bokstav = ark.cell(1, ark.max_column - 1).column_letter
        assert ark.column_dimensions[bokstav].hidden


def test_aar_regnskap_og_versjon_er_dokumentegenskaper(tmp_path: Path) -> None:
    bok = _bok(alle_statuser(), tmp_path)
    egenskaper = {e.name: e.value for e in bok.custom_doc_props.props}
    assert (egenskaper["kontoplan-aar"], egenskaper["kontoplan-regnskap"]) == (2026, "kommune")
    assert egenskaper["kontoplan-filer"] == "plan.xlsx"
    assert bok.properties.title == "Kontoplan koblet til KOSTRA 2026"


def test_fordelinger_har_en_rad_per_kode_og_plass_til_egne(tmp_path: Path) -> None:
    delt = {"kode": None, "status": "fordeles", "forslag": ()}
    deling = (Andel("202", None, "antall timer: skole; bygg"), Andel("222", None, "antall timer: skole; bygg"))
    fast = (Andel("202", 0.25, ""), Andel("222", 0.75, ""))
    rader = [
        rad(2, **delt, fordeling=deling, konto={"dimensjon": "funksjon", "lokal_navn": "Skole og bygg"}),
        rad(3, **delt, fordeling=deling, konto={"dimensjon": "funksjon"}),
        rad(4, **delt, fordeling=fast, konto={"dimensjon": "funksjon"}),
    ]
    bok = _bok(kobling(*rader), tmp_path)
    linjer = _rader(bok["Fordelinger"])
    fylt = [[r[k] for k in ("Fordeling", "Dimensjon", "Kode", "Andel")] for r in linjer if r["Kode"]]
    assert fylt == [
        ["202/222 antall timer skole bygg", "Funksjon", "202", None],
        ["202/222 antall timer skole bygg", "Funksjon", "222", None],
        ["202/222", "Funksjon", "202", 0.25],
        ["202/222", "Funksjon", "222", 0.75],
    ]
    assert linjer[0]["Navn på koden"] == KODEVERK.navn("funksjon", "202")
    assert "Skole og bygg" in str(linjer[0]["Brukes av"])
    assert bok["Fordelinger"].tables["FordelingNokler"].ref == "A1:G45"  # fire linjer og førti tomme
    assert _rader(bok["Kobling"])[0]["KOSTRA-navn"].startswith("Deles på\n202 Grunnskole")
    regler = {str(r.sqref): r for r in bok["Kobling"].data_validations.dataValidation}
    assert "Fordelingsnavn" in {r.formula1 for r in regler.values()}
    assert bok.defined_names["Fordelingsnavn"].attr_text == "Valglister!$D$2:$D$3"


def test_kodeverket_har_aarets_koder_og_de_interne(tmp_path: Path) -> None:
    rader = _rader(_bok(alle_statuser(), tmp_path)["Kodeverk"])
    par = {(r["Dimensjon"], r["Kode"]): r for r in rader}
    assert len(par) == len(rader)
    for dimensjon in ("art", "funksjon", "kapittel", "sektor"):
        koder = {k.kode for k in KODEVERK.koder(dimensjon)}
        assert koder <= {kode for d, kode in par if d == dimensjon.capitalize()}
    assert ("Art", "270") not in par  # gikk ut etter 2025
    assert par["Funksjon", "190"]["Merknad"].startswith("Rapporteres ikke.")
    assert par["Funksjon", "400"]["Merknad"] == "Bare for Oslo kommune og bydelene."
    assert par["Art", "010"]["Navn"] == "Fastlønn"


def test_reglene_som_er_brukt_star_med_kilde() -> None:
    brukt = Begrunnelse("regel", "Matvarer: …", "kilden", 2.0, "art-forbruk.mat")
    rader = used_rules(kobling(rad(2, begrunnelse=(brukt,)), rad(3, begrunnelse=(brukt, brukt)), rad(4)))
    assert [(r.regel.id, r.antall, r.eksempler) for r in rader] == [("art-forbruk.mat", 2, ("Ekstrahjelp",))]
    assert rader[0].regel.kilder


def test_sammendrag_og_om_sier_hva_som_er_brukt_og_hva_en_gjor(tmp_path: Path) -> None:
    bok = _bok(alle_statuser(), tmp_path)
    sammendrag, om = (
        "\n".join(str(c.value) for r in bok[navn].iter_rows() for c in r if c.value is not None)
        for navn in ("Sammendrag", "Om")
    )
    assert "regelbase" in sammendrag
    assert "modell" in sammendrag
    assert "Slik går du videre" in sammendrag
    assert "kontoplan laer" in sammendrag
    for ventet in ("plan.xlsx", "2026", "Kommuneregnskap", "kontoplan laer", "--mot"):
        assert ventet in om


def test_ingen_celle_er_en_formel(tmp_path: Path) -> None:
    bok = _bok(kobling(rad(2, konto={"lokal_navn": "=HYPERLINK(1)", "lokal_kode": "@A1"})), tmp_path)
    assert {c.data_type for ark in bok for r in ark.iter_rows() for c in r} <= {"s", "n"}


def test_bok_for_eldre_aar_har_det_arets_koder(tmp_path: Path) -> None:
    innhold = replace(kobling(rad(2)), aar=2025)
    write_workbook(innhold, tmp_path / "ut.xlsx", kodeverk=Kodeverk.for_aar(2025, "kommune"))
    rader = _rader(openpyxl.load_workbook(tmp_path / "ut.xlsx")["Kodeverk"])
    assert ("Art", "270") in {(r["Dimensjon"], r["Kode"]) for r in rader}
