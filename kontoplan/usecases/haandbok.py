"""Kommunens egen konteringshåndbok, laget av en gjennomgått arbeidsbok."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.data import data_path
from kontoplan.errors import UserError
from kontoplan.evidence.codes import NATIONAL
from kontoplan.kodeverk import Kodeverk
from kontoplan.readback.accounts import is_linked, read_accounts, unread_rows
from kontoplan.readback.decisions import has_decisions, read_decisions
from kontoplan.readback.sheets import open_book
from kontoplan.rulebase.load import load_rules
from kontoplan.rulebase.sources import load_sources
from kontoplan.usecases.haandbok_egne import Egne, best_named
from kontoplan.usecases.haandbok_fakta import Oppslagsverk
from kontoplan.usecases.haandbok_kontoer import by_number, settle, shown
from kontoplan.usecases.haandbok_modell import (
    KAPITLER,
    Bokkonto,
    Gruppe,
    Haandbok,
    Kapittel,
    Uavklart,
)
from kontoplan.usecases.haandbok_ord import word_list
from kontoplan.usecases.laer import source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kontoplan.avgjorelse import Avgjorelse
    from kontoplan.readback.decisions import Kilde
    from kontoplan.readback.sheets import Bok
    from kontoplan.sak import Dimensjon, Regnskap
    from kontoplan.usecases.haandbok_kontoer import Avklart

_PLACES = 5
_OTHER = {"rapporteres ikke": "Rapporteres ikke til KOSTRA"}
_SPLIT = "Fordeles på flere koder"


def haandbok(
    fil: str | Path,
    *,
    aar: int | None = None,
    regnskap: Regnskap | None = None,
    kommune: str = "",
    progress: Callable[[str], None] | None = None,
) -> Haandbok:
    """Lager håndboken av en arbeidsbok fra ``koble``.

    Args:
        fil: Arbeidsboken, med eller uten avgjørelser.
        aar: Regnskapsåret håndboken gjelder; ``None`` bruker det arbeidsboken sier.
        regnskap: Hva slags regnskap; ``None`` bruker det arbeidsboken sier.
        kommune: Navnet på forsiden; tom bruker det arbeidsboken sier.
        progress: Kalles med en kort setning for hvert steg.

    Raises:
        UserError: filen kan ikke leses, er ikke en koblet kontoplan, har ingen kontoer eller avgjørelser som ikke kan
            brukes, eller året er ukjent.
    """
    say = progress or (lambda _what: None)
    path = Path(fil)
    say(f"Leser {path.name}")
    bok = open_book(path)
    if not is_linked(bok):
        raise UserError(
            f"{bok.fil} er ikke en koblet kontoplan; oppgi en arbeidsbok som «kontoplan koble» har skrevet.",
            code="ikke-koblet",
        )
    kilde = source(bok, aar=bok.egenskaper.aar or aar, regnskap=regnskap, kommune=kommune)
    kodeverk = kilde.kodeverk if aar is None else Kodeverk.for_aar(aar, kilde.kodeverk.regnskap)
    decided, notes = _decided(bok, kilde) if has_decisions(bok) else ((), ())
    kontoer, uavklart = settle(read_accounts(bok, decided), kodeverk)
    if not kontoer and not uavklart:
        raise UserError(f"{bok.fil} har ingen kontoer, så det er ikke noe å lage håndbok av.", code="ingen-kontoer")
    say("Leser reglene")
    egne = Egne(kontoer, kodeverk)
    verk = Oppslagsverk(
        kodeverk, load_rules(data_path("rules/regler"))[0], load_sources(data_path("rules/kilder.yaml")), egne
    )
    say("Setter sammen håndboken")
    kapitler = tuple(_chapter(dimensjon, kontoer, egne, verk) for dimensjon in KAPITLER)
    return Haandbok(
        shown(kilde.kommune), kodeverk.aar, kodeverk.regnskap, shown(bok.fil), datetime.now().astimezone(),
        tuple(k for k in kapitler if k.grupper), (*uavklart, *_partly(kontoer, egne)),
        word_list(kapitler), verk.kilder.kilder, (*notes, *_unread(bok), *_other_year(bok, kodeverk)),
    )  # fmt: skip


def _decided(bok: Bok, kilde: Kilde) -> tuple[Sequence[Avgjorelse], tuple[str, ...]]:
    taken = read_decisions(bok, kilde)
    if taken.problemer:
        first, number = taken.problemer[0], len(taken.problemer)
        what = "Én avgjørelse kan" if number == 1 else f"{number} avgjørelser kan"
        raise UserError(
            f"{what} ikke brukes, så håndboken ville blitt feil. Rett i {bok.fil}, først {first.sted} ({first.konto}): {first.melding}",
            code="avgjorelser-med-feil",
        )
    return taken.avgjorelser, taken.merknader


def _unread(bok: Bok) -> Iterator[str]:
    places = unread_rows(bok)
    if places:
        more = f" og {len(places) - _PLACES} til" if len(places) > _PLACES else ""
        yield (
            f"Rader uten kjent dimensjon er ikke med: {len(places)} ({', '.join(shown(p) for p in places[:_PLACES])}{more})."
        )


def _other_year(bok: Bok, kodeverk: Kodeverk) -> Iterator[str]:
    if bok.egenskaper.aar not in {None, kodeverk.aar}:
        yield (
            f"Arbeidsboken gjelder {bok.egenskaper.aar}; kodene er kontrollert mot {kodeverk.aar}, og det som er gått ut, står som ikke avklart."
        )


def _partly(kontoer: Sequence[Avklart], egne: Egne) -> Iterator[Uavklart]:
    """Kontoene som er avklart bare i noen sammenhenger."""
    for konto in kontoer:
        if konto.gjenstar:
            own = egne.konto[konto]
            status, what = konto.gjenstar
            yield Uavklart(
                konto.dimensjon, own.tittel, status, f"Er {konto.svar} ellers, men ikke overalt: {what}", own
            )


def _chapter(dimensjon: Dimensjon, kontoer: Sequence[Avklart], egne: Egne, verk: Oppslagsverk) -> Kapittel:
    mine = [konto for konto in kontoer if konto.dimensjon == dimensjon]
    groups: dict[tuple[str, str], list[Avklart]] = {}
    for konto in mine:
        groups.setdefault(_group_key(konto), []).append(konto)
    usual = next(iter(Counter(konto.nummer[:1] for konto in mine).most_common(1)), ("", 0))[0]
    ordered = sorted(groups.items(), key=lambda item: (not item[0][0], _place(item[1], usual)))
    return Kapittel(dimensjon, tuple(_group(*key, found, egne, verk) for key, found in ordered))


def _place(kontoer: Sequence[Avklart], usual: str) -> tuple[object, ...]:
    """Plassen til en gruppe: det laveste nummeret i den vanligste klassen, så investering står sammen med drift."""
    leading = next((konto for konto in kontoer if konto.nummer.startswith(usual)), kontoer[0])
    return by_number(leading.nummer, leading.navn)


def _group_key(konto: Avklart) -> tuple[str, str]:
    return (konto.kode, "") if konto.kode else ("", _OTHER.get(konto.svar, _SPLIT))


def _group(kode: str, other: str, kontoer: Sequence[Avklart], egne: Egne, verk: Oppslagsverk) -> Gruppe:
    dimensjon = kontoer[0].dimensjon
    found = egne.kodeverk.kode(NATIONAL[dimensjon], kode) if kode else None
    facts, validity = verk.fakta(dimensjon, found) if found and dimensjon != "ansvar" else (None, ())
    own = [egne.konto[konto] for konto in kontoer]
    fits: dict[str, list[str]] = {one.anker: [] for one in own}
    if facts and len(own) > 1:
        for phrase in facts.her:
            best = best_named(phrase, own)
            if best:
                fits[best.anker].append(phrase)
    return Gruppe(
        kode,
        found.navn if found else other,
        tuple(
            Bokkonto(
                one, konto.ogsa, konto.svar, konto.avgjort, tuple(fits[one.anker]),
                (*konto.varianter, *((f"Ikke avklart overalt: {konto.gjenstar[1]}",) if konto.gjenstar else ())),
                konto.merknad,
            )
            for one, konto in zip(own, kontoer, strict=True)
        ),
        facts,
        validity,
    )  # fmt: skip
