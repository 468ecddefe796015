"""Det ferdige uttrekket: postene, hvor hver øre endte, avrundingen og kontrollrapporten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontoplan.fordeling.bilag import kroner, norske_kroner
from kontoplan.ledger.hovedbok import UTEN_KJENT_BELOP
from kontoplan.rapportering.innlest import other_years
from kontoplan.rapportering.tusen import TUSEN
from kontoplan.tall import count

if TYPE_CHECKING:
    from kontoplan.kostra.oppgave import Oppgave
    from kontoplan.kostra.rapport import Kontrollrapport
    from kontoplan.ledger.hovedbok import Kilde
    from kontoplan.rapportering.innlest import Innlest
    from kontoplan.rapportering.internt import Internsum
    from kontoplan.rapportering.saldo import Del, Sted

STEDER: Final[tuple[Sted, ...]] = ("rapportert", "internt", "annet skjema", "annen periode", "avvist")


@dataclass(frozen=True, slots=True)
class Uttrekkspost:
    """En post i filen.

    Attributes:
        klasse: Kontoklassen.
        funksjon: Funksjon, i balansen kapittel.
        art: Art, i balansen sektor.
        ore: Det eksakte beløpet i øre.
        tusen: Beløpet i filen, i hele tusen kroner.
        kontoer: De lokale kodene posten kommer fra, som «10100/20200», de største først.
        antall: Antall posteringer.
    """

    klasse: str
    funksjon: str
    art: str
    ore: int
    tusen: int
    kontoer: tuple[str, ...]
    antall: int

    @property
    def avrunding_ore(self) -> int:
        """Det filen har for mye (positivt) eller for lite, i øre."""
        return self.tusen * TUSEN - self.ore


@dataclass(frozen=True, slots=True)
class Uttrekk:
    """Svaret på ``rapporter``.

    Attributes:
        oppgave: Skjemaet, året og avgiveren.
        boker: Hovedboken, og så bilagene som er tatt med.
        kobling: Koblingens filnavn.
        poster: Postene, sortert; også dem som er avrundet til 0 og ikke står i filen.
        deler: Alt som ikke rapporteres, og hvor det endte.
        summer: Øre per sted; summen er hovedboken.
        antall: Posteringer per sted; en som er delt på flere steder, telles i hvert av dem.
        interne: Summene som skal være null.
        innhold: Filen.
        rapport: Kontrollrapporten.
        merknader: Det brukeren bør vite.
    """

    oppgave: Oppgave
    boker: tuple[Innlest, ...]
    kobling: str
    poster: tuple[Uttrekkspost, ...]
    deler: tuple[Del, ...]
    summer: dict[Sted, int]
    antall: dict[Sted, int]
    interne: tuple[Internsum, ...]
    innhold: bytes
    rapport: Kontrollrapport
    merknader: tuple[str, ...]

    @property
    def kilde(self) -> Kilde:
        """Hovedboken."""
        return self.boker[0].kilde

    @property
    def filer(self) -> str:
        """Filnavnene, slik en leser dem."""
        *first, last = (bok.kilde.fil for bok in self.boker)
        return " og ".join(filter(None, (", ".join(first), last)))

    @property
    def sum_ore(self) -> int:
        """Summen av hovedboken og bilagene, i øre."""
        return sum(bok.lest.sum_ore for bok in self.boker)

    @property
    def avviste(self) -> tuple[Del, ...]:
        """Det som ikke kunne plasseres, de største først."""
        return tuple(sorted((d for d in self.deler if d.sted == "avvist"), key=lambda d: -abs(d.ore)))

    @property
    def hindringer(self) -> tuple[str, ...]:
        """Hvorfor filen ikke bør sendes, verst først; tom når alt er i orden."""
        return tuple(self._obstacles())

    def _obstacles(self) -> list[str]:
        found = []
        if rejected := self.avviste:
            reason, *others = dict.fromkeys(d.grunn for d in rejected)
            more = f" (og {len(others)} {'grunn' if len(others) == 1 else 'grunner'} til)" if others else ""
            number = sum({id(d.saldo): d.saldo.antall for d in rejected}.values())
            found.append(
                f"{count(number, 'postering', 'posteringer')} ({norske_kroner(sum(abs(d.ore) for d in rejected))} kr) kan ikke rapporteres: {reason}{more}"
            )
        found += [total.setning for total in self.interne if total.ore]
        found += [
            f"{bok.kilde.fil} har ingen posteringer fra {self.oppgave.aar}, som uttrekket gjelder, men fra {years}; oppgi året med --aar"
            for bok in self.boker
            if (years := other_years(bok, int(self.oppgave.aar)))
        ]
        found += [
            f"{count(each.antall, 'rad', 'rader')} i {bok.kilde.fil} er ikke lest, for {each.grunn} (først rad {each.rader[0]})"
            for bok in self.boker
            for each in bok.lest.uleste
            if each.grunn in UTEN_KJENT_BELOP
        ]
        if not self.rapport.kan_sendes:
            errors = self.rapport.antall("ERROR") + self.rapport.antall("FATAL")
            first = next((g for g in self.rapport.grupper if g.alvor in {"FATAL", "ERROR"}), None)
            found.append(
                f"kontrollene gir {errors} feil, først {first.kontroll} ({first.emne})"
                if first
                else "filen har ingen poster, for alt er mindre enn et halvt tusen kroner"
                if self.poster
                else f"ingen posteringer kan rapporteres på {self.oppgave.kode}"
            )
        return found

    def as_dict(self) -> dict[str, object]:
        """Uttrekket slik ``kontoplan rapporter --format json`` skriver det; beløp i kroner som tekst, eksakt."""
        return {
            "skjema": self.oppgave.kode,
            "aar": int(self.oppgave.aar),
            "region": self.oppgave.region,
            "hovedbok": _file(self.boker[0]),
            "bilag": [_file(bok) for bok in self.boker[1:]],
            "avstemming": {sted: kroner(self.summer[sted]) for sted in STEDER},
            "poster": [
                {
                    "kontoklasse": p.klasse,
                    "funksjon": p.funksjon,
                    "art": p.art,
                    "belop": p.tusen,
                    "eksakt": kroner(p.ore),
                }
                for p in self.poster
            ],
            "avvist": [
                {
                    "grunn": d.grunn,
                    "fil": d.saldo.fil,
                    "konto": d.saldo.konto,
                    "funksjon": d.saldo.funksjon or None,
                    "ansvar": d.saldo.ansvar or None,
                    "belop": kroner(d.ore),
                    "antall": d.saldo.antall,
                    "rad": d.saldo.rad,
                }
                for d in self.avviste
            ],
            "internt": [{"kontoklasse": s.klasse, "hva": s.hva, "sum": kroner(s.ore)} for s in self.interne],
            "kontroll": self.rapport.as_dict(),
            "hindringer": list(self.hindringer),
            "merknader": list(self.merknader),
        }


def _file(bok: Innlest) -> dict[str, object]:
    return {"fil": bok.kilde.fil, "rader": bok.lest.rader, "sum": kroner(bok.lest.sum_ore)}
