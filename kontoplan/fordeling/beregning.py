"""Selve fordelingen: postene til hver enhet deles på mottakerne, trinn for trinn, i hele øre."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.fordeling.andeler import Del, parts
from kontoplan.fordeling.avrunding import divide, divide_to
from kontoplan.fordeling.bilag import BruktNokkel, Kontroll, Post, norske_kroner
from kontoplan.fordeling.rekkefolge import Trinn, solve, trinn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontoplan.fordeling.nokler import Enhet, Mal, Nokler
    from kontoplan.fordeling.perioder import Per

Belop = dict[Post, int]
"""Post → øre."""


@dataclass(slots=True)
class Resultat:
    """Det beregningen samler: linjer per enhet, kontroll og brukte nøkler."""

    linjer: list[tuple[str, Post, int]] = field(default_factory=list)
    kontroll: list[Kontroll] = field(default_factory=list)
    brukt: list[BruktNokkel] = field(default_factory=list)
    trinn: tuple[Trinn, ...] = ()


def calculate(nokler: Nokler, egne: Mapping[str, Belop], per: Per, periode: int) -> Resultat:
    """Fordeler alle enhetene for én periode.

    Args:
        nokler: Nøklene.
        egne: Enhetens navn → postene den har i hovedboken.
        per: Hvor lang perioden er.
        periode: 0 for hele året, ellers kvartalet eller måneden.

    Raises:
        UserError: nøklene går ikke opp; se ``andeler.parts``, ``rekkefolge.trinn`` og ``rekkefolge.solve``.
    """
    split = {enhet.navn: parts(enhet, nokler, per, periode) for enhet in nokler.enheter}
    to_units = {name: {d.mal.enhet for d in delt if d.mal.enhet} for name, delt in split.items()}
    result = Resultat(trinn=trinn(nokler, to_units))
    balance: dict[str, Belop] = {name: dict(posts) for name, posts in egne.items()}
    for step in result.trinn:
        shares = _solved(step, split, nokler) if step.samtidig else {}
        for enhet in step.enheter:
            receivers = shares.get(enhet.navn, split[enhet.navn])
            _distribute(enhet, receivers, balance, egne.get(enhet.navn, {}), nokler, periode, result)
    return result


def _solved(step: Trinn, split: Mapping[str, Sequence[Del]], nokler: Nokler) -> dict[str, tuple[Del, ...]]:
    for enhet in step.enheter:
        amount = next((d for d in split[enhet.navn] if d.andel is None), None)
        if amount:
            others = ", ".join(f"«{e.navn}»" for e in step.enheter if e is not enhet)
            raise UserError(
                f"{nokler.fil}, arket «Nøkler», rad {amount.rad}: «{enhet.navn}» fordeles etter beløp og gir til en enhet som gir tilbake ({others}); "
                "bruk andeler eller et grunnlag, eller sett Steg så bare den ene gir til den andre.",
                code="fordel-belop-i-ring",
            )
    shares = {e.navn: _added(split[e.navn]) for e in step.enheter}
    solved = solve(step, shares, nokler.fil)
    return {
        name: tuple(Del(mal, share, None, None, 0) for mal, share in found.items()) for name, found in solved.items()
    }


def _added(split: Sequence[Del]) -> dict[Mal, Fraction]:
    shares: dict[Mal, Fraction] = defaultdict(Fraction)
    for part in split:
        shares[part.mal] += part.andel or Fraction(0)
    return dict(shares)


def _distribute(  # noqa: PLR0913, PLR0917 - alt som er i spill når én enhet tømmes
    enhet: Enhet,
    receivers: Sequence[Del],
    balance: dict[str, Belop],
    own: Belop,
    nokler: Nokler,
    periode: int,
    result: Resultat,
) -> None:
    posts = {post: ore for post, ore in _pooled(enhet, balance.pop(enhet.navn, {})).items() if ore}
    pieces = _pieces(enhet, receivers, posts, nokler.fil)
    out = kept = 0
    for part, column in zip(receivers, zip(*pieces, strict=True) if posts else [()] * len(receivers), strict=True):
        gained = stays = 0
        for post, ore in zip(posts, column, strict=True):
            goal = _goal(post, part.mal, enhet, nokler)
            if (goal.funksjon, goal.ansvar, goal.prosjekt) == (post.funksjon, post.ansvar, post.prosjekt):
                stays += ore
                continue
            gained += ore
            credit = replace(post, konto=enhet.kredit) if enhet.foring == "sum" else post
            result.linjer += [(enhet.navn, credit, -ore), (enhet.navn, goal, ore)]
            if part.mal.enhet:
                received = balance.setdefault(part.mal.enhet, {})
                received[goal] = received.get(goal, 0) + ore
        out, kept = out + gained, kept + stays
        result.brukt.append(
            BruktNokkel(
                enhet.navn, periode, str(part.mal), part.andel, part.grunnlag, gained + stays, bool(stays), part.rad
            )
        )
    before = sum(own.values())
    received_ore = sum(posts.values()) - before
    result.kontroll.append(Kontroll(enhet.navn, periode, "", before, received_ore, out, kept))


def _pooled(enhet: Enhet, posts: Belop) -> Belop:
    """Postene slik de deles: hver for seg, eller samlet over artene når enheten føres med sum."""
    if enhet.foring == "art":
        return posts
    pooled: Belop = defaultdict(int)
    for post, ore in posts.items():
        pooled[replace(post, konto="")] += ore
    return dict(pooled)


def _pieces(enhet: Enhet, receivers: Sequence[Del], posts: Belop, fil: str) -> list[list[int]]:
    """Post × mottaker i øre; radene summerer til postene."""
    amounts = list(posts.values())
    if all(part.andel is not None for part in receivers):
        weights = [part.andel or Fraction(0) for part in receivers]
        return [divide(ore, weights) for ore in amounts]
    total = sum(amounts)
    given = [part.belop_ore for part in receivers]
    against = next((part for part in receivers if (part.belop_ore or 0) * total < 0), None)
    if against:
        raise UserError(
            f"{fil}, arket «Nøkler», rad {against.rad}: beløpet {norske_kroner(against.belop_ore or 0)} har motsatt fortegn av det «{enhet.navn}» har "
            f"({norske_kroner(total)} kr), så de andre ville fått mer enn alt; rett beløpet.",
            code="fordel-negativ-andel",
        )
    left = total - sum(ore for ore in given if ore is not None)
    rest = next((part for part in receivers if part.belop_ore is None), None)
    if (rest is None and left) or (total >= 0 > left) or (total <= 0 < left):
        raise UserError(
            f"{fil}, arket «Enheter», rad {enhet.rad}: «{enhet.navn}» har {norske_kroner(total)} kr, men beløpene i arket «Nøkler» "
            f"(rad {', '.join(str(part.rad) for part in receivers)}) er {norske_kroner(total - left)} kr, så {norske_kroner(left)} kr blir stående; "
            "rett beløpene, eller skriv «rest» på én av linjene.",
            code="fordel-blir-staende",
        )
    columns = [left if ore is None else ore for ore in given]
    return divide_to(amounts, columns) if total else [[0] * len(columns) for _ in amounts]


def _goal(post: Post, mal: Mal, enhet: Enhet, nokler: Nokler) -> Post:
    """Posten slik mottakeren får den."""
    konto = enhet.debet if enhet.foring == "sum" else post.konto
    receiver = nokler.enhet(mal.enhet) if mal.enhet else None
    funksjon = receiver.funksjon.eneste if receiver else mal.funksjon
    ansvar = mal.ansvar or (receiver.ansvar.eneste if receiver else None) or post.ansvar
    prosjekt = mal.prosjekt or (receiver.prosjekt.eneste if receiver else None) or post.prosjekt
    return replace(post, konto=konto, funksjon=funksjon or "", ansvar=ansvar, prosjekt=prosjekt)
