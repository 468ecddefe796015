"""SAF-T Financial: posteringene, dimensjonene, kontrolltallene, og XML som ikke skal slippes inn."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from kontoplan.errors import UserError
from kontoplan.ledger import open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINE = """<n:Line><n:RecordID>1</n:RecordID><n:AccountID>{konto}</n:AccountID>
<n:Analysis><n:AnalysisType>A</n:AnalysisType><n:AnalysisID>3110</n:AnalysisID></n:Analysis>
<n:Analysis><n:AnalysisType>T</n:AnalysisType><n:AnalysisID>20200</n:AnalysisID></n:Analysis>
<n:Analysis><n:AnalysisType>X</n:AnalysisType><n:AnalysisID>7</n:AnalysisID></n:Analysis>
<n:SupplierID>55</n:SupplierID><n:Description>{tekst}</n:Description>
<n:{side}Amount><n:Amount>{belop}</n:Amount></n:{side}Amount>
<n:TaxInformation><n:TaxCode>81</n:TaxCode></n:TaxInformation></n:Line>"""
FILE = """<?xml version="1.0" encoding="utf-8"?>{doctype}
<n:AuditFile xmlns:n="urn:StandardAuditFile-Taxation-Financial:NO"><n:Header><n:AuditFileVersion>1.30</n:AuditFileVersion></n:Header>
<n:MasterFiles><n:Suppliers><n:Supplier><n:RegistrationNumber>313313313</n:RegistrationNumber><n:Name>Bø Mat AS</n:Name>
<n:Address><n:City>Bø</n:City></n:Address><n:SupplierID>55</n:SupplierID></n:Supplier></n:Suppliers>
<n:AnalysisTypeTable>
<n:AnalysisTypeTableEntry><n:AnalysisType>A</n:AnalysisType><n:AnalysisTypeDescription>Ansvar</n:AnalysisTypeDescription><n:AnalysisID>3110</n:AnalysisID></n:AnalysisTypeTableEntry>
<n:AnalysisTypeTableEntry><n:AnalysisType>T</n:AnalysisType><n:AnalysisTypeDescription>Tjeneste</n:AnalysisTypeDescription><n:AnalysisID>20200</n:AnalysisID></n:AnalysisTypeTableEntry>
<n:AnalysisTypeTableEntry><n:AnalysisType>X</n:AnalysisType><n:AnalysisTypeDescription>Lokasjon</n:AnalysisTypeDescription><n:AnalysisID>7</n:AnalysisID></n:AnalysisTypeTableEntry>
</n:AnalysisTypeTable></n:MasterFiles>
<n:GeneralLedgerEntries><n:NumberOfEntries>{antall}</n:NumberOfEntries><n:TotalDebit>{debet}</n:TotalDebit><n:TotalCredit>100.10</n:TotalCredit>
<n:Journal><n:Transaction><n:TransactionID>9001</n:TransactionID><n:Period>2</n:Period><n:PeriodYear>2025</n:PeriodYear>
<n:TransactionDate>2025-02-28</n:TransactionDate><n:Description>Bilagstekst</n:Description>{linjer}</n:Transaction></n:Journal></n:GeneralLedgerEntries></n:AuditFile>"""
LINES = LINE.format(konto="11150", tekst="Mat &amp; drikke", side="Debit", belop="100.10") + LINE.format(
    konto="23275", tekst="", side="Credit", belop="100.10"
)


def saft(path: Path, *, linjer: str = LINES, antall: str = "1", debet: str = "100.10", doctype: str = "") -> Path:
    path.write_text(FILE.format(linjer=linjer, antall=antall, debet=debet, doctype=doctype), encoding="utf-8")
    return path


def test_linjene_leses_med_dimensjoner_leverandor_og_bilag(read: Callable[..., Any], tmp_path: Path) -> None:
    rows, lest, kilde = read(saft(tmp_path / "saft.xml"))
    assert rows[0] == {
        "rad": 1, "ark": "SAF-T", "klasse": None, "konto": "11150", "funksjon": "20200", "ansvar": "3110", "prosjekt": None,
        "tekst": "Mat & drikke", "leverandor": "Bø Mat AS", "orgnr": "313313313", "bilag": "9001", "dato": dt.date(2025, 2, 28),
        "maaned": 2, "mva_kode": "81", "belop_ore": 10010,
    }  # fmt: skip
    assert (rows[1]["tekst"], rows[1]["belop_ore"], lest.sum_ore) == ("Bilagstekst", -10010, 0)
    assert kilde.oppsett == ("SAF-T utgave 1.30",)
    assert kilde.merknader == (
        'Analysetypene X (Lokasjon) er ikke brukt; oppgi dem med --kolonner "ansvar=A,funksjon=T" når de er ansvar, funksjon eller prosjekt.',
    )


def test_pakket_i_zip(read: Callable[..., Any], tmp_path: Path) -> None:
    xml = saft(tmp_path / "saft.xml")
    with zipfile.ZipFile(tmp_path / "saft.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(xml, "saft.xml")
    assert len(read(tmp_path / "saft.zip")[0]) == 2


def test_kontrolltall_som_ikke_stemmer_sies(read: Callable[..., Any], tmp_path: Path) -> None:
    _, _, kilde = read(saft(tmp_path / "saft.xml", antall="3", debet="99.00"))
    assert kilde.merknader[-2:] == (
        "Filen sier at den har 3 bilag, men 1 er lest.",
        "Filen sier at sum debet er 99.00, men linjene gir 100.10.",
    )


def test_analysetypen_kan_oppgis(read: Callable[..., Any], tmp_path: Path) -> None:
    assert read(saft(tmp_path / "saft.xml"), kolonner="prosjekt=X")[0][0]["prosjekt"] == "7"
    with (
        pytest.raises(
            UserError, match="har ingen analysetype «Q», som --kolonner oppgir som prosjekt; filen bruker A, T, X"
        ),
        open_ledger(tmp_path / "saft.xml", kolonner="prosjekt=Q"),
    ):
        pass


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"doctype": LAUGHS}, "en dokumenttype \\(DOCTYPE\\)"),
        ({"linjer": "<a>" * 60 + "</a>" * 60}, "elementer for dypt inne i hverandre"),
        ({"linjer": LINE.format(konto="1", tekst="x" * 200_000, side="Debit", belop="1")}, "et felt på over 100 000 tegn"),
        ({"linjer": "<Line>"}, "XML-en er brutt på linje"),
        ({"linjer": ""}, "har ingen posteringer"),
    ],
)  # fmt: skip
def test_farlig_eller_odelagt_xml(tmp_path: Path, change: dict[str, str], message: str) -> None:
    with pytest.raises(UserError, match=message), open_ledger(saft(tmp_path / "saft.xml", **change)):
        pass
