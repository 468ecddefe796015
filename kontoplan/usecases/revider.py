"""Å revidere en hovedbok: les den, finn kodene, se etter det som er verdt å se på, og ranger det."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from kontoplan.kodeverk import Kodeverk
from kontoplan.ledger import open_ledger, samle
from kontoplan.ledger.hovedbok import FELT, NAVN
from kontoplan.readback.mapping import read_mapping
from kontoplan.revisjon.dommer import judge_all
from kontoplan.revisjon.funn import Bidrag, Funn
from kontoplan.revisjon.gjensyn import only_new, seen_before
from kontoplan.revisjon.grunnlag import build
from kontoplan.revisjon.justering import adjust, read_tuning
from kontoplan.revisjon.like import agreed
from kontoplan.revisjon.minne import Husket
from kontoplan.revisjon.revisjon import Revisjon
from kontoplan.revisjon.slag import BY_ID, SLAG
from kontoplan.revisjon.treff import LIKELY, kroner
from kontoplan.revisjon.vesentlighet import area_of, areas, scale
from kontoplan.usecases.revider_minne import remember_verdicts
from kontoplan.usecases.utvalg import check_postings, draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kontoplan.ledger.hovedbok import Kilde, Lest
    from kontoplan.revisjon.dommer import Dommer
    from kontoplan.revisjon.grunnlag import Grunnlag
    from kontoplan.revisjon.treff import Funnslag
    from kontoplan.revisjon.vesentlighet import Vekt
    from kontoplan.sak import Regnskap
    from kontoplan.utvalg.plan import Plan


def revider(  # noqa: PLR0913 - navnene er grensesnittet
    hovedbok: str | Path,
    *,
    kobling: str | Path | None = None,
    aar: int | None = None,
    regnskap: Regnskap = "kommune",
    ark: Sequence[str] | None = None,
    kolonner: str | Mapping[str, str] | None = None,
    justering: str | Path | None = None,
    utvalg: Plan | None = None,
    minne: str | Path | None = None,
    kommune: str = "",
    ogsaa_fra: Sequence[str] = (),
    progress: Callable[[str], None] | None = None,
) -> Revisjon:
    """Går gjennom posteringene i drift og investering, og gir det en revisor bør se på.

    Args:
        hovedbok: Hovedboken (.xlsx .csv .parquet, eller SAF-T).
        kobling: Arbeidsboken fra ``koble``; ``None`` leser KOSTRA-kodene av kontonumrene.
        aar: Regnskapsår; ``None`` er det nyeste i kodeverket.
        regnskap: Hva slags regnskap.
        ark: Bare disse arkene i hovedboken.
        kolonner: Overstyrer kolonnene i hovedboken, f.eks. ``"konto=A,ansvar=B,funksjon=C,belop=D"``.
        justering: Filen som slår av eller stiller på funnslag, med grunner; ``None`` bruker alt som det er.
        utvalg: Planen for et utvalg av posteringene; ``None`` trekker ikke noe.
        minne: Minnefilen med tidligere dommer over funn; ``None`` bruker ingen.
        kommune: Hvem hovedboken tilhører; bare dommene for denne brukes.
        ogsaa_fra: Andre kommuner dommene også skal brukes fra, der noe likner.
        progress: Kalles med en kort norsk setning for hvert steg.

    Returns:
        Funnene, størst risiko (sannsynlighet ganger vesentlighet) først, og områdene.

    Raises:
        UserError: en fil kan ikke leses, det skal trekkes et utvalg av noe som ikke er posteringer, justeringen har en feil, eller KOSTRA-kodene kan ikke leses av kontonumrene når det ikke er noen kobling.
    """
    kodeverk = Kodeverk.for_aar(aar, regnskap)
    tuning = read_tuning(Path(justering), BY_ID) if justering is not None else None
    verdicts, remembered = remember_verdicts(minne, kommune, regnskap, ogsaa_fra)
    kart = read_mapping(Path(kobling), regnskap=regnskap, aar=kodeverk.aar) if kobling is not None else None
    with open_ledger(Path(hovedbok), kolonner=kolonner, ark=ark, progress=progress) as bok:
        kilde = bok.kilde
        if utvalg:
            check_postings(kilde)
        if progress:
            progress(f"Leser {kilde.fil}")
        frame, lest = samle(bok, ("ark", *FELT, *NAVN))
    roles = frozenset(kolonne.rolle for kolonne in kilde.kolonner)
    ground = build(frame, kodeverk, kart, kilde.fil, roles)
    del frame  # det som trengs videre, står i grunnlaget
    if tuning:
        ground = replace(ground, stilt=tuning.stilt(kodeverk.aar))
    if progress:
        progress(f"Vurderer {len(ground.grupper)} ulike føringer i {len(ground.rader)} posteringer")
    judged = judge_all(ground, progress)
    measure = scale(ground)
    findings: list[Funn] = []
    for at, slag in enumerate(SLAG, 1):
        if progress:
            progress(f"Ser etter {at} av {len(SLAG)}: {slag.navn}")
        findings += _findings(slag, ground, judged, measure, kilde.fil)
    if verdicts:
        husket = Husket(verdicts, kommune, kodeverk.aar)
        again = (
            f for slag in seen_before(ground, husket.egne) for f in _findings(slag, ground, judged, measure, kilde.fil)
        )
        findings = [husket.weigh(finding) for finding in (*findings, *only_new(findings, again))]
    found = rank(findings)
    tuned = adjust(found, tuning, kodeverk.aar) if tuning else None
    found = rank(agreed(tuned.funn if tuned else found))
    return Revisjon(
        aar=kodeverk.aar,
        regnskap=regnskap,
        kilde=kilde,
        lest=lest,
        kobling=kart.fil if kart else "",
        revidert=len(ground.rader),
        balanse=ground.balanse,
        funn=found,
        omraader=areas(found, measure, kodeverk.kontoklasse("drift"), [slag.id for slag in SLAG if slag.dobbelt]),
        merknader=(
            *_notes(ground, judged, kilde, lest, roles),
            *remembered,
            *_disputed(found),
            *(tuned.merknader if tuned else ()),
        ),
        kommune=kommune,
        justering=tuned,
        utvalg=draw(utvalg, ground, lest, Path(hovedbok)) if utvalg else None,
    )


def rank(found: Iterable[Funn]) -> tuple[Funn, ...]:
    """Funnene etter risiko, de som er mer sannsynlig galt enn rett først."""
    return tuple(sorted(found, key=lambda f: (f.sannsynlighet < LIKELY, -f.risiko, f.rad, f.funn)))


def _findings(slag: Funnslag, ground: Grunnlag, judged: Dommer, measure: Vekt, fil: str) -> Iterator[Funn]:
    treff = slag.finn(ground, judged)
    rows = pl.concat([treff, ground.rader[treff["nr"]].drop("nr")], how="horizontal")
    for row in rows.iter_rows(named=True):
        klasse = ground.kodeverk.kontoklasse(row["klasse"])
        ore = row["belop_ore"] if row["ore"] is None else row["ore"]
        omraade = area_of(row["funksjon"])
        yield Funn(
            funn=slag.id,
            alvor=slag.alvor_ved(row["p"]),
            fil=fil,
            ark=row["ark"],
            rad=row["rad"],
            bilag=row["bilag"],
            dato=row["dato"],
            fort={"kontoklasse": klasse, "funksjon": row["funksjon_lest"], "art": row["art_lest"]},
            foreslatt=_suggested(row, ground),
            konto=row["konto"],
            ansvar=row["ansvar"],
            tekst=row["tekst"],
            leverandor=row["leverandor"],
            ore=ore,
            sannsynlighet=row["p"],
            vesentlighet=measure.materiality(ore, omraade),
            omraade=omraade,
            melding=row["melding"],
            kilde=row["kilde"],
            sum=slag.sum,
            kjerne=row["kjerne"],
            bidrag=tuple(Bidrag(part["hva"], part["vekt"]) for part in row["bidrag"] or ()),
        )


def _suggested(row: Mapping[str, str], ground: Grunnlag) -> dict[str, str]:
    """Kodene som foreslås, i samme form som ``fort``."""
    klasse = row["ny_klasse"]
    number = ground.kodeverk.kontoklasse("investering" if klasse == "investering" else "drift") if klasse else ""
    found = {"kontoklasse": number, "funksjon": row["ny_funksjon"], "art": row["ny_art"]}
    return {name: kode for name, kode in found.items() if kode}


def _disputed(found: Sequence[Funn]) -> Iterator[str]:
    number = sum(f.uenige_dommer for f in found)
    if number:
        yield f"Funn der tidligere dommer er uenige: {number}; hva de sier, står i funnet."


def _notes(ground: Grunnlag, judged: Dommer, kilde: Kilde, lest: Lest, roles: frozenset[str]) -> Iterator[str]:
    years = {date.year for date in (lest.forste_dato, lest.siste_dato) if date}
    if years and years != {ground.kodeverk.aar}:
        yield f"Hovedboken har posteringer fra {' til '.join(map(str, sorted(years)))}, men kodene gjelder {ground.kodeverk.aar}; oppgi året med --aar."
    if kilde.slag == "saldobalanse":
        yield "Filen er summer per konto og ikke posteringer, så tekster, leverandører og bilag er ikke vurdert; bruk hovedboken."
    if ground.uplassert:
        yield f"Rader som ikke kunne plasseres på noen KOSTRA-art, og derfor ikke er revidert: {ground.uplassert} (til sammen {kroner(ground.uplassert_ore)} kroner)."
    if lest.uleste:
        yield "Ikke lest: " + ", ".join(f"{u.antall} rader ({u.grunn})" for u in lest.uleste) + "."
    if judged.uhort:
        yield f"Ulike tekster med små beløp som bare er sammenlignet med hvordan dere ellers fører, og ikke lest mot KOSTRA: {judged.uhort}."
    missing = [name for name in ("tekst", "leverandor", "bilag", "ansvar", "funksjon") if name not in roles]
    if missing:
        yield f"Hovedboken har ingen kolonne for {', '.join(missing)}; det som bygger på den, er ikke vurdert."
    without = ground.rader.filter(pl.col("funksjon") == "").height
    if without:
        yield f"Posteringer uten kjent funksjon, der bare arten er vurdert: {without}."
