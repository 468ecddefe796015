"""Hvorfor: reglene og ordlyden som avgjorde, nærliggende koder som ikke er det, forbud, og hva som gjaldt før."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kontoplan.rulebase.match import Context
from kontoplan.rulebase.sources import place
from kontoplan.rulebase.store import rulebase
from kontoplan.svar import Grunn, Tidligere
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kontoplan.kodeverk import Kodeverk
    from kontoplan.rulebase.rule import Rule
    from kontoplan.sak import Forslag
    from kontoplan.svar import Kodepar, Spordimensjon
    from kontoplan.usecases.spor_horing import Case, Part

_WITNESSES = 2  # så mange utsagn vises når ingen regel traff
_NEAR = 3
_DIMENSIONS: tuple[Spordimensjon, ...] = ("funksjon", "art")


def reasons(part: Part, shown: Sequence[Forslag], kodeverk: Kodeverk) -> Iterator[Grunn]:
    """Begrunnelsen i én dimensjon, viktigst først."""
    best = {f.kode for f in shown}
    ruling = part.hearing.ruling
    decided = [h for h in ruling.hits if best & set(_given(h.outcome.all_codes, part.dimensjon))] if ruling else []
    internal = [h for h in ruling.hits if h.outcome.internt] if ruling else []
    for hit in decided or internal:
        yield from_rule(hit.rule)
    if not decided:
        spoken = [b for b in part.vurdering.begrunnelse if b.bevis != "gyldighet" and b.bidrag > 0 and shown]
        for said in spoken[:_WITNESSES]:
            yield Grunn(said.bevis, said.melding, said.kilde, said.regel or None)
    near = [miss for hit in decided for miss in _near(hit.rule, part.dimensjon, best, kodeverk)]
    yield from (near or list(_boundaries(part, shown, kodeverk)))[:_NEAR]


def _given(codes: Iterable[tuple[str, str]], dimensjon: str) -> list[str]:
    return [kode for d, kode in codes if d == dimensjon]


def from_rule(rule: Rule) -> Grunn:
    """Det en regel sier, med kilde og år."""
    return Grunn("regel", f"{rule.tittel}: {rule.fordi}", sources(rule), rule.id, years(rule))


def sources(rule: Rule) -> str:
    """Kildene til en regel, slik de skrives til leseren."""
    return "; ".join(place(kilde, rulebase().sources) for kilde in rule.kilder)


def years(rule: Rule) -> str:
    """Årene en regel gjelder: ``1998–``, ``–2019``, eller tomt når det ikke er sagt."""
    return "" if rule.fra is None and rule.til is None else f"{rule.fra or ''}–{rule.til or ''}"


def _near(rule: Rule, dimensjon: Spordimensjon, best: set[str], kodeverk: Kodeverk) -> Iterator[Grunn]:
    for miss in rule.ikke:
        if miss.dimensjon == dimensjon and miss.kode not in best:
            name = kodeverk.navn(dimensjon, miss.kode)
            message = f"Ikke {dimensjon} {miss.kode} {name}, fordi: {miss.fordi}"
            yield Grunn("regel", message, sources(rule), rule.id, years(rule), ikke=True)


def _boundaries(part: Part, shown: Sequence[Forslag], kodeverk: Kodeverk) -> Iterator[Grunn]:
    """Nærliggende koder som selv sier at dette hører til den beste koden."""
    if not shown:
        return
    best, asked = shown[0].kode, set(read(part.hearing.sak.tekst).stammer)
    known = kodeverk.avgrensning(part.dimensjon, best)
    near = dict.fromkeys((*(f.kode for f in shown[1:]), *(known.forveksles_med if known else ())))
    for kode in near:
        found = kodeverk.avgrensning(part.dimensjon, kode)
        for grense in found.omfatter_ikke if found else ():
            if grense.heller == best and asked & {*read(grense.tekst).stammer, *read(grense.tekst).ledd}:
                name = kodeverk.navn(part.dimensjon, kode)
                message = f"Ikke {part.dimensjon} {kode} {name}, fordi «{grense.tekst}» hører til {best}."
                yield Grunn("regel", message, found.kilde if found else "", ikke=True)


def prohibitions(
    case: Case, best: Mapping[Spordimensjon, str], klasse: str | None, kodeverk: Kodeverk
) -> tuple[Grunn, ...]:
    """Det reglene og SSBs kontroller sier ikke er lov i saken, slik den er spurt om."""
    named = {d: case.known[d] for d in _DIMENSIONS if d in case.known}
    kind = kodeverk.klasse(klasse) if klasse else None
    codes: dict[str, str] = {str(d): kode for d, kode in {**best, **named}.items()}
    known = {**codes, "retning": case.known.get("retning", ""), "kontoklasse": kind or ""}
    text = case.question.tekst
    hits = rulebase().hits(
        text, aar=kodeverk.aar, regnskap=kodeverk.regnskap, context=Context.of({"tjeneste": text, **known})
    )
    found = [_forbidden(hit.rule) for hit in hits if hit.outcome.forbudt]
    if named and klasse:
        broken = kodeverk.kombinasjon(kontoklasse=klasse, **{**best, **named})
        found += [
            Grunn("gyldighet", f"Dette skal ikke føres slik: {b.melding}", b.kontroll, forbud=True) for b in broken
        ]
    return tuple(dict.fromkeys(found))


def _forbidden(rule: Rule) -> Grunn:
    message = f"Dette skal ikke føres slik. {rule.tittel}: {rule.fordi}"
    return Grunn("regel", message, sources(rule), rule.id, years(rule), forbud=True)


def earlier(parts: Iterable[tuple[Part, Sequence[Forslag]]], kodeverk: Kodeverk) -> tuple[Tidligere, ...]:
    """Hva som gjaldt før, nyeste først: det reglene sier, og ellers kodene dagens kode overtok for."""
    found: dict[int, list[Kodepar]] = defaultdict(list)
    for part, shown in parts:
        listed = list(_by_rule(part, shown)) or list(_by_code(part, shown, kodeverk))
        for year, pair in listed:
            if year < kodeverk.aar and pair not in found[year]:
                found[year].append(pair)
    return tuple(Tidligere(year, tuple(pairs)) for year, pairs in sorted(found.items(), reverse=True) if pairs)


def _by_rule(part: Part, shown: Sequence[Forslag]) -> Iterator[tuple[int, Kodepar]]:
    codes = {f.kode for f in shown}
    for hit in part.hearing.ruling.hits if part.hearing.ruling else ():
        if codes & set(hit.outcome.alternatives(part.dimensjon)):
            for until, outcome in hit.rule.tidligere:
                for kode in outcome.alternatives(part.dimensjon):
                    yield until, (part.dimensjon, kode)


def _by_code(part: Part, shown: Sequence[Forslag], kodeverk: Kodeverk) -> Iterator[tuple[int, Kodepar]]:
    for kode in [f.kode for f in shown[:1]]:
        for old in kodeverk.forgjengere(part.dimensjon, kode):
            ended = kodeverk.sluttaar(part.dimensjon, old)
            if ended is not None:
                yield ended, (part.dimensjon, old)
