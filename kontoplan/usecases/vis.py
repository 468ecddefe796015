"""Vis en kode eller søk etter den: hva den heter, hva som hører hjemme der, og hva den het før."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from kontoplan.errors import UserError
from kontoplan.kodeverk import KODEDIMENSJONER, Kodeverk
from kontoplan.sak import Regnskap
from kontoplan.usecases.vis_kode import Kodevisning, describe
from kontoplan.usecases.vis_sok import Treff, search

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk import Kode, Kodedimensjon

_ORDFORM: dict[str, Kodedimensjon] = {"tjeneste": "funksjon", "klasse": "kontoklasse"}
_CODE_WIDTH = 3
_MAX_DIGITS = 4
_MAX_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Visning:
    """Svaret på ``vis``.

    Attributes:
        sok: Det som ble spurt om.
        aar: Regnskapsåret.
        regnskap: Hva slags regnskap.
        koder: Kodene med det nummeret; tom når det ble søkt med ord.
        treff: Kodene søket fant, beste først; tom når det ble spurt om et nummer.
    """

    sok: str
    aar: int
    regnskap: Regnskap
    koder: tuple[Kodevisning, ...] = ()
    treff: tuple[Treff, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Feltene til JSON."""
        return {
            "sok": self.sok,
            "aar": self.aar,
            "regnskap": self.regnskap,
            "koder": [kode.as_dict() for kode in self.koder],
            "treff": [treff.as_dict() for treff in self.treff],
        }


def vis(sok: str, *, aar: int | None = None, regnskap: Regnskap = "kommune", rules: Path | None = None) -> Visning:
    """Slå opp en kode (``202``, ``art 190``) eller søk med ord (``barnehage``, ``art strøm``).

    Args:
        sok: Koden eller ordene; dimensjonen kan stå foran.
        aar: Regnskapsåret; ``None`` gir det nyeste.
        regnskap: Hva slags regnskap.
        rules: En annen regelmappe enn programmets egen.

    Raises:
        UserError: koden finnes ikke (``ukjent-kode``), søket gir ingen treff (``ingen-treff``) eller er tomt
            (``tomt-sok``), eller året eller regnskapet er ukjent.
    """
    kodeverk = Kodeverk.for_aar(aar, regnskap, rules=rules)
    dimensjoner, rest = _split(sok)
    if not rest:
        raise UserError("Søket er tomt; skriv en kode (202) eller et ord (barnehage).", code="tomt-sok")
    if rest.isdigit():
        found = _lookup(kodeverk, dimensjoner, rest)
        if not found:
            raise UserError(_unknown_code(kodeverk, dimensjoner, rest, rules), code="ukjent-kode")
        return Visning(sok, kodeverk.aar, regnskap, koder=tuple(describe(kodeverk, kode) for kode in found))
    treff = search(kodeverk, rest, dimensjoner)
    if not treff:
        message = (
            f"Ingen kode for {regnskap} {kodeverk.aar} passer til «{rest}»; prøv andre eller færre ord, eller en kode."
        )
        raise UserError(message, code="ingen-treff")
    return Visning(sok, kodeverk.aar, regnskap, treff=treff)


def _split(sok: str) -> tuple[tuple[Kodedimensjon, ...], str]:
    """Dimensjonen som eventuelt står først, og resten."""
    words = " ".join(sok.split())
    first, _, rest = words.partition(" ")
    word = first.casefold()
    for dimensjon in KODEDIMENSJONER:
        if rest and dimensjon == _ORDFORM.get(word, word):
            return (dimensjon,), rest
    return KODEDIMENSJONER, words


def _lookup(kodeverk: Kodeverk, dimensjoner: tuple[Kodedimensjon, ...], number: str) -> tuple[Kode, ...]:
    """Kodene med nummeret, gjeldende først; uten treff prøves nummeret med innledende nuller (``99`` → ``099``)."""
    for kode in dict.fromkeys((number, number.zfill(_CODE_WIDTH))):
        found = [hit for dimensjon in dimensjoner if (hit := kodeverk.kode(dimensjon, kode))]
        if found:
            return tuple(sorted(found, key=lambda k: not kodeverk.finnes(k.dimensjon, k.kode)))
    return ()


def _unknown_code(kodeverk: Kodeverk, dimensjoner: tuple[Kodedimensjon, ...], number: str, rules: Path | None) -> str:
    """Setningen om en kode som ikke finnes, med forslag til hva brukeren kan ha ment."""
    from difflib import get_close_matches  # noqa: PLC0415 - trengs bare når noe er galt

    message = f"Koden {number} finnes ikke i kodelistene for {kodeverk.regnskap} {kodeverk.aar}"
    for regnskap in get_args(Regnskap):
        other = Kodeverk.for_aar(kodeverk.aar, regnskap, rules=rules)
        if found := _lookup(other, dimensjoner, number):
            kode = found[0]
            return f"{message}, men {kode.dimensjon} {kode.kode} ({kode.navn}) finnes med --regnskap {regnskap}."
    if len(number) > _MAX_DIGITS:
        return f"{message}; KOSTRA-koder har høyst fire siffer, så skriv bare koden, f.eks. «kontoplan vis 202»."
    candidates = {k.kode: k for d in dimensjoner for k in kodeverk.koder(d)}
    close = get_close_matches(number, candidates, n=_MAX_SUGGESTIONS, cutoff=0.6)
    if not close:
        return f"{message}; søk med et ord i stedet, f.eks. «kontoplan vis barnehage»."
    names = ", ".join(f"{kode} ({candidates[kode].navn})" for kode in close)
    return f"{message}; mente du {names}?"
