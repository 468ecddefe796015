"""Leser alle kodelistene én gang og sjekker at de henger sammen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kontoplan.kodeverk.kode import Intern
from kontoplan.kodeverk.regel import Regel, load_regler
from kontoplan.kodeverk.tabell import read

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk.tabell import Rad

Nokkel = tuple[str, str]
PLANER = ("kommune", "fylkeskommune", "kirke")
_GJELDER = (*PLANER, "begge", "bydel")


@dataclass(frozen=True, slots=True)
class Gyldig:
    """Ett sammenhengende tidsrom en kode står på listen til noen skjema; ``til`` er ``None`` når den fortsatt gjelder."""

    skjema: tuple[str, ...]
    fra: int
    til: int | None
    vilkar: str
    start_ukjent: bool


@dataclass(frozen=True, slots=True)
class Navn:
    """Et navn på en kode, hvem det gjelder (``kommune``, ``begge``, ``kirke`` …) og i hvilke år."""

    gjelder: str
    navn: str
    nynorsk: str
    fra: int | None
    til: int | None
    kilde: str
    sikkerhet: str


@dataclass(frozen=True, slots=True)
class Skjema:
    """Et rapporteringsskjema og kontoklassene det bruker; ``regnskap`` er tomt for konsernskjemaene."""

    skjema: str
    regnskap: str
    plan: str
    klasser: dict[str, str]

    @property
    def balanse(self) -> bool:
        """Om skjemaet er en balanse; ellers er det et bevilgningsregnskap."""
        return "balanse" in self.klasser

    @property
    def hele(self) -> bool:
        """Om skjemaet er for hele kommunen eller fylkeskommunen (kassen eller konsernet), og ikke en del av den."""
        return self.regnskap in {"kommune", "fylkeskommune", ""}


@dataclass(frozen=True, slots=True)
class Lenke:
    """Én kode som ble til andre koder (eller kom fra én), fra et år, med kilde og sikkerhet."""

    kode: str
    til: tuple[str, ...]
    fra_aar: int
    kilde: str
    sikkerhet: str


@dataclass(frozen=True, slots=True)
class Lister:
    """Innholdet i ``rules/kodeverk``, lest og sjekket."""

    aar: tuple[int, ...]
    gyldig: dict[Nokkel, list[Gyldig]]
    navn: dict[Nokkel, list[Navn]]
    skjema: tuple[Skjema, ...]
    etterfolgere: dict[Nokkel, Lenke]
    avledet: dict[Nokkel, Lenke]
    interne: dict[tuple[str, str, str], Intern]
    regler: tuple[Regel, ...]


@lru_cache(maxsize=8)
def load(rules: Path) -> Lister:
    """Kodelistene i mappen ``rules`` (den som har undermappen ``kodeverk``).

    Raises:
        UserError: en fil har feil; meldingen sier fil, linje og kolonne.
    """
    root = rules / "kodeverk"
    aar = tuple(sorted(row.aar("aar") or 0 for row in read(root / "aar.csv", ("aar", "kilde"), unik=("aar",))))
    navn = _load_navn(root / "navn.csv")
    gyldig = _load_gyldig(root / "gyldighet.csv", navn)
    known = gyldig.keys() | navn.keys()
    return Lister(
        aar=aar,
        gyldig=gyldig,
        navn=navn,
        skjema=_load_skjema(root / "skjema.csv"),
        etterfolgere=_load_lenker(root / "etterfolgere.csv", "etterfolgere", known),
        avledet=_load_lenker(root / "avledet.csv", "av", known),
        interne=_load_interne(root / "interne.csv", known),
        regler=load_regler(root / "kombinasjoner.csv"),
    )


def _load_navn(path: Path) -> dict[Nokkel, list[Navn]]:
    kolonner = ("dimensjon", "kode", "gjelder", "navn", "navn_nynorsk", "aar_fra", "aar_til", "kilde", "sikkerhet")
    result: dict[Nokkel, list[Navn]] = {}
    for row in read(path, kolonner, unik=("dimensjon", "gjelder", "aar_fra", "kode")):
        fra, til = row.periode()
        navn = Navn(
            gjelder=row.valg("gjelder", _GJELDER),
            navn=row.tekst("navn"),
            nynorsk=row.felt("navn_nynorsk"),
            fra=fra,
            til=til,
            kilde=row.tekst("kilde"),
            sikkerhet=row.felt("sikkerhet"),
        )
        result.setdefault((row.dimensjon(), row.tekst("kode")), []).append(navn)
    return result


def _load_gyldig(path: Path, navn: dict[Nokkel, list[Navn]]) -> dict[Nokkel, list[Gyldig]]:
    kolonner = ("dimensjon", "kode", "skjema", "aar_fra", "aar_til", "vilkar", "merknad", "kilde", "sikkerhet")
    result: dict[Nokkel, list[Gyldig]] = {}
    for row in read(path, kolonner, unik=("dimensjon", "skjema", "aar_fra", "vilkar", "kode")):
        key = (row.dimensjon(), row.tekst("kode"))
        row.tekst("aar_fra")
        fra, til = row.periode()
        skjema = row.liste("skjema") or (row.tekst("skjema"),)
        gyldig = Gyldig(skjema, fra or 0, til, row.felt("vilkar"), start_ukjent="startår ukjent" in row.felt("merknad"))
        if key not in navn:
            raise row.feil("kode", f"{key[0]} {key[1]} har ikke noe navn i navn.csv.", code="kodeverk-navn-mangler")
        intervals = result.setdefault(key, [])
        _check_overlap(row, gyldig, intervals)
        intervals.append(gyldig)
    return result


def _check_overlap(row: Rad, ny: Gyldig, gamle: list[Gyldig]) -> None:
    """Samme kode på samme skjema kan ikke ha to tidsrom som dekker samme år."""
    for gammel in gamle:
        before = ny.til is not None and ny.til < gammel.fra
        after = gammel.til is not None and gammel.til < ny.fra
        if not before and not after and (felles := sorted(set(ny.skjema) & set(gammel.skjema))):
            hva = f"tidsrommet overlapper et annet for samme kode på skjema {', '.join(felles)}."
            raise row.feil("aar_fra", hva, code="kodeverk-overlapp")


def _load_skjema(path: Path) -> tuple[Skjema, ...]:
    kolonner = ("skjema", "regnskap", "plan", "type", "drift", "investering", "balanse", "kilde", "sikkerhet")
    return tuple(
        Skjema(
            skjema=row.tekst("skjema"),
            regnskap=row.felt("regnskap"),
            plan=row.valg("plan", PLANER),
            klasser={klasse: value for klasse in ("drift", "investering", "balanse") if (value := row.felt(klasse))},
        )
        for row in read(path, kolonner, unik=("skjema",))
    )


def _load_lenker(path: Path, mal: str, known: set[Nokkel]) -> dict[Nokkel, Lenke]:
    result: dict[Nokkel, Lenke] = {}
    for row in read(path, ("dimensjon", "kode", mal, "fra_aar", "kilde", "sikkerhet"), unik=("dimensjon", "kode")):
        dimensjon, kode = row.dimensjon(), row.tekst("kode")
        row.tekst(mal)
        row.tekst("fra_aar")
        for kolonne, value in (("kode", kode), *((mal, other) for other in row.liste(mal))):
            if (dimensjon, value) not in known:
                raise row.feil(kolonne, f"{dimensjon} {value} finnes ikke i kodelistene.", code="kodeverk-ukjent-kode")
        lenke = Lenke(kode, row.liste(mal), row.aar("fra_aar") or 0, row.tekst("kilde"), row.felt("sikkerhet"))
        result[dimensjon, kode] = lenke
    return result


def _load_interne(path: Path, known: set[Nokkel]) -> dict[tuple[str, str, str], Intern]:
    result: dict[tuple[str, str, str], Intern] = {}
    kolonner = ("dimensjon", "kode", "plan", "fra_aar", "tekst", "kilde", "sikkerhet")
    for row in read(path, kolonner, unik=("dimensjon", "kode")):
        dimensjon, kode = row.dimensjon(), row.tekst("kode")
        if (dimensjon, kode) not in known:
            raise row.feil("kode", f"{dimensjon} {kode} finnes ikke i kodelistene.", code="kodeverk-ukjent-kode")
        row.tekst("fra_aar")
        intern = Intern(row.aar("fra_aar") or 0, row.tekst("tekst"), row.tekst("kilde"), row.felt("sikkerhet"))
        for plan in row.liste("plan"):
            result[plan, dimensjon, kode] = intern
    return result
