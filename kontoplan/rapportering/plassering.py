"""Plasserer hver saldo etter koblingen: rapporteres, er intern, hører til et annet skjema, eller avvises med grunn."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kontoplan.fordeling.avrunding import divide
from kontoplan.kontoklasse import local_class
from kontoplan.rapportering.saldo import Del

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kontoplan.avgjorelse import Svar
    from kontoplan.kodeverk import Klasse, Kodeverk
    from kontoplan.rapportering.saldo import Saldo
    from kontoplan.readback.mapping import Kart, Plassering

Kodeandel = tuple[str, Fraction]
_LAST_MONTH = 12
"""Årsavslutningen (periode 13 og høyere) hører til desember."""


@dataclass(frozen=True)
class Plasserer:
    """Det som er likt for alle saldoene.

    Attributes:
        kart: Koblingen.
        kodeverk: Kodene koblingen gjelder.
        klasser: Kontoklassene skjemaet bruker, f.eks. ``{"drift": "1", "investering": "0"}``.
        balanse: Om skjemaet er en balanse.
        til_og_med: Siste måned som er med; ``None`` tar hele året.
        bruk_forslag: Bruk programmets forslag der ingen har avgjort.
    """

    kart: Kart
    kodeverk: Kodeverk
    klasser: dict[str, str]
    balanse: bool
    til_og_med: int | None = None
    bruk_forslag: bool = False

    @property
    def med_sektor(self) -> bool:
        """Om balansekontoene har sektor; feltet er blankt i kirkens balanse."""
        return self.kodeverk.regnskap != "kirke"

    def place(self, saldo: Saldo) -> Iterator[Del]:
        """Delene av saldoen; summen av dem er saldoen, på øret."""
        if self.til_og_med is not None and saldo.maaned is None:
            yield _rejected(saldo, "raden har verken dato eller periode som kan leses, så kvartalet er ukjent")
            return
        if self.til_og_med is not None and min(saldo.maaned or 0, _LAST_MONTH) > self.til_og_med:
            yield Del(saldo, "annen periode", saldo.ore, grunn="etter kvartalet")
            return
        account, is_balance = self._account(saldo)
        if account is None:
            yield _rejected(saldo, f"kontoen {saldo.konto} er ikke i koblingen")
        elif is_balance != self.balanse:
            what = "balansen" if is_balance else "bevilgningsregnskapet"
            yield Del(saldo, "annet skjema", saldo.ore, grunn=f"hører til {what}")
        elif is_balance:
            yield from self._in_balance(saldo, account)
        else:
            yield from self._in_accounts(saldo, account)

    def _account(self, saldo: Saldo) -> tuple[Plassering | None, bool]:
        """Kontoen i koblingen, og om den er en balansekonto; finnes nummeret begge steder, avgjør klassen eller funksjonen."""
        art, balance = self.kart.finn("art", saldo.konto), self.kart.finn("balanse", saldo.konto)
        if art and balance:
            is_balance = self._local(saldo) == "balanse" if saldo.klasse else not saldo.funksjon
            return (balance if is_balance else art), is_balance
        return (art or balance), art is None and balance is not None

    def _local(self, saldo: Saldo) -> Klasse | None:
        return local_class(saldo.klasse, self.kodeverk.regnskap)

    def _answer(self, placed: Plassering) -> Svar | None:
        return placed.svar or (placed.forslag if self.bruk_forslag else None)

    def _in_balance(self, saldo: Saldo, account: Plassering) -> Iterator[Del]:
        answer = self._answer(account)
        if answer is None:
            yield _rejected(saldo, f"balansekontoen {saldo.konto} er ikke avgjort ({account.sted})")
        elif answer.utfall == "rapporteres ikke":
            yield Del(saldo, "internt", saldo.ore, self.klasser["balanse"], saldo.konto, grunn="rapporteres ikke")
        elif answer.utfall == "fordeles" or (self.med_sektor and not answer.sektor):
            yield _rejected(saldo, f"balansekontoen {saldo.konto} mangler sektor ({account.sted})")
        else:
            sector = answer.sektor if self.med_sektor else ""
            yield Del(saldo, "rapportert", saldo.ore, self.klasser["balanse"], answer.kode, sector)

    def _in_accounts(self, saldo: Saldo, account: Plassering) -> Iterator[Del]:
        klasse = self._local(saldo) or self.kodeverk.klasse(account.klasse)
        if klasse not in {"drift", "investering"}:
            yield _rejected(saldo, f"kontoen {saldo.konto} er verken drift eller investering ({account.sted})")
            return
        function = self._function(saldo)
        if function is None:
            where = (
                f"funksjonen {saldo.funksjon}" if saldo.funksjon else f"ansvaret {saldo.ansvar or '–'} (uten funksjon)"
            )
            yield _rejected(saldo, f"{where} er ikke i koblingen")
            return
        f, a = self._answer(function), self._answer(account)
        number = self.klasser[klasse]
        if _is_internal(f) or _is_internal(a):  # da betyr det ikke noe om den andre er avgjort
            codes = (f and f.kode) or saldo.funksjon, (a and a.kode) or saldo.konto
            yield Del(
                saldo, "internt", saldo.ore, number, *codes, "rapporteres ikke", codes[0] if _is_internal(f) else ""
            )
            return
        missing = [p for p, answer in ((function, f), (account, a)) if answer is None]
        if f is None or a is None:
            yield _rejected(
                saldo, " og ".join(f"{p.dimensjon} {p.lokal_kode} er ikke avgjort ({p.sted})" for p in missing)
            )
            return
        pairs = [((fk, ak), fs * as_) for fk, fs in _shares(f) for ak, as_ in _shares(a)]
        for ((fk, ak), _), ore in zip(pairs, divide(saldo.ore, [share for _, share in pairs]), strict=True):
            if ore or len(pairs) == 1:
                yield Del(saldo, "rapportert", ore, number, fk, ak)

    def _function(self, saldo: Saldo) -> Plassering | None:
        if saldo.funksjon:
            return self.kart.finn("funksjon", saldo.funksjon)
        return self.kart.finn("ansvar", saldo.ansvar) if saldo.ansvar else None


def _is_internal(answer: Svar | None) -> bool:
    return answer is not None and answer.utfall == "rapporteres ikke"


def _shares(answer: Svar) -> list[Kodeandel]:
    if answer.utfall != "fordeles":
        return [(answer.kode, Fraction(1))]
    return [(part.kode, Fraction(str(part.andel or 0))) for part in answer.fordeling]


def _rejected(saldo: Saldo, reason: str) -> Del:
    return Del(saldo, "avvist", saldo.ore, grunn=reason)
