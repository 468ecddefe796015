"""Fra kontoene i arbeidsboken til kontoene i håndboken: hva som er avklart, av hvem, og hva som gjenstår."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.status import STATUSER
from kontoplan.text.personal import mask
from kontoplan.usecases.haandbok_modell import KAPITLER, Uavklart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kontoplan.avgjorelse import Svar
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.readback.accounts import Lestkonto, Lestrad
    from kontoplan.sak import Dimensjon

_LONGEST = 160  # så lange navn og numre vises; resten er ikke noe noen slår opp
_LONGEST_NOTE = 600
_CONTEXTS = 3
_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]+"
)
_DIGITS = re.compile("([0-9]+)")


@dataclass(frozen=True, slots=True)
class Avklart:
    """En konto som har en kode, rapporteres ikke, eller fordeles.

    Attributes:
        kode: Den ene KOSTRA-koden; tom når den rapporteres ikke eller fordeles.
        svar: Svaret slik det leses.
        ogsa: Andre navn på samme nummer.
    """

    dimensjon: Dimensjon
    nummer: str
    navn: str
    kode: str
    svar: str
    avgjort: bool
    merknad: str = ""
    varianter: tuple[str, ...] = ()
    ogsa: tuple[str, ...] = ()
    gjenstar: tuple[str, str] | None = None


def shown(text: str, longest: int = _LONGEST) -> str:
    """Teksten slik den trygt kan vises: uten styretegn og fødselsnummer, på én linje, med synlig merke når den er kuttet."""
    plain = mask(" ".join(_UNSHOWN.sub(" ", text).split()))
    return plain if len(plain) <= longest else f"{plain[:longest].rstrip()} … [kuttet]"


def by_number(number: str, name: str) -> tuple[object, ...]:
    """Det kontoer sorteres på: tallene som tall, resten som tekst, de uten nummer sist."""
    parts = [(0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in _DIGITS.split(number) if p]
    return not number, parts, number, name.casefold()


def settle(kontoer: Iterable[Lestkonto], kodeverk: Kodeverk) -> tuple[tuple[Avklart, ...], tuple[Uavklart, ...]]:
    """Kontoene som er avklart, etter nummer, og dem som ikke er det, med hva som må avgjøres.

    Er en konto avklart bare i noen sammenhenger, er den blant de avklarte, med ``gjenstar`` satt.
    """
    settled: list[Avklart] = []
    open_: list[Uavklart] = []
    for konto in kontoer:
        found = _settled(konto, kodeverk)
        if found:
            settled.append(found)
        else:
            open_.append(_open(konto, kodeverk))
    ordered = sorted(_merged(settled), key=lambda k: by_number(k.nummer, k.navn))
    chapters = list(KAPITLER)
    waiting = sorted(open_, key=lambda rad: (chapters.index(rad.dimensjon), by_number(rad.tittel, "")))
    return tuple(ordered), tuple(waiting)


def _settled(konto: Lestkonto, kodeverk: Kodeverk) -> Avklart | None:
    rows = [rad for rad in konto.rader if _is_settled(rad) and not _ended(rad, konto.dimensjon, kodeverk)]
    if not rows:
        return None
    main = Counter(rad.tekst for rad in rows).most_common(1)[0][0]
    best = next((r for r in rows if r.tekst == main and _by_people(r)), next(r for r in rows if r.tekst == main))
    rest = [rad for rad in konto.rader if rad not in rows]
    decided = [rad.avgjorelse for rad in rows if rad.avgjorelse and rad.tekst == main]
    return Avklart(
        konto.dimensjon,
        shown(konto.lokal_kode),
        shown(konto.lokal_navn),
        "" if _plural(best) else next(iter(best.koder), ""),
        shown(main),
        all(_by_people(rad) for rad in rows if rad.tekst == main),
        next((shown(d.kommentar, _LONGEST_NOTE) for d in decided if d.kommentar), ""),
        tuple(_variants(main, rows)),
        gjenstar=(_status(rest), _what(rest, konto.dimensjon, kodeverk)) if rest else None,
    )


def _plural(rad: Lestrad) -> bool:
    answer: Svar | None = rad.avgjorelse.svar if rad.avgjorelse else None
    return answer.utfall != "kode" if answer else rad.status == "internt"


def _is_settled(rad: Lestrad) -> bool:
    return (
        rad.avgjorelse is not None
        or rad.status == "internt"
        or (rad.status in {"sikker", "avgjort"} and bool(rad.kode))
    )


def _by_people(rad: Lestrad) -> bool:
    return rad.avgjorelse is not None or rad.status == "avgjort"


def _ended(rad: Lestrad, dimensjon: Dimensjon, kodeverk: Kodeverk) -> str:
    """Setningen om en kode som ikke kan brukes i håndbokens år; tom når kodene kan det."""
    listed = codes(kodeverk, NATIONAL[dimensjon])
    allowed = listed.valid | listed.internal | {k.kode for k in kodeverk.betingede(listed.dimensjon)}
    wrong = next((kode for kode in rad.koder if kode not in allowed), "")
    if not wrong:
        return ""
    if listed.ended(wrong):
        return listed.expiry(wrong)
    return (
        f"{listed.dimensjon.capitalize()} {shown(wrong)} står ikke på listen for {kodeverk.regnskap} i {kodeverk.aar}."
    )


def _variants(main: str, rows: Sequence[Lestrad]) -> Iterable[str]:
    """De andre svarene kontoen har, med sammenhengene de gjelder i."""
    for answer in dict.fromkeys(rad.tekst for rad in rows if rad.tekst != main):
        where = list(dict.fromkeys(shown(r.kontekst) for r in rows if r.tekst == answer and r.kontekst))
        more = f" og {len(where) - _CONTEXTS} til" if len(where) > _CONTEXTS else ""
        yield f"{shown(answer)} når det gjelder {'; '.join(where[:_CONTEXTS])}{more}" if where else shown(answer)


def _open(konto: Lestkonto, kodeverk: Kodeverk) -> Uavklart:
    title = shown(f"{konto.lokal_kode} {konto.lokal_navn}")
    what = _what(konto.rader, konto.dimensjon, kodeverk)
    return Uavklart(konto.dimensjon, title, _status(konto.rader), what)


def _status(rader: Sequence[Lestrad]) -> str:
    """Statusen som haster mest; en kode som var avgjort og siden er gått ut, er utgått."""
    known = [STATUSER[rad.status] for rad in rader if rad.status and not _is_settled(rad)]
    return min(known, key=lambda word: word.haster).merke if known else STATUSER["utgatt"].merke


def _what(rader: Sequence[Lestrad], dimensjon: Dimensjon, kodeverk: Kodeverk) -> str:
    """Hva som må avgjøres: det arbeidsboken sier, ellers hva koden eller statusen sier."""
    asked = next((shown(rad.sporsmal, _LONGEST_NOTE) for rad in rader if rad.sporsmal), "")
    ended = next((text for rad in rader if _is_settled(rad) and (text := _ended(rad, dimensjon, kodeverk))), "")
    if asked or ended:
        return asked or ended
    rad = rader[0]
    proposed = (
        f" Programmet foreslår {shown(rad.kode)} {kodeverk.navn(NATIONAL[dimensjon], rad.kode)}." if rad.kode else ""
    )
    plain = STATUSER[rad.status].forklaring if rad.status else "Statusen i arbeidsboken er ikke lesbar."
    return f"{plain}{proposed.rstrip('.')}{'.' if proposed else ''}"


def _merged(kontoer: Iterable[Avklart]) -> Iterable[Avklart]:
    """Samme nummer med samme svar er én konto, også når den er skrevet med flere navn."""
    found: dict[object, Avklart] = {}
    for at, konto in enumerate(kontoer):
        key = (konto.dimensjon, konto.nummer, konto.svar, konto.varianter) if konto.nummer else at
        first = found.setdefault(key, konto)
        if first is not konto:
            found[key] = replace(
                first,
                ogsa=(*first.ogsa, konto.navn),
                avgjort=first.avgjort and konto.avgjort,
                merknad=first.merknad or konto.merknad,
                gjenstar=first.gjenstar or konto.gjenstar,
            )
    return found.values()
