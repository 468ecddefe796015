"""Når spørsmålet bare er en kode: hva den er, om den gjelder, hva som kom i stedet, og hva den var før."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.sak import Forslag
from kontoplan.svar import SPORDIMENSJONER, Grunn, Motsporsmal, Svar, Tidligere, Valg
from kontoplan.usecases.vis_kode import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontoplan.kodeverk import Kodeverk
    from kontoplan.question import Question
    from kontoplan.svar import Kodepar, Spordimensjon, Svarstatus
    from kontoplan.usecases.vis_kode import Kodevisning

_EXAMPLES = 6


def about_codes(question: Question, kodeverk: Kodeverk) -> Svar:
    """Svaret på et spørsmål som bare nevner koder."""
    found = list(_found(question, kodeverk))
    if not found:
        listed = ", ".join(kode for _, kode in question.koder)
        return Svar(
            question.tekst,
            kodeverk.aar,
            "ukjent",
            setning=f"Koden {listed} finnes ikke som funksjon eller art for {kodeverk.regnskap} i {kodeverk.aar}.",
        )
    current = [pair for pair, seen in found for pair in _current(pair, seen)]
    codes = {d: tuple(_suggested(d, current, kodeverk)) for d in SPORDIMENSJONER}
    return Svar(
        question.tekst,
        kodeverk.aar,
        _status(found, current),
        codes["funksjon"],
        codes["art"],
        avklaring=tuple(_which(found, current, kodeverk)),
        begrunnelse=tuple(grunn for _, seen in found for grunn in _described(seen)),
        tidligere=tuple(_before(current, kodeverk)),
        setning=" ".join(_sentence(seen) for _, seen in found),
    )


def _found(question: Question, kodeverk: Kodeverk) -> Iterator[tuple[Kodepar, Kodevisning]]:
    for named, kode in question.koder:
        for dimension in SPORDIMENSJONER:
            asked = named or (question.dimensjoner[0] if len(question.dimensjoner) == 1 else "")
            known = kodeverk.kode(dimension, kode) if asked in {"", dimension} else None
            if known is not None:
                yield (dimension, kode), describe(kodeverk, known)


def _current(pair: Kodepar, seen: Kodevisning) -> list[Kodepar]:
    """Kodene som gjelder i dag: koden selv, eller det som kom i stedet."""
    if seen.status in {"gyldig", "betinget"}:
        return [pair]
    return [(pair[0], heir.kode) for heir in seen.etterfolgere]


def _suggested(dimension: Spordimensjon, current: Sequence[Kodepar], kodeverk: Kodeverk) -> Iterator[Forslag]:
    codes = [kode for d, kode in dict.fromkeys(current) if d == dimension]
    for kode in codes:
        yield Forslag(kode, kodeverk.navn(dimension, kode), 1 / len(codes))


def _status(found: Sequence[tuple[Kodepar, Kodevisning]], current: Sequence[Kodepar]) -> Svarstatus:
    return "avhenger" if len(found) > 1 or len(current) > 1 else "sikker"


def _which(
    found: Sequence[tuple[Kodepar, Kodevisning]], current: Sequence[Kodepar], kodeverk: Kodeverk
) -> Iterator[Motsporsmal]:
    if len(found) > 1:
        answers = [Valg(f"{d} {kode} {seen.kode.navn}", ((d, kode),), ((d, kode),)) for (d, kode), seen in found]
        yield Motsporsmal("Hvilken av dem mener du?", tuple(answers))
    elif len(current) > 1:
        answers = [Valg(kodeverk.navn(d, kode), ((d, kode),), ((d, kode),)) for d, kode in current]
        yield Motsporsmal("Hva brukes den til?", tuple(answers))


def _described(seen: Kodevisning) -> Iterator[Grunn]:
    source = seen.kilder[0].kilde if seen.kilder else ""
    yield Grunn("gyldighet", seen.gyldighet, source)
    if seen.omfatter:
        verb = "hørte" if seen.status == "utgått" else "hører"
        more = " og mer" if len(seen.omfatter) > _EXAMPLES else ""
        yield Grunn("ordlyd", f"Hit {verb} {', '.join(seen.omfatter[:_EXAMPLES])}{more}.", seen.kilder[-1].kilde)


def _before(current: Sequence[Kodepar], kodeverk: Kodeverk) -> Iterator[Tidligere]:
    for d, kode in current if len(current) == 1 else ():
        for old in kodeverk.forgjengere(d, kode):
            ended = kodeverk.sluttaar(d, old)
            if ended is not None:
                yield Tidligere(ended, ((d, old),))


def _sentence(seen: Kodevisning) -> str:
    kode = seen.kode
    name = f"{kode.dimensjon.capitalize()} {kode.kode} {kode.navn}"
    if seen.status == "utgått":
        heirs = " og ".join(f"{h.kode} {h.navn}" for h in seen.etterfolgere)
        return f"{name} gikk ut etter {kode.til}." + (f" I stedet kom {heirs}." if heirs else "")
    if seen.status == "intern":
        return f"{name} finnes bare i kommunens eget regnskap og rapporteres ikke."
    return f"{name}: {seen.gyldighet}"
