"""Nøkkelen som kjenner igjen en konto: den samme i arbeidsboken, i minnet og i neste års kontoplan.

En nøkkel er ``KONTO``, ``KONTO.SAMMENHENG`` eller en av dem med ``#2``, ``#3`` … bak. Kontodelen (16 tegn) følger av
dimensjon, nummer, navn og kontoklasse. Sammenhengen (8 tegn) er bare med når samme konto står på rader med ulikt
ansvar, tjeneste eller art i samme fil, som i et linjebudsjett. Nummeret bak skiller helt like rader fra hverandre.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kontoplan.text import fold
from kontoplan.text.personal import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.lesing import Konto

_ACCOUNT, _CONTEXT = 16, 8
_CONTEXT_MARK, _REPEAT_MARK = ".", "#"


class Nokkel(NamedTuple):
    """En nøkkel delt opp: kontoen, og sammenhengen raden gjelder i (tom når den gjelder kontoen uansett)."""

    konto: str
    sammenheng: str = ""


def account_key(konto: Konto) -> str:
    """Nøkkelen til kontoen: 16 tegn (A–Z, 2–7) av dimensjon, nummer, navn og kontoklasse.

    Store og små bokstaver, ulike bindestreker og mellomrom er det samme. Rekkefølgen i filen, arket og radnummeret
    betyr ingenting.
    """
    return digest(_ACCOUNT, konto.dimensjon, konto.lokal_kode, konto.lokal_navn, konto.kontoklasse or "")


def context_key(konto: Konto) -> str:
    """Nøkkelen til det som står rundt kontoen (ansvar, tjeneste, art): 8 tegn, også når ingenting står der."""
    return digest(_CONTEXT, konto.kontekst.ansvar, konto.kontekst.tjeneste, konto.kontekst.art)


def row_keys(kontoer: Sequence[Konto]) -> list[str]:
    """En entydig nøkkel for hver rad, i samme rekkefølge."""
    accounts = [account_key(konto) for konto in kontoer]
    contexts = [context_key(konto) for konto in kontoer]
    seen_in: dict[str, set[str]] = defaultdict(set)
    for account, context in zip(accounts, contexts, strict=True):
        seen_in[account].add(context)
    times: Counter[str] = Counter()
    keys = []
    for account, context in zip(accounts, contexts, strict=True):
        key = f"{account}{_CONTEXT_MARK}{context}" if len(seen_in[account]) > 1 else account
        times[key] += 1
        keys.append(key if times[key] == 1 else f"{key}{_REPEAT_MARK}{times[key]}")
    return keys


def split_key(key: str) -> Nokkel:
    """Nøkkelen delt i konto og sammenheng, uten nummeret som skiller like rader.

    >>> split_key("ABCDEFGHIJKLMNOP.QRSTUVWX#2")
    Nokkel(konto='ABCDEFGHIJKLMNOP', sammenheng='QRSTUVWX')
    """
    account, _, context = key.strip().partition(_REPEAT_MARK)[0].partition(_CONTEXT_MARK)
    return Nokkel(account, context)


def digest(length: int, *parts: str) -> str:
    """Avtrykket av delene: ``length`` tegn (A–Z, 2–7), likt for store og små bokstaver, uten mulige fødselsnummer."""
    joined = "\x1f".join(fold(mask(part)) for part in parts)
    return base64.b32encode(hashlib.sha256(joined.encode()).digest()).decode()[:length]
