"""Balansens kapitler som data: gruppen hvert av dem står i, sektorene som er vanlige der, og ordene som sier sektor og gruppe.

Ligger i ``rules/balanse``. SSBs kontroller knytter ikke sektor til kapittel (013 krever bare at sektoren finnes), så det som
står der om hvilke sektorer som passer, er allmenn kunnskap og sier det selv.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, get_args

from kontoplan.data import data_path
from kontoplan.kodeverk.tabell import read
from kontoplan.rulebase.match import Group, Words
from kontoplan.rulebase.patterns import compile_pattern

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk.tabell import Rad
    from kontoplan.text import Tekst

Gruppe = Literal["omlop", "anlegg", "kortgjeld", "langgjeld", "egenkapital", "memoria"]
GRUPPER: Final[dict[Gruppe, str]] = {
    "omlop": "omløpsmidler",
    "anlegg": "anleggsmidler",
    "kortgjeld": "kortsiktig gjeld",
    "langgjeld": "langsiktig gjeld",
    "egenkapital": "egenkapital",
    "memoria": "memoriakonti",
}
EIENDELER: Final[frozenset[Gruppe]] = frozenset({"omlop", "anlegg"})
GJELD: Final[frozenset[Gruppe]] = frozenset({"kortgjeld", "langgjeld"})
Hvor = Literal["navn", "overskrift", "begge"]


@dataclass(frozen=True, slots=True)
class Kapittel:
    """Et kapittel: gruppen, de vanlige sektorene (tom når alle er det), hvem motparten er, og hvor det er hentet fra."""

    kode: str
    gruppe: Gruppe
    sektorer: tuple[str, ...]
    motpart: str
    kilde: str


@dataclass(frozen=True, slots=True)
class Sektorord:
    """Et ord som sier sektoren.

    Attributes:
        ord: Slik det står i filen.
        pattern: Mønsteret; ``None`` når kapittelet alene sier sektoren.
        sektor: Sektoren ordet peker på.
        kapitler: Kapitlene ordet gjelder på; tom når det gjelder overalt.
        styrke: 3 navngir motparten, 2 slaget motpart, 1 det som vanligvis har den, 0 bare kapittelet.
        kilde: Hvor det er hentet fra.
    """

    ord: str
    pattern: Group | None
    sektor: str
    kapitler: frozenset[str]
    styrke: int
    kilde: str

    def applies(self, kapittel: str, words: Words) -> bool:
        """Om ordet gjelder på kapittelet og står i teksten."""
        if self.kapitler and kapittel not in self.kapitler:
            return False
        return self.pattern is None or self.pattern.covered(words) > 0


@dataclass(frozen=True, slots=True)
class Gruppeord:
    """Et ord i et navn eller en overskrift som sier hvilke grupper kontoen kan stå i."""

    ord: str
    pattern: Group
    grupper: frozenset[Gruppe]
    hvor: Hvor
    kilde: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Alt i ``rules/balanse``."""

    kapitler: dict[str, Kapittel]
    sektorord: tuple[Sektorord, ...]
    gruppeord: tuple[Gruppeord, ...]

    def groups(self, tekst: Tekst, hvor: Hvor) -> tuple[frozenset[Gruppe], tuple[Gruppeord, ...]]:
        """Gruppene teksten peker på, og ordene som sa det; tomt når ingen gjør det eller de er uenige."""
        words = Words.of(tekst)
        said = tuple(g for g in self.gruppeord if g.hvor in {hvor, "begge"} and g.pattern.covered(words))
        common = frozenset.intersection(*(g.grupper for g in said)) if said else frozenset()
        return (common, said) if common else (frozenset(), ())


@lru_cache(maxsize=8)
def load(rules: Path) -> Balance:
    """Leser ``rules/balanse``.

    Raises:
        UserError: en fil har feil; meldingen sier fil, linje og kolonne.
    """
    root = rules / "balanse"
    chapters = read(root / "kapitler.csv", ("kapittel", "gruppe", "sektorer", "motpart", "kilde", "sikkerhet"), unik=("kapittel",))  # fmt: skip
    sectors = read(root / "sektorord.csv", ("ord", "sektor", "kapitler", "styrke", "kilde", "sikkerhet"), unik=("ord", "kapitler", "sektor"))  # fmt: skip
    groups = read(root / "gruppeord.csv", ("ord", "grupper", "hvor", "kilde", "sikkerhet"), unik=("ord", "hvor"))
    return Balance(
        {row.tekst("kapittel"): _chapter(row) for row in chapters},
        tuple(_sector_word(row) for row in sectors),
        tuple(_group_word(row) for row in groups),
    )


@cache
def balance() -> Balance:
    """Balansen som følger med programmet; leses én gang."""
    return load(data_path("rules"))


def _chapter(row: Rad) -> Kapittel:
    return Kapittel(
        row.tekst("kapittel"), _group(row, "gruppe", row.felt("gruppe")), row.liste("sektorer"), row.felt("motpart"), row.tekst("kilde"),
    )  # fmt: skip


def _sector_word(row: Rad) -> Sektorord:
    word = row.felt("ord")
    return Sektorord(
        word,
        _pattern(row, word) if word else None,
        row.tekst("sektor"),
        frozenset(row.liste("kapitler")),
        int(row.valg("styrke", ("0", "1", "2", "3"))),
        row.tekst("kilde"),
    )


def _group_word(row: Rad) -> Gruppeord:
    groups = frozenset(_group(row, "grupper", name) for name in row.liste("grupper"))
    where = next(h for h in get_args(Hvor) if h == row.valg("hvor", get_args(Hvor)))
    return Gruppeord(row.tekst("ord"), _pattern(row, row.tekst("ord")), groups, where, row.tekst("kilde"))


def _group(row: Rad, kolonne: str, name: str) -> Gruppe:
    for gruppe in GRUPPER:
        if gruppe == name:
            return gruppe
    raise row.feil(kolonne, f"gruppen «{name}» finnes ikke; bruk {', '.join(GRUPPER)}.", code="balanse-ukjent-gruppe")


def _pattern(row: Rad, word: str) -> Group:
    try:
        return Group.of([compile_pattern(word)])
    except ValueError as error:
        raise row.feil("ord", f"{error}", code="balanse-ord") from error
