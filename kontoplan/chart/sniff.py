"""Sier hva en fil er av innholdet, ikke av endelsen."""

from __future__ import annotations

from typing import Literal

Kind = Literal["xlsx", "xls", "ods", "tekst"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_FOREIGN = (
    (b"%PDF", "en PDF-fil"),
    (b"MZ", "et program"),
    (b"\x7fELF", "et program"),
    (b"\x89PNG", "et bilde"),
    (b"\xff\xd8\xff", "et bilde"),
    (b"GIF8", "et bilde"),
    (b"{\\rtf", "et RTF-dokument"),
    (b"Rar!", "et pakket arkiv"),
    (b"7z\xbc\xaf", "et pakket arkiv"),
    (b"\x1f\x8b", "et pakket arkiv"),
    (b"SQLite format 3", "en database"),
)
_MARKUP = (
    (b"<!doctype html", "en nettside (HTML)"),
    (b"<html", "en nettside (HTML)"),
    (b"<table", "en nettside (HTML)"),
)
_HEAD = 4096


def is_ole(data: bytes) -> bool:
    """Om filen er en OLE-beholder, som .xls, .doc og krypterte arbeidsbøker er."""
    return data.startswith(_OLE)


def is_encrypted_ole(data: bytes) -> bool:
    """Om OLE-beholderen er en arbeidsbok med passord."""
    return _ENCRYPTED in data


def is_xls(data: bytes) -> bool:
    """Om OLE-beholderen har en strøm som heter Workbook eller Book."""
    return any(name in data for name in _XLS_STREAMS) or data[:2] == b"\x09\x08"


def is_zip(data: bytes) -> bool:
    """Om filen begynner som en zip-fil."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def foreign_kind(data: bytes) -> str | None:
    """Hva filen er når den verken er regneark eller tekst, f.eks. ``"en PDF-fil"``; ellers ``None``."""
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            return what
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, what in _MARKUP:
        if head.startswith(magic) or (head.startswith(b"<?xml") and magic in head):
            return what
    if head.startswith((b"<?xml", b"<workbook")):
        return "en XML-fil"
    return None


def is_binary(data: bytes) -> bool:
    """Om filen har styretegn tekst ikke har (og ikke er UTF-16)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = data[:65536]
    if head.count(0) and not looks_like_utf16(head):
        return True
    controls = sum(head.count(bytes([c])) for c in (*range(1, 9), *range(14, 26), *range(28, 32)))
    return controls * 50 > len(head)


def looks_like_utf16(head: bytes) -> str | None:
    """``"utf-16-le"`` eller ``"utf-16-be"`` når annenhver byte er null, ellers ``None``."""
    half = len(head) // 2
    if half < 4:  # noqa: PLR2004 - kortere tekst sier ingenting
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return None
