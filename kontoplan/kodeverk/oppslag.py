"""Kodeverket for ett regnskapsår og ett slags regnskap."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, cast

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.kodeverk import avgrensninger, lister
from kontoplan.kodeverk.bygg import build
from kontoplan.kodeverk.kode import Frase, Klasse, Kode
from kontoplan.kodeverk.vilkar import excludes, holds

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.kodeverk.kode import Avgrensning, Brudd, Intern, Kodedimensjon
    from kontoplan.kodeverk.lister import Lenke, Lister, Skjema
    from kontoplan.kodeverk.regel import Regel
    from kontoplan.sak import Regnskap


class Kodeverk:
    """Kodene som finnes i ett regnskapsår for ett slags regnskap, og det som er kjent om dem som ikke gjør det lenger.

    Hentes med :meth:`for_aar`. Objektet endres aldri og kan deles fritt.

    Attributes:
        aar: Regnskapsåret.
        regnskap: Hva slags regnskap det gjelder.
        skjema: Rapporteringsskjemaene, f.eks. ``("0A", "0B")``.
    """

    def __init__(self, aar: int, regnskap: Regnskap, rules: Path, data: Lister, skjema: tuple[Skjema, ...]) -> None:
        self.aar = aar
        self.regnskap = regnskap
        self.skjema = tuple(s.skjema for s in skjema)
        self._rules = rules
        self._data = data
        self._plan = skjema[0].plan
        self._nummer = {klasse: number for s in skjema for klasse, number in s.klasser.items()}
        self._klasser = {number: cast("Klasse", klasse) for klasse, number in self._nummer.items()}
        self._kjente, self._valid = build(data, aar, skjema)
        self._regler = tuple(
            r for r in data.regler if r.skjema & set(self.skjema) and r.fra <= aar and (r.til is None or aar <= r.til)
        )

    # Årene ------------------------------------------------------------------------------------------------------

    @staticmethod
    def for_aar(aar: int | None = None, regnskap: Regnskap = "kommune", *, rules: Path | None = None) -> Kodeverk:
        """Kodeverket for et år.

        Args:
            aar: Regnskapsåret; ``None`` gir det nyeste i kodelistene.
            regnskap: Hva slags regnskap.
            rules: En annen regelmappe enn programmets egen.

        Raises:
            UserError: året (``ukjent-aar``) eller regnskapet (``ukjent-regnskap``) finnes ikke i kodelistene, eller
                en regelfil har feil.
        """
        folder = rules or _default_rules()
        return _for_aar(lister.load(folder).aar[-1] if aar is None else aar, regnskap, folder)

    @staticmethod
    def nyeste_aar(*, rules: Path | None = None) -> int:
        """Det nyeste regnskapsåret i kodelistene."""
        return lister.load(rules or _default_rules()).aar[-1]

    @staticmethod
    def alle_aar(*, rules: Path | None = None) -> tuple[int, ...]:
        """Regnskapsårene i kodelistene, eldste først."""
        return lister.load(rules or _default_rules()).aar

    # Kodene -----------------------------------------------------------------------------------------------------

    def koder(self, dimensjon: Kodedimensjon) -> tuple[Kode, ...]:
        """Kodene som gjelder i året for alle (eller for alle unntatt noen få), sortert."""
        return tuple(k for k in self._gjeldende(dimensjon) if not k.betinget or excludes(k.betinget))

    def betingede(self, dimensjon: Kodedimensjon) -> tuple[Kode, ...]:
        """Kodene som gjelder i året, men bare for noen, f.eks. Oslo."""
        return tuple(k for k in self._gjeldende(dimensjon) if k.betinget and not excludes(k.betinget))

    def finnes(self, dimensjon: Kodedimensjon, kode: str, *, region: str = "", orgnr: str = "") -> bool:
        """Om koden gjelder i året; koder med vilkår teller bare når avgiveren oppgis og oppfyller vilkåret."""
        key = (dimensjon, kode)
        if key not in self._valid:
            return False
        vilkar = self._kjente[key].betinget
        if region or orgnr:
            return holds(vilkar, region=region, orgnr=orgnr)
        return not vilkar or excludes(vilkar)

    def kode(self, dimensjon: Kodedimensjon, kode: str) -> Kode | None:
        """Koden, også når den er utgått, intern, betinget eller ikke har begynt å gjelde; ``None`` når den er ukjent."""
        return self._kjente.get((dimensjon, kode))

    def navn(self, dimensjon: Kodedimensjon, kode: str) -> str:
        """Navnet på bokmål; tomt når koden er ukjent."""
        found = self.kode(dimensjon, kode)
        return found.navn if found else ""

    def utgatte(self, dimensjon: Kodedimensjon) -> tuple[Kode, ...]:
        """Kjente koder som gikk ut før dette året; koder som bare har gjeldt noen få, er ikke med."""
        return tuple(k for k in self._alle(dimensjon) if k.til is not None and k.til < self.aar and not k.betinget)

    def kjente(self, dimensjon: Kodedimensjon) -> tuple[Kode, ...]:
        """Alle koder som er kjent for dette regnskapet, uansett år."""
        return self._alle(dimensjon)

    def sluttaar(self, dimensjon: Kodedimensjon, kode: str) -> int | None:
        """Siste år koden gjelder; ``None`` når den fortsatt gjelder eller er ukjent."""
        found = self.kode(dimensjon, kode)
        return found.til if found else None

    # Før og etter -----------------------------------------------------------------------------------------------

    def etterfolgere(self, dimensjon: Kodedimensjon, kode: str) -> tuple[str, ...]:
        """Kodene som gjelder i året og har overtatt for en utgått kode; tom når koden gjelder eller ingen er kjent."""
        return tuple(dict.fromkeys(self._follow(dimensjon, kode, frozenset())))

    def _follow(self, dimensjon: Kodedimensjon, kode: str, seen: frozenset[str]) -> tuple[str, ...]:
        lenke = self.overgang(dimensjon, kode)
        if lenke is None or kode in seen or (dimensjon, kode) in self._valid:
            return ()
        result: list[str] = []
        for ny in lenke.til:
            result += [ny] if (dimensjon, ny) in self._valid else self._follow(dimensjon, ny, seen | {kode})
        return tuple(result)

    def overgang(self, dimensjon: Kodedimensjon, kode: str) -> Lenke | None:
        """Linjen som sier hva en utgått kode ble til, med kilde og sikkerhet, når den er kjent og har skjedd."""
        lenke = self._data.etterfolgere.get((dimensjon, kode))
        if lenke is None or lenke.fra_aar > self.aar or (dimensjon, kode) not in self._kjente:
            return None
        return lenke

    def forgjengere(self, dimensjon: Kodedimensjon, kode: str) -> tuple[str, ...]:
        """Utgåtte koder som denne overtok for, også i flere ledd tilbake."""
        return tuple(k.kode for k in self._alle(dimensjon) if kode in self.etterfolgere(dimensjon, k.kode))

    def opphav(self, dimensjon: Kodedimensjon, kode: str) -> tuple[str, ...]:
        """Kodene som i året dekker det en senere kode ble til av: kapittel 16 var 13 før 2020, og 451 var 45 før 2024."""
        later = (
            gammel
            for (dim, gammel), lenke in self._data.etterfolgere.items()
            if dim == dimensjon and kode in lenke.til and lenke.fra_aar > self.aar
        )
        split = self._data.avledet.get((dimensjon, kode))
        origins = (*later, *(split.til if split and split.fra_aar > self.aar else ()))
        return tuple(k for k in dict.fromkeys(origins) if (dimensjon, k) in self._valid)

    def avledet(self, dimensjon: Kodedimensjon, kode: str) -> tuple[str, ...]:
        """Kodene som gjelder i året og er skilt ut fra denne mens den selv besto."""
        return tuple(
            lenke.kode
            for (dim, ny), lenke in self._data.avledet.items()
            if dim == dimensjon and kode in lenke.til and lenke.fra_aar <= self.aar and (dim, ny) in self._valid
        )

    def avledet_av(self, dimensjon: Kodedimensjon, kode: str) -> tuple[str, ...]:
        """Koden eller kodene denne ble skilt ut fra mens de selv besto."""
        lenke = self.utskilling(dimensjon, kode)
        return lenke.til if lenke else ()

    def utskilling(self, dimensjon: Kodedimensjon, kode: str) -> Lenke | None:
        """Linjen som sier hva koden ble skilt ut fra, med kilde og sikkerhet, når det er kjent og har skjedd."""
        lenke = self._data.avledet.get((dimensjon, kode))
        return lenke if lenke and lenke.fra_aar <= self.aar and (dimensjon, kode) in self._kjente else None

    # Interne koder ----------------------------------------------------------------------------------------------

    def intern(self, dimensjon: Kodedimensjon, kode: str) -> bool:
        """Om koden bare finnes i kommunens internregnskap dette året, f.eks. funksjon 190 fra 2020."""
        return self.internt(dimensjon, kode) is not None

    def internt(self, dimensjon: Kodedimensjon, kode: str) -> Intern | None:
        """Hvorfor koden er intern, med kilde; ``None`` når den ikke er det i året."""
        found = self._data.interne.get((self._plan, dimensjon, kode))
        return found if found and found.fra <= self.aar else None

    # Kontoklasser og kombinasjoner ------------------------------------------------------------------------------

    def klasse(self, kontoklasse: str) -> Klasse | None:
        """Hva et kontoklassetall betyr i dette regnskapet; ``None`` når det ikke brukes."""
        return self._klasser.get(kontoklasse)

    def kontoklasse(self, klasse: Klasse) -> str:
        """Kontoklassetallet for drift, investering eller balanse i dette regnskapet."""
        return self._nummer[klasse]

    def kombinasjon(
        self, *, kontoklasse: str, funksjon: str | None = None, art: str | None = None
    ) -> tuple[Brudd, ...]:
        """Reglene en kombinasjon bryter (SSBs kontroller 020–081, og kirkens 025, 050 og 200).

        Koder som ikke er oppgitt, gir ikke utslag. Reglene er kjent fra 2021; eldre år gir ingen brudd.
        """
        klasse = self.klasse(kontoklasse)
        return tuple(r.brudd(funksjon, art) for r in self._regler if r.applies(klasse) and r.broken(funksjon, art))

    def bare(self, dimensjon: Kodedimensjon, kode: str) -> Klasse | None:
        """``drift`` eller ``investering`` når koden bare er lov der; ellers ``None``."""
        for regel in self.regler(dimensjon, kode):
            if regel.krav == "forbudt" and regel.alvor == "feil":
                return "investering" if regel.klasse == "drift" else "drift"
        return None

    def regler(self, dimensjon: Kodedimensjon, kode: str) -> tuple[Regel, ...]:
        """Kombinasjonsreglene i året som nevner koden, fra den ene eller den andre siden."""
        return tuple(
            r
            for r in self._regler
            if (kode in r.koder if r.dimensjon == dimensjon else r.krav_koder and kode in r.krav_koder)
            and dimensjon in {"funksjon", "art"}
        )

    # Avgrensninger ----------------------------------------------------------------------------------------------

    def omfatter(self, dimensjon: Kodedimensjon, *, utgatte: bool = False) -> tuple[Frase, ...]:
        """Hverdagsordene for kodene i :meth:`koder` (med ``utgatte`` også for utgåtte og betingede koder)."""
        return tuple(
            Frase(dimensjon, kode, tekst)
            for (dim, kode), found in self._avgrensninger.items()
            if dim == dimensjon and (utgatte or self.finnes(dimensjon, kode))
            for tekst in found.omfatter
        )

    def avgrensning(self, dimensjon: Kodedimensjon, kode: str) -> Avgrensning | None:
        """Hva koden omfatter og ikke omfatter; ``None`` når det ikke er beskrevet."""
        return self._avgrensninger.get((dimensjon, kode))

    @cached_property
    def _avgrensninger(self) -> dict[lister.Nokkel, Avgrensning]:
        # Avgrensningene er skrevet for kommunens kontoplan; kirken har andre koder med de samme numrene.
        if self._plan == "kirke":
            return {}
        return {key: value for key, value in avgrensninger.load(self._rules).items() if key in self._kjente}

    def _alle(self, dimensjon: Kodedimensjon) -> tuple[Kode, ...]:
        return tuple(k for (dim, _), k in self._kjente.items() if dim == dimensjon)

    def _gjeldende(self, dimensjon: Kodedimensjon) -> tuple[Kode, ...]:
        return tuple(k for key, k in self._kjente.items() if key[0] == dimensjon and key in self._valid)


def _default_rules() -> Path:
    return data_path("rules")


@lru_cache(maxsize=64)
def _for_aar(aar: int, regnskap: Regnskap, rules: Path) -> Kodeverk:
    data = lister.load(rules)
    if aar not in data.aar:
        raise UserError(
            f"Regnskapsåret {aar} finnes ikke i kodelistene; velg et år fra {data.aar[0]} til {data.aar[-1]} med --aar.",
            code="ukjent-aar",
        )
    skjema = tuple(s for s in data.skjema if regnskap and s.regnskap == regnskap)
    if not skjema:
        names = ", ".join(dict.fromkeys(s.regnskap for s in data.skjema if s.regnskap))
        raise UserError(f"Regnskapet «{regnskap}» er ukjent; velg ett av {names}.", code="ukjent-regnskap")
    return Kodeverk(aar, regnskap, rules, data, skjema)
