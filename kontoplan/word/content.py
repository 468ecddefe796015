"""Håndboken som avsnitt: forside, bruksanvisning, kapitler, det uavklarte, kilder og ordliste."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kontoplan.usecases.haandbok_modell import DIMENSJONSORD, KODEORD, KUNNSKAP
from kontoplan.usecases.haandbok_ord import letter
from kontoplan.usecases.haandbok_tekst import facts_line, intro, made, sentence, title
from kontoplan.word.pages import (
    BODY,
    CELL,
    FIELD,
    H1,
    H2,
    H3,
    HEADER_CELL,
    LETTER,
    META,
    SECTION,
    SOURCE,
    SUBTITLE,
    TITLE,
    WORD,
    Bit,
    Block,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kontoplan.sak import Dimensjon
    from kontoplan.usecases.haandbok_modell import (
        Avhenger,
        Bokkonto,
        Eksempel,
        Fakta,
        Gruppe,
        Haandbok,
        Henvist,
        Ikke,
        Kapittel,
    )
    from kontoplan.word.pages import Style

_EXAMPLES = 4
_QUESTIONS = 2
_MISSES = 3  # av det reglene sier er lett å ta feil av; avgrensningen er alltid med i sin helhet
_MARK: Final = f" ({KUNNSKAP})"


def front(bok: Haandbok) -> Iterator[Block]:
    """Forsiden."""
    yield Block(TITLE, (Bit("Konteringshåndbok"),))
    yield Block(SUBTITLE, (Bit(title(bok)),))
    yield from (_paragraph(BODY, line) for line in made(bok))
    header, *rows = facts_line(bok)
    yield _table((header, *rows), (380, 102))


def guide(bok: Haandbok) -> Iterator[Block]:
    """Hvordan håndboken brukes, og hva en bør vite om den."""
    heading, *rest = intro(bok)
    yield Block(SECTION, (Bit(heading[1]),))
    for label, text in rest:
        yield Block(FIELD, (Bit(text),), label=label)


def chapter_mark(kapittel: Kapittel) -> str:
    """Bokmerket på overskriften."""
    return f"kapittel_{kapittel.dimensjon}"


def chapter(kapittel: Kapittel) -> Iterator[Block]:
    """Et kapittel: kontoene gruppert etter KOSTRA-koden."""
    yield Block(H1, (Bit(kapittel.tittel),), mark=chapter_mark(kapittel))
    if kapittel.dimensjon == "ansvar":
        yield _responsibilities(kapittel)
        return
    for number, gruppe in enumerate(kapittel.grupper, 1):
        yield from _group(gruppe, kapittel.dimensjon, f"{kapittel.dimensjon}_{number}")


def unsettled(bok: Haandbok) -> Iterator[Block]:
    """Kontoene som ikke er avklart."""
    if not bok.uavklart:
        return
    yield Block(H1, (Bit("Kontoer som ikke er avklart"),), mark="uavklart")
    yield _paragraph(BODY, "Ikke bruk disse kontoene før økonomiavdelingen har avgjort hvor de hører hjemme.")
    rows = [("Konto", "Slag", "Status", "Hva må avgjøres")]
    rows += [(rad.tittel, DIMENSJONSORD[rad.dimensjon].capitalize(), rad.status, rad.hva) for rad in bok.uavklart]
    yield _table(rows, (142, 56, 68, 216))


def sources(bok: Haandbok) -> Iterator[Block]:
    """Kildelisten, med numrene henvisningene bruker."""
    yield Block(H1, (Bit("Kilder"),), mark="kilder")
    for number, kilde in enumerate(bok.kilder, 1):
        yield Block(SOURCE, (Bit(kilde),), label=f"[{number}]")


def words(bok: Haandbok) -> Iterator[Block]:
    """Ordlisten, med en bokstav over hver gruppe."""
    for first, entries in groupby(bok.ordliste, key=lambda entry: letter(entry.ord)):
        yield Block(LETTER, (Bit(first),))
        for entry in entries:
            bits = [Bit(f"{entry.ord}  ")]
            for at, (dimensjon, there) in enumerate(entry.treff):
                bits += [Bit(", " if at else ""), Bit(f"{DIMENSJONSORD[dimensjon]} "), *_short(there)]
            yield Block(WORD, tuple(bits))


def _short(there: Henvist) -> Iterator[Bit]:
    for at, own in enumerate(there.egne):
        yield Bit(", " if at else "")
        yield Bit(own.nummer or own.navn, bold=True, link=own.anker)
    if there.flere:
        yield Bit(f" m.fl. ({there.kode})")


def _group(gruppe: Gruppe, dimensjon: Dimensjon, mark: str) -> Iterator[Block]:
    code = f"{KODEORD[dimensjon]} {gruppe.kode} " if gruppe.kode else ""
    yield Block(H2, (Bit(f"{code}{gruppe.navn}"),), mark=mark)
    facts = list(_facts(gruppe.fakta, gruppe.gyldighet)) if gruppe.fakta else []
    if len(gruppe.kontoer) == 1:
        yield from _account(gruppe.kontoer[0], gruppe, dimensjon)
        yield from facts
        return
    if facts:
        shared = f"Gjelder alle {len(gruppe.kontoer)} kontoene under"
        yield Block(META, (Bit(f"{shared}; det som står på den enkelte kontoen, går foran."),))
        yield from facts
    for konto in gruppe.kontoer:
        yield from _account(konto, gruppe, dimensjon)


def _account(konto: Bokkonto, gruppe: Gruppe, dimensjon: Dimensjon) -> Iterator[Block]:
    yield Block(H3, (Bit(konto.egen.tittel),), mark=konto.egen.anker)
    who = "Avgjort av kommunen" if konto.avgjort else "Forslag fra programmet, ikke bekreftet av kommunen"
    code = (
        f"{KODEORD[dimensjon]} {konto.svar} {gruppe.navn}" if gruppe.kode else konto.svar[:1].upper() + konto.svar[1:]
    )
    lines = [*_labelled("Passer her", "; ".join(konto.passer)), *_labelled("Også kalt", "; ".join(konto.ogsa))]
    lines += [*_labelled("Unntak", "; ".join(konto.varianter)), *_labelled("Kommunen sier", konto.merknad)]
    yield Block(META, (Bit(f"{code} · "), Bit(who, bold=not konto.avgjort)))
    yield from lines


def _facts(fakta: Fakta, gyldighet: Sequence[str]) -> Iterator[Block]:
    yield from _labelled("Gyldighet", " ".join(gyldighet))
    yield from _labelled("Her føres", "; ".join(fakta.her))
    yield from _several("Ikke her", [_not_here(one) for one in _limited(fakta.ikke)], len(fakta.ikke))
    yield from _several("Avhenger av", [_depends(one) for one in fakta.avhenger[:_QUESTIONS]], len(fakta.avhenger))
    yield from _several("Eksempler", [_example(one) for one in fakta.eksempler[:_EXAMPLES]], len(fakta.eksempler))
    merk = " ".join(sentence(text) for text in (*fakta.merknader, *fakta.forbehold))
    below = [*_labelled("Merk", merk), *_labelled("Kilde", "; ".join(fakta.kilder))]
    yield from (replace(block, glued=True) for block in below)


def _limited(ikke: Iterable[Ikke]) -> list[Ikke]:
    """Hele avgrensningen, og de første av det reglene sier."""
    found = list(ikke)
    return [*(one for one in found if not one.fordi), *[one for one in found if one.fordi][:_MISSES]]


def _labelled(label: str, text: str) -> Iterator[Block]:
    if text:
        yield Block(FIELD, (Bit(text),), label=label)


def _several(label: str, items: Sequence[tuple[Bit, ...]], number: int) -> Iterator[Block]:
    for at, bits in enumerate(items):
        yield Block(FIELD, bits, label="" if at else label)
    if number > len(items):
        yield Block(FIELD, (Bit(f"… og {number - len(items)} til i nettutgaven (.html)."),))


def _not_here(one: Ikke) -> tuple[Bit, ...]:
    why = f". {sentence(one.fordi)}" if one.fordi else ""
    cited = f" {one.kilde}" if one.kilde else ""
    return (Bit(f"{one.tekst} → "), *_refer(one.heller), Bit(f"{why}{cited}{_MARK if one.kunnskap else ''}"))


def _refer(there: Henvist) -> Iterator[Bit]:
    """Kommunens egne kontoer for en kode; koden selv når kommunen ikke har noen."""
    if not there.kode:
        yield Bit(there.navn)
        return
    for at, own in enumerate(there.egne):
        yield Bit(", " if at else "")
        yield Bit(own.tittel, bold=True, link=own.anker)
    if not there.egne:
        yield Bit(f"KOSTRA {there.kode} {there.navn} (ingen egen konto)")
    elif there.flere:
        yield Bit(f" og {there.flere} til under KOSTRA {there.kode}")


def _depends(one: Avhenger) -> tuple[Bit, ...]:
    bits = [Bit(f"{one.tittel}: ", bold=True), Bit(f"{one.sporsmal} ")]
    for at, (answer, codes) in enumerate(one.svar):
        bits.append(Bit(f"{'; ' if at else ''}{answer} → "))
        for nr, there in enumerate(codes):
            bits += [Bit(", " if nr else ""), *_refer(there)]
        if not codes:
            bits.append(Bit("ingen konto her"))
    return (*bits, Bit(f". {one.kilde}{_MARK if one.kunnskap else ''}"))


def _example(one: Eksempel) -> tuple[Bit, ...]:
    bits = [
        Bit(", ".join(f"«{case}»" for case in one.tilfeller) or one.tittel, bold=True),
        Bit(f": {sentence(one.fordi)}"),
    ]
    for dimensjon, there in one.sammen:
        bits += [Bit(f" Sammen med {DIMENSJONSORD[dimensjon]} "), *_refer(there), Bit(".")]
    return (*bits, Bit(f" {one.kilde}{_MARK if one.kunnskap else ''}"))


def _responsibilities(kapittel: Kapittel) -> Block:
    rows: list[tuple[str | Block, ...]] = [("Ansvar", "Føres på", "Avgjort av")]
    for gruppe in kapittel.grupper:
        code = f"KOSTRA-funksjon {gruppe.kode} {gruppe.navn}" if gruppe.kode else gruppe.navn
        for konto in gruppe.kontoer:
            extra = f" ({'; '.join(konto.varianter)})" if konto.varianter else ""
            cell = Block(CELL, (Bit(konto.egen.tittel),), mark=konto.egen.anker)
            rows.append((cell, f"{code}{extra}", "kommunen" if konto.avgjort else "forslag"))
    return _table(rows, (200, 212, 70))


def _table(rows: Sequence[Sequence[str | Block]], widths: tuple[float, ...]) -> Block:
    made = tuple(
        tuple(cell if isinstance(cell, Block) else _paragraph(CELL if at else HEADER_CELL, cell) for cell in row)
        for at, row in enumerate(rows)
    )
    return Block(CELL, rows=made, widths=widths)


def _paragraph(style: Style, text: str) -> Block:
    return Block(style, (Bit(text),))
