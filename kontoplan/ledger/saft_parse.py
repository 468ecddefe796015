"""Leser SAF-T Financial som en strøm: én linje om gangen, uten entiteter og uten å bygge treet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from kontoplan.errors import UserError
from kontoplan.ledger.limits import CHUNK, MAX_XML_BYTES, MAX_XML_DEPTH, MAX_XML_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

Line = dict[str, str]
_LINE_FIELDS = frozenset(
    {
        "AccountID",
        "SupplierID",
        "CustomerID",
        "Description",
        "DebitAmount",
        "CreditAmount",
        "TaxCode",
        "SourceDocumentID",
    }
)
_VOUCHER_FIELDS = frozenset({"TransactionID", "Period", "TransactionDate", "Description", "SupplierID", "CustomerID"})
_PARTIES = {"Customer": "CustomerID", "Supplier": "SupplierID"}


@dataclass(slots=True)
class Masterdata:
    """Det som står utenfor posteringene.

    Attributes:
        version: Utgaven av SAF-T.
        analysis: Analysetype → beskrivelsen av den, f.eks. ``{"A": "Ansvar"}``.
        parties: Kunde- eller leverandørnummer → navn og organisasjonsnummer.
        entries: Antallet bilag filen sier den har; tomt når det mangler.
        debit: Sum debet filen oppgir.
        credit: Sum kredit filen oppgir.
        vouchers: Antallet bilag som er lest.
    """

    version: str = ""
    analysis: dict[str, str] = field(default_factory=dict)
    parties: dict[str, tuple[str, str]] = field(default_factory=dict)
    entries: str = ""
    debit: str = ""
    credit: str = ""
    vouchers: int = 0


class _Reader:
    """Tilstanden mens strømmen leses; ferdige linjer legges i ``lines``."""

    def __init__(self, fil: str, data: Masterdata) -> None:
        self.fil = fil
        self.data = data
        self.lines: list[Line] = []
        self.path: list[str] = []
        self.text: list[str] = []
        self.length = 0
        self.voucher: Line = {}
        self.line: Line | None = None
        self.analysis: dict[str, str] = {}
        self.party: dict[str, str] = {}

    def start(self, name: str, _: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self.path.append(tag)
        if len(self.path) > MAX_XML_DEPTH:
            raise _hostile(self.fil, "elementer for dypt inne i hverandre")
        self.text.clear()
        self.length = 0
        if tag == "Transaction":
            self.voucher = {}
            self.data.vouchers += 1
        elif tag == "Line" and "Transaction" in self.path:
            self.line = {}
        elif tag in {"Analysis", "AnalysisTypeTableEntry"}:
            self.analysis = {}
        elif tag in _PARTIES:
            self.party = {}

    def characters(self, text: str) -> None:
        self.length += len(text)
        if self.length > MAX_XML_TEXT:
            raise _hostile(self.fil, "et felt på over 100 000 tegn")
        self.text.append(text)

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        text = "".join(self.text).strip()
        self.text.clear()
        self.path.pop()
        parent = self.path[-1] if self.path else ""
        if self.line is not None:
            self._in_line(tag, parent, text, self.line)
        elif parent == "Transaction" and tag in _VOUCHER_FIELDS:
            self.voucher[tag] = text
        elif parent == "GeneralLedgerEntries" and tag in {"NumberOfEntries", "TotalDebit", "TotalCredit"}:
            self._control(tag, text)
        elif parent in _PARTIES or tag in _PARTIES:
            self._in_party(tag, parent, text)
        elif parent == "AnalysisTypeTableEntry":
            self.analysis[tag] = text
        elif tag == "AnalysisTypeTableEntry":
            kind = self.analysis.get("AnalysisType", "")
            self.data.analysis.setdefault(kind, self.analysis.get("AnalysisTypeDescription", ""))
        elif tag == "AuditFileVersion":
            self.data.version = text

    def _in_line(self, tag: str, parent: str, text: str, line: Line) -> None:
        if tag == "Line":
            self.lines.append({**{f"bilag.{k}": v for k, v in self.voucher.items()}, **line})
            self.line = None
        elif tag == "Amount" and parent in {"DebitAmount", "CreditAmount"}:
            line[parent] = text
        elif parent == "Analysis":
            self.analysis[tag] = text
        elif tag == "Analysis":
            line.setdefault(f"analyse.{self.analysis.get('AnalysisType', '')}", self.analysis.get("AnalysisID", ""))
        elif tag in _LINE_FIELDS and text and parent in {"Line", "TaxInformation"}:
            line.setdefault(tag, text)

    def _in_party(self, tag: str, parent: str, text: str) -> None:
        if tag in _PARTIES:
            number = self.party.get(_PARTIES[tag], "")
            self.data.parties[number] = (self.party.get("Name", ""), self.party.get("RegistrationNumber", ""))
        elif parent in _PARTIES and tag in {"Name", "RegistrationNumber", _PARTIES[parent]}:
            self.party[tag] = text

    def _control(self, tag: str, text: str) -> None:
        if tag == "NumberOfEntries":
            self.data.entries = text
        elif tag == "TotalDebit":
            self.data.debit = text
        else:
            self.data.credit = text


def read_lines(stream: BinaryIO, fil: str, data: Masterdata) -> Iterator[list[Line]]:
    """Posteringslinjene i bolker; ``data`` fylles underveis og er hel når strømmen er slutt.

    Raises:
        UserError: XML-en er ødelagt, har en dokumenttype (entiteter), eller er over grensene.
    """
    reader = _Reader(fil, data)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _no_doctype(fil)
    size = 0
    try:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > MAX_XML_BYTES:
                raise _hostile(fil, "mer enn 20 GB innhold")
            parser.Parse(chunk, False)  # noqa: FBT003 - expat tar bare posisjonsargumenter
            yield reader.lines
            reader.lines = []
        parser.Parse(b"", True)  # noqa: FBT003 - det samme
    except expat.ExpatError as error:
        raise UserError(
            f"{fil} er ikke hel SAF-T: XML-en er brutt på linje {error.lineno}; eksporter filen på nytt.",
            code="saft-brutt",
        ) from None
    yield reader.lines


def _no_doctype(fil: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise _hostile(fil, "en dokumenttype (DOCTYPE), som SAF-T ikke skal ha")

    return refuse


def _hostile(fil: str, what: str) -> UserError:
    return UserError(
        f"{fil} er ikke en vanlig SAF-T-fil: den har {what}; eksporter filen på nytt fra økonomisystemet.",
        code="saft-farlig",
    )
