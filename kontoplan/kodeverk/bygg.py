"""Setter sammen kodene for ett år og ett regnskap av lister, navn og skjema."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kontoplan.kodeverk.kode import Kode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontoplan.kodeverk.kode import Kodedimensjon
    from kontoplan.kodeverk.lister import Gyldig, Lister, Navn, Nokkel, Skjema

# Hvem sine navn som brukes, i rekkefølge. Oslo fører både kommunens, fylkeskommunens og bydelenes koder.
_NAVN_FRA = {
    "kommune": ("kommune", "begge", "bydel", "fylkeskommune"),
    "fylkeskommune": ("fylkeskommune", "begge", "bydel", "kommune"),
    "kirke": ("kirke", "begge"),
}
# Hvem sine navn som gjør en utgått kode kjent, også når den gikk ut før listene begynner.
_EGNE = {"kommune": ("kommune", "begge"), "fylkeskommune": ("fylkeskommune", "begge"), "kirke": ("kirke",)}


def build(data: Lister, aar: int, skjema: tuple[Skjema, ...]) -> tuple[dict[Nokkel, Kode], frozenset[Nokkel]]:
    """Alle kjente koder, sortert, og hvilke av dem som gjelder i året (også dem som bare gjelder noen)."""
    plan, forms = skjema[0].plan, frozenset(s.skjema for s in skjema)
    own = _EGNE[plan]
    known: dict[Nokkel, Kode] = {}
    valid: set[Nokkel] = set()
    numbers = {number for s in skjema for number in s.klasser.values()}
    for key, names in sorted(data.navn.items()):
        dimensjon, kode = key
        rows = [g for g in data.gyldig.get(key, ()) if not forms.isdisjoint(g.skjema)]
        if dimensjon == "kontoklasse":
            if kode not in numbers:
                continue
            valid.add(key)
        elif not rows and not any(n.gjelder in own and n.til is not None for n in names):
            continue
        if any(_covers(g, aar) for g in rows):
            valid.add(key)
        known[key] = _kode(key, rows, _pick(names, plan, aar), aar)
    return known, frozenset(valid)


def _covers(gyldig: Gyldig, aar: int) -> bool:
    return gyldig.fra <= aar and (gyldig.til is None or aar <= gyldig.til)


def _pick(names: Sequence[Navn], plan: str, aar: int) -> Sequence[Navn]:
    """Navnene som hører til planen, det som gjelder i året først."""
    for gjelder in _NAVN_FRA[plan]:
        if found := [n for n in names if n.gjelder == gjelder]:
            found.sort(key=lambda n: (not ((n.fra or 0) <= aar <= (n.til or aar)), -(n.fra or 0)))
            return found
    return names


def _kode(key: Nokkel, rows: Sequence[Gyldig], names: Sequence[Navn], aar: int) -> Kode:
    navn = names[0]
    starts = [n.fra for n in names if n.fra is not None]
    fra = min(starts) if starts else None
    first = min(rows, key=lambda g: g.fra, default=None)
    # Noen koder sto på særbedriftenes lister før kommunen fikk dem (589 og 989); da gjelder listen.
    if first and (fra is None or first.fra < fra):
        fra = None if first.start_ukjent else first.fra
    current = next((g for g in rows if _covers(g, aar)), None) or max(rows, key=lambda g: g.fra, default=None)
    open_ended = any(g.til is None for g in rows) or key[0] == "kontoklasse"
    ends = [g.til for g in rows if g.til is not None] or [n.til for n in names if n.til is not None]
    return Kode(
        dimensjon=cast("Kodedimensjon", key[0]),
        kode=key[1],
        navn=navn.navn,
        nynorsk=navn.nynorsk,
        fra=fra,
        til=None if open_ended or not ends else max(ends),
        betinget=current.vilkar if current else "",
        kilde=navn.kilde,
        sikkerhet=navn.sikkerhet,
    )
