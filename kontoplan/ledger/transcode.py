"""Gjør en tekstfil klar for Polars: UTF-8, og anførselstegn som går opp. De fleste filer er klare som de er."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from kontoplan.chart.sniff import looks_like_utf16
from kontoplan.errors import UserError
from kontoplan.ledger.limits import CHUNK, FIELD_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Encoding = Literal["utf-8", "cp1252", "utf-16-le", "utf-16-be", "utf-16"]
SHOWN: dict[Encoding, str] = {
    "utf-8": "UTF-8", "cp1252": "Windows-1252", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-16": "UTF-16",
}  # fmt: skip
_QUOTE = ord('"')
_C1 = bytes(range(0x80, 0xA0))
"""Bytene der Windows-1252 skiller seg fra Latin-1, som Python oversetter mye raskere."""


@dataclass(frozen=True, slots=True)
class Ready:
    """En fil Polars kan lese: stien, skilletegnet, om felt kan stå i anførselstegn, om første linje er ``sep=``, og tegnsettet den hadde."""

    path: Path
    separator: str
    quoted: bool
    sep_line: bool
    encoding: Encoding


@dataclass(slots=True)
class _Seen:
    """Det gjennomsynet fant: om alt er UTF-8, hvor mange anførselstegn det er, og om alle åpner eller lukker et felt."""

    utf8: bool = True
    quotes: int = 0
    regular: bool = True


def prepare(path: Path, start: bytes, separator: str, folder: Path, *, sep_line: bool) -> Ready:
    """Ser gjennom filen og skriver den om i ``folder`` når tegnsettet eller anførselstegnene krever det.

    Raises:
        UserError: et felt er for langt; anførselstegnene går da ikke opp.
    """
    wide: Encoding | None = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None
    found = looks_like_utf16(start[:65536])
    wide = wide or ("utf-16-le" if found == "utf-16-le" else "utf-16-be" if found else None)
    seen = _Seen(utf8=False) if wide else _look_through(path, separator)
    encoding: Encoding = wide or ("utf-8" if seen.utf8 else "cp1252")
    if wide or not (seen.regular and seen.quotes % 2 == 0):
        if wide:
            # Anførselstegnene i UTF-16 telles etter omskrivingen.
            target = folder / "utf8.csv"
            _write(target, _decoded(path, encoding))
            ready = prepare(target, b"", separator, folder, sep_line=sep_line)
            return Ready(ready.path, ready.separator, ready.quoted, ready.sep_line, encoding)
        target = folder / "felt.csv"
        _rewrite(path, target, encoding, separator, sep_line=sep_line)
        return Ready(target, ";", quoted=True, sep_line=False, encoding=encoding)
    if encoding == "cp1252":
        target = folder / "utf8.csv"
        _write(target, _decoded(path, encoding))
        return Ready(target, separator, seen.quotes > 0, sep_line, encoding)
    return Ready(path, separator, seen.quotes > 0, sep_line, encoding)


def _look_through(path: Path, separator: str) -> _Seen:
    seen = _Seen()
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = b"\n"
    with path.open("rb") as stream:
        chunk = stream.read(CHUNK).removeprefix(codecs.BOM_UTF8)
        while chunk:
            following = stream.read(CHUNK)
            if seen.utf8 and not (chunk.isascii() and not decoder.getstate()[0]):
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    seen.utf8 = False
            if b'"' in chunk:
                _count_quotes(seen, before + chunk + (following[:1] or b"\n"), separator)
            before, chunk = chunk[-1:], following
    if decoder.getstate()[0]:
        seen.utf8 = False
    return seen


def _count_quotes(seen: _Seen, data: bytes, separator: str) -> None:
    """Teller anførselstegnene i ``data`` uten første og siste byte, og ser om de følger regelen (RFC 4180).

    Annethvert tegn skal åpne et felt (eller være det andre i et dobbelt tegn), og annethvert lukke det (eller være det første).
    """
    codes = np.frombuffer(data, np.uint8)
    at = np.flatnonzero(codes[1:-1] == _QUOTE) + 1
    opens = (np.arange(len(at)) + seen.quotes) % 2 == 0
    outside = np.where(opens, codes[at - 1], codes[at + 1])
    seen.quotes += len(at)
    seen.regular = seen.regular and bool(np.isin(outside, [_QUOTE, ord(separator), *b"\r\n"]).all())


def _decoded(path: Path, encoding: Encoding) -> Iterator[str]:
    if encoding != "cp1252":
        with path.open(encoding=encoding, errors="replace", newline="") as text:
            while part := text.read(CHUNK):
                yield part
        return
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            plain = len(chunk.translate(None, _C1)) == len(chunk)
            yield chunk.decode("latin-1") if plain else chunk.decode("cp1252", errors="replace")


def _write(target: Path, parts: Iterator[str]) -> None:
    with target.open("w", encoding="utf-8", newline="") as out:
        out.writelines(parts)


def _rewrite(path: Path, target: Path, encoding: Encoding, separator: str, *, sep_line: bool) -> None:
    """Skriver filen om med Pythons csv-leser, som leser løse anførselstegn slik Excel gjør."""
    csv.field_size_limit(FIELD_LIMIT)
    text_encoding = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open(encoding=text_encoding, errors="replace", newline="") as source:
        if sep_line:
            source.readline()
        reader = csv.reader(source, delimiter=separator)
        with target.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=";", lineterminator="\n")
            try:
                writer.writerows(reader)
            except csv.Error:
                raise UserError(
                    f"{path.name} har anførselstegn som ikke går opp, rundt linje {reader.line_num}; rett linjen, eller eksporter hovedboken som .xlsx.",
                    code="hovedbok-uleselig",
                ) from None
