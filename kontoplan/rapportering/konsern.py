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
BALANSEMARGIN: Final = 10
"""Så mye fordringer og gjeld kan avvike, i tusen kroner; mottakets margin for balansen (kontroll 125)."""


@dataclass(frozen=True, slots=True)
class Par:
    """To koder som bare brukes mellom enhetene i konsernet, og som skal møtes.

    Attributes:
        debet: Arten for utgiften, eller kapittelet for fordringen.
        kredit: Arten for inntekten, eller kapittelet for gjelden.
        hva: Hva paret er.
        kilde: Hvor det står.
        balanse: Om det er kapitler.
    """

    debet: str
    kredit: str
    hva: str
    kilde: str
    balanse: bool = False

    @property
    def sider(self) -> tuple[str, str]:
        """Hva de to sidene heter."""
        return ("fordring", "gjeld") if self.balanse else ("utgift", "inntekt")

    @property
    def kode(self) -> str:
        """Hva en kode heter."""
        return "kapittel" if self.balanse else "art"

    @property
    def margin(self) -> int:
        """Så mye de kan avvike, i tusen kroner."""
        return BALANSEMARGIN if self.balanse else MARGIN

    def keys(self, total: Iterable[Nokkel]) -> tuple[list[Nokkel], list[Nokkel]]:
        """Postene på hver side."""
        at = 1 if self.balanse else 2
        found = list(total)
        return [key for key in found if key[at] == self.debet], [key for key in found if key[at] == self.kredit]


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
    debet_ore: int
    kredit_ore: int


@dataclass(frozen=True, slots=True)
class Eliminering:
    """Et par i konsernet.

    Attributes:
        par: Kodene.
        debet_ore: Summen av utgiften eller fordringen i alle enhetene.
        kredit_ore: Summen av inntekten eller gjelden; den er negativ.
        eliminert_ore: Det som er tatt ut på hver side.
        enheter: Hva hver enhet har ført.
    """

    par: Par
    debet_ore: int
    kredit_ore: int
    eliminert_ore: int
    enheter: tuple[Motpart, ...]

    @property
    def differanse_ore(self) -> int:
        """Det som ikke møtes."""
        return self.debet_ore + self.kredit_ore

    @property
    def motes(self) -> bool:
        """Om de to sidene er like store, innenfor marginen."""
        return abs(self.differanse_ore) <= self.par.margin * TUSEN

    @property
    def setning(self) -> str:
        """Hva som ikke møtes, i tusen kroner."""
        par = self.par
        return (
            f"{par.hva.lower()} møtes ikke: {par.kode} {par.debet} er {round(self.debet_ore / TUSEN)} og {par.kode} {par.kredit} er "
            f"{round(self.kredit_ore / TUSEN)} (tusen kroner), differanse {round(self.differanse_ore / TUSEN)}"
        )


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
        found = [each.setning for each in self.elimineringer if not each.motes]
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
            "eliminert": [_as_dict(each) for each in self.elimineringer],
            "kontroll": self.rapport.as_dict(),
            "hindringer": list(self.hindringer),
            "merknader": list(self.merknader),
        }


def _as_dict(found: Eliminering) -> dict[str, object]:
    debet, kredit = found.par.sider
    return {
        debet: found.par.debet,
        kredit: found.par.kredit,
        f"sum_{debet}": found.debet_ore / TUSEN,
        f"sum_{kredit}": found.kredit_ore / TUSEN,
        "eliminert": found.eliminert_ore / TUSEN,
        "differanse": found.differanse_ore / TUSEN,
        "enheter": [{"fil": m.fil, debet: m.debet_ore / TUSEN, kredit: m.kredit_ore / TUSEN} for m in found.enheter],
    }


@lru_cache(maxsize=2)
def pairs(*, balanse: bool) -> tuple[Par, ...]:
    """Parene i ``rules/konsern``: artene i ``eliminering.csv``, eller kapitlene i ``mellomvaerende.csv``."""
    name, debet, kredit = ("mellomvaerende", "fordring", "gjeld") if balanse else ("eliminering", "utgift", "inntekt")
    rows = read(data_path(f"rules/konsern/{name}.csv"), (debet, kredit, "hva", "kilde", "sikkerhet"), unik=(debet,))
    return tuple(
        Par(row.felt(debet), row.felt(kredit), row.felt("hva"), row.felt("kilde"), balanse=balanse) for row in rows
    )


def scaled(posts: Iterable[tuple[Nokkel, int]], share: Fraction) -> dict[Nokkel, int]:
    """Postene (tusen kroner) i øre etter eierandelen; hver rundet til nærmeste øre."""
    found: dict[Nokkel, int] = defaultdict(int)
    for key, thousands in posts:
        found[key] += round(Fraction(thousands * TUSEN) * share)
    return dict(found)


def merge(units: Sequence[Enhetsuttrekk], *, balanse: bool) -> tuple[dict[Nokkel, int], tuple[Eliminering, ...]]:
    """Summen av enhetene uten handelen mellom dem.

    Møtes utgift og inntekt innenfor marginen, tas begge ut helt. Ellers tas like mye ut på begge sider, og det som ikke har
    motpart, blir stående jevnt på postene. I balansen tas det alltid like mye ut på begge sider, så den går opp som før.
    """
    total: dict[Nokkel, int] = defaultdict(int)
    for unit in units:
        for key, ore in unit.poster.items():
            total[key] += ore
    found = []
    for par in pairs(balanse=balanse):
        debet, kredit = par.keys(total)
        if not (debet or kredit):
            continue
        cost, income = (sum(total[key] for key in keys) for keys in (debet, kredit))
        out = max(0, min(cost, -income))
        counterparts = (
            Motpart(unit.fil, *(sum(unit.poster[key] for key in keys) for keys in par.keys(unit.poster)))
            for unit in units
        )
        eliminated = Eliminering(par, cost, income, out, tuple(m for m in counterparts if m.debet_ore or m.kredit_ore))
        whole = eliminated.motes and not balanse
        _take_out(total, debet, cost if whole else out)
        _take_out(total, kredit, income if whole else -out)
        found.append(eliminated)
    return {key: ore for key, ore in total.items() if ore}, tuple(found)


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
