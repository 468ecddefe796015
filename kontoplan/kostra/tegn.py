"""Fra byte til tegn, slik mottaket gjør det: UTF-8, der ulovlige følger blir ett erstatningstegn, og lengden er UTF-16.

Mottaket er skrevet for Java-maskinen. Der teller et tegn utenfor grunnplanet (f.eks. 😀) som to, og en kodet halvdel av
et slikt tegn blir ett erstatningstegn, mens Python ville gitt tre. Her blir de to halvdelene hvert sitt tegn i det
private området, så lengder og plasser blir de samme som hos mottaket, og lesingen kan snus når feltet skal vises.
"""

from __future__ import annotations

import codecs
import re

_NAVN = "kontoplan-mottak"
_ERSTATNING = "\ufffd"
_UTENFOR = re.compile("[\U00010000-\U0010ffff]")
_PRIVAT = 0x100000
_HALVDELER = re.compile(f"[{chr(_PRIVAT + 0xD800)}-{chr(_PRIVAT + 0xDFFF)}]+")
_HALV_START, _HALV_FRA, _HALV_TIL = 0xED, 0xA0, 0xBF
_FORTSETTELSE, _MASKE = 0x80, 0xC0


def decode(data: bytes) -> str:
    """Teksten med ett tegn per UTF-16-enhet; feiler aldri."""
    return _UTENFOR.sub(_halves, data.decode("utf-8", errors=_NAVN))


def synlig(felt: str) -> str:
    """Et felt slik det kan vises i en melding: halvdelene satt sammen igjen, og usynlige tegn skrevet som koden sin."""
    whole = _HALVDELER.sub(_joined, felt)
    return "".join(tegn if tegn.isprintable() else f"\\u{ord(tegn):04x}" for tegn in whole)


def _halves(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(chr(_PRIVAT + int.from_bytes(units[at : at + 2])) for at in (0, 2))


def _joined(found: re.Match[str]) -> str:
    units = b"".join((ord(tegn) - _PRIVAT).to_bytes(2) for tegn in found[0])
    return units.decode("utf-16-be", errors="replace")


def _as_receiver(error: UnicodeError) -> tuple[str, int]:
    """Ett erstatningstegn for hver ulovlig følge, og bare ett for en kodet halvdel (``ED A0..BF`` med eventuell tredje byte)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, at = error.object, error.start
    if data[at] == _HALV_START and at + 1 < len(data) and _HALV_FRA <= data[at + 1] <= _HALV_TIL:
        third = at + 2 < len(data) and data[at + 2] & _MASKE == _FORTSETTELSE
        return _ERSTATNING, at + (3 if third else 2)
    return _ERSTATNING, error.end


codecs.register_error(_NAVN, _as_receiver)
