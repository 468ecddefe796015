"""Planen for et utvalg: metode, konfidens, vesentlighet, forventet feil, frø og hva det skal trekkes av."""

from __future__ import annotations

import math
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kontoplan.chart.amounts import parse_amount
from kontoplan.errors import UserError
from kontoplan.utvalg.faktor import planning_factor

if TYPE_CHECKING:
    from collections.abc import Sequence

Metode = Literal["mus", "stratifisert"]
DIMENSJONER: Final = ("art", "funksjon", "klasse", "omraade")
"""Det en kan avgrense på med ``--bare``."""
LEAST_CONFIDENCE, MOST_CONFIDENCE = 0.5, 0.999
MOST_EXPECTED: Final = 0.9
"""Forventet feil som andel av vesentlighetsgrensen; over dette trengs hundrevis av ganger så stort utvalg som uten."""
MOST_SEED: Final = 10**15
_SEEDS: Final = 1_000_000
_ORE: Final = 100
_RANGE: Final = re.compile(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3}))?")
_CODES: Final = frozenset({"art", "funksjon"})
_CLASSES: Final = ("drift", "investering")


@dataclass(frozen=True, slots=True)
class Avgrensning:
    """Koder det skal trekkes av, fra og med ``fra`` til og med ``til``; for klasse og område er begge navnet."""

    dimensjon: str
    fra: str
    til: str

    def __str__(self) -> str:
        """Slik den skrives etter ``--bare``."""
        return f"{self.dimensjon}={self.fra}" + (f"-{self.til}" if self.til != self.fra else "")


@dataclass(frozen=True, slots=True)
class Plan:
    """Det som bestemmer utvalget; samme plan og samme hovedbok gir samme utvalg.

    Attributes:
        metode: ``mus`` (sannsynlighet etter beløp) eller ``stratifisert`` (tilfeldig innen beløpsklasser).
        konfidens: Hvor sikker konklusjonen skal være, 0,5–0,999.
        vesentlighet_ore: Den største feilen som kan godtas i populasjonen, i øre.
        forventet_ore: Feilen som ventes, i øre; under 90 % av ``vesentlighet_ore``.
        fro: Frøet trekningen begynner med.
        per_omraade: Om strataene også deles etter tjenesteområde; bare for ``stratifisert``.
        bare: Avgrensningene; samme dimensjon flere ganger er «eller», ulike dimensjoner er «og».
    """

    metode: Metode
    konfidens: float
    vesentlighet_ore: int
    forventet_ore: int
    fro: int
    per_omraade: bool = False
    bare: tuple[Avgrensning, ...] = ()

    @property
    def faktor(self) -> float:
        """Konfidensfaktoren utvalget er planlagt med."""
        return planning_factor(self.forventet_ore / self.vesentlighet_ore, self.konfidens)

    @property
    def intervall_ore(self) -> int:
        """Kronene hvert trekk står for, i øre: vesentligheten delt på faktoren, rundet ned."""
        return max(int(self.vesentlighet_ore / self.faktor), 1)


def make_plan(  # noqa: PLR0913 - ett navn per valg
    metode: Metode,
    *,
    vesentlighet: str,
    konfidens: str = "0.95",
    forventet_feil: str = "0",
    fro: int | None = None,
    per_omraade: bool = False,
    bare: Sequence[str] = (),
    omraader: Sequence[str] = (),
) -> Plan:
    """Planen av det brukeren skrev; uten frø trekkes et.

    Args:
        metode: Hvordan det skal trekkes.
        vesentlighet: Beløp i kroner, f.eks. ``"500 000"``.
        konfidens: Andel eller prosent: ``"0.95"``, ``"0,95"`` eller ``"95 %"``.
        forventet_feil: Beløp i kroner.
        fro: Et helt tall fra 0.
        per_omraade: Del også strataene etter tjenesteområde.
        bare: Avgrensninger, f.eks. ``"art=100-299"`` eller ``"omraade=Barnehage"``.
        omraader: Tjenesteområdene som finnes.

    Raises:
        UserError: noe av det kan ikke brukes; setningen sier hvilket valg.
    """
    limit = read_limit(vesentlighet)
    expected = _amount(forventet_feil, "--forventet-feil")
    if not 0 <= expected < MOST_EXPECTED * limit:
        raise UserError(
            f"--forventet-feil er {forventet_feil}, men må være fra 0 til under 90 % av vesentligheten ({vesentlighet}); ventes det mer, svarer ikke et utvalg på spørsmålet.",
            code="utvalg-forventet-feil",
        )
    if fro is not None and not 0 <= fro < MOST_SEED:
        raise UserError(f"--fro er {fro}; oppgi et helt tall fra 0 til {MOST_SEED - 1}.", code="utvalg-fro")
    if per_omraade and metode != "stratifisert":
        raise UserError(
            "--per-omraade deler strata og gjelder bare --utvalg stratifisert; ta det bort, eller velg den metoden.",
            code="utvalg-per-omraade",
        )
    return Plan(
        metode,
        read_confidence(konfidens),
        limit,
        expected,
        secrets.randbelow(_SEEDS) if fro is None else fro,
        per_omraade,
        tuple(_only(text, omraader) for text in bare),
    )


def read_limit(text: str) -> int:
    """Vesentlighetsgrensen i øre.

    Raises:
        UserError: teksten er ikke et beløp over null.
    """
    ore = _amount(text, "--vesentlighet")
    if ore <= 0:
        raise UserError(f"--vesentlighet er {text}; oppgi et beløp over null, f.eks. 500000.", code="utvalg-belop")
    return ore


def read_confidence(text: str) -> float:
    """Konfidensen som andel.

    Raises:
        UserError: teksten er ikke en andel fra 0,5 til 0,999.
    """
    try:
        number = float(text.replace("%", "").replace(",", "."))
    except ValueError:
        number = math.nan
    share = number / 100 if "%" in text else number
    if not LEAST_CONFIDENCE <= share <= MOST_CONFIDENCE:
        raise UserError(
            f"--konfidens er «{text}»; oppgi en andel fra 0,5 til 0,999, f.eks. 0.95 eller 95%.",
            code="utvalg-konfidens",
        )
    return share


def _amount(text: str, option: str) -> int:
    """Beløpet i hele øre."""
    number = parse_amount(text)
    ore = None if number is None else number * _ORE
    if ore is None or ore != int(ore):
        raise UserError(
            f"{option} er «{text}»; oppgi et beløp i kroner med høyst to desimaler, f.eks. 500000.", code="utvalg-belop"
        )
    return int(ore)


def _only(text: str, omraader: Sequence[str]) -> Avgrensning:
    name, _, value = (part.strip() for part in text.partition("="))
    dimension = name.casefold().replace("å", "aa")
    value = value.strip()
    if dimension in _CODES and (found := _RANGE.fullmatch(value)):
        first, last = (code.zfill(3) for code in (found[1], found[2] or found[1]))
        if first <= last:
            return Avgrensning(dimension, first, last)
    if dimension == "klasse" and value.casefold() in _CLASSES:
        return Avgrensning(dimension, value.casefold(), value.casefold())
    if dimension == "omraade":
        area = next((own for own in omraader if own.casefold() == value.casefold()), None)
        if area is None:
            raise UserError(
                f"--bare {text}: «{value}» er ikke et tjenesteområde; velg blant {', '.join(omraader)}.",
                code="utvalg-bare",
            )
        return Avgrensning(dimension, area, area)
    raise UserError(
        f"--bare {text} kan ikke leses; skriv f.eks. art=100-299, funksjon=202, klasse=drift eller omraade=Barnehage.",
        code="utvalg-bare",
    )
