"""Svaret i én setning på norsk, til den som spør."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.svar import SPORDIMENSJONER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.sak import Forslag
    from kontoplan.svar import Spordimensjon, Svar

_LIKELY = 0.5
_NAMED = 3  # så mange alternativer nevnes i setningen
_OPEN = frozenset({"tvetydig", "avhenger", "fordeles"})
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
    text = "; ".join(c for c in clauses if c) if svar.status in _OPEN else " og ".join(c for c in clauses if c)
    if not text:
        return next((g.melding for g in svar.begrunnelse), _DONT_KNOW)
    where = (
        f", {_CLASS[svar.kontoklasse]}" if svar.kontoklasse in _CLASS and svar.status in {"sikker", "usikker"} else ""
    )
    start = {"usikker": _hedge(svar), "avhenger": "Det avhenger: "}.get(svar.status, "")
    body = f"{start}{text}{where}".rstrip(".") + "."
    return body[:1].upper() + body[1:]


def _hedge(svar: Svar) -> str:
    """Hvor sterkt det usikre kan sies: en kode som er mindre sannsynlig enn ikke, er bare kanskje rett."""
    weakest = min(found[0].sannsynlighet for d in SPORDIMENSJONER if (found := svar.koder(d)))
    return "Trolig " if weakest >= _LIKELY else "Kanskje "


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
    return len(found) > 1 and svar.status in _OPEN


def _named(forslag: Forslag) -> str:
    return f"{forslag.kode} {forslag.navn}"


def enumerate_words(words: Sequence[str], last: str = "og") -> str:
    """Ordene som oppramsing: ``a, b og c``."""
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} {last} {words[-1]}"  # noqa: PLR2004 - to må til
