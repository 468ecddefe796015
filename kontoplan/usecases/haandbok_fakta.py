"""Det håndboken sier om en KOSTRA-kode: avgrensningen og reglene, med kommunens egne kontonumre i henvisningene."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kontoplan.evidence.codes import NATIONAL
from kontoplan.usecases.haandbok_egne import distinct, local
from kontoplan.usecases.haandbok_modell import Avhenger, Eksempel, Fakta, Henvist, Ikke
from kontoplan.usecases.vis_kode import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kontoplan.kodeverk import Kode, Kodeverk
    from kontoplan.rulebase.rule import Outcome, Rule
    from kontoplan.sak import Dimensjon
    from kontoplan.usecases.haandbok_egne import Egne
    from kontoplan.usecases.vis_kode import Kodevisning

_CASES = 2  # tilfeller per regel
_SEPARATOR = re.compile(r"\s*;\s*(?![^(]*\))")  # semikolon som ikke står i en parentes
_CERTAIN = {"kilde": 0, "delvis": 1, "kunnskap": 2}


class Kildeliste:
    """Kildene håndboken viser til; hver får et nummer første gang den brukes."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def kilder(self) -> tuple[str, ...]:
        """Kildene etter nummer."""
        return tuple(self._numbers)

    def number(self, kilde: str) -> int:
        """Nummeret til kilden (1-basert)."""
        return self._numbers.setdefault(kilde, len(self._numbers) + 1)


class Oppslagsverk:
    """Avgrensningene og reglene for ett år, til oppslag på koden.

    Args:
        kodeverk: Kodene i året.
        regler: De godkjente reglene, med tilfellene.
        titler: Nøkkel → tittel for kildene reglene viser til.
        egne: Kommunens kontoer.
    """

    def __init__(self, kodeverk: Kodeverk, regler: Iterable[Rule], titler: Mapping[str, str], egne: Egne) -> None:
        self._kodeverk, self._titler, self._egne = kodeverk, titler, egne
        self.kilder = Kildeliste()
        self._gives: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        self._depends: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        self._near: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        applying = [r for r in regler if r.godkjent and r.applies(kodeverk.aar, kodeverk.regnskap)]
        for rule in sorted(applying, key=lambda r: _CERTAIN[r.sikkerhet]):
            self._file(rule, rule.outcome(kodeverk.aar))

    def _file(self, rule: Rule, outcome: Outcome) -> None:
        for pair in outcome.all_codes:
            (self._gives if pair in outcome.koder else self._depends)[pair].append(rule)
        for pair in dict.fromkeys((near.dimensjon, near.kode) for near in rule.ikke):
            self._near[pair].append(rule)

    def fakta(self, dimensjon: Dimensjon, kode: Kode) -> tuple[Fakta, tuple[str, ...]]:
        """Det som sies om koden, og setningene om hvor lenge den gjelder og hva den het før."""
        seen = describe(self._kodeverk, kode)
        pair = (kode.dimensjon, kode.kode)
        facts = Fakta(
            distinct(seen.omfatter),
            (*self._boundaries(seen, dimensjon), *self._misses(pair, dimensjon)),
            tuple(self._example(rule, dimensjon) for rule in self._gives[pair]),
            tuple(question for rule in self._depends[pair] for question in self._question(rule, dimensjon)),
            seen.merknader,
            self._sources(seen),
            seen.forbehold,
        )
        return facts, tuple(_validity(seen, self._kodeverk))

    def _sources(self, seen: Kodevisning) -> tuple[str, ...]:
        """Kildene til navnet og avgrensningen, med nummeret i listen."""
        texts = [part for k in seen.kilder for part in _SEPARATOR.split(k.kilde.strip()) if part]
        return tuple(f"{text} [{self.kilder.number(text)}]" for text in dict.fromkeys(texts))

    def _boundaries(self, seen: Kodevisning, dimensjon: Dimensjon) -> Iterator[Ikke]:
        for limit in seen.omfatter_ikke:
            there = self._egne.henvist(dimensjon, limit.kode, limit.tekst) if limit.kode else Henvist("", limit.navn)
            yield Ikke(limit.tekst, there)

    def _misses(self, pair: tuple[str, str], dimensjon: Dimensjon) -> Iterator[Ikke]:
        """Det reglene sier er lett å føre her, men hører hjemme på en annen kode."""
        for rule in self._near[pair]:
            right = rule.outcome(self._kodeverk.aar).code(pair[0])
            if right and right != pair[1]:
                why = next(near.fordi for near in rule.ikke if (near.dimensjon, near.kode) == pair)
                there = self._egne.henvist(dimensjon, right, rule.tittel)
                yield Ikke(rule.tittel, there, why, self._cite(rule), rule.sikkerhet == "kunnskap")

    def _example(self, rule: Rule, dimensjon: Dimensjon) -> Eksempel:
        cases = [
            c.tekst for c in rule.tilfeller if c.treff and c.aar in {None, self._kodeverk.aar} and not c.sammenheng
        ]
        others = [(local(d), kode) for d, kode in rule.outcome(self._kodeverk.aar).koder if d != NATIONAL[dimensjon]]
        along = tuple((d, self._egne.henvist(d, kode, rule.tittel)) for d, kode in others if d)
        return Eksempel(
            rule.tittel, tuple(cases[:_CASES]), rule.fordi, along, self._cite(rule), rule.sikkerhet == "kunnskap"
        )

    def _question(self, rule: Rule, dimensjon: Dimensjon) -> Iterator[Avhenger]:
        outcome = rule.outcome(self._kodeverk.aar)
        cite, known = self._cite(rule), rule.sikkerhet == "kunnskap"
        if outcome.avklaring:
            answers = tuple(
                (svar.tekst, self._refer(dimensjon, [k for d, k in svar.gir if d == NATIONAL[dimensjon]]))
                for svar in outcome.avklaring.svar
            )
            yield Avhenger(rule.tittel, outcome.avklaring.sporsmal, answers, cite, known)
        elif outcome.fordeling:
            shares = self._refer(dimensjon, outcome.fordeling.koder)
            yield Avhenger(
                rule.tittel, f"Deles etter {outcome.fordeling.grunnlag}.", (("deles på", shares),), cite, known
            )

    def _refer(self, dimensjon: Dimensjon, koder: Sequence[str]) -> tuple[Henvist, ...]:
        return tuple(self._egne.henvist(dimensjon, kode) for kode in koder)

    def _cite(self, rule: Rule) -> str:
        """Kildene til regelen som numre i kildelisten, med avsnittet."""
        return "; ".join(
            f"[{self.kilder.number(self._titler.get(k.dok, k.dok))}]{f' {k.avsnitt}' if k.avsnitt else ''}"
            for k in rule.kilder
        )


def _validity(seen: Kodevisning, kodeverk: Kodeverk) -> Iterator[str]:
    if seen.kode.til is not None or seen.kode.betinget or seen.status != "gyldig":
        yield seen.gyldighet
    if seen.kontoklasser.startswith("bare"):
        yield f"Gjelder {seen.kontoklasser}."
    for old in seen.forgjengere:
        ended = kodeverk.sluttaar(seen.kode.dimensjon, old.kode)
        yield f"Overtok for {old.kode} {old.navn}{f', som gjaldt til og med {ended}' if ended else ''}."
    for new in seen.avledet:
        yield f"Noe er skilt ut til {new.kode} {new.navn}."
    yield from (text[:1].upper() + text[1:] for text in seen.regler)
