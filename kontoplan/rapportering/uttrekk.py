"""Det ferdige uttrekket: postene, hvor hver øre endte, avrundingen og kontrollrapporten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontoplan.fordeling.bilag import kroner, norske_kroner
from kontoplan.rapportering.tusen import TUSEN

if TYPE_CHECKING:
    from kontoplan.kostra.oppgave import Oppgave
    from kontoplan.kostra.rapport import Kontrollrapport
    from kontoplan.ledger.hovedbok import Kilde, Lest
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
        kilde: Hovedboken.
        lest: Hva lesingen av den ga.
        kobling: Koblingens filnavn.
        poster: Postene, sortert; også dem som er avrundet til 0 og ikke står i filen.
        deler: Alt som ikke rapporteres, og hvor det endte.
        summer: Øre per sted; summen er hovedboken.
        interne: Summene som skal være null.
        innhold: Filen.
        rapport: Kontrollrapporten.
        merknader: Det brukeren bør vite.
    """

    oppgave: Oppgave
    kilde: Kilde
    lest: Lest
    kobling: str
    poster: tuple[Uttrekkspost, ...]
    deler: tuple[Del, ...]
    summer: dict[Sted, int]
    interne: tuple[Internsum, ...]
    innhold: bytes
    rapport: Kontrollrapport
    merknader: tuple[str, ...]

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
            number = sum(d.saldo.antall for d in rejected)
            found.append(
                f"{number} {'postering' if number == 1 else 'posteringer'} ({norske_kroner(sum(abs(d.ore) for d in rejected))} kr) kan ikke rapporteres: {reason}{more}"
            )
        found += [total.setning for total in self.interne if total.ore]
        if not self.rapport.kan_sendes:
            errors = self.rapport.antall("ERROR") + self.rapport.antall("FATAL")
            first = next((g for g in self.rapport.grupper if g.alvor in {"FATAL", "ERROR"}), None)
            found.append(
                f"kontrollene gir {errors} feil" + (f", først {first.kontroll} ({first.emne})" if first else "")
            )
        return found

    def as_dict(self) -> dict[str, object]:
        """Uttrekket slik ``kontoplan rapporter --format json`` skriver det; beløp i kroner som tekst, eksakt."""
        return {
            "skjema": self.oppgave.kode,
            "aar": int(self.oppgave.aar),
            "region": self.oppgave.region,
            "hovedbok": {"fil": self.kilde.fil, "rader": self.lest.rader, "sum": kroner(self.lest.sum_ore)},
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
