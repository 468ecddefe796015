"""Hva som er nytt, borte og endret siden en tidligere kobling, og hvem årets kodeendringer rammer."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kontoplan.avgjorelse import Svar
from kontoplan.endring import SLAG, Endring, Endringer
from kontoplan.evidence.codes import NATIONAL, codes
from kontoplan.readback.accounts import identity, plain_status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kontoplan.evidence.codes import Codes
    from kontoplan.kobling import Kontorad
    from kontoplan.kodeverk import Kodeverk, Lenke
    from kontoplan.readback.accounts import Identitet
    from kontoplan.readback.earlier import Tidligere, Tidligkonto
    from kontoplan.sak import Vurdering


def compare(before: Tidligere, rader: Sequence[Kontorad], kodeverk: Kodeverk) -> Endringer:
    """Sammenligner en tidligere kobling med en ny.

    Args:
        before: Den tidligere.
        rader: Kontoene i den nye, med vurderinger.
        kodeverk: Kodene i det nye året.
    """
    now: dict[Identitet, list[Kontorad]] = defaultdict(list)
    for rad in rader:
        now[identity(rad.konto.dimensjon, rad.konto.lokal_kode, rad.konto.lokal_navn)].append(rad)
    gone = {who: konto for who, konto in before.kontoer.items() if who not in now}
    fresh = {who: rows for who, rows in now.items() if who not in before.kontoer}
    renamed = _paired(gone.keys(), fresh.keys(), by=1)
    renumbered = _paired(gone.keys() - renamed.keys(), fresh.keys() - set(renamed.values()), by=2)
    moved = {new: old for old, new in (*renamed.items(), *renumbered.items())}
    left = set(moved.values())
    found: list[Endring] = []
    unchanged = 0
    since = before.aar or kodeverk.aar - 1
    for who, rows in now.items():
        old = before.kontoer.get(moved.get(who, who))
        changes = list(_changes(old, rows, kodeverk, since)) if old else [_new(rows)]
        unchanged += not changes
        found += changes
    found += [
        Endring("borte", k.dimensjon, k.lokal_kode, k.lokal_navn, for_kode=_joined(k.svar), grunn=_GONE)
        for who, k in gone.items()
        if who not in left
    ]
    return Endringer(before.fil, before.aar, tuple(sorted(found, key=lambda e: SLAG.index(e.slag))), unchanged)


_GONE = "Kontoen er ikke i den nye kontoplanen."
_FRESH = "Kontoen var ikke i den tidligere kontoplanen."


def _paired(gone: Collection[Identitet], fresh: Collection[Identitet], *, by: int) -> dict[Identitet, Identitet]:
    """Gammel og ny konto med samme nummer (``by`` 1) eller navn (2), når bare én av hver har det."""
    olds, news = (Counter((who[0], who[by]) for who in group if who[by]) for group in (gone, fresh))
    targets = {(who[0], who[by]): who for who in fresh}
    return {
        who: targets[who[0], who[by]]
        for who in gone
        if who[by] and olds[who[0], who[by]] == 1 and news[who[0], who[by]] == 1
    }


def _new(rows: Sequence[Kontorad]) -> Endring:
    konto, answer = rows[0].konto, rows[0].vurdering
    reason = next((b.melding for b in answer.begrunnelse if b.bidrag), "")
    text = f"{_FRESH} {reason}".strip()
    return Endring("ny", konto.dimensjon, konto.lokal_kode, konto.lokal_navn, kode=_now(rows), grunn=text)


def _changes(old: Tidligkonto, rows: Sequence[Kontorad], kodeverk: Kodeverk, since: int) -> Iterator[Endring]:
    """Endringene i en konto som finnes begge steder."""
    konto = rows[0].konto
    was, now = _joined(old.svar), _now(rows)
    title = f"{old.lokal_kode} {old.lokal_navn}".strip()
    same = identity(konto.dimensjon, konto.lokal_kode, konto.lokal_navn)
    before = identity(old.dimensjon, old.lokal_kode, old.lokal_navn)

    def change(slag: str, grunn: str, kilde: str = "") -> Endring:
        shown = title if same != before else ""
        return Endring(slag, konto.dimensjon, konto.lokal_kode, konto.lokal_navn, shown, was, now, grunn, kilde)  # type: ignore[arg-type]

    listed = codes(kodeverk, NATIONAL[old.dimensjon])
    hits = list(_hits(old.koder, listed, since))
    yield from (change("kodeendring", hit.grunn, hit.kilde) for hit in hits)
    explained = {kode for hit in hits for kode in hit.koder}
    now_codes = {rad.vurdering.kode for rad in rows} - {None}
    if {_text(rad.vurdering) for rad in rows} != old.svar and not (now_codes and now_codes <= explained):
        yield change("ny kode", *_why(rows))
    if same[2] != before[2]:
        yield change("nytt navn", f"Kontoen het «{old.lokal_navn}».")
    if same[1] != before[1]:
        yield change("nytt nummer", f"Kontoen hadde nummeret {old.lokal_kode or '(ingen)'}.")


class _Hit(NamedTuple):
    """En kodeendring: setningen, kilden, og kodene en konto kan ha fått av den."""

    grunn: str
    kilde: str
    koder: tuple[str, ...]


def _hits(koder: frozenset[str], listed: Codes, since: int) -> Iterator[_Hit]:
    """Kodeendringene som gjelder en av kodene: den er gått ut, eller noe er skilt ut av den etter året ``since``."""
    kodeverk, dimension = listed.kodeverk, listed.dimensjon
    what = dimension.capitalize()
    for kode in sorted(koder):
        if listed.ended(kode):
            link, heirs = kodeverk.overgang(dimension, kode), kodeverk.etterfolgere(dimension, kode)
            named = " og ".join(f"{heir} {kodeverk.navn(dimension, heir)}" for heir in heirs)
            after = f"I stedet kom {named.rstrip('.')}." if heirs else "Ingen etterfølger er kjent."
            text = f"{what} {kode} gikk ut etter {kodeverk.sluttaar(dimension, kode)}. {after}"
            yield _Hit(f"{text}{_assumed(link)}", link.kilde if link else "", heirs)
        for new in listed.split_off(kode):
            split = kodeverk.utskilling(dimension, new)
            if split and split.fra_aar > since:
                text = f"{what} {new} {kodeverk.navn(dimension, new)} er skilt ut fra {kode} fra {split.fra_aar}. Hører kontoen hjemme der?"
                yield _Hit(f"{text}{_assumed(split)}", split.kilde, (kode, new))


def _assumed(link: Lenke | None) -> str:
    return " Sammenhengen mellom kodene er antatt." if link and link.sikkerhet != "kilde" else ""


def _why(rows: Sequence[Kontorad]) -> tuple[str, str]:
    """Hva som taler for koden nå, og kilden."""
    reasons = [b for rad in rows for b in rad.vurdering.begrunnelse if b.bidrag]
    return (reasons[0].melding, reasons[0].kilde) if reasons else ("Ingenting taler klart for noen kode nå.", "")


def _now(rows: Sequence[Kontorad]) -> str:
    texts = frozenset(_text(rad.vurdering) for rad in rows)
    if any(rad.vurdering.status == "utgatt" for rad in rows):
        return " eller ".join(dict.fromkeys(f.kode for rad in rows for f in rad.vurdering.forslag)) or _joined(texts)
    return _joined(texts)


def _text(answer: Vurdering) -> str:
    """Svaret slik arbeidsboken skriver det."""
    if answer.fordeling and all(share.andel is not None for share in answer.fordeling):
        return str(Svar("fordeles", fordeling=answer.fordeling))
    if answer.kode:
        return f"{answer.kode}/{answer.sektor}" if answer.sektor else answer.kode
    return plain_status(answer.status)


def _joined(texts: frozenset[str]) -> str:
    return ", ".join(sorted(texts))
