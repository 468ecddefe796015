"""Postene hver enhet har i hovedboken, og hva som blir stående på interne funksjoner."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.fordeling.bilag import Post, norske_kroner
from kontoplan.fordeling.mottakere import is_internal, national

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kontoplan.fordeling.beregning import Belop
    from kontoplan.fordeling.nokler import Enhet, Nokler
    from kontoplan.kodeverk import Kodeverk

_SHOWN = 3


def select(nokler: Nokler, posts: Iterable[tuple[Post, int]], hovedbok: str) -> dict[str, Belop]:
    """Enhetens navn → postene som er dens.

    Raises:
        UserError: to enheter gjelder den samme posten, eller en enhet har ingen poster og får ingenting fra andre.
    """
    found: dict[str, Belop] = {enhet.navn: {} for enhet in nokler.enheter}
    by_function: dict[str, list[Enhet]] = {}
    for post, ore in posts:
        if post.funksjon not in by_function:
            by_function[post.funksjon] = [e for e in nokler.enheter if e.funksjon.har(post.funksjon)]
        owners = [e for e in by_function[post.funksjon] if _owns(e, post)]
        if len(owners) > 1:
            a, b = owners[:2]
            where = f"funksjon {post.funksjon}, ansvar {post.ansvar or '–'}, konto {post.konto}"
            raise UserError(
                f"{nokler.fil}, arket «Enheter», rad {b.rad}: «{b.navn}» og «{a.navn}» (rad {a.rad}) gjelder begge {where}; skill dem med ansvar, prosjekt eller konto.",
                code="fordel-overlapp",
            )
        if owners:
            own = found[owners[0].navn]
            own[post] = own.get(post, 0) + ore
    receiving = {line.mal.enhet for line in nokler.linjer}
    for enhet in nokler.enheter:
        if not found[enhet.navn] and enhet.navn not in receiving:
            raise UserError(
                f"{nokler.fil}, arket «Enheter», rad {enhet.rad}: «{enhet.navn}» har ingen posteringer i {hovedbok}; "
                f"kontroller funksjonen ({enhet.funksjon.tekst}) og eventuelt ansvar, prosjekt og konto, eller skriv {enhet.funksjon.tekst}* for alle funksjoner som begynner slik.",
                code="fordel-uten-posteringer",
            )
    return found


def _owns(enhet: Enhet, post: Post) -> bool:
    return enhet.ansvar.har(post.ansvar) and enhet.prosjekt.har(post.prosjekt) and enhet.konto.har(post.konto)


def left_on_internal(
    nokler: Nokler, posts: Sequence[tuple[Post, int]], changes: Mapping[Post, int], kodeverk: Kodeverk
) -> list[str]:
    """Merknader om interne funksjoner som ikke er med i nøklene og ikke er null.

    Args:
        nokler: Nøklene.
        posts: Hovedbokens poster.
        changes: Endringen fordelingen gir på hver post.
        kodeverk: Sier hva som er internt.

    Raises:
        UserError: en intern funksjon som er med i nøklene, går ikke i null.
    """
    left: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    internal: dict[str, bool] = {}
    by_period: dict[tuple[str, int], int] = defaultdict(int)
    for post, ore in (*posts, *changes.items()):
        if internal.setdefault(post.funksjon, bool(post.funksjon) and is_internal(kodeverk, post.funksjon)):
            left[post.funksjon][post.ansvar] += ore
            by_period[post.funksjon, post.periode] += ore
    notes = []
    for funksjon in sorted({f for (f, _), ore in by_period.items() if ore}):
        total = sum(left[funksjon].values())
        where = sorted(((a, o) for a, o in left[funksjon].items() if o), key=lambda item: -abs(item[1]))
        shown = (
            ", ".join(f"ansvar {a or '–'}: {norske_kroner(o)}" for a, o in where[:_SHOWN]) or "ulikt mellom periodene"
        )
        owner = next((e for e in nokler.enheter if e.funksjon.har(funksjon)), None)
        if owner:
            raise UserError(
                f"{nokler.fil}, arket «Enheter», rad {owner.rad}: på funksjon {funksjon} blir {norske_kroner(total)} kr stående ({shown}); "
                "la enhetene på funksjonen til sammen dekke alle ansvar, prosjekt og kontoer.",
                code="fordel-blir-staende",
            )
        kode = national(kodeverk, funksjon)
        notes.append(
            f"Funksjon {funksjon} ({kode} {kodeverk.navn('funksjon', kode or '')}) er ikke med i nøklene og står med {norske_kroner(total)} kr ({shown})."
        )
    return notes
