"""Flaggene på en konto: det et menneske bør se på, uansett hvor sannsynlig koden er."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.rulebase.balance import EIENDELER, GJELD, GRUPPER, balance
from kontoplan.sak import Flagg
from kontoplan.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.evidence.codes import Codes
    from kontoplan.evidence.number import NumberWitness
    from kontoplan.evidence.reading import Reading
    from kontoplan.evidence.rule import Ruling
    from kontoplan.evidence.wording import Match
    from kontoplan.sak import Sak
    from kontoplan.text import Tekst

_TRUSTED = 0.6  # nummer som er mindre pålitelige enn dette, kan ikke motsi et navn
_CLEAR_NAME = 0.9  # likheten et navn må ha for å kunne motsi et nummer
_CLEAR_GAP = 0.45  # og så mye bedre må det likne enn koden nummeret peker på
_SHORT = 3


def raise_flags(
    sak: Sak,
    tekst: Tekst,
    matches: Sequence[Match],
    number: tuple[NumberWitness, Reading] | None,
    listed: Codes,
) -> Iterator[Flagg]:
    """Flaggene for en sak, i den rekkefølgen de bør leses."""
    if number is not None:
        yield from number_flags(*number, matches, listed)
    if sum(c.isalpha() for c in sak.tekst) < _SHORT:
        yield Flagg("kort-navn", "Navnet er for kort til å si noe om hva kontoen brukes til.")
    if tekst.utgaar:
        year = f" ({tekst.utgaar_aar})" if tekst.utgaar_aar else ""
        yield Flagg(
            "lokalt-utgaar", f"Navnet sier at kontoen er på vei ut{year}; kontroller at den ikke brukes i året."
        )


def number_flags(witness: NumberWitness, reading: Reading, matches: Sequence[Match], listed: Codes) -> Iterator[Flagg]:
    """Flaggene om det nummeret peker på: utgått kode, og et navn som tydelig sier noe annet."""
    rate = witness.reliability(reading)
    # Et kapittel skilt ut av nummerets eget (16 av 13) er en motsigelse: kontoen skulle vært flyttet.
    split = () if listed.dimensjon == "kapittel" else listed.split_off(reading.kode)
    meant = {*listed.heirs(reading.kode), *split}
    if rate < _TRUSTED:
        return
    if not listed.current(reading.kode):
        yield Flagg("utgatt", listed.expiry(reading.kode))
    best = matches[0] if matches else None
    own = max((m.likhet for m in matches if m.kode in meant), default=0.0)
    if best and best.kode not in meant and best.likhet >= _CLEAR_NAME and best.likhet - own >= _CLEAR_GAP:
        name = listed.kodeverk.navn
        yield Flagg(
            "nummer-mot-navn",
            f"Nummeret peker på {reading.kode} {name(listed.dimensjon, reading.kode)}, men navnet på "
            f"{best.kode} {name(listed.dimensjon, best.kode)}.",
        )


def side_flags(sak: Sak, witness: NumberWitness, reading: Reading, listed: Codes) -> Iterator[Flagg]:
    """Flagg når navnet sier eiendel og nummeret er gjeld, eller omvendt."""
    known = balance()
    chapter = known.kapitler.get(reading.kode)
    groups, said = known.groups(read(sak.tekst), "navn")
    if chapter is None or not groups or witness.reliability(reading) < _TRUSTED:
        return
    named_asset, named_debt = groups <= EIENDELER, groups <= GJELD
    if (named_asset and chapter.gruppe in GJELD) or (named_debt and chapter.gruppe in EIENDELER):
        side = "en eiendel" if named_asset else "gjeld"
        yield Flagg(
            "side-mot-navn",
            f"Nummeret peker på {reading.kode} {listed.kodeverk.navn(listed.dimensjon, reading.kode)} "
            f"({GRUPPER[chapter.gruppe]}), men «{said[0].ord.strip('*')}» i navnet sier {side}.",
        )


def class_flags(kode: str, kontoklasse: str | None, listed: Codes) -> Iterator[Flagg]:
    """Flagg når koden ikke passer i kontoklassen kontoen står i (SSBs kontroller 020–055)."""
    if kontoklasse is None or listed.dimensjon not in {"art", "funksjon"}:
        return
    for brudd in listed.kodeverk.kombinasjon(kontoklasse=kontoklasse, **{listed.dimensjon: kode}):
        only = listed.kodeverk.bare(listed.dimensjon, kode)
        yield Flagg(f"bare-{only}" if brudd.alvor == "feil" and only else "ulogisk-klasse", brudd.melding)


def rule_flags(ruling: Ruling, numbered: str | None, listed: Codes) -> Iterator[Flagg]:
    """Flaggene om det reglene sier: et spørsmål som må besvares, en deling, eller noe annet enn nummeret.

    ``numbered`` er koden nummeret bærer, når det bærer en.
    """
    outcome = ruling.hits[0].outcome
    if outcome.avklaring and ruling.agreed:
        answers = "; ".join(
            f"{svar.tekst}: {', '.join(kode for _, kode in svar.gir)}" for svar in outcome.avklaring.svar
        )
        yield Flagg("avklaring", f"{outcome.avklaring.sporsmal} ({answers})")
    if outcome.fordeling and ruling.agreed:
        yield Flagg("fordeling", f"Deles på {', '.join(outcome.fordeling.koder)} etter {outcome.fordeling.grunnlag}.")
    said = {kode for hit in ruling.hits for kode in hit.outcome.alternatives(listed.dimensjon)}
    if numbered is not None and said and numbered not in said:
        rule = ruling.hits[0].rule
        yield Flagg(
            "nummer-mot-regel",
            f"Nummeret peker på {numbered}, men regelen «{rule.tittel}» på {' eller '.join(sorted(said))}.",
        )
