"""Svaret i én setning på norsk, til den som spør."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.svar import SPORDIMENSJONER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.sak import Forslag
    from kontoplan.svar import Spordimensjon, Svar

_NAMED = 3  # så mange alternativer nevnes i setningen
_DEFINITE = {"funksjon": "funksjonen", "art": "arten"}
_DONT_KNOW = "Det vet jeg ikke. Skriv hva som er kjøpt eller tjent, og hvilken tjeneste det er til."
_CLASS = {"0": "i investering", "1": "i drift", "3": "i drift", "4": "i investering"}


def sentence(svar: Svar) -> str:
    """Svaret i én setning: koden når den er klar, ellers hva den står mellom eller avhenger av."""
    forbidden = [grunn.melding for grunn in svar.begrunnelse if grunn.forbud]
    if forbidden:
        return forbidden[0]
    if svar.status == "ukjent":
        return _DONT_KNOW
    clauses = [_clause(svar, dimension) for dimension in SPORDIMENSJONER]
    text = _join([c for c in clauses if c])
    if not text:
        return next((g.melding for g in svar.begrunnelse), _DONT_KNOW)
    where = (
        f", {_CLASS[svar.kontoklasse]}" if svar.kontoklasse in _CLASS and svar.status in {"sikker", "usikker"} else ""
    )
    start = {"usikker": "Trolig ", "avhenger": "Det avhenger: "}.get(svar.status, "")
    body = f"{start}{text}{where}."
    return body[:1].upper() + body[1:]


def _clause(svar: Svar, dimension: Spordimensjon) -> str:
    split = [part for part in svar.fordeling if part.dimensjon == dimension]
    if split:
        key = f" etter {split[0].grunnlag}" if split[0].grunnlag else ""
        return f"{dimension} deles på {enumerate_words([part.kode for part in split])}{key}"
    found = svar.koder(dimension)
    if not found:
        return ""
    if _open(svar, found):
        names = enumerate_words([_named(f) for f in found[:_NAMED]], "eller")
        more = " eller en annen" if len(found) > _NAMED else ""
        return f"{_DEFINITE[dimension]} er {names}{more}"
    return f"{dimension} {_named(found[0])}"


def _open(svar: Svar, found: Sequence[Forslag]) -> bool:
    return len(found) > 1 and svar.status in {"tvetydig", "avhenger", "fordeles"}


def _named(forslag: Forslag) -> str:
    return f"{forslag.kode} {forslag.navn}"


def _join(clauses: Sequence[str]) -> str:
    return " og ".join(clauses)


def enumerate_words(words: Sequence[str], last: str = "og") -> str:
    """Ordene som oppramsing: ``a, b og c``."""
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} {last} {words[-1]}"  # noqa: PLR2004 - to må til
