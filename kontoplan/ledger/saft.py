"""Hovedbok som SAF-T Financial (norsk): XML-filen som den er, eller pakket i en zip."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.chart import zipscan
from kontoplan.chart.override import read_roles
from kontoplan.errors import UserError
from kontoplan.ledger.columns import Columns, role_of
from kontoplan.ledger.formats import CODES, Formats
from kontoplan.ledger.frame import build
from kontoplan.ledger.hovedbok import Hovedbok, Kilde
from kontoplan.ledger.limits import MAX_XML_BYTES
from kontoplan.ledger.saft_parse import Line, Masterdata, read_lines
from kontoplan.lesing import Kolonne

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

_ROOT = b"AuditFile"
_FIELDS = {
    "konto": ("AccountID",), "debet": ("DebitAmount",), "kredit": ("CreditAmount",), "bilag": ("bilag.TransactionID",),
    "dato": ("bilag.TransactionDate",), "periode": ("bilag.Period",), "tekst": ("Description", "bilag.Description"),
    "leverandor": ("SupplierID", "CustomerID", "bilag.SupplierID", "bilag.CustomerID"), "mva_kode": ("TaxCode",),
}  # fmt: skip
_EXAMPLE = "ansvar=A,funksjon=T"


def is_saft(path: Path, head: bytes) -> bool:
    """Om filen er SAF-T, også når den er pakket alene i en zip."""
    if head.startswith(b"PK"):
        return _packed(path) is not None
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _ROOT in head


def open_saft(
    path: Path, kolonner: str | Mapping[str, str] | None = None, progress: Callable[[str], None] | None = None
) -> Hovedbok:
    """Leser posteringene; analysetypene blir ansvar, funksjon og prosjekt etter beskrivelsen i filen.

    Args:
        path: Filen.
        kolonner: Rolle → analysetype når beskrivelsene ikke sier det, f.eks. ``"ansvar=A,funksjon=T"``.
        progress: Kalles med en kort norsk setning for hver bolk.

    Raises:
        UserError: filen er ødelagt eller over grensene, eller en analysetype finnes ikke.
    """
    given = read_roles(kolonner, CODES[1:], {"tjeneste": "funksjon"}, _EXAMPLE) if kolonner else {}
    data = Masterdata()
    frames: list[pl.DataFrame] = []
    count = 0
    try:
        with _stream(path) as stream:
            for lines in read_lines(stream, path.name, data):
                if lines:
                    frames.append(_frame(lines, data))
                    count += len(lines)
                    if progress:
                        progress(f"Leser {path.name}: {count} linjer")
    except zipscan.BROKEN:
        raise UserError(
            f"{path.name} er skadet og kan ikke pakkes ut; eksporter filen på nytt.", code="skadet-fil"
        ) from None
    if not frames:
        raise UserError(
            f"{path.name} har ingen posteringer (GeneralLedgerEntries); eksporter filen med posteringene.",
            code="saft-uten-linjer",
        )
    lines_read = pl.concat(frames, how="diagonal")
    dims = _dimensions(data, given, lines_read.columns, path.name)
    return _hovedbok(path, lines_read, dims, data)


def _hovedbok(path: Path, lines: pl.DataFrame, dims: Mapping[str, str], data: Masterdata) -> Hovedbok:
    columns = [*_FIELDS, "orgnr", *dims.values()]
    names = {role: role for role in (*_FIELDS, "orgnr")} | dict(dims)
    raw = lines.with_row_index("rad", offset=1).with_columns(
        pl.col("rad").cast(pl.UInt32), pl.lit("SAF-T").alias("ark"), pl.lit(None, pl.String).alias("ekstra")
    )
    at = {role: columns.index(names[role]) for role in names}
    unused = [f"{kind} ({text})" for kind, text in data.analysis.items() if f"analyse.{kind}" not in dims.values()]
    notes = (
        [
            f'Analysetypene {", ".join(unused)} er ikke brukt; oppgi dem med --kolonner "{_EXAMPLE}" når de er ansvar, funksjon eller prosjekt.'
        ]
        if unused
        else []
    )
    kilde = Kilde(
        path.name,
        "SAF-T",
        "hovedbok",
        kolonner=tuple(
            Kolonne(role, name, data.analysis.get(name.removeprefix("analyse."), "")) for role, name in dims.items()
        ),
        oppsett=(f"SAF-T utgave {data.version or 'ukjent'}",),
        merknader=(*notes, *_control(lines, data)),
    )
    formats = Formats(comma=False, date="%Y-%m-%d")
    return Hovedbok(kilde, build(raw.lazy(), Columns(at, (), 0), formats, names))


def _frame(lines: Sequence[Line], data: Masterdata) -> pl.DataFrame:
    """Linjene som tekstkolonner; leverandørnummeret er byttet med navnet når filen har det."""
    found: dict[str, list[str | None]] = {
        role: [next((line[k] for k in keys if line.get(k)), None) for line in lines] for role, keys in _FIELDS.items()
    }
    parties = [data.parties.get(number or "", (None, None)) for number in found["leverandor"]]
    found["orgnr"] = [orgnr or None for _, orgnr in parties]
    found["leverandor"] = [name or number for (name, _), number in zip(parties, found["leverandor"], strict=True)]
    for kind in sorted({key for line in lines for key in line if key.startswith("analyse.")}):
        found[kind] = [line.get(kind) for line in lines]
    return pl.DataFrame(found, schema=dict.fromkeys(found, pl.String()))


def _dimensions(data: Masterdata, given: Mapping[str, str], columns: Sequence[str], fil: str) -> dict[str, str]:
    """Rolle → kolonnen med analysetypen."""
    dims: dict[str, str] = {}
    for wanted, kind in given.items():
        if f"analyse.{kind}" not in columns:
            known = ", ".join(c.removeprefix("analyse.") for c in columns if c.startswith("analyse.")) or "ingen"
            raise UserError(
                f"{fil} har ingen analysetype «{kind}», som --kolonner oppgir som {wanted}; filen bruker {known}.",
                code="saft-analysetype",
            )
        dims[wanted] = f"analyse.{kind}"
    for column in columns:
        kind = column.removeprefix("analyse.")
        role = role_of(data.analysis.get(kind, "") or kind) if column != kind else None
        if role and role[0] in CODES[1:] and role[0] not in dims and column not in dims.values():
            dims[role[0]] = column
    return dims


def _control(lines: pl.DataFrame, data: Masterdata) -> list[str]:
    """Filens egne kontrolltall mot det som er lest."""
    notes = []
    if data.entries.isdigit() and int(data.entries) != data.vouchers:
        notes.append(f"Filen sier at den har {data.entries} bilag, men {data.vouchers} er lest.")
    for word, told, column in (("debet", data.debit, "debet"), ("kredit", data.credit, "kredit")):
        read = sum(
            (number for text in lines[column].drop_nulls() if (number := _decimal(text)) is not None), Decimal(0)
        )
        expected = _decimal(told)
        if expected is not None and expected != read:
            notes.append(f"Filen sier at sum {word} er {expected:.2f}, men linjene gir {read:.2f}.")
    return notes


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _packed(path: Path) -> zipfile.ZipInfo | None:
    """Den ene XML-filen i en zip uten regneark."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            return parts[0] if len(parts) == 1 and parts[0].filename.lower().endswith(".xml") else None
    except zipscan.BROKEN:
        return None


@contextmanager
def _stream(path: Path) -> Iterator[BinaryIO]:
    part = _packed(path) if zipfile.is_zipfile(path) else None
    if part is None:
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive:
        zipscan.check_directory(archive, path.name, unpacked_limit=MAX_XML_BYTES, what="hovedboken")
        with archive.open(part) as stream:
            yield stream  # type: ignore[misc]  # ZipExtFile leses som en vanlig binær strøm
