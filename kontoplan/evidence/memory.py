"""Minnevitnet: hva et menneske har avgjort før, om denne kontoen og om kontoer som likner."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kontoplan.evidence.codes import codes
from kontoplan.nokkel import account_key, context_key
from kontoplan.sak import Evidence, Flagg
from kontoplan.text import fold, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.evidence.codes import Codes
    from kontoplan.lesing import Konto
    from kontoplan.memory.funndom import Funndom
    from kontoplan.sak import Dimensjon
    from kontoplan.text import Tekst

Likhet = Literal["samme", "lik"]
"""Hvor nær en tidligere konto er: den samme kontoen, eller en annen med nesten samme navn."""

_NEAR = 0.9  # så likt må et annet navn være for å telle
_NO_WEIGHT = 0.8  # vekten øker jevnt herfra til 1
_RAREST = 2


@dataclass(frozen=True, slots=True)
class Similar:
    """En avgjørelse om noe som likner: hvor nær kontoen er, hvor likt navnet er (0–1), og hva som er likt."""

    avgjorelse: Avgjorelse
    slag: Likhet
    likhet: float
    hvordan: str


@dataclass(frozen=True, slots=True)
class Recalled:
    """Det minnet vet om en konto.

    Attributes:
        decided: Avgjørelsen som gjelder kontoen selv.
        against: En tidligere avgjørelse om samme konto som sier noe annet, av en annen og i en annen fil.
        similar: Avgjørelser om kontoer som likner, én per kode, likest først.
    """

    decided: Avgjorelse | None
    against: Avgjorelse | None
    similar: tuple[Similar, ...]


class Memory:
    """Avgjørelsene for én kommune og ett slags regnskap, klare til å slås opp i.

    Args:
        decisions: Avgjørelsene, eldste først.
        aar: Regnskapsåret som vurderes; en avgjørelse for et senere år viker for en for dette året eller før.
    """

    def __init__(self, decisions: Sequence[Avgjorelse], aar: int) -> None:
        self._by_account: dict[str, list[Avgjorelse]] = defaultdict(list)
        for decision in sorted(decisions, key=lambda d: d.aar <= aar):  # stabil: rekkefølgen er ellers som før
            self._by_account[decision.konto].append(decision)
        self._names: dict[Dimensjon, dict[str, list[Avgjorelse]]] = defaultdict(lambda: defaultdict(list))
        self._numbers: dict[tuple[Dimensjon, str], list[Avgjorelse]] = defaultdict(list)
        self._stems: dict[tuple[Dimensjon, str], set[str]] = defaultdict(set)
        for account in self._by_account.values():
            for decision in _latest(account):
                self._index(decision)
        self._near = lru_cache(maxsize=65_536)(self._find_near)

    def _index(self, decision: Avgjorelse) -> None:
        tekst = read(decision.lokal_navn)
        if name := _sorted_words(tekst):
            self._names[decision.dimensjon][name].append(decision)
            for stem in tekst.stammer:
                self._stems[decision.dimensjon, stem].add(name)
        if decision.lokal_kode:
            self._numbers[decision.dimensjon, fold(decision.lokal_kode)].append(decision)

    def recall(self, konto: Konto) -> Recalled | None:
        """Det minnet vet om kontoen; ``None`` når det ikke vet noe."""
        key, context = account_key(konto), context_key(konto)
        account = self._by_account.get(key, [])
        own = [d for d in account if d.sammenheng in {"", context}]
        decided = own[-1] if own else None
        similar = () if decided else tuple(self._similar(konto, account))
        if not decided and not similar:
            return None
        return Recalled(decided, _disputing(own), similar)

    def _similar(self, konto: Konto, elsewhere: Sequence[Avgjorelse]) -> Iterator[Similar]:
        """Det likeste for hver kode: samme konto i en annen sammenheng, samme nummer, samme navn, nesten samme navn."""
        found = [Similar(d, "samme", 1.0, "Samme konto i en annen sammenheng er") for d in elsewhere]
        renamed = self._numbers.get((konto.dimensjon, fold(konto.lokal_kode)), ()) if konto.lokal_kode else ()
        found += [Similar(d, "lik", 1.0, f"Nummeret hørte til «{d.lokal_navn}», som er") for d in renamed]
        for score, decision in self._near(konto.dimensjon, konto.lokal_navn):
            found.append(Similar(decision, "lik", score, f"Navnet likner på «{decision.tittel}», som er"))
        best: dict[tuple[str, ...], Similar] = {}
        for item in sorted(found, key=lambda s: (s.slag != "samme", -s.likhet)):
            best.setdefault(item.avgjorelse.svar.koder, item)
        yield from (item for codes, item in best.items() if codes)

    def _find_near(self, dimensjon: Dimensjon, navn: str) -> tuple[tuple[float, Avgjorelse], ...]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - lastes først når noe skal sammenlignes

        tekst = read(navn)
        query = _sorted_words(tekst)
        sharing = [names for stem in set(tekst.stammer) if (names := self._stems.get((dimensjon, stem)))]
        # Et navn som er nesten likt, deler minst ett av de to sjeldneste ordene.
        candidates: list[str] = sorted(set[str]().union(*sorted(sharing, key=len)[:_RAREST]))
        near = process.extract_iter(query, candidates, scorer=fuzz.ratio, score_cutoff=100 * _NEAR)
        return tuple((score / 100, decision) for name, score, _ in near for decision in self._names[dimensjon][name])


def _sorted_words(tekst: Tekst) -> str:
    """Ordene i alfabetisk rekkefølge, så «lønn vikar» og «vikar, lønn» er det samme."""
    return " ".join(sorted(tekst.ord))


def _latest(account: Sequence[Avgjorelse]) -> list[Avgjorelse]:
    """Den siste avgjørelsen i hver sammenheng."""
    return list({d.sammenheng: d for d in account}.values())


def _disputing(own: Sequence[Avgjorelse]) -> Avgjorelse | None:
    """Avgjørelsen den siste motsier, når de ikke er en rettelse av samme person eller i samme fil."""
    if len(own) < 2:  # noqa: PLR2004 - én kan ikke motsi seg selv
        return None
    before, last = own[-2:]
    corrected = (before.hvem and fold(before.hvem) == fold(last.hvem)) or before.fil == last.fil
    return before if before.svar != last.svar and not corrected else None


def testify(recalled: Recalled, listed: Codes, weights: Mapping[str, float]) -> Iterator[Evidence]:
    """Det minnet taler for: etterfølgerne til en kode som er gått ut, eller kodene kontoer som likner, har fått."""
    decided = recalled.decided
    if decided:
        if expired(decided, listed):
            for heir in listed.heirs(decided.svar.kode):
                message = f"{told(decided)} {listed.expiry(decided.svar.kode)}"
                yield Evidence("minne", heir, weights.get("samme", 0.0), message, where(decided), decided.svar.kode)
        return
    for similar in recalled.similar:
        decision = similar.avgjorelse
        share = 1.0 if similar.slag == "samme" else (similar.likhet - _NO_WEIGHT) / (1 - _NO_WEIGHT)
        weight = weights.get(similar.slag, 0.0)
        for kode in decision.svar.koder:
            for heir in listed.heirs(kode):
                message = f"{similar.hvordan} avgjort til {decision.svar}{by_whom(decision)}."
                lest = kode if heir != kode else ""
                yield Evidence("minne", heir, weight * share, message, where(decision), lest)


def memory_flags(recalled: Recalled, listed: Codes) -> Iterator[Flagg]:
    """Flaggene om det som er avgjort: en kode som er gått ut, og avgjørelser som sier hver sitt."""
    decided, against = recalled.decided, recalled.against
    if decided is None:
        return
    gone = [listed.expiry(kode) for kode in decided.svar.koder if listed.ended(kode)]
    sectors = codes(listed.kodeverk, "sektor")
    if decided.svar.sektor and sectors.ended(decided.svar.sektor):
        gone.append(sectors.expiry(decided.svar.sektor))
    if gone:
        message = " ".join(gone)
        yield Flagg("utgatt", f"Kontoen ble avgjort til {decided.svar} for {decided.aar}. {message}")
    if against and not any(listed.ended(kode) for kode in against.svar.koder):
        yield Flagg(
            "minne-uenig",
            f"Kontoen er avgjort til {decided.svar}{by_whom(decided)}, men før det til {against.svar}{by_whom(against)}.",
        )


def expired(decision: Avgjorelse, listed: Codes) -> bool:
    """Om koden som ble avgjort, er gått ut før året."""
    return decision.svar.utfall == "kode" and listed.ended(decision.svar.kode)


def told(decision: Avgjorelse) -> str:
    """Hvem som avgjorde hva, når og hvor: «Avgjort av Kari den 12.03.2026 i plan.koblet.xlsx: 115 for 2026.»."""
    note = f" «{decision.kommentar}»" if decision.kommentar else ""
    return f"Avgjort{by_whom(decision)} i {decision.fil}: {decision.svar} for {decision.aar}.{note}"


def by_whom(decision: Avgjorelse | Funndom) -> str:
    """« av Kari den 12.03.2026», uten navnet når det ikke er oppgitt."""
    return f"{f' av {decision.hvem}' if decision.hvem else ''} den {decision.naar:%d.%m.%Y}"


def where(decision: Avgjorelse) -> str:
    """Arbeidsboken, arket og raden."""
    return f"{decision.fil}, arket {decision.ark}, rad {decision.rad}"
