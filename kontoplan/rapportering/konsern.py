"""Konsernet: flere filuttrekk lagt sammen etter eierandel, med handelen mellom enhetene tatt ut."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kontoplan.data import data_path
from kontoplan.fordeling.avrunding import divide
from kontoplan.kodeverk.tabell import read
from kontoplan.rapportering.tusen import TUSEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kontoplan.kostra.oppgave import Oppgave
    from kontoplan.kostra.rapport import Kontrollrapport
    from kontoplan.rapportering.tusen import Nokkel

MARGIN: Final = 30
"""Så mye kjøp og salg kan avvike, i tusen kroner; det samme slingringsmonnet mottaket har for summer av avrundede poster."""


@dataclass(frozen=True, slots=True)
class Par:
    """To arter som bare brukes mellom enhetene i konsernet, og som skal møtes."""

    utgift: str
    inntekt: str
    hva: str
    kilde: str


@dataclass(frozen=True, slots=True)
class Enhetsuttrekk:
    """Et uttrekk som inngår i konsernet.

    Attributes:
        fil: Filnavnet.
        skjema: Skjemaet filen er.
        andel: Eierandelen (0–1).
        poster: Konsernets kontoklasse, funksjon (kapittel) og art (sektor) → øre etter eierandelen.
    """

    fil: str
    skjema: str
    andel: Fraction
    poster: dict[Nokkel, int]


@dataclass(frozen=True, slots=True)
class Motpart:
    """Hva én enhet har ført på et par, i øre etter eierandelen."""

    fil: str
    utgift_ore: int
    inntekt_ore: int


@dataclass(frozen=True, slots=True)
class Eliminering:
    """Et par i konsernet.

    Attributes:
        par: Artene.
        utgift_ore: Summen av utgiftsarten i alle enhetene.
        inntekt_ore: Summen av inntektsarten; inntekter er negative.
        eliminert_ore: Det som er tatt ut på hver side.
        enheter: Hva hver enhet har ført.
    """

    par: Par
    utgift_ore: int
    inntekt_ore: int
    eliminert_ore: int
    enheter: tuple[Motpart, ...]

    @property
    def differanse_ore(self) -> int:
        """Det som ikke møtes."""
        return self.utgift_ore + self.inntekt_ore

    @property
    def motes(self) -> bool:
        """Om utgift og inntekt er like store, innenfor marginen."""
        return abs(self.differanse_ore) <= MARGIN * TUSEN


@dataclass(frozen=True, slots=True)
class Konsern:
    """Svaret på ``konsern``.

    Attributes:
        oppgave: Skjemaet, året og regionen.
        enheter: Uttrekkene som inngår.
        poster: Konsernets poster → (øre, tusen kroner i filen).
        elimineringer: Parene som finnes i enhetene.
        innhold: Filen.
        rapport: Kontrollrapporten.
        merknader: Det brukeren bør vite.
    """

    oppgave: Oppgave
    enheter: tuple[Enhetsuttrekk, ...]
    poster: dict[Nokkel, tuple[int, int]]
    elimineringer: tuple[Eliminering, ...]
    innhold: bytes
    rapport: Kontrollrapport
    merknader: tuple[str, ...]

    @property
    def hindringer(self) -> tuple[str, ...]:
        """Hvorfor filen ikke bør sendes; tom når alt er i orden."""
        found = [
            f"{e.par.hva.lower()} møtes ikke: art {e.par.utgift} er {e.utgift_ore // TUSEN} og art {e.par.inntekt} er {-(-e.inntekt_ore // TUSEN)} "
            f"(tusen kroner), differanse {round(e.differanse_ore / TUSEN)}"
            for e in self.elimineringer
            if not e.motes
        ]
        if not self.rapport.kan_sendes:
            first = next((g for g in self.rapport.grupper if g.alvor in {"FATAL", "ERROR"}), None)
            number = self.rapport.antall("ERROR") + self.rapport.antall("FATAL")
            found.append(
                f"kontrollene gir {number} feil" + (f", først {first.kontroll} ({first.emne})" if first else "")
            )
        return tuple(found)

    def as_dict(self) -> dict[str, object]:
        """Konsernet som JSON; beløp i tusen kroner."""
        return {
            "skjema": self.oppgave.kode,
            "aar": int(self.oppgave.aar),
            "region": self.oppgave.region,
            "enheter": [{"fil": e.fil, "skjema": e.skjema, "andel": float(e.andel)} for e in self.enheter],
            "poster": [
                {"kontoklasse": k, "funksjon": f, "art": a, "belop": thousands}
                for (k, f, a), (_, thousands) in self.poster.items()
            ],
            "eliminert": [
                {
                    "utgift": e.par.utgift,
                    "inntekt": e.par.inntekt,
                    "sum_utgift": e.utgift_ore / TUSEN,
                    "sum_inntekt": e.inntekt_ore / TUSEN,
                    "eliminert": e.eliminert_ore / TUSEN,
                    "differanse": e.differanse_ore / TUSEN,
                    "enheter": [
                        {"fil": m.fil, "utgift": m.utgift_ore / TUSEN, "inntekt": m.inntekt_ore / TUSEN}
                        for m in e.enheter
                    ],
                }
                for e in self.elimineringer
            ],
            "kontroll": self.rapport.as_dict(),
            "hindringer": list(self.hindringer),
            "merknader": list(self.merknader),
        }


@lru_cache(maxsize=1)
def pairs() -> tuple[Par, ...]:
    """Parene i ``rules/konsern/eliminering.csv``."""
    rows = read(
        data_path("rules/konsern/eliminering.csv"), ("utgift", "inntekt", "hva", "kilde", "sikkerhet"), unik=("utgift",)
    )
    return tuple(Par(row.felt("utgift"), row.felt("inntekt"), row.felt("hva"), row.felt("kilde")) for row in rows)


def scaled(posts: Iterable[tuple[Nokkel, int]], share: Fraction) -> dict[Nokkel, int]:
    """Postene (tusen kroner) i øre etter eierandelen; hver rundet til nærmeste øre."""
    found: dict[Nokkel, int] = defaultdict(int)
    for key, thousands in posts:
        found[key] += round(Fraction(thousands * TUSEN) * share)
    return dict(found)


def merge(units: Sequence[Enhetsuttrekk], *, balanse: bool) -> tuple[dict[Nokkel, int], tuple[Eliminering, ...]]:
    """Summen av enhetene uten handelen mellom dem.

    Møtes utgift og inntekt innenfor marginen, tas begge ut helt. Ellers tas like mye ut på begge sider, og det som ikke har
    motpart, blir stående jevnt på postene. I balansen er det ingen arter å eliminere.
    """
    total: dict[Nokkel, int] = defaultdict(int)
    for unit in units:
        for key, ore in unit.poster.items():
            total[key] += ore
    if balanse:
        return dict(total), ()
    found = []
    for par in pairs():
        sides = {art: [key for key in total if key[2] == art] for art in (par.utgift, par.inntekt)}
        sums = {art: sum(total[key] for key in keys) for art, keys in sides.items()}
        if not any(sides.values()):
            continue
        cost, income = sums[par.utgift], sums[par.inntekt]
        meets = abs(cost + income) <= MARGIN * TUSEN
        out = max(0, min(cost, -income))
        for art, keys in sides.items():
            _take_out(total, keys, sums[art] if meets else out if art == par.utgift else -out)
        counterparts = (Motpart(unit.fil, *(_sum(unit, art) for art in (par.utgift, par.inntekt))) for unit in units)
        found.append(
            Eliminering(par, cost, income, max(out, 0), tuple(m for m in counterparts if m.utgift_ore or m.inntekt_ore))
        )
    return {key: ore for key, ore in total.items() if ore}, tuple(found)


def _sum(unit: Enhetsuttrekk, art: str) -> int:
    return sum(ore for key, ore in unit.poster.items() if key[2] == art)


def _take_out(total: dict[Nokkel, int], keys: Sequence[Nokkel], ore: int) -> None:
    """Trekker ``ore`` fra postene, jevnt etter størrelsen; alt når det er hele summen."""
    whole = sum(total[key] for key in keys)
    if ore == whole:
        for key in keys:
            total[key] = 0
        return
    weights = [Fraction(abs(total[key])) for key in keys]
    if any(weights):
        for key, part in zip(keys, divide(ore, weights), strict=True):
            total[key] -= part
