"""Mutasjoner av rå byte, tekstfiler, og gyldige arbeidsbøker med rart innhold."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import xlsxwriter

from bench.fiendtlig.grunnlag import ROWS

if TYPE_CHECKING:
    from random import Random

_HEADS = (
    "Art",
    "Navn",
    "Konto",
    "Kontonavn",
    "Tjeneste",
    "Ansvar",
    "Beløp",
    "Klasse",
    "Balanse",
    "",
    "Kode",
    2026,
    None,
)
_ODD: tuple[object, ...] = (
    "10100", "Fastlønn", 10100, 10100.0, -1, 1e308, -1e308, 0.1 + 0.2, True, None, "", " ", "\u00a0", "=1+1", "@x", "-", "+47",
    "\u202e12345", "１０１００", "𝟙𝟘", "٣٤٥", "1e999", "nan", "inf", "9" * 5_000, "a" * 32_000, "🦄" * 50, "a\u0301" * 400, "\u200b",
    "SUM", "Sum drift", "10100 Fastlønn", "#REF!", "12.345,67", "1 000 000", "(500)", "-0", "0" * 400, "½", "10100;10200", "\t", "\n\n",
    "01017012345 Ola", dt.date(2026, 1, 1), dt.date(1900, 1, 1), dt.time(3, 4), "{{x}}", "[bold]x[/bold]", "%s%n", "\\x00",
)  # fmt: skip
_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "cp865",
    "iso8859-10",
    "utf-7",
)


def of_bytes(data: bytes, random: Random) -> bytes:
    """Byte som er snudd, kuttet, gjentatt eller lagt til."""
    raw = bytearray(data)
    match random.randrange(6):
        case 0 | 1:
            for _ in range(random.choice((1, 3, 30, 300))):
                raw[random.randrange(len(raw))] = random.randrange(256)
        case 2:
            del raw[random.randrange(len(raw)) :]
        case 3:
            start = random.randrange(len(raw))
            del raw[start : start + random.randint(1, 4_000)]
        case 4:
            start = random.randrange(len(raw))
            raw[start:start] = raw[: random.randint(1, 8_000)]
        case _:
            start = random.randrange(len(raw))
            raw[start : start + random.randint(1, 400)] = bytes([random.choice((0, 255, 65, 13))]) * random.randint(
                1, 400
            )
    return bytes(raw)


def text(random: Random) -> bytes:
    """En tekstfil med rart tegnsett, skilletegn, anførselstegn, bredde og innhold."""
    separator = random.choice((";", ",", "\t", "|", ";;", "\x1f", " ", "\x00", "ÿ"))
    rows = [[str(cell) for cell in row] for row in ROWS]
    for _ in range(random.randint(0, 30)):
        rows.insert(random.randrange(len(rows) + 1), [_cell(random) for _ in range(random.choice((1, 2, 3, 9, 300)))])
    newline = random.choice(("\n", "\r\n", "\r", "\n\r", "\u2028"))
    lines = newline.join(separator.join(row) for row in rows)
    match random.randrange(9):
        case 0:
            lines = "sep=" + random.choice((";", "", "\x00", '"', "xx", "\n")) + "\n" + lines
        case 1:
            start = random.randrange(len(lines))
            lines = lines[:start] + '"' + lines[start:]
        case 2:
            lines += newline + separator * random.choice((20_000, 200_000))
        case 3:
            lines += newline * random.choice((100_000, 3_100_000))
        case 4:
            lines = lines.replace("a", "\x00")
        case 5:
            lines += "x" * random.choice((1 << 20, 3 << 20))
        case _:
            pass
    data = lines.encode(random.choice(_ENCODINGS), errors="replace")
    return of_bytes(data, random) if random.random() < 0.4 else data


def noise(random: Random) -> bytes:
    """Rene tilfeldige byte, gjerne bak en kjent begynnelse."""
    magic = random.choice(
        (b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"<html>", b"\x1f\x8b")
    )
    return magic + random.randbytes(random.choice((0, 1, 7, 100, 5_000, 60_000)))


def workbook(random: Random) -> bytes:
    """En gyldig arbeidsbok der innholdet er rart: typer om hverandre, brede og høye ark, sammenslåing, skjulte rader."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, "strings_to_formulas": False}) as book:
        count = random.choice((1, 1, 2, 40))
        for number in range(count):
            sheet = book.add_worksheet(
                random.choice((f"Ark {number}", f"Art{number}", f"æøå 🦄 {number}", f"Drift '{number}"))
            )
            width, height = random.choice(((3, 40), (2, 2), (9, 200), (60, 30), (16_384, 3), (2, 3_000), (1, 5)))
            height = min(height, 3_000 // count)
            heads = [random.choice(_HEADS) for _ in range(min(width, 60))]
            odd = random.random()
            for r in range(height):
                for c in range(min(width, 60) if r else width):
                    normal = ROWS[1 + r % (len(ROWS) - 1)][c % 3]
                    value = (
                        heads[c % len(heads)] if r == 0 else random.choice(_ODD) if random.random() < odd else normal
                    )
                    sheet.write(r, c, value) if isinstance(
                        value, int | float | dt.date | dt.time
                    ) else sheet.write_string(r, c, str(value or ""))
            for _ in range(random.choice((0, 0, 3))):
                top, left = random.randrange(5), random.randrange(3)
                sheet.set_row(top, None, None, {"hidden": True})
                sheet.set_column(left, left, 5, None, {"hidden": True})
            if random.random() < 0.3:
                sheet.merge_range(0, 0, random.choice((1, 5, 30_000)), random.randrange(2), "Sammenslått")
            if random.random() < 0.2:
                sheet.write_formula(3, 0, "=1/0", None, random.choice((0, "", "#DIV/0!")))
    return out.getvalue()


def _cell(random: Random) -> str:
    return str(random.choice(_ODD)).replace("\n", " ")
