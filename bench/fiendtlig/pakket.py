"""Mutasjoner inne i zip-baserte arbeidsbøker: delene, XML-en i dem, og selve beholderen."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Parts = dict[str, bytes]

_NUMBERS = (b"-1", b"0", b"99999999999", b"1e999", b"nan", b"4294967296", b"1048577", b"", b"\xc3\xa6", b"1.5", b"0x10")
_TOKENS = (
    b"\x00", b"\xff\xfe", b"&#0;", b"&#x1F;", b"&undefined;", b"]]>", b"<![CDATA[", b"<!--", b'<c r="A1"', b"</row>",
    b"\xed\xa0\x80", b'<?xml version="1.1"?>', b"<x:y>", b"&lt;" * 50, "ｆ１２３\u202e\u0000".encode(), b"_x0000_",
)  # fmt: skip
_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
)
_XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def unpack(data: bytes) -> Parts:
    """Delene i en zip-fil."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Delene som en zip-fil."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def in_xml(data: bytes, random: Random) -> bytes:
    """Én til tre mutasjoner i tilfeldige deler."""
    parts = unpack(data)
    for _ in range(random.randint(1, 3)):
        name = random.choice([n for n in parts if not n.startswith("docProps")])
        parts[name] = random.choice(_IN_PART)(parts[name], random)
    return pack(parts)


def of_parts(data: bytes, random: Random) -> bytes:
    """Deler som mangler, er tomme, har byttet plass, eller ligger der de ikke skal."""
    parts = unpack(data)
    names = sorted(parts)
    name, other = random.choice(names), random.choice(names)
    match random.randrange(7):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b""
        case 2:
            parts[name], parts[other] = parts[other], parts[name]
        case 3:
            parts[name.upper()] = parts.pop(name)
        case 4:
            parts[f"../../{name}"] = parts.pop(name)
        case 5:
            parts[name.replace("/", "\\")] = parts.pop(name)
        case _:
            parts[name] = pack(parts)
    return pack(parts, random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))


def of_container(data: bytes, random: Random) -> bytes:
    """Løgner i zip-katalogen: størrelser, sjekksummer, metode, kryptering, dobbelte navn, rusk foran og bak."""
    raw = bytearray(data)
    entries = [m.start() for m in re.finditer(rb"PK\x01\x02", data)]
    at = random.choice(entries)
    match random.randrange(8):
        case 0:
            raw[at + 24 : at + 28] = struct.pack("<I", random.choice((0, 1, 10, 0xFFFFFFFF, 300_000_000)))
        case 1:
            raw[at + 20 : at + 24] = struct.pack("<I", random.choice((0, 1, 0xFFFFFFFF)))
        case 2:
            raw[at + 10 : at + 12] = struct.pack("<H", random.choice((1, 9, 12, 14, 93, 99)))
        case 3:
            raw[at + 8 : at + 10] = struct.pack("<H", 1)
        case 4:
            raw[at + 42 : at + 46] = struct.pack("<I", random.randrange(0xFFFFFFFF))
        case 5:
            return b"#!/bin/sh\nexit 1\n" * random.randint(1, 50) + data
        case 6:
            return data + bytes(random.randrange(256) for _ in range(random.randint(1, 70_000)))
        case _:
            parts = unpack(data)
            return pack(parts) + pack(parts)
    return bytes(raw)


def bomb(data: bytes, random: Random) -> bytes:
    """En arbeidsbok som er liten pakket og svær utpakket, eller har svært mange deler."""
    parts = unpack(data)
    sheet = next(n for n in parts if n.endswith("sheet1.xml") or n == "content.xml")
    size = random.choice((5, 30, 120)) << 20
    match random.randrange(5):
        case 0:
            parts[sheet] = parts[sheet].replace(b"</", b" " * size + b"</", 1)
        case 1:
            parts["xl/sharedStrings.xml"] = _shared(b"<si><t>a</t></si>" * (size // 17))
        case 2:
            parts["xl/media/bilde.png"] = b"\0" * size
        case 3:
            parts |= {f"xl/x{n}.xml": b"<x/>" for n in range(random.choice((900, 6_000)))}
        case _:
            parts[sheet] = parts[sheet].replace(b"<sheetData>", b"<sheetData>" + b'<row r="9"></row>' * (size // 17), 1)
    return pack(parts)


def huge(data: bytes, random: Random) -> bytes:
    """Svære mål: celler i hjørnet av arket, 16 384 kolonner, sammenslåing av alt, dype nøster, lange tekster."""
    parts = unpack(data)
    sheet = next((n for n in parts if n.endswith("sheet1.xml")), "")
    if not sheet:
        return of_parts(data, random)
    body, place = parts[sheet], b"</sheetData>"
    columns = [_letters(n) for n in range(16_384)]
    match random.randrange(9):
        case 0:
            extra = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        case 1:
            rows = random.randint(1, 12)
            extra = b"".join(
                b'<row r="%d">' % r + b"".join(b'<c r="%s%d"><v>%d</v></c>' % (c, r, r) for c in columns) + b"</row>"
                for r in range(200, 200 + rows)
            )
        case 2:
            depth = random.choice((500, 20_000, 200_000))
            extra = b"<x>" * depth + b"</x>" * depth
        case 3:
            extra = b'<row r="300"><c r="A300" t="inlineStr"><is><t>' + b"a" * (3 << 20) + b"</t></is></c></row>"
        case 4:
            extra = b'<row r="400"><c><v>1</v></c></row>' * random.choice((10, 100_000))
        case 5:
            extra = b'<row r="4294967295"><c r="ZZZZ4294967295"><v>1</v></c></row>'
        case 6:
            place = b"</worksheet>"
            extra = b'<mergeCells count="2"><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:B1048576"/></mergeCells>'
        case 7:
            extra = b"".join(
                b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" t="str"><f>1/0</f><v>x</v></c></row>'
                % (r, r, random.choice((0, 5, -1, 10**9)), r)
                for r in range(100, 30_000)
            )
        case _:
            place = b"<sheetData"
            extra = b'<cols><col min="1" max="16384" hidden="1"/><col min="-5" max="99999999" hidden="1"/></cols>'
    parts[sheet] = body.replace(place, extra + place, 1)
    return pack(parts)


def _shared(items: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + items
        + b"</sst>"
    )


def _letters(number: int) -> bytes:
    name = b""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = bytes([65 + rest]) + name
    return name


def _flip(part: bytes, random: Random) -> bytes:
    raw = bytearray(part)
    for _ in range(random.randint(1, 20)):
        if raw:
            raw[random.randrange(len(raw))] = random.randrange(256)
    return bytes(raw)


def _cut(part: bytes, random: Random) -> bytes:
    start = random.randrange(len(part) + 1)
    return part[:start] if random.random() < 0.5 else part[:start] + part[start + random.randint(1, 500) :]


def _repeat(part: bytes, random: Random) -> bytes:
    start = random.randrange(len(part) + 1)
    piece = part[start : start + random.randint(1, 300)]
    return part[:start] + piece * random.choice((2, 50, 2_000)) + part[start:]


def _number(part: bytes, random: Random) -> bytes:
    found = list(re.finditer(rb"\d+", part))
    if not found:
        return part
    for match in sorted(random.sample(found, min(len(found), random.randint(1, 8))), key=lambda m: -m.start()):
        part = part[: match.start()] + random.choice(_NUMBERS) + part[match.end() :]
    return part


def _insert(part: bytes, random: Random) -> bytes:
    start = random.randrange(len(part) + 1)
    return part[:start] + random.choice(_TOKENS) * random.choice((1, 1, 200)) + part[start:]


def _attribute(part: bytes, random: Random) -> bytes:
    found = list(re.finditer(rb'\w+="[^"]*"', part))
    if not found:
        return part
    match, other = random.choice(found), random.choice(found)
    return part[: match.start()] + random.choice((other[0], b"", b'x=""', match[0] * 2)) + part[match.end() :]


def _type(part: bytes, random: Random) -> bytes:
    wanted = random.choice((b"s", b"b", b"e", b"d", b"n", b"str", b"inlineStr", b"zzz"))
    return re.sub(rb't="\w+"', b't="' + wanted + b'"', part, count=random.choice((0, 1, 5)))


def _prolog(part: bytes, random: Random) -> bytes:
    body = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", part)
    match random.randrange(5):
        case 0:
            return _BOMB + body.replace(b"</t>", b"&a11;</t>").replace(b"<v>", b"<v>&a11;")
        case 1:
            return _XXE + body.replace(b"</t>", b"&e;</t>")
        case 2:
            return b'<?xml version="1.0" encoding="%s"?>' % random.choice((b"utf-7", b"ebcdic-cp-us", b"x-tull")) + body
        case 3:
            return (
                part.decode("utf-8", "replace").replace("UTF-8", "UTF-16").encode(random.choice(("utf-16", "utf-32")))
            )
        case _:
            return b"\xef\xbb\xbf" * random.randint(1, 3) + part


def _nest(part: bytes, random: Random) -> bytes:
    depth = random.choice((100, 5_000, 100_000))
    start = part.find(b">", random.randrange(len(part) + 1)) + 1
    return part[:start] + b"<a>" * depth + (b"</a>" * depth if random.random() < 0.7 else b"") + part[start:]


_IN_PART: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _cut, _repeat, _number, _number, _insert, _attribute, _attribute, _type, _prolog, _nest,
)  # fmt: skip
