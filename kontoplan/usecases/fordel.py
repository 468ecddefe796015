"""Å fordele serviceenheter og delte tjenester: hovedbok og nøkler inn, balanserte bilag ut."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.fordeling.beregning import Resultat, calculate
from kontoplan.fordeling.bilag import Funksjonssum, Linje, Post
from kontoplan.fordeling.fordeling import Fordeling
from kontoplan.fordeling.lesing import read_keys
from kontoplan.fordeling.mottakere import check_receivers, national
from kontoplan.fordeling.perioder import last_day, period_name, period_of
from kontoplan.fordeling.utvalg import left_on_internal, select
from kontoplan.kodeverk import Kodeverk
from kontoplan.ledger import open_ledger, summer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kontoplan.fordeling.beregning import Belop
    from kontoplan.fordeling.bilag import Kontroll
    from kontoplan.fordeling.nokler import Nokler
    from kontoplan.fordeling.perioder import Per
    from kontoplan.ledger.hovedbok import Kilde, Lest
    from kontoplan.sak import Regnskap

_ART = 3
"""Sifre i en art; i kontonummeret står den først, eller etter kontoklassen."""
_DIMS = ("klasse", "konto", "funksjon", "ansvar", "prosjekt")


def fordel(  # noqa: PLR0913 - navnene er grensesnittet
    hovedbok: str | Path,
    nokler: str | Path,
    *,
    aar: int | None = None,
    regnskap: Regnskap = "kommune",
    per: Per = "aar",
    ark: Sequence[str] | None = None,
    kolonner: str | Mapping[str, str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Fordeling:
    """Fordeler enhetene i nøklene fullt ut på funksjonene de betjener.

    Args:
        hovedbok: Hovedboken eller saldobalansen (.xlsx .csv .parquet, eller SAF-T).
        nokler: Nøkkelarbeidsboken.
        aar: Regnskapsår; ``None`` er det nyeste i kodeverket.
        regnskap: Hva slags regnskap.
        per: Ett sett bilag for året, for hvert kvartal, eller for hver måned.
        ark: Bare disse arkene i hovedboken.
        kolonner: Overstyrer kolonnene i hovedboken, f.eks. ``"konto=A,ansvar=B,funksjon=C,belop=D"``.
        progress: Kalles med en kort norsk setning for hvert steg.

    Returns:
        Bilagene, kontrollen og kvitteringen. Summen av linjene er null, på øret.

    Raises:
        UserError: en fil kan ikke leses, nøklene går ikke opp, en mottaker kan ikke brukes, eller noe blir stående.
    """
    kodeverk = Kodeverk.for_aar(aar, regnskap)
    keys = read_keys(Path(nokler))
    check_receivers(keys, kodeverk)
    with open_ledger(Path(hovedbok), kolonner=kolonner, ark=ark, progress=progress) as bok:
        _check_columns(bok.kilde, keys, per)
        if progress:
            progress(f"Summerer {bok.kilde.fil}")
        frame, lest = summer(bok, [*(["maaned"] if per != "aar" else []), *_DIMS])
    posts = [_post(row, per, bok.kilde.fil) for row in frame.iter_rows(named=True)]
    if progress:
        progress("Fordeler")
    egne = select(keys, posts, bok.kilde.fil)
    results = _per_period(keys, egne, per)
    linjer, kontroll = _vouchers(results, kodeverk.aar, per)
    changes: Belop = defaultdict(int)
    for _, result in results:
        for _, post, ore in result.linjer:
            changes[post] += ore
    notes = left_on_internal(keys, posts, changes, kodeverk)
    return Fordeling(
        aar=kodeverk.aar,
        regnskap=regnskap,
        per=per,
        kilde=bok.kilde,
        lest=lest,
        nokler=keys,
        linjer=linjer,
        kontroll=kontroll,
        brukt=tuple(used for _, result in results for used in result.brukt),
        funksjoner=_by_function(posts, changes, kodeverk),
        trinn=results[0][1].trinn if results else (),
        merknader=(
            *_year_notes(lest, kodeverk.aar),
            *_unused_targets(keys, posts),
            *_unreported(keys, kodeverk),
            *notes,
        ),
    )


def _check_columns(kilde: Kilde, keys: Nokler, per: Per) -> None:
    """Kolonnene nøklene og perioden krever, må finnes i hovedboken."""
    roles = {kolonne.rolle for kolonne in kilde.kolonner}
    needed = {
        "funksjon": True,
        "ansvar": any(e.ansvar.tekst for e in keys.enheter),
        "prosjekt": any(e.prosjekt.tekst for e in keys.enheter),
    }
    missing = [role for role, need in needed.items() if need and role not in roles]
    if missing:
        raise UserError(
            f"{kilde.fil} har ingen kolonne for {' og '.join(missing)}, som nøklene bruker; eksporter hovedboken med den, eller oppgi den med --kolonner.",
            code="fordel-mangler-kolonne",
        )
    if per != "aar" and kilde.form != "SAF-T" and not roles & {"dato", "periode"}:
        raise UserError(
            f"{kilde.fil} har verken dato eller periode, så den kan ikke fordeles per {'måned' if per == 'maaned' else per}; utelat --per.",
            code="fordel-uten-periode",
        )


def _post(row: Mapping[str, object], per: Per, fil: str) -> tuple[Post, int]:
    values = {name: str(row[name] or "") for name in _DIMS}
    return Post(periode=period_of(row.get("maaned"), per, fil), **values), int(str(row["belop_ore"]))


def _per_period(keys: Nokler, egne: Mapping[str, Belop], per: Per) -> list[tuple[int, Resultat]]:
    periods = sorted({post.periode for belop in egne.values() for post in belop}) or [0]
    results = []
    for period in periods:
        own = {name: {p: ore for p, ore in belop.items() if p.periode == period} for name, belop in egne.items()}
        results.append((period, calculate(keys, own, per, period)))
    return results


def _vouchers(
    results: Iterable[tuple[int, Resultat]], aar: int, per: Per
) -> tuple[tuple[Linje, ...], tuple[Kontroll, ...]]:
    """Linjene i bilag, ett per enhet og periode, med like linjer slått sammen; og kontrollen med bilagsnummeret."""
    linjer: list[Linje] = []
    kontroll: list[Kontroll] = []
    for period, result in results:
        for check in result.kontroll:
            sums: Belop = defaultdict(int)
            for enhet, post, ore in result.linjer:
                if enhet == check.enhet:
                    sums[post] += ore
            moved = sorted(((post, ore) for post, ore in sums.items() if ore), key=_order)
            number = f"F{len({k.bilag for k in kontroll if k.bilag}) + 1:03}" if moved else ""
            kontroll.append(replace(check, bilag=number))
            text = f"Fordeling av {check.enhet}, {period_name(period, aar, per)}"
            linjer += [_line(number, last_day(period, aar, per), post, ore, text) for post, ore in moved]
    return tuple(linjer), tuple(kontroll)


def _order(item: tuple[Post, int]) -> tuple[object, ...]:
    post, ore = item
    return post.klasse, ore > 0, post.funksjon, post.ansvar, post.konto, post.prosjekt


def _line(number: str, date: dt.date, post: Post, ore: int, text: str) -> Linje:
    return Linje(
        number, date, post.periode, post.klasse, post.konto, post.funksjon, post.ansvar, post.prosjekt, ore, text
    )


def _by_function(
    posts: Iterable[tuple[Post, int]], changes: Mapping[Post, int], kodeverk: Kodeverk
) -> tuple[Funksjonssum, ...]:
    before: dict[str, int] = defaultdict(int)
    change: dict[str, int] = defaultdict(int)
    for post, ore in posts:
        before[post.funksjon] += ore
    for post, ore in changes.items():
        change[post.funksjon] += ore
    return tuple(
        Funksjonssum(f, kodeverk.navn("funksjon", national(kodeverk, f) or ""), before[f], change[f])
        for f in sorted({f for f, ore in change.items() if ore})
    )


def _year_notes(lest: Lest, aar: int) -> list[str]:
    if lest.forste_dato is None or lest.siste_dato is None or lest.forste_dato.year == lest.siste_dato.year == aar:
        return []
    years = sorted({lest.forste_dato.year, lest.siste_dato.year})
    return [
        f"Hovedboken har posteringer fra {' til '.join(map(str, years))}, men koder og bilagsdatoer gjelder {aar}; oppgi året med --aar."
    ]


def _unreported(keys: Nokler, kodeverk: Kodeverk) -> list[str]:
    """Debetkontoer som bare er interne: det som føres der på en funksjon som rapporteres, blir borte i rapporten."""
    return [
        f"«{unit.navn}» debiteres på {unit.debet} (art {art}), som ikke rapporteres; skal bilagene med i «rapporter», bruk arten utgiften hører til."
        for unit in keys.enheter
        if unit.foring == "sum"
        for art in dict.fromkeys((unit.debet[:_ART], unit.debet[1 : 1 + _ART]))
        if kodeverk.kode("art", art) and kodeverk.intern("art", art)
    ]


def _unused_targets(keys: Nokler, posts: Iterable[tuple[Post, int]]) -> list[str]:
    used = {post.funksjon for post, _ in posts}
    new = sorted({line.mal.funksjon for line in keys.linjer} - used - {""})
    return (
        [
            f"Mottakende funksjoner som ikke er brukt i hovedboken fra før: {', '.join(new)}. Kontroller at de er skrevet slik dere skriver dem."
        ]
        if new
        else []
    )
