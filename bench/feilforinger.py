"""Flytter en kjent andel av posteringene i eksempelhovedboken til gale koder, slik folk fører feil.

Eksempelhovedboken (``bench.hovedbokdata``) regnes som rett. Hver feil er en posting, eller alle posteringene av en årslinje i noen
måneder, som får en annen konto, en annen funksjon eller en annen kontoklasse; tekst, leverandør, ansvar og beløp står som før.
Samme frø gir de samme feilene. ``MIKS`` er det det er utviklet på; ``ANNEN_MIKS`` er holdt unna til målingen.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kontoplan.kodeverk import Kodeverk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.hovedbokdata import Postering

MIKS: Mapping[str, float] = {
    "forvekslet art": 0.24,
    "forvekslet funksjon": 0.24,
    "tilfeldig art": 0.08,
    "tilfeldig funksjon": 0.08,
    "tastefeil": 0.08,
    "drift og investering": 0.10,
    "utgått kode": 0.04,
    "kjøp fra feil part": 0.06,
    "inntekt som minusutgift": 0.04,
    "lønn og kjøp": 0.04,
}
ANNEN_MIKS: Mapping[str, float] = {
    "forvekslet art": 0.35,
    "forvekslet funksjon": 0.30,
    "tastefeil": 0.05,
    "drift og investering": 0.12,
    "utgått kode": 0.02,
    "kjøp fra feil part": 0.10,
    "inntekt som minusutgift": 0.03,
    "lønn og kjøp": 0.03,
}
_NYE: Mapping[str, float] = {
    "dublett": 0.06,
    "fortegn": 0.05,
    "overføring til feil part": 0.04,
    "småting i investering": 0.06,
    "utstyr i drift": 0.04,
    "feil serie": 0.06,
    "utgift på inntektsart": 0.04,
}
ALLE: Mapping[str, float] = {**MIKS, **_NYE}
"""Alle slagene; det vektene er tilpasset på."""
ALLE_ANNERLEDES: Mapping[str, float] = {
    **ANNEN_MIKS,
    **{slag: (0.09, 0.02, 0.07)[at % 3] for at, slag in enumerate(_NYE)},
}
"""Alle slagene i andre forhold; holdt unna til målingen."""
_PARTIES = ("300", "330", "350", "370", "375", "380")
_RECEIVERS = ("400", "430", "450", "470", "480")
_SMALL, _LARGE = (200_000, 8_000_000), 10_000_000
_TRIES = 60
_HABIT = 12


@dataclass(frozen=True, slots=True)
class Feil:
    """En postering som er flyttet: hvor den står i listen, hva slags feil, og posteringen slik den var."""

    at: int
    slag: str
    rett: Postering


class _Ledger:
    """Det som trengs for å velge en gal kode: kontoene og funksjonene som er i bruk, etter nasjonal kode."""

    def __init__(self, posts: Sequence[Postering], aar: int) -> None:
        self.kodeverk = Kodeverk.for_aar(aar)
        self.accounts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for konto, name in sorted({(p.konto, p.kontonavn) for p in posts if p.linje >= 0}):
            self.accounts[konto[1:4]].append((konto, name))
        self.functions = sorted({p.funksjon for p in posts if p.funksjon})
        self.by_code: dict[str, list[str]] = defaultdict(list)
        for funksjon in self.functions:
            self.by_code[funksjon[:3]].append(funksjon)

    def account(self, post: Postering, arts: Sequence[str], rng: np.random.Generator) -> Postering | None:
        """Posteringen på en konto i bruk i samme kontoklasse, med en av artene."""
        found = [
            (konto, name)
            for art in arts
            for konto, name in self.accounts.get(art, ())
            if art != post.konto[1:4] and konto[0] == post.konto[0]
        ]
        if not found:
            return None
        konto, name = found[int(rng.integers(len(found)))]
        return replace(post, konto=konto, kontonavn=name)

    def function(self, post: Postering, codes: Sequence[str], rng: np.random.Generator) -> Postering | None:
        """Posteringen på en funksjon i bruk, med en av kodene."""
        found = [f for code in codes if code != post.funksjon[:3] for f in self.by_code.get(code, ())]
        return replace(post, funksjon=found[int(rng.integers(len(found)))]) if found else None

    def confused(self, dimensjon: str, kode: str) -> Sequence[str]:
        """Kodene en kode forveksles med etter avgrensningene."""
        found = self.kodeverk.avgrensning("art" if dimensjon == "art" else "funksjon", kode)
        return found.forveksles_med if found else ()


def _confused_art(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    return ledger.account(post, ledger.confused("art", post.konto[1:4]), rng)


def _confused_function(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    return ledger.function(post, ledger.confused("funksjon", post.funksjon[:3]), rng)


def _random_art(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    return (
        ledger.account(post, [art for art in ledger.accounts if art[0] in "1234"], rng)
        if post.konto[1] in "1234"
        else None
    )


def _random_function(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    return ledger.function(post, [code for code in ledger.by_code if code[0] == post.funksjon[0]], rng)


def _typo(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    """To siffer byttet om i konto eller funksjon; bare når det blir en annen kode."""
    own = rng.random() < 0.5
    text, at = (post.konto, 1 + int(rng.integers(2))) if own else (post.funksjon, int(rng.integers(2)))
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if swapped == text:
        return None
    names = dict(pair for pairs in ledger.accounts.values() for pair in pairs)
    return replace(post, konto=swapped, kontonavn=names.get(swapped, "")) if own else replace(post, funksjon=swapped)


def _class(post: Postering, _ledger: _Ledger, _rng: np.random.Generator) -> Postering | None:
    """Drift ført som investering eller omvendt."""
    return (
        replace(post, konto=f"{'1' if post.konto[0] == '0' else '0'}{post.konto[1:]}")
        if post.konto[1] in "0123"
        else None
    )


def _expired(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    """Koden som gjaldt før."""
    kodeverk = ledger.kodeverk
    arts, functions = kodeverk.forgjengere("art", post.konto[1:4]), kodeverk.forgjengere("funksjon", post.funksjon[:3])
    if arts:
        return replace(post, konto=post.konto[0] + arts[int(rng.integers(len(arts)))] + post.konto[4:])
    return replace(post, funksjon=functions[0] + post.funksjon[3:]) if functions else None


def _party(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    return ledger.account(post, _PARTIES, rng) if post.konto[1:4] in _PARTIES else None


def _netted(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    """En inntekt ført som minus på en utgiftskonto."""
    return ledger.account(post, ("100", "115", "120", "230", "272", "370"), rng) if post.konto[1] in "67" else None


def _wage(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    if post.konto[1] == "0":
        return ledger.account(post, ("120", "150", "272", "370"), rng)
    return ledger.account(post, ("010", "030", "050"), rng) if post.konto[1:3] in {"27", "15", "37"} else None


def _receiver(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    return ledger.account(post, _RECEIVERS, rng) if post.konto[1:4] in _RECEIVERS else None


def _sign(post: Postering, _ledger: _Ledger, _rng: np.random.Generator) -> Postering | None:
    """Debet ført som kredit eller omvendt."""
    return replace(post, ore=-post.ore) if post.konto[1] in "123467" and post.konto[1:4] != "429" else None


def _small_investment(post: Postering, _ledger: _Ledger, _rng: np.random.Generator) -> Postering | None:
    small = post.konto[:2] in {"11", "12"} and _SMALL[0] <= post.ore <= _SMALL[1]
    return replace(post, konto=f"0{post.konto[1:]}") if small else None


def _large_purchase(post: Postering, _ledger: _Ledger, _rng: np.random.Generator) -> Postering | None:
    large = post.konto[:3] in {"020", "021", "023"} and post.ore >= _LARGE
    return replace(post, konto=f"1{post.konto[1:]}") if large else None


def _series(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    """Varer, kjøp som erstatter egen produksjon og overføringer, ført på hverandre."""
    other = {"1": ("370", "470"), "2": ("370", "470"), "3": ("470", "272"), "4": ("370", "272")}.get(post.konto[1], ())
    return ledger.account(post, other, rng) if post.konto[1:4] != "429" else None


def _expense_as_income(post: Postering, ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    return ledger.account(post, ("650", "690", "770", "620"), rng) if post.konto[1] in "12" else None


def _twice(post: Postering, _ledger: _Ledger, rng: np.random.Generator) -> Postering | None:
    """Fakturaen ført en gang til på et eget bilag, samme dag eller senere; den første er rett."""
    if not post.leverandor or post.ore <= 0 or post.konto[1] not in "1234":
        return None
    later = min(post.dato + dt.timedelta(days=int(rng.integers(0, 2)) * int(rng.integers(1, 40))), dt.date(post.dato.year, 12, 31))  # fmt: skip
    return replace(post, bilag=post.bilag + 1_000_000, dato=later)


_WAYS: Mapping[str, Callable[[Postering, _Ledger, np.random.Generator], Postering | None]] = {
    "forvekslet art": _confused_art,
    "forvekslet funksjon": _confused_function,
    "tilfeldig art": _random_art,
    "tilfeldig funksjon": _random_function,
    "tastefeil": _typo,
    "drift og investering": _class,
    "utgått kode": _expired,
    "kjøp fra feil part": _party,
    "inntekt som minusutgift": _netted,
    "lønn og kjøp": _wage,
    "dublett": _twice,
    "fortegn": _sign,
    "overføring til feil part": _receiver,
    "småting i investering": _small_investment,
    "utstyr i drift": _large_purchase,
    "feil serie": _series,
    "utgift på inntektsart": _expense_as_income,
}
_SINGLE = frozenset({"dublett", "småting i investering", "utstyr i drift"})


def misplace(  # noqa: PLR0913 - innstillingene
    posts: Sequence[Postering],
    *,
    fro: int,
    aar: int = 2026,
    andel: float = 0.01,
    serier: float = 0.25,
    miks: Mapping[str, float] = MIKS,
) -> tuple[list[Postering], list[Feil]]:
    """Hovedboken med feil, og feilene.

    Args:
        posts: Hovedboken som regnes som rett; den endres ikke.
        fro: Frøet.
        aar: Regnskapsåret.
        andel: Andelen (0–1) av drifts- og investeringspostene som flyttes, omtrent.
        serier: Andelen av feilene som gjelder alle posteringene av en årslinje i én til seks måneder på rad, og ikke bare én.
        miks: Hvor stor del av feilene som er av hvert slag.
    """
    rng = np.random.default_rng(fro)
    ledger = _Ledger(posts, aar)
    own = [at for at, post in enumerate(posts) if post.linje >= 0 and post.funksjon]
    lines: dict[int, list[int]] = defaultdict(list)
    for at in own:
        lines[posts[at].linje].append(at)
    found: dict[int, Feil] = {}
    result = list(posts)
    kinds, shares = list(miks), np.array(list(miks.values())) / sum(miks.values())
    while len(found) < andel * len(own):
        slag = kinds[int(rng.choice(len(kinds), p=shares))]
        for _ in range(_TRIES):
            at = own[int(rng.integers(len(own)))]
            moved = None if at in found else _WAYS[slag](posts[at], ledger, rng)
            if moved is not None:
                break
        else:
            continue
        if slag == "dublett":
            found[len(result)] = Feil(len(result), slag, moved)
            result.append(moved)
            continue
        series = rng.random() < serier and slag not in _SINGLE
        first, months = posts[at].dato.month, int(rng.integers(1, 7))
        members = (
            [m for m in lines[posts[at].linje] if first <= posts[m].dato.month < first + months] if series else [at]
        )
        for member in members:
            if member not in found:
                ore = -posts[member].ore if slag == "fortegn" else posts[member].ore
                result[member] = replace(
                    posts[member], konto=moved.konto, kontonavn=moved.kontonavn, funksjon=moved.funksjon, ore=ore
                )
                found[member] = Feil(member, slag, posts[member])
    return result, [found[at] for at in sorted(found)]


def habits(
    posts: Sequence[Postering], *, fro: int, aar: int = 2026, antall: int = 6
) -> tuple[list[Postering], dict[str, str]]:
    """Hovedboken der kommunen selv fører noe galt hele året, og hva som er galt.

    ``antall`` kontoer har fått en art de forveksles med, og like mange ansvar en funksjon de forveksles med; navnene står som før.

    Returns:
        Postene, og nummeret (kontoen slik den er blitt, eller ansvaret) → den rette koden.
    """
    rng = np.random.default_rng(fro)
    ledger = _Ledger(posts, aar)
    counts = Counter(post.konto for post in posts if post.linje >= 0 and post.konto[1] in "012346")
    units = Counter(post.ansvar for post in posts if post.linje >= 0)
    moved: dict[str, str] = {}
    wrong: dict[str, str] = {}
    accounts = sorted(konto for konto, n in counts.items() if n >= _HABIT)
    for konto in rng.permutation(accounts):
        others = [art for art in ledger.confused("art", konto[1:4]) if ledger.kodeverk.finnes("art", art)]
        if others and len(moved) < antall:
            art = others[int(rng.integers(len(others)))]
            free = [n for n in (f"{konto[0]}{art}{last}" for last in "9876543210") if n not in {*counts, *wrong}]
            if not free:
                continue
            new = free[0]
            moved[str(konto)], wrong[new] = new, str(konto[1:4])
    functions: dict[str, dict[str, str]] = {}
    for ansvar in rng.permutation(sorted(unit for unit, n in units.items() if n >= _HABIT)):
        main = Counter(post.funksjon for post in posts if post.ansvar == ansvar).most_common(1)[0][0]
        others = [f for code in ledger.confused("funksjon", main[:3]) for f in ledger.by_code.get(code, ())]
        if others and len(functions) < antall:
            functions[str(ansvar)] = {main: others[int(rng.integers(len(others)))]}
            wrong[str(ansvar)] = main[:3]
    changed = [
        replace(
            post,
            konto=moved.get(post.konto, post.konto),
            funksjon=functions.get(post.ansvar, {}).get(post.funksjon, post.funksjon),
        )
        for post in posts
    ]
    return changed, wrong
