"""Fra nøklene til andeler for en periode: hver enhets mottakere og hva hver av dem skal ha."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kontoplan.chart.headers import compact
from kontoplan.errors import UserError
from kontoplan.fordeling.nokler import ANDELER, BELOP, Mal
from kontoplan.tall import exact_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.fordeling.nokler import Enhet, Mottak, Nokler
    from kontoplan.fordeling.perioder import Per

_TOLERANCE = Fraction(1, 10**7)
_PERCENT = 100
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Del:
    """Én mottaker av en enhet.

    Attributes:
        mal: Mottakeren.
        andel: Andelen (0–1); ``None`` når nøkkelen er et beløp.
        belop_ore: Beløpet i øre; ``None`` ved andel, og når mottakeren får resten.
        grunnlag: Verdien andelen er regnet av, når den er en driver.
        rad: Raden i Nøkler eller Grunnlag.
    """

    mal: Mal
    andel: Fraction | None
    belop_ore: int | None
    grunnlag: Fraction | None
    rad: int


def parts(enhet: Enhet, nokler: Nokler, per: Per, periode: int) -> tuple[Del, ...]:
    """Mottakerne til enheten.

    Args:
        enhet: Enheten.
        nokler: Nøklene.
        per: Hvor lang perioden er.
        periode: Perioden nøkkelen skal gjelde for; ved ``maaned`` er over 12 årsavslutningen.

    Raises:
        UserError: andelene er ikke 100 %, beløp brukes per måned, grunnlaget er tomt, eller nøkkelen gjelder bare deler av året.
    """
    way = enhet.etter.casefold()
    if way not in {ANDELER, BELOP}:
        return _by_driver(enhet, nokler)
    lines = _lines(enhet, nokler, periode if per == "maaned" else None)
    wrong = next((m for m in lines if (m.andel is None) == (way == ANDELER)), None)
    if wrong:
        given = "beløp" if wrong.andel is None else "andel"
        raise UserError(
            f"{nokler.fil}, arket «Nøkler», rad {wrong.rad}: linjen har {given}, men «{enhet.navn}» fordeles etter {way} (arket «Enheter», rad {enhet.rad}); bruk det samme begge steder.",
            code="fordel-andel-eller-belop",
        )
    return _by_share(enhet, nokler.fil, lines) if way == ANDELER else _by_amount(enhet, nokler.fil, lines, per)


def _lines(enhet: Enhet, nokler: Nokler, maaned: int | None) -> list[Mottak]:
    own = [m for m in nokler.mottak if m.enhet == enhet.navn]
    if maaned is None:
        limited = next((m for m in own if not m.hele_aaret), None)
        if limited:
            raise UserError(
                f"{nokler.fil}, arket «Nøkler», rad {limited.rad}: linjen gjelder bare noen måneder, og da må fordelingen gjøres med --per maaned.",
                code="fordel-deler-av-aaret",
            )
        return own
    month = min(maaned, _LAST_MONTH)
    return [m for m in own if m.maaneder[0] <= month <= m.maaneder[1]]


def _by_share(enhet: Enhet, fil: str, lines: Sequence[Mottak]) -> tuple[Del, ...]:
    total = sum((m.andel or Fraction(0) for m in lines), Fraction(0))
    whole = next((w for w in (1, _PERCENT) if abs(total / w - 1) <= _TOLERANCE), None)
    if whole is None:
        shown = total if total <= _TOLERANCE + 2 else total / _PERCENT
        rows = ", ".join(str(m.rad) for m in lines)
        raise UserError(
            f"{fil}, arket «Nøkler», rad {rows or '–'}: andelene til «{enhet.navn}» er til sammen {exact_percent(float(shown))} og ikke 100 %; rett dem.",
            code="fordel-ikke-hundre",
        )
    return tuple(Del(m.mal, (m.andel or Fraction(0)) / total, None, None, m.rad) for m in lines if m.andel)


def _by_amount(enhet: Enhet, fil: str, lines: Sequence[Mottak], per: Per) -> tuple[Del, ...]:
    if per != "aar":
        raise UserError(
            f"{fil}, arket «Enheter», rad {enhet.rad}: «{enhet.navn}» fordeles etter beløp for året, og kan ikke fordeles per periode; bruk andeler eller et grunnlag.",
            code="fordel-belop-per-periode",
        )
    rests = [m for m in lines if m.rest]
    if len(rests) > 1:
        raise UserError(
            f"{fil}, arket «Nøkler», rad {rests[1].rad}: «{enhet.navn}» har «rest» også på rad {rests[0].rad}; bare én mottaker kan få resten.",
            code="fordel-flere-rester",
        )
    return tuple(Del(m.mal, None, m.belop_ore, None, m.rad) for m in lines)


def _by_driver(enhet: Enhet, nokler: Nokler) -> tuple[Del, ...]:
    name = next(n for n in nokler.kolonner if compact(n) == compact(enhet.etter))
    found = [
        (line, line.verdier[name])
        for line in nokler.grunnlag
        if line.verdier.get(name) and line.mal.enhet != enhet.navn
    ]
    total = sum((value for _, value in found), Fraction(0))
    if not total:
        raise UserError(
            f"{nokler.fil}, arket «Grunnlag»: kolonnen «{name}», som «{enhet.navn}» (arket «Enheter», rad {enhet.rad}) fordeles etter, har ingen verdier; fyll den ut.",
            code="fordel-tomt-grunnlag",
        )
    return tuple(Del(line.mal, value / total, None, value, line.rad) for line, value in found)
